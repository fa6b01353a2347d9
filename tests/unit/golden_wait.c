/*
 * golden_wait.c - waiting: locks, preemption in the middle of a path, places
 */
#include "golden.h"

/* dup_mmap holds mmap_lock for writing; exit_mm wants to read. */
static void exit_waits_while_another_thread_forks(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_clone, 0, 0, 0, "A2");
	expect_switch(m, 1, "A2");
	assert_true(machine_begin(m, VERB_fork, 0, 0, 0, "F"));
	machine_run_to(m, 0, ST_dup_mmap);
	assert_int_equal(world_mm(m->w, mm)->mmap_lock, MMAP_WRITER);
	assert_true(machine_begin(m, VERB_exit, 1, 0, 0, NULL));
	machine_finish(m, 1);
	assert_int_equal(actor_state(m->w, &m->program, 1), ACTOR_WAITS);
	assert_int_equal(machine_place(m, 1), PATH_exit_mm);
	expect_mm(m, mm, 2, 1);
	machine_run_to(m, 0, ST_mmap_write_unlock);
	machine_steps(m, 0, 1);
	assert_int_equal(world_mm(m->w, mm)->mmap_lock, 0);
	machine_finish(m, 1);
	assert_int_equal(actor_state(m->w, &m->program, 1), ACTOR_IDLE);
	machine_finish(m, 0);
	expect_mm(m, mm, 1, 2);
	end(m);
}

/* And the other way round: a reader keeps the writer out. */
static void fork_waits_while_another_thread_exits(void **state)
{
	struct machine *m = machine_new("6.12", 2);

	(void)state;
	machine_spawn(m, "A");
	expect_switch(m, 0, "A");
	expect_done(m, VERB_clone, 0, 0, 0, "A2");
	expect_switch(m, 1, "A2");
	assert_true(machine_begin(m, VERB_exit, 1, 0, 0, NULL));
	machine_run_to(m, 1, ST_null_into);
	assert_true(machine_begin(m, VERB_fork, 0, 0, 0, "F"));
	machine_finish(m, 0);
	assert_int_equal(machine_place(m, 0), PATH_dup_mm);
	assert_int_equal(actor_state(m->w, &m->program, 0), ACTOR_WAITS);
	machine_finish(m, 1);
	machine_finish(m, 0);
	assert_int_equal(actor_state(m->w, &m->program, 0), ACTOR_IDLE);
	end(m);
}

/* Each that takes task_lock waits for who has it. */
static void exec_exit_and_use_mm_wait_for_task_lock(void **state)
{
	static const enum verb verbs[] = { VERB_exec, VERB_exit,
					   VERB_kthread_use_mm,
					   VERB_kthread_unuse_mm,
					   VERB_get_task_mm };

	(void)state;
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
		struct machine *m = machine_new("6.12", 1);
		uint32_t actor, waiter;
		bool thread = i == 2 || i == 3;
		task_id t;
		mm_id mm;

		machine_spawn(m, "A");
		mm = machine_mm(m, 1);
		expect_done(m, VERB_kthread, 0, 0, 0, "K");
		t = machine_task(m, thread ? "K" : "A");
		expect_switch(m, 0, thread ? "K" : "A");
		if (i == 3)
			expect_done(m, VERB_kthread_use_mm, 0, mm, 1, NULL);
		assert_true(machine_begin(m, VERB_get_task_mm, 0, t, 0, "ps"));
		actor = m->last.actor;
		machine_run_to(m, actor, ST_get_mm_of);
		assert_int_equal(world_task(m->w, t)->alloc_lock, 1);
		assert_true(
			machine_begin(m, verbs[i], 0, i == 4 ? t : mm, 1, "x"));
		waiter = m->last.actor;
		machine_finish(m, waiter);
		assert_int_equal(actor_state(m->w, &m->program, waiter),
				 ACTOR_WAITS);
		machine_finish(m, actor);
		machine_finish(m, waiter);
		assert_int_equal(actor_state(m->w, &m->program, waiter),
				 ACTOR_IDLE);
		end(m);
	}
}

/* The borrow of a preempted task moves on; it goes on with another's. */
static void an_exiting_task_is_preempted_and_goes_on(void **state)
{
	struct machine *m = machine_new("6.12", 1);
	task_id a = machine_spawn(m, "A");
	mm_id mm = machine_mm(m, 1), b;

	(void)state;
	machine_spawn(m, "B");
	b = machine_mm(m, 2);
	expect_switch(m, 0, "A");
	assert_true(machine_begin(m, VERB_exit, 0, 0, 0, NULL));
	machine_run_to(m, 0, ST_null_into);
	assert_false(machine_switch(m, 0, "B"));
	expect_refused(m, no_preempt);
	machine_run_to(m, 0, ST_dec_users);
	expect_switch(m, 0, "B");
	expect_task(m, a, MM_NONE, MM_NONE);
	expect_mm(m, mm, 1, 1);
	expect_switch(m, 0, "A");
	expect_task(m, a, MM_NONE, b);
	expect_mm(m, b, 1, 2);
	machine_finish(m, 0);
	expect_freed(m, mm);
	expect_cpu(m, 0, b, 1);
	assert_int_equal(world_task(m->w, a)->state, TASK_DEAD);
	end(m);
}

