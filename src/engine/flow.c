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
	struct place owner = stack_place(r, r->actor);
	uint32_t *word = (uint32_t *)r->top;

	assert(*owner.word == r->stack); /* what runs is on top */
	change(r, owner, r->top->below, 0);
	for (uint32_t i = 0; i < sizeof *r->top / 4; i++)
		if (word[i])
			change(r,
			       (struct place){ word + i, r->stack, EV_STACK,
					       (uint8_t)i },
			       0, 0);
	run_on(r, STACK_NONE);
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

static void clear_bits(struct run *r, uint32_t bits, uint32_t *first,
		       uint8_t field)
{
	for (; bits; bits &= bits - 1) {
		uint32_t i = (uint32_t)__builtin_ctz(bits);
		struct place at = { first + i, r->stack, EV_STACK,
				    (uint8_t)(field + i) };

		change(r, at, 0, 0);
	}
}

static void clear_registers(struct run *r, const struct flat_op *op)
{
	struct stack *s = r->top;

	clear_bits(r, op->arg[0], s->task, FIELD_OF(stack, task));
	clear_bits(r, op->arg[1], s->number, FIELD_OF(stack, number));
	clear_bits(r, op->arg[2], s->mm, FIELD_OF(stack, mm));
}

/* Control flow up to the next statement; returns where the stack rests. */
uint32_t flow_on(struct run *r, uint32_t pc)
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
	const uint32_t before = r->actor, on = r->stack;
	struct place owner = owner_place(r, path, actor);
	uint32_t s = new_stack(r, path, actor);

	assert(s != STACK_NONE && r->p->path[path]);
	r->actor = actor;
	run_on(r, s);
	SET_STACK(r, s, slot, SLOT_LIVE);
	SET_STACK(r, s, below, *owner.word);
	change(r, owner, s, 0);
	give_parameters(r, r->p->path[path], args);
	/* Picking the next task is a choice: nobody else can from now on. */
	if (path == PATH___schedule)
		SET_TASK(r, args[1], on_cpu, 1);
	SET_STACK(r, s, pc, flow(r, r->p->entry[path]));
	r->actor = before;
	run_on(r, on);
}
