/*
 * do_time.c - forwards statement by statement, and back
 */
#include <string.h>

#include "session/commands.h"
#include "session/do_machine.h"
#include "session/keep.h"
#include "session/resolve.h"
#include "session/run.h"
#include "session/say.h"
#include "session/show.h"
#include "session/stops.h"

static uint64_t count_of(const struct call *c)
{
	return c->args && c->arg[0].kind == ARG_NUMBER ? c->arg[0].number : 1;
}

static uint64_t least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static bool nothing_to_do(struct amm *a, struct error *e)
{
	struct input in = { .kind = IN_STEP,
			    .actor = (uint16_t)a->cpu,
			    .count = 1 };
	struct verdict v = engine_check(amm_live(a), a->program, &in);

	if (v.why == REFUSED_NOT)
		return false;
	if (v.why == REFUSED_waits && a->settings.value[SET_IPI] == IPI_AUTO &&
	    ipi_owing(amm_live(a), a->cpu) != CPU_NONE)
		return false;
	refusal_error(a, &v, e);
	return true;
}

bool do_step(struct amm *a, const struct call *c, struct error *e)
{
	struct run r = { .a = a,
			 .scope = DRIVE_ACTOR,
			 .actor = a->cpu,
			 .limit = count_of(c) };

	return !nothing_to_do(a, e) && run_command(&r, e);
}

/* Where `next` started: back at this depth of the same stack, it is done. */
struct depth {
	uint32_t stack, left;
	uint8_t depth;
};

static bool function_done(const struct run *r, void *context)
{
	struct depth *d = context;
	uint32_t s = actor_stack(amm_live(r->a), r->actor);
	const struct flat_op *op =
		actor_op(amm_live(r->a), r->a->program, r->actor);

	if (s == d->stack && op && op->depth > d->depth)
		return false;
	if (op)
		d->depth = op->depth;
	d->stack = s;
	return --d->left == 0;
}

bool do_next(struct amm *a, const struct call *c, struct error *e)
{
	struct depth d = { .left = (uint32_t)least(count_of(c), UINT32_MAX) };
	struct run r = { .a = a,
			 .scope = DRIVE_ACTOR,
			 .actor = a->cpu,
			 .enough = function_done,
			 .context = &d };

	if (nothing_to_do(a, e))
		return false;
	d.stack = actor_stack(amm_live(a), a->cpu);
	d.depth = actor_op(amm_live(a), a->program, a->cpu)->depth;
	return run_command(&r, e);
}

bool do_finish(struct amm *a, const struct call *c, struct error *e)
{
	struct run r = { .a = a, .scope = DRIVE_ACTOR, .actor = a->cpu };

	(void)c;
	return !nothing_to_do(a, e) && run_command(&r, e);
}

static bool anything_in_flight(struct amm *a, struct error *e)
{
	const struct world *w = amm_live(a);

	for (uint32_t i = 0; i < w->actors; i++)
		if (actor_stack(w, i))
			return true;
	error_set(e, STATUS_REFUSED_NOTHING_TO_STEP, "nothing is in progress");
	error_hint(e, "begin COMMAND starts an action and stops before its "
		      "first statement");
	return false;
}

enum { ORDER_MAX = 64 };

/* 1,0,2: the CPUs that go first. */
static bool read_order(struct amm *a, const struct arg *list, struct run *r,
		       uint16_t *order, struct error *e)
{
	uint32_t cpus = amm_live(a)->max.cpus;
	const char *at = list->text;

	for (; *at && r->orders < ORDER_MAX; at += *at == ',') {
		char word[16];
		uint64_t cpu = cpus;
		size_t n = strcspn(at, ",");

		text_cut_to(word, n < sizeof word ? n + 1 : sizeof word, at);
		if (!call_read_cpu(word, &cpu) || cpu >= cpus) {
			error_set(e, STATUS_NO_SUCH_CPU, "there is no CPU '%s'",
				  word);
			error_at(e, list->column, list->length);
			error_hint(e, "this machine has 0 to %u", cpus - 1);
			return false;
		}
		order[r->orders++] = (uint16_t)cpu;
		at += n;
	}
	return true;
}

bool do_continue(struct amm *a, const struct call *c, struct error *e)
{
	const struct arg *list = call_flag(c, "--order");
	uint16_t order[ORDER_MAX];
	struct run r = {
		.a = a, .scope = DRIVE_ALL, .actor = a->cpu, .order = order
	};

	return (!list || read_order(a, list, &r, order, e)) &&
	       anything_in_flight(a, e) && run_command(&r, e);
}

struct until {
	struct expr expr;
	const char *text;
	bool reached;
};

static bool is_reached(const struct run *r, void *context)
{
	struct until *u = context;
	struct value v;
	struct error ignored;

	u->reached =
		resolve_here(r->a, &u->expr, &v, &ignored) && value_truth(&v);
	return u->reached;
}

