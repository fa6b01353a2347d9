/*
 * do_stops.c - break, tbreak, watch, display and their lists
 */
#include "session/stops.h"

#include <string.h>

#include "session/resolve.h"
#include "session/say.h"

static struct stop *new_stop(struct amm *a, const char *text, struct error *e)
{
	struct stop *s;

	if (a->stops->count == STOPS_MAX) {
		error_set(e, STATUS_NO_ROOM,
			  "all %d numbers for stops are used", STOPS_MAX);
		error_hint(e, "reset starts again");
		return NULL;
	}
	s = &a->stops->stop[a->stops->count++];
	*s = (struct stop){ .enabled = true };
	text_cut_to(s->text, sizeof s->text, text);
	return s;
}

static void forget_last(struct amm *a)
{
	a->stops->count--;
}

/* An mm that does not exist now may come; other errors will stay. */
static bool makes_sense(struct amm *a, const struct expr *x, struct error *e)
{
	struct error now = { .status = STATUS_OK };
	struct value v;

	if (resolve_here(a, x, &v, &now) || now.status == STATUS_NO_SUCH_MM ||
	    now.status == STATUS_NULL_POINTER)
		return true;
	*e = now;
	return false;
}

static bool condition(struct amm *a, const struct call *c, struct stop *s,
		      struct error *e)
{
	const struct arg *x = call_flag(c, "if");

	if (!x)
		return true;
	s->has_condition = true;
	return expr_read_all(x->text, &s->condition, e) &&
	       makes_sense(a, &s->condition, e);
}

static bool event_named(const char *word, enum event_kind *kind)
{
	static const enum event_kind kinds[] = { EV_BORROW, EV_RELEASE,
						 EV_ZOMBIE, EV_FREE,
						 EV_FAULT,  EV_FLUSH,
						 EV_OOPS,   EV_WARN };

	if (strcmp(word, "ipi") == 0) {
		*kind = EV_IPI_SENT;
		return true;
	}
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(word, event_kind_name(kinds[i])) == 0) {
			*kind = kinds[i];
			return true;
		}
	return false;
}

static bool target(struct amm *a, const char *word, struct stop *s,
		   struct error *e)
{
	s->kind = STOP_EVENT;
	if (event_named(word, &s->event))
		return true;
	s->kind = STOP_FUNCTION;
	s->path = path_find(a->program, word);
	if (s->path != PATH_NONE && a->program->path[s->path])
		return true;
	error_set(e, STATUS_NO_SUCH_FUNCTION,
		  "there is no function or event '%s' in kernel %s", word,
		  a->program->profile.name);
	error_hint(e, "events: borrow release zombie free fault ipi flush "
		      "oops; "
		      "functions: list shows where a CPU is");
	return false;
}

static bool make_break(struct amm *a, const struct call *c, bool once,
		       struct error *e)
{
	const struct arg *cpu = call_flag(c, "--cpu");
	const char *word = c->arg[0].text;
	struct stop *s = new_stop(a, word, e);

	if (!s)
		return false;
	s->once = once;
	if (!target(a, word, s, e) || !condition(a, c, s, e)) {
		forget_last(a);
		return false;
	}
	s->on_cpu = cpu != NULL;
	s->cpu = cpu ? (cpu_id)cpu->number : 0;
	if (s->cpu >= amm_live(a)->max.cpus) {
		forget_last(a);
		error_set(e, STATUS_NO_SUCH_CPU, "there is no CPU %llu",
			  (unsigned long long)cpu->number);
		error_at(e, cpu->column, cpu->length);
		return false;
	}
	say_stop(a, a->stops->count, s);
	return true;
}

bool do_break(struct amm *a, const struct call *c, struct error *e)
{
	return make_break(a, c, false, e);
}

bool do_tbreak(struct amm *a, const struct call *c, struct error *e)
{
	return make_break(a, c, true, e);
}

