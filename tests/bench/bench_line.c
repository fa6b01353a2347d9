/*
 * bench_line.c - one line of the REPL, parsed and run, against one call of a
 * C function from Lua
 *
 * The lines are `cpu 1` and `cpu 0`, which change what later commands act on;
 * they are read, checked, done and kept for the transcript as any other, through
 * activemm.h.  (A line that runs statements costs its statements on top: see
 * bench_switch.)  Lua hands the same line to a C function, which takes it as an
 * argument and gives its length back.
 */
#include <lauxlib.h>
#include <lua.h>

#include "activemm.h"
#include "bench.h"

enum { LINES = 500, CALLS = 10000, ROUNDS = 200 };

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

static int take_line(lua_State *l)
{
	size_t length;

	luaL_checklstring(l, 1, &length);
	lua_pushinteger(l, (lua_Integer)length);
	return 1;
}

static double calls(void *context)
{
	lua_State *l = context;
	uint64_t start = bench_now();

	lua_pushvalue(l, 1);
	bench_need(lua_pcall(l, 0, 0, 0) == LUA_OK, "lua");
	return (double)(bench_now() - start) / CALLS;
}

/* Ten calls in each turn of the loop, so that the loop costs next to nothing. */
static lua_State *make_lua(void)
{
	lua_State *l = luaL_newstate();

	bench_need(l != NULL, "lua");
	lua_register(l, "take", take_line);
	bench_need(luaL_loadstring(l, "local f, s = take, 'cpu 1' "
				      "for i = 1, 1000 do "
				      "f(s) f(s) f(s) f(s) f(s) "
				      "f(s) f(s) f(s) f(s) f(s) end") == LUA_OK,
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
	bench_say("one REPL line, parsed and run / one C call from Lua",
		  bench_ratio(&ours, &theirs, ROUNDS), 15, 5);
	amm_free(a);
	lua_close(l);
	return bench_status();
}
