/*
 * basics.c - the functions without a library that need a form of their own
 *
 * print says to the session; load takes text only; tables are walked in an
 * order that is the same in each run; setmetatable knows no finalizers; xpcall
 * calls its handler after the error, since Lua runs a handler without hooks.
 */
#include <string.h>

#include <lauxlib.h>

#include "script/parts.h"
#include "script/sandbox.h"

/* --- text ------------------------------------------------------------------------ */

static const char *plain_tostring(lua_State *L, int index)
{
	switch (lua_type(L, index)) {
	case LUA_TSTRING:
	case LUA_TNUMBER:
		lua_pushvalue(L, index);
		lua_tostring(L, -1);
		break;
	case LUA_TBOOLEAN:
		lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false");
		break;
	default:
		/* An address would be another one in each run. */
		if (luaL_getmetafield(L, index, "__name") == LUA_TSTRING)
			break;
		lua_pushstring(L, luaL_typename(L, index));
	}
	return lua_tostring(L, -1);
}

const char *sandbox_tostring(lua_State *L, int index, size_t *length)
{
	index = lua_absindex(L, index);
	luaL_checkstack(L, 4, NULL);
	if (luaL_callmeta(L, index, "__tostring")) {
		if (!lua_isstring(L, -1))
			luaL_error(L, "'__tostring' must return a string");
	} else {
		plain_tostring(L, index);
	}
	return lua_tolstring(L, -1, length);
}

static int do_tostring(lua_State *L)
{
	luaL_checkany(L, 1);
	sandbox_tostring(L, 1, NULL);
	return 1;
}

static int do_print(lua_State *L)
{
	int n = lua_gettop(L);

	for (int i = 1; i <= n; i++) {
		size_t length;
		const char *text = sandbox_tostring(L, i, &length);

		if (i > 1)
			sandbox_say(L, "\t", 1);
		sandbox_say(L, text, length);
		lua_pop(L, 1);
	}
	sandbox_say(L, "\n", 1);
	return 0;
}

/* --- load ------------------------------------------------------------------------- */

/* Puts the pieces that the function at 1 returns together. */
static void gather_pieces(lua_State *L)
{
	luaL_Buffer b;

	luaL_buffinit(L, &b);
	for (;;) {
		sandbox_charge(L, 10);
		lua_pushvalue(L, 1);
		lua_call(L, 0, 1);
		if (lua_isnil(L, -1) || lua_rawlen(L, -1) == 0)
			break;
		if (!lua_isstring(L, -1))
			luaL_error(L, "the pieces of a chunk are strings");
		luaL_addvalue(&b);
	}
	lua_pop(L, 1);
	luaL_pushresult(&b);
}

/* load(chunk [, name [, mode [, env]]]): whatever the mode says, text only */
static int do_load(lua_State *L)
{
	const char *name = luaL_optstring(L, 2, NULL);
	bool has_env = !lua_isnone(L, 4);
	const char *chunk;
	size_t length;

	if (lua_isfunction(L, 1)) {
		gather_pieces(L);
		lua_replace(L, 1);
	}
	chunk = luaL_checklstring(L, 1, &length);
	sandbox_charge(L, 1 + length / 4);
	if (length > SANDBOX_SOURCE) {
		luaL_pushfail(L);
		lua_pushliteral(L, "the chunk is too long");
		return 2;
	}
	if (sandbox_compile(L, chunk, length, name ? name : chunk) != LUA_OK) {
		luaL_pushfail(L);
		lua_insert(L, -2);
		return 2;
	}
	if (has_env) {
		lua_pushvalue(L, 4);
		if (!lua_setupvalue(L, -2, 1))
			lua_pop(L, 1);
	}
	return 1;
}

/* --- walking tables ----------------------------------------------------------------- */

static int rank_of(lua_State *L, int index)
{
	switch (lua_type(L, index)) {
	case LUA_TBOOLEAN:
		return 1;
	case LUA_TNUMBER:
		return 2;
	case LUA_TSTRING:
		return 3;
	default:
		return luaL_error(L,
				  "a key that is a %s has no order: no "
				  "pairs, no next",
				  luaL_typename(L, index));
	}
}

static bool string_before(lua_State *L)
{
	size_t a_length, b_length;
	const char *a = lua_tolstring(L, -2, &a_length);
	const char *b = lua_tolstring(L, -1, &b_length);
	int order = memcmp(a, b, a_length < b_length ? a_length : b_length);

	return order < 0 || (order == 0 && a_length < b_length);
}

/* Is the key below the top before the one on top? */
static bool key_before(lua_State *L)
{
	int a = rank_of(L, -2), b = rank_of(L, -1);

	if (a != b)
		return a < b;
	if (a == 1)
		return !lua_toboolean(L, -2) && lua_toboolean(L, -1);
	if (a == 2)
		return lua_compare(L, -2, -1, LUA_OPLT);
	return string_before(L);
}

static bool is_before(lua_State *L, int a, int b)
{
	bool before;

	lua_pushvalue(L, a);
	lua_pushvalue(L, b);
	before = key_before(L);
	lua_pop(L, 2);
	return before;
}

