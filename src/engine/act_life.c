/*
 * act_life.c - statements in the life of a task and of a CPU
 */
#include "engine/acts.h"

void act_dup_task_struct(struct run *r)
{
	struct place child = place_of(r, A);
	task_id parent = current_task(r);
	task_id t = make_task(r, parent, PF_FORKNOEXEC,
			      task_shown_of(r->w, parent)->next_name);
	static const uint32_t nothing[NAME_WORDS];

	change_words(r,
		     (struct place){ task_shown_of(r->w, parent)->next_name,
				     parent, EV_TASK_SHOWN,
				     FIELD_OF(task_shown, next_name) },
		     nothing, NAME_WORDS);
	change(r, child, t, 0);
}

void act_set_kthread(struct run *r)
{
	task_id t = value_of(r, A);

	SET_TASK(r, t, flags, task_of(r->w, t)->flags | PF_KTHREAD);
}

/* Before 2.6.27 no flag said so; the model needs one. */
void act_unset_kthread(struct run *r)
{
	task_id t = current_task(r);

	SET_TASK(r, t, flags, task_of(r->w, t)->flags & ~(uint32_t)PF_KTHREAD);
}

void act_alloc_pid(struct run *r)
{
	task_id t = value_of(r, A);

	give_pid(r, t);
	/* CLONE_THREAD: copy_process() gives the child the group of its parent */
	if (r->op->path == PATH_sys_clone)
		change(r, PLACE(r, TASK_SHOWN, task_shown, t, tgid),
		       task_shown_of(r->w, current_task(r))->tgid, 0);
}

void act_free_task(struct run *r)
{
	free_task_slot(r, value_of(r, A));
}

void act_wake_up_new_task(struct run *r)
{
	task_id t = value_of(r, A);

	SET_TASK(r, t, slot, SLOT_LIVE);
	SET_TASK(r, t, on_rq, 1);
}

void act_set_vfork_done(struct run *r)
{
	task_id child = value_of(r, A), parent = current_task(r);

	SET_TASK(r, child, vfork_parent, parent);
	SET_TASK(r, parent, vfork_child, child);
}

void act_wait_for_vfork_done(struct run *r)
{
	task_id t = current_task(r);

	if (task_of(r->w, t)->vfork_child == TASK_NONE)
		return;
	note(r, EV_SLEEP, t, 0, 0, 0);
	SET_TASK(r, t, state, TASK_UNINTERRUPTIBLE);
}

void act_vfork_return(struct run *r)
{
	SET_TASK(r, current_task(r), state, TASK_RUNNING);
}

void act_futex_release(struct run *r)
{
	(void)r; /* robust futexes and clear_child_tid: no mm counter */
}

void act_complete_vfork_done(struct run *r)
{
	task_id child = value_of(r, A);
	task_id parent = task_of(r->w, child)->vfork_parent;

	SET_TASK(r, child, vfork_parent, TASK_NONE);
	SET_TASK(r, parent, vfork_child, TASK_NONE);
	SET_TASK(r, parent, state, TASK_RUNNING);
	SET_TASK(r, parent, on_rq, 1);
	note(r, EV_WAKE, parent, 0, 0, 0);
}

void act_set_task_comm(struct run *r)
{
	task_id t = current_task(r);
	static const uint32_t nothing[NAME_WORDS];
	struct task_shown *shown = task_shown_of(r->w, t);

	if (shown->next_name[0])
		change_words(r,
			     (struct place){ shown->name, t, EV_TASK_SHOWN,
					     FIELD_OF(task_shown, name) },
			     shown->next_name, NAME_WORDS);
	change_words(r,
		     (struct place){ shown->next_name, t, EV_TASK_SHOWN,
				     FIELD_OF(task_shown, next_name) },
		     nothing, NAME_WORDS);
	SET_TASK(r, t, flags,
		 task_of(r->w, t)->flags &
			 ~(uint32_t)(PF_FORKNOEXEC | PF_KTHREAD));
}

void act_exit_signals(struct run *r)
{
	task_id t = current_task(r);

	SET_TASK(r, t, flags, task_of(r->w, t)->flags | PF_EXITING);
}

void act_exit_notify(struct run *r)
{
	SET_TASK(r, current_task(r), exit_state, EXIT_ZOMBIE);
}

void act_do_task_dead(struct run *r)
{
	SET_TASK(r, current_task(r), state, TASK_DEAD);
}

