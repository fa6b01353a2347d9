/*
 * do_begin.c - an action that only begins, and the kernel text of one
 */
#include <string.h>

#include "base/mem.h"
#include "session/commands.h"
#include "session/do_lua.h"
#include "session/say.h"

struct beginning {
	struct line line;
	struct call call;
};

static bool read_action(struct beginning *b, const struct arg *text,
			struct error *e)
{
	const struct lex_rules rules = { .no_shell = "this begins an action" };

	if (!lex_line(&b->line, text->text, strlen(text->text), &rules, e) ||
	    call_read(&b->line, 0, &b->call, e) != CALL_READY) {
		error_at(e, text->column + e->column, e->length);
		return false;
	}
	if (b->call.command->traits & TRAIT_ACTS)
		return true;
	error_set(e, STATUS_BAD_NAME, "'%s' is no kernel action",
		  b->call.command->name);
	error_at(e, text->column, text->length);
	error_hint(e, "help actions lists what can be begun");
	return false;
}

static bool on_its_cpu(struct amm *a, const struct call *c, struct error *e)
{
	if (!c->has_cpu)
		return true;
	error_set(e, STATUS_BAD_CPU, "the CPU goes before begin: @%u begin ...",
		  c->cpu);
	return a == NULL;
}

/* Flags behind the action are the action's. */
static bool begin(struct amm *a, const struct call *c, const struct call *inner,
		  struct error *e)
{
	bool ok;

	if (inner->lua)
		return script_show(a, c);
	if (inner->help)
		return session_help(a, inner->command);
	if (inner->source)
		return session_source_of(a, inner->command);
	a->dry |= inner->dry_run;
	a->begin = true;
	ok = command_function(a, inner->command->id)(a, inner, e);
	a->begin = false;
	return ok;
}

bool do_begin(struct amm *a, const struct call *c, struct error *e)
{
	struct beginning *b = am_calloc(1, sizeof *b);
	bool ok;

	if (!b) {
		error_set(e, STATUS_NO_ROOM, "out of memory");
		return false;
	}
	ok = read_action(b, &c->arg[0], e) && on_its_cpu(a, &b->call, e);
	ok = ok && begin(a, c, &b->call, e);
	am_free(b);
	return ok;
}

/* --- --source --------------------------------------------------------------- */

static enum path_id path_of(const char *name)
{
	static const struct {
		const char *name;
		enum path_id path;
	} verbs[] = {
#define VERB(id, path) { #id, PATH_##path },
#include "engine/verb.def"
#undef VERB
		{ "anon", PATH_sys_bdflush },
		{ "start_lazy_tlb", PATH_start_lazy_tlb },
		{ "end_lazy_tlb", PATH_end_lazy_tlb },
		{ "idle", PATH___schedule },
		{ "schedule", PATH___schedule },
		{ "preempt", PATH___schedule },
	};

	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (strcmp(verbs[i].name, name) == 0)
			return verbs[i].path;
	return PATH_NONE;
}

static void add_path(struct text *out, const struct program *p,
		     enum path_id path)
{
	int indent = 1;

	text_addf(out, "%s()  %s%s\n", path_name(p, path), path_file(p, path),
		  path_unverified(p, path) ? "  unverified" : "");
	for (uint32_t i = 0; i < path_length(p->path[path]); i++) {
		char line[160];
		int after,
			before = op_text(p, path, i, line, sizeof line, &after);

		indent += before;
		if (*line)
			text_addf(out, "%*s%s\n", indent * 4, "", line);
		indent += after;
	}
}

/* An older kernel may have one function where newer ones have two. */
static bool named_before(const struct program *p, const enum path_id *queue,
			 uint32_t n)
{
	const char *name = path_name(p, queue[n]);

	for (uint32_t i = 0; i < n; i++)
		if (names_equal(path_name(p, queue[i]), name))
			return true;
	return false;
}

/* The path and all that it calls, each once, callers first. */
static void add_tree(struct text *out, const struct program *p,
		     enum path_id root)
{
	enum path_id queue[PATHS];
	bool seen[PATHS] = { false };
	uint32_t n = 0;

	queue[n++] = root;
	seen[root] = true;
	for (uint32_t i = 0; i < n; i++) {
		struct op ops[PATH_OPS_MAX];
		uint32_t count = path_ops(p, queue[i], ops);

		if (!named_before(p, queue, i))
			add_path(out, p, queue[i]);
		for (uint32_t k = 0; k < count; k++)
			if (ops[k].code == OP_CALL && !seen[ops[k].what]) {
				seen[ops[k].what] = true;
				queue[n++] = (enum path_id)ops[k].what;
			}
	}
}

bool session_source_of(struct amm *a, const struct command *c)
{
	enum path_id path = path_of(c->name);
	struct text page = { 0 };

	if (path == PATH_NONE || !a->program->path[path]) {
		text_addf(&page, "%s runs no modelled kernel function\n",
			  c->name);
	} else {
		text_addf(&page, "kernel %s, in our words:\n",
			  a->program->profile.kernel);
		add_tree(&page, a->program, path);
	}
	say_page(a, "source", &page);
	return true;
}
