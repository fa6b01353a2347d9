/*
 * answer.h - the session's JSON answers as tables of Lua
 */
#ifndef SCRIPT_ANSWER_H
#define SCRIPT_ANSWER_H

#include <stddef.h>

#include <lua.h>

/*
 * answer_push - pushes the value at the start of @text, tables frozen
 *
 * null is nil.  Each table remembers @generation (answer_generation()).  What is
 * not JSON is our own fault, and raises.
 */
void answer_push(lua_State *L, const char *text, lua_Integer generation);

/* answer_generation - of the frozen table at @index; 0: it is none of these */
lua_Integer answer_generation(lua_State *L, int index);

#endif
