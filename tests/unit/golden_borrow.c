/*
 * golden_borrow.c - borrowing, exit, exec and use of an mm: scenarios I.1 to
 * I.11 as far as they need no TLB contents
 */
#include "golden.h"

static void boot_takes_init_mm_once_too_often(void **state)
{
	struct machine *m = machine_new("6.12", 2);

	(void)state;
	expect_mm(m, MM_INIT, 2, 4);
	expect_cpu(m, 0, MM_INIT, 0);
	expect_cpu(m, 1, MM_INIT, 0);
	expect_mask(m, MM_INIT, 0);
	expect_task(m, 1, MM_NONE, MM_INIT);
	expect_task(m, 2, MM_NONE, MM_INIT);
	end(m);
}

static void i1_borrow_and_return_on_one_cpu(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	task_id a = machine_spawn(m, "A");
	mm_id mm = machine_mm(m, 1);

	(void)state;
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	expect_mm(m, MM_INIT, 2, 4);
	expect_mm(m, mm, 1, 1);
	expect_mask(m, mm, 0);
	expect_switch(m, 0, "A");
	expect_mm(m, MM_INIT, 2, 3);
	expect_mm(m, mm, 1, 1);
	expect_cpu(m, 0, mm, 0);
	expect_mask(m, mm, 1);
	expect_switch(m, 0, "idle");
	expect_mm(m, MM_INIT, 2, 3);
	expect_mm(m, mm, 1, 2);
	expect_cpu(m, 0, mm, 1);
	expect_mask(m, mm, 1);
	expect_task(m, 1, MM_NONE, mm);
	expect_switch(m, 0, "K");
	expect_mm(m, mm, 1, 2);
	expect_cpu(m, 0, mm, 1);
	expect_task(m, machine_task(m, "K"), MM_NONE, mm);
	expect_task(m, 1, MM_NONE, MM_NONE);
	expect_switch(m, 0, "A");
	expect_mm(m, mm, 1, 1);
	expect_mm(m, MM_INIT, 2, 3);
	expect_cpu(m, 0, mm, 0);
	expect_mask(m, mm, 1);
	expect_task(m, a, mm, mm);
	expect_cpu(m, 1, MM_INIT, 0);
	end(m);
}

static void i1_the_last_row_writes_no_cr3(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	size_t from;

	(void)state;
	machine_spawn(m, "A");
	expect_switch(m, 0, "A");
	assert_int_equal(machine_saw(m, 0, EV_CR3, 0), 1);
	from = m->log.count;
	expect_switch(m, 0, "idle");
	expect_switch(m, 0, "A");
	assert_int_equal(machine_saw(m, from, EV_CR3, 0), 0);
	end(m);
}

/* Rows 12 to 17: from the last exit to the last borrower it is a zombie mm. */
static void i5_threads_die_and_leave_a_zombie_mm(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	task_id a = machine_spawn(m, "A");
	mm_id mm = machine_mm(m, 1), n, o;

	(void)state;
	machine_spawn(m, "B");
	machine_spawn(m, "C");
	n = machine_mm(m, 2);
	o = machine_mm(m, 3);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_clone, 0, 0, 0, "A2");
	expect_switch(m, 1, "A2");
	expect_mm(m, mm, 2, 1);
	expect_mask(m, mm, 3);
	expect_mm(m, MM_INIT, 2, 2);
	expect_done(m, VERB_exit, 1, 0, 0, NULL); /* 12 */
	expect_mm(m, mm, 1, 2);
	expect_mask(m, mm, 3);
	expect_cpu(m, 0, mm, 0);
	expect_cpu(m, 1, mm, 1);
	expect_task(m, machine_task(m, "A2"), MM_NONE, mm);
	expect_switch(m, 1, "idle"); /* 13 */
	expect_task(m, machine_task(m, "A2"), MM_NONE, MM_NONE);
	expect_task(m, 2, MM_NONE, mm);
	expect_mm(m, mm, 1, 2);
	expect_done(m, VERB_exit, 0, 0, 0, NULL); /* 14 */
	expect_mm(m, mm, 0, 2);
	expect_mask(m, mm, 0);
	expect_cpu(m, 0, MM_INIT, 0);
	expect_cpu(m, 1, MM_INIT, 0);
	expect_task(m, a, MM_NONE, mm);
	expect_task(m, 2, MM_NONE, mm);
	expect_switch(m, 0, "idle"); /* 15 */
	expect_mm(m, mm, 0, 2);
	expect_task(m, 1, MM_NONE, mm);
	expect_switch(m, 0, "B"); /* 16 */
	expect_mm(m, mm, 0, 1);
	expect_cpu(m, 0, n, 0);
	expect_switch(m, 1, "C"); /* 17 */
	expect_freed(m, mm);
	expect_cpu(m, 1, o, 0);
	expect_mm(m, MM_INIT, 2, 2);
	end(m);
}

