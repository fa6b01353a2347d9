/*
 * environment.c - the environment of a sandbox, built from nothing
 *
 * Functions of Lua's own library come here by name only: each is taken from a
 * scratch table that is then dropped.  Names of the library cannot be
 * assigned, so what one script does to them another never sees.
 */
#include <lauxlib.h>
#include <lualib.h>

#include "script/parts.h"
#include "script/sandbox.h"

static const char frozen_key, builtins_key;

/* --- frozen tables ------------------------------------------------------------- */

static int refuse_write(lua_State *L)
{
	return luaL_error(L, "this table cannot be changed");
}

static int frozen_length(lua_State *L)
{
	lua_pushinteger(L, (lua_Integer)lua_rawlen(L, lua_upvalueindex(1)));
	return 1;
}

void sandbox_freeze(lua_State *L)
{
	luaL_checkstack(L, 6, NULL);
	lua_newtable(L);
	lua_createtable(L, 0, 5);
	lua_pushvalue(L, -3);
	lua_rawsetp(L, -2, &frozen_key);
	lua_pushvalue(L, -3);
	lua_setfield(L, -2, "__index");
	lua_pushcfunction(L, refuse_write);
	lua_setfield(L, -2, "__newindex");
	lua_pushvalue(L, -3);
	lua_pushcclosure(L, frozen_length, 1);
	lua_setfield(L, -2, "__len");
	lua_pushboolean(L, false);
	lua_setfield(L, -2, "__metatable");
	lua_setmetatable(L, -2);
	lua_remove(L, -2);
}

bool sandbox_thaw(lua_State *L, int index)
{
	luaL_checkstack(L, 3, NULL);
	index = lua_absindex(L, index);
	if (lua_getmetatable(L, index)) {
		if (lua_rawgetp(L, -1, &frozen_key) == LUA_TTABLE) {
			lua_remove(L, -2);
			return true;
		}
		lua_pop(L, 2);
	}
	lua_pushvalue(L, index);
	return false;
}

/* --- what is taken from Lua's library ------------------------------------------ */

/* A function whose work grows with its strings: it pays for them. */
static int charged(lua_State *L)
{
	uint64_t bytes = 0;

	for (int i = 1; i <= lua_gettop(L); i++)
		if (lua_type(L, i) == LUA_TSTRING)
			bytes += lua_rawlen(L, i);
	sandbox_charge(L, 1 + bytes / 16);
	return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

static const char *const base_names[] = { "assert",   "error",  "getmetatable",
					  "ipairs",   "pcall",  "rawequal",
					  "rawget",   "rawlen", "select",
					  "tonumber", "type",   NULL };
static const char *const math_names[] = {
	"abs",  "acos",       "asin",       "atan", "ceil", "cos", "deg",
	"exp",  "floor",      "fmod",       "huge", "log",  "max", "min",
	"modf", "maxinteger", "mininteger", "pi",   "rad",  "sin", "sqrt",
	"tan",  "tointeger",  "type",       "ult",  NULL
};
static const char *const string_names[] = { "byte",    "char",   "len",
					    "lower",   "pack",   "packsize",
					    "reverse", "sub",    "unpack",
					    "upper",   "format", NULL };
static const char *const utf8_names[] = { "char",  "charpattern", "codepoint",
					  "codes", "len",         "offset",
					  NULL };

/* Copies the named values of the scratch library to the table on top. */
static void take(lua_State *L, lua_CFunction open, const char *const *names,
		 bool pays)
{
	lua_pushcfunction(L, open);
	lua_call(L, 0, 1);
	for (; *names; names++) {
		lua_getfield(L, -1, *names);
		if (pays && lua_iscfunction(L, -1))
			lua_pushcclosure(L, charged, 1);
		lua_setfield(L, -3, *names);
	}
	lua_pop(L, 1);
}

static void add_library(lua_State *L, const char *name,
			void (*add)(lua_State *L))
{
	lua_newtable(L);
	add(L);
	lua_setfield(L, -2, name);
}

static void add_math(lua_State *L)
{
	take(L, luaopen_math, math_names, false);
}

static void add_utf8(lua_State *L)
{
	take(L, luaopen_utf8, utf8_names, true);
}

/* All strings share one metatable; scripts do not get to see it. */
static void add_string(lua_State *L)
{
	take(L, luaopen_string, string_names, true);
	strings_add(L);
	lua_pushliteral(L, "");
	lua_createtable(L, 0, 2);
	lua_pushvalue(L, -3);
	lua_setfield(L, -2, "__index");
	lua_pushboolean(L, false);
	lua_setfield(L, -2, "__metatable");
	lua_setmetatable(L, -2);
	lua_pop(L, 1);
}

/* --- the environment ------------------------------------------------------------ */

static void push_builtins(lua_State *L)
{
	lua_rawgetp(L, LUA_REGISTRYINDEX, &builtins_key);
}

/* A first assignment to a global: it may not hide a name of the library. */
static int new_global(lua_State *L)
{
	luaL_checkany(L, 3);
	push_builtins(L);
	lua_pushvalue(L, 2);
	if (lua_rawget(L, -2) != LUA_TNIL)
		return luaL_error(L,
				  "'%s' belongs to the library: take "
				  "another name",
				  luaL_tolstring(L, 2, NULL));
	lua_settop(L, 3);
	lua_rawset(L, 1);
	return 0;
}

static void open_globals(lua_State *L)
{
	lua_newtable(L);
	lua_createtable(L, 0, 3);
	push_builtins(L);
	lua_setfield(L, -2, "__index");
	lua_pushcfunction(L, new_global);
	lua_setfield(L, -2, "__newindex");
	lua_pushboolean(L, false);
	lua_setfield(L, -2, "__metatable");
	lua_setmetatable(L, -2);
	lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
	push_builtins(L);
	lua_pushglobaltable(L);
	lua_setfield(L, -2, "_G");
	lua_pop(L, 1);
}

void sandbox_set_builtin(lua_State *L, const char *name)
{
	push_builtins(L);
	lua_insert(L, -2);
	lua_setfield(L, -2, name);
	lua_pop(L, 1);
}

static void freeze_libraries(lua_State *L)
{
	static const char *const names[] = { "string",    "table", "math",
					     "coroutine", "utf8",  "amm" };

	push_builtins(L);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		lua_getfield(L, -1, names[i]);
		sandbox_freeze(L);
		lua_setfield(L, -2, names[i]);
	}
	lua_pop(L, 1);
}

int environment_open(lua_State *L)
{
	lua_newtable(L);
	lua_pushvalue(L, -1);
	lua_rawsetp(L, LUA_REGISTRYINDEX, &builtins_key);
	take(L, luaopen_base, base_names, false);
	basics_add(L);
	add_library(L, "string", add_string);
	add_library(L, "table", tables_add);
	add_library(L, "math", add_math);
	add_library(L, "coroutine", coroutines_add);
	add_library(L, "utf8", add_utf8);
	lua_pushliteral(L, "Lua 5.4");
	lua_setfield(L, -2, "_VERSION");
	prelude_run(L);
	open_globals(L);
	freeze_libraries(L);
	return 0;
}
