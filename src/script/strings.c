/*
 * strings.c - find, match, gmatch, gsub, rep and format
 *
 * The first four are pattern.c's with Lua's interface.
 */
#include <ctype.h>
#include <string.h>

#include <lauxlib.h>

#include "script/parts.h"
#include "script/pattern.h"
#include "script/sandbox.h"

enum { MATCH_STEPS = 1000000 };

static struct bytes check_bytes(lua_State *L, int index)
{
	struct bytes b;

	b.at = luaL_checklstring(L, index, &b.length);
	return b;
}

/* The search, paid for. */
static bool search(lua_State *L, struct bytes subject, size_t from,
		   struct bytes pattern, struct match *match)
{
	uint64_t steps = MATCH_STEPS;
	enum pattern_result r =
		pattern_find(subject, from, pattern, match, &steps);

	sandbox_charge(L, 1 + MATCH_STEPS - steps);
	if (r == PATTERN_SPENT)
		luaL_error(L,
			   "the pattern takes too long here (%d steps at "
			   "most)",
			   (int)MATCH_STEPS);
	if (r == PATTERN_BAD)
		luaL_error(L, "%s", match->error);
	return r == PATTERN_YES;
}

/* Capture @i, or the whole match when there is none. */
static void push_capture(lua_State *L, struct bytes subject,
			 const struct match *m, unsigned i)
{
	if (i >= m->captures) {
		if (i > 0)
			luaL_error(L, "invalid capture index %%%d", (int)i + 1);
		lua_pushlstring(L, subject.at + m->from, m->to - m->from);
	} else if (m->capture[i].kind == CAPTURE_PLACE) {
		lua_pushinteger(L, (lua_Integer)m->capture[i].at + 1);
	} else {
		lua_pushlstring(L, subject.at + m->capture[i].at,
				m->capture[i].length);
	}
}

static int push_captures(lua_State *L, struct bytes subject,
			 const struct match *m, bool whole)
{
	unsigned n = m->captures == 0 && whole ? 1 : m->captures;

	luaL_checkstack(L, (int)n, "too many captures");
	for (unsigned i = 0; i < n; i++)
		push_capture(L, subject, m, i);
	return (int)n;
}

/* Where argument @index says to begin, from 0; beyond the end: length + 1. */
static size_t begin_at(lua_State *L, int index, size_t length)
{
	lua_Integer at = luaL_optinteger(L, index, 1);

	if (at > 0)
		return (size_t)at - 1 > length ? length + 1 : (size_t)at - 1;
	if (at == 0 || at < -(lua_Integer)length)
		return 0;
	return length - (size_t)-at;
}

static int find_plain(lua_State *L, struct bytes s, size_t from,
		      struct bytes what)
{
	const char *at =
		memmem(s.at + from, s.length - from, what.at, what.length);

	sandbox_charge(L, 1 + (s.length - from) / 16);
	if (!at) {
		luaL_pushfail(L);
		return 1;
	}
	lua_pushinteger(L, (lua_Integer)(at - s.at) + 1);
	lua_pushinteger(L, (lua_Integer)(at - s.at) + (lua_Integer)what.length);
	return 2;
}

static bool has_specials(struct bytes p)
{
	for (size_t i = 0; i < p.length; i++)
		if (p.at[i] && strchr("^$*+?.([%-", p.at[i]))
			return true;
	return false;
}

static int do_find(lua_State *L)
{
	struct bytes s = check_bytes(L, 1), p = check_bytes(L, 2);
	size_t from = begin_at(L, 3, s.length);
	struct match m;

	if (from > s.length) {
		luaL_pushfail(L);
		return 1;
	}
	if (lua_toboolean(L, 4) || !has_specials(p))
		return find_plain(L, s, from, p);
	if (!search(L, s, from, p, &m)) {
		luaL_pushfail(L);
		return 1;
	}
	lua_pushinteger(L, (lua_Integer)m.from + 1);
	lua_pushinteger(L, (lua_Integer)m.to);
	return 2 + push_captures(L, s, &m, false);
}

