/*
 * act_sched.c - statements of the scheduler: run queue, locks, interrupts
 */
#include "engine/acts.h"

void full_barrier(struct run *r)
{
	note(r, EV_BARRIER, current_task(r), 0, 0, 0);
}

void warn_if(struct run *r, bool wrong, enum trouble what)
{
	if (wrong)
		note(r, EV_WARN, current_task(r), 0, 0, 0)->arg = what;
}

void bug_if(struct run *r, bool wrong, enum trouble what)
{
	if (wrong)
		note(r, EV_OOPS, current_task(r), 0, 0, 0)->arg = what;
}

/* What 2.4 asked of a switch, and every later kernel could. */
void act_bug_no_active(struct run *r)
{
	bug_if(r, ref_mm(task_of(r->w, value_of(r, A))->active_mm) == MM_NONE,
	       TROUBLE_PREV_BORROWS_NONE);
}

void act_bug_borrows(struct run *r)
{
	bug_if(r, ref_mm(task_of(r->w, value_of(r, A))->active_mm) != MM_NONE,
	       TROUBLE_NEXT_BORROWS);
}

void act_bug_not_own(struct run *r)
{
	const struct task *t = task_of(r->w, value_of(r, A));

	bug_if(r, ref_mm(t->active_mm) != ref_mm(t->mm), TROUBLE_NEXT_NOT_OWN);
}

void act_sync_old_buffers(struct run *r)
{
	(void)r; /* long work that touches no user memory */
}

void act_deactivate_task(struct run *r)
{
	SET_TASK(r, value_of(r, A), on_rq, 0);
}

void act_set_rq_curr(struct run *r)
{
	task_id next = value_of(r, A);

	SET_CPU(r, r->actor, curr, next);
	change(r, PLACE(r, TASK_SHOWN, task_shown, next, cpu), r->actor, 0);
}

void act_trace_sched_switch(struct run *r)
{
	note(r, EV_SWITCH, value_of(r, B), value_of(r, A), value_of(r, B), 0);
}

void act_switch_to(struct run *r)
{
	SET_CPU(r, r->actor, current, value_of(r, B));
}

void act_finish_task(struct run *r)
{
	SET_TASK(r, value_of(r, A), on_cpu, 0);
}

void act_local_irq_disable(struct run *r)
{
	if (is_cpu(r))
		SET_CPU(r, r->actor, irqs_off, 1);
}

void act_local_irq_enable(struct run *r)
{
	if (is_cpu(r))
		SET_CPU(r, r->actor, irqs_off, 0);
}

void count_preempt(struct run *r, uint32_t by)
{
	if (is_cpu(r))
		SET_CPU(r, r->actor, preempt_count,
			cpu_of(r->w, r->actor)->preempt_count + by);
}

void act_mmap_read_lock(struct run *r)
{
	mm_id mm = mm_value(r, A);

	SET_MM(r, mm, mmap_lock, mm_of(r->w, mm)->mmap_lock + 1);
}

void act_mmap_read_unlock(struct run *r)
{
	mm_id mm = mm_value(r, A);

	SET_MM(r, mm, mmap_lock, mm_of(r->w, mm)->mmap_lock - 1);
}

void act_mmap_write_lock(struct run *r)
{
	SET_MM(r, mm_value(r, A), mmap_lock, MMAP_WRITER);
}

void act_mmap_write_unlock(struct run *r)
{
	SET_MM(r, mm_value(r, A), mmap_lock, 0);
}

/* A spinlock: the holder is not preempted. */
void act_task_lock(struct run *r)
{
	SET_TASK(r, value_of(r, A), alloc_lock, 1);
	count_preempt(r, 1);
}

void act_task_unlock(struct run *r)
{
	SET_TASK(r, value_of(r, A), alloc_lock, 0);
	count_preempt(r, (uint32_t)-1);
}
