/*
 * prelude.c - what is written in Lua itself, from the copy in the program
 *
 * A file that somebody may have changed is never read for it.
 */
#include <lauxlib.h>

#include "script/parts.h"
#include "script/prelude.inc"
#include "script/sandbox.h"

static const char prelude_key;

static int is_frozen(lua_State *L)
{
	lua_pushboolean(L, lua_istable(L, 1) && sandbox_thaw(L, 1));
	return 1;
}

/* The builtins are on top of the stack: they are its globals. */
void prelude_run(lua_State *L)
{
	if (sandbox_compile(L, prelude_text, sizeof prelude_text - 1,
			    "=prelude") != LUA_OK)
		lua_error(L);
	lua_pushvalue(L, -2);
	lua_setupvalue(L, -2, 1);
	lua_pushcfunction(L, is_frozen);
	lua_call(L, 1, 1);
	lua_rawsetp(L, LUA_REGISTRYINDEX, &prelude_key);
}

void prelude_push(lua_State *L, const char *name)
{
	lua_rawgetp(L, LUA_REGISTRYINDEX, &prelude_key);
	lua_getfield(L, -1, name);
	lua_remove(L, -2);
}

void sandbox_push_rng(lua_State *L, uint64_t seed)
{
	luaL_checkstack(L, 4, NULL);
	prelude_push(L, "rng");
	lua_pushinteger(L, (lua_Integer)seed);
	lua_call(L, 1, 1);
}
