/*
 * act.c - what each statement of the vocabulary does
 *
 * A statement is total: a patched program may reach it with an mm that is
 * freed or a local that was never set, and then the simulated kernel is wrong,
 * not we.  The counters say so (check.c) and an oops is told.
 */
#include "engine/run.h"

#include <assert.h>

#define A (r->op->arg[0])
#define B (r->op->arg[1])
#define C (r->op->arg[2])

static void full_barrier(struct run *r)
{
	note(r, EV_BARRIER, current_task(r), 0, 0, 0);
}

/* --- references --------------------------------------------------------- */

static void put_ref(struct run *r, const struct place *at, mm_id mm,
	uint32_t owns)
{
	change(r, *at, ref_to(mm, owns), holder_of_place(r, at));
}

static void act_copy(struct run *r)
{
	struct place to = place_of(r, A);

	put_ref(r, &to, mm_value(r, B), OWNS_NOTHING);
}

/* A borrow that goes from one task's active_mm to another's is handed on. */
static void note_move(struct run *r, const struct place *to, ref moved)
{
	if (ref_owns(moved) == OWNS_COUNT && to->kind == EV_TASK &&
	    to->field == FIELD_OF(task, active_mm))
		note(r, EV_HAND_ON, ref_mm(moved), 0, 0,
			holder_of_place(r, to));
}

static void act_set(struct run *r)
{
	struct place to = place_of(r, A), from = place_of(r, B);
	ref moved = *from.word;

	put_ref(r, &from, ref_mm(moved), OWNS_NOTHING);
	put_ref(r, &to, ref_mm(moved), ref_owns(moved));
	note_move(r, &to, moved);
}

static void act_take(struct run *r)
{
	struct place to = place_of(r, A), from = place_of(r, B);
	ref moved = *from.word;

	put_ref(r, &from, MM_NONE, OWNS_NOTHING);
	put_ref(r, &to, ref_mm(moved), ref_owns(moved));
}

static void act_clear(struct run *r)
{
	struct place to = place_of(r, A);

	put_ref(r, &to, MM_NONE, OWNS_NOTHING);
}

static void act_null_into(struct run *r)
{
	struct place from = place_of(r, A), to = place_of(r, B);
	ref moved = *from.word;

	put_ref(r, &from, MM_NONE, OWNS_NOTHING);
	put_ref(r, &to, ref_mm(moved), ref_owns(moved) | ref_owns(*to.word));
}

/* --- the two counters --------------------------------------------------- */

static bool touch_mm(struct run *r, mm_id mm)
{
	if (mm < r->w->max.mms && mm_of(r->w, mm)->slot == SLOT_LIVE)
		return true;
	note(r, EV_OOPS, current_task(r), 0, mm, 0)->arg = TROUBLE_DEAD_MM;
	return mm > MM_NONE && mm < r->w->max.mms;
}

/* Gives a unit to the place or the outside holder that operand @to names. */
static uint32_t give_unit(struct run *r, uint8_t to, mm_id mm, uint32_t unit)
{
	struct place at;

	if (OPERAND_KIND(to) == H(0)) {
		uint32_t h = value_of(r, to);
		const struct holder *holder = world_holder(r->w, h);

		SET_HOLDER(r, h, mm, mm);
		if (unit == OWNS_USER)
			SET_HOLDER(r, h, users, holder->users + 1);
		else
			SET_HOLDER(r, h, counts, holder->counts + 1);
		return holder_word(HOLDER_LABEL, h);
	}
	if (to == KEPT) {
		SET_MM(r, mm, kept, mm_of(r->w, mm)->kept + 1);
		return holder_word(HOLDER_NOBODY, 0);
	}
	at = place_of(r, to);
	change(r, at, ref_to(mm, ref_owns(*at.word) | unit),
		holder_of_place(r, &at));
	return holder_of_place(r, &at);
}

static uint32_t grab(struct run *r)
{
	mm_id mm = mm_value(r, A);
	struct place count;
	uint32_t who;

	if (!touch_mm(r, mm))
		return 0;
	count = PLACE(r, MM, mm, mm, mm_count);
	who = give_unit(r, B, mm, OWNS_COUNT);
	change(r, count, *count.word + 1, who);
	return who;
}