void act_claim_zombie(struct run *r)
{
	task_id t = value_of(r, A);
	const struct task *task = world_task(r->w, t);
	bool mine = task->exit_state == EXIT_ZOMBIE && !task->on_cpu &&
		    task->state == TASK_DEAD;

	if (mine)
		SET_TASK(r, t, exit_state, EXIT_DEAD);
	SET_STACK(r, r->stack, result, mine);
}

/* 2.2: nobody gives back what a kernel thread counted. */
void act_release_task(struct run *r)
{
	task_id t = value_of(r, A);
	ref mm = world_task(r->w, t)->mm;

	free_task_slot(r, t);
	if (ref_owns(mm))
		SET_MM(r, ref_mm(mm), kept, mm_of(r->w, ref_mm(mm))->kept + 1);
}

void act_warn_use_mm(struct run *r)
{
	const struct task *t = world_task(r->w, current_task(r));

	warn_if(r, !(t->flags & PF_KTHREAD), TROUBLE_USE_MM_NOT_KTHREAD);
	warn_if(r, ref_mm(t->mm) != MM_NONE, TROUBLE_USE_MM_HAS_MM);
}

void act_warn_unuse_mm(struct run *r)
{
	warn_if(r, mm_value(r, CUR_MM) == MM_NONE, TROUBLE_UNUSE_MM_NO_MM);
}

void act_ret(struct run *r)
{
	(void)r; /* where a recording sees the function return */
}

void act_set_cpu_online(struct run *r)
{
	SET_CPU(r, r->actor, online, CPU_ONLINE);
}

void act_cpu_gone(struct run *r)
{
	(void)r; /* who wants to know is told */
}

/* The hotplug thread of that CPU, here its idle task, empties it. */
void act_kick_cpuhp(struct run *r)
{
	push_path(r, value_of(r, A), PATH_sched_cpu_wait_empty, NULL);
}

/* From here on nothing else is picked on this CPU. */
void act_wait_empty(struct run *r)
{
	count_preempt(r, 1);
}

void act_take_cpu_down(struct run *r)
{
	cpu_id c = value_of(r, A);

	SET_CPU(r, c, online, CPU_DYING);
	push_path(r, c, PATH_idle_task_exit, NULL);
}

void act_idle_exit_checks(struct run *r)
{
	const struct cpu *cpu = world_cpu(r->w, r->actor);

	warn_if(r, cpu->current != cpu->idle || cpu->online == CPU_ONLINE,
		TROUBLE_IDLE_NOT_IDLE);
}

/*
 * 2.6 left active_mm pointing at what it had dropped: the CPU is dead, and the
 * next cpu_init() writes it.  Here it is NULL, so that it names nothing else.
 */
void act_leave_idle_mm(struct run *r)
{
	struct place from = place_of(r, CUR_ACTIVE), to = place_of(r, A);
	ref moved = *from.word;

	put_ref(r, &from, MM_NONE, OWNS_NOTHING);
	put_ref(r, &to, ref_mm(moved), ref_owns(moved));
}

void act_cpu_dead(struct run *r)
{
	SET_CPU(r, r->actor, online, CPU_OFFLINE);
	SET_CPU(r, r->actor, preempt_count, 0);
}

/* New rule: everything that ran there since inherited init_mm. */
void act_clear_idle_mm(struct run *r)
{
	struct place to = place_of(r, A);
	task_id idle = cpu_of(r->w, value_of(r, B))->idle;
	struct place from = PLACE(r, TASK, task, idle, active_mm);
	ref moved = *from.word;

	warn_if(r, ref_mm(moved) != MM_INIT, TROUBLE_IDLE_NOT_INIT_MM);
	put_ref(r, &from, MM_NONE, OWNS_NOTHING);
	put_ref(r, &to, ref_mm(moved), ref_owns(moved));
}

/* Old rule: the idle task points at init_mm without a reference. */
void act_take_idle_mm(struct run *r)
{
	struct place to = place_of(r, A);
	task_id idle = cpu_of(r->w, value_of(r, B))->idle;
	struct place from = PLACE(r, TASK, task, idle, active_mm);
	ref moved = *from.word;

	put_ref(r, &from, MM_INIT, OWNS_NOTHING);
	put_ref(r, &to, ref_mm(moved), ref_owns(moved));
}
