/*
 * golden_2_2.c - kernel 2.2: one count, and init_mm as a real mm
 */
#include "golden.h"

#include "engine/fault.h"

static struct machine *machine_2_2(uint32_t cpus)
{
	return machine_new("2.2", cpus);
}

static uint32_t count_of(const struct machine *m, mm_id mm)
{
	return world_mm(m->w, mm)->mm_users;
}

static mm_id mm_of_task(const struct machine *m, const char *name)
{
	return ref_mm(world_task(m->w, machine_task(m, name))->mm);
}

/* What happened since log entry @from: CR3 loads, flushes, counters. */
static uint32_t loads(const struct machine *m, size_t from, cpu_id c)
{
	return machine_saw(m, from, EV_CR3, c);
}

static uint32_t flushes(const struct machine *m, size_t from)
{
	uint32_t n = 0;

	for (size_t i = from; i < m->log.count; i++)
		n += m->log.events[i].kind == EV_FLUSH;
	return n;
}

static uint32_t counter_changes(const struct machine *m, size_t from)
{
	uint32_t n = 0;

	for (size_t i = from; i < m->log.count; i++) {
		const struct event *e = &m->log.events[i];

		n += e->kind == EV_MM && (e->field == FIELD_OF(mm, mm_users) ||
					  e->field == FIELD_OF(mm, mm_count));
	}
	return n;
}

static void
i12_process_to_kernel_thread_and_back_costs_two_cr3_loads(void **state)
{
	static const struct {
		const char *kernel;
		uint32_t loads, flushes, changes;
	} rows[] = { { "2.2", 2, 2, 0 }, { "6.12", 0, 0, 2 } };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct machine *m = machine_new(rows[i].kernel, 1);
		size_t from;

		machine_spawn(m, "A");
		expect_done(m, VERB_kthread, 0, 0, 0, "K");
		expect_switch(m, 0, "A");
		from = m->log.count;
		expect_switch(m, 0, "K");
		expect_switch(m, 0, "A");
		assert_int_equal(loads(m, from, 0), rows[i].loads);
		assert_int_equal(flushes(m, from), rows[i].flushes);
		assert_int_equal(counter_changes(m, from), rows[i].changes);
		end(m);
	}
}

static void j_init_mm_is_the_mm_of_kernel_threads(void **state)
{
	struct machine *m = machine_2_2(2);

	(void)state;
	/* both idle tasks, init and kflushd */
	assert_int_equal(count_of(m, MM_INIT), 4);
	assert_int_equal(mm_of_task(m, "init"), MM_INIT);
	assert_int_equal(mm_of_task(m, "kflushd"), MM_INIT);
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	assert_int_equal(count_of(m, MM_INIT), 5);
	assert_int_equal(mm_of_task(m, "K"), MM_INIT);
	expect_task(m, machine_task(m, "K"), MM_INIT, MM_NONE);
	end(m);
}

static void kernel_thread_to_kernel_thread_loads_nothing(void **state)
{
	struct machine *m = machine_2_2(1);
	size_t from;

	(void)state;
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	from = m->log.count;
	expect_switch(m, 0, "K");
	expect_switch(m, 0, "idle");
	assert_int_equal(loads(m, from, 0), 0);
	expect_cpu(m, 0, MM_INIT, 0);
	end(m);
}

static void threads_of_one_process_load_nothing(void **state)
{
	struct machine *m = machine_2_2(1);
	size_t from;

	(void)state;
	machine_spawn(m, "A");
	expect_switch(m, 0, "A");
	expect_done(m, VERB_clone, 0, 0, 0, "T");
	assert_int_equal(count_of(m, machine_mm(m, 1)), 2);
	from = m->log.count;
	expect_switch(m, 0, "T");
	assert_int_equal(loads(m, from, 0), 0);
	end(m);
}

static void who_exits_is_left_with_init_mm_and_does_not_count_it(void **state)
{
	struct machine *m = machine_2_2(1);
	task_id a = machine_spawn(m, "A");
	mm_id mm = machine_mm(m, 1);
	uint32_t before = count_of(m, MM_INIT);

	(void)state;
	expect_switch(m, 0, "A");
	expect_done(m, VERB_exit, 0, 0, 0, NULL);
	expect_task(m, a, MM_INIT, MM_NONE);
	assert_int_equal(ref_owns(world_task(m->w, a)->mm), OWNS_NOTHING);
	assert_int_equal(count_of(m, MM_INIT), before);
	/* at once: no zombie waits for a borrower */
	expect_freed(m, mm);
	assert_int_equal(machine_saw(m, 0, EV_ZOMBIE, mm), 0);
	expect_cpu(m, 0, MM_INIT, 0);
	expect_switch(m, 0, "idle");
	expect_done(m, VERB_wait, 0, a, 0, NULL);
	assert_int_equal(count_of(m, MM_INIT), before);
	end(m);
}

