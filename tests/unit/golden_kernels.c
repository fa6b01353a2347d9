/*
 * golden_kernels.c - 2.4, 2.6, 4.14 and 6.18 where they differ, number by number
 */
#include "golden.h"

/* A runs on CPU 0, K is a kernel thread; mm 1 is A's. */
static struct machine *story(const char *kernel, uint32_t cpus)
{
	struct machine *m = machine_new(kernel, cpus);

	machine_spawn(m, "A");
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	expect_switch(m, 0, "A");
	return m;
}

static uint32_t count_changes(const struct machine *m, size_t from, mm_id mm)
{
	uint32_t n = 0;

	for (size_t i = from; i < m->log.count; i++)
		n += m->log.events[i].kind == EV_MM &&
		     m->log.events[i].object == mm &&
		     m->log.events[i].field == FIELD_OF(mm, mm_count);
	return n;
}

/* The other CPU borrows A's mm; A runs on CPU 0. */
static void lazy_on_cpu1(struct machine *m)
{
	expect_done(m, VERB_clone, 0, 0, 0, "A2");
	expect_switch(m, 1, "A2");
	expect_switch(m, 1, "idle");
}

/* --- the switch ------------------------------------------------------------ */

static void i10_2_4_counts_up_then_down_before_switch_to(void **state)
{
	struct machine *m = story("2.4", 1);
	mm_id mm = machine_mm(m, 1);
	size_t from;

	(void)state;
	expect_switch(m, 0, "idle");
	expect_mm(m, mm, 1, 2);
	assert_true(machine_begin(m, VERB_switch, 0, machine_task(m, "K"), 0,
				  NULL));
	machine_run_to(m, 0, ST_enter_lazy);
	expect_mm(m, mm, 1, 3);
	machine_run_to(m, 0, ST_switch_to);
	expect_mm(m, mm, 1, 2);
	machine_finish(m, 0);
	from = m->log.count;
	assert_true(machine_begin(m, VERB_switch, 0, machine_task(m, "A"), 0,
				  NULL));
	machine_run_to(m, 0, ST_switch_to);
	expect_mm(m, mm, 1, 1);
	machine_finish(m, 0);
	assert_int_equal(machine_saw(m, from, EV_CR3, 0), 0);
	assert_int_equal(machine_saw(m, from, EV_FLUSH, mm), 0);
	expect_mask(m, mm, 1);
	end(m);
}

static void kernel_to_kernel_moves_or_costs_two(void **state)
{
	static const struct {
		const char *kernel;
		uint32_t changes;
	} rows[] = { { "2.4", 2 }, { "2.6", 2 },  { "4.14", 2 },
		     { "6.1", 0 }, { "6.12", 0 }, { "6.18", 0 } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct machine *m = story(rows[i].kernel, 1);
		mm_id mm = machine_mm(m, 1);
		size_t from;

		expect_switch(m, 0, "idle");
		from = m->log.count;
		expect_switch(m, 0, "K");
		assert_int_equal(count_changes(m, from, mm), rows[i].changes);
		expect_mm(m, mm, 1, 2);
		end(m);
	}
}

static void from_2_6_on_the_drop_comes_after_switch_to(void **state)
{
	static const char *const kernels[] = { "2.6", "4.14", "6.1", "6.18" };

	(void)state;
	for (size_t i = 0; i < sizeof kernels / sizeof *kernels; i++) {
		struct machine *m = story(kernels[i], 1);
		mm_id mm = machine_mm(m, 1);

		expect_switch(m, 0, "idle");
		assert_true(machine_begin(m, VERB_switch, 0,
					  machine_task(m, "A"), 0, NULL));
		machine_run_to(m, 0, ST_finish_task);
		expect_mm(m, mm, 1, 2);
		machine_finish(m, 0);
		expect_mm(m, mm, 1, 1);
		end(m);
	}
}

