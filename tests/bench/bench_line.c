/*
 * bench_line.c - one line of the REPL, parsed and run, against one call of a
 * C function from Lua
 *
 * The lines are typed into a booted machine through activemm.h, answers and
 * history included.  Lua calls the smallest useful C function, math.abs, from
 * a loop; what the empty loop costs is taken off.
 */
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <string.h>

#include "activemm.h"
#include "bench.h"

enum { LINES = 500, CALLS = 20000, ROUNDS = 200 };

static double lines(void *context)
{
	struct amm *a = context;
	uint64_t start = bench_now();

	for (int i = 0; i < LINES / 2; i++)
		bench_need(amm_do(a, "cpu 1", 5) == AMM_OK &&
				   amm_do(a, "cpu 0", 5) == AMM_OK,
			   "cpu");
	return (double)(bench_now() - start) / LINES;
}

static double chunk(lua_State *l, int function)
{
	uint64_t start = bench_now();

	lua_pushvalue(l, function);
	lua_pushinteger(l, CALLS);
	bench_need(lua_pcall(l, 1, 0, 0) == LUA_OK, "lua");
	return (double)(bench_now() - start) / CALLS;
}

static double calls(void *context)
{
	lua_State *l = context;
	double empty = chunk(l, 1), full = chunk(l, 2);

	return full > empty ? full - empty : full;
}

static lua_State *make_lua(void)
{
	lua_State *l = luaL_newstate();

	bench_need(l != NULL, "lua");
	luaL_openlibs(l);
	bench_need(luaL_loadstring(l, "for i = 1, ... do end") == LUA_OK &&
			   luaL_loadstring(l, "local f = math.abs "
					      "for i = 1, ... do f(i) end") ==
				   LUA_OK,
		   "lua");
	return l;
}

int main(void)
{
	struct amm_config config = { .batch = true };
	struct amm *a = amm_new(&config, NULL);
	lua_State *l = make_lua();
	const struct side ours = { lines, a }, theirs = { calls, l };

	bench_need(a != NULL, "memory");
	bench_pin();
	bench_say("one REPL line / one C call from Lua",
		  bench_ratio(&ours, &theirs, ROUNDS), 15, 5);
	amm_free(a);
	lua_close(l);
	return bench_status();
}
