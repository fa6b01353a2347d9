/*
 * machine.h - a small machine for tests: boots, does verbs to the end, and
 * after each statement checks fold, unfold and every invariant
 */
#ifndef UNIT_MACHINE_H
#define UNIT_MACHINE_H

#include <stdbool.h>

#include "engine/check.h"
#include "engine/drive.h"

enum { MACHINE_EVENTS = 1 << 16 };

struct machine {
	struct world *w, *folded; /* folded: events alone over the old world */
	struct program program;
	struct event_log log; /* everything since boot */
	size_t size;
	bool auto_ipi;
	bool checked;  /* invariants after each statement */
	size_t broken; /* broken invariants seen */
	struct broken first;
	struct verdict last;
};

/* A booted machine of @profile with @cpus CPUs; fails the test when it cannot. */
struct machine *machine_new(const char *profile, uint32_t cpus);
struct machine *machine_patched(const char *profile, uint32_t cpus,
				const struct patch *patches, uint32_t count);
void machine_free(struct machine *m);

/* One input, with fold, unfold and invariants; true when it was done. */
bool machine_input(struct machine *m, const struct input *in);
/* Starts a verb and goes on until it is done or waits. */
bool machine_do(struct machine *m, enum verb verb, uint32_t cpu, uint32_t a,
		uint32_t b, const char *name);
/* Starts a verb and stops before its first statement. */
bool machine_begin(struct machine *m, enum verb verb, uint32_t cpu, uint32_t a,
		   uint32_t b, const char *name);
/* Goes on with what @actor is inside of; the number of statements run there. */
uint32_t machine_finish(struct machine *m, uint32_t actor);
uint32_t machine_steps(struct machine *m, uint32_t actor, uint32_t count);

/* Finding things by their shown names; 0 when there is none. */
task_id machine_task(const struct machine *m, const char *name);
mm_id machine_mm(const struct machine *m, uint32_t serial);
/* Shorthands: spawn a task; switch a CPU to a task by name ("idle" too). */
task_id machine_spawn(struct machine *m, const char *name);
bool machine_switch(struct machine *m, uint32_t cpu, const char *name);

#endif