static void a_kernel_thread_and_back_loads_cr3_in_4_14_alone(void **state)
{
	static const struct {
		const char *kernel;
		uint32_t loads;
	} rows[] = { { "2.4", 0 }, { "2.6", 0 },  { "4.14", 2 },
		     { "6.1", 0 }, { "6.12", 0 }, { "6.18", 0 } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct machine *m = story(rows[i].kernel, 1);
		size_t from = m->log.count;

		expect_switch(m, 0, "K");
		expect_switch(m, 0, "A");
		assert_int_equal(machine_saw(m, from, EV_CR3, 0),
				 rows[i].loads);
		end(m);
	}
}

static void j_a_borrow_is_null_and_the_mm_before_in_every_kernel(void **state)
{
	static const char *const kernels[] = { "2.4",       "2.6",  "4.14",
					       "6.1",       "6.12", "6.18",
					       "6.18-shoot" };

	(void)state;
	for (size_t i = 0; i < sizeof kernels / sizeof *kernels; i++) {
		struct machine *m = story(kernels[i], 1);
		mm_id mm = machine_mm(m, 1);
		bool counted = m->program.profile.lazy_refcount;

		expect_task(m, machine_task(m, "A"), mm, mm);
		expect_switch(m, 0, "K");
		expect_task(m, machine_task(m, "K"), MM_NONE, mm);
		expect_mm(m, mm, 1, counted ? 2 : 1);
		expect_switch(m, 0, "A");
		expect_task(m, machine_task(m, "K"), MM_NONE, MM_NONE);
		expect_mm(m, mm, 1, 1);
		end(m);
	}
}

static void j_the_last_borrower_of_a_zombie_frees_it(void **state)
{
	static const char *const kernels[] = { "2.4", "2.6",  "4.14",
					       "6.1", "6.12", "6.18" };

	(void)state;
	for (size_t i = 0; i < sizeof kernels / sizeof *kernels; i++) {
		struct machine *m = story(kernels[i], 1);
		mm_id mm = machine_mm(m, 1);

		machine_spawn(m, "B");
		expect_done(m, VERB_exit, 0, 0, 0, NULL);
		expect_switch(m, 0, "idle");
		expect_mm(m, mm, 0, 1);
		expect_switch(m, 0, "B");
		expect_freed(m, mm);
		end(m);
	}
}

/* --- flushes --------------------------------------------------------------- */

static void a_leaf_flush_reaches_a_lazy_cpu_before_4_20(void **state)
{
	static const struct {
		const char *kernel;
		uint32_t ipis, mask, loaded; /* 1: init_mm; 2: A's */
	} rows[] = { { "2.4", 1, 1, 2 },  { "2.6", 1, 1, 1 },
		     { "4.14", 0, 1, 1 }, { "6.1", 0, 3, 2 },
		     { "6.12", 0, 3, 2 }, { "6.18", 0, 3, 2 } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct machine *m = story(rows[i].kernel, 2);
		mm_id mm = machine_mm(m, 1);
		size_t from;

		lazy_on_cpu1(m);
		from = m->log.count;
		expect_done(m, VERB_flush, 0, mm, 0, NULL);
		assert_int_equal(machine_saw(m, from, EV_IPI_SENT, 1),
				 rows[i].ipis);
		expect_mask(m, mm, rows[i].mask);
		assert_int_equal(ref_mm(world_cpu(m->w, 1)->loaded_mm),
				 rows[i].loaded);
		end(m);
	}
}

static void
coming_back_after_leave_mm_flushes_in_2_4_and_loads_in_2_6(void **state)
{
	static const struct {
		const char *kernel;
		uint32_t flushes, loads;
	} rows[] = { { "2.4", 1, 0 }, { "2.6", 0, 1 } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct machine *m = story(rows[i].kernel, 2);
		mm_id mm = machine_mm(m, 1);
		size_t from;

		lazy_on_cpu1(m);
		expect_done(m, VERB_flush, 0, mm, 0, NULL);
		from = m->log.count;
		expect_switch(m, 1, "A2");
		assert_int_equal(machine_saw(m, from, EV_FLUSH, mm),
				 rows[i].flushes);
		assert_int_equal(machine_saw(m, from, EV_CR3, 1),
				 rows[i].loads);
		expect_mask(m, mm, 3);
		expect_cpu(m, 1, mm, 0);
		end(m);
	}
}