static int do_match(lua_State *L)
{
	struct bytes s = check_bytes(L, 1), p = check_bytes(L, 2);
	size_t from = begin_at(L, 3, s.length);
	struct match m;

	if (from <= s.length && search(L, s, from, p, &m))
		return push_captures(L, s, &m, true);
	luaL_pushfail(L);
	return 1;
}

/* Upvalues: subject, pattern, where to go on, where the last match ended. */
static int next_match(lua_State *L)
{
	struct bytes s, p;
	size_t from = (size_t)lua_tointeger(L, lua_upvalueindex(3));
	lua_Integer last = lua_tointeger(L, lua_upvalueindex(4));
	struct match m;

	s.at = lua_tolstring(L, lua_upvalueindex(1), &s.length);
	p.at = lua_tolstring(L, lua_upvalueindex(2), &p.length);
	while (from <= s.length && search(L, s, from, p, &m)) {
		from = m.from + 1;
		if ((lua_Integer)m.to == last)
			continue; /* an empty match where the last one ended */
		lua_pushinteger(L, (lua_Integer)m.to);
		lua_copy(L, -1, lua_upvalueindex(3));
		lua_replace(L, lua_upvalueindex(4));
		return push_captures(L, s, &m, true);
	}
	return 0;
}

/* In gmatch a ^ is no anchor: %^ says so. */
static int do_gmatch(lua_State *L)
{
	struct bytes s = check_bytes(L, 1), p = check_bytes(L, 2);
	size_t from = begin_at(L, 3, s.length);

	lua_settop(L, 2);
	if (p.length && p.at[0] == '^') {
		lua_pushliteral(L, "%");
		lua_insert(L, 2);
		lua_concat(L, 2);
	}
	lua_pushinteger(L, (lua_Integer)from);
	lua_pushinteger(L, -1);
	lua_pushcclosure(L, next_match, 4);
	return 1;
}

/* --- gsub --------------------------------------------------------------------------- */

/* Appends the replacement text at 3, its %0 to %9 filled in. */
static void add_text(lua_State *L, luaL_Buffer *b, struct bytes s,
		     const struct match *m)
{
	struct bytes text;

	text.at = lua_tolstring(L, 3, &text.length);
	for (size_t i = 0; i < text.length; i++) {
		int c = text.at[i];

		if (c != '%') {
			luaL_addchar(b, (char)c);
			continue;
		}
		c = i + 1 < text.length ? (unsigned char)text.at[++i] : 0;
		if (c == '%') {
			luaL_addchar(b, '%');
		} else if (c == '0') {
			luaL_addlstring(b, s.at + m->from, m->to - m->from);
		} else if (isdigit(c)) {
			push_capture(L, s, m, (unsigned)(c - '1'));
			lua_tostring(L, -1);
			luaL_addvalue(b);
		} else {
			luaL_error(L, "invalid use of '%%' in replacement "
				      "string");
		}
	}
}

/* Appends what a function or table at 3 makes of the match. */
static void add_answer(lua_State *L, luaL_Buffer *b, struct bytes s,
		       const struct match *m)
{
	if (lua_isfunction(L, 3)) {
		lua_pushvalue(L, 3);
		lua_call(L, push_captures(L, s, m, true), 1);
	} else {
		push_capture(L, s, m, 0);
		lua_gettable(L, 3);
	}
	if (!lua_toboolean(L, -1)) {
		lua_pop(L, 1);
		luaL_addlstring(b, s.at + m->from, m->to - m->from);
	} else if (lua_isstring(L, -1)) {
		luaL_addvalue(b);
	} else {
		luaL_error(L, "invalid replacement value (a %s)",
			   luaL_typename(L, -1));
	}
}

static void add_replacement(lua_State *L, luaL_Buffer *b, struct bytes s,
			    const struct match *m)
{
	int type = lua_type(L, 3);

	sandbox_charge(L, 1 + (m->to - m->from) / 16);
	if (type == LUA_TSTRING || type == LUA_TNUMBER)
		add_text(L, b, s, m);
	else
		add_answer(L, b, s, m);
}

