/*
 * step.h - the one door into the machine: an input and a world give a world
 *
 * An input either starts a kernel path (a verb), runs one statement of an
 * actor, or lets an importer force a choice.  It carries everything that could
 * differ between two runs, so a list of inputs replays to the same bytes.
 *
 * An actor is a CPU, or an outside holder with a stack of its own (its number
 * is ncpus + holder).  A CPU runs its interrupt, else its scheduler, else its
 * current task's path.  Nothing ever runs another CPU's path for it.
 */
#ifndef ENGINE_STEP_H
#define ENGINE_STEP_H

#include "engine/program.h"

enum verb {
#define VERB(id, path) VERB_##id,
#include "engine/verb.def"
#undef VERB
	VERBS
};

enum refusal {
	REFUSED_NOT,
#define REFUSAL(id, code, text, help) REFUSED_##id,
#include "engine/refusal.def"
#undef REFUSAL
	REFUSALS
};

/* Done or not; why not, and about whom: the letters of refusal.def. */
struct verdict {
	enum refusal why;
	uint32_t actor; /* who runs what was started */
	task_id task;
	cpu_id cpu;
	mm_id mm;
	uint32_t number;
	enum path_id path;
};

enum input_kind {
	IN_VERB, /* start @verb by @actor */
	IN_STEP, /* run @count statements of @actor */
	IN_PATH, /* importer: start path @verb on @actor, as it stands */
	IN_FORCE, /* importer: word arg[2] of @verb (event kind) arg[0] := arg[1],
		   * arg[3] is the holder to tell */
	IN_TASK, /* importer: a live task with PID arg[0], flags arg[1], mm arg[2] */
	IN_MM,     /* importer: a live mm with arg[0] users and arg[1] counts */
	IN_SWITCH, /* importer: @actor leaves its task in state arg[1] and switches
		    * to task arg[0], which is runnable by that */
	IN_GROW, /* for who owns the world: bigger limits; never done here */
};

struct input {
	uint8_t kind; /* enum input_kind */
	uint8_t verb; /* enum verb, path_id or event_kind */
	uint16_t actor;
	uint32_t count; /* IN_STEP: statements */
	uint32_t arg[4];
	uint32_t name[LABEL_WORDS]; /* comm or label, zero padded */
};

/* Copies a name into words, cut to @words * 4 - 1 bytes. */
void name_pack(uint32_t *to, uint32_t words, const char *name);
/* And back: @out has words * 4 bytes and is terminated. */
void name_unpack(char *out, const uint32_t *from, uint32_t words);

/*
 * engine_check - would this input be done?
 * engine_input - check it, then do it
 *
 * IN_STEP runs up to @count statements and stops early when the actor waits or
 * is done, or when the log is nearly full; the number run is added to *@ran
 * (may be NULL).
 *
 * Needs:  room in the log for STEP_EVENTS_MAX events; @p is the program with
 *         which @w was booted.
 * Emits:  one EV_STEP per statement, before all that the statement changes;
 *         set-up by verbs has path PATH_NONE.
 * Errors: refused (verdict.why): the world is bytewise as before, and nothing
 *         is logged.  A complaint of the simulated kernel is no error: EV_WARN
 *         or EV_OOPS, and on it goes.
 */
struct verdict engine_check(const struct world *w, const struct program *p,
			    const struct input *in);
struct verdict engine_input(struct world *w, const struct program *p,
			    const struct input *in, struct event_log *log,
			    uint32_t *ran);

/* Where an actor stands.  Needs: @actor < w->actors. */
enum actor_state {
	ACTOR_IDLE,  /* inside no path */
	ACTOR_READY, /* its next statement can run */
	ACTOR_WAITS, /* for acknowledgements, a lock, another CPU */
	ACTOR_OFF,   /* an offline CPU */
};
enum actor_state actor_state(const struct world *w, const struct program *p,
			     uint32_t actor);
/* The actor's running stack, or STACK_NONE. */
uint32_t actor_stack(const struct world *w, uint32_t actor);
/* The op at which that stack rests: its next statement. NULL when idle. */
const struct flat_op *actor_op(const struct world *w, const struct program *p,
			       uint32_t actor);
/* A CPU that has a pending IPI from @actor and could take it now, or CPU_NONE. */
cpu_id ipi_deliverable(const struct world *w, uint32_t actor);
/* A CPU that owes @actor an acknowledgement, or CPU_NONE. */
cpu_id ipi_owing(const struct world *w, uint32_t actor);
/* Windows (enum window) that are open on this CPU. */
uint32_t cpu_windows(const struct world *w, const struct program *p, cpu_id c);

/* Actor number of an outside holder; the holder of an actor. */
static inline uint32_t holder_actor(const struct world *w, uint32_t h)
{
	return w->max.cpus + h;
}

/* The first holder of @mm with this label, or 0. */
uint32_t holder_find(const struct world *w, mm_id mm, const uint32_t *label);

#endif
