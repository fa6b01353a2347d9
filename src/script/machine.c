/*
 * machine.c - a method runs a line, and its answer becomes a table
 */
#include "script/machine.h"

#include <string.h>

#include <lauxlib.h>

#include "activemm.h"
#include "base/mem.h"
#include "script/answer.h"
#include "script/arguments.h"
#include "script/parts.h"
#include "script/sandbox.h"

enum { CALL_STEPS = 500, QUEUE_MAX = 100, SESSION_BYTES = 32 << 20 };

/* In the registry: the machine, its names, the lines that callbacks queue. */
static const char machine_key, names_key, queue_key, record_key;

static struct amm *amm_of(lua_State *L)
{
	return sandbox_amm(sandbox_of(L));
}

/* --- running a line ------------------------------------------------------------- */

static bool spent(void *context)
{
	return sandbox_spent(context);
}

/* While commands are only written down there is no machine to look at. */
static void check_runs(lua_State *L)
{
	lua_rawgetp(L, LUA_REGISTRYINDEX, &record_key);
	if (!lua_isnil(L, -1))
		luaL_error(L, "here commands are written down, nothing can be "
			      "read");
	lua_pop(L, 1);
}

/* The session may need memory of its own for it, and no more than this. */
static enum amm_status run(lua_State *L, const char *line, size_t length,
			   bool json)
{
	const struct amm_request r = { line, length, json, spent,
				       sandbox_of(L) };
	enum amm_status status;

	check_runs(L);
	sandbox_charge(L, CALL_STEPS);
	mem_cap(mem_stats().live_bytes + SESSION_BYTES);
	status = amm_run(amm_of(L), &r);
	mem_cap(SIZE_MAX);
	sandbox_charge(L, 0);
	return status;
}

static void set(lua_State *L, const char *key, const char *value)
{
	lua_pushstring(L, value);
	lua_setfield(L, -2, key);
}

static void set_effects(lua_State *L)
{
	struct amm *a = amm_of(L);

	amm_effects(a);
	answer_push(L, amm_said(a), amm_generation(a));
	lua_getfield(L, -1, "effects");
	lua_setfield(L, -3, "effects");
	lua_pop(L, 1);
}

/* Pushes what the line on top came to, in its place. */
static void push_result(lua_State *L)
{
	struct amm *a = amm_of(L);
	uint64_t before = amm_events(a);
	size_t length;
	const char *line = lua_tolstring(L, -1, &length);
	enum amm_status status = run(L, line, length, false);

	lua_createtable(L, 0, 8);
	lua_insert(L, -2);
	lua_setfield(L, -2, "line");
	lua_pushboolean(L, status == AMM_OK);
	lua_setfield(L, -2, "ok");
	lua_pushinteger(L, status);
	lua_setfield(L, -2, "status");
	set(L, "text", amm_said(a));
	set(L, "code", amm_code(a));
	set(L, "t", amm_now(a));
	if (amm_events(a) > before)
		set_effects(L);
	sandbox_freeze(L);
}

/* The task that the result on top made goes by the name that args at 2 give. */
static void name_new_task(lua_State *L)
{
	int result = lua_gettop(L);

	lua_pushliteral(L, "as");
	if (lua_rawget(L, 2) != LUA_TNIL &&
	    lua_getfield(L, result, "effects") == LUA_TTABLE) {
		prelude_push(L, "new_task");
		lua_insert(L, -2);
		lua_call(L, 1, 1);
		machine_push_names(L);
		lua_pushvalue(L, result + 1);
		lua_pushvalue(L, result + 2);
		lua_rawset(L, -3);
	}
	lua_settop(L, result);
}

/* A task that is still to be made has no PID, only the name it will have. */
static void name_by_word(lua_State *L)
{
	int result = lua_gettop(L);

	machine_push_names(L);
	lua_pushliteral(L, "as");
	lua_rawget(L, 2);
	lua_pushliteral(L, "name");
	if (lua_rawget(L, 2) == LUA_TNIL) {
		lua_pop(L, 1);
		lua_rawgeti(L, 2, 1);
	}
	if (lua_type(L, -2) == LUA_TSTRING && lua_type(L, -1) == LUA_TSTRING)
		lua_rawset(L, -3);
	lua_settop(L, result);
}

