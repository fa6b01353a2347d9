/*
 * flow.c - paths begin, flow from statement to statement, and end
 */
#include "engine/run.h"

#include <assert.h>

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
	change_words(r,
		     (struct place){ holder_shown_of(r->w, h)->label, h,
				     EV_HOLDER_SHOWN, 0 },
		     unseen.label, LABEL_WORDS);
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
	if (op->negate) { /* the callee consumes what the reference owns */
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
uint32_t flow(struct run *r, uint32_t pc)
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

/* What runs on the CPU's own stack: a dying CPU's last path too. */
static bool runs_as_scheduler(enum path_id path)
{
	return path == PATH___schedule || path == PATH_idle_task_exit;
}

static uint32_t new_stack(struct run *r, enum path_id path, uint32_t actor)
{
	if (runs_as_scheduler(path))
		return actor + 1;
	if (path == PATH_ipi_flush || path == PATH_ipi_shoot)
		return r->w->max.cpus + actor + 1;
	return slot_lowest_free(r->w, MAP_STACK);
}

static struct place owner_place(const struct run *r, enum path_id path,
				uint32_t actor)
{
	if (runs_as_scheduler(path))
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
