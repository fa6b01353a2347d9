/*
 * step.c - one statement at a time, on one actor
 */
#include "engine/run.h"

#include <assert.h>
#include <string.h>

static struct event *tell(struct run *r, enum event_kind kind, uint8_t field,
	uint32_t object)
{
	struct event *e = &r->log->events[r->log->count];

	assert(r->log->count < r->log->capacity);
	r->log->count++;
	*e = (struct event){ .time = r->w->time, .actor = (uint16_t)r->actor,
		.kind = (uint8_t)kind, .field = field, .object = object,
		.path = r->op ? r->op->path : PATH_NONE,
		.statement = r->op ? r->op->index : 0 };
	return e;
}

struct event *note(struct run *r, enum event_kind kind, uint32_t object,
	uint32_t old, uint32_t new, uint32_t holder)
{
	struct event *e = tell(r, kind, 0, object);

	e->old = old;
	e->new = new;
	e->holder = holder;
	return e;
}

/* Nobody's slots (task 0, mm 0) are never written: a wrong path may try. */
static bool is_nobody(const struct run *r, const struct place *at)
{
	if (at->kind == EV_MM || at->kind == EV_MM_SHOWN)
		return at->object == 0 || at->object >= r->w->max.mms;
	return at->object == 0 && (at->kind == EV_TASK ||
		at->kind == EV_TASK_SHOWN || at->kind == EV_STACK ||
		at->kind == EV_HOLDER);
}

void change(struct run *r, struct place at, uint32_t value, uint32_t holder)
{
	struct event *e;

	if (is_nobody(r, &at) || *at.word == value)
		return;
	e = tell(r, (enum event_kind)at.kind, at.field, at.object);
	e->old = *at.word;
	e->new = value;
	e->holder = holder;
	*at.word = value;
	if (at.field == 0)
		slot_changed(r->w, at.kind, at.object, value != 0);
}

void change_bit(struct run *r, enum event_kind kind, uint32_t object,
	uint32_t bit, bool value)
{
	struct event e = { .kind = (uint8_t)kind, .object = object, .arg = bit,
		.old = !value, .new = value };
	struct event *told;

	if (kind == EV_MASK && object >= r->w->max.mms)
		return;
	if (event_value(r->w, &e) == value)
		return;
	told = tell(r, kind, 0, object);
	told->arg = bit;
	told->old = e.old;
	told->new = e.new;
	event_fold(r->w, &e);
}

/* The word that names the top stack of this kind of actor. */
static struct place stack_place(const struct run *r, uint32_t actor)
{
	struct cpu *cpu;

	if (actor >= r->w->max.cpus)
		return PLACE(r, HOLDER, holder, actor - r->w->max.cpus, stack);
	cpu = cpu_of(r->w, actor);
	if (cpu->irq_stack)
		return PLACE(r, CPU, cpu, actor, irq_stack);
	if (cpu->sched_stack)
		return PLACE(r, CPU, cpu, actor, sched_stack);
	return PLACE(r, TASK, task, cpu->current, stack);
}

uint32_t actor_stack(const struct world *w, uint32_t actor)
{
	const struct cpu *cpu;

	if (actor >= w->max.cpus)
		return world_holder(w, actor - w->max.cpus)->stack;
	cpu = world_cpu(w, actor);
	if (cpu->irq_stack)
		return cpu->irq_stack;
	if (cpu->sched_stack)
		return cpu->sched_stack;
	return world_task(w, cpu->current)->stack;
}

/* An outside holder that holds nothing and does nothing is gone. */
static void drop_empty_holder(struct run *r)
{
	static const struct holder nothing;
	static const struct holder_shown unseen;
	uint32_t h = r->actor - r->w->max.cpus;
	const struct holder *holder = world_holder(r->w, h);

	if (holder->users || holder->counts || holder->stack)
		return;
	change_words(r, PLACE(r, HOLDER, holder, h, slot),
		(const uint32_t *)&nothing, sizeof nothing / 4);
	change_words(r, (struct place){ holder_shown_of(r->w, h)->label, h,
		EV_HOLDER_SHOWN, 0 }, unseen.label, LABEL_WORDS);
}

static void pop(struct run *r)
{
	static const struct stack nothing;
	struct place owner = stack_place(r, r->actor);

	change(r, owner, top(r)->below, 0);
	change_words(r, PLACE(r, STACK, stack, r->stack, slot),
		(const uint32_t *)&nothing, sizeof nothing / 4);
	r->stack = STACK_NONE;
	if (!is_cpu(r))
		drop_empty_holder(r);
}

static void pass_argument(struct run *r, const struct flat_op *op)
{
	struct place to = place_of(r, op->arg[0]), from;
	uint32_t value;

	if (to.kind != EV_STACK || OPERAND_KIND(op->arg[0]) != M(0)) {
		change(r, to, value_of(r, op->arg[1]), 0);
		return;
	}
	value = ref_to(mm_value(r, op->arg[1]), OWNS_NOTHING);
	if (op->negate) {	/* the callee consumes what the reference owns */
		from = place_of(r, op->arg[1]);
		value = *from.word;
		change(r, from, ref_to(ref_mm(value), OWNS_NOTHING), 0);
	}
	change(r, to, value, 0);
}

