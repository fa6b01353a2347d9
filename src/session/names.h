/*
 * names.h - which task, mm or CPU a typed word means
 *
 *	task	PID; name or its unique beginning; name(PID), as answers show
 *		it; swapper/N; idle (of this CPU); %N, % (what runs there, here)
 *	mm	mm1 or 1; init_mm; TASK.mm, TASK.active_mm; cpu1.loaded_mm,
 *		cpu1.prev_mm (`->` is as good as `.`)
 *
 * A name that several tasks have is an error that lists their PIDs.
 */
#ifndef SESSION_NAMES_H
#define SESSION_NAMES_H

#include "engine/world.h"

struct amm;
struct arg;
struct error;

/* Where a word is read: `%` and `idle` depend on the CPU. */
struct viewpoint {
	const struct world *world;
	cpu_id cpu;
	const struct amm
		*past; /* whose history led here; NULL: none is known */
};

/* Each returns false with @e filled, but for its place. */
bool name_task(const struct viewpoint *v, const char *word, task_id *task,
	       struct error *e);
bool name_mm(const struct viewpoint *v, const char *word, mm_id *mm,
	     struct error *e);
bool name_cpu(const struct viewpoint *v, uint64_t number, cpu_id *cpu,
	      struct error *e);

/* name_mm_serial - the 1 of mm1, freed or not; 0 is init_mm */
bool name_mm_serial(const struct viewpoint *v, const char *word,
		    uint32_t *serial, struct error *e);

/* The same for an argument of a command in the live world; with its place. */
bool names_task(const struct amm *a, const struct arg *arg, task_id *task,
		struct error *e);
bool names_mm(const struct amm *a, const struct arg *arg, mm_id *mm,
	      struct error *e);
bool names_cpu(const struct amm *a, const struct arg *arg, cpu_id *cpu,
	       struct error *e);
bool names_mm_serial(const struct amm *a, const struct arg *arg,
		     uint32_t *serial, struct error *e);

/* mm_with_serial - the live mm that is shown as mm@serial, or MM_NONE */
mm_id mm_with_serial(const struct world *w, uint32_t serial);

/* task_with_pid - the live task, or TASK_NONE; PID 0 is not unique */
task_id task_with_pid(const struct world *w, uint64_t pid);

#endif
