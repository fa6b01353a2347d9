/*
 * run.h - one actor running one statement: what statements and control flow share
 *
 * Inside engine/ only.
 */
#ifndef ENGINE_RUN_H
#define ENGINE_RUN_H

#include "engine/place.h"

/* Runs the statement at r->op; true when the test at r->op holds. */
void act(struct run *r);
bool test(const struct run *r, const struct flat_op *op);

/* flow.c: control flow from @pc to the next statement; 0 when the path ended. */
uint32_t flow_on(struct run *r, uint32_t pc);
static inline uint32_t flow(struct run *r, uint32_t pc)
{
	uint8_t code = r->p->flat[pc].code;

	return code == FLAT_DO || code == FLAT_WAIT ? pc : flow_on(r, pc);
}

/* Starts @path on @actor's own stack (flow.c). */
void push_path(struct run *r, uint32_t actor, enum path_id path,
	       const uint32_t *args);

/*
 * verb_check.c: the path a verb starts
 * verb_holder.c: does a verb give a unit back; the outside holder that it is
 * about, or 0
 */
enum path_id verb_path(enum verb v);
bool gives_back(enum verb v);
uint32_t holder_for(const struct world *w, const struct input *in);
/* The holder as which CPUs are taken down. */
#define HOTPLUG_LABEL "cpu hotplug"
/* verb.c: what an input sets up */
void do_verb(struct run *r, const struct input *in);

/* life.c: slots come and go */
task_id make_task(struct run *r, task_id parent, uint32_t flags,
		  const uint32_t *name);
mm_id make_mm(struct run *r, uint32_t users);
void give_pid(struct run *r, task_id t);
void free_mm_slot(struct run *r, mm_id mm);
void free_task_slot(struct run *r, task_id t);
void change_words(struct run *r, struct place at, const uint32_t *from,
		  uint32_t words);

#endif
