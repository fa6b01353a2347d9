/*
 * answer.c - reads what the session writes
 */
#include "script/answer.h"

#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>

#include "script/sandbox.h"

enum { DEPTH_MAX = 16 };

struct reader {
	lua_State *L;
	const char *at;
	lua_Integer generation;
	unsigned depth;
};

static void value(struct reader *r);

static void wrong(struct reader *r)
{
	luaL_error(r->L, "the answer is no JSON near '%.20s'", r->at);
}

static void expect(struct reader *r, char c)
{
	if (*r->at++ != c)
		wrong(r);
}

static unsigned hex(struct reader *r)
{
	char digits[5] = "", *end;
	unsigned long code;

	for (int i = 0; i < 4 && r->at[i]; i++)
		digits[i] = r->at[i];
	code = strtoul(digits, &end, 16);
	if (end != digits + 4)
		wrong(r);
	r->at += 4;
	return (unsigned)code;
}

static void add_escaped(struct reader *r, luaL_Buffer *b)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	const char *found;
	char c = *r->at++;

	if (c == 'u') {
		lua_pushfstring(r->L, "%U", (unsigned long)hex(r));
		luaL_addvalue(b);
		return;
	}
	found = c ? strchr(from, c) : NULL;
	luaL_addchar(b, found ? to[found - from] : c);
}

static void string(struct reader *r)
{
	luaL_Buffer b;

	luaL_buffinit(r->L, &b);
	expect(r, '"');
	while (*r->at && *r->at != '"') {
		if (*r->at == '\\') {
			r->at++;
			add_escaped(r, &b);
		} else {
			luaL_addchar(&b, *r->at++);
		}
	}
	expect(r, '"');
	luaL_pushresult(&b);
}

static void number(struct reader *r)
{
	size_t n = strspn(r->at, "+-0123456789.eE");

	lua_pushlstring(r->L, r->at, n);
	if (n == 0 || lua_stringtonumber(r->L, lua_tostring(r->L, -1)) == 0)
		wrong(r);
	lua_remove(r->L, -2);
	r->at += n;
}

static void freeze(struct reader *r)
{
	sandbox_freeze(r->L);
	lua_getmetatable(r->L, -1);
	lua_pushinteger(r->L, r->generation);
	lua_setfield(r->L, -2, "generation");
	lua_pop(r->L, 1);
}

static void members(struct reader *r, bool list)
{
	char end = list ? ']' : '}';
	lua_Integer n = 0;

	r->at++;
	lua_newtable(r->L);
	while (*r->at && *r->at != end) {
		if (list) {
			value(r);
			lua_rawseti(r->L, -2, ++n);
		} else {
			string(r);
			expect(r, ':');
			value(r);
			lua_rawset(r->L, -3);
		}
		if (*r->at == ',')
			r->at++;
	}
	expect(r, end);
	freeze(r);
}

static void word(struct reader *r, const char *w)
{
	if (strncmp(r->at, w, strlen(w)) != 0)
		wrong(r);
	r->at += strlen(w);
	if (*w == 'n')
		lua_pushnil(r->L);
	else
		lua_pushboolean(r->L, *w == 't');
}

static void value(struct reader *r)
{
	if (++r->depth > DEPTH_MAX)
		wrong(r);
	luaL_checkstack(r->L, 8, NULL);
	sandbox_charge(r->L, 4);
	switch (*r->at) {
	case '{':
	case '[':
		members(r, *r->at == '[');
		break;
	case '"':
		string(r);
		break;
	case 't':
		word(r, "true");
		break;
	case 'f':
		word(r, "false");
		break;
	case 'n':
		word(r, "null");
		break;
	default:
		number(r);
	}
	r->depth--;
}

void answer_push(lua_State *L, const char *text, lua_Integer generation)
{
	struct reader r = { L, text, generation, 0 };

	value(&r);
}

lua_Integer answer_generation(lua_State *L, int index)
{
	lua_Integer generation = 0;

	if (!sandbox_thaw(L, index)) {
		lua_pop(L, 1);
		return 0;
	}
	lua_pop(L, 1);
	if (luaL_getmetafield(L, index, "generation") != LUA_TNIL) {
		generation = lua_tointeger(L, -1);
		lua_pop(L, 1);
	}
	return generation;
}