static void say_reached(struct run *r, void *context)
{
	const struct until *u = context;

	if (!u->reached)
		keep_outcome(r->a, OUTCOME_NO);
	if (r->a->form == FORM_JSON)
		text_addf(&r->a->members, ",\"reached\":%s",
			  u->reached ? "true" : "false");
	else
		text_addf(&r->a->stop_text, "%s: %s\n",
			  u->reached ? "reached" : "not reached", u->text);
}

static bool already_so(struct amm *a, const char *text)
{
	if (a->form == FORM_JSON)
		say_json(a, ",\"reached\":true");
	else
		text_addf(&a->out, "already so: %s\n", text);
	return true;
}

bool do_until(struct amm *a, const struct call *c, struct error *e)
{
	struct until u = { .text = c->arg[0].text };
	struct run r = { .a = a,
			 .scope = DRIVE_ALL,
			 .actor = a->cpu,
			 .enough = is_reached,
			 .last = say_reached,
			 .context = &u };
	struct value v;

	if (!expr_read_all(c->arg[0].text, &u.expr, e) ||
	    !resolve_here(a, &u.expr, &v, e))
		return false;
	if (value_truth(&v))
		return already_so(a, u.text);
	return anything_in_flight(a, e) && run_command(&r, e);
}

/* --- going back and forth ------------------------------------------------ */

static bool no_more_history(struct amm *a)
{
	if (a->form == FORM_JSON)
		say_json(a, ",\"moved\":false");
	else
		text_add(&a->out, "No more history.\n");
	return true;
}

bool travel(struct amm *a, struct moment to, struct error *e)
{
	a->reset_from = (struct moment){ 0, 0 };
	if (!history_goto(a->history, to)) {
		error_set(e, STATUS_NO_ROOM, "out of memory");
		return false;
	}
	if (a->cpu >= amm_live(a)->max.cpus)
		a->cpu = 0;
	a->broken = 0;
	stops_refresh(a);
	say_where(a);
	return true;
}

/* Going is journaled too, so that a resumed session stands where it stood. */
bool go_to(struct amm *a, struct moment to, struct error *e)
{
	struct text line = { 0 };

	if (!travel(a, to, e))
		return false;
	text_addf(&line, "goto t%u.%u", to.command, to.statement);
	keep_record(a, text_string(&line));
	text_free(&line);
	return true;
}

static struct moment end_of(const struct amm *a, uint32_t command)
{
	return (struct moment){
		command, history_entry(a->history, command)->statements
	};
}

bool do_undo(struct amm *a, const struct call *c, struct error *e)
{
	struct moment now = history_now(a->history);
	uint64_t n = count_of(c);

	if (now.command == a->origin && a->reset_from.command)
		return go_to(a, a->reset_from, e);
	if (now.command <= a->origin)
		return no_more_history(a);
	n = least(n, now.command - a->origin);
	return go_to(a, end_of(a, now.command - (uint32_t)n), e);
}

bool do_redo(struct amm *a, const struct call *c, struct error *e)
{
	struct moment now = history_now(a->history);
	struct moment end = history_last(a->history);
	uint64_t n = count_of(c);

	if (now.command == end.command && now.statement == end.statement)
		return no_more_history(a);
	if (now.statement < end_of(a, now.command).statement)
		n--;
	n = least(n, end.command - now.command);
	return go_to(a, end_of(a, now.command + (uint32_t)n), e);
}

bool do_goto(struct amm *a, const struct call *c, struct error *e)
{
	struct moment to;

	if (!keep_moment(a, &c->arg[0].time, &to, e)) {
		error_at(e, c->arg[0].column, c->arg[0].length);
		return false;
	}
	return go_to(a, to, e);
}

static uint32_t time_now(const struct amm *a)
{
	return history_time(a->history, history_now(a->history));
}

static uint32_t first_time(const struct amm *a)
{
	return history_time(a->history, end_of(a, 0));
}

static bool back_to_time(struct amm *a, uint32_t time, struct error *e)
{
	return go_to(a, history_moment(a->history, time), e);
}

bool do_reverse_step(struct amm *a, const struct call *c, struct error *e)
{
	uint32_t now = time_now(a), first = first_time(a);

	if (now <= first)
		return no_more_history(a);
	return back_to_time(a, now - (uint32_t)least(count_of(c), now - first),
			    e);
}

bool do_reverse_finish(struct amm *a, const struct call *c, struct error *e)
{
	struct moment now = history_now(a->history);

	(void)c;
	if (now.command == 0)
		return no_more_history(a);
	return go_to(a, end_of(a, now.command - 1), e);
}

/* --- searching the past --------------------------------------------------- */

