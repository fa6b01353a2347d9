/*
 * tables.c - the table library, each function bounded by what is really there
 *
 * Lua's own take lengths from numbers and metamethods, and loop in C for as
 * long as those say.  Here a length is the raw one, at most SANDBOX_ITEMS, and
 * every item is paid for.
 */
#include <lauxlib.h>

#include "script/parts.h"
#include "script/sandbox.h"

/* Frozen tables may be read: they are thawed in their place. */
static lua_Integer readable(lua_State *L, int index)
{
	lua_Unsigned n;

	luaL_checktype(L, index, LUA_TTABLE);
	sandbox_thaw(L, index);
	lua_replace(L, index);
	n = lua_rawlen(L, index);
	if (n > SANDBOX_ITEMS)
		luaL_error(L, "the table is too long (%d items at most)",
			   (int)SANDBOX_ITEMS);
	return (lua_Integer)n;
}

static lua_Integer writable(lua_State *L, int index)
{
	luaL_checktype(L, index, LUA_TTABLE);
	if (luaL_getmetafield(L, index, "__metatable") != LUA_TNIL)
		luaL_error(L, "this table cannot be changed");
	return readable(L, index);
}

static int do_insert(lua_State *L)
{
	lua_Integer n = writable(L, 1), at = n + 1;

	if (lua_gettop(L) == 3) {
		at = luaL_checkinteger(L, 2);
		luaL_argcheck(L, at >= 1 && at <= n + 1, 2,
			      "position out of bounds");
	} else if (lua_gettop(L) != 2) {
		return luaL_error(L, "wrong number of arguments to 'insert'");
	}
	sandbox_charge(L, (uint64_t)(n + 1 - at + 1));
	for (lua_Integer i = n; i >= at; i--) {
		lua_rawgeti(L, 1, i);
		lua_rawseti(L, 1, i + 1);
	}
	lua_rawseti(L, 1, at);
	return 0;
}

static int do_remove(lua_State *L)
{
	lua_Integer n = writable(L, 1), at = luaL_optinteger(L, 2, n);

	luaL_argcheck(L, at == n || (at >= 1 && at <= n + 1), 2,
		      "position out of bounds");
	sandbox_charge(L, (uint64_t)(at < n ? n - at : 0) + 1);
	lua_rawgeti(L, 1, at);
	for (; at < n; at++) {
		lua_rawgeti(L, 1, at + 1);
		lua_rawseti(L, 1, at);
	}
	if (at >= 1) {
		lua_pushnil(L);
		lua_rawseti(L, 1, at);
	}
	return 1;
}

/* The range that arguments @index and the one after it name, within 1 to @n. */
static void check_range(lua_State *L, int index, lua_Integer n,
			lua_Integer *from, lua_Integer *to)
{
	*from = luaL_optinteger(L, index, 1);
	*to = luaL_optinteger(L, index + 1, n);
	if (*from > *to)
		return;
	if (*from < 1 - (lua_Integer)SANDBOX_ITEMS ||
	    *to > (lua_Integer)SANDBOX_ITEMS)
		luaL_error(L, "the range is too long (%d items at most)",
			   (int)SANDBOX_ITEMS);
	sandbox_charge(L, (uint64_t)(*to - *from + 1));
}

static int do_concat(lua_State *L)
{
	lua_Integer n = readable(L, 1), from, to;
	const char *between = luaL_optstring(L, 2, "");
	luaL_Buffer b;

	check_range(L, 3, n, &from, &to);
	luaL_buffinit(L, &b);
	for (lua_Integer i = from; i <= to; i++) {
		size_t length = lua_rawlen(L, 2);

		lua_rawgeti(L, 1, i);
		if (!lua_isstring(L, -1))
			return luaL_error(L,
					  "item %I is a %s: it cannot be "
					  "concatenated",
					  (LUAI_UACINT)i, luaL_typename(L, -1));
		sandbox_charge(L, lua_rawlen(L, -1) / 16);
		luaL_addvalue(&b);
		if (i < to)
			luaL_addlstring(&b, between, *between ? length : 0);
	}
	luaL_pushresult(&b);
	return 1;
}

static int do_unpack(lua_State *L)
{
	lua_Integer n = readable(L, 1), from, to;

	check_range(L, 2, n, &from, &to);
	if (from > to)
		return 0;
	if (!lua_checkstack(L, (int)(to - from + 2)))
		return luaL_error(L, "too many results to unpack");
	for (lua_Integer i = from; i <= to; i++)
		lua_rawgeti(L, 1, i);
	return (int)(to - from + 1);
}