static void the_last_of_two_threads_frees_all(void **state)
{
	struct machine *m = machine_2_2(2);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_clone, 0, 0, 0, "T");
	expect_switch(m, 1, "T");
	expect_done(m, VERB_exit, 0, 0, 0, NULL);
	assert_int_equal(count_of(m, mm), 1);
	expect_done(m, VERB_exit, 1, 0, 0, NULL);
	expect_freed(m, mm);
	end(m);
}

/* __exit_mm() does nothing for it, so its count of init_mm stays for ever. */
static void a_kernel_thread_that_ends_keeps_its_count(void **state)
{
	struct machine *m = machine_2_2(1);
	uint32_t before = count_of(m, MM_INIT);
	task_id k;

	(void)state;
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	k = machine_task(m, "K");
	expect_switch(m, 0, "K");
	expect_done(m, VERB_exit, 0, 0, 0, NULL);
	expect_switch(m, 0, "idle");
	expect_done(m, VERB_wait, 0, k, 0, NULL);
	assert_int_equal(count_of(m, MM_INIT), before + 1);
	assert_int_equal(world_mm(m->w, MM_INIT)->kept, 1);
	end(m);
}

static void exec_of_a_sole_user_keeps_its_mm(void **state)
{
	struct machine *m = machine_2_2(1);
	mm_id mm;
	size_t from;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	from = m->log.count;
	expect_done(m, VERB_exec, 0, 0, 0, "B");
	assert_int_equal(mm_of_task(m, "B"), mm);
	assert_int_equal(counter_changes(m, from), 0);
	assert_int_equal(loads(m, from, 0), 0);
	assert_int_equal(flushes(m, from), 1);
	assert_int_equal(machine_saw(m, from, EV_UNMAPPED, mm), 1);
	end(m);
}

static void exec_of_a_thread_takes_another_mm(void **state)
{
	struct machine *m = machine_2_2(1);
	mm_id old;

	(void)state;
	machine_spawn(m, "A");
	old = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_clone, 0, 0, 0, "T");
	expect_done(m, VERB_exec, 0, 0, 0, "B");
	assert_int_equal(mm_of_task(m, "B"), machine_mm(m, 2));
	assert_int_equal(count_of(m, old), 1);
	assert_int_equal(count_of(m, machine_mm(m, 2)), 1);
	expect_cpu(m, 0, machine_mm(m, 2), 0);
	end(m);
}

static void a_kernel_thread_may_exec_and_gives_init_mm_back(void **state)
{
	struct machine *m = machine_2_2(1);
	uint32_t before = count_of(m, MM_INIT);
	task_id k;

	(void)state;
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	k = machine_task(m, "K");
	expect_switch(m, 0, "K");
	expect_done(m, VERB_exec, 0, 0, 0, "modprobe");
	expect_task(m, k, machine_mm(m, 1), MM_NONE);
	assert_int_equal(count_of(m, MM_INIT), before);
	assert_false(world_task(m->w, k)->flags & PF_KTHREAD);
	expect_done(m, VERB_fork, 0, 0, 0, "child");
	assert_int_equal(count_of(m, machine_mm(m, 2)), 1);
	end(m);
}

static void a_flush_stays_local_only_for_a_sole_user_of_its_own(void **state)
{
	struct machine *m = machine_2_2(3);
	mm_id mm;
	size_t from;

	(void)state;
	machine_spawn(m, "A");
	machine_spawn(m, "B");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	from = m->log.count;
	expect_done(m, VERB_flush, 0, mm, 0, NULL);
	assert_int_equal(flushes(m, from), 1);
	/* of another: all CPUs, whatever they run */
	from = m->log.count;
	expect_done(m, VERB_flush, 0, machine_mm(m, 2), 0, NULL);
	assert_int_equal(flushes(m, from), 3);
	assert_int_equal(machine_saw(m, from, EV_IPI_SENT, 1), 1);
	assert_int_equal(machine_saw(m, from, EV_IPI_SENT, 2), 1);
	/* shared: all CPUs, though nobody else runs it */
	expect_done(m, VERB_clone, 0, 0, 0, "T");
	from = m->log.count;
	expect_done(m, VERB_flush, 0, mm, 0, NULL);
	assert_int_equal(flushes(m, from), 3);
	end(m);
}

