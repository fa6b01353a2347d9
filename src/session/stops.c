/*
 * stops.c - does a statement stop the run?
 */
#include "session/stops.h"

#include <string.h>

#include "session/resolve.h"
#include "session/say.h"
#include "session/show.h"

static bool holds(const struct amm *a, const struct stop *s,
		  const struct instant *at)
{
	const struct viewpoint from = { at->world, at->cpu, a };
	struct value v;
	struct error ignored;

	if (!s->has_condition)
		return true;
	return resolve_eval(&s->condition, &from, &v, &ignored) &&
	       value_truth(&v);
}

/* An older kernel may have one function where newer ones have two. */
static bool inside(const struct program *p, uint32_t pc, enum path_id path)
{
	const char *name = path_name(p, path);

	for (int id = 1; id < PATHS; id++)
		if (p->path[id] &&
		    names_equal(path_name(p, (enum path_id)id), name) &&
		    program_inside(p, pc, (enum path_id)id))
			return true;
	return false;
}

/* The function is entered: the stack rests inside and came from outside. */
static bool enters(const struct stop *s, const struct instant *at,
		   const struct event *e)
{
	const struct program *p = at->program;

	if (e->kind == EV_STEP)
		return inside(p, e->new, s->path) &&
		       !inside(p, e->old, s->path);
	return e->kind == EV_STACK && e->field == FIELD_OF(stack, pc) &&
	       e->old == 0 && inside(p, e->new, s->path);
}

static const struct event *match(const struct stop *s, const struct instant *at)
{
	for (size_t i = 0; i < at->events; i++) {
		const struct event *e = &at->event[i];

		if (s->on_cpu && e->actor != s->cpu)
			continue;
		if (s->kind == STOP_EVENT ? e->kind == s->event
					  : enters(s, at, e))
			return e;
	}
	return NULL;
}

static bool watch_changed(const struct amm *a, struct stop *s,
			  const struct instant *at, struct value *old)
{
	const struct viewpoint from = { at->world, at->cpu, a };
	struct value now;
	struct error e;
	bool same = false;

	if (!resolve_eval(&s->condition, &from, &now, &e))
		now = (struct value){ .kind = VALUE_NULL };
	*old = s->value;
	if (s->known && (!value_same(&s->value, &now, &same, &e) || !same)) {
		s->value = now;
		return true;
	}
	s->value = now;
	s->known = true;
	return false;
}

static void say_watch(struct text *why, uint32_t n, const struct stop *s,
		      const struct instant *at, const struct value *old)
{
	text_addf(why, "watch %u: %s: ", n, s->text);
	text_add(why, at->form == FORM_PLAIN ? "from " : "");
	say_value(why, at->world, old);
	text_add(why, at->form == FORM_PLAIN ? " to " : " -> ");
	say_value(why, at->world, &s->value);
	text_add(why, " at ");
	show_moment(why, at->at);
	text_add(why, "\n");
}

/* A freed mm has lost its number by now: the event before said it. */
static void show_freed_mm(struct text *why, const struct instant *at, mm_id mm)
{
	const uint8_t serial = FIELD_OF(mm_shown, serial);

	for (size_t i = 0; i < at->events; i++) {
		const struct event *e = &at->event[i];

		if (e->kind == EV_MM_SHOWN && e->object == mm &&
		    e->field == serial && e->new == 0) {
			text_addf(why, "mm%u", e->old);
			return;
		}
	}
	show_mm(why, at->world, mm);
}

static void say_break(struct text *why, uint32_t n, const struct stop *s,
		      const struct instant *at, const struct event *e)
{
	text_addf(why, "break %u: ", n);
	if (s->kind == STOP_EVENT)
		text_add(why, event_kind_name(s->event));
	else
		text_add(why, path_name(at->program, s->path));
	if (s->kind == STOP_EVENT &&
	    (e->kind == EV_BORROW || e->kind == EV_RELEASE ||
	     e->kind == EV_ZOMBIE || e->kind == EV_FREE ||
	     e->kind == EV_FLUSH)) {
		text_add(why, " ");
		show_freed_mm(why, at, e->object);
	}
	text_add(why, " at ");
	show_moment(why, at->at);
	text_add(why, " on ");
	show_actor(why, at->world, e->actor);
	if (s->kind == STOP_EVENT && e->path != PATH_NONE)
		text_addf(why, "  %s",
			  path_name(at->program, (enum path_id)e->path));
	text_add(why, "\n");
}

