/*
 * golden_life.c - tasks come, change their mm, and go
 */
#include "golden.h"

static bool task_lives(const struct machine *m, const char *name)
{
	return machine_task(m, name) != TASK_NONE;
}

/* B.2: the parent's counters do not move; its flush reaches lazy CPUs too. */
static void fork_copies_the_mm(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	mm_id mm, child;
	size_t from;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_clone, 0, 0, 0, "A2");
	expect_switch(m, 1, "A2");
	expect_switch(m, 1, "idle");
	expect_mm(m, mm, 2, 2);
	from = m->log.count;
	expect_done(m, VERB_fork, 0, 0, 0, "F");
	child = machine_mm(m, 2);
	expect_mm(m, mm, 2, 2);
	expect_mm(m, child, 1, 1);
	expect_task(m, machine_task(m, "F"), child, child);
	expect_mask(m, child, 0);
	assert_int_equal(world_mm(m->w, child)->tlb_gen, 0);
	assert_int_equal(world_mm(m->w, child)->tables, 1);
	assert_int_equal(world_mm(m->w, mm)->tlb_gen, 1);
	assert_int_equal(world_mm(m->w, mm)->mmap_lock, 0);
	assert_int_equal(machine_saw(m, from, EV_IPI_SENT, 1), 1);
	expect_cpu(m, 1, MM_INIT, 0);
	expect_mask(m, mm, 1);
	assert_true(world_task_shown(m->w, machine_task(m, "F"))->pid > 100);
	end(m);
}

static void clone_shares_the_mm(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	mm_id mm;
	size_t from;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	from = m->log.count;
	expect_done(m, VERB_clone, 0, 0, 0, "A2");
	expect_mm(m, mm, 2, 1);
	expect_task(m, machine_task(m, "A2"), mm, mm);
	assert_int_equal(machine_saw(m, from, EV_FLUSH, mm), 0);
	assert_int_equal(world_mm(m->w, mm)->tlb_gen, 0);
	assert_int_equal(world_task(m->w, machine_task(m, "A2"))->on_rq, 1);
	assert_int_equal(world_task_shown(m->w, machine_task(m, "A2"))->pid,
			 101);
	end(m);
}

/* B.7: the parent is woken before the child's mm pointer changes. */
static void vfork_parent_sleeps_until_the_child_execs(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	task_id a = machine_spawn(m, "A"), child;
	mm_id mm = machine_mm(m, 1);

	(void)state;
	expect_switch(m, 0, "A");
	assert_true(machine_begin(m, VERB_vfork, 0, 0, 0, "V"));
	machine_finish(m, 0);
	child = machine_task(m, "V");
	expect_mm(m, mm, 2, 1);
	assert_int_equal(world_task(m->w, a)->state, TASK_UNINTERRUPTIBLE);
	assert_int_equal(world_task(m->w, child)->vfork_parent, a);
	expect_switch(m, 0, "V");
	assert_int_equal(world_task(m->w, a)->on_rq, 0);
	assert_false(machine_switch(m, 1, "A"));
	expect_refused(m, not_runnable);
	assert_true(machine_begin(m, VERB_exec, 0, 0, 0, "prog"));
	machine_run_to(m, 0, ST_complete_vfork_done);
	machine_steps(m, 0, 1);
	assert_int_equal(world_task(m->w, a)->state, TASK_RUNNING);
	assert_int_equal(world_task(m->w, a)->on_rq, 1);
	expect_task(m, child, mm, mm);
	expect_mm(m, mm, 2, 1);
	expect_switch(m, 1, "A");
	machine_finish(m, 1);
	assert_int_equal(world_task(m->w, a)->stack, STACK_NONE);
	machine_finish(m, 0);
	expect_mm(m, mm, 1, 1);
	expect_task(m, child, machine_mm(m, 2), machine_mm(m, 2));
	end(m);
}

static void vfork_parent_wakes_when_the_child_exits(void **state)
{
	struct machine *m = machine_new("6.12", 1);
	task_id a = machine_spawn(m, "A");

	(void)state;
	expect_switch(m, 0, "A");
	assert_true(machine_do(m, VERB_vfork, 0, 0, 0, "V"));
	expect_switch(m, 0, "V");
	expect_done(m, VERB_exit, 0, 0, 0, NULL);
	expect_mm(m, machine_mm(m, 1), 1, 2);
	expect_switch(m, 0, "A");
	machine_finish(m, 0);
	assert_int_equal(world_task(m->w, a)->state, TASK_RUNNING);
	assert_int_equal(actor_state(m->w, &m->program, 0), ACTOR_IDLE);
	expect_mm(m, machine_mm(m, 1), 1, 1);
	end(m);
}