static void vfork_shares_until_the_child_leaves(void **state)
{
	struct machine *m = machine_2_2(1);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_vfork, 0, 0, 0, "C");
	assert_int_equal(count_of(m, mm), 2);
	expect_switch(m, 0, "C");
	expect_done(m, VERB_exec, 0, 0, 0, "D");
	assert_int_equal(count_of(m, mm), 1);
	assert_int_equal(machine_saw(m, 0, EV_WAKE, machine_task(m, "A")), 1);
	expect_switch(m, 0, "A");
	end(m);
}

static void an_outside_holder_keeps_the_memory_itself(void **state)
{
	struct machine *m = machine_2_2(1);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_done(m, VERB_mmget, 0, mm, 0, "/proc");
	assert_int_equal(count_of(m, mm), 2);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_exit, 0, 0, 0, NULL);
	assert_int_equal(count_of(m, mm), 1);
	assert_int_equal(world_mm(m->w, mm)->tables, 1);
	expect_done(m, VERB_mmput, 0, mm, 0, "/proc");
	expect_freed(m, mm);
	end(m);
}

static void what_came_later_is_refused(void **state)
{
	static const enum verb later[] = {
		VERB_user_mode_thread, VERB_kthread_use_mm, VERB_mmgrab,
		VERB_mmdrop,           VERB_mmget_not_zero, VERB_mmput_async,
		VERB_get_task_mm,      VERB_run_work,       VERB_leave_mm,
		VERB_cpu_down
	};
	struct machine *m = machine_2_2(2);

	(void)state;
	machine_spawn(m, "A");
	for (size_t i = 0; i < sizeof later / sizeof *later; i++) {
		assert_false(machine_begin(m, later[i], 0, 2, 0, "x"));
		expect_refused(m, no_such_path);
	}
	end(m);
}

static void j_the_fault_test_is_mm_against_init_mm(void **state)
{
	static const struct {
		const char *who;
		uint32_t end;
	} rows[] = { { "A", FAULT_LOOKUP }, { "K", FAULT_EFAULT } };
	struct machine *m = machine_2_2(1);

	(void)state;
	machine_spawn(m, "A");
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	for (size_t i = 0; i < 2; i++) {
		struct input in = { .kind = IN_VERB,
				    .verb = VERB_fault,
				    .arg = { FAULT_FIXUP, 0x1000, 0 } };
		size_t from;

		expect_switch(m, 0, rows[i].who);
		from = m->log.count;
		assert_true(machine_input(m, &in));
		machine_finish(m, 0);
		for (; m->log.events[from].kind != EV_FAULTED; from++)
			assert_true(from + 1 < m->log.count);
		assert_int_equal(m->log.events[from].arg, rows[i].end);
	}
	end(m);
}

/* Nobody borrows: whoever is switched in has what CR3 then has. */
static void cr3_follows_mm_at_every_rest(void **state)
{
	struct machine *m = machine_2_2(2);

	(void)state;
	machine_spawn(m, "A");
	machine_spawn(m, "B");
	expect_switch(m, 0, "A");
	expect_switch(m, 1, "B");
	expect_cpu(m, 0, machine_mm(m, 1), 0);
	expect_cpu(m, 1, machine_mm(m, 2), 0);
	expect_mask(m, machine_mm(m, 1), 0);
	expect_switch(m, 1, "idle");
	expect_cpu(m, 1, MM_INIT, 0);
	end(m);
}

static const struct CMUnitTest tests_2_2[] = {
	cmocka_unit_test(
		i12_process_to_kernel_thread_and_back_costs_two_cr3_loads),
	cmocka_unit_test(j_init_mm_is_the_mm_of_kernel_threads),
	cmocka_unit_test(kernel_thread_to_kernel_thread_loads_nothing),
	cmocka_unit_test(threads_of_one_process_load_nothing),
	cmocka_unit_test(who_exits_is_left_with_init_mm_and_does_not_count_it),
	cmocka_unit_test(the_last_of_two_threads_frees_all),
	cmocka_unit_test(a_kernel_thread_that_ends_keeps_its_count),
	cmocka_unit_test(exec_of_a_sole_user_keeps_its_mm),
	cmocka_unit_test(exec_of_a_thread_takes_another_mm),
	cmocka_unit_test(a_kernel_thread_may_exec_and_gives_init_mm_back),
	cmocka_unit_test(a_flush_stays_local_only_for_a_sole_user_of_its_own),
	cmocka_unit_test(vfork_shares_until_the_child_leaves),
	cmocka_unit_test(an_outside_holder_keeps_the_memory_itself),
	cmocka_unit_test(what_came_later_is_refused),
	cmocka_unit_test(j_the_fault_test_is_mm_against_init_mm),
	cmocka_unit_test(cr3_follows_mm_at_every_rest),
};

const struct golden golden_2_2 = GOLDEN(tests_2_2);
