/*
 * sandbox.c - the state, its memory, its budget, and every way in
 */
#include "script/sandbox.h"

#include <assert.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <time.h>

#include <lauxlib.h>

#include "activemm.h"
#include "base/datadir.h"
#include "base/file.h"
#include "base/mem.h"
#include "script/parts.h"

enum { HOOK_STEPS = 1000, BLOCK_COST = 32 };

enum spent { SPENT_NOT, SPENT_STEPS, SPENT_TIME, SPENT_STOPPED };

static const char *const spent_text[] = {
	[SPENT_STEPS] = "the script takes too long (50 million steps at most)",
	[SPENT_TIME] = "the script takes too long (1 second at most)",
	[SPENT_STOPPED] = "interrupted",
};

struct sandbox {
	lua_State *main;
	lua_State *now; /* the coroutine that runs, or main */
	struct amm *amm;
	size_t bytes; /* memory of the state */
	/* of the outermost call */
	unsigned depth;
	uint64_t steps, deadline;
	enum spent spent;
	size_t said;
};

struct sandbox *sandbox_of(lua_State *L)
{
	return *(struct sandbox **)lua_getextraspace(L);
}

lua_State *sandbox_state(struct sandbox *s)
{
	return s->now;
}

struct amm *sandbox_amm(struct sandbox *s)
{
	return s->amm;
}

/* --- the budget -------------------------------------------------------------- */

static uint64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static void look(struct sandbox *s)
{
	if (s->spent)
		return;
	if (s->amm && amm_interrupted(s->amm))
		s->spent = SPENT_STOPPED;
	else if (s->steps == 0)
		s->spent = SPENT_STEPS;
	else if (now_ms() > s->deadline)
		s->spent = SPENT_TIME;
}

bool sandbox_spent(struct sandbox *s)
{
	look(s);
	return s->spent != SPENT_NOT;
}

bool sandbox_interrupted(const struct sandbox *s)
{
	return s->spent == SPENT_STOPPED;
}

static void hook(lua_State *L, lua_Debug *ar);

/* A hook that counts to one makes every further instruction fail. */
void sandbox_arm(lua_State *co)
{
	int count = sandbox_of(co)->spent ? 1 : HOOK_STEPS;

	if (lua_gethookcount(co) != count)
		lua_sethook(co, hook, LUA_MASKCOUNT, count);
}

void sandbox_charge(lua_State *L, uint64_t steps)
{
	struct sandbox *s = sandbox_of(L);

	s->steps -= steps < s->steps ? steps : s->steps;
	look(s);
	sandbox_arm(L);
	if (s->spent)
		luaL_error(L, "%s", spent_text[s->spent]);
}

static void hook(lua_State *L, lua_Debug *ar)
{
	(void)ar;
	sandbox_charge(L, (uint64_t)lua_gethookcount(L));
}

static void begin(struct sandbox *s)
{
	if (s->depth++ > 0)
		return;
	s->steps = SANDBOX_STEPS;
	s->deadline = now_ms() + SANDBOX_MS;
	s->spent = SPENT_NOT;
	s->said = 0;
	sandbox_arm(s->main);
}

lua_State *sandbox_enter(lua_State *co)
{
	struct sandbox *s = sandbox_of(co);
	lua_State *before = s->now;

	s->now = co;
	return before;
}

/* --- memory ------------------------------------------------------------------ */

/*
 * What is refused costs a whole collection, so the clock is looked at before
 * another instruction runs.
 */
static void *refuse(struct sandbox *s)
{
	if (s->now)
		lua_sethook(s->now, hook, LUA_MASKCOUNT, 1);
	return NULL;
}

/* A block costs more than its bytes. */
static size_t cost(size_t bytes)
{
	return bytes ? bytes + BLOCK_COST : 0;
}

/* Without a block @old is a type, not a size.  Shrinking never fails. */
static void *allocate(void *context, void *block, size_t old, size_t size)
{
	struct sandbox *s = context;
	size_t before = block ? cost(old) : 0, after = cost(size);
	void *to;

	if (after > before && (size > SANDBOX_BLOCK ||
			       s->bytes + (after - before) > SANDBOX_BYTES))
		return refuse(s);
	if (size == 0) {
		am_free(block);
		s->bytes -= before;
		return NULL;
	}
	to = am_realloc(block, 1, size);
	if (!to)
		return after <= before ? block : refuse(s);
	s->bytes = s->bytes - before + after;
	return to;
}

/* --- life -------------------------------------------------------------------- */

static int panic(lua_State *L)
{
	(void)L;
	assert(0 && "a Lua error outside of every protected call");
	return 0;
}

struct sandbox *sandbox_new(struct amm *a)
{
	struct sandbox *s = am_calloc(1, sizeof *s);

	if (!s)
		return NULL;
	s->amm = a;
	s->main = lua_newstate(allocate, s);
	if (!s->main) {
		am_free(s);
		return NULL;
	}
	*(struct sandbox **)lua_getextraspace(s->main) = s;
	lua_atpanic(s->main, panic);
	s->now = s->main;
	if (sandbox_do(s, environment_open, NULL, 0, NULL))
		return s;
	sandbox_free(s);
	return NULL;
}

/* No value has __gc and nothing is left to be closed: no Lua code runs here. */
void sandbox_free(struct sandbox *s)
{
	if (!s)
		return;
	s->now = NULL;
	lua_close(s->main);
	am_free(s);
}