static int do_gsub(lua_State *L)
{
	struct bytes s = check_bytes(L, 1), p = check_bytes(L, 2);
	int type = lua_type(L, 3);
	lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)s.length + 1);
	bool anchored = p.length && p.at[0] == '^';
	size_t at = 0, last = SIZE_MAX;
	lua_Integer n = 0;
	struct match m;
	luaL_Buffer b;

	luaL_argexpected(L,
			 type == LUA_TNUMBER || type == LUA_TSTRING ||
				 type == LUA_TFUNCTION || type == LUA_TTABLE,
			 3, "string/function/table");
	luaL_buffinit(L, &b);
	while (n < most && at <= s.length && search(L, s, at, p, &m)) {
		luaL_addlstring(&b, s.at + at, m.from - at);
		at = m.from;
		if (m.to != last) {
			n++;
			add_replacement(L, &b, s, &m);
			at = last = m.to;
		}
		if (m.to == m.from && at < s.length)
			luaL_addchar(&b, s.at[at++]);
		else if (m.to == m.from)
			break;
		if (anchored)
			break;
	}
	if (at < s.length)
		luaL_addlstring(&b, s.at + at, s.length - at);
	luaL_pushresult(&b);
	lua_pushinteger(L, n);
	return 2;
}

/* --- rep, format ---------------------------------------------------------------------- */

/* Fills @total bytes with what its first @unit are, again and again. */
static void repeat(char *to, size_t unit, size_t total)
{
	for (size_t done = unit; done < total;) {
		size_t n = done < total - done ? done : total - done;

		memcpy(to + done, to, n);
		done += n;
	}
}

static int do_rep(lua_State *L)
{
	struct bytes s = check_bytes(L, 1), between = { "", 0 };
	lua_Integer n = luaL_checkinteger(L, 2);
	size_t unit, total;
	luaL_Buffer b;
	char *to;

	if (!lua_isnoneornil(L, 3))
		between = check_bytes(L, 3);
	unit = s.length + between.length;
	if (n <= 0 || unit == 0) {
		lua_pushliteral(L, "");
		return 1;
	}
	if ((lua_Unsigned)n > SANDBOX_BLOCK / unit)
		return luaL_error(L, "resulting string too large");
	total = (size_t)n * unit;
	sandbox_charge(L, 1 + total / 16);
	to = luaL_buffinitsize(L, &b, total);
	memcpy(to, s.at, s.length);
	memcpy(to + s.length, between.at, between.length);
	repeat(to, unit, total);
	luaL_pushresultsize(&b, total - between.length);
	return 1;
}

/* Lua's own shows addresses for %p, and in %s those of what is no text. */
static int do_format(lua_State *L)
{
	struct bytes f = check_bytes(L, 1);
	int arg = 1;

	for (size_t i = 0; i + 1 < f.length; i++) {
		if (f.at[i] != '%')
			continue;
		i++;
		if (f.at[i] == '%')
			continue;
		i += strspn(f.at + i, "-+ #0123456789.");
		arg++;
		if (f.at[i] == 'p')
			return luaL_error(L, "there are no addresses: %%p");
		if (f.at[i] == 's' && arg <= lua_gettop(L) &&
		    !lua_isstring(L, arg)) {
			sandbox_tostring(L, arg, NULL);
			lua_replace(L, arg);
		}
	}
	lua_pushvalue(L, lua_upvalueindex(1));
	lua_insert(L, 1);
	lua_call(L, lua_gettop(L) - 1, 1);
	return 1;
}

void strings_add(lua_State *L)
{
	static const luaL_Reg functions[] = {
		{ "find", do_find }, { "gmatch", do_gmatch },
		{ "gsub", do_gsub }, { "match", do_match },
		{ "rep", do_rep },   { NULL, NULL },
	};

	luaL_setfuncs(L, functions, 0);
	lua_getfield(L, -1, "format");
	lua_pushcclosure(L, do_format, 1);
	lua_setfield(L, -2, "format");
}
