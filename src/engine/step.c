/*
 * step.c - one statement at a time, on one actor
 */
#include "engine/run.h"

/* Is the statement at @pc in the same ATOMIC group as the one just run? */
static bool goes_on(const struct run *r, uint32_t pc)
{
	const struct flat_op *next = &r->p->flat[pc];

	return pc && r->op->atomic && next->code == FLAT_DO &&
	       next->atomic == r->op->atomic;
}

/* Runs the statement at @pc and what ATOMIC ties to it. */
static uint32_t run_statement(struct run *r, uint32_t pc)
{
	do {
		r->op = &r->p->flat[pc];
		act(r);
		pc = flow(r, pc + 1);
	} while (goes_on(r, pc));
	return pc;
}

static void step(struct run *r)
{
	uint32_t rest = top(r)->pc, stack = r->stack, pc = rest;
	struct event *e;
	size_t at = r->log->count;

	r->op = &r->p->flat[pc];
	if (r->op->code == FLAT_WAIT) {
		pc = flow(r, pc + 1);
		if (!pc)
			return;
		r->op = &r->p->flat[pc];
	}
	r->w->time++;
	e = note(r, EV_STEP, stack, rest, rest, 0);
	at = (size_t)(e - r->log->events);
	pc = run_statement(r, pc);
	if (!pc)
		return;
	r->log->events[at].new = pc;
	stack_of(r->w, stack)->pc = pc;
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

static uint32_t run_steps(struct run *r, uint32_t count)
{
	uint32_t n = 0;

	while (n < count && actor_state(r->w, r->p, r->actor) == ACTOR_READY) {
		r->stack = actor_stack(r->w, r->actor);
		step(r);
		n++;
	}
	return n;
}

struct verdict engine_input(struct world *w, const struct program *p,
			    const struct input *in, struct event_log *log,
			    uint32_t *ran)
{
	struct run r = { .w = w, .p = p, .log = log, .actor = in->actor };
	struct verdict refused = engine_check(w, p, in);
	uint32_t n = 0;

	if (refused.why != REFUSED_NOT)
		return refused;
	if (in->kind == IN_STEP)
		n = run_steps(&r, in->count);
	else if (in->kind == IN_PATH)
		push_path(&r, in->actor, (enum path_id)in->verb, in->arg);
	else if (in->kind == IN_FORCE)
		force(&r, in);
	else
		do_verb(&r, in);
	refused.actor = r.actor;
	if (ran)
		*ran += n;
	return refused;
}
