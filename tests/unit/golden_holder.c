/*
 * golden_holder.c - outside holders: users, grabs, conditional and late ones
 */
#include "golden.h"

static void a_grab_keeps_the_struct_not_the_memory(void **state)
{
	struct machine *m = machine_new("6.12", 1);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	machine_spawn(m, "B");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_mmgrab, 0, mm, 0, "kvm");
	expect_mm(m, mm, 1, 2);
	expect_done(m, VERB_exit, 0, 0, 0, NULL);
	expect_switch(m, 0, "B");
	expect_mm(m, mm, 0, 1);
	assert_int_equal(world_mm(m->w, mm)->tables, 0);
	expect_done(m, VERB_mmdrop, 0, mm, 0, "kvm");
	expect_freed(m, mm);
	end(m);
}

static void a_user_outside_keeps_the_memory(void **state)
{
	struct machine *m = machine_new("6.12", 1);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	machine_spawn(m, "B");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_mmget, 0, mm, 0, "maps");
	expect_done(m, VERB_exit, 0, 0, 0, NULL);
	expect_switch(m, 0, "B");
	expect_mm(m, mm, 1, 1);
	assert_int_equal(world_mm(m->w, mm)->tables, 1);
	expect_done(m, VERB_mmput, 0, mm, 0, "maps");
	expect_freed(m, mm);
	end(m);
}

/* B.13: it may ask for a user where there is none, and gets none. */
static void mmget_not_zero_refuses_a_zombie(void **state)
{
	struct machine *m = machine_new("6.12", 1);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_mmget_not_zero, 0, mm, 0, "ksm");
	expect_mm(m, mm, 2, 1);
	expect_done(m, VERB_mmput, 0, mm, 0, "ksm");
	expect_done(m, VERB_exit, 0, 0, 0, NULL);
	expect_mm(m, mm, 0, 1);
	expect_done(m, VERB_mmget_not_zero, 0, mm, 0, "ksm");
	expect_mm(m, mm, 0, 1);
	assert_false(machine_do(m, VERB_mmput, 0, mm, 0, "ksm"));
	expect_refused(m, holds_nothing);
	assert_false(machine_do(m, VERB_mmget, 0, mm, 0, "ksm"));
	expect_refused(m, mm_zombie);
	end(m);
}

static void get_task_mm_takes_a_user_of_user_tasks_only(void **state)
{
	struct machine *m = machine_new("6.12", 1);
	task_id a = machine_spawn(m, "A"), k;
	mm_id mm = machine_mm(m, 1);

	(void)state;
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	k = machine_task(m, "K");
	expect_done(m, VERB_get_task_mm, 0, a, 0, "ps");
	expect_mm(m, mm, 2, 1);
	assert_int_equal(world_task(m->w, a)->alloc_lock, 0);
	expect_done(m, VERB_mmput, 0, mm, 0, "ps");
	expect_mm(m, mm, 1, 1);
	expect_switch(m, 0, "K");
	expect_done(m, VERB_kthread_use_mm, 0, mm, 1, NULL);
	expect_done(m, VERB_get_task_mm, 0, k, 0, "ps");
	expect_mm(m, mm, 1, 2);
	assert_int_equal(slot_lowest_free(m->w, MAP_HOLDER), 1);
	end(m);
}

/* It has a holder of its own until it knows which mm the task has. */
static void get_task_mm_of_a_task_that_execs_takes_the_new_mm(void **state)
{
	struct machine *m = machine_new("6.12", 1);
	task_id a = machine_spawn(m, "A");
	uint32_t actor;

	(void)state;
	expect_switch(m, 0, "A");
	expect_done(m, VERB_get_task_mm, 0, a, 0, "ps");
	assert_true(machine_begin(m, VERB_get_task_mm, 0, a, 0, "ps"));
	actor = m->last.actor;
	expect_done(m, VERB_exec, 0, 0, 0, "prog");
	expect_mm(m, machine_mm(m, 1), 1, 1);
	machine_finish(m, actor);
	expect_mm(m, machine_mm(m, 1), 1, 1);
	expect_mm(m, machine_mm(m, 2), 2, 1);
	expect_done(m, VERB_mmput, 0, machine_mm(m, 2), 0, "ps");
	expect_done(m, VERB_mmput, 0, machine_mm(m, 1), 0, "ps");
	expect_mm(m, machine_mm(m, 2), 1, 1);
	end(m);
}

/* B.15: in between there are no users, and the memory is still there. */
static void mmput_async_leaves_the_rest_to_a_work_item(void **state)
{
	struct machine *m = machine_new("6.12", 1);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	machine_spawn(m, "B");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_mmget, 0, mm, 0, "lru");
	expect_done(m, VERB_mmget, 0, mm, 0, "lru");
	expect_done(m, VERB_mmput_async, 0, mm, 0, "lru");
	expect_mm(m, mm, 2, 1);
	assert_int_equal(world_mm(m->w, mm)->work, WORK_NONE);
	expect_done(m, VERB_exit, 0, 0, 0, NULL);
	expect_switch(m, 0, "B");
	assert_false(machine_do(m, VERB_run_work, 0, mm, 0, "kworker"));
	expect_refused(m, no_work);
	expect_done(m, VERB_mmput_async, 0, mm, 0, "lru");
	expect_mm(m, mm, 0, 1);
	assert_int_equal(world_mm(m->w, mm)->work, WORK_MMPUT);
	assert_int_equal(world_mm(m->w, mm)->tables, 1);
	assert_true(machine_begin(m, VERB_run_work, 0, mm, 0, "kworker"));
	machine_run_to(m, m->last.actor, ST_free_pgtables);
	expect_mm(m, mm, 0, 1);
	machine_finish(m, m->last.actor);
	expect_freed(m, mm);
	end(m);
}

static void a_work_item_is_taken_once(void **state)
{
	struct machine *m = machine_new("6.12", 1);
	uint32_t first;
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_mmget, 0, mm, 0, "lru");
	expect_done(m, VERB_exit, 0, 0, 0, NULL);
	expect_done(m, VERB_mmput_async, 0, mm, 0, "lru");
	expect_mm(m, mm, 0, 2);
	assert_true(machine_begin(m, VERB_run_work, 0, mm, 0, "one"));
	first = m->last.actor;
	assert_true(machine_begin(m, VERB_run_work, 0, mm, 0, "two"));
	machine_finish(m, m->last.actor);
	expect_mm(m, mm, 0, 1);
	machine_finish(m, first);
	expect_mm(m, mm, 0, 1);
	assert_int_equal(slot_lowest_free(m->w, MAP_HOLDER), 1);
	end(m);
}

static const struct CMUnitTest holder[] = {
	cmocka_unit_test(a_grab_keeps_the_struct_not_the_memory),
	cmocka_unit_test(a_user_outside_keeps_the_memory),
	cmocka_unit_test(mmget_not_zero_refuses_a_zombie),
	cmocka_unit_test(get_task_mm_takes_a_user_of_user_tasks_only),
	cmocka_unit_test(get_task_mm_of_a_task_that_execs_takes_the_new_mm),
	cmocka_unit_test(mmput_async_leaves_the_rest_to_a_work_item),
	cmocka_unit_test(a_work_item_is_taken_once),
};

const struct golden golden_holder = GOLDEN(holder);