static void act_mmgrab(struct run *r)
{
	grab(r);
}

static void act_mmgrab_lazy_tlb(struct run *r)
{
	mm_id mm = mm_value(r, A);

	if (!r->p->profile.lazy_refcount)
		return full_barrier(r);
	note(r, EV_BORROW, mm, 0, 0, grab(r));
}

static void get_user(struct run *r, mm_id mm, uint8_t to)
{
	struct place users;

	if (!touch_mm(r, mm))
		return;
	users = PLACE(r, MM, mm, mm, mm_users);
	change(r, users, *users.word + 1, give_unit(r, to, mm, OWNS_USER));
}

static void act_mmget(struct run *r)
{
	get_user(r, mm_value(r, A), B);
}

static void act_mmget_not_zero(struct run *r)
{
	mm_id mm = mm_value(r, A);
	bool got = mm_of(r->w, mm)->mm_users > 0;

	if (got)
		get_user(r, mm, B);
	SET_STACK(r, r->stack, result, got);
}

static void act_get_mm_of(struct run *r)
{
	const struct task *t = world_task(r->w, value_of(r, A));
	bool got = !(t->flags & PF_KTHREAD) && ref_mm(t->mm) != MM_NONE;

	if (got)
		get_user(r, ref_mm(t->mm), B);
	SET_STACK(r, r->stack, result, got);
}

/* The unit that the reference in operand A owned is gone. */
static void lose_unit(struct run *r, uint32_t unit)
{
	struct place at = place_of(r, A);

	put_ref(r, &at, ref_mm(*at.word), ref_owns(*at.word) & ~unit);
}

static void drop_count(struct run *r)
{
	mm_id mm = mm_value(r, A);
	struct place at = place_of(r, A), count;

	SET_STACK(r, r->stack, result, 0);
	if (!touch_mm(r, mm))
		return;
	count = PLACE(r, MM, mm, mm, mm_count);
	change(r, count, *count.word - 1, holder_of_place(r, &at));
	lose_unit(r, OWNS_COUNT);
	SET_STACK(r, r->stack, result, *count.word == 0);
}

static void act_dec_count(struct run *r)
{
	drop_count(r);
}

static void act_dec_lazy(struct run *r)
{
	struct place at = place_of(r, A);

	if (!r->p->profile.lazy_refcount) {
		SET_STACK(r, r->stack, result, 0);
		return full_barrier(r);
	}
	note(r, EV_RELEASE, mm_value(r, A), 0, 0, holder_of_place(r, &at));
	drop_count(r);
}

/* At the last user the count that all users shared goes to this path. */
static void act_dec_users(struct run *r)
{
	mm_id mm = mm_value(r, A);
	struct place at = place_of(r, A), users;
	bool last;

	SET_STACK(r, r->stack, result, 0);
	if (!touch_mm(r, mm))
		return;
	users = PLACE(r, MM, mm, mm, mm_users);
	last = *users.word == 1;
	change(r, users, *users.word - 1, holder_of_place(r, &at));
	put_ref(r, &at, mm, (ref_owns(*at.word) & ~(uint32_t)OWNS_USER) |
		(last ? OWNS_COUNT : OWNS_NOTHING));
	SET_STACK(r, r->stack, result, last);
}

static void act_mm_init(struct run *r)
{
	struct place to = place_of(r, A);
	mm_id mm = make_mm(r, 1);

	put_ref(r, &to, mm, mm ? OWNS_USER : OWNS_NOTHING);
}

static void act_copy_strings(struct run *r)
{
	SET_MM(r, mm_value(r, A), tables, 1);
}

static void act_dup_mmap(struct run *r)
{
	SET_MM(r, mm_value(r, A), tables, 1);
}

static void act_unmap_vmas(struct run *r)
{
	mm_id mm = mm_value(r, A);

	note(r, EV_UNMAPPED, mm, mm_of(r->w, mm)->tables != 0, 0, 0);
	if (mm_of(r->w, mm)->mm_count > 1)
		note(r, EV_ZOMBIE, mm, 0, 0, 0);
}

