/*
 * json.h - the session's JSON answers as tables of Lua
 */
#ifndef SCRIPT_JSON_H
#define SCRIPT_JSON_H

#include <stddef.h>

#include <lua.h>

/*
 * json_push - pushes the value at the start of @text, tables frozen
 *
 * null is nil.  Each table remembers @generation (json_generation()).  What is
 * not JSON is our own fault, and raises.
 */
void json_push(lua_State *L, const char *text, lua_Integer generation);

/* json_generation - of the frozen table at @index; 0: it is none of these */
lua_Integer json_generation(lua_State *L, int index);

#endif