bool sandbox_full(struct sandbox *s)
{
	if (s->bytes > SANDBOX_BYTES / 2)
		lua_gc(s->main, LUA_GCCOLLECT);
	return s->bytes > SANDBOX_BYTES / 4 * 3;
}

/* --- calls ------------------------------------------------------------------- */

/* Only what is a string already: nothing here may raise or call the script. */
static void explain(struct sandbox *s, int status, struct text *why)
{
	size_t length = 0;
	const char *message = "";

	if (!why)
		return;
	if (lua_type(s->now, -1) == LUA_TSTRING)
		message = lua_tolstring(s->now, -1, &length);
	if (s->spent && !strstr(message, spent_text[s->spent])) {
		text_add(why, spent_text[s->spent]);
	} else if (status == LUA_ERRMEM) {
		text_add(why, "not enough memory: a script may have 64 MiB, a "
			      "string or table 1 MiB");
	} else if (lua_type(s->now, -1) == LUA_TSTRING) {
		if (length > SANDBOX_ERROR_BYTES)
			length = SANDBOX_ERROR_BYTES;
		text_append(why, message, length);
	} else {
		text_addf(why, "an error that is not a text but a %s",
			  lua_typename(s->now, lua_type(s->now, -1)));
	}
}

/* A budget that is spent fails the call, whatever its code made of that. */
static bool protect(struct sandbox *s, int args, int results, struct text *why)
{
	int base = lua_gettop(s->now) - args - 1, status;

	begin(s);
	status = lua_pcall(s->now, args, results, 0);
	s->depth--;
	if (status == LUA_OK && !s->spent)
		return true;
	explain(s, status, why);
	lua_settop(s->now, base);
	return false;
}

bool sandbox_call(struct sandbox *s, int args, int results, struct text *why)
{
	return protect(s, args, results, why);
}

static bool no_room(struct text *why)
{
	if (why)
		text_add(why, "not enough memory for a call");
	return false;
}

bool sandbox_do(struct sandbox *s, lua_CFunction f, void *context, int args,
		struct text *why)
{
	if (!lua_checkstack(s->now, 4)) {
		lua_pop(s->now, args);
		return no_room(why);
	}
	lua_pushcfunction(s->now, f);
	lua_pushlightuserdata(s->now, context);
	lua_rotate(s->now, -args - 2, 2);
	return protect(s, args + 1, 0, why);
}

int sandbox_compile(lua_State *L, const char *chunk, size_t length,
		    const char *name)
{
	return luaL_loadbufferx(L, chunk, length, name, "t");
}

static bool ends_early(lua_State *L)
{
	static const char mark[] = "<eof>";
	size_t length, n = sizeof mark - 1;
	const char *message = lua_tolstring(L, -1, &length);

	return length >= n && memcmp(message + length - n, mark, n) == 0;
}

static bool too_big(struct text *why)
{
	if (why)
		text_addf(why, "a script has at most %d KiB",
			  SANDBOX_SOURCE >> 10);
	return false;
}

bool sandbox_load(struct sandbox *s, const char *chunk, size_t length,
		  const char *name, bool *unfinished, struct text *why)
{
	int status;

	if (unfinished)
		*unfinished = false;
	if (length > SANDBOX_SOURCE)
		return too_big(why);
	if (!lua_checkstack(s->now, 8))
		return no_room(why);
	begin(s);
	status = sandbox_compile(s->now, chunk, length, name);
	s->depth--;
	if (status == LUA_OK)
		return true;
	if (unfinished)
		*unfinished = status == LUA_ERRSYNTAX && ends_early(s->now);
	explain(s, status, why);
	lua_pop(s->now, 1);
	return false;
}

static int open_here_or_data(const char *name, struct text *why)
{
	struct text first = { 0 };
	char path[PATH_MAX];
	int fd = file_open(AT_FDCWD, name, FILE_ANY, SANDBOX_SOURCE, &first);

	if (fd < 0 && name[0] != '/' && datadir_find(name, path, sizeof path))
		fd = file_open(AT_FDCWD, path, FILE_ANY, SANDBOX_SOURCE, why);
	else if (fd < 0 && why)
		text_add(why, text_string(&first));
	text_free(&first);
	return fd;
}

/* A first line that begins with # is for a shell. */
bool sandbox_load_file(struct sandbox *s, const char *name, struct text *why)
{
	struct text source = { 0 }, chunk_name = { 0 };
	int fd = open_here_or_data(name, why);
	size_t skip;
	bool ok;

	if (fd < 0)
		return false;
	ok = file_read(fd, name, &source, why);
	file_close(fd);
	skip = ok && source.length && source.bytes[0] == '#'
		       ? strcspn(source.bytes, "\n")
		       : 0;
	text_addf(&chunk_name, "@%s", name);
	ok = ok &&
	     sandbox_load(s, text_string(&source) + skip, source.length - skip,
			  text_string(&chunk_name), NULL, why);
	text_free(&source);
	text_free(&chunk_name);
	return ok;
}

void sandbox_say(lua_State *L, const char *bytes, size_t length)
{
	struct sandbox *s = sandbox_of(L);

	sandbox_charge(L, 1 + length / 16);
	s->said += length;
	if (s->said > SANDBOX_SAID)
		luaL_error(L, "a script may print 1 MiB at a time");
	if (s->amm)
		amm_say(s->amm, bytes, length);
}