static bool make_shown(struct amm *a, const struct call *c, uint8_t kind,
		       struct error *e)
{
	struct stop *s = new_stop(a, c->arg[0].text, e);

	if (!s)
		return false;
	s->kind = kind;
	if (!expr_read_all(c->arg[0].text, &s->condition, e) ||
	    !makes_sense(a, &s->condition, e)) {
		forget_last(a);
		return false;
	}
	return true;
}

bool do_watch(struct amm *a, const struct call *c, struct error *e)
{
	if (!make_shown(a, c, STOP_WATCH, e))
		return false;
	stops_refresh(a);
	say_stop(a, a->stops->count, &a->stops->stop[a->stops->count - 1]);
	return true;
}

bool do_display(struct amm *a, const struct call *c, struct error *e)
{
	if (c->args == 0) {
		stops_show(a);
		return true;
	}
	if (!make_shown(a, c, STOP_SHOW, e))
		return false;
	stops_show_one(a, a->stops->count);
	return true;
}

/* Does something to the numbered stops, or to all of these kinds. */
static bool each(struct amm *a, const struct call *c, struct error *e,
		 bool shown, void (*change)(struct stop *))
{
	for (unsigned i = 0; i < c->args; i++) {
		uint64_t n = c->arg[i].number;

		if (n == 0 || n > a->stops->count ||
		    a->stops->stop[n - 1].kind == STOP_NONE) {
			error_set(e, STATUS_NO_SUCH_NUMBER,
				  "there is no stop number %llu",
				  (unsigned long long)n);
			error_at(e, c->arg[i].column, c->arg[i].length);
			error_hint(e, "info breakpoints lists them");
			return false;
		}
	}
	for (unsigned i = 0; i < c->args; i++)
		change(&a->stops->stop[c->arg[i].number - 1]);
	for (uint32_t i = 0; i < a->stops->count && c->args == 0; i++)
		if ((a->stops->stop[i].kind == STOP_SHOW) == shown)
			change(&a->stops->stop[i]);
	return true;
}

static void remove_stop(struct stop *s)
{
	s->kind = STOP_NONE;
}
static void enable_stop(struct stop *s)
{
	s->enabled = true;
}
static void disable_stop(struct stop *s)
{
	s->enabled = false;
}

bool do_undisplay(struct amm *a, const struct call *c, struct error *e)
{
	return each(a, c, e, true, remove_stop);
}

bool do_delete(struct amm *a, const struct call *c, struct error *e)
{
	return each(a, c, e, false, remove_stop);
}

bool do_enable(struct amm *a, const struct call *c, struct error *e)
{
	return each(a, c, e, false, enable_stop);
}

bool do_disable(struct amm *a, const struct call *c, struct error *e)
{
	return each(a, c, e, false, disable_stop);
}

static bool list(struct amm *a, bool breaks, bool watches, bool shown,
		 const char *none)
{
	bool any = false;

	for (uint32_t i = 0; i < a->stops->count; i++) {
		const struct stop *s = &a->stops->stop[i];

		if ((breaks &&
		     (s->kind == STOP_EVENT || s->kind == STOP_FUNCTION)) ||
		    (watches && s->kind == STOP_WATCH) ||
		    (shown && s->kind == STOP_SHOW)) {
			say_stop(a, i + 1, s);
			any = true;
		}
	}
	if (!any && a->form != FORM_JSON)
		text_addf(&a->out, "no %s\n", none);
	return true;
}

bool look_info_breakpoints(struct amm *a, const struct call *c, struct error *e)
{
	(void)c;
	(void)e;
	return list(a, true, true, false, "breakpoints");
}

bool look_info_watchpoints(struct amm *a, const struct call *c, struct error *e)
{
	(void)c;
	(void)e;
	return list(a, false, true, false, "watchpoints");
}

bool look_info_display(struct amm *a, const struct call *c, struct error *e)
{
	(void)c;
	(void)e;
	return list(a, false, false, true, "displays");
}
