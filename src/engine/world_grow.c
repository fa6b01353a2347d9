/*
 * world_grow.c - a bigger world, and the state without what does not matter
 */
#include "engine/world_alpha.h"

#include <assert.h>
#include <string.h>

static void copy_array(uint32_t *to, const uint32_t *from, size_t words)
{
	memcpy(to, from, words * 4);
}

#define GROW_BY(array, type, count) \
	copy_array(WORLD_WORD(to, to->array), WORLD_CWORD(from, from->array), \
		   sizeof(struct type) / 4 * (size_t)(count))
#define GROW(array, type, count) GROW_BY(array, type, from->max.count)

/* Actor numbers of holders start after the CPUs: only the CPU count is fixed. */
static void grow_masks(struct world *to, const struct world *from)
{
	copy_array(WORLD_WORD(to, to->mask_at),
		   WORLD_CWORD(from, from->mask_at),
		   (size_t)from->max.mms * from->mask_words);
	copy_array(WORLD_WORD(to, to->todo_at),
		   WORLD_CWORD(from, from->todo_at),
		   (size_t)from->actors * from->mask_words);
	copy_array(WORLD_WORD(to, to->call_at),
		   WORLD_CWORD(from, from->call_at),
		   sizeof(struct cross_call) / 4 * (size_t)from->actors);
	for (cpu_id c = 0; c < from->max.cpus; c++)
		copy_array(WORLD_WORD(to, to->pending_at) +
				   (size_t)c * pending_words(to),
			   cpu_pending(from, c), pending_words(from));
}

static void grow_alpha(struct world *to, const struct world *from)
{
	if (!from->max.alpha)
		return;
	GROW(pcb_at, pcb, tasks);
	GROW(cpu_data_at, cpu_data, cpus);
	GROW_BY(context_at, context, from->max.mms * from->max.cpus);
}

static void grow_maps(struct world *to)
{
	for (task_id t = 1; t < to->max.tasks; t++)
		slot_mark(to, MAP_TASK, t, world_task(to, t)->slot);
	for (mm_id m = 1; m < to->max.mms; m++)
		slot_mark(to, MAP_MM, m, world_mm(to, m)->slot);
	for (uint32_t s = first_pool_stack(to); s < to->max.stacks; s++)
		slot_mark(to, MAP_STACK, s, world_stack(to, s)->slot);
	for (uint32_t h = 1; h < to->max.holders; h++)
		slot_mark(to, MAP_HOLDER, h, world_holder(to, h)->slot);
}

void world_grow(struct world *to, const struct limits *max,
		const struct world *from)
{
	assert(max->cpus == from->max.cpus && max->tasks >= from->max.tasks &&
	       max->mms >= from->max.mms && max->stacks >= from->max.stacks &&
	       max->holders >= from->max.holders &&
	       max->alpha == from->max.alpha);
	world_init(to, max);
	GROW(cpu_at, cpu, cpus);
	GROW(task_at, task, tasks);
	GROW(mm_at, mm, mms);
	GROW(stack_at, stack, stacks);
	GROW(holder_at, holder, holders);
	GROW(task_shown_at, task_shown, tasks);
	GROW(mm_shown_at, mm_shown, mms);
	GROW(holder_shown_at, holder_shown, holders);
	grow_masks(to, from);
	grow_alpha(to, from);
	grow_maps(to);
	to->program = from->program;
	to->time = from->time;
	to->next_pid = from->next_pid;
	to->next_kernel_pid = from->next_kernel_pid;
	to->next_mm_serial = from->next_mm_serial;
	to->next_task_serial = from->next_task_serial;
	to->last_mm_ctx_id = from->last_mm_ctx_id;
}