/* rq->curr, then current; on_cpu of prev last: two tasks in W-switch. */
static void a_switch_goes_in_the_order_of_the_kernel(void **state)
{
	struct machine *m = machine_new("6.12", 1);
	task_id a = machine_spawn(m, "A"), idle = 1;
	const struct cpu *cpu = world_cpu(m->w, 0);

	(void)state;
	assert_true(machine_begin(m, VERB_switch, 0, a, 0, NULL));
	machine_run_to(m, 0, ST_trace_sched_switch);
	assert_int_equal(cpu->curr, a);
	assert_int_equal(cpu->current, idle);
	assert_int_equal(cpu->irqs_off, 1);
	machine_run_to(m, 0, ST_switch_to);
	assert_int_equal(ref_mm(cpu->prev_mm), MM_INIT);
	expect_task(m, idle, MM_NONE, MM_NONE);
	expect_mm(m, MM_INIT, 2, 3);
	assert_int_equal(cpu->current, idle);
	machine_run_to(m, 0, ST_finish_task);
	assert_int_equal(cpu->current, a);
	assert_int_equal(ref_mm(cpu->prev_mm), MM_NONE);
	assert_int_equal(world_task(m->w, idle)->on_cpu, 1);
	assert_int_equal(world_task(m->w, a)->on_cpu, 1);
	machine_run_to(m, 0, ST_dec_lazy);
	assert_int_equal(world_task(m->w, idle)->on_cpu, 0);
	assert_int_equal(cpu->irqs_off, 0);
	expect_mm(m, MM_INIT, 2, 3);
	machine_finish(m, 0);
	expect_mm(m, MM_INIT, 2, 2);
	end(m);
}

/* A flush runs with preemption off, its local part with interrupts off. */
static void a_local_flush_runs_with_interrupts_off(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	for (int others = 0; others < 2; others++) {
		assert_true(machine_begin(m, VERB_flush, 0, mm, 0, NULL));
		machine_run_to(m, 0, ST_read_info);
		assert_int_equal(world_cpu(m->w, 0)->irqs_off, 1);
		assert_int_equal(world_cpu(m->w, 0)->preempt_count, 1);
		machine_finish(m, 0);
		assert_int_equal(world_cpu(m->w, 0)->irqs_off, 0);
		assert_int_equal(world_cpu(m->w, 0)->preempt_count, 0);
		assert_int_equal(world_call(m->w, 0)->func, CALL_NONE);
		if (others == 0) {
			expect_done(m, VERB_clone, 0, 0, 0, "A2");
			expect_switch(m, 1, "A2");
		}
	}
	end(m);
}

/* Deep idle: interrupts are off while leave_mm() loads init_mm. */
static void leave_mm_runs_with_interrupts_off(void **state)
{
	struct machine *m = machine_new("6.12", 1);

	(void)state;
	machine_spawn(m, "A");
	expect_switch(m, 0, "A");
	expect_switch(m, 0, "idle");
	assert_true(machine_begin(m, VERB_leave_mm, 0, 0, 0, NULL));
	machine_run_to(m, 0, ST_load_cr3);
	assert_int_equal(world_cpu(m->w, 0)->irqs_off, 1);
	machine_finish(m, 0);
	assert_int_equal(world_cpu(m->w, 0)->irqs_off, 0);
	end(m);
}

/* use_mm and unuse_mm hold task_lock with interrupts off around the change. */
static void use_mm_changes_under_task_lock_with_interrupts_off(void **state)
{
	struct machine *m = machine_new("6.12", 1);
	task_id k;

	(void)state;
	machine_spawn(m, "A");
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	k = machine_task(m, "K");
	expect_switch(m, 0, "K");
	assert_true(machine_begin(m, VERB_kthread_use_mm, 0, machine_mm(m, 1),
				  1, NULL));
	machine_run_to(m, 0, ST_load_cr3);
	assert_int_equal(world_cpu(m->w, 0)->irqs_off, 1);
	assert_int_equal(world_task(m->w, k)->alloc_lock, 1);
	expect_task(m, k, machine_mm(m, 1), machine_mm(m, 1));
	machine_finish(m, 0);
	assert_int_equal(world_task(m->w, k)->alloc_lock, 0);
	assert_true(machine_begin(m, VERB_kthread_unuse_mm, 0, 0, 0, NULL));
	machine_run_to(m, 0, ST_enter_lazy);
	assert_int_equal(world_cpu(m->w, 0)->irqs_off, 1);
	assert_int_equal(world_task(m->w, k)->alloc_lock, 1);
	expect_mm(m, machine_mm(m, 1), 1, 3);
	machine_finish(m, 0);
	assert_int_equal(world_cpu(m->w, 0)->irqs_off, 0);
	assert_int_equal(world_task(m->w, k)->alloc_lock, 0);
	end(m);
}

static const struct CMUnitTest waits[] = {
	cmocka_unit_test(exit_waits_while_another_thread_forks),
	cmocka_unit_test(fork_waits_while_another_thread_exits),
	cmocka_unit_test(exec_exit_and_use_mm_wait_for_task_lock),
	cmocka_unit_test(an_exiting_task_is_preempted_and_goes_on),
	cmocka_unit_test(a_switch_goes_in_the_order_of_the_kernel),
	cmocka_unit_test(a_local_flush_runs_with_interrupts_off),
	cmocka_unit_test(leave_mm_runs_with_interrupts_off),
	cmocka_unit_test(use_mm_changes_under_task_lock_with_interrupts_off),
};

const struct golden golden_wait = GOLDEN(waits);
