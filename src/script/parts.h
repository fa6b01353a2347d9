/*
 * parts.h - the pieces that environment.c puts the environment together from
 *
 * Each function adds to the table on top of the stack.
 */
#ifndef SCRIPT_PARTS_H
#define SCRIPT_PARTS_H

#include <stdbool.h>

#include <lua.h>

/* environment.c: the environment, as sandbox_state()'s globals */
int environment_open(lua_State *L);

void basics_add(lua_State *L);     /* print, load, pairs, setmetatable, ... */
void strings_add(lua_State *L);    /* find, match, gsub, rep, format, ... */
void tables_add(lua_State *L);     /* insert, remove, concat, sort, ... */
void coroutines_add(lua_State *L); /* create, wrap, resume, ... */

/* prelude.c: what is written in Lua itself (lua/prelude.lua) */
void prelude_run(lua_State *L);
/* Pushes what the prelude keeps under this name for C. */
void prelude_push(lua_State *L, const char *name);

/*
 * tables_heapsort - sorts items 1 to @n of the table at @index in place
 *
 * @less compares the two values on top of the stack, and leaves them.
 */
void tables_heapsort(lua_State *L, int index, lua_Integer n,
		     bool (*less)(lua_State *L));

/* Arms the hook of @co for the state the budget is in. */
void sandbox_arm(lua_State *co);
/* Calls go on in @co until it is set back; returns what was running. */
lua_State *sandbox_enter(lua_State *co);
/* Compiles the @length bytes; pushes a function or a message. */
int sandbox_compile(lua_State *L, const char *chunk, size_t length,
		    const char *name);

#endif
