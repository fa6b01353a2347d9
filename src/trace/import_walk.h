/*
 * import_walk.h - inputs for the host: the only way an import acts
 *
 * A force changes one word, a path starts on top of what a CPU is inside of, a
 * step runs the next statement.  A world that is full grows first.
 */
#ifndef TRACE_IMPORT_WALK_H
#define TRACE_IMPORT_WALK_H

#include "trace/import_parts.h"

/* A slot of each kind is free after it, unless the import failed. */
void ensure_room(struct import *im);
/* Hands one input to the host, with room for what it makes. */
void give(struct import *im, const struct input *in);

/*
 * force_for - makes a word of the world @value; nothing when it is that
 *
 * @holder (holder_word()) is told as the one whose unit comes or goes with it;
 * force() derives it from the object.  FORCE names the word by its member.
 */
struct place_of_word {
	enum event_kind kind;
	uint32_t object, field;
};
void force_for(struct import *im, struct place_of_word at, uint32_t value,
	       uint32_t holder);
void force(struct import *im, enum event_kind kind, uint32_t object,
	   uint32_t field, uint32_t value);
#define FORCE(im, KIND, type, id, member, value) \
	force((im), EV_##KIND, (id), FIELD_OF(type, member), (value))

/*
 * start_path - starts @path on top of @c with @args (NULL: none)
 *
 * False: this kernel has no such path, or memory is out.
 */
bool start_path(struct import *im, cpu_id c, enum path_id path,
		const uint32_t args[3]);
#define ARGS(...) ((const uint32_t[3]){ __VA_ARGS__ })
/* @c leaves its task in @state and begins to switch to @next. */
void start_switch(struct import *im, cpu_id c, task_id next, uint32_t state);
/* Where @actor rests: its next statement, or NULL. */
const struct flat_op *next_op(const struct import *im, uint32_t actor);
/* Runs it; false when @actor is inside nothing or waits. */
bool step_once(struct import *im, uint32_t actor);
/* Runs @actor on to the end of all that it is inside of, or until it waits. */
void run_ready(struct import *im, uint32_t actor);
/* Runs @actor on until the statement that carries @tp is next. */
bool run_to(struct import *im, uint32_t actor, enum tracepoint_id tp);
/* Runs @actor on as far as no record is needed. */
void settle(struct import *im, uint32_t actor);
/* Does the statement that stands next, and settles. */
void carry_on(struct import *im, uint32_t actor);
/* Runs @stack, on top of @actor, to its end, whatever it passes. */
void run_out(struct import *im, uint32_t actor, uint32_t stack);
/* Nobody will acknowledge what @actor waits for any more. */
bool stop_waiting(struct import *im, uint32_t actor);
/* The mm that the statement at which @actor rests is about. */
mm_id mm_at(const struct import *im, uint32_t actor);
/* run_to, or a divergence. */
bool reach(struct import *im, cpu_id c, enum tracepoint_id tp);

#endif