static void i8_exec_of_the_sole_user_frees_the_old_mm(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	task_id a = machine_spawn(m, "A");
	mm_id old = machine_mm(m, 1), new;
	size_t from;

	(void)state;
	expect_switch(m, 0, "A");
	from = m->log.count;
	expect_done(m, VERB_exec, 0, 0, 0, "prog");
	new = machine_mm(m, 2);
	expect_freed(m, old);
	expect_mm(m, new, 1, 1);
	expect_task(m, a, new, new);
	expect_cpu(m, 0, new, 0);
	expect_mask(m, new, 1);
	assert_int_equal(machine_saw(m, from, EV_FREE, old), 1);
	/* Its mask was empty: nobody is told, nobody flushes. */
	assert_int_equal(machine_saw(m, from, EV_IPI_SENT, 1), 0);
	assert_int_equal(machine_saw(m, from, EV_FLUSH, old), 0);
	assert_int_equal(machine_task(m, "prog"), a);
	end(m);
}

static void i8_exec_leaves_the_old_mm_to_a_borrower(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	mm_id old;

	(void)state;
	machine_spawn(m, "A");
	machine_spawn(m, "B");
	old = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_clone, 0, 0, 0, "A2");
	expect_switch(m, 1, "A2");
	expect_done(m, VERB_exit, 1, 0, 0, NULL);
	expect_done(m, VERB_exec, 0, 0, 0, "prog");
	expect_mm(m, old, 0, 1);
	expect_mask(m, old, 0);
	expect_cpu(m, 1, MM_INIT, 0);
	expect_task(m, machine_task(m, "A2"), MM_NONE, old);
	expect_switch(m, 1, "B");
	expect_freed(m, old);
	end(m);
}

static void i9_kthread_use_mm(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	mm_id a, mm;
	task_id k;
	uint32_t most = 0;

	(void)state;
	machine_spawn(m, "A");
	machine_spawn(m, "B");
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	a = machine_mm(m, 1);
	mm = machine_mm(m, 2);
	k = machine_task(m, "K");
	expect_switch(m, 0, "A");
	expect_switch(m, 0, "K");
	expect_mm(m, a, 1, 2);
	expect_mm(m, mm, 1, 1);
	expect_done(m, VERB_kthread_use_mm, 0, mm, 1, NULL);
	expect_mm(m, mm, 1, 2);
	expect_mm(m, a, 1, 1);
	expect_task(m, k, mm, mm);
	expect_cpu(m, 0, mm, 0);
	expect_mask(m, mm, 1);
	expect_mask(m, a, 0);
	expect_switch(m, 0, "idle");
	expect_mm(m, mm, 1, 3);
	expect_task(m, k, mm, mm);
	expect_switch(m, 0, "K");
	expect_mm(m, mm, 1, 2);
	assert_true(machine_begin(m, VERB_kthread_unuse_mm, 0, 0, 0, NULL));
	while (machine_steps(m, 0, 1))
		if (world_mm(m->w, mm)->mm_count > most)
			most = world_mm(m->w, mm)->mm_count;
	assert_int_equal(most, 3);
	expect_mm(m, mm, 1, 2);
	expect_task(m, k, MM_NONE, mm);
	expect_cpu(m, 0, mm, 1);
	expect_switch(m, 0, "A");
	expect_mm(m, mm, 1, 1);
	expect_mm(m, a, 1, 1);
	end(m);
}