static void act_free_pgtables(struct run *r)
{
	SET_MM(r, mm_value(r, A), tables, 0);
}

static void complain_about_drop(struct run *r, mm_id mm)
{
	const struct task *t = world_task(r->w, current_task(r));

	if (mm == MM_INIT)
		note(r, EV_OOPS, mm, 0, 0, 0)->arg = TROUBLE_DROP_INIT_MM;
	if (ref_mm(t->mm) == mm)
		note(r, EV_WARN, mm, 0, 0, 0)->arg = TROUBLE_DROP_CURRENT_MM;
	if (ref_mm(t->active_mm) == mm)
		note(r, EV_WARN, mm, 0, 0, 0)->arg = TROUBLE_DROP_CURRENT_ACTIVE;
}

static void act_free_mm(struct run *r)
{
	mm_id mm = mm_value(r, A);

	if (mm == MM_NONE)
		return;
	complain_about_drop(r, mm);
	if (mm == MM_INIT)
		return;
	note(r, EV_FREE, mm, 0, 0, 0);
	free_mm_slot(r, mm);
}

static void act_queue_mmput(struct run *r)
{
	lose_unit(r, OWNS_COUNT);
	SET_MM(r, mm_value(r, A), work, WORK_MMPUT);
}

static void act_take_work(struct run *r)
{
	mm_id mm = mm_value(r, A);

	SET_MM(r, mm, work, WORK_NONE);
	give_unit(r, A, mm, OWNS_COUNT);
}

/* --- scheduler ---------------------------------------------------------- */

static void act_deactivate_task(struct run *r)
{
	SET_TASK(r, value_of(r, A), on_rq, 0);
}

static void act_set_rq_curr(struct run *r)
{
	task_id next = value_of(r, A);

	SET_CPU(r, r->actor, curr, next);
	change(r, PLACE(r, TASK_SHOWN, task_shown, next, cpu), r->actor, 0);
}

static void act_trace_sched_switch(struct run *r)
{
	note(r, EV_SWITCH, value_of(r, B), value_of(r, A), value_of(r, B), 0);
}

static void act_switch_to(struct run *r)
{
	SET_CPU(r, r->actor, current, value_of(r, B));
}

static void act_finish_task(struct run *r)
{
	SET_TASK(r, value_of(r, A), on_cpu, 0);
}

static void act_local_irq_disable(struct run *r)
{
	if (is_cpu(r))
		SET_CPU(r, r->actor, irqs_off, 1);
}

static void act_local_irq_enable(struct run *r)
{
	if (is_cpu(r))
		SET_CPU(r, r->actor, irqs_off, 0);
}

static void count_preempt(struct run *r, uint32_t by)
{
	if (is_cpu(r))
		SET_CPU(r, r->actor, preempt_count,
			cpu_of(r->w, r->actor)->preempt_count + by);
}

static void act_mmap_read_lock(struct run *r)
{
	mm_id mm = mm_value(r, A);

	SET_MM(r, mm, mmap_lock, mm_of(r->w, mm)->mmap_lock + 1);
}

static void act_mmap_read_unlock(struct run *r)
{
	mm_id mm = mm_value(r, A);

	SET_MM(r, mm, mmap_lock, mm_of(r->w, mm)->mmap_lock - 1);
}

static void act_mmap_write_lock(struct run *r)
{
	SET_MM(r, mm_value(r, A), mmap_lock, MMAP_WRITER);
}

static void act_mmap_write_unlock(struct run *r)
{
	SET_MM(r, mm_value(r, A), mmap_lock, 0);
}

/* A spinlock: the holder is not preempted. */
static void act_task_lock(struct run *r)
{
	SET_TASK(r, value_of(r, A), alloc_lock, 1);
	count_preempt(r, 1);
}

static void act_task_unlock(struct run *r)
{
	SET_TASK(r, value_of(r, A), alloc_lock, 0);
	count_preempt(r, (uint32_t)-1);
}

/* --- x86 TLB state ------------------------------------------------------ */

