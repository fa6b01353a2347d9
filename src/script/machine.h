/*
 * machine.h - `m`: the machine as scripts have it
 *
 * One method for each command of the session, made from its table; methods
 * that read are written in Lua (lua/prelude.lua) over the session's JSON
 * answers.  A machine holds nothing but names: what it gives out are copies
 * that cannot be written, and that say so when their machine is gone.
 */
#ifndef SCRIPT_MACHINE_H
#define SCRIPT_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

#include <lua.h>

struct sandbox;
struct text;

/* machine_open - makes the methods; once for a state, inside a call */
int machine_open(lua_State *L);
/* machine_push - pushes the machine */
void machine_push(lua_State *L);
/*
 * machine_push_names - pushes a table: what m:spawn{as="A"} and its like
 * called A -> the PID, as a string
 */
void machine_push_names(lua_State *L);

/*
 * machine_record - from now on commands are only written down, not run
 *
 * m:spawn{name="sh", as="A"} then makes A a name for "sh".  Nothing can be
 * read meanwhile.  machine_push_recorded() pushes the list of lines.
 */
void machine_record(lua_State *L);
void machine_push_recorded(lua_State *L);

/*
 * machine_fire - commands from t@first on changed the machine: calls what
 * m:on() asked for, then runs what those calls wanted to run, as if typed
 *
 * Errors: false, and @why says what went wrong in them.
 */
bool machine_fire(struct sandbox *s, uint32_t first, struct text *why);

#endif
