/*
 * script.c - what the session calls: chunks, files, lines, news of commands
 *
 * All of them run in one sandbox, which lasts as long as the session; a
 * lesson has another one.
 */
#include "script/script.h"

#include <stdbool.h>

#include "activemm.h"
#include "base/mem.h"
#include "script/lesson_load.h"
#include "script/machine.h"
#include "script/parts.h"
#include "script/sandbox.h"

enum { ROUNDS_MAX = 16 };

struct script {
	struct amm *amm;
	struct amm_script calls;
	struct sandbox *sandbox; /* NULL: not needed so far */
	struct text partial;     /* lines of a chunk that is not finished */
	struct text why;
	bool firing, again; /* callbacks run; there is news for them ... */
	uint32_t first;     /* ... from this command on */
};

/* --- one chunk ----------------------------------------------------------------- */

static int add_machine(lua_State *L)
{
	machine_open(L);
	machine_push(L);
	sandbox_set_builtin(L, "m");
	return 0;
}

static bool ready(struct script *x)
{
	text_clear(&x->why);
	if (x->sandbox)
		return true;
	x->sandbox = sandbox_new(x->amm);
	if (x->sandbox && sandbox_do(x->sandbox, add_machine, NULL, 0, &x->why))
		return true;
	sandbox_free(x->sandbox);
	x->sandbox = NULL;
	text_add(&x->why, "not enough memory for Lua");
	return false;
}

/* Variables that take all memory would spoil all that comes after. */
static void start_anew(struct script *x)
{
	static const char note[] = "Lua starts anew: its variables took all "
				   "memory\n";

	if (!x->sandbox || !sandbox_full(x->sandbox))
		return;
	sandbox_free(x->sandbox);
	x->sandbox = NULL;
	amm_say(x->amm, note, sizeof note - 1);
}

static enum amm_status failed(struct script *x)
{
	if (x->sandbox && sandbox_interrupted(x->sandbox)) {
		amm_say(x->amm, "interrupted\n", 12);
		return AMM_INTERRUPTED;
	}
	amm_complain(x->amm, text_string(&x->why));
	start_anew(x);
	return AMM_LUA;
}

/* Calls the function that is argument 2 and shows what it returns. */
static int call_and_echo(lua_State *L)
{
	lua_remove(L, 1);
	prelude_push(L, "echo");
	lua_insert(L, 1);
	lua_call(L, 0, LUA_MULTRET);
	lua_call(L, lua_gettop(L) - 1, 0);
	return 0;
}

/* As an expression when it is one, else as statements. */
static bool load(struct script *x, const char *bytes, size_t length,
		 bool *unfinished)
{
	struct text expression = { 0 };
	bool ok, half;

	text_add(&expression, "return ");
	text_append(&expression, bytes, length);
	ok = sandbox_load(x->sandbox, text_string(&expression),
			  expression.length, "=lua", &half, NULL);
	text_free(&expression);
	ok = ok || sandbox_load(x->sandbox, bytes, length, "=lua", unfinished,
				&x->why);
	*unfinished |= half;
	return ok;
}

static enum amm_status run(struct script *x)
{
	return sandbox_do(x->sandbox, call_and_echo, NULL, 1, &x->why)
		       ? AMM_OK
		       : failed(x);
}

static enum amm_status chunk(void *context, const char *bytes, size_t length)
{
	struct script *x = context;
	bool unfinished;

	if (!ready(x) || !load(x, bytes, length, &unfinished))
		return failed(x);
	return run(x);
}

static enum amm_status file(void *context, const char *name)
{
	struct script *x = context;

	if (ready(x) && sandbox_load_file(x->sandbox, name, &x->why) &&
	    sandbox_call(x->sandbox, 0, 0, &x->why))
		return AMM_OK;
	return failed(x);
}

/* --- the prompt ------------------------------------------------------------------ */

/* The end of input ends the chunk, finished or not. */
static enum amm_status line(void *context, const char *bytes, size_t length)
{
	struct script *x = context;
	bool unfinished = false, loaded;

	if (!bytes && x->partial.length == 0)
		return AMM_OK;
	if (bytes) {
		text_append(&x->partial, bytes, length);
		text_add(&x->partial, "\n");
	}
	loaded = ready(x) && load(x, text_string(&x->partial),
				  x->partial.length, &unfinished);
	if (!loaded && unfinished && bytes)
		return AMM_OK;
	text_clear(&x->partial);
	return loaded ? run(x) : failed(x);
}

static const char *prompt(void *context)
{
	struct script *x = context;

	return x->partial.length ? "lua>> " : "lua> ";
}

/* --- callbacks ------------------------------------------------------------------- */

/* What they run may be news again; that ends after a while. */
static void committed(void *context, uint32_t first)
{
	struct script *x = context;
	struct text why = { 0 };

	if (!x->again)
		x->first = first;
	x->again = true;
	if (!x->sandbox || x->firing)
		return;
	x->firing = true;
	for (int i = 0; i < ROUNDS_MAX && x->again; i++) {
		x->again = false;
		if (machine_fire(x->sandbox, x->first, &why))
			continue;
		text_add(&why, " (in a callback)\n");
		amm_say(x->amm, text_string(&why), why.length);
		break;
	}
	x->firing = false;
	text_free(&why);
}

static struct lesson *lesson(void *context, const char *path, uint32_t seed,
			     char *why, size_t size)
{
	const struct script *x = context;

	return lesson_from_file(x->amm, path, seed, why, size);
}

struct script *script_new(struct amm *a)
{
	struct script *x = am_calloc(1, sizeof *x);

	if (!x)
		return NULL;
	x->amm = a;
	x->calls = (struct amm_script){
		.context = x,
		.chunk = chunk,
		.file = file,
		.line = line,
		.prompt = prompt,
		.committed = committed,
		.lesson = lesson,
	};
	amm_set_script(a, &x->calls);
	return x;
}

void script_free(struct script *x)
{
	if (!x)
		return;
	amm_set_script(x->amm, NULL);
	sandbox_free(x->sandbox);
	text_free(&x->partial);
	text_free(&x->why);
	am_free(x);
}