static void act_enter_lazy(struct run *r)
{
	if (is_cpu(r) && ref_mm(cpu_of(r->w, r->actor)->loaded_mm) != MM_INIT)
		SET_CPU(r, r->actor, is_lazy, 1);
}

static void act_leave_lazy(struct run *r)
{
	struct place prev = place_of(r, A);

	put_ref(r, &prev, mm_value(r, LOADED), OWNS_NOTHING);
	SET_CPU(r, r->actor, is_lazy, 0);
}

static void act_loaded_switching(struct run *r)
{
	SET_CPU(r, r->actor, loaded_mm, ref_to(MM_SWITCHING, OWNS_NOTHING));
}

static void act_mask_clear(struct run *r)
{
	change_bit(r, EV_MASK, mm_value(r, A), r->actor, false);
}

static void act_mask_set(struct run *r)
{
	change_bit(r, EV_MASK, mm_value(r, A), r->actor, true);
}

static void act_load_cr3(struct run *r)
{
	mm_id mm = mm_value(r, A);

	note(r, EV_CR3, r->actor, 0, mm, 0);
	SET_CPU(r, r->actor, loaded_mm, ref_to(mm, OWNS_NOTHING));
}

static void act_init_tlbstate(struct run *r)
{
	SET_CPU(r, r->actor, loaded_mm, ref_to(MM_INIT, OWNS_NOTHING));
	SET_CPU(r, r->actor, is_lazy, 0);
}

static void act_leave_mm_check(struct run *r)
{
	(void)r;	/* the model's leave_mm is never called when not lazy */
}

/* --- cross-calls -------------------------------------------------------- */

static void act_get_flush_tlb_info(struct run *r)
{
	uint32_t pages = value_of(r, C);

	count_preempt(r, 1);
	SET_CALL(r, r->actor, func, CALL_FLUSH);
	SET_CALL(r, r->actor, mm, mm_value(r, A));
	SET_CALL(r, r->actor, freed_tables, value_of(r, B));
	SET_CALL(r, r->actor, end_lo, pages ? pages : UINT32_MAX);
}

static void act_inc_mm_tlb_gen(struct run *r)
{
	mm_id mm = mm_value(r, A);
	uint32_t gen = mm_of(r->w, mm)->tlb_gen + 1;

	SET_MM(r, mm, tlb_gen, gen);
	SET_CALL(r, r->actor, new_tlb_gen, gen);
}

static void act_test_others(struct run *r)
{
	const uint32_t *mask = mm_cpumask(r->w, mm_value(r, A));
	uint32_t c = mask_next(mask, r->w->max.cpus, 0);

	if (c == r->actor)
		c = mask_next(mask, r->w->max.cpus, c + 1);
	SET_STACK(r, r->stack, result, c < r->w->max.cpus);
}

static void act_put_flush_tlb_info(struct run *r)
{
	SET_CALL(r, r->actor, func, CALL_NONE);
	SET_CALL(r, r->actor, mm, MM_NONE);
	SET_CALL(r, r->actor, freed_tables, 0);
	SET_CALL(r, r->actor, end_lo, 0);
	SET_CALL(r, r->actor, new_tlb_gen, 0);
	count_preempt(r, (uint32_t)-1);
}

static void act_trace_tlb_flush(struct run *r)
{
	note(r, EV_FLUSH, call_of(r->w, r->actor)->mm, 0, 0, 0)->arg =
		4;	/* TLB_REMOTE_SEND_IPI */
}

static void act_shoot_info(struct run *r)
{
	count_preempt(r, 1);
	SET_CALL(r, r->actor, func, CALL_SHOOT);
	SET_CALL(r, r->actor, mm, mm_value(r, A));
	SET_CALL(r, r->actor, freed_tables, 1);
}

static void act_cond_mask(struct run *r)
{
	struct place local = place_of(r, A);
	const uint32_t *mask = mm_cpumask(r->w, call_of(r->w, r->actor)->mm);
	uint32_t n = r->w->max.cpus, todo = 0;

	for (uint32_t c = mask_next(mask, n, 0); c < n;
	     c = mask_next(mask, n, c + 1)) {
		if (c == r->actor || cpu_of(r->w, c)->online == CPU_OFFLINE)
			continue;
		change_bit(r, EV_TODO, r->actor, c, true);
		todo++;
	}
	SET_CALL(r, r->actor, todo, todo);
	change(r, local, is_cpu(r) && bit_in(mask, r->actor), 0);
}

