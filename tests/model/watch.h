/*
 * watch.h - tells the naive model what a recording of the engine would show,
 * and compares the two
 */
#ifndef MODEL_WATCH_H
#define MODEL_WATCH_H

#include "engine/step.h"
#include "naive.h"

struct watch {
	const struct world *w;
	const struct program *p;
	struct naive naive;
	/* of each task, as far as it is inside a verb */
	struct doing {
		uint8_t verb;
		bool done;   /* the model knows */
		uint64_t mm; /* made by it, or given to it */
	} task[NAIVE_TASKS], holder[NAIVE_HOLDS];
	uint32_t switch_to[NAIVE_CPUS];
	/* a flush that nothing else disturbs: who must be called, who was */
	uint32_t flusher, must_call, called;
	bool alone;
	uint64_t compared;   /* times that everything was compared */
	const char *differs; /* what, or NULL */
	uint64_t expected, found;
};

void watch_init(struct watch *o, const struct world *w,
		const struct program *p);
/* Before the input is done: what is about to run. */
struct sight {
	uint32_t actor, task;
	const struct flat_op *op; /* NULL: no statement */
	uint64_t mm;              /* its mm operand, by ctx_id */
	uint32_t object;          /* its task, CPU or number operand */
	bool scheduler, interrupt;
};
struct sight watch_look(const struct watch *o, const struct input *in);
/* After it was done, with the events it gave. */
void watch_done(struct watch *o, const struct input *in,
		const struct verdict *v, const struct sight *seen,
		const struct event *events, size_t count);

/* Is no path in progress, but for parents that sleep in vfork? */
bool world_quiet(const struct world *w, const struct program *p);
/* Compares CPUs that are inside nothing; all counts when the world is quiet. */
void watch_compare(struct watch *o);

#endif
