/*
 * sandbox.h - Lua 5.4 for scripts that nobody has read
 *
 * A sandbox is a Lua state whose environment is built from nothing but an
 * allow-list.  Nothing in it can reach a file, a clock, an address or the
 * terminal, and whatever it does ends: Lua code by a count hook that looks at
 * a budget of steps and at the clock, C functions because each of them is
 * bounded or charges the budget, memory by the allocator.  A spent budget
 * raises an error at every further instruction, in every coroutine, until the
 * outermost call is left; the next one has a new budget.
 *
 * No Lua error leaves a function of this header: it becomes `false` and a
 * sentence in @why (not escaped, at most ERROR_BYTES; may be NULL).
 *
 * How a lesson is read (each lesson in a sandbox of its own):
 *
 *	s = sandbox_new(a);
 *	if (sandbox_load_file(s, path, &why) && sandbox_call(s, 0, 1, &why) &&
 *	    sandbox_do(s, copy_out, lesson, 1, &why))
 *		...
 *	sandbox_free(s);
 *
 * where copy_out() is a lua_CFunction whose argument 1 is @lesson as light
 * userdata and argument 2 the value that the file returned.  In it, read with lua_rawget() and its kin only: a table of a script may have
 * metamethods.  To call a function again later, keep it with luaL_ref() in
 * copy_out(), and then, in another sandbox_do(), push it and its arguments
 * (machine_push(), sandbox_push_rng()) and lua_call() it.
 */
#ifndef SCRIPT_SANDBOX_H
#define SCRIPT_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lua.h>

#include "base/text.h"

struct amm;
struct sandbox;

enum {
	SANDBOX_STEPS = 50000000,   /* instructions of one outermost call */
	SANDBOX_MS = 1000,          /* its time */
	SANDBOX_BYTES = 64 << 20,   /* memory of the state */
	SANDBOX_BLOCK = 1 << 20,    /* the largest string, array or stack */
	SANDBOX_SAID = 1 << 20,     /* bytes that one call may print */
	SANDBOX_SOURCE = 256 << 10, /* bytes of a chunk or file */
	SANDBOX_ITEMS = 100000,     /* what a table function works on */
	SANDBOX_ERROR_BYTES = 1024,
};

/*
 * sandbox_new - a fresh state; @a is the session that its `print` says to
 *
 * Errors: NULL when out of memory.
 */
struct sandbox *sandbox_new(struct amm *a);
void sandbox_free(struct sandbox *s);

lua_State *sandbox_state(struct sandbox *s);
struct sandbox *sandbox_of(lua_State *L);
struct amm *sandbox_amm(struct sandbox *s);

/*
 * sandbox_load - pushes a text chunk as a function; bytecode is refused
 *
 * @name is for messages, as "=lua".  *@unfinished (may be NULL) says that the
 * text ends too early.
 */
bool sandbox_load(struct sandbox *s, const char *chunk, size_t length,
		  const char *name, bool *unfinished, struct text *why);
/* sandbox_load_file - the same for a file, found here or among the lessons */
bool sandbox_load_file(struct sandbox *s, const char *name, struct text *why);
/* sandbox_call - lua_call() of what is on the stack; pops it on error too */
bool sandbox_call(struct sandbox *s, int args, int results, struct text *why);
/*
 * sandbox_do - calls @f with @context as light userdata and the @args values
 * on top of the stack, which are popped; no results
 */
bool sandbox_do(struct sandbox *s, lua_CFunction f, void *context, int args,
		struct text *why);

/* Is what it keeps so much that hardly anything can run?  Collects first. */
bool sandbox_full(struct sandbox *s);
/* Is the budget of the running call spent?  Looks at the clock. */
bool sandbox_spent(struct sandbox *s);
/* Was it spent by ctrl-c, in the last outermost call? */
bool sandbox_interrupted(const struct sandbox *s);

/* --- for C functions inside: they raise Lua errors ----------------------------- */

/* Takes @steps from the budget; raises when it is spent. */
void sandbox_charge(lua_State *L, uint64_t steps);
/* Adds to what the session says; raises when it is too much. */
void sandbox_say(lua_State *L, const char *bytes, size_t length);
/* Replaces the table on top by one that cannot be written and looks like it. */
void sandbox_freeze(lua_State *L);
/* Pushes the table behind a frozen one, or the table itself; true: frozen. */
bool sandbox_thaw(lua_State *L, int index);
/* Pushes a string for any value, without addresses; may call __tostring. */
const char *sandbox_tostring(lua_State *L, int index, size_t *length);
/* Pushes a source of seeded random numbers: rng:int rng:pick rng:shuffle. */
void sandbox_push_rng(lua_State *L, uint64_t seed);
/* Sets global @name to the value on top, which is popped and cannot be
 * assigned by scripts. */
void sandbox_set_builtin(lua_State *L, const char *name);

#endif