/* B.4: no counter changes until it is first scheduled. */
static void kthread_create_touches_no_counter(void **state)
{
	struct machine *m = machine_new("6.12", 1);
	task_id k;

	(void)state;
	machine_spawn(m, "A");
	expect_switch(m, 0, "A");
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	k = machine_task(m, "K");
	expect_task(m, k, MM_NONE, MM_NONE);
	expect_mm(m, machine_mm(m, 1), 1, 1);
	assert_true(world_task(m->w, k)->flags & PF_KTHREAD);
	assert_int_equal(world_task_shown(m->w, k)->pid, 20);
	expect_switch(m, 0, "K");
	assert_false(machine_do(m, VERB_exec, 0, 0, 0, "x"));
	expect_refused(m, is_kthread);
	end(m);
}

/* B.5 and B.8 case 2: a borrower execs, and gives back what it borrowed. */
static void user_mode_thread_execs_out_of_a_borrow(void **state)
{
	struct machine *m = machine_new("6.12", 1);
	task_id u;
	mm_id a, new;

	(void)state;
	machine_spawn(m, "A");
	a = machine_mm(m, 1);
	expect_done(m, VERB_user_mode_thread, 0, 0, 0, "U");
	u = machine_task(m, "U");
	assert_false(world_task(m->w, u)->flags & PF_KTHREAD);
	expect_task(m, u, MM_NONE, MM_NONE);
	expect_switch(m, 0, "A");
	expect_switch(m, 0, "U");
	expect_task(m, u, MM_NONE, a);
	expect_mm(m, a, 1, 2);
	expect_done(m, VERB_exec, 0, 0, 0, "modprobe");
	new = machine_mm(m, 2);
	expect_mm(m, a, 1, 1);
	expect_mm(m, new, 1, 1);
	expect_task(m, u, new, new);
	expect_cpu(m, 0, new, 0);
	expect_mask(m, new, 1);
	expect_mask(m, a, 0);
	assert_int_equal(machine_task(m, "modprobe"), u);
	end(m);
}

/* A.6: the first exec by a borrower of init_mm drops its borrow. */
static void the_first_exec_returns_a_borrow_of_init_mm(void **state)
{
	struct machine *m = machine_new("6.12", 1);
	task_id one = 2; /* PID 1, made by rest_init */

	(void)state;
	assert_int_equal(world_task_shown(m->w, one)->pid, 1);
	assert_int_equal(world_task_shown(m->w, one + 1)->pid, 2);
	assert_false(world_task(m->w, one)->flags & PF_KTHREAD);
	assert_true(world_task(m->w, one + 1)->flags & PF_KTHREAD);
	expect_mm(m, MM_INIT, 2, 3);
	expect_done(m, VERB_switch, 0, one, 0, NULL);
	expect_mm(m, MM_INIT, 2, 3);
	expect_done(m, VERB_exec, 0, 0, 0, "init");
	expect_mm(m, MM_INIT, 2, 2);
	end(m);
}

/* In W-exec the task says the new mm while the CPU has the old one loaded. */
static void exec_writes_both_pointers_before_it_loads(void **state)
{
	struct machine *m = machine_new("6.12", 1);
	task_id a = machine_spawn(m, "A");
	mm_id old = machine_mm(m, 1), new;

	(void)state;
	expect_switch(m, 0, "A");
	assert_true(machine_begin(m, VERB_exec, 0, 0, 0, "prog"));
	machine_run_to(m, 0, ST_take);
	assert_int_equal(world_cpu(m->w, 0)->irqs_off, 1);
	assert_int_equal(world_task(m->w, a)->alloc_lock, 1);
	assert_int_equal(world_mm(m->w, old)->mmap_lock, 1);
	machine_steps(m, 0, 1);
	new = machine_mm(m, 2);
	expect_task(m, a, new, new);
	expect_cpu(m, 0, old, 0);
	expect_mm(m, old, 1, 1);
	machine_run_to(m, 0, ST_load_cr3);
	expect_mask(m, old, 0);
	expect_mask(m, new, 1);
	machine_run_to(m, 0, ST_dec_users);
	expect_cpu(m, 0, new, 0);
	expect_mm(m, old, 1, 1);
	assert_int_equal(world_cpu(m->w, 0)->preempt_count, 0);
	assert_int_equal(world_cpu(m->w, 0)->irqs_off, 0);
	assert_int_equal(world_task(m->w, a)->alloc_lock, 0);
	assert_int_equal(world_mm(m->w, old)->mmap_lock, 0);
	machine_finish(m, 0);
	end(m);
}

