/*
 * golden_seed.c - the mail that introduced active_mm, statement by statement
 *
 * One test for each sentence that a kernel of today can be held to: reference
 * table J, but for Alpha, kernels before 6.1, and page faults.
 */
#include "golden.h"

static void j_two_kinds_of_address_space_real_and_anonymous(void **state)
{
	struct machine *m = machine_new("6.12", 1);
	task_id a = machine_spawn(m, "A");

	(void)state;
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	expect_task(m, a, machine_mm(m, 1), machine_mm(m, 1));
	expect_task(m, machine_task(m, "K"), MM_NONE, MM_NONE);
	end(m);
}

static void
j_switching_into_an_anonymous_one_leaves_the_previous_loaded(void **state)
{
	struct machine *m = machine_new("6.12", 1);
	mm_id mm;
	size_t from;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	from = m->log.count;
	expect_switch(m, 0, "idle");
	expect_cpu(m, 0, mm, 1);
	assert_int_equal(machine_saw(m, from, EV_CR3, 0), 0);
	/* today freed page tables make x86 fall to init_mm after all */
	expect_done(m, VERB_flush, 0, mm, 1, NULL);
	expect_cpu(m, 0, MM_INIT, 0);
	expect_task(m, 1, MM_NONE, mm);
	end(m);
}

static void j_kernel_threads_are_the_obvious_anonymous_case(void **state)
{
	struct machine *m = machine_new("6.12", 1);
	task_id k;

	(void)state;
	machine_spawn(m, "A");
	expect_switch(m, 0, "A");
	expect_switch(m, 0, "idle");
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	k = machine_task(m, "K");
	assert_true(world_task(m->w, k)->flags & PF_KTHREAD);
	expect_switch(m, 0, "K");
	expect_task(m, k, MM_NONE, machine_mm(m, 1));
	expect_cpu(m, 0, machine_mm(m, 1), 1);
	end(m);
}

static void j_mm_null_for_an_anonymous_task_active_mm_borrowed(void **state)
{
	struct machine *m = machine_new("6.12", 1);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_task(m, 1, MM_NONE, MM_INIT);
	expect_switch(m, 0, "A");
	expect_switch(m, 0, "idle");
	expect_task(m, 1, MM_NONE, mm);
	assert_int_equal(ref_owns(world_task(m->w, 1)->active_mm), OWNS_COUNT);
	end(m);
}

static void j_with_a_real_mm_active_mm_equals_mm(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	task_id a = machine_spawn(m, "A");
	mm_id mm = machine_mm(m, 1), child;

	(void)state;
	expect_task(m, a, mm, mm);
	expect_switch(m, 0, "A");
	expect_task(m, a, mm, mm);
	expect_done(m, VERB_fork, 0, 0, 0, "F");
	child = machine_mm(m, 2);
	expect_task(m, machine_task(m, "F"), child, child);
	expect_switch(m, 0, "idle");
	expect_task(m, a, mm, mm);
	expect_switch(m, 1, "A");
	expect_done(m, VERB_exec, 1, 0, 0, "E");
	expect_task(m, a, machine_mm(m, 3), machine_mm(m, 3));
	end(m);
}

/* Returned only to a user task; to a kernel thread it is handed on. */
static void j_scheduled_away_the_borrow_is_returned_and_cleared(void **state)
{
	struct machine *m = machine_new("6.12", 1);
	mm_id mm;
	size_t from;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	expect_switch(m, 0, "A");
	expect_switch(m, 0, "idle");
	from = m->log.count;
	expect_switch(m, 0, "K");
	expect_task(m, 1, MM_NONE, MM_NONE);
	expect_mm(m, mm, 1, 2);
	assert_int_equal(machine_saw(m, from, EV_HAND_ON, mm), 1);
	assert_int_equal(machine_saw(m, from, EV_RELEASE, mm), 0);
	expect_switch(m, 0, "A");
	expect_task(m, machine_task(m, "K"), MM_NONE, MM_NONE);
	expect_mm(m, mm, 1, 1);
	assert_int_equal(machine_saw(m, from, EV_RELEASE, mm), 1);
	end(m);
}

static void j_mm_users_counts_real_users(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_clone, 0, 0, 0, "A2");
	expect_done(m, VERB_clone, 0, 0, 0, "A3");
	expect_mm(m, mm, 3, 1);
	expect_switch(m, 1, "A2");
	expect_switch(m, 0, "idle"); /* a borrower is no user */
	expect_mm(m, mm, 3, 2);
	expect_done(m, VERB_exit, 1, 0, 0, NULL);
	expect_mm(m, mm, 2, 3);
	/* and temporary holders count while they look */
	expect_done(m, VERB_mmget, 0, mm, 0, "maps");
	expect_mm(m, mm, 3, 3);
	expect_done(m, VERB_mmput, 0, mm, 0, "maps");
	expect_mm(m, mm, 2, 3);
	end(m);
}