/* next(t, key): the key that comes after it, in the order of key_before() */
static int do_next(lua_State *L)
{
	enum { KEY = 2, DATA, BEST, EACH };

	luaL_checktype(L, 1, LUA_TTABLE);
	lua_settop(L, KEY);
	sandbox_thaw(L, 1);
	lua_pushnil(L);
	lua_pushnil(L);
	while (lua_next(L, DATA)) {
		lua_pop(L, 1);
		sandbox_charge(L, 1);
		rank_of(L, EACH);
		if ((lua_isnil(L, KEY) || is_before(L, KEY, EACH)) &&
		    (lua_isnil(L, BEST) || is_before(L, EACH, BEST))) {
			lua_pushvalue(L, EACH);
			lua_replace(L, BEST);
		}
	}
	if (lua_isnil(L, BEST))
		return 1;
	lua_pushvalue(L, BEST);
	lua_rawget(L, DATA);
	return 2;
}

/* The step of pairs: table, sorted keys and place are its upvalues. */
static int next_pair(lua_State *L)
{
	lua_Integer at = lua_tointeger(L, lua_upvalueindex(3));

	do {
		sandbox_charge(L, 1);
		lua_settop(L, 0);
		if (lua_rawgeti(L, lua_upvalueindex(2), ++at) == LUA_TNIL)
			return 1;
		lua_pushvalue(L, 1);
	} while (lua_rawget(L, lua_upvalueindex(1)) == LUA_TNIL);
	lua_pushinteger(L, at);
	lua_replace(L, lua_upvalueindex(3));
	return 2;
}

/* Pushes the keys of the table at @data, in order. */
static void push_keys(lua_State *L, int data)
{
	lua_Integer n = 0;
	bool sorted = true;
	int keys;

	lua_newtable(L);
	keys = lua_gettop(L);
	lua_pushnil(L);
	while (lua_next(L, data)) {
		lua_pop(L, 1);
		sandbox_charge(L, 1);
		rank_of(L, -1);
		if (lua_rawgeti(L, keys, n) != LUA_TNIL)
			sorted = sorted && is_before(L, -1, -2);
		lua_pop(L, 1);
		lua_pushvalue(L, -1);
		lua_rawseti(L, keys, ++n);
	}
	if (!sorted)
		tables_heapsort(L, keys, n, key_before);
}

static int do_pairs(lua_State *L)
{
	luaL_checkany(L, 1);
	if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
		lua_pushvalue(L, 1);
		lua_call(L, 1, 3);
		return 3;
	}
	luaL_checktype(L, 1, LUA_TTABLE);
	lua_settop(L, 1);
	sandbox_thaw(L, 1);
	push_keys(L, 2);
	lua_pushinteger(L, 0);
	lua_pushcclosure(L, next_pair, 3);
	lua_pushvalue(L, 1);
	return 2;
}

/* --- metatables ----------------------------------------------------------------------- */

static void refuse_protected(lua_State *L, int index)
{
	if (luaL_getmetafield(L, index, "__metatable") != LUA_TNIL)
		luaL_error(L, "this table is protected");
}

/* A finalizer would run outside of every budget. */
static int do_setmetatable(lua_State *L)
{
	int type = lua_type(L, 2);

	luaL_checktype(L, 1, LUA_TTABLE);
	luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2,
			 "nil or table");
	refuse_protected(L, 1);
	lua_settop(L, 2);
	if (type == LUA_TTABLE) {
		lua_pushliteral(L, "__gc");
		if (lua_rawget(L, 2) != LUA_TNIL)
			return luaL_error(L, "there are no finalizers: __gc");
		lua_pop(L, 1);
	}
	lua_setmetatable(L, 1);
	return 1;
}

static int do_rawset(lua_State *L)
{
	luaL_checktype(L, 1, LUA_TTABLE);
	luaL_checkany(L, 3);
	refuse_protected(L, 1);
	lua_settop(L, 3);
	lua_rawset(L, 1);
	return 1;
}

/* --- errors ---------------------------------------------------------------------------- */

/* The handler at 1 is called with the error on top, as any function is. */
static int after_call(lua_State *L, int status, lua_KContext context)
{
	(void)context;
	if (status == LUA_OK || status == LUA_YIELD)
		return lua_gettop(L) - 1;
	lua_pushvalue(L, 1);
	lua_insert(L, -2);
	lua_call(L, 1, 1);
	lua_pushboolean(L, false);
	lua_insert(L, -2);
	return 2;
}

static int do_xpcall(lua_State *L)
{
	int args = lua_gettop(L) - 2;

	luaL_checktype(L, 2, LUA_TFUNCTION);
	lua_pushboolean(L, true);
	lua_pushvalue(L, 1);
	lua_rotate(L, 3, 2);
	lua_pushvalue(L, 2);
	lua_replace(L, 1);
	lua_remove(L, 2);
	/* handler, true, function, arguments */
	return after_call(L, lua_pcallk(L, args, LUA_MULTRET, 0, 0, after_call),
			  0);
}

void basics_add(lua_State *L)
{
	static const luaL_Reg functions[] = {
		{ "load", do_load },
		{ "next", do_next },
		{ "pairs", do_pairs },
		{ "print", do_print },
		{ "rawset", do_rawset },
		{ "setmetatable", do_setmetatable },
		{ "tostring", do_tostring },
		{ "xpcall", do_xpcall },
		{ NULL, NULL },
	};

	luaL_setfuncs(L, functions, 0);
}