/* B.9: the lazy reference is taken before mm is cleared. */
static void exit_mm_borrows_before_it_lets_go(void **state)
{
	struct machine *m = machine_new("6.12", 1);
	task_id a = machine_spawn(m, "A");
	mm_id mm = machine_mm(m, 1);

	(void)state;
	expect_switch(m, 0, "A");
	assert_true(machine_begin(m, VERB_exit, 0, 0, 0, NULL));
	machine_run_to(m, 0, ST_mmgrab_lazy_tlb);
	assert_true(world_task(m->w, a)->flags & PF_EXITING);
	assert_int_equal(world_mm(m->w, mm)->mmap_lock, 1);
	expect_mm(m, mm, 1, 1);
	machine_run_to(m, 0, ST_null_into);
	expect_mm(m, mm, 1, 2);
	expect_task(m, a, mm, mm);
	assert_int_equal(world_cpu(m->w, 0)->irqs_off, 1);
	assert_int_equal(world_task(m->w, a)->alloc_lock, 1);
	machine_run_to(m, 0, ST_dec_users);
	expect_task(m, a, MM_NONE, mm);
	expect_cpu(m, 0, mm, 1);
	expect_mm(m, mm, 1, 2);
	assert_int_equal(world_cpu(m->w, 0)->irqs_off, 0);
	assert_int_equal(world_cpu(m->w, 0)->preempt_count, 0);
	assert_int_equal(world_task(m->w, a)->alloc_lock, 0);
	assert_int_equal(world_mm(m->w, mm)->mmap_lock, 0);
	/* B.9.1: its own CPU is lazy by then: the flush sends it to init_mm */
	machine_run_to(m, 0, ST_free_pgtables);
	expect_cpu(m, 0, MM_INIT, 0);
	expect_mm(m, mm, 0, 2);
	assert_int_equal(world_mm(m->w, mm)->tables, 1);
	machine_run_to(m, 0, ST_dec_count);
	assert_int_equal(world_mm(m->w, mm)->tables, 0);
	machine_finish(m, 0);
	expect_mm(m, mm, 0, 1);
	assert_int_equal(world_task(m->w, a)->exit_state, EXIT_ZOMBIE);
	assert_int_equal(world_task(m->w, a)->state, TASK_DEAD);
	end(m);
}

/* B.10: reaping touches no counter of an mm. */
static void wait_reaps_a_zombie_once(void **state)
{
	struct machine *m = machine_new("6.12", 3);
	task_id a;

	(void)state;
	machine_spawn(m, "A");
	machine_spawn(m, "B");
	machine_spawn(m, "C");
	expect_switch(m, 0, "A");
	expect_switch(m, 1, "B");
	expect_switch(m, 2, "C");
	a = machine_task(m, "A");
	expect_done(m, VERB_exit, 0, 0, 0, NULL);
	assert_false(machine_do(m, VERB_wait, 1, a, 0, NULL));
	expect_refused(m, still_running);
	expect_switch(m, 0, "idle");
	assert_int_equal(world_task(m->w, a)->on_rq, 0);
	assert_true(machine_begin(m, VERB_wait, 1, a, 0, NULL));
	assert_true(machine_begin(m, VERB_wait, 2, a, 0, NULL));
	machine_steps(m, 2, 1);
	machine_finish(m, 1); /* too late: it is claimed */
	assert_true(task_lives(m, "A"));
	machine_finish(m, 2);
	assert_false(task_lives(m, "A"));
	expect_mm(m, machine_mm(m, 1), 0, 1);
	end(m);
}