static void j_mm_count_is_lazy_users_plus_one_for_real_users(void **state)
{
	struct machine *m = machine_new("6.12", 4);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_clone, 0, 0, 0, "A2");
	expect_done(m, VERB_clone, 0, 0, 0, "A3");
	expect_mm(m, mm, 3, 1);
	expect_switch(m, 1, "A2");
	expect_switch(m, 2, "A3");
	expect_switch(m, 1, "idle");
	expect_mm(m, mm, 3, 2);
	expect_switch(m, 2, "idle");
	expect_mm(m, mm, 3, 3);
	/* plus explicit grabs, which the mail did not know */
	expect_done(m, VERB_mmgrab, 0, mm, 0, "kvm");
	expect_mm(m, mm, 3, 4);
	end(m);
}

static void j_an_mm_may_have_only_lazy_users_for_a_while(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_exit, 0, 0, 0, NULL);
	expect_mm(m, mm, 0, 1);
	expect_switch(m, 0, "idle");
	expect_mm(m, mm, 0, 1);
	expect_task(m, 1, MM_NONE, mm);
	assert_int_equal(world_mm(m->w, mm)->slot, SLOT_LIVE);
	assert_int_equal(machine_saw(m, 0, EV_ZOMBIE, mm), 1);
	end(m);
}

static void j_freed_when_a_real_thread_replaces_the_last_borrower(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	machine_spawn(m, "B");
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_exit, 0, 0, 0, NULL);
	expect_switch(m, 0, "idle");
	expect_switch(m, 0, "K"); /* not a real thread */
	expect_mm(m, mm, 0, 1);
	assert_true(machine_begin(m, VERB_switch, 0, machine_task(m, "B"), 0,
				  NULL));
	machine_run_to(m, 0, ST_finish_task);
	expect_mm(m, mm, 0, 1); /* not before finish_task_switch */
	machine_finish(m, 0);
	expect_freed(m, mm);
	end(m);
}

static void j_nobody_has_init_mm_as_real_mm_it_is_for_boot(void **state)
{
	struct machine *m = machine_new("6.12", 2);

	(void)state;
	for (task_id t = 1; t < m->w->max.tasks; t++)
		assert_int_not_equal(ref_mm(world_task(m->w, t)->mm), MM_INIT);
	expect_task(m, 1, MM_NONE, MM_INIT);
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	expect_switch(m, 0, "K");
	assert_false(machine_do(m, VERB_kthread_use_mm, 0, MM_INIT, 1, NULL));
	expect_refused(m, mm_init);
	expect_task(m, machine_task(m, "K"), MM_NONE, MM_INIT);
	end(m);
}

/* A borrower of init_mm and one of a user's mm are anonymous alike. */
static void j_anonymous_means_no_mm_not_init_mm(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	task_id k;

	(void)state;
	machine_spawn(m, "A");
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	k = machine_task(m, "K");
	expect_switch(m, 1, "K");
	expect_task(m, k, MM_NONE, MM_INIT);
	assert_false(machine_do(m, VERB_fork, 1, 0, 0, "F"));
	expect_refused(m, no_mm);
	expect_switch(m, 1, "idle");
	expect_switch(m, 0, "A");
	expect_switch(m, 0, "K");
	expect_task(m, k, MM_NONE, machine_mm(m, 1));
	assert_false(machine_do(m, VERB_fork, 0, 0, 0, "F"));
	expect_refused(m, no_mm);
	end(m);
}

/* With MMU_LAZY_TLB_REFCOUNT the helpers count; without, they are barriers. */
static void j_lazy_helpers_count_only_with_refcount(void **state)
{
	static const char *const profiles[] = { "6.12", "6.12-shoot" };

	(void)state;
	for (uint32_t i = 0; i < 2; i++) {
		struct machine *m = machine_new(profiles[i], 1);

		machine_spawn(m, "A");
		expect_switch(m, 0, "A");
		expect_switch(m, 0, "idle");
		expect_mm(m, machine_mm(m, 1), 1, i ? 1 : 2);
		assert_int_equal(
			machine_saw(m, 0, EV_BARRIER, machine_task(m, "A")) > 0,
			i);
		expect_switch(m, 0, "A");
		expect_mm(m, machine_mm(m, 1), 1, 1);
		end(m);
	}
}

static const struct CMUnitTest seed[] = {
	cmocka_unit_test(j_two_kinds_of_address_space_real_and_anonymous),
	cmocka_unit_test(
		j_switching_into_an_anonymous_one_leaves_the_previous_loaded),
	cmocka_unit_test(j_kernel_threads_are_the_obvious_anonymous_case),
	cmocka_unit_test(j_mm_null_for_an_anonymous_task_active_mm_borrowed),
	cmocka_unit_test(j_with_a_real_mm_active_mm_equals_mm),
	cmocka_unit_test(j_scheduled_away_the_borrow_is_returned_and_cleared),
	cmocka_unit_test(j_mm_users_counts_real_users),
	cmocka_unit_test(j_mm_count_is_lazy_users_plus_one_for_real_users),
	cmocka_unit_test(j_an_mm_may_have_only_lazy_users_for_a_while),
	cmocka_unit_test(j_freed_when_a_real_thread_replaces_the_last_borrower),
	cmocka_unit_test(j_nobody_has_init_mm_as_real_mm_it_is_for_boot),
	cmocka_unit_test(j_anonymous_means_no_mm_not_init_mm),
	cmocka_unit_test(j_lazy_helpers_count_only_with_refcount),
};

const struct golden golden_seed = GOLDEN(seed);
