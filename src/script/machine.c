/*
 * machine.c - a method's arguments become a line, its answer a table
 */
#include "script/machine.h"

#include <ctype.h>
#include <string.h>

#include <lauxlib.h>

#include "activemm.h"
#include "base/mem.h"
#include "script/answer.h"
#include "script/parts.h"
#include "script/sandbox.h"

enum { CALL_STEPS = 500, QUEUE_MAX = 100, SESSION_BYTES = 32 << 20 };

/* In the registry: the machine, its names, the lines that callbacks queue. */
static const char machine_key, names_key, queue_key, record_key;

static struct amm *amm_of(lua_State *L)
{
	return sandbox_amm(sandbox_of(L));
}

/* --- values as words of a line -------------------------------------------------- */

/* Is it a word that needs no quotes? */
static bool is_plain(const char *s)
{
	if (!isalnum((unsigned char)*s) && !strchr("/%@.^$", *s))
		return false;
	return s[strspn(s,
			"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			"0123456789_./:%,=@$+^-")] == '\0';
}

/* Pushes @s in quotes; a quote of one kind is quoted by the other. */
static void push_quoted(lua_State *L, const char *s)
{
	luaL_Buffer b;

	luaL_buffinit(L, &b);
	do {
		char quote = *s == '\'' ? '"' : '\'';
		size_t n = quote == '"' ? strspn(s, "'") : strcspn(s, "'");

		luaL_addchar(&b, quote);
		luaL_addlstring(&b, s, n);
		luaL_addchar(&b, quote);
		s += n;
	} while (*s);
	luaL_pushresult(&b);
}

/* What m:spawn{as="A"} called A stands for its PID, in A.mm too. */
static void replace_name(lua_State *L)
{
	const char *s = lua_tostring(L, -1);
	size_t n = strcspn(s, ".-");

	machine_push_names(L);
	lua_pushlstring(L, s, n);
	if (lua_rawget(L, -2) == LUA_TSTRING) {
		lua_pushstring(L, s + n);
		lua_concat(L, 2);
		lua_replace(L, -3);
		lua_pop(L, 1);
	} else {
		lua_pop(L, 2);
	}
}

/* A task, mm or CPU that was read before is named again. */
static void push_handle(lua_State *L, int index)
{
	static const char *const keys[] = { "pid", "mm_count", "cpu" };
	lua_Integer generation = answer_generation(L, index);

	if (generation == 0)
		luaL_error(L, "a table is no argument here");
	if (generation != (lua_Integer)amm_generation(amm_of(L)))
		luaL_error(L, "this was read from a machine that is gone: "
			      "read it again");
	sandbox_thaw(L, index);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		lua_getfield(L, -1, keys[i]);
		if (lua_isnil(L, -1)) {
			lua_pop(L, 1);
			continue;
		}
		/* All idle tasks have PID 0, so they go by name. */
		if (i == 1 || lua_tointeger(L, -1) == 0)
			lua_getfield(L, -2,
				     i == 1   ? "mm"
				     : i == 0 ? "comm"
					      : "cpu");
		lua_tostring(L, -1);
		return;
	}
	luaL_error(L, "this table names no task, mm or CPU");
}

/* Pushes the value at @index as the string it is in a line. */
static const char *push_word(lua_State *L, int index)
{
	switch (lua_type(L, index)) {
	case LUA_TNUMBER:
		lua_pushvalue(L, index);
		if (lua_isinteger(L, -1) || lua_tointegerx(L, -1, NULL) == 0)
			break;
		lua_pushinteger(L, lua_tointeger(L, -1));
		break;
	case LUA_TSTRING:
		lua_pushvalue(L, index);
		replace_name(L);
		break;
	case LUA_TTABLE:
		push_handle(L, index);
		break;
	default:
		luaL_error(L, "a %s is no argument here",
			   luaL_typename(L, index));
	}
	return lua_tostring(L, -1);
}

/* An expression goes as it is; it may not end the command. */
static void check_expression(lua_State *L, const char *s)
{
	if (strpbrk(s, ";#\n"))
		luaL_error(L, "an expression holds no ';' or '#'");
}

/* --- arguments as a line --------------------------------------------------------- */

/* What is asked: a verb, its arguments in one table, the pieces so far. */
struct asked {
	lua_State *L;
	unsigned verb;
	int args, pieces; /* where in the stack */
	lua_Integer n;
	unsigned placed; /* places below this one are done */
};

/* Takes the string on top as the next piece of the line. */
static void add_piece(struct asked *q)
{
	lua_rawseti(q->L, q->pieces, ++q->n);
}

/* Takes the string on top as a word behind the flag of @item. */
static void add_word(struct asked *q, const struct amm_item *item)
{
	lua_State *L = q->L;
	const char *word = lua_tostring(L, -1);

	lua_pushfstring(L, " %s", item->flag);
	add_piece(q);
	if (item->expression)
		check_expression(L, word);
	if (item->expression || is_plain(word)) {
		add_piece(q);
		return;
	}
	push_quoted(L, word);
	add_piece(q);
	lua_pop(L, 1);
}

/* A list: words of their own, or one word with commas. */
static void add_list(struct asked *q, const struct amm_item *item, int list)
{
	lua_State *L = q->L;
	lua_Integer n = (lua_Integer)lua_rawlen(L, list);

	luaL_checkstack(L, 8, NULL);
	for (lua_Integer i = 1; i <= n; i++) {
		lua_rawgeti(L, list, i);
		push_word(L, lua_gettop(L));
		lua_remove(L, -2);
		if (item->repeated) {
			add_word(q, item);
		} else if (i > 1) {
			lua_pushliteral(L, ",");
			lua_insert(L, -2);
			lua_concat(L, 3);
		}
	}
	if (!item->repeated && n > 0)
		add_word(q, item);
}

/* Takes the value on top as the value of @item. */
static void add_value(struct asked *q, const struct amm_item *item)
{
	lua_State *L = q->L;
	int at = lua_gettop(L);

	if (lua_isboolean(L, at)) {
		if (!item->alone)
			luaL_error(L, "'%s' needs a value", item->key);
		if (lua_toboolean(L, at)) {
			lua_pushfstring(L, " %s",
					item->flag[0] ? item->flag : item->key);
			add_piece(q);
		}
	} else if (lua_istable(L, at) && answer_generation(L, at) == 0) {
		add_list(q, item, at);
	} else {
		push_word(L, at);
		add_word(q, item);
	}
	lua_settop(L, at - 1);
}

/* The value of @item by its name, or the next one by its place. */
static void add_item(struct asked *q, const struct amm_item *item)
{
	lua_State *L = q->L;
	lua_Integer n = (lua_Integer)lua_rawlen(L, q->args);
	lua_Integer place = item->place + 1;

	lua_pushstring(L, item->key);
	if (lua_rawget(L, q->args) != LUA_TNIL) {
		add_value(q, item);
		return;
	}
	lua_pop(L, 1);
	if (item->flag[0] || item->place < q->placed)
		return;
	q->placed = item->place + 1;
	for (; place <= n; place++) {
		lua_rawgeti(L, q->args, place);
		add_value(q, item);
		if (!item->repeated)
			return;
	}
}

/* First what has a place, then flags, then what reaches to the end. */
static int turn_of(const struct amm_item *item)
{
	if (!item->flag[0])
		return 0;
	return item->flag[0] == '-' && strcmp(item->flag, "-- ") != 0 ? 1 : 2;
}

static bool find_item(unsigned verb, const char *key, struct amm_item *item)
{
	for (unsigned i = 0; amm_item_at(verb, i, item); i++)
		if (strcmp(item->key, key) == 0)
			return true;
	return false;
}

static void unknown_key(struct asked *q, const char *key)
{
	lua_State *L = q->L;
	struct amm_item item;
	struct amm_verb verb;
	luaL_Buffer b;

	amm_verb_at(q->verb, &verb);
	luaL_buffinit(L, &b);
	for (unsigned i = 0; amm_item_at(q->verb, i, &item); i++) {
		luaL_addstring(&b, i ? ", " : "");
		luaL_addstring(&b, item.key);
	}
	luaL_pushresult(&b);
	luaL_error(L, "%s takes no '%s'; it takes %s", verb.method, key,
		   lua_tostring(L, -1));
}

/* Every key must mean something. */
static void check_keys(struct asked *q)
{
	lua_State *L = q->L;
	struct amm_item item;

	lua_pushnil(L);
	while (lua_next(L, q->args)) {
		const char *key;

		lua_pop(L, 1);
		if (lua_type(L, -1) == LUA_TNUMBER)
			continue;
		if (lua_type(L, -1) != LUA_TSTRING)
			luaL_error(L, "the name of an argument is a string");
		key = lua_tostring(L, -1);
		if (strcmp(key, "at") != 0 && strcmp(key, "cpu") != 0 &&
		    strcmp(key, "as") != 0 && !find_item(q->verb, key, &item))
			unknown_key(q, key);
	}
}

/* @1: by `at`, or by `cpu` where that is no argument of the command itself. */
static void add_cpu(struct asked *q)
{
	lua_State *L = q->L;
	struct amm_item item;

	lua_pushliteral(L, "at");
	if (lua_rawget(L, q->args) == LUA_TNIL &&
	    !find_item(q->verb, "cpu", &item)) {
		lua_pop(L, 1);
		lua_pushliteral(L, "cpu");
		lua_rawget(L, q->args);
	}
	if (!lua_isnil(L, -1)) {
		lua_pushfstring(L, "@%s ", push_word(L, lua_gettop(L)));
		add_piece(q);
		lua_pop(L, 1);
	}
	lua_pop(L, 1);
}

/* Makes one table of the arguments from 2 on, at 2. */
static void gather_arguments(lua_State *L)
{
	int n = lua_gettop(L);

	if (n == 2 && lua_istable(L, 2) && answer_generation(L, 2) == 0)
		return;
	lua_createtable(L, n, 0);
	lua_insert(L, 2);
	for (int i = n; i >= 2; i--)
		lua_rawseti(L, 2, i - 1);
}

/* Pushes the line that verb @verb with the arguments from 2 on is. */
static void push_line(lua_State *L, unsigned verb)
{
	struct asked q = { .L = L, .verb = verb, .args = 2, .pieces = 3 };
	struct amm_item item;
	struct amm_verb v;

	gather_arguments(L);
	luaL_checkstack(L, 16, NULL);
	lua_newtable(L);
	check_keys(&q);
	add_cpu(&q);
	amm_verb_at(verb, &v);
	lua_pushstring(L, v.name);
	add_piece(&q);
	for (int turn = 0; turn < 3; turn++)
		for (unsigned i = 0; amm_item_at(verb, i, &item); i++)
			if (turn_of(&item) == turn)
				add_item(&q, &item);
	luaL_checkstack(L, (int)q.n, "too many arguments");
	for (lua_Integer i = 1; i <= q.n; i++)
		lua_rawgeti(L, 3, i);
	lua_concat(L, (int)q.n);
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
	struct amm_item item;

	check_machine(L);
	push_line(L, verb);
	if (queued(L)) {
		if (!find_item(verb, "as", &item))
			name_by_word(L);
		return 1;
	}
	push_result(L);
	if (!find_item(verb, "as", &item))
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
	push_line(L, n);
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