/* In a callback lines wait until all callbacks are done. */
static bool queued(lua_State *L)
{
	lua_Integer n;

	if (lua_rawgetp(L, LUA_REGISTRYINDEX, &queue_key) != LUA_TTABLE) {
		lua_pop(L, 1);
		return false;
	}
	n = (lua_Integer)lua_rawlen(L, -1);
	if (n >= QUEUE_MAX)
		luaL_error(L, "at most %d commands here", (int)QUEUE_MAX);
	lua_insert(L, -2);
	lua_rawseti(L, -2, n + 1);
	lua_createtable(L, 0, 2);
	lua_replace(L, -2);
	lua_pushboolean(L, true);
	lua_setfield(L, -2, "queued");
	sandbox_freeze(L);
	return true;
}

static void check_machine(lua_State *L)
{
	lua_rawgetp(L, LUA_REGISTRYINDEX, &machine_key);
	if (!lua_rawequal(L, 1, -1))
		luaL_error(L, "a method needs its machine: m:ps(), not m.ps()");
	lua_pop(L, 1);
}

static int do_verb(lua_State *L)
{
	unsigned verb = (unsigned)lua_tointeger(L, lua_upvalueindex(1));

	check_machine(L);
	arguments_push_line(L, verb);
	if (queued(L)) {
		if (!arguments_know(verb, "as"))
			name_by_word(L);
		return 1;
	}
	push_result(L);
	if (!arguments_know(verb, "as"))
		name_new_task(L);
	return 1;
}

static int do_cmd(lua_State *L)
{
	check_machine(L);
	luaL_checkstring(L, 2);
	lua_settop(L, 2);
	if (!queued(L))
		push_result(L);
	return 1;
}

/* m:ask(method, ...): the answer of a command as the session's JSON has it */
static int do_ask(lua_State *L)
{
	struct amm *a = amm_of(L);
	const char *method = luaL_checkstring(L, 2);
	struct amm_verb verb;
	unsigned n = 0;
	size_t length;
	const char *line;

	check_machine(L);
	while (amm_verb_at(n, &verb) && strcmp(verb.method, method) != 0)
		n++;
	if (!amm_verb_at(n, &verb))
		return luaL_error(L, "there is no command '%s'", method);
	lua_remove(L, 2);
	arguments_push_line(L, n);
	line = lua_tolstring(L, -1, &length);
	run(L, line, length, true);
	answer_push(L, amm_said(a), amm_generation(a));
	return 1;
}

static int do_eval(lua_State *L)
{
	struct amm *a = amm_of(L);
	size_t length;
	const char *text = luaL_checklstring(L, 2, &length);

	check_machine(L);
	check_runs(L);
	sandbox_charge(L, CALL_STEPS);
	if (amm_eval(a, text, length) != AMM_OK)
		return luaL_error(L, "%s", amm_said(a));
	answer_push(L, amm_said(a), amm_generation(a));
	return 1;
}

static int do_now(lua_State *L)
{
	check_machine(L);
	lua_pushstring(L, amm_now(amm_of(L)));
	return 1;
}

/* --- the object --------------------------------------------------------------------- */

static int no_method(lua_State *L)
{
	return luaL_error(L,
			  "the machine has no method '%s' ('help' lists the "
			  "commands)",
			  sandbox_tostring(L, 2, NULL));
}

static void add_verbs(lua_State *L)
{
	struct amm_verb verb;

	for (unsigned i = 0; amm_verb_at(i, &verb); i++) {
		lua_pushinteger(L, i);
		lua_pushcclosure(L, do_verb, 1);
		lua_setfield(L, -2, verb.method);
	}
}