/* native_flush_tlb_multi: should_flush_tlb(), unless tables were freed */
static bool call_wanted(const struct world *w, uint32_t from, cpu_id c)
{
	const struct call *call = world_call(w, from);
	const struct cpu *cpu = world_cpu(w, c);
	mm_id loaded = ref_mm(cpu->loaded_mm);

	if (call->freed_tables)
		return true;
	if (cpu->is_lazy)
		return false;
	return call->mm == MM_NONE || loaded == MM_SWITCHING ||
		loaded == call->mm;
}

static void act_call_one(struct run *r)
{
	struct call *call = call_of(r->w, r->actor);
	cpu_id c = mask_next(call_todo(r->w, r->actor), r->w->max.cpus, 0);

	change_bit(r, EV_TODO, r->actor, c, false);
	SET_CALL(r, r->actor, todo, call->todo - 1);
	if (!call_wanted(r->w, r->actor, c)) {
		note(r, EV_IPI_SKIPPED, c, 0, call->mm, 0);
		return;
	}
	note(r, EV_IPI_SENT, c, 0, call->mm, 0);
	change_bit(r, EV_PENDING, c, r->actor, true);
	SET_CALL(r, r->actor, waiting, call->waiting + 1);
}

/* flush_tlb_mm_range ends its own call; a shootdown ends here. */
static void act_call_done(struct run *r)
{
	if (call_of(r->w, r->actor)->func == CALL_SHOOT)
		act_put_flush_tlb_info(r);
}

static void act_ack(struct run *r)
{
	uint32_t from = value_of(r, A);

	note(r, EV_IPI_DONE, r->actor, 0, call_of(r->w, from)->mm, 0);
	change_bit(r, EV_PENDING, r->actor, from, false);
	SET_CALL(r, from, waiting, call_of(r->w, from)->waiting - 1);
}

static void act_read_info(struct run *r)
{
	struct place to = place_of(r, A);

	put_ref(r, &to, call_of(r->w, value_of(r, B))->mm, OWNS_NOTHING);
}

/* TLB_REMOTE_SHOOTDOWN, TLB_LOCAL_SHOOTDOWN, TLB_LOCAL_MM_SHOOTDOWN */
static void act_flush_tlb_local(struct run *r)
{
	uint32_t from = value_of(r, A);
	mm_id mm = call_of(r->w, from)->mm;

	note(r, EV_FLUSH, mm, 0, 0, 0)->arg =
		from != r->actor ? 1 : mm == MM_NONE ? 2 : 3;
}

static void act_shoot(struct run *r)
{
	struct place active = place_of(r, CUR_ACTIVE);

	if (mm_value(r, CUR_MM) != MM_NONE)
		note(r, EV_WARN, current_task(r), 0, 0, 0)->arg =
			TROUBLE_SHOOT_HAS_MM;
	put_ref(r, &active, MM_INIT, OWNS_NOTHING);
}

/* --- life of a task ----------------------------------------------------- */

static void act_dup_task_struct(struct run *r)
{
	struct place child = place_of(r, A);
	task_id parent = current_task(r);
	task_id t = make_task(r, parent, PF_FORKNOEXEC,
		task_shown_of(r->w, parent)->next_name);
	static const uint32_t nothing[NAME_WORDS];

	change_words(r, (struct place){
		task_shown_of(r->w, parent)->next_name, parent, EV_TASK_SHOWN,
		FIELD_OF(task_shown, next_name) }, nothing, NAME_WORDS);
	change(r, child, t, 0);
}

static void act_set_kthread(struct run *r)
{
	task_id t = value_of(r, A);

	SET_TASK(r, t, flags, task_of(r->w, t)->flags | PF_KTHREAD);
}

static void act_alloc_pid(struct run *r)
{
	give_pid(r, value_of(r, A));
}

static void act_free_task(struct run *r)
{
	free_task_slot(r, value_of(r, A));
}