static void clear_registers(struct run *r, const struct flat_op *op)
{
	for (uint32_t i = 0; i < STACK_TASKS; i++)
		if (op->arg[0] >> i & 1)
			SET_STACK(r, r->stack, task[i], 0);
	for (uint32_t i = 0; i < STACK_NUMBERS; i++)
		if (op->arg[1] >> i & 1)
			SET_STACK(r, r->stack, number[i], 0);
	for (uint32_t i = 0; i < STACK_REFS; i++)
		if (op->arg[2] >> i & 1)
			SET_STACK(r, r->stack, mm[i], 0);
}

/* Control flow up to the next statement; returns where the stack rests. */
static uint32_t flow(struct run *r, uint32_t pc)
{
	for (;;) {
		const struct flat_op *op = &r->p->flat[pc];

		switch ((enum flat_code)op->code) {
		case FLAT_DO:
		case FLAT_WAIT:
			return pc;
		case FLAT_TEST:
			pc = test(r, op) ? pc + 1 : op->to;
			break;
		case FLAT_JUMP:
			pc = op->to;
			break;
		case FLAT_ARG:
			pass_argument(r, op);
			pc++;
			break;
		case FLAT_CLEAR:
			clear_registers(r, op);
			pc++;
			break;
		case FLAT_RET:
			pop(r);
			return 0;
		}
	}
}

