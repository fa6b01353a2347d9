/*
 * lua_states.h - the same Lua in a sandbox and in a state with all of Lua
 *
 * Lua's own library is the oracle for ours: each chunk returns one value,
 * which both must agree about.
 */
#ifndef UNIT_LUA_STATES_H
#define UNIT_LUA_STATES_H

#include <lauxlib.h>
#include <lualib.h>

#include "script/sandbox.h"

static struct sandbox *box;
static lua_State *stock;

static inline void states_open(void)
{
	box = sandbox_new(NULL);
	stock = luaL_newstate();
	luaL_openlibs(stock);
}

static inline void states_close(void)
{
	sandbox_free(box);
	lua_close(stock);
}

static inline void value_to(char *out, size_t size, lua_State *L)
{
	size_t n;
	const char *s = lua_tolstring(L, -1, &n);

	snprintf(out, size, "%s:%zu:%.*s", luaL_typename(L, -1), n,
		 s ? (int)n : 0, s ? s : "");
}

/* What the chunk comes to in the sandbox: "type:length:text", or an error. */
static inline const char *boxed(const char *chunk)
{
	static char out[4096];
	struct text why = { 0 };

	if (sandbox_load(box, chunk, strlen(chunk), "=t", NULL, &why) &&
	    sandbox_call(box, 0, 1, &why)) {
		value_to(out, sizeof out, sandbox_state(box));
		lua_pop(sandbox_state(box), 1);
	} else {
		snprintf(out, sizeof out, "error: %s", text_string(&why));
	}
	text_free(&why);
	return out;
}

static inline const char *unboxed(const char *chunk)
{
	static char out[4096];

	if (luaL_loadbuffer(stock, chunk, strlen(chunk), "=t") == LUA_OK &&
	    lua_pcall(stock, 0, 1, 0) == LUA_OK)
		value_to(out, sizeof out, stock);
	else
		snprintf(out, sizeof out, "error: %s", lua_tostring(stock, -1));
	lua_pop(stock, 1);
	return out;
}

/* Errors only have to be errors in both. */
static inline void agree(const char *chunk)
{
	const char *ours = boxed(chunk), *theirs = unboxed(chunk);

	if (strncmp(ours, "error", 5) == 0 && strncmp(theirs, "error", 5) == 0)
		return;
	if (strcmp(ours, theirs) != 0)
		fail_msg("%s\nours: %s\nLua's: %s", chunk, ours, theirs);
}

/* An expression that must be true in the sandbox. */
static inline void holds(const char *expression)
{
	char chunk[2048];
	const char *ours;

	snprintf(chunk, sizeof chunk, "return (%s) and 'holds'", expression);
	ours = boxed(chunk);
	if (strcmp(ours, "string:5:holds") != 0)
		fail_msg("%s\nis %s", expression, ours);
}

static inline void refused(const char *chunk, const char *part)
{
	const char *ours = boxed(chunk);

	if (strncmp(ours, "error: ", 7) != 0 || !strstr(ours, part))
		fail_msg("%s\nis %s, not an error with '%s'", chunk, ours,
			 part);
}

#endif
