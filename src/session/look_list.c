/*
 * look_list.c - list: the statements of a function; bt: who is inside what
 */
#include "session/chain.h"
#include "session/look.h"
#include "session/names.h"
#include "session/say.h"
#include "session/show.h"
#include "session/suggest.h"

#include <string.h>

#include "session/stops.h"

enum { STATEMENT_BYTES = 160 };

/* --- one function --------------------------------------------------------- */

struct listing {
	struct amm *a;
	struct text *out;
	enum path_id path;
	uint32_t next; /* op that is marked, or UINT32_MAX */
	bool breaks;   /* a breakpoint stops at its beginning */
	unsigned line;
	int indent;
};

static bool breaks_at(const struct amm *a, enum path_id path)
{
	for (uint32_t i = 0; i < a->stops->count; i++)
		if (a->stops->stop[i].kind == STOP_FUNCTION &&
		    a->stops->stop[i].enabled && a->stops->stop[i].path == path)
			return true;
	return false;
}

/* Where @actor stands in @path: its next statement, or a call it is inside. */
static uint32_t next_in(const struct amm *a, enum path_id path, uint32_t actor)
{
	const struct world *w = amm_live(a);
	struct chain chain = { 0 };
	uint32_t s = actor_stack(w, actor);

	if (s)
		chain_at(a->program, world_stack(w, s)->pc, &chain);
	for (unsigned i = chain.depth; i-- > 0;)
		if (chain.frame[i].path == path)
			return chain.frame[i].index;
	return UINT32_MAX;
}

static void add_line(struct listing *l, const char *text, bool next)
{
	bool here = l->breaks && l->line == 1;

	if (l->a->form == FORM_JSON) {
		text_addf(l->out, "%s{\"line\":%u,\"indent\":%d,\"text\":",
			  l->line > 1 ? "," : "", l->line, l->indent);
		show_quoted(l->out, text);
		text_addf(l->out, ",\"next\":%s,\"break\":%s}",
			  next ? "true" : "false", here ? "true" : "false");
	} else if (l->a->form == FORM_PLAIN) {
		text_addf(l->out, "line %u%s%s: %s\n", l->line,
			  next ? ", next" : "", here ? ", breakpoint" : "",
			  text);
	} else {
		text_addf(l->out, "%c %s %3u  ", here ? 'b' : ' ',
			  next ? "=>" : "  ", l->line);
		text_addc(l->out, ' ', (size_t)l->indent * 4);
		show_wrapped(l->out, text, 10 + (size_t)l->indent * 4 + 4,
			     look_width(l->a));
		text_add(l->out, "\n");
	}
}

static void add_ops(struct listing *l)
{
	uint32_t n = path_length(l->a->program->path[l->path]);
	bool marked = false;

	for (uint32_t i = 0; i < n; i++) {
		char text[STATEMENT_BYTES];
		int after = 0;
		int before = op_text(l->a->program, l->path, i, text,
				     sizeof text, &after);

		l->indent += before;
		if (text[0]) {
			bool next = l->next != UINT32_MAX && !marked &&
				    i >= l->next;

			marked |= next;
			l->line++;
			add_line(l, text, next);
		}
		l->indent += after;
	}
}

void look_list_of(struct amm *a, enum path_id path, uint32_t actor)
{
	const struct program *p = a->program;
	struct text body = { 0 };
	struct listing l = { .a = a,
			     .out = &body,
			     .path = path,
			     .next = next_in(a, path, actor),
			     .breaks = breaks_at(a, path) };

	add_ops(&l);
	if (a->form == FORM_JSON) {
		struct text members = { 0 };

		text_addf(&members,
			  ",\"function\":\"%s\",\"file\":\"%s\","
			  "\"verified\":%s,\"lines\":[%s]",
			  path_name(p, path), path_file(p, path),
			  path_unverified(p, path) ? "false" : "true",
			  text_string(&body));
		say_json(a, text_string(&members));
		text_free(&members);
	} else {
		text_addf(&a->out, "%s  %s, kernel %s%s\n", path_name(p, path),
			  path_file(p, path), p->profile.kernel,
			  path_unverified(p, path) ? "  unverified" : "");
		text_add(&a->out, text_string(&body));
	}
	text_free(&body);
}

static void list_all(struct amm *a)
{
	static const struct column columns[] = {
		{ "FUNCTION", "function", CELL_WORD },
		{ "FILE", "file", CELL_WORD },
		{ "STATEMENTS", "statements", CELL_NUMBER },
	};
	struct table t = { columns, 3, "function", "functions", { 0 }, 0 };

	for (int id = 1; id < PATHS; id++) {
		enum path_id path = (enum path_id)id;
		uint32_t n = 0;

		if (path_find(a->program, path_name(a->program, path)) != path)
			continue;
		for (const struct op *op = a->program->path[id]->ops;
		     op->code != OP_END_OF_TABLE; op++)
			n += op->code == OP_DO;
		table_cell(&t, "%s", path_name(a->program, path));
		table_cell(&t, "%s", path_file(a->program, path));
		table_cell(&t, "%u", n);
	}
	look_table(a, &t);
}