static void act_wake_up_new_task(struct run *r)
{
	task_id t = value_of(r, A);

	SET_TASK(r, t, slot, SLOT_LIVE);
	SET_TASK(r, t, on_rq, 1);
}

static void act_set_vfork_done(struct run *r)
{
	task_id child = value_of(r, A), parent = current_task(r);

	SET_TASK(r, child, vfork_parent, parent);
	SET_TASK(r, parent, vfork_child, child);
}

static void act_wait_for_vfork_done(struct run *r)
{
	task_id t = current_task(r);

	if (task_of(r->w, t)->vfork_child == TASK_NONE)
		return;
	note(r, EV_SLEEP, t, 0, 0, 0);
	SET_TASK(r, t, state, TASK_UNINTERRUPTIBLE);
}

static void act_vfork_return(struct run *r)
{
	SET_TASK(r, current_task(r), state, TASK_RUNNING);
}

static void act_futex_release(struct run *r)
{
	(void)r;	/* robust futexes and clear_child_tid: no mm counter */
}

static void act_complete_vfork_done(struct run *r)
{
	task_id child = value_of(r, A);
	task_id parent = task_of(r->w, child)->vfork_parent;

	SET_TASK(r, child, vfork_parent, TASK_NONE);
	SET_TASK(r, parent, vfork_child, TASK_NONE);
	SET_TASK(r, parent, state, TASK_RUNNING);
	SET_TASK(r, parent, on_rq, 1);
	note(r, EV_WAKE, parent, 0, 0, 0);
}

static void act_set_task_comm(struct run *r)
{
	task_id t = current_task(r);
	static const uint32_t nothing[NAME_WORDS];
	struct task_shown *shown = task_shown_of(r->w, t);

	if (shown->next_name[0])
		change_words(r, (struct place){ shown->name, t, EV_TASK_SHOWN,
			FIELD_OF(task_shown, name) },
			shown->next_name, NAME_WORDS);
	change_words(r, (struct place){ shown->next_name, t, EV_TASK_SHOWN,
		FIELD_OF(task_shown, next_name) }, nothing, NAME_WORDS);
	SET_TASK(r, t, flags, task_of(r->w, t)->flags &
		~(uint32_t)PF_FORKNOEXEC);
}

static void act_exit_signals(struct run *r)
{
	task_id t = current_task(r);

	SET_TASK(r, t, flags, task_of(r->w, t)->flags | PF_EXITING);
}

static void act_exit_notify(struct run *r)
{
	SET_TASK(r, current_task(r), exit_state, EXIT_ZOMBIE);
}

static void act_do_task_dead(struct run *r)
{
	SET_TASK(r, current_task(r), state, TASK_DEAD);
}

static void act_release_task(struct run *r)
{
	free_task_slot(r, value_of(r, A));
}

static void warn_if(struct run *r, bool wrong, enum trouble what)
{
	if (wrong)
		note(r, EV_WARN, current_task(r), 0, 0, 0)->arg = what;
}

static void act_warn_use_mm(struct run *r)
{
	const struct task *t = world_task(r->w, current_task(r));

	warn_if(r, !(t->flags & PF_KTHREAD), TROUBLE_USE_MM_NOT_KTHREAD);
	warn_if(r, ref_mm(t->mm) != MM_NONE, TROUBLE_USE_MM_HAS_MM);
}

static void act_warn_unuse_mm(struct run *r)
{
	warn_if(r, mm_value(r, CUR_MM) == MM_NONE, TROUBLE_UNUSE_MM_NO_MM);
}

static void act_ret(struct run *r)
{
	(void)r;	/* where a recording sees the function return */
}

/* --- CPUs --------------------------------------------------------------- */

static void act_set_cpu_online(struct run *r)
{
	SET_CPU(r, r->actor, online, CPU_ONLINE);
}

static void act_take_cpu_down(struct run *r)
{
	cpu_id c = value_of(r, A);

	SET_CPU(r, c, online, CPU_DYING);
	push_path(r, c, PATH_idle_task_exit, NULL);
}

