/*
 * lesson_load.c - a lesson file becomes plain data
 */
#include "script/lesson_load.h"

#include <stdio.h>
#include <string.h>

#include <lauxlib.h>

#include "activemm.h"
#include "script/lesson_read.h"
#include "script/machine.h"
#include "script/sandbox.h"

/* In the registry: the texts that went through amm.gettext. */
static const char marked_key;

/* --- texts that are marked for translation ------------------------------------ */

static int mark(lua_State *L)
{
	luaL_checkstring(L, 1);
	lua_rawgetp(L, LUA_REGISTRYINDEX, &marked_key);
	lua_pushvalue(L, 1);
	lua_pushboolean(L, true);
	lua_rawset(L, -3);
	lua_settop(L, 1);
	return 1;
}

bool lesson_marked(lua_State *L, int index)
{
	bool found;

	index = lua_absindex(L, index);
	lua_rawgetp(L, LUA_REGISTRYINDEX, &marked_key);
	lua_pushvalue(L, index);
	found = lua_rawget(L, -2) == LUA_TBOOLEAN;
	lua_pop(L, 2);
	return found;
}

/* What the file will find: a gettext that remembers, and a machine for setup. */
static int prepare(lua_State *L)
{
	lua_newtable(L);
	lua_rawsetp(L, LUA_REGISTRYINDEX, &marked_key);
	machine_open(L);
	lua_getglobal(L, "amm");
	sandbox_thaw(L, -1);
	lua_pushcfunction(L, mark);
	lua_setfield(L, -2, "gettext");
	return 0;
}

/* --- setup --------------------------------------------------------------------- */

struct reading {
	struct lesson *l;
	uint32_t seed;
};

static void take_lines(lua_State *L, struct lesson *l)
{
	machine_push_recorded(L);
	for (lua_Integer i = 1; lua_rawgeti(L, -1, i) == LUA_TSTRING; i++) {
		lesson_line(l, &l->setup, lua_tostring(L, -1));
		lua_pop(L, 1);
	}
	lua_pop(L, 2);
}

/* Labels in order, so that the same file makes the same lesson. */
static void take_labels(lua_State *L, struct lesson *l)
{
	const char *last = "";

	for (;;) {
		const char *least = NULL;

		machine_push_names(L);
		lua_pushnil(L);
		while (lua_next(L, -2)) {
			const char *name = lua_type(L, -2) == LUA_TSTRING
						   ? lua_tostring(L, -2)
						   : "";

			if (strcmp(name, last) > 0 &&
			    (!least || strcmp(name, least) < 0))
				least = name;
			lua_pop(L, 1);
		}
		if (!least) {
			lua_pop(L, 1);
			return;
		}
		lua_pushstring(L, least);
		lua_rawget(L, -2);
		lesson_label(l, least, lua_tostring(L, -1));
		last = l->labels ? l->label[l->labels - 1].label : least;
		lua_pop(L, 2);
		if (l->failed)
			return;
	}
}

static void run_setup(lua_State *L, int lesson, const struct reading *r)
{
	lua_pushliteral(L, "setup");
	if (lua_rawget(L, lesson) != LUA_TFUNCTION)
		luaL_error(L, "a lesson has a setup function");
	machine_record(L);
	machine_push(L);
	sandbox_push_rng(L, r->seed);
	lua_call(L, 2, 0);
	take_lines(L, r->l);
	take_labels(L, r->l);
}

/* --- all of it ------------------------------------------------------------------- */

static int copy_out(lua_State *L)
{
	const struct reading *r = lua_touserdata(L, 1);

	lua_settop(L, 2);
	if (!lua_istable(L, 2))
		return luaL_error(L, "a lesson file returns amm.lesson{...}");
	lesson_read(L, 2, r->l);
	run_setup(L, 2, r);
	return 0;
}

struct lesson *lesson_from_file(struct amm *a, const char *path, uint32_t seed,
				char *why, size_t size)
{
	struct sandbox *s = sandbox_new(a);
	struct reading r = { lesson_new(), seed };
	struct text cause = { 0 };
	bool ok = s && r.l && sandbox_do(s, prepare, NULL, 0, &cause) &&
		  sandbox_load_file(s, path, &cause) &&
		  sandbox_call(s, 0, 1, &cause) &&
		  sandbox_do(s, copy_out, &r, 1, &cause);

	if (!ok) {
		(void)snprintf(why, size, "%s",
			       cause.length ? text_string(&cause)
					    : "out of memory");
		lesson_free(r.l);
		r.l = NULL;
	}
	text_free(&cause);
	sandbox_free(s);
	return r.l;
}
