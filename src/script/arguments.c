/*
 * arguments.c - the arguments of a method become a line of the session
 */
#include "script/arguments.h"

#include <ctype.h>
#include <string.h>

#include <lauxlib.h>

#include "activemm.h"
#include "script/answer.h"
#include "script/machine.h"
#include "script/sandbox.h"

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
	if (generation !=
	    (lua_Integer)amm_generation(sandbox_amm(sandbox_of(L))))
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

void arguments_push_line(lua_State *L, unsigned verb)
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

bool arguments_know(unsigned verb, const char *key)
{
	struct amm_item item;

	return find_item(verb, key, &item);
}