static void generations_came_with_4_14(void **state)
{
	static const struct {
		const char *kernel;
		uint32_t gen;
	} rows[] = { { "2.4", 0 }, { "2.6", 0 }, { "4.14", 1 }, { "6.18", 1 } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct machine *m = story(rows[i].kernel, 1);
		mm_id mm = machine_mm(m, 1);

		expect_done(m, VERB_flush, 0, mm, 0, NULL);
		assert_int_equal(world_mm(m->w, mm)->tlb_gen, rows[i].gen);
		end(m);
	}
}

static void init_mm_has_a_mask_in_4_14(void **state)
{
	struct machine *m = story("4.14", 1);

	(void)state;
	expect_mask(m, MM_INIT, 0);
	expect_switch(m, 0, "K");
	expect_mask(m, MM_INIT, 1);
	expect_cpu(m, 0, MM_INIT, 0);
	expect_switch(m, 0, "A");
	expect_mask(m, MM_INIT, 0);
	end(m);
}

static void a_switch_of_6_18_leaves_its_bit_until_a_flush_trims_it(void **state)
{
	struct machine *m = story("6.18", 2);
	mm_id mm = machine_mm(m, 1);
	size_t from;

	(void)state;
	machine_spawn(m, "B");
	lazy_on_cpu1(m);
	expect_switch(m, 1, "B");
	expect_mask(m, mm, 3);
	from = m->log.count;
	expect_done(m, VERB_flush, 0, mm, 1, NULL);
	assert_int_equal(machine_saw(m, from, EV_IPI_SENT, 1), 1);
	expect_mask(m, mm, 1);
	expect_cpu(m, 1, machine_mm(m, 2), 0);
	end(m);
}

/* --- exec and exit --------------------------------------------------------- */

static void exec_reuses_the_mm_of_a_sole_user_in_2_4(void **state)
{
	struct machine *m = story("2.4", 1);
	mm_id mm = machine_mm(m, 1);
	size_t from = m->log.count;

	(void)state;
	expect_done(m, VERB_exec, 0, 0, 0, "vi");
	expect_task(m, machine_task(m, "vi"), mm, mm);
	expect_mm(m, mm, 1, 1);
	assert_int_equal(machine_saw(m, from, EV_CR3, 0), 0);
	assert_int_equal(machine_saw(m, from, EV_FREE, mm), 0);
	expect_done(m, VERB_clone, 0, 0, 0, "T");
	expect_done(m, VERB_exec, 0, 0, 0, "ed");
	assert_int_not_equal(
		ref_mm(world_task(m->w, machine_task(m, "ed"))->mm), mm);
	expect_mm(m, mm, 1, 1);
	end(m);
}

static void exec_takes_a_new_mm_from_2_6_on(void **state)
{
	static const char *const kernels[] = { "2.6", "4.14", "6.1", "6.18" };

	(void)state;
	for (size_t i = 0; i < sizeof kernels / sizeof *kernels; i++) {
		struct machine *m = story(kernels[i], 1);
		mm_id mm = machine_mm(m, 1);

		expect_done(m, VERB_exec, 0, 0, 0, "vi");
		expect_freed(m, mm);
		end(m);
	}
}

