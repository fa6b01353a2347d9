/*
 * step.c - one statement at a time, on one actor
 */
#include "engine/run.h"

/* Is the statement at @pc in the same ATOMIC group as the one just run? */
static bool goes_on(const struct run *r, uint32_t pc)
{
	const struct flat_op *next = &r->p->flat[pc];

	return r->op->atomic && pc && next->code == FLAT_DO &&
	       next->atomic == r->op->atomic;
}

/* Runs the statement at @pc and what ATOMIC ties to it. */
static uint32_t run_statement(struct run *r, uint32_t pc)
{
	for (;;) {
		act(r);
		pc = flow(r, pc + 1);
		if (!goes_on(r, pc))
			return pc;
		run_at(r, pc);
	}
}

/* False when the actor waits: nothing happens then. */
static bool step(struct run *r)
{
	const uint32_t rest = r->top->pc;
	uint32_t pc = rest;
	struct event *e;

	run_at(r, pc);
	if (r->op->code == FLAT_WAIT) {
		if (!test(r, r->op))
			return false;
		pc = flow(r, pc + 1);
		if (!pc)
			return true;
		run_at(r, pc);
	}
	r->time = ++r->w->time;
	e = note(r, EV_STEP, r->stack, rest, rest, 0);
	pc = run_statement(r, pc);
	if (pc)
		e->new = r->top->pc = pc;
	return true;
}

static void force(struct run *r, const struct input *in)
{
	struct event e = { .kind = in->verb,
			   .object = in->arg[0],
			   .field = (uint8_t)in->arg[2],
			   .new = in->arg[1],
			   .arg = in->arg[2] };
	struct event *told =
		tell(r, (enum event_kind)e.kind, e.field, e.object);

	told->arg = e.arg;
	told->holder = in->arg[3];
	told->new = e.new;
	told->old = event_value(r->w, &e);
	event_fold(r->w, &e);
}

/* The first statement has its room: step.h asks for that. */
static bool has_room(const struct run *r, uint32_t done)
{
	return done == 0 || r->next + STEP_EVENTS_MAX <= r->end;
}

static uint32_t run_steps(struct run *r, uint32_t count)
{
	uint32_t n = 0;

	run_on(r, actor_stack(r->w, r->actor));
	while (n < count && r->stack != STACK_NONE && has_room(r, n) &&
	       step(r)) {
		n++;
		/* A path that ended leaves the one that it lay on. */
		if (r->stack == STACK_NONE)
			run_on(r, actor_stack(r->w, r->actor));
	}
	return n;
}

/* Steps are checked by running them: what cannot run changes nothing. */
static struct verdict step_on(struct run *r, const struct input *in,
			      uint32_t *ran)
{
	static const struct verdict done;
	uint32_t n;

	if (in->actor >= r->w->actors)
		return engine_check(r->w, r->p, in);
	n = run_steps(r, in->count);
	if (n == 0)
		return engine_check(r->w, r->p, in);
	if (ran)
		*ran += n;
	return done;
}

static struct verdict start(struct run *r, const struct input *in)
{
	struct verdict v = engine_check(r->w, r->p, in);

	if (v.why != REFUSED_NOT)
		return v;
	if (in->kind == IN_PATH)
		push_path(r, in->actor, (enum path_id)in->verb, in->arg);
	else if (in->kind == IN_FORCE)
		force(r, in);
	else
		do_verb(r, in);
	return v;
}

struct verdict engine_input(struct world *w, const struct program *p,
			    const struct input *in, struct event_log *log,
			    uint32_t *ran)
{
	struct run r = { .w = w,
			 .p = p,
			 .next = log->events + log->count,
			 .end = log->events + log->capacity,
			 .time = w->time };
	struct verdict v;

	r.actor = in->actor;
	v = in->kind == IN_STEP ? step_on(&r, in, ran) : start(&r, in);
	if (v.why != REFUSED_NOT)
		return v;
	log->count = (size_t)(r.next - log->events);
	v.actor = r.actor;
	return v;
}