static void i11_shootdown_boots_without_counting_borrowers(void **state)
{
	struct machine *m = machine_new("6.12-shoot", 2);

	(void)state;
	expect_mm(m, MM_INIT, 2, 1);
	machine_spawn(m, "A");
	expect_switch(m, 0, "A");
	expect_switch(m, 0, "idle");
	expect_mm(m, MM_INIT, 2, 1);
	expect_mm(m, machine_mm(m, 1), 1, 1);
	expect_task(m, 1, MM_NONE, machine_mm(m, 1));
	end(m);
}

static void i11_the_bit_stays_until_the_borrower_is_shot(void **state)
{
	struct machine *m = machine_new("6.12-shoot", 2);
	task_id a = machine_spawn(m, "A");
	mm_id mm = machine_mm(m, 1);

	(void)state;
	expect_switch(m, 0, "A");
	expect_done(m, VERB_clone, 0, 0, 0, "A2");
	expect_switch(m, 1, "A2");
	expect_done(m, VERB_exit, 1, 0, 0, NULL);
	expect_switch(m, 1, "idle");
	expect_mm(m, mm, 1, 1);
	assert_true(machine_begin(m, VERB_exit, 0, 0, 0, NULL));
	machine_run_to(m, 0, ST_free_pgtables);
	expect_mm(m, mm, 0, 1);
	expect_cpu(m, 1, MM_INIT, 0);
	expect_task(m, 2, MM_NONE, mm);
	expect_mask(m, mm, 3);
	machine_finish(m, 0);
	expect_freed(m, mm);
	expect_task(m, 2, MM_NONE, MM_INIT);
	expect_task(m, a, MM_NONE, MM_INIT);
	expect_cpu(m, 0, MM_INIT, 0);
	expect_cpu(m, 1, MM_INIT, 0);
	expect_mm(m, MM_INIT, 2, 1);
	end(m);
}

static void i11_a_borrower_that_left_is_not_shot(void **state)
{
	struct machine *m = machine_new("6.12-shoot", 2);
	mm_id mm;
	size_t from;

	(void)state;
	machine_spawn(m, "A");
	machine_spawn(m, "B");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_clone, 0, 0, 0, "A2");
	expect_switch(m, 1, "A2");
	expect_switch(m, 1, "idle");
	expect_done(m, VERB_flush, 0, mm, 1, NULL);
	expect_cpu(m, 1, MM_INIT, 0);
	expect_mask(m, mm, 3);
	expect_switch(m, 1, "B");
	expect_mask(m, mm, 1);
	expect_switch(m, 0, "A2");
	expect_done(m, VERB_exit, 0, 0, 0, NULL);
	expect_switch(m, 0, "A");
	from = m->log.count;
	expect_done(m, VERB_exit, 0, 0, 0, NULL);
	expect_freed(m, mm);
	assert_int_equal(machine_saw(m, from, EV_IPI_SENT, 1), 0);
	end(m);
}

static const struct CMUnitTest borrow[] = {
	cmocka_unit_test(boot_takes_init_mm_once_too_often),
	cmocka_unit_test(i1_borrow_and_return_on_one_cpu),
	cmocka_unit_test(i1_the_last_row_writes_no_cr3),
	cmocka_unit_test(i5_threads_die_and_leave_a_zombie_mm),
	cmocka_unit_test(i8_exec_of_the_sole_user_frees_the_old_mm),
	cmocka_unit_test(i8_exec_leaves_the_old_mm_to_a_borrower),
	cmocka_unit_test(i9_kthread_use_mm),
	cmocka_unit_test(i11_shootdown_boots_without_counting_borrowers),
	cmocka_unit_test(i11_the_bit_stays_until_the_borrower_is_shot),
	cmocka_unit_test(i11_a_borrower_that_left_is_not_shot),
};

const struct golden golden_borrow = GOLDEN(borrow);
