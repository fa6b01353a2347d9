/*
 * run.c - driving a command on, and everything that may stop it
 */
#include "session/run.h"

#include <string.h>

#include "base/mem.h"
#include "session/history_parts.h"

#include "session/do_lua.h"
#include "session/keep.h"
#include "session/say.h"
#include "session/show.h"
#include "session/stops.h"

/* In a big world all invariants after each statement would take too long. */
enum { CHECKED_TASKS_MAX = 600, BROKEN_SHOWN_MAX = 8 };

struct batch {
	struct event event[STEP_EVENTS_MAX];
	size_t n;
};

static bool gather(void *context, uint64_t number, const struct event *e)
{
	struct batch *b = context;

	(void)number;
	if (b->n < STEP_EVENTS_MAX)
		b->event[b->n++] = *e;
	return true;
}

/* A broken invariant is told once, until it holds again. */
static bool invariants_broken(struct amm *a)
{
	struct broken found[BROKEN_SHOWN_MAX];
	uint64_t now = 0;
	size_t n;

	n = check_world(amm_live(a), a->program, a->invariants, found,
			BROKEN_SHOWN_MAX);
	if (n > BROKEN_SHOWN_MAX)
		n = BROKEN_SHOWN_MAX;
	for (size_t i = 0; i < n; i++) {
		uint64_t bit = (uint64_t)1 << found[i].invariant;

		if (!(a->broken & bit) && !(now & bit))
			broken_show(a, &found[i]);
		now |= bit;
	}
	n = (now & ~a->broken) != 0;
	a->broken = now;
	if (n)
		keep_outcome(a, OUTCOME_BROKEN);
	return n;
}

static bool invariants_stop(struct amm *a)
{
	if (amm_live(a)->max.tasks > CHECKED_TASKS_MAX)
		return false;
	if (invariants_broken(a))
		return true;
	return keep_rules_broken(a);
}

static bool stopped(struct run *r, uint64_t first_event)
{
	struct amm *a = r->a;
	struct batch b = { .n = 0 };
	struct text why = { 0 };
	bool stop = invariants_stop(a);

	if (a->stops->count) {
		history_scan(a->history, first_event, UINT64_MAX, gather, &b);
		stop |= stops_hit(a,
				  &(struct instant){
					  .world = amm_live(a),
					  .program = a->program,
					  .event = b.event,
					  .events = b.n,
					  .cpu = a->cpu,
					  .at = history_now(a->history),
					  .form = a->form },
				  &why) != 0;
	}
	if (script_stops(a)) {
		text_add(&why, "interrupted\n");
		keep_outcome(a, OUTCOME_INTERRUPTED);
		stop = true;
	}
	text_add(&a->stop_text, text_string(&why));
	text_free(&why);
	return stop;
}

static uint32_t actors_in_order(const struct run *r, uint32_t i)
{
	return i < r->orders ? r->order[i] : i - r->orders;
}

/* The next input for whoever this command drives. */
static bool next_input(const struct run *r, struct input *next)
{
	const struct world *w = amm_live(r->a);
	bool ipis = r->a->settings.value[SET_IPI] == IPI_AUTO;

	if (r->scope == DRIVE_ACTOR)
		return drive_next(w, r->a->program, r->actor, ipis, next);
	for (uint32_t i = 0; r->scope == DRIVE_ALL && i < w->actors + r->orders;
	     i++)
		if (drive_next(w, r->a->program, actors_in_order(r, i), ipis,
			       next))
			return true;
	return false;
}

static bool out_of_memory(struct error *e)
{
	error_set(e, STATUS_NO_ROOM, "out of memory");
	error_hint(e, "what was done so far stands; save the session");
	return false;
}

static bool one_step(struct run *r, const struct input *next, struct error *e)
{
	struct verdict v = history_input(r->a->history, next);

	if (!history_healthy(r->a->history) || v.why != REFUSED_NOT)
		return out_of_memory(e);
	return true;
}

/*
 * Is what was started over?  Set-up at once, an interrupt when its stack is
 * given back: what its CPU was in the middle of is not the command's.  After
 * a switch, though, whoever was switched in goes on.
 */
static bool is_over(const struct run *r, const struct world *w)
{
	if (!r->start)
		return false;
	return r->stack == STACK_NONE || (r->start->verb == VERB_ipi &&
					  actor_stack(w, r->actor) != r->stack);
}

static bool more(const struct run *r, struct input *next)
{
	return !is_over(r, amm_live(r->a)) && next_input(r, next);
}

/* Runs on until done, waiting or stopped; r->cut says which. */
static bool drive(struct run *r, struct error *e)
{
	struct history *h = r->a->history;
	struct input next;

	while (more(r, &next)) {
		uint64_t event = history_events(h);

		if (r->limit && history_now(h).statement >= r->limit)
			return true; /* as its line says */
		r->cut = history_now(h).statement >= r->a->steps;
		if (r->cut)
			return true;
		if (!one_step(r, &next, e))
			return false;
		session_tick(r->a);
		if (stopped(r, event)) {
			r->cut = more(r, &next);
			return true;
		}
		if (r->enough && r->enough(r, r->context))
			return true;
	}
	return true;
}

/* The stack that a start by @actor pushed, or STACK_NONE. */
static uint32_t pushed(const struct world *w, uint32_t actor, uint32_t before)
{
	uint32_t s = actor_stack(w, actor);

	return actor < w->max.cpus && s == before ? STACK_NONE : s;
}

/* anon off goes on with what anon on began. */
static uint32_t stack_before(const struct world *w, const struct input *in)
{
	return in->kind == IN_VERB && in->verb == VERB_anon_off
		       ? STACK_NONE
		       : actor_stack(w, in->actor);
}