/* B.16, 6.1: the grab simply becomes the loan; no grab of what it has. */
static void use_mm_counts_differ_between_6_1_and_6_12(void **state)
{
	static const char *const profiles[] = { "6.1", "6.12" };
	static const uint32_t inside[] = { 2, 3 };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct machine *m = machine_new(profiles[i], 1);
		uint32_t most = 0;
		mm_id a;

		machine_spawn(m, "A");
		expect_done(m, VERB_kthread, 0, 0, 0, "K");
		a = machine_mm(m, 1);
		expect_switch(m, 0, "A");
		expect_switch(m, 0, "K");
		assert_true(
			machine_begin(m, VERB_kthread_use_mm, 0, a, 1, NULL));
		while (machine_steps(m, 0, 1))
			if (world_mm(m->w, a)->mm_count > most)
				most = world_mm(m->w, a)->mm_count;
		assert_int_equal(most, inside[i]);
		expect_mm(m, a, 1, 2);
		expect_cpu(m, 0, a, 0);
		expect_done(m, VERB_kthread_unuse_mm, 0, 0, 0, NULL);
		expect_mm(m, a, 1, 2); /* use and unuse: no net effect */
		expect_cpu(m, 0, a, 1);
		expect_task(m, machine_task(m, "K"), MM_NONE, a);
		end(m);
	}
}

/* It can sleep with an mm in use; to the scheduler it is a user. */
static void a_thread_that_uses_an_mm_is_a_user_to_the_scheduler(void **state)
{
	struct machine *m = machine_new("6.12", 1);
	mm_id a;

	(void)state;
	machine_spawn(m, "A");
	a = machine_mm(m, 1);
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	expect_switch(m, 0, "K");
	expect_done(m, VERB_kthread_use_mm, 0, a, 1, NULL);
	expect_mm(m, MM_INIT, 2, 2);
	expect_mm(m, a, 1, 2);
	expect_switch(m, 0, "idle");
	expect_task(m, machine_task(m, "K"), a, a);
	expect_mm(m, a, 1, 3);
	expect_done(m, VERB_get_task_mm, 0, machine_task(m, "K"), 0, "ps");
	expect_mm(m, a, 1, 3);
	expect_switch(m, 0, "K");
	assert_false(machine_do(m, VERB_exit, 0, 0, 0, NULL));
	expect_refused(m, has_mm);
	assert_false(machine_do(m, VERB_fork, 0, 0, 0, NULL));
	expect_refused(m, is_kthread);
	end(m);
}

/* With strict off the kernel warns, and goes on. */
static void use_mm_by_a_user_task_warns_and_goes_on(void **state)
{
	struct machine *m = machine_new("6.12", 1);

	(void)state;
	m->checked = false;
	m->may_warn = true;
	machine_spawn(m, "A");
	machine_spawn(m, "B");
	expect_switch(m, 0, "A");
	assert_false(machine_do(m, VERB_kthread_use_mm, 0, machine_mm(m, 2), 1,
				NULL));
	expect_refused(m, not_kthread);
	expect_done(m, VERB_kthread_use_mm, 0, machine_mm(m, 2), 0, NULL);
	assert_int_equal(machine_saw(m, 0, EV_WARN, machine_task(m, "A")), 2);
	machine_free(m);
}

static const struct CMUnitTest life[] = {
	cmocka_unit_test(fork_copies_the_mm),
	cmocka_unit_test(clone_shares_the_mm),
	cmocka_unit_test(vfork_parent_sleeps_until_the_child_execs),
	cmocka_unit_test(vfork_parent_wakes_when_the_child_exits),
	cmocka_unit_test(kthread_create_touches_no_counter),
	cmocka_unit_test(user_mode_thread_execs_out_of_a_borrow),
	cmocka_unit_test(the_first_exec_returns_a_borrow_of_init_mm),
	cmocka_unit_test(exec_writes_both_pointers_before_it_loads),
	cmocka_unit_test(exit_mm_borrows_before_it_lets_go),
	cmocka_unit_test(wait_reaps_a_zombie_once),
	cmocka_unit_test(use_mm_counts_differ_between_6_1_and_6_12),
	cmocka_unit_test(a_thread_that_uses_an_mm_is_a_user_to_the_scheduler),
	cmocka_unit_test(use_mm_by_a_user_task_warns_and_goes_on),
};

const struct golden golden_life = GOLDEN(life);