/* Methods written in Lua come last: they may read what a verb only shows. */
static void push_methods(lua_State *L)
{
	static const luaL_Reg functions[] = {
		{ "ask", do_ask }, { "cmd", do_cmd }, { "eval", do_eval },
		{ "now", do_now }, { NULL, NULL },
	};

	lua_newtable(L);
	add_verbs(L);
	luaL_setfuncs(L, functions, 0);
	prelude_push(L, "methods");
	lua_pushnil(L);
	while (lua_next(L, -2)) {
		lua_pushvalue(L, -2);
		lua_insert(L, -2);
		lua_rawset(L, -5);
	}
	lua_pop(L, 1);
	lua_createtable(L, 0, 1);
	lua_pushcfunction(L, no_method);
	lua_setfield(L, -2, "__index");
	lua_setmetatable(L, -2);
}

int machine_open(lua_State *L)
{
	lua_newuserdatauv(L, 0, 0);
	lua_createtable(L, 0, 3);
	push_methods(L);
	lua_setfield(L, -2, "__index");
	lua_pushboolean(L, false);
	lua_setfield(L, -2, "__metatable");
	lua_pushliteral(L, "machine");
	lua_setfield(L, -2, "__name");
	lua_setmetatable(L, -2);
	lua_rawsetp(L, LUA_REGISTRYINDEX, &machine_key);
	lua_newtable(L);
	lua_rawsetp(L, LUA_REGISTRYINDEX, &names_key);
	return 0;
}

void machine_push(lua_State *L)
{
	lua_rawgetp(L, LUA_REGISTRYINDEX, &machine_key);
}

void machine_push_names(lua_State *L)
{
	lua_rawgetp(L, LUA_REGISTRYINDEX, &names_key);
}

void machine_record(lua_State *L)
{
	lua_newtable(L);
	lua_rawsetp(L, LUA_REGISTRYINDEX, &queue_key);
	lua_pushboolean(L, true);
	lua_rawsetp(L, LUA_REGISTRYINDEX, &record_key);
}

void machine_push_recorded(lua_State *L)
{
	lua_rawgetp(L, LUA_REGISTRYINDEX, &queue_key);
}

/* --- callbacks ------------------------------------------------------------------------- */

static int fire(lua_State *L)
{
	const uint32_t *first = lua_touserdata(L, 1);

	prelude_push(L, "fire");
	machine_push(L);
	lua_pushinteger(L, *first);
	lua_newtable(L);
	lua_rawsetp(L, LUA_REGISTRYINDEX, &queue_key);
	lua_call(L, 2, 0);
	return 0;
}

/* Runs what callbacks queued, as if typed, and shows it. */
static int run_queue(lua_State *L)
{
	struct amm *a = amm_of(L);

	lua_rawgetp(L, LUA_REGISTRYINDEX, &queue_key);
	lua_pushnil(L);
	lua_rawsetp(L, LUA_REGISTRYINDEX, &queue_key);
	for (lua_Integer i = 1; lua_rawgeti(L, -1, i) == LUA_TSTRING; i++) {
		size_t length;
		const char *line = lua_tolstring(L, -1, &length);

		lua_pushfstring(L, "callback: %s\n", line);
		sandbox_say(L, lua_tostring(L, -1), lua_rawlen(L, -1));
		run(L, line, length, false);
		lua_pushstring(L, amm_said(a));
		sandbox_say(L, lua_tostring(L, -1), lua_rawlen(L, -1));
		lua_pop(L, 3);
	}
	return 0;
}

static int stop_queue(lua_State *L)
{
	lua_pushnil(L);
	lua_rawsetp(L, LUA_REGISTRYINDEX, &queue_key);
	return 0;
}

bool machine_fire(struct sandbox *s, uint32_t first, struct text *why)
{
	if (sandbox_do(s, fire, &first, 0, why) &&
	    sandbox_do(s, run_queue, NULL, 0, why))
		return true;
	sandbox_do(s, stop_queue, NULL, 0, NULL);
	return false;
}