static bool start(struct run *r, struct error *e)
{
	struct history *h = r->a->history;
	struct verdict v;
	struct input next;
	uint32_t before;

	if (!r->start)
		return true;
	before = stack_before(amm_live(r->a), r->start);
	v = history_input(h, r->start);
	if (!history_healthy(h))
		return out_of_memory(e);
	r->actor = v.actor;
	r->stack = pushed(amm_live(r->a), v.actor, before);
	r->cut = stopped(r, r->first_event) && r->scope != DRIVE_NONE &&
		 more(r, &next);
	return true;
}

/* Why the command ended where it is. */
static void say_waits(struct run *r)
{
	const struct world *w = amm_live(r->a);
	const struct flat_op *op = actor_op(w, r->a->program, r->actor);
	cpu_id owing;

	if (r->scope != DRIVE_ACTOR || r->cut || !op || is_over(r, w) ||
	    actor_state(w, r->a->program, r->actor) != ACTOR_WAITS)
		return;
	if (r->actor < w->max.cpus && op->what == CO_vfork_done) {
		say_sleeps(r->a, r->actor);
		return;
	}
	owing = ipi_owing(w, r->actor);
	say_waits_for(r->a, r->actor, owing);
}

static bool check_start(struct run *r, struct error *e)
{
	struct verdict v = { .why = REFUSED_NOT };

	if (r->start)
		v = engine_check(amm_live(r->a), r->a->program, r->start);
	if (v.why == REFUSED_NOT)
		return true;
	refusal_error(r->a, &v, e);
	return false;
}

/* --- on a copy ---------------------------------------------------------------- */

struct rehearsal {
	struct world *w;
	struct event_log log;
};

static bool rehearse(struct run *r, struct rehearsal *x)
{
	const struct program *p = r->a->program;
	bool ipis = r->a->settings.value[SET_IPI] == IPI_AUTO;
	struct input next = *r->start;
	uint32_t before = stack_before(x->w, &next);

	r->actor = engine_input(x->w, p, &next, &x->log, NULL).actor;
	r->stack = pushed(x->w, r->actor, before);
	while (r->scope != DRIVE_NONE && !is_over(r, x->w) &&
	       drive_next(x->w, p, r->actor, ipis, &next)) {
		size_t room = x->log.capacity;

		if (room - x->log.count < STEP_EVENTS_MAX &&
		    !make_room((void **)&x->log.events, &room,
			       room + STEP_EVENTS_MAX, sizeof *x->log.events))
			return false;
		x->log.capacity = room;
		engine_input(x->w, p, &next, &x->log, NULL);
	}
	return true;
}

/* -n: what it would change; the machine and its history are untouched. */
static bool run_dry(struct run *r, struct error *e)
{
	struct amm *a = r->a;
	struct rehearsal x = { .w = history_peek(a->history,
						 history_now(a->history)) };
	bool ok = x.w && make_room((void **)&x.log.events, &x.log.capacity,
				   4 * STEP_EVENTS_MAX, sizeof *x.log.events);

	ok = ok && rehearse(r, &x);
	if (ok && a->form == FORM_JSON)
		text_add(&a->members, ",\"dry_run\":true");
	if (ok)
		narrate_events(a, x.w, x.log.events, x.log.count);
	if (ok && a->form != FORM_JSON)
		text_add(&a->out, "nothing was changed (--dry-run)\n");
	am_free(x.log.events);
	history_drop(x.w);
	return ok || out_of_memory(e);
}

/* One may look inside the boot; a machine begins with a whole one. */
static bool still_boots(const struct amm *a, struct error *e)
{
	struct moment now = history_now(a->history);

	if (now.command > 0 ||
	    now.statement >= history_entry(a->history, 0)->statements)
		return false;
	error_set(e, STATUS_REFUSED_IN_PATH, "the machine still boots here");
	error_hint(e, "redo goes to the end of its boot");
	return true;
}

static bool is_oops(void *context, uint64_t number, const struct event *e)
{
	bool *oopsed = context;

	(void)number;
	*oopsed |= e->kind == EV_OOPS;
	return !*oopsed;
}

/* Who waits for an oops with a breakpoint expects one. */
static void judge_oops(struct amm *a, uint64_t first)
{
	bool oopsed = false;

	history_scan(a->history, first, UINT64_MAX, is_oops, &oopsed);
	if (oopsed)
		keep_outcome(a, OUTCOME_BROKEN);
}

bool run_command(struct run *r, struct error *e)
{
	struct amm *a = r->a;
	bool expected = stops_expect(a->stops, EV_OOPS);
	bool ok;

	if (still_boots(a, e) || !check_start(r, e))
		return false;
	if (a->dry && r->start)
		return run_dry(r, e);
	keep_branch(a);
	if (!history_begin(a->history, keep_line(a), a->cpu))
		return out_of_memory(e);
	history_note(a->history, keep_mode(&a->settings));
	r->first_event = history_events(a->history);
	ok = start(r, e);
	if (ok && !r->cut && r->scope != DRIVE_NONE)
		ok = drive(r, e);
	history_commit(a->history, r->cut);
	keep_commit(a);
	if (!a->committed)
		a->committed_at = history_now(a->history).command;
	a->committed = true;
	if (!expected)
		judge_oops(a, r->first_event);
	say_waits(r);
	if (r->scope != DRIVE_ALL &&
	    (r->cut || r->limit || r->enough || a->begin))
		say_next(a, r->actor);
	if (ok && r->last)
		r->last(r, r->context);
	say_done(a, r->first_event);
	return ok;
}

bool run_verb(struct amm *a, const struct input *in, struct error *e)
{
	struct run r = { .a = a,
			 .start = in,
			 .scope = a->begin ? DRIVE_NONE : DRIVE_ACTOR };

	return run_command(&r, e);
}
