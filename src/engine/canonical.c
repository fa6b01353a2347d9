/*
 * canonical.c - the state as words, without what does not matter
 */
#include "engine/world_alpha.h"

#include <string.h>

struct writer {
	uint32_t *out;
	size_t n;
};

static void put(struct writer *to, const void *from, size_t words)
{
	memcpy(to->out + to->n, from, words * 4);
	to->n += words;
}

/* A stack and what lies below it, without the numbers of their slots. */
static void put_stacks(struct writer *to, const struct world *w, uint32_t s)
{
	for (; s != STACK_NONE; s = world_stack(w, s)->below) {
		struct stack copy = *world_stack(w, s);

		copy.below = copy.below != STACK_NONE;
		put(to, &copy, sizeof copy / 4);
	}
}

static void put_task(struct writer *to, const struct world *w, task_id t)
{
	struct task copy = *world_task(w, t);
	uint32_t s = copy.stack;

	copy.stack = s != STACK_NONE;
	put(to, &copy, sizeof copy / 4);
	put_stacks(to, w, s);
}

static void put_cpu(struct writer *to, const struct world *w, cpu_id c)
{
	struct cpu copy = *world_cpu(w, c);
	uint32_t irq = copy.irq_stack, sched = copy.sched_stack;

	copy.irq_stack = irq != STACK_NONE;
	copy.sched_stack = sched != STACK_NONE;
	put(to, &copy, sizeof copy / 4);
	put_stacks(to, w, irq);
	put_stacks(to, w, sched);
	put(to, cpu_pending(w, c), pending_words(w));
}

/* tlb_gen only grows; while no CPU remembers one it means nothing. */
static void put_mm(struct writer *to, const struct world *w, mm_id mm)
{
	struct mm copy = *world_mm(w, mm);

	copy.tlb_gen = 0;
	put(to, &copy, sizeof copy / 4);
	put(to, mm_cpumask(w, mm), w->mask_words);
}

static void put_call(struct writer *to, const struct world *w, uint32_t actor)
{
	struct cross_call copy = *world_call(w, actor);

	copy.new_tlb_gen = 0;
	put(to, &copy, sizeof copy / 4);
	put(to, call_todo(w, actor), w->mask_words);
}

static void put_holder(struct writer *to, const struct world *w, uint32_t h)
{
	struct holder copy = *world_holder(w, h);
	uint32_t s = copy.stack;

	copy.stack = s != STACK_NONE;
	put(to, &copy, sizeof copy / 4);
	put_stacks(to, w, s);
}

/* Versions only grow: an ASN word is of the version in force, or nothing. */
static uint32_t relative_asn(const struct world *w, mm_id mm, cpu_id c)
{
	uint32_t word = world_context(w, mm, c);

	if ((word ^ world_cpu_data(w, c)->last_asn) & ~HARDWARE_ASN_MASK)
		return 0;
	return ASN_FIRST_VERSION | (word & HARDWARE_ASN_MASK);
}

static void put_alpha_cpu(struct writer *to, const struct world *w, cpu_id c)
{
	struct cpu_data copy = *world_cpu_data(w, c);

	copy.last_asn &= HARDWARE_ASN_MASK;
	put(to, &copy, sizeof copy / 4);
	for (mm_id mm = 0; mm < w->max.mms; mm++) {
		uint32_t asn = relative_asn(w, mm, c);

		put(to, &asn, 1);
	}
}

static void put_alpha(struct writer *to, const struct world *w)
{
	if (!w->max.alpha)
		return;
	put(to, world_pcb(w, 0), sizeof(struct pcb) / 4 * (size_t)w->max.tasks);
	for (cpu_id c = 0; c < w->max.cpus; c++)
		put_alpha_cpu(to, w, c);
}

size_t world_canonical_words(const struct world *w)
{
	return w->hashed_words;
}

size_t world_canonical(const struct world *w, uint32_t *out)
{
	struct writer to = { out, 0 };

	for (cpu_id c = 0; c < w->max.cpus; c++)
		put_cpu(&to, w, c);
	for (task_id t = 1; t < w->max.tasks; t++)
		put_task(&to, w, t);
	for (mm_id mm = 1; mm < w->max.mms; mm++)
		put_mm(&to, w, mm);
	for (uint32_t a = 0; a < w->actors; a++)
		put_call(&to, w, a);
	for (uint32_t h = 1; h < w->max.holders; h++)
		put_holder(&to, w, h);
	put_alpha(&to, w);
	return to.n;
}
