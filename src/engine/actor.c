/*
 * actor.c - where each actor stands: its stack, its next statement, what it waits for
 */
#include "engine/run.h"

#include <string.h>

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
		return actor < w->max.cpus && world_cpu(w, actor)->online ==
						      CPU_OFFLINE
			       ? ACTOR_OFF
			       : ACTOR_IDLE;
	if (op->code != FLAT_WAIT)
		return ACTOR_READY;
	memcpy(&r.w, &w, sizeof w); /* test() only reads */
	run_on(&r, actor_stack(w, actor));
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
	for (cpu_id c = 0; c < w->max.cpus && world_call(w, actor)->waiting;
	     c++)
		if (bit_in(cpu_pending(w, c), actor))
			return c;
	return CPU_NONE;
}

cpu_id ipi_deliverable(const struct world *w, uint32_t actor)
{
	for (cpu_id c = 0; c < w->max.cpus && world_call(w, actor)->waiting;
	     c++)
		if (bit_in(cpu_pending(w, c), actor) &&
		    takes_irq(world_cpu(w, c)))
			return c;
	return CPU_NONE;
}
