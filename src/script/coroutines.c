/*
 * coroutines.c - coroutines that share one budget
 *
 * Lua counts instructions in each coroutine by itself, so short ones would
 * never be counted: making and resuming one costs steps.  There is no close:
 * in Lua 5.4.4 a deep chain of it crashes.
 */
#include <lauxlib.h>

#include "script/parts.h"
#include "script/sandbox.h"

enum { ALIVE_MAX = 64, MAKE_STEPS = 1000, RESUME_STEPS = 50 };

static const char alive_key; /* a table whose keys are all coroutines, weakly */

static bool is_alive(lua_State *co)
{
	lua_Debug ar;

	switch (lua_status(co)) {
	case LUA_YIELD:
		return true;
	case LUA_OK:
		return lua_getstack(co, 0, &ar) || lua_gettop(co) > 0;
	default:
		return false;
	}
}

static int count_alive(lua_State *L)
{
	int n = 0;

	lua_rawgetp(L, LUA_REGISTRYINDEX, &alive_key);
	lua_pushnil(L);
	while (lua_next(L, -2)) {
		n += is_alive(lua_tothread(L, -2));
		lua_pop(L, 1);
	}
	lua_pop(L, 1);
	return n;
}

/* Those that nobody can reach any more do not count. */
static void check_room(lua_State *L)
{
	sandbox_charge(L, MAKE_STEPS);
	if (count_alive(L) < ALIVE_MAX)
		return;
	sandbox_charge(L, 100 * MAKE_STEPS);
	lua_gc(L, LUA_GCCOLLECT);
	if (count_alive(L) >= ALIVE_MAX)
		luaL_error(L, "too many coroutines (%d at most)",
			   (int)ALIVE_MAX);
}

static int do_create(lua_State *L)
{
	lua_State *co;

	luaL_checktype(L, 1, LUA_TFUNCTION);
	check_room(L);
	co = lua_newthread(L);
	sandbox_arm(co);
	lua_rawgetp(L, LUA_REGISTRYINDEX, &alive_key);
	lua_pushvalue(L, -2);
	lua_pushboolean(L, true);
	lua_rawset(L, -3);
	lua_pop(L, 1);
	lua_pushvalue(L, 1);
	lua_xmove(L, co, 1);
	return 1;
}

static lua_State *check_thread(lua_State *L)
{
	lua_State *co = lua_tothread(L, 1);

	luaL_argexpected(L, co, 1, "coroutine");
	return co;
}

static const char *status_of(lua_State *L, lua_State *co)
{
	lua_Debug ar;

	if (L == co)
		return "running";
	if (!is_alive(co))
		return "dead";
	if (lua_status(co) == LUA_OK && lua_getstack(co, 0, &ar))
		return "normal";
	return "suspended";
}

/*
 * Runs @co with the @args values on top of @L.  Returns how many results are on
 * top of @L, or -1: there is a message.
 */
static int resume(lua_State *L, lua_State *co, int args)
{
	lua_State *before;
	int results, status;

	sandbox_charge(L, RESUME_STEPS);
	if (*status_of(L, co) != 's') {
		lua_pushfstring(L, "cannot resume %s coroutine",
				is_alive(co) ? "non-suspended" : "dead");
		return -1;
	}
	if (!lua_checkstack(co, args))
		return luaL_error(L, "too many arguments to resume");
	lua_xmove(L, co, args);
	sandbox_arm(co);
	before = sandbox_enter(co);
	status = lua_resume(co, L, args, &results);
	sandbox_enter(before);
	if (status != LUA_OK && status != LUA_YIELD)
		results = 1;
	if (!lua_checkstack(L, results + 1)) {
		lua_pop(co, results);
		return luaL_error(L, "too many results of a coroutine");
	}
	lua_xmove(co, L, results);
	sandbox_charge(L, 0);
	return status == LUA_OK || status == LUA_YIELD ? results : -1;
}

static int do_resume(lua_State *L)
{
	lua_State *co = check_thread(L);
	int results = resume(L, co, lua_gettop(L) - 1);

	lua_pushboolean(L, results >= 0);
	lua_insert(L, results >= 0 ? -(results + 1) : -2);
	return results >= 0 ? results + 1 : 2;
}

static int wrapped(lua_State *L)
{
	lua_State *co = lua_tothread(L, lua_upvalueindex(1));
	int results = resume(L, co, lua_gettop(L));

	return results >= 0 ? results : lua_error(L);
}

static int do_wrap(lua_State *L)
{
	do_create(L);
	lua_pushcclosure(L, wrapped, 1);
	return 1;
}

static int do_yield(lua_State *L)
{
	return lua_yield(L, lua_gettop(L));
}

static int do_status(lua_State *L)
{
	lua_pushstring(L, status_of(L, check_thread(L)));
	return 1;
}

static int do_running(lua_State *L)
{
	lua_pushboolean(L, lua_pushthread(L));
	return 2;
}

static int do_isyieldable(lua_State *L)
{
	lua_pushboolean(L, lua_isyieldable(L));
	return 1;
}

void coroutines_add(lua_State *L)
{
	static const luaL_Reg functions[] = {
		{ "create", do_create }, { "isyieldable", do_isyieldable },
		{ "resume", do_resume }, { "running", do_running },
		{ "status", do_status }, { "wrap", do_wrap },
		{ "yield", do_yield },   { NULL, NULL },
	};

	luaL_setfuncs(L, functions, 0);
	lua_newtable(L);
	lua_createtable(L, 0, 1);
	lua_pushliteral(L, "k");
	lua_setfield(L, -2, "__mode");
	lua_setmetatable(L, -2);
	lua_rawsetp(L, LUA_REGISTRYINDEX, &alive_key);
}