static void act_idle_exit_checks(struct run *r)
{
	const struct cpu *cpu = world_cpu(r->w, r->actor);

	warn_if(r, cpu->current != cpu->idle || cpu->online == CPU_ONLINE,
		TROUBLE_IDLE_NOT_IDLE);
}

static void act_cpu_dead(struct run *r)
{
	SET_CPU(r, r->actor, online, CPU_OFFLINE);
}

/* Old rule: the idle task points at init_mm without a reference. */
static void act_take_idle_mm(struct run *r)
{
	struct place to = place_of(r, A);
	task_id idle = cpu_of(r->w, value_of(r, B))->idle;
	struct place from = PLACE(r, TASK, task, idle, active_mm);
	ref moved = *from.word;

	put_ref(r, &from, MM_INIT, OWNS_NOTHING);
	put_ref(r, &to, ref_mm(moved), ref_owns(moved));
}

/* --- dispatch ----------------------------------------------------------- */

void act(struct run *r)
{
	static void (*const acts[])(struct run *) = {
		[ST_none] = NULL,
#define STATEMENT(id, text) [ST_##id] = act_##id,
#define CONDITION(id, text)
#include "engine/vocabulary.def"
#undef STATEMENT
#undef CONDITION
	};

	acts[r->op->what](r);
}

static bool can_flush_here(const struct run *r)
{
	return value_of(r, r->op->arg[0]) &&
		call_wanted(r->w, r->actor, r->actor);
}

#undef A
#undef B

static bool wrong_mm(const struct run *r, const struct flat_op *op)
{
	mm_id mm = mm_value(r, op->arg[0]);

	return value_of(r, op->arg[1]) != r->actor && mm != MM_NONE &&
		mm != mm_value(r, LOADED);
}

static bool truth(const struct run *r, const struct flat_op *op)
{
	uint8_t a = op->arg[0];

	switch ((enum condition_id)op->what) {
	case CO_null:
		return mm_value(r, a) == MM_NONE;
	case CO_nonnull:
		return mm_value(r, a) != MM_NONE;
	case CO_same:
		return mm_value(r, a) == mm_value(r, op->arg[1]);
	case CO_is_init:
		return mm_value(r, a) == MM_INIT;
	case CO_result:
		return top(r)->result;
	case CO_nonzero:
		return value_of(r, a) != 0;
	case CO_no_task:
		return value_of(r, a) == TASK_NONE;
	case CO_sleeping:
		return world_task(r->w, value_of(r, a))->state != TASK_RUNNING;
	case CO_lazy:
		return world_cpu(r->w, r->actor)->is_lazy;
	case CO_wrong_mm:
		return wrong_mm(r, op);
	case CO_call_here:
		return can_flush_here(r);
	case CO_todo_left:
		return world_call(r->w, r->actor)->todo > 0;
	case CO_has_tables:
		return mm_of(r->w, mm_value(r, a))->tables != 0;
	case CO_has_vfork_parent:
		return task_of(r->w, value_of(r, a))->vfork_parent != TASK_NONE;
	case CO_still_borrows:
		return mm_value(r, CUR_MM) == MM_NONE &&
			mm_value(r, CUR_ACTIVE) == mm_value(r, a);
	case CO_borrows:
		return mm_value(r, CUR_ACTIVE) == mm_value(r, a);
	case CO_acked:
		return world_call(r->w, r->actor)->waiting == 0;
	case CO_mmap_readable:
		return mm_of(r->w, mm_value(r, a))->mmap_lock != MMAP_WRITER;
	case CO_mmap_writable:
		return mm_of(r->w, mm_value(r, a))->mmap_lock == 0;
	case CO_task_unlocked:
		return task_of(r->w, value_of(r, a))->alloc_lock == 0;
	case CO_vfork_done:
		return task_of(r->w, current_task(r))->vfork_child == TASK_NONE;
	case CO_cpu_is_dead:
		return world_cpu(r->w, value_of(r, a))->online == CPU_OFFLINE;
	default:
		assert(!"a condition of the vocabulary");
		return false;
	}
}

bool test(const struct run *r, const struct flat_op *op)
{
	struct run at = *r;

	at.op = op;
	return truth(&at, op) != (op->negate != 0);
}
