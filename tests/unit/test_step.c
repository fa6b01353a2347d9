/*
 * test_step.c - the machine runs the kernel's paths: golden scenarios
 */
#include "test.h"

#include "machine.h"

static void expect_mm(const struct machine *m, mm_id mm, uint32_t users,
		      uint32_t count)
{
	assert_int_equal(world_mm(m->w, mm)->mm_users, users);
	assert_int_equal(world_mm(m->w, mm)->mm_count, count);
}

static void expect_cpu(const struct machine *m, cpu_id c, mm_id loaded,
		       uint32_t lazy)
{
	assert_int_equal(ref_mm(world_cpu(m->w, c)->loaded_mm), loaded);
	assert_int_equal(world_cpu(m->w, c)->is_lazy, lazy);
}

static void expect_task(const struct machine *m, task_id t, mm_id mm,
			mm_id active)
{
	assert_int_equal(ref_mm(world_task(m->w, t)->mm), mm);
	assert_int_equal(ref_mm(world_task(m->w, t)->active_mm), active);
}

static uint32_t mask_of(const struct machine *m, mm_id mm)
{
	return mm_cpumask(m->w, mm)[0];
}

static void boot_takes_init_mm_once_too_often(void **state)
{
	struct machine *m = machine_new("6.12", 2);

	(void)state;
	expect_mm(m, MM_INIT, 2, 4);
	expect_cpu(m, 0, MM_INIT, 0);
	expect_cpu(m, 1, MM_INIT, 0);
	assert_int_equal(m->broken, 0);
	machine_free(m);
}

static void i1_borrow_and_return_on_one_cpu(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	assert_true(machine_do(m, VERB_kthread, 0, 0, 0, "K"));
	assert_true(machine_switch(m, 0, "A"));
	expect_mm(m, MM_INIT, 2, 3);
	expect_mm(m, mm, 1, 1);
	expect_cpu(m, 0, mm, 0);
	assert_int_equal(mask_of(m, mm), 1);
	assert_true(machine_switch(m, 0, "idle"));
	expect_mm(m, mm, 1, 2);
	expect_cpu(m, 0, mm, 1);
	assert_true(machine_switch(m, 0, "K"));
	expect_mm(m, mm, 1, 2);
	expect_task(m, machine_task(m, "K"), MM_NONE, mm);
	expect_task(m, 1, MM_NONE, MM_NONE);
	assert_true(machine_switch(m, 0, "A"));
	expect_mm(m, mm, 1, 1);
	expect_mm(m, MM_INIT, 2, 3);
	expect_cpu(m, 0, mm, 0);
	assert_int_equal(m->broken, 0);
	machine_free(m);
}

static void i5_threads_die_and_leave_a_zombie_mm(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	machine_spawn(m, "B");
	machine_spawn(m, "C");
	assert_true(machine_switch(m, 0, "A"));
	assert_true(machine_do(m, VERB_clone, 0, 0, 0, "A2"));
	assert_true(machine_switch(m, 1, "A2"));
	expect_mm(m, mm, 2, 1);
	assert_int_equal(mask_of(m, mm), 3);
	assert_true(machine_do(m, VERB_exit, 1, 0, 0, NULL));
	expect_mm(m, mm, 1, 2);
	expect_cpu(m, 1, mm, 1);
	assert_true(machine_switch(m, 1, "idle"));
	expect_task(m, machine_task(m, "A2"), MM_NONE, MM_NONE);
	expect_mm(m, mm, 1, 2);
	assert_true(machine_do(m, VERB_exit, 0, 0, 0, NULL));
	expect_mm(m, mm, 0, 2);
	assert_int_equal(mask_of(m, mm), 0);
	expect_cpu(m, 0, MM_INIT, 0);
	expect_cpu(m, 1, MM_INIT, 0);
	expect_task(m, 2, MM_NONE, mm);
	assert_true(machine_switch(m, 0, "idle"));
	expect_task(m, 1, MM_NONE, mm);
	assert_true(machine_switch(m, 0, "B"));
	expect_mm(m, mm, 0, 1);
	assert_true(machine_switch(m, 1, "C"));
	assert_int_equal(world_mm(m->w, mm)->slot, SLOT_FREE);
	expect_mm(m, MM_INIT, 2, 2);
	assert_int_equal(m->broken, 0);
	machine_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(boot_takes_init_mm_once_too_often),
		cmocka_unit_test(i1_borrow_and_return_on_one_cpu),
		cmocka_unit_test(i5_threads_die_and_leave_a_zombie_mm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
