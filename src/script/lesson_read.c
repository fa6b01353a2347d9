/*
 * lesson_read.c - the table of a lesson, field by field
 */
#include "script/lesson_read.h"

#include <stdio.h>
#include <string.h>

#include <lauxlib.h>

/* --- boot ----------------------------------------------------------------------- */

enum { OPTIONS_MAX = 8, FLAGS_BYTES = 200 };

/* It becomes a word of a command. */
static const char *boot_word(struct table *t, const char *word)
{
	if (!word[0] ||
	    word[strspn(word, "abcdefghijklmnopqrstuvwxyz"
			      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")])
		luaL_error(t->L, "%s: boot: '%s' is no option", t->name, word);
	return word;
}

static void add_flag(struct table *t, char *flags, const char *name,
		     const char *value)
{
	size_t n = strlen(flags);

	if (snprintf(flags + n, FLAGS_BYTES - n, "%s--%s%s", n ? " " : "", name,
		     value) >= (int)(FLAGS_BYTES - n))
		luaL_error(t->L, "%s: boot has too many options", t->name);
}

/* Options in the order of their names. */
static void add_config(struct table *config, char *flags)
{
	lua_State *L = config->L;
	const char *last = "";

	for (int i = 0; i < OPTIONS_MAX; i++) {
		const char *least = NULL;
		char value[64];

		lua_pushnil(L);
		while (lua_next(L, config->at)) {
			const char *name;

			lua_pop(L, 1);
			if (lua_type(L, -1) != LUA_TSTRING)
				luaL_error(L, "%s: boot: an option has a name",
					   config->name);
			name = lua_tostring(L, -1);
			if (strcmp(name, last) > 0 &&
			    (!least || strcmp(name, least) < 0))
				least = name;
		}
		if (!least)
			return;
		(void)snprintf(value, sizeof value, "%s=%s",
			       boot_word(config, least),
			       boot_word(config, field_string(config, least)));
		add_flag(config, flags, "config=", value);
		last = least;
	}
}

/* boot = { kernel = "6.12", config = { NAME = "n" } } as flags of boot. */
static const char *read_boot(struct table *t)
{
	static const char *const known[] = { "kernel", "config", NULL };
	char flags[FLAGS_BYTES] = "";
	struct table boot, config;
	const char *kernel;

	if (!field_table(t, "boot", &boot))
		return NULL;
	field_check(&boot, known);
	kernel = field_string(&boot, "kernel");
	if (kernel)
		add_flag(t, flags, "kernel=", boot_word(t, kernel));
	if (field_table(&boot, "config", &config)) {
		add_config(&config, flags);
		lua_pop(t->L, 1);
	}
	lua_pop(t->L, 1);
	return lesson_string(t->l, flags, strlen(flags));
}

/* --- pieces of steps ---------------------------------------------------------------- */

static const char *item_string(struct table *t, lua_Integer place)
{
	const char *s = NULL;

	if (lua_rawgeti(t->L, t->at, place) == LUA_TSTRING)
		s = lesson_string(t->l, lua_tostring(t->L, -1),
				  strlen(lua_tostring(t->L, -1)));
	if (s && place == 2 && !lesson_marked(t->L, -1))
		lesson_line(t->l, &t->l->unmarked, s);
	lua_pop(t->L, 1);
	return s;
}

static void read_fact(struct table *t, void *context)
{
	static const char *const known[] = { "points", "optional", "now",
					     NULL };
	struct fact fact = { .expr = item_string(t, 1),
			     .text = item_string(t, 2),
			     .now = field_string(t, "now"),
			     .points = field_number(t, "points"),
			     .optional = field_flag(t, "optional") };
	struct fact *f;

	field_check(t, known);
	f = lesson_fact(t->l, context);
	if (f)
		*f = fact;
}

static void read_hint(struct table *t, void *context)
{
	static const char *const known[] = { "rung", "when", "again", NULL };
	struct hint hint = { .rung = field_number(t, "rung"),
			     .repeat = field_flag(t, "again"),
			     .when = field_string(t, "when"),
			     .text = field_body(t) };
	struct hint *h;

	field_check(t, known);
	h = lesson_hint(t->l, context);
	if (h)
		*h = hint;
}

static void read_misconception(struct table *t, void *context)
{
	static const char *const known[] = { "got", "say", NULL };
	struct misconception wrong = { .got = field_string(t, "got"),
				       .say = field_text(t, "say") };
	struct misconception *m;

	field_check(t, known);
	if (!wrong.got || !wrong.say)
		luaL_error(t->L, "%s: a misconception has got and say",
			   t->name);
	m = lesson_misconception(t->l, context);
	if (m)
		*m = wrong;
}

static void read_path(struct table *t, struct lesson_lines *to)
{
	lua_Integer n = (lua_Integer)lua_rawlen(t->L, t->at);

	for (lua_Integer i = 1; to && i <= n && !t->l->failed; i++) {
		if (lua_rawgeti(t->L, t->at, i) != LUA_TSTRING)
			luaL_error(t->L, "%s: a path is a list of lines",
				   t->name);
		lesson_line(t->l, to, lua_tostring(t->L, -1));
		lua_pop(t->L, 1);
	}
}

static void read_alt(struct table *t, void *context)
{
	read_path(t, lesson_alt(t->l, context));
}

static void read_wrong(struct table *t, void *context)
{
	read_path(t, lesson_wrong(t->l, context));
}

/* --- steps ---------------------------------------------------------------------------- */

static const char *const step_fields[] = {
	"kind", "id",    "text", "q",        "points", "suggest",
	"need", "expr",  "run",  "because",  "expect", "misconception",
	"goal", "hints", "par",  "solution", "alt",    "wrong",
	"see",  "drill", "boot", "step",     NULL,
};

static const struct {
	const char *name;
	enum step_kind kind;
} kinds[] = {
	{ "say", STEP_SAY },         { "try", STEP_TRY },
	{ "predict", STEP_PREDICT }, { "task", STEP_TASK },
	{ "recap", STEP_RECAP },
};

/* What a twist says anew; what it does not say is as in the step it repeats. */
static void replace(const char **field, const char *value)
{
	if (value)
		*field = value;
}

static void read_list(struct table *t, const char *key, uint32_t *count,
		      struct step *s,
		      void (*f)(struct table *item, void *context))
{
	struct table ignored;

	if (field_table(t, key, &ignored)) {
		*count = 0;
		lua_pop(t->L, 1);
	}
	field_each(t, key, f, s);
}

static void read_question(struct table *t, struct step *s)
{
	replace(&s->text, field_text(t, "q"));
	replace(&s->expr, field_string(t, "expr"));
	replace(&s->run, field_string(t, "run"));
	replace(&s->because, field_text(t, "because"));
	replace(&s->expect, field_string(t, "expect"));
	read_list(t, "misconception", &s->misconceptions, s,
		  read_misconception);
}

static void read_task(struct table *t, struct step *s)
{
	struct lesson_lines solution = { 0 };

	if (field_number(t, "par"))
		s->par = field_number(t, "par");
	read_list(t, "goal", &s->facts, s, read_fact);
	read_list(t, "hints", &s->hints, s, read_hint);
	field_lines(t, "solution", &solution);
	if (solution.count)
		s->solution = solution;
	read_list(t, "alt", &s->alts, s, read_alt);
	read_list(t, "wrong", &s->wrongs, s, read_wrong);
}

static void read_twist(struct table *t, struct step *s)
{
	const char *of = field_string(t, "step"), *boot = read_boot(t);

	for (uint32_t i = 0; of && boot && i < t->l->steps; i++) {
		if (!t->l->step[i].id || strcmp(t->l->step[i].id, of) != 0)
			continue;
		*s = t->l->step[i];
		s->expect = NULL;
		s->of = i;
		s->boot = boot;
		return;
	}
	luaL_error(t->L, "%s: a twist has a boot, and the id of a step before",
		   t->name);
}

static void read_kind(struct table *t, struct step *s)
{
	const char *kind = field_string(t, "kind");

	for (size_t i = 0; kind && i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(kinds[i].name, kind) == 0) {
			s->kind = kinds[i].kind;
			return;
		}
	if (kind && strcmp(kind, "twist") == 0)
		read_twist(t, s);
	else
		luaL_error(t->L,
			   "%s is none of amm.say, try, predict, task, "
			   "twist, recap",
			   t->name);
}

void lesson_step_read(struct table *t, struct step *s)
{
	field_check(t, step_fields);
	read_kind(t, s);
	replace(&s->text, field_body(t));
	replace(&s->text, field_text(t, "text"));
	replace(&s->id, field_string(t, "id"));
	if (field_number(t, "points"))
		s->points = field_number(t, "points");
	s->need = field_number(t, "need");
	field_lines(t, "suggest", &s->suggest);
	read_question(t, s);
	read_task(t, s);
	field_lines(t, "see", &s->see);
	replace(&s->drill, field_string(t, "drill"));
}

/* --- the lesson ------------------------------------------------------------------------- */

/* A step is read whole before it is one: a twist looks at those before it. */
static void read_step(struct table *t, void *context)
{
	struct step step = { .kind = STEP_SAY }, *s;
	char name[32];

	(void)context;
	(void)snprintf(name, sizeof name, "step %u", t->l->steps + 1);
	t->name = name;
	lesson_step_read(t, &step);
	s = lesson_step(t->l);
	if (s)
		*s = step;
}

static void read_allow(struct table *t)
{
	static const char *const known[] = { "deny", NULL };
	struct table allow;

	if (!field_table(t, "allow", &allow))
		return;
	field_check(&allow, known);
	field_lines(&allow, "deny", &t->l->deny);
	lua_pop(t->L, 1);
}

static const char *kernel_flag(struct table *t)
{
	const char *kernel = field_string(t, "kernel");
	char flag[64];

	(void)snprintf(flag, sizeof flag, "--kernel=%.40s",
		       boot_word(t, kernel ? kernel : "6.12"));
	return lesson_string(t->l, flag, strlen(flag));
}

void lesson_read(lua_State *L, int index, struct lesson *l)
{
	static const char *const known[] = {
		"kind",  "id",    "format", "version", "minutes",
		"title", "goals", "needs",  "kernel",  "cpus",
		"allow", "setup", "steps",  "engine",  NULL,
	};
	struct table t = { L, index, l, "the lesson" };

	field_check(&t, known);
	l->id = field_string(&t, "id");
	l->title = field_text(&t, "title");
	l->engine = field_string(&t, "engine");
	l->format = field_number(&t, "format");
	l->version = field_number(&t, "version");
	l->minutes = field_number(&t, "minutes");
	l->cpus = field_number(&t, "cpus");
	l->kernel = kernel_flag(&t);
	field_lines(&t, "goals", &l->goals);
	field_lines(&t, "needs", &l->needs);
	read_allow(&t);
	field_each(&t, "steps", read_step, NULL);
	if (l->failed)
		luaL_error(L, "the lesson is too big, or memory is out");
}
