/*
 * run.h - one actor running one statement: what statements and control flow share
 *
 * Inside engine/ only.
 */
#ifndef ENGINE_RUN_H
#define ENGINE_RUN_H

#include "engine/step.h"

struct run {
	struct world *w;
	const struct program *p;
	struct event_log *log;
	uint32_t actor; /* CPU, or ncpus + holder */
	uint32_t stack; /* the one that runs */
	const struct flat_op *op;
};

/* A word of the world and its name in events. */
struct place {
	uint32_t *word;
	uint32_t object;
	uint8_t kind, field;
};

static inline bool is_cpu(const struct run *r)
{
	return r->actor < r->w->max.cpus;
}
static inline struct stack *top(const struct run *r)
{
	return stack_of(r->w, r->stack);
}
static inline task_id current_task(const struct run *r)
{
	return is_cpu(r) ? cpu_of(r->w, r->actor)->current : TASK_NONE;
}

/* Tells an event that changes nothing. */
struct event *note(struct run *r, enum event_kind kind, uint32_t object,
		   uint32_t old, uint32_t new, uint32_t holder);
/* Changes a word, and tells it; no event when it has that value already. */
void change(struct run *r, struct place at, uint32_t value, uint32_t holder);
/* The same for a bit of a mask. */
void change_bit(struct run *r, enum event_kind kind, uint32_t object,
		uint32_t bit, bool value);

#define PLACE(r, KIND, array, id, field) \
	((struct place){ &array##_of((r)->w, (id))->field, (id), EV_##KIND, \
			 FIELD_OF(array, field) })
#define SET_TASK(r, t, field, v) \
	change((r), PLACE(r, TASK, task, t, field), (v), 0)
#define SET_MM(r, m, field, v) change((r), PLACE(r, MM, mm, m, field), (v), 0)
#define SET_CPU(r, c, field, v) \
	change((r), PLACE(r, CPU, cpu, c, field), (v), 0)
#define SET_CALL(r, a, field, v) \
	change((r), PLACE(r, CALL, cross_call, a, field), (v), 0)
#define SET_STACK(r, s, field, v) \
	change((r), PLACE(r, STACK, stack, s, field), (v), 0)
#define SET_HOLDER(r, h, field, v) \
	change((r), PLACE(r, HOLDER, holder, h, field), (v), 0)
#define SET_WORLD(r, field, v) \
	change((r), \
	       (struct place){ &(r)->w->field, 0, EV_WORLD, \
			       FIELD_OF(world, field) }, \
	       (v), 0)

/* Operands: the word behind one; its value as a number or an mm id. */
struct place place_of(const struct run *r, uint8_t operand);
uint32_t value_of(const struct run *r, uint8_t operand);
mm_id mm_value(const struct run *r, uint8_t operand);
/* Who a place belongs to, for the ledger. */
uint32_t holder_of_place(const struct run *r, const struct place *at);

/* Runs the statement at r->op; true when the test at r->op holds. */
void act(struct run *r);
bool test(const struct run *r, const struct flat_op *op);

/* place.c: the word that names the top stack of this actor. */
struct place stack_place(const struct run *r, uint32_t actor);
/* flow.c: control flow from @pc to the next statement; 0 when the path ended. */
uint32_t flow(struct run *r, uint32_t pc);
/* tell.c: an event of the statement that runs. */
struct event *tell(struct run *r, enum event_kind kind, uint8_t field,
		   uint32_t object);

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