static void a_kernel_thread_may_exec_up_to_4_14(void **state)
{
	static const struct {
		const char *kernel;
		bool may;
	} rows[] = { { "2.4", true },  { "2.6", true },   { "4.14", true },
		     { "6.1", false }, { "6.12", false }, { "6.18", false } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct machine *m = story(rows[i].kernel, 1);

		expect_switch(m, 0, "K");
		assert_int_equal(machine_do(m, VERB_exec, 0, 0, 0, "hotplug"),
				 rows[i].may);
		if (rows[i].may)
			assert_false(
				world_task(m->w, machine_task(m, "hotplug"))
					->flags &
				PF_KTHREAD);
		end(m);
	}
}

/* --- lazy of one's own will ------------------------------------------------ */

static void anon_on_borrows_the_own_mm_and_keeps_the_user(void **state)
{
	struct machine *m = story("2.4", 1);
	mm_id mm = machine_mm(m, 1);
	task_id a = machine_task(m, "A");

	(void)state;
	expect_done(m, VERB_anon_on, 0, 0, 0, NULL);
	expect_task(m, a, MM_NONE, mm);
	expect_mm(m, mm, 1, 2);
	expect_cpu(m, 0, mm, 1);
	expect_switch(m, 0, "K");
	expect_mm(m, mm, 1, 2);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_anon_off, 0, 0, 0, NULL);
	expect_task(m, a, mm, mm);
	expect_mm(m, mm, 1, 1);
	end(m);
}

static void anon_off_loads_the_mm_when_another_came_between(void **state)
{
	struct machine *m = story("2.4", 1);
	mm_id mm = machine_mm(m, 1);
	size_t from;

	(void)state;
	machine_spawn(m, "B");
	expect_done(m, VERB_anon_on, 0, 0, 0, NULL);
	expect_switch(m, 0, "B");
	expect_mm(m, mm, 1, 1);
	expect_switch(m, 0, "A");
	expect_task(m, machine_task(m, "A"), MM_NONE, machine_mm(m, 2));
	from = m->log.count;
	expect_done(m, VERB_anon_off, 0, 0, 0, NULL);
	assert_int_equal(machine_saw(m, from, EV_CR3, 0), 1);
	expect_cpu(m, 0, mm, 0);
	expect_mm(m, machine_mm(m, 2), 1, 1);
	end(m);
}

static void kernel_code_of_2_4_is_not_preempted(void **state)
{
	struct machine *m = story("2.4", 1);

	(void)state;
	assert_true(machine_begin(m, VERB_fork, 0, 0, 0, "F"));
	assert_false(machine_switch(m, 0, "K"));
	expect_refused(m, no_preempt);
	machine_finish(m, 0);
	expect_switch(m, 0, "K");
	end(m);
}

/* --- a kernel thread uses an mm -------------------------------------------- */

static void use_of_the_borrowed_mm_is_counted_or_not(void **state)
{
	static const struct {
		const char *kernel;
		uint32_t use, unuse;
	} rows[] = { { "2.6", 2, 0 },
		     { "4.14", 0, 0 },
		     { "6.1", 0, 0 },
		     { "6.12", 2, 2 },
		     { "6.18", 2, 2 } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct machine *m = story(rows[i].kernel, 1);
		mm_id mm = machine_mm(m, 1);
		size_t from;

		expect_switch(m, 0, "K");
		from = m->log.count;
		expect_done(m, VERB_kthread_use_mm, 0, mm, 1, NULL);
		assert_int_equal(count_changes(m, from, mm), rows[i].use);
		expect_mm(m, mm, 1, 2);
		from = m->log.count;
		expect_done(m, VERB_kthread_unuse_mm, 0, 0, 0, NULL);
		assert_int_equal(count_changes(m, from, mm), rows[i].unuse);
		expect_mm(m, mm, 1, 2);
		end(m);
	}
}

/* --- a CPU goes ------------------------------------------------------------ */

