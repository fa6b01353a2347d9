/*
 * say.c - small things that several commands say
 */
#include "session/say.h"

#include <string.h>

#include "base/escape.h"
#include "base/mem.h"

#include "session/keep.h"
#include "session/narrate.h"
#include "session/resolve.h"
#include "session/run.h"
#include "session/show.h"
#include "session/trouble.h"

void text_cut_to(char *to, size_t size, const char *from)
{
	size_t n = strlen(from);

	if (n >= size)
		n = size - 1;
	memcpy(to, from, n);
	to[n] = '\0';
}

void text_copy(struct text *to, const struct text *from)
{
	text_clear(to);
	text_add(to, text_string(from));
}

void say_value(struct text *out, const struct world *w, const struct value *v)
{
	switch (v->kind) {
	case VALUE_NULL:
		text_add(out, "NULL");
		break;
	case VALUE_NUMBER:
		text_addf(out, "%llu", (unsigned long long)v->number);
		break;
	case VALUE_TEXT:
		escape_text(out, v->text, strlen(v->text));
		break;
	case VALUE_TASK:
		show_task(out, w, (task_id)v->number);
		break;
	case VALUE_MM:
		show_mm(out, w, (mm_id)v->number);
		break;
	case VALUE_FREED:
		text_addf(out, "mm%llu (freed)", (unsigned long long)v->number);
		break;
	case VALUE_CPU:
		text_addf(out, "cpu%llu", (unsigned long long)v->number);
		break;
	}
}

static void say_object(struct amm *a, bool ok, const char *members)
{
	text_add(&a->out, "{\"schema\":\"activemm/1\",\"t\":\"");
	show_moment(&a->out, history_now(a->history));
	text_addf(&a->out, "\",\"cpu\":%u,\"cmd\":", a->cpu);
	show_quoted(&a->out, text_string(&a->typed));
	text_addf(&a->out, ",\"ok\":%s%s%s}\n", ok ? "true" : "false", members,
		  text_string(&a->members));
	text_clear(&a->members);
}

void say_json(struct amm *a, const char *members)
{
	say_object(a, true, members);
}

void say_json_failed(struct amm *a, const char *members)
{
	say_object(a, false, members);
}

void say_answer(struct amm *a, const char *answer)
{
	struct text m = { 0 };

	if (a->form != FORM_JSON) {
		text_addf(&a->out, "%s\n", answer);
		return;
	}
	text_add(&m, ",\"answer\":");
	show_quoted(&m, answer);
	say_json(a, text_string(&m));
	text_free(&m);
}

static size_t lines_since(const struct text *t, size_t from)
{
	size_t n = 0;

	for (size_t i = from; i < t->length; i++)
		n += t->bytes[i] == '\n';
	return n;
}

/* What is left to say goes into the object that was said already. */
static void say_more(struct amm *a)
{
	if (a->members.length == 0)
		return;
	text_cut(&a->out, a->out.length - strlen("}\n"));
	text_addf(&a->out, "%s}\n", text_string(&a->members));
	text_clear(&a->members);
}

/* Some commands are several, such as exit --group: their objects are parts. */
void say_one(struct amm *a, bool ok)
{
	size_t n = lines_since(&a->out, a->answer);
	struct text parts = { 0 };

	if (n == 1) {
		say_more(a);
		return;
	}
	if (n > 0) {
		text_addf(&parts, ",\"parts\":[%s",
			  text_string(&a->out) + a->answer);
		for (size_t i = 0; i < parts.length; i++)
			if (parts.bytes[i] == '\n')
				parts.bytes[i] = ',';
		parts.bytes[parts.length - 1] = ']';
		text_cut(&a->out, a->answer);
	}
	say_object(a, ok, text_string(&parts));
	text_free(&parts);
}

void say_json_value(struct text *out, const struct world *w,
		    const struct value *v)
{
	struct text shown = { 0 };

	if (v->kind == VALUE_NULL) {
		text_add(out, "null");
	} else if (v->kind == VALUE_NUMBER) {
		text_addf(out, "%llu", (unsigned long long)v->number);
	} else {
		say_value(&shown, w, v);
		show_quoted(out, text_string(&shown));
		text_free(&shown);
	}
}

static const char *stop_kind(const struct stop *s)
{
	static const char *const kinds[] = { "none", "function", "event",
					     "watch", "display" };

	return kinds[s->kind];
}

/* What a watchpoint looks at, as it is now. */
static void say_watched(struct text *out, struct amm *a, const struct stop *s)
{
	bool json = a->form == FORM_JSON;
	struct value v;
	struct error e;

	if (s->kind != STOP_WATCH)
		return;
	text_add(out, json ? ",\"value\":" : " = ");
	if (!resolve_here(a, &s->condition, &v, &e))
		v = (struct value){ .kind = VALUE_NULL };
	if (json)
		say_json_value(out, amm_live(a), &v);
	else
		say_value(out, amm_live(a), &v);
}

void say_stop(struct amm *a, uint32_t number, const struct stop *s)
{
	if (a->form == FORM_JSON) {
		struct text m = { 0 };

		text_addf(&m,
			  ",\"number\":%u,\"kind\":\"%s\",\"what\":", number,
			  stop_kind(s));
		show_quoted(&m, s->text);
		text_addf(&m, ",\"enabled\":%s,\"hits\":%u",
			  s->enabled ? "true" : "false", s->hits);
		say_watched(&m, a, s);
		say_json(a, text_string(&m));
		text_free(&m);
		return;
	}
	text_addf(&a->out, "%s %u: ",
		  s->kind == STOP_WATCH  ? "watch"
		  : s->kind == STOP_SHOW ? "display"
					 : "break",
		  number);
	if (s->kind == STOP_EVENT || s->kind == STOP_FUNCTION)
		text_addf(&a->out, "%s ", stop_kind(s));
	text_add(&a->out, s->text);
	say_watched(&a->out, a, s);
	if (s->on_cpu)
		text_addf(&a->out, " on cpu%u", s->cpu);
	text_add(&a->out, s->once ? ", once" : "");
	text_add(&a->out, s->enabled ? "" : ", disabled");
	if (s->hits)
		text_addf(&a->out, ", %u hit%s", s->hits,
			  s->hits == 1 ? "" : "s");
	text_add(&a->out, "\n");
}

