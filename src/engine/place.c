/*
 * place.c - operands and stacks: which word of the world is meant
 */
#include "engine/run.h"

#include <assert.h>

/* The word that names the top stack of this kind of actor. */
struct place stack_place(const struct run *r, uint32_t actor)
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

struct place far_place_of(const struct run *r, uint8_t o)
{
	uint32_t i = OPERAND_INDEX(o);

	switch (OPERAND_KIND(o)) {
	case T_MM(0):
		return PLACE(r, TASK, task, r->top->task[i], mm);
	case T_ACTIVE(0):
		return PLACE(r, TASK, task, r->top->task[i], active_mm);
	default:
		break;
	}
	switch (o) {
	case CUR_MM:
		return PLACE(r, TASK, task, current_task(r), mm);
	case CUR_ACTIVE:
		return PLACE(r, TASK, task, current_task(r), active_mm);
	case TLB_MM:
		return PLACE(r, CPU, cpu, r->actor, tlb_mm);
	case PREV_MM:
		return PLACE(r, CPU, cpu, r->actor, prev_mm);
	default:
		assert(o == LOADED);
		return PLACE(r, CPU, cpu, r->actor, loaded_mm);
	}
}

uint32_t far_value_of(const struct run *r, uint8_t o)
{
	if (OPERAND_KIND(o) >= K(0))
		return (uint32_t)o - K(0);
	if (OPERAND_KIND(o) == H(0))
		return r->top->number[OPERAND_INDEX(o)];
	if (o == CUR)
		return current_task(r);
	if (o == SELF)
		return r->actor;
	return *far_place_of(r, o).word;
}

mm_id far_mm_value(const struct run *r, uint8_t o)
{
	if (o == INIT)
		return MM_INIT;
	if ((o == LOADED || o == TLB_MM) && !is_cpu(r))
		return MM_NONE;
	return ref_mm(*far_place_of(r, o).word);
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