/* Goes through all statements up to now, the world beside them. */
struct search {
	struct amm *a;
	struct world *w;
	struct event event[STEP_EVENTS_MAX];
	size_t n;
	uint32_t until, found; /* world times; found 0: nothing */
	bool (*is_it)(struct search *s);
	uint32_t stack;
	uint8_t depth;
	struct text why, last_why;
};

static void statement_over(struct search *s)
{
	if (s->n && s->w->time <= s->until && s->is_it(s)) {
		struct text swap = s->last_why;

		s->found = s->w->time;
		s->last_why = s->why;
		s->why = swap;
	}
	text_clear(&s->why);
	s->n = 0;
}

static bool look_at(void *context, uint64_t number, const struct event *e)
{
	struct search *s = context;

	(void)number;
	if (e->kind == EV_STEP)
		statement_over(s);
	if (e->time > s->until)
		return false;
	event_fold(s->w, e);
	if (s->n < STEP_EVENTS_MAX)
		s->event[s->n++] = *e;
	return true;
}

static bool search_past(struct search *s, struct error *e)
{
	const struct history *h = s->a->history;
	const struct entry *second = history_entry(h, 1);

	s->w = history_peek(h, end_of(s->a, 0));
	if (!s->w) {
		error_set(e, STATUS_NO_ROOM, "out of memory");
		return false;
	}
	if (second)
		history_scan(h, second->first_event, UINT64_MAX, look_at, s);
	statement_over(s);
	history_drop(s->w);
	text_free(&s->why);
	return true;
}

static bool would_stop(struct search *s)
{
	struct instant at = { .world = s->w,
			      .program = s->a->program,
			      .event = s->event,
			      .events = s->n,
			      .cpu = s->a->cpu,
			      .at = history_moment(s->a->history, s->w->time),
			      .form = s->a->form };

	return stops_hit(s->a, &at, &s->why) != 0;
}

static void say_undone(struct amm *a, const struct search *s)
{
	const char *why = text_string(&s->last_why);

	if (a->form == FORM_JSON) {
		text_addf(&a->members, ",\"moved\":%s",
			  s->found ? "true" : "false");
		text_add(&a->members, s->found ? ",\"undone\":" : "");
		if (s->found)
			show_quoted(&a->members, why);
	} else if (s->found) {
		text_addf(&a->out, "undone: %s", why);
	}
}

bool do_reverse_continue(struct amm *a, const struct call *c, struct error *e)
{
	struct search s = { .a = a, .until = time_now(a), .is_it = would_stop };
	struct stops before = *a->stops;
	bool ok;

	(void)c;
	if (time_now(a) <= first_time(a))
		return no_more_history(a);
	for (uint32_t i = 0; i < a->stops->count; i++)
		a->stops->stop[i].known = a->stops->stop[i].once = false;
	if (!search_past(&s, e))
		return false;
	*a->stops = before;
	say_undone(a, &s);
	text_free(&s.last_why);
	ok = s.found ? back_to_time(a, s.found - 1, e)
		     : go_to(a, end_of(a, 0), e);
	if (ok && !s.found && a->form != FORM_JSON)
		no_more_history(a);
	return ok;
}

/* The last statement at this depth or above, of this CPU. */
static bool same_depth(struct search *s)
{
	const struct flat_op *op;

	if (s->event[0].actor != s->a->cpu || s->w->time >= s->until)
		return false;
	op = actor_op(s->w, s->a->program, s->a->cpu);
	return !op || op->depth <= s->depth;
}

bool do_reverse_next(struct amm *a, const struct call *c, struct error *e)
{
	uint64_t n = count_of(c);
	uint32_t first = first_time(a), time = time_now(a);

	if (time <= first)
		return no_more_history(a);
	for (; n > 0 && time > first; n--) {
		const struct flat_op *op =
			actor_op(amm_live(a), a->program, a->cpu);
		struct search s = { .a = a,
				    .until = time,
				    .is_it = same_depth,
				    .depth = op ? op->depth : 0 };

		if (!search_past(&s, e))
			return false;
		text_free(&s.last_why);
		time = s.found > first ? s.found : first;
	}
	return back_to_time(a, time, e);
}

bool do_bookmark(struct amm *a, const struct call *c, struct error *e)
{
	struct shelf *s = a->shelf;
	struct moment at = history_now(a->history);
	uint32_t i = 0;

	if (c->args > 1 && !keep_moment(a, &c->arg[1].time, &at, e))
		return false;
	while (i < s->marks && strcmp(s->mark[i].name, c->arg[0].text) != 0)
		i++;
	if (i == MARKS_MAX) {
		error_set(e, STATUS_NO_ROOM, "there are %d bookmarks already",
			  MARKS_MAX);
		return false;
	}
	s->marks += i == s->marks;
	text_cut_to(s->mark[i].name, sizeof s->mark[i].name, c->arg[0].text);
	s->mark[i].at = at;
	say_mark(a, &s->mark[i]);
	return true;
}
