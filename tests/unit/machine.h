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
	struct world *unfolded;
	struct limits limits;
	struct program program;
	struct input *input; /* all that were done */
	size_t inputs, input_room;
	struct event_log log; /* everything since boot */
	size_t size;
	bool auto_ipi;
	bool may_warn; /* the simulated kernel may complain */
	bool by_hand;  /* the test wrote into the world: no replay */
	bool checked;  /* invariants after each statement */
	size_t broken; /* broken invariants seen */
	struct broken first;
	uint32_t first_time;
	struct verdict last;
};

/* A booted machine of @profile with @cpus CPUs; fails the test when it cannot. */
struct machine *machine_new(const char *profile, uint32_t cpus);
struct machine *machine_patched(const char *profile, uint32_t cpus,
				const struct patch *patches, uint32_t count);
struct machine *machine_of(const struct profile *profile, uint32_t cpus,
			   const struct patch *patches, uint32_t count);
/* Replays all inputs from the start, which must give the same bytes. */
void machine_free(struct machine *m);
/* From now on machines of the default profile have this fault. */
void machine_mutate(const struct patch *patch);

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

/* How many events of @kind about @object came since log entry @from. */
uint32_t machine_saw(const struct machine *m, size_t from, enum event_kind kind,
		     uint32_t object);
/* The kernel function in which @actor's next statement is, or PATH_NONE. */
enum path_id machine_place(const struct machine *m, uint32_t actor);
/* Steps @actor until @statement is what it does next. */
void machine_run_to(struct machine *m, uint32_t actor,
		    enum statement_id statement);

#endif