static void three_rules_give_the_loan_of_a_dead_cpu_back(void **state)
{
	static const struct {
		const char *kernel;
		mm_id active;  /* of the dead CPU's idle task */
		uint32_t init; /* init_mm.mm_count, of 3 before */
	} rows[] = { { "2.6", MM_NONE, 2 },
		     { "4.14", MM_NONE, 2 },
		     { "6.1", MM_INIT, 2 },
		     { "6.12", MM_INIT, 2 },
		     { "6.18", MM_NONE, 2 } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct machine *m = story(rows[i].kernel, 2);
		mm_id mm = machine_mm(m, 1);

		lazy_on_cpu1(m);
		expect_mm(m, mm, 2, 2);
		expect_mm(m, MM_INIT, 2, rows[i].init);
		expect_done(m, VERB_cpu_down, 0, 1, 0, NULL);
		expect_mm(m, mm, 2, 1);
		expect_mm(m, MM_INIT, 2, rows[i].init);
		expect_task(m, 2, MM_NONE, rows[i].active);
		expect_done(m, VERB_cpu_up, 0, 1, 0, NULL);
		expect_mm(m, MM_INIT, 2, rows[i].init + 1);
		expect_task(m, 2, MM_NONE, MM_INIT);
		end(m);
	}
}

static void sched_force_init_mm_takes_before_it_gives(void **state)
{
	struct machine *m = story("6.18", 2);
	mm_id mm = machine_mm(m, 1);
	uint32_t hotplug;

	(void)state;
	lazy_on_cpu1(m);
	assert_true(machine_begin(m, VERB_cpu_down, 0, 1, 0, NULL));
	hotplug = m->last.actor;
	machine_steps(m, hotplug, 1);
	machine_run_to(m, 1, ST_dec_lazy);
	expect_mm(m, MM_INIT, 2, 3);
	expect_mm(m, mm, 2, 2);
	expect_task(m, 2, MM_NONE, MM_INIT);
	expect_cpu(m, 1, MM_INIT, 0);
	machine_finish(m, 1);
	expect_mm(m, mm, 2, 1);
	machine_finish(m, hotplug);
	expect_mm(m, MM_INIT, 2, 2);
	end(m);
}

static const struct CMUnitTest kernel_tests[] = {
	cmocka_unit_test(i10_2_4_counts_up_then_down_before_switch_to),
	cmocka_unit_test(kernel_to_kernel_moves_or_costs_two),
	cmocka_unit_test(from_2_6_on_the_drop_comes_after_switch_to),
	cmocka_unit_test(a_kernel_thread_and_back_loads_cr3_in_4_14_alone),
	cmocka_unit_test(j_a_borrow_is_null_and_the_mm_before_in_every_kernel),
	cmocka_unit_test(j_the_last_borrower_of_a_zombie_frees_it),
	cmocka_unit_test(a_leaf_flush_reaches_a_lazy_cpu_before_4_20),
	cmocka_unit_test(
		coming_back_after_leave_mm_flushes_in_2_4_and_loads_in_2_6),
	cmocka_unit_test(generations_came_with_4_14),
	cmocka_unit_test(init_mm_has_a_mask_in_4_14),
	cmocka_unit_test(
		a_switch_of_6_18_leaves_its_bit_until_a_flush_trims_it),
	cmocka_unit_test(exec_reuses_the_mm_of_a_sole_user_in_2_4),
	cmocka_unit_test(exec_takes_a_new_mm_from_2_6_on),
	cmocka_unit_test(a_kernel_thread_may_exec_up_to_4_14),
	cmocka_unit_test(anon_on_borrows_the_own_mm_and_keeps_the_user),
	cmocka_unit_test(anon_off_loads_the_mm_when_another_came_between),
	cmocka_unit_test(kernel_code_of_2_4_is_not_preempted),
	cmocka_unit_test(use_of_the_borrowed_mm_is_counted_or_not),
	cmocka_unit_test(three_rules_give_the_loan_of_a_dead_cpu_back),
	cmocka_unit_test(sched_force_init_mm_takes_before_it_gives),
};
const struct golden golden_kernels = GOLDEN(kernel_tests);