void say_where(struct amm *a)
{
	struct moment now = history_now(a->history);
	const struct entry *x = history_entry(a->history, now.command);

	if (a->form == FORM_JSON) {
		stops_show(a);
		say_json(a, "");
		return;
	}
	text_add(&a->out, "now ");
	show_moment(&a->out, now);
	text_addf(&a->out, ", %s: @%u ",
		  now.statement < x->statements ? "inside" : "after", x->cpu);
	escape_text(&a->out, x->line, strlen(x->line));
	text_add(&a->out, "\n");
	stops_show(a);
}

/* --- what a command did ----------------------------------------------------- */

/* More effects than anyone reads are not told one by one. */
enum { TOLD_MAX = 20000 };

static void json_effects(struct amm *a, const struct telling *t)
{
	struct text m = { 0 };

	text_add(&m, ",\"effects\":");
	narrate(&m, t);
	say_json(a, text_string(&m));
	text_free(&m);
}

void narrate_events(struct amm *a, const struct world *after,
		    const struct event *events, size_t count)
{
	struct telling t = { .after = after,
			     .program = a->program,
			     .events = events,
			     .count = count,
			     .form = a->form,
			     .width = (unsigned)a->settings.value[SET_WIDTH],
			     .granularity =
				     a->settings.value[SET_GRANULARITY] };

	if (a->form == FORM_JSON)
		json_effects(a, &t);
	else if (!narrate(&a->out, &t))
		a->out.failed = true;
}

void say_effects(struct amm *a, uint64_t first)
{
	uint64_t n = history_events(a->history) - first;
	struct event *events;

	if (n > TOLD_MAX && a->form == FORM_JSON) {
		text_addf(&a->members, ",\"events\":%llu",
			  (unsigned long long)n);
		say_json(a, "");
		return;
	}
	if (n > TOLD_MAX) {
		text_addf(&a->out, "%llu events; timeline shows them\n",
			  (unsigned long long)n);
		return;
	}
	events = history_gather(a->history, first);
	if (!events) {
		a->out.failed = true;
		return;
	}
	narrate_events(a, amm_live(a), events, (size_t)n);
	am_free(events);
}

/* --- where it waits ---------------------------------------------------------- */

void say_sleeps(struct amm *a, uint32_t actor)
{
	task_id t = world_cpu(amm_live(a), actor)->current;

	show_task(&a->stop_text, amm_live(a), t);
	text_add(&a->stop_text, " sleeps in wait_for_vfork_done; "
				"switch the CPU away\n");
}

void say_waits_for(struct amm *a, uint32_t actor, cpu_id owing)
{
	const struct flat_op *op = actor_op(amm_live(a), a->program, actor);

	show_actor(&a->stop_text, amm_live(a), actor);
	if (owing != CPU_NONE)
		text_addf(&a->stop_text,
			  " waits for cpu%u to acknowledge "
			  "(in %s)\n",
			  owing, path_name(a->program, op->path));
	else
		text_addf(&a->stop_text, " waits in %s%s\n",
			  path_name(a->program, (enum path_id)op->path),
			  op->what == CO_synced ? ": anon off ends it" : "");
}

void say_next(struct amm *a, uint32_t actor)
{
	const struct flat_op *op = actor_op(amm_live(a), a->program, actor);
	struct text *out = &a->stop_text;
	char line[160];
	int after;

	if (!op)
		return;
	op_text(a->program, (enum path_id)op->path, op->index, line,
		sizeof line, &after);
	if (a->form == FORM_JSON) {
		text_addf(&a->members, ",\"next\":{\"in\":\"%s\",\"text\":",
			  path_name(a->program, (enum path_id)op->path));
		show_quoted(&a->members, line);
		text_add(&a->members, "}");
		return;
	}
	text_add(out, a->form == FORM_PLAIN ? "Next, on " : "next: ");
	show_actor(out, amm_live(a), actor);
	text_addf(out, " in %s: %s\n",
		  path_name(a->program, (enum path_id)op->path), line);
}

/* Why it stopped, for whom it waits: behind what was done. */
static void say_ending(struct amm *a)
{
	if (a->form != FORM_JSON) {
		text_add(&a->out, text_string(&a->stop_text));
	} else if (a->stop_text.length) {
		text_add(&a->members, ",\"stop\":");
		show_quoted(&a->members, text_string(&a->stop_text));
	}
	text_clear(&a->stop_text);
}

/* In JSON the object is closed last: all the rest are members of it. */
void say_done(struct amm *a, uint64_t first)
{
	if (a->form != FORM_JSON)
		say_effects(a, first);
	say_ending(a);
	keep_reveal(a);
	stops_show(a);
	if (a->form == FORM_JSON)
		say_effects(a, first);
}

void refusal_error(const struct amm *a, const struct verdict *v,
		   struct error *e)
{
	trouble_refused(e, amm_live(a), a->program, v);
}

void broken_show(struct amm *a, const struct broken *b)
{
	struct text where = { 0 };

	show_moment(&where, history_now(a->history));
	trouble_broken(&a->stop_text, amm_live(a), b, text_string(&where),
		       a->form == FORM_PLAIN ? FORM_PLAIN : FORM_HUMAN);
	text_free(&where);
}