static bool no_such_function(const struct amm *a, const struct arg *arg,
			     struct error *e)
{
	struct suggest s;
	char phrase[SUGGEST_PHRASE];

	suggest_init(&s, arg->text, strlen(arg->text));
	for (int id = 1; id < PATHS; id++)
		if (a->program->path[id])
			suggest_offer(&s,
				      path_name(a->program, (enum path_id)id));
	suggest_phrase(&s, phrase);
	error_set(e, STATUS_NO_SUCH_FUNCTION, "there is no function '%s'",
		  arg->text);
	error_hint(e, "%s%s'list' shows all", phrase, phrase[0] ? "  " : "");
	error_at(e, arg->column, arg->length);
	return false;
}

bool look_list(struct amm *a, const struct call *c, struct error *e)
{
	const struct flat_op *op = actor_op(amm_live(a), a->program, a->cpu);
	enum path_id path = op ? (enum path_id)op->path : PATH_NONE;

	if (c->args) {
		path = path_find(a->program, c->arg[0].text);
		if (path == PATH_NONE || !a->program->path[path])
			return no_such_function(a, &c->arg[0], e);
	}
	if (path == PATH_NONE)
		list_all(a);
	else
		look_list_of(a, path, a->cpu);
	return true;
}

/* --- bt ------------------------------------------------------------------- */

struct trace {
	struct amm *a;
	struct table t;
	unsigned frames; /* of the actor that is shown */
};

static void add_frame(struct trace *k, const struct text *who,
		      const struct frame *f, const char *place)
{
	char text[STATEMENT_BYTES] = "return;";
	int after;

	if (f->index < path_length(k->a->program->path[f->path]))
		op_text(k->a->program, (enum path_id)f->path, f->index, text,
			sizeof text, &after);
	table_cell(&k->t, "%s", text_string(who));
	table_cell(&k->t, "%u", k->frames++);
	show_function(table_open(&k->t), k->a->program, (enum path_id)f->path);
	text_add(table_open(&k->t), place);
	table_close(&k->t);
	table_cell(&k->t, "%s", text);
}

static void add_stacks(struct trace *k, const struct text *who, uint32_t s,
		       const char *place)
{
	for (; s; s = world_stack(amm_live(k->a), s)->below) {
		struct chain chain;

		chain_at(k->a->program, world_stack(amm_live(k->a), s)->pc,
			 &chain);
		for (unsigned i = chain.depth; i-- > 0;)
			add_frame(k, who, &chain.frame[i], i ? "" : place);
	}
}

static void trace_cpu(struct trace *k, cpu_id c)
{
	const struct world *w = amm_live(k->a);
	const struct cpu *cpu = world_cpu(w, c);
	struct text who = { 0 };

	k->frames = 0;
	text_addf(&who, "cpu%u ", c);
	show_task(&who, w, cpu->current);
	add_stacks(k, &who, cpu->irq_stack, " (interrupt)");
	add_stacks(k, &who, cpu->sched_stack, " (scheduler)");
	add_stacks(k, &who, world_task(w, cpu->current)->stack, "");
	text_free(&who);
}

/* Tasks that sleep or were preempted inside a path; outside holders. */
static void trace_others(struct trace *k)
{
	const struct world *w = amm_live(k->a);
	struct text who = { 0 };

	for (task_id t = 1; t < w->max.tasks; t++) {
		cpu_id c = world_task_shown(w, t)->cpu;

		if (!world_task(w, t)->stack ||
		    (c < w->max.cpus && world_cpu(w, c)->current == t))
			continue;
		k->frames = 0;
		text_clear(&who);
		show_task(&who, w, t);
		add_stacks(k, &who, world_task(w, t)->stack, " (off CPU)");
	}
	for (uint32_t h = 1; h < w->max.holders; h++) {
		if (!world_holder(w, h)->stack)
			continue;
		k->frames = 0;
		text_clear(&who);
		show_label(&who, w, h);
		add_stacks(k, &who, world_holder(w, h)->stack, "");
	}
	text_free(&who);
}

bool look_bt(struct amm *a, const struct call *c, struct error *e)
{
	static const struct column columns[] = {
		{ "WHO", "who", CELL_WORD },
		{ "#", "frame", CELL_NUMBER },
		{ "FUNCTION", "function", CELL_WORD },
		{ "NEXT", "next", CELL_WORD },
	};
	struct trace k = { .a = a,
			   .t = { columns, 4, "frame", "frames", { 0 }, 0 } };
	cpu_id cpu = 0;

	if (c->args) {
		if (!names_cpu(a, &c->arg[0], &cpu, e))
			return false;
		trace_cpu(&k, cpu);
	} else {
		for (; cpu < amm_live(a)->max.cpus; cpu++)
			trace_cpu(&k, cpu);
		trace_others(&k);
	}
	if (!k.t.count && a->form == FORM_HUMAN)
		text_add(&a->out, "nobody is inside a kernel path\n");
	else
		look_table(a, &k.t);
	return true;
}