static bool hit(struct amm *a, uint32_t n, const struct instant *at,
		struct text *why)
{
	struct stop *s = &a->stops->stop[n - 1];
	const struct event *e;
	struct value old;

	if (s->kind == STOP_WATCH) {
		if (!watch_changed(a, s, at, &old))
			return false;
		say_watch(why, n, s, at, &old);
		return true;
	}
	e = match(s, at);
	if (!e || !holds(a, s, at))
		return false;
	say_break(why, n, s, at, e);
	return true;
}

uint32_t stops_hit(struct amm *a, const struct instant *at, struct text *why)
{
	uint32_t first = 0;

	for (uint32_t i = 0; i < a->stops->count; i++) {
		struct stop *s = &a->stops->stop[i];

		if (s->kind == STOP_NONE || s->kind == STOP_SHOW ||
		    !s->enabled || !hit(a, i + 1, at, why))
			continue;
		s->hits++;
		if (s->once)
			s->kind = STOP_NONE;
		if (!first)
			first = i + 1;
	}
	return first;
}

bool stops_expect(const struct stops *s, enum event_kind event)
{
	for (uint32_t i = 0; i < s->count; i++)
		if (s->stop[i].kind == STOP_EVENT && s->stop[i].enabled &&
		    s->stop[i].event == event)
			return true;
	return false;
}

void stops_refresh(struct amm *a)
{
	struct instant now = { .world = amm_live(a),
			       .program = a->program,
			       .cpu = a->cpu };
	struct value old;

	for (uint32_t i = 0; i < a->stops->count; i++) {
		a->stops->stop[i].known = false;
		if (a->stops->stop[i].kind == STOP_WATCH)
			watch_changed(a, &a->stops->stop[i], &now, &old);
	}
}

static void show_json(struct text *out, struct amm *a, uint32_t n,
		      const struct stop *s)
{
	struct value v;
	struct error e;

	text_addf(out, "{\"number\":%u,\"what\":", n);
	show_quoted(out, s->text);
	text_add(out, ",\"value\":");
	if (resolve_here(a, &s->condition, &v, &e))
		say_json_value(out, amm_live(a), &v);
	else
		text_add(out, "null");
	text_add(out, "}");
}

static void show(struct amm *a, uint32_t n, const struct stop *s)
{
	struct value v;
	struct error e;

	text_addf(&a->out, "display %u: %s = ", n, s->text);
	if (resolve_here(a, &s->condition, &v, &e))
		say_value(&a->out, amm_live(a), &v);
	else
		text_addf(&a->out, "(%s)", e.message);
	text_add(&a->out, "\n");
}

void stops_show_one(struct amm *a, uint32_t number)
{
	const struct stop *s = &a->stops->stop[number - 1];

	if (a->form != FORM_JSON) {
		show(a, number, s);
		return;
	}
	text_add(&a->members, ",\"display\":[");
	show_json(&a->members, a, number, s);
	text_add(&a->members, "]");
}

void stops_show(struct amm *a)
{
	bool json = a->form == FORM_JSON;
	uint32_t shown = 0;

	for (uint32_t i = 0; i < a->stops->count; i++) {
		const struct stop *s = &a->stops->stop[i];

		if (s->kind != STOP_SHOW || !s->enabled)
			continue;
		if (!json) {
			show(a, i + 1, s);
			continue;
		}
		text_add(&a->members, shown++ ? "," : ",\"display\":[");
		show_json(&a->members, a, i + 1, s);
	}
	if (shown)
		text_add(&a->members, "]");
}