/* Runs the statement at @pc and what ATOMIC ties to it. */
static uint32_t run_statement(struct run *r, uint32_t pc)
{
	bool more;

	do {
		r->op = &r->p->flat[pc];
		more = r->op->atomic;
		act(r);
		pc = flow(r, pc + 1);
	} while (more && pc && r->p->flat[pc].code == FLAT_DO);
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

/* --- starting a path ---------------------------------------------------- */

static uint32_t new_stack(struct run *r, enum path_id path, uint32_t actor)
{
	if (path == PATH___schedule)
		return actor + 1;
	if (path == PATH_ipi_flush || path == PATH_ipi_shoot)
		return r->w->max.cpus + actor + 1;
	return slot_lowest_free(r->w, MAP_STACK);
}

static struct place owner_place(const struct run *r, enum path_id path,
	uint32_t actor)
{
	if (path == PATH___schedule)
		return PLACE(r, CPU, cpu, actor, sched_stack);
	if (path == PATH_ipi_flush || path == PATH_ipi_shoot)
		return PLACE(r, CPU, cpu, actor, irq_stack);
	return stack_place(r, actor);
}

static void give_parameters(struct run *r, const struct path *path,
	const uint32_t *args)
{
	for (int i = 0; i < 3 && path->params[i] && args; i++) {
		struct place to = place_of(r, path->params[i]);

		change(r, to, args[i], 0);
	}
}

/*
 * args are by position of the path's parameters: task ids, numbers, refs.  The
 * new stack lies on top of what the actor is inside of.
 */
void push_path(struct run *r, uint32_t actor, enum path_id path,
	const uint32_t *args)
{
	struct run on = *r;
	struct place owner = owner_place(r, path, actor);

	on.actor = actor;
	on.stack = new_stack(r, path, actor);
	assert(on.stack != STACK_NONE && r->p->path[path]);
	SET_STACK(&on, on.stack, slot, SLOT_LIVE);
	SET_STACK(&on, on.stack, below, *owner.word);
	change(&on, owner, on.stack, 0);
	give_parameters(&on, r->p->path[path], args);
	/* Picking the next task is a choice: nobody else can from now on. */
	if (path == PATH___schedule)
		SET_TASK(&on, args[1], on_cpu, 1);
	SET_STACK(&on, on.stack, pc, flow(&on, r->p->entry[path]));
}

/* --- what an actor does next -------------------------------------------- */

const struct flat_op *actor_op(const struct world *w, const struct program *p,
	uint32_t actor)
{
	uint32_t s = actor_stack(w, actor);

	return s ? &p->flat[world_stack(w, s)->pc] : NULL;
}

enum actor_state actor_state(const struct world *w, const struct program *p,
	uint32_t actor)
{
	const struct flat_op *op = actor_op(w, p, actor);
	struct run r = { .p = p, .actor = actor };

	if (!op)
		return actor < w->max.cpus &&
			world_cpu(w, actor)->online == CPU_OFFLINE ?
			ACTOR_OFF : ACTOR_IDLE;
	if (op->code != FLAT_WAIT)
		return ACTOR_READY;
	memcpy(&r.w, &w, sizeof w);	/* test() only reads */
	r.stack = actor_stack(w, actor);
	return test(&r, op) ? ACTOR_READY : ACTOR_WAITS;
}

uint32_t cpu_windows(const struct world *w, const struct program *p, cpu_id c)
{
	const struct cpu *cpu = world_cpu(w, c);
	uint32_t tops[] = { cpu->irq_stack, cpu->sched_stack,
		world_task(w, cpu->current)->stack };
	uint32_t windows = 0;

	for (size_t i = 0; i < sizeof tops / sizeof *tops; i++)
		for (uint32_t s = tops[i]; s; s = world_stack(w, s)->below)
			windows |= p->flat[world_stack(w, s)->pc].windows;
	return windows;
}

static bool takes_irq(const struct cpu *cpu)
{
	return !cpu->irqs_off && !cpu->irq_stack;
}

cpu_id ipi_owing(const struct world *w, uint32_t actor)
{
	for (cpu_id c = 0; c < w->max.cpus && world_call(w, actor)->waiting; c++)
		if (bit_in(cpu_pending(w, c), actor))
			return c;
	return CPU_NONE;
}

cpu_id ipi_deliverable(const struct world *w, uint32_t actor)
{
	for (cpu_id c = 0; c < w->max.cpus && world_call(w, actor)->waiting; c++)
		if (bit_in(cpu_pending(w, c), actor) &&
		    takes_irq(world_cpu(w, c)))
			return c;
	return CPU_NONE;
}

/* --- operands ----------------------------------------------------------- */

struct place place_of(const struct run *r, uint8_t o)
{
	uint32_t i = OPERAND_INDEX(o);

	switch (OPERAND_KIND(o)) {
	case T(0):
		return (struct place){ &top(r)->task[i], r->stack, EV_STACK,
			(uint8_t)(FIELD_OF(stack, task) + i) };
	case M(0):
		return (struct place){ &top(r)->mm[i], r->stack, EV_STACK,
			(uint8_t)(FIELD_OF(stack, mm) + i) };
	case N(0):
		return (struct place){ &top(r)->number[i], r->stack, EV_STACK,
			(uint8_t)(FIELD_OF(stack, number) + i) };
	case T_MM(0):
		return PLACE(r, TASK, task, top(r)->task[i], mm);
	case T_ACTIVE(0):
		return PLACE(r, TASK, task, top(r)->task[i], active_mm);
	default:
		break;
	}
	switch (o) {
	case CUR_MM:
		return PLACE(r, TASK, task, current_task(r), mm);
	case CUR_ACTIVE:
		return PLACE(r, TASK, task, current_task(r), active_mm);
	case PREV_MM:
		return PLACE(r, CPU, cpu, r->actor, prev_mm);
	default:
		assert(o == LOADED);
		return PLACE(r, CPU, cpu, r->actor, loaded_mm);
	}
}

uint32_t value_of(const struct run *r, uint8_t o)
{
	if (OPERAND_KIND(o) >= K(0))
		return (uint32_t)o - K(0);
	if (OPERAND_KIND(o) == H(0))
		return top(r)->number[OPERAND_INDEX(o)];
	if (o == CUR)
		return current_task(r);
	if (o == SELF)
		return r->actor;
	return *place_of(r, o).word;
}

mm_id mm_value(const struct run *r, uint8_t o)
{
	if (o == INIT)
		return MM_INIT;
	if (o == LOADED && !is_cpu(r))
		return MM_NONE;
	return ref_mm(*place_of(r, o).word);
}

uint32_t holder_of_place(const struct run *r, const struct place *at)
{
	if (at->kind == EV_TASK)
		return holder_word(HOLDER_TASK, at->object);
	if (at->kind == EV_CPU)
		return holder_word(HOLDER_CPU, at->object);
	if (at->kind == EV_STACK && !is_cpu(r))
		return holder_word(HOLDER_LABEL, r->actor - r->w->max.cpus);
	return holder_word(HOLDER_STACK, at->object);
}

/* --- the door ----------------------------------------------------------- */

void do_verb(struct run *r, const struct input *in);	/* verb.c */

static void force(struct run *r, const struct input *in)
{
	struct event e = { .kind = in->verb, .object = in->arg[0],
		.field = (uint8_t)in->arg[2], .new = in->arg[1],
		.arg = in->arg[2] };
	struct event *told = tell(r, (enum event_kind)e.kind, e.field, e.object);

	told->arg = e.arg;
	told->new = e.new;
	told->old = event_value(r->w, &e);
	event_fold(r->w, &e);
}

static uint32_t run_steps(struct run *r, uint32_t count)
{
	uint32_t n = 0;

	while (n < count &&
	       actor_state(r->w, r->p, r->actor) == ACTOR_READY) {
		r->stack = actor_stack(r->w, r->actor);
		step(r);
		n++;
	}
	return n;
}

struct verdict engine_input(struct world *w, const struct program *p,
	const struct input *in, struct event_log *log, uint32_t *ran)
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
