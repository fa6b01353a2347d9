/*
 * lesson_fields.c - one field of a lesson's table, of the type it should be
 */
#include <string.h>

#include <lauxlib.h>

#include "script/lesson_read.h"

enum { BODY_MAX = 16 };

static int get(struct table *t, const char *key)
{
	luaL_checkstack(t->L, 8, NULL);
	lua_pushstring(t->L, key);
	return lua_rawget(t->L, t->at);
}

static void wrong(struct table *t, const char *key, const char *wanted)
{
	luaL_error(t->L, "%s: %s is %s, not a %s", t->name, key, wanted,
		   luaL_typename(t->L, -1));
}

/* Places may stand in any table: a text, an expression. */
void field_check(struct table *t, const char *const *known)
{
	lua_State *L = t->L;

	luaL_checkstack(L, 8, NULL);
	lua_pushnil(L);
	while (lua_next(L, t->at)) {
		const char *const *name = known;

		lua_pop(L, 1);
		if (lua_type(L, -1) == LUA_TNUMBER)
			continue;
		if (lua_type(L, -1) != LUA_TSTRING)
			luaL_error(L, "%s: a field's name is a string",
				   t->name);
		while (*name && strcmp(*name, lua_tostring(L, -1)) != 0)
			name++;
		if (!*name)
			luaL_error(L, "%s: unknown field '%s'", t->name,
				   lua_tostring(L, -1));
	}
}

/* The value on top, popped; a number is the expression it is. */
static const char *keep(struct table *t, const char *key)
{
	const char *s = NULL;
	size_t length;

	if (lua_type(t->L, -1) == LUA_TSTRING || lua_isinteger(t->L, -1)) {
		const char *bytes = lua_tolstring(t->L, -1, &length);

		if (strlen(bytes) != length)
			luaL_error(t->L, "%s: %s has a NUL in it", t->name,
				   key);
		s = lesson_string(t->l, bytes, length);
	} else if (!lua_isnil(t->L, -1)) {
		wrong(t, key, "a string");
	}
	lua_pop(t->L, 1);
	return s;
}

const char *field_string(struct table *t, const char *key)
{
	get(t, key);
	return keep(t, key);
}

static void note_unmarked(struct table *t)
{
	if (lua_type(t->L, -1) == LUA_TSTRING && !lesson_marked(t->L, -1))
		lesson_line(t->l, &t->l->unmarked, lua_tostring(t->L, -1));
}

const char *field_text(struct table *t, const char *key)
{
	get(t, key);
	note_unmarked(t);
	return keep(t, key);
}

/* The paragraphs that stand in the table by place. */
const char *field_body(struct table *t)
{
	lua_State *L = t->L;
	int n = 0;

	luaL_checkstack(L, BODY_MAX + 8, NULL);
	while (n < BODY_MAX && lua_rawgeti(L, t->at, n + 1) == LUA_TSTRING) {
		note_unmarked(t);
		lua_pushliteral(L, "\n");
		n++;
		lua_insert(L, -2);
		if (n == 1)
			lua_remove(L, -2);
	}
	if (n < BODY_MAX && !lua_isnil(L, -1))
		wrong(t, "a text", "a string");
	if (n < BODY_MAX)
		lua_pop(L, 1);
	if (n == 0)
		return NULL;
	lua_concat(L, 2 * n - 1);
	return keep(t, "a text");
}

uint32_t field_number(struct table *t, const char *key)
{
	lua_Integer n = 0;

	if (get(t, key) != LUA_TNIL) {
		if (!lua_isinteger(t->L, -1))
			wrong(t, key, "a whole number");
		n = lua_tointeger(t->L, -1);
		if (n < 0 || n > 1000000)
			luaL_error(t->L, "%s: %s is from 0 to 1000000", t->name,
				   key);
	}
	lua_pop(t->L, 1);
	return (uint32_t)n;
}

bool field_flag(struct table *t, const char *key)
{
	bool flag;

	if (get(t, key) != LUA_TNIL && !lua_isboolean(t->L, -1))
		wrong(t, key, "true or false");
	flag = lua_toboolean(t->L, -1);
	lua_pop(t->L, 1);
	return flag;
}

/* The strings of the table on top, which is popped. */
static void take_lines(struct table *t, const char *key,
		       struct lesson_lines *to)
{
	lua_Integer n;

	if (!lua_istable(t->L, -1))
		wrong(t, key, "a list of strings");
	n = (lua_Integer)lua_rawlen(t->L, -1);
	for (lua_Integer i = 1; i <= n && !t->l->failed; i++) {
		if (lua_rawgeti(t->L, -1, i) != LUA_TSTRING)
			wrong(t, key, "a list of strings");
		lesson_line(t->l, to, lua_tostring(t->L, -1));
		lua_pop(t->L, 1);
	}
	lua_pop(t->L, 1);
}

void field_lines(struct table *t, const char *key, struct lesson_lines *to)
{
	if (get(t, key) == LUA_TNIL)
		lua_pop(t->L, 1);
	else
		take_lines(t, key, to);
}

void field_each(struct table *t, const char *key,
		void (*f)(struct table *item, void *context), void *context)
{
	int list = lua_gettop(t->L) + 1;
	lua_Integer n;

	if (get(t, key) == LUA_TNIL) {
		lua_pop(t->L, 1);
		return;
	}
	if (!lua_istable(t->L, list))
		wrong(t, key, "a list");
	n = (lua_Integer)lua_rawlen(t->L, list);
	for (lua_Integer i = 1; i <= n && !t->l->failed; i++) {
		struct table item = { t->L, list + 1, t->l, t->name };

		if (lua_rawgeti(t->L, list, i) != LUA_TTABLE)
			wrong(t, key, "a list of tables");
		f(&item, context);
		lua_settop(t->L, list);
	}
	lua_settop(t->L, list - 1);
}

bool field_table(struct table *t, const char *key, struct table *sub)
{
	if (get(t, key) == LUA_TNIL) {
		lua_pop(t->L, 1);
		return false;
	}
	if (!lua_istable(t->L, -1))
		wrong(t, key, "a table");
	*sub = (struct table){ t->L, lua_gettop(t->L), t->l, t->name };
	return true;
}