static int do_pack(lua_State *L)
{
	int n = lua_gettop(L);

	sandbox_charge(L, (uint64_t)n + 1);
	lua_createtable(L, n, 1);
	lua_insert(L, 1);
	for (int i = n; i >= 1; i--)
		lua_rawseti(L, 1, i);
	lua_pushinteger(L, n);
	lua_setfield(L, 1, "n");
	return 1;
}

static int do_move(lua_State *L)
{
	lua_Integer from = luaL_checkinteger(L, 2);
	lua_Integer to = luaL_checkinteger(L, 3);
	lua_Integer at = luaL_checkinteger(L, 4), n;
	int target = lua_isnoneornil(L, 5) ? 1 : 5;

	writable(L, target);
	readable(L, 1);
	if (from <= to) {
		check_range(L, 2, 0, &from, &to);
		n = to - from;
		if (at < 1 - SANDBOX_ITEMS || at > SANDBOX_ITEMS - n)
			return luaL_error(L,
					  "the range is too long (%d items "
					  "at most)",
					  (int)SANDBOX_ITEMS);
		for (lua_Integer i = 0; i <= n; i++) {
			lua_Integer k = at > from ? n - i : i;

			lua_rawgeti(L, 1, from + k);
			lua_rawseti(L, target, at + k);
		}
	}
	lua_pushvalue(L, target);
	return 1;
}

/* --- sort ---------------------------------------------------------------------------- */

/* Are items @a and @b, of the table at @index, in this order? */
static bool in_order(lua_State *L, int index, lua_Integer a, lua_Integer b,
		     bool (*less)(lua_State *L))
{
	bool before;

	lua_rawgeti(L, index, a);
	lua_rawgeti(L, index, b);
	sandbox_charge(L, 2);
	before = less(L);
	lua_pop(L, 2);
	return before;
}

static void swap(lua_State *L, int index, lua_Integer a, lua_Integer b)
{
	lua_rawgeti(L, index, a);
	lua_rawgeti(L, index, b);
	lua_rawseti(L, index, a);
	lua_rawseti(L, index, b);
}

static void sift(lua_State *L, int index, lua_Integer from, lua_Integer n,
		 bool (*less)(lua_State *L))
{
	for (lua_Integer child; (child = 2 * from) <= n; from = child) {
		if (child < n && in_order(L, index, child, child + 1, less))
			child++;
		if (!in_order(L, index, from, child, less))
			return;
		swap(L, index, from, child);
	}
}

/* Its number of steps depends on @n only, whatever the comparison says. */
void tables_heapsort(lua_State *L, int index, lua_Integer n,
		     bool (*less)(lua_State *L))
{
	luaL_checkstack(L, 8, NULL);
	for (lua_Integer i = n / 2; i >= 1; i--)
		sift(L, index, i, n, less);
	for (lua_Integer last = n; last > 1; last--) {
		swap(L, index, 1, last);
		sift(L, index, 1, last - 1, less);
	}
}

static bool less_by_operator(lua_State *L)
{
	return lua_compare(L, -2, -1, LUA_OPLT);
}

/* The function that sort() was given is its argument 2. */
static bool less_by_function(lua_State *L)
{
	bool less;

	lua_pushvalue(L, 2);
	lua_pushvalue(L, -3);
	lua_pushvalue(L, -3);
	lua_call(L, 2, 1);
	less = lua_toboolean(L, -1);
	lua_pop(L, 1);
	return less;
}

static int do_sort(lua_State *L)
{
	lua_Integer n = writable(L, 1);
	bool given = !lua_isnoneornil(L, 2);

	if (given)
		luaL_checktype(L, 2, LUA_TFUNCTION);
	lua_settop(L, 2);
	tables_heapsort(L, 1, n, given ? less_by_function : less_by_operator);
	return 0;
}

void tables_add(lua_State *L)
{
	static const luaL_Reg functions[] = {
		{ "concat", do_concat }, { "insert", do_insert },
		{ "move", do_move },     { "pack", do_pack },
		{ "remove", do_remove }, { "sort", do_sort },
		{ "unpack", do_unpack }, { NULL, NULL },
	};

	luaL_setfuncs(L, functions, 0);
}
