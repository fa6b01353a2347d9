/*
 * act_canon.c - statements of the canonical model alone (path_canon.c)
 *
 * A struct that is freed keeps whether it had page tables, a child has no
 * parent, is_lazy is set whatever is loaded: these are states that the
 * canonical model tells apart, or does not.
 */
#include "engine/acts.h"

void act_new_embryo(struct run *r)
{
	struct place child = place_of(r, A);
	const struct task_shown *parent = task_shown_of(r->w, current_task(r));
	task_id t = make_task(r, TASK_NONE, 0,
			      parent->next_name[0] ? parent->next_name
						   : parent->name);

	give_pid(r, t);
	change(r, child, t, 0);
}

/* What the last decrement said is used up: nothing of it may stay. */
void act_free_struct(struct run *r)
{
	mm_id mm = mm_value(r, A);

	SET_STACK(r, r->stack, result, 0);
	note(r, EV_FREE, mm, 0, 0, 0);
	if (mm != MM_INIT)
		SET_MM(r, mm, slot, SLOT_FREE);
}

void act_preempt_disable(struct run *r)
{
	count_preempt(r, 1);
}

void act_preempt_enable(struct run *r)
{
	count_preempt(r, (uint32_t)-1);
}

void act_set_lazy(struct run *r)
{
	SET_CPU(r, r->actor, is_lazy, 1);
}

void act_clear_lazy(struct run *r)
{
	SET_CPU(r, r->actor, is_lazy, 0);
}

void act_set_tables(struct run *r)
{
	SET_MM(r, mm_value(r, A), tables, value_of(r, B));
}

void act_walk(struct run *r)
{
	SET_CPU(r, r->actor, walk, value_of(r, A));
}

/* To all others that have it loaded; lazy ones only when tables were freed. */
void act_send_flush(struct run *r)
{
	mm_id mm = mm_value(r, A);
	uint32_t sent = 0;

	for (cpu_id c = 0; c < r->w->max.cpus; c++) {
		const struct cpu *cpu = cpu_of(r->w, c);

		if (c == r->actor || ref_mm(cpu->loaded_mm) != mm ||
		    (cpu->is_lazy && !value_of(r, B)))
			continue;
		note(r, EV_IPI_SENT, c, 0, mm, 0);
		change_bit(r, EV_PENDING, c, r->actor, true);
		sent++;
	}
	SET_CALL(r, r->actor, waiting, sent);
}
