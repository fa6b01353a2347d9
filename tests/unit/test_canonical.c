/*
 * test_canonical.c - which worlds are one state, and which are not
 */
#include "test.h"

#include "machine.h"

#include <string.h>

#include "base/mem.h"

static struct machine *first, *second;

static int set_up(void **state)
{
	(void)state;
	first = machine_new("6.12", 2);
	second = machine_new("6.12", 2);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	machine_free(first);
	machine_free(second);
	return mem_stats().live_bytes != 0;
}

static bool same_state(void)
{
	size_t room = world_canonical_words(first->w);
	uint32_t *a = am_calloc(room, sizeof *a);
	uint32_t *b = am_calloc(room, sizeof *b);
	size_t n = world_canonical(first->w, a);
	bool same = n == world_canonical(second->w, b) &&
		    memcmp(a, b, n * sizeof *a) == 0;

	assert_true(n <= room);
	am_free(a);
	am_free(b);
	return same;
}

static void names_and_numbers_for_people_do_not_show(void **state)
{
	(void)state;
	machine_spawn(first, "vi");
	machine_spawn(second, "emacs");
	second->w->next_pid += 4000;
	second->w->next_mm_serial += 70;
	assert_true(same_state());
	second->w->next_pid -= 4000;
	second->w->next_mm_serial -= 70;
}

static void generations_that_nobody_remembers_do_not_show(void **state)
{
	(void)state;
	machine_spawn(first, "sh");
	machine_spawn(second, "sh");
	mm_of(second->w, 2)->tlb_gen += 5;
	assert_true(same_state());
	mm_of(second->w, 2)->tlb_gen -= 5;
}

static void which_slot_a_path_took_does_not_show(void **state)
{
	task_id t;

	(void)state;
	machine_spawn(first, "a");
	machine_spawn(second, "a");
	machine_spawn(first, "b");
	machine_spawn(second, "b");
	assert_true(machine_switch(first, 0, "a"));
	assert_true(machine_switch(second, 0, "a"));
	assert_true(machine_switch(first, 1, "b"));
	assert_true(machine_switch(second, 1, "b"));
	assert_true(machine_begin(first, VERB_exit, 0, 0, 0, NULL));
	assert_true(machine_begin(first, VERB_exit, 1, 0, 0, NULL));
	assert_true(machine_begin(second, VERB_exit, 1, 0, 0, NULL));
	assert_false(same_state());
	assert_true(machine_begin(second, VERB_exit, 0, 0, 0, NULL));
	t = machine_task(first, "a");
	assert_int_not_equal(world_task(first->w, t)->stack,
			     world_task(second->w, t)->stack);
	assert_true(same_state());
}

static void whatever_decides_does_show(void **state)
{
	(void)state;
	machine_spawn(first, "sh");
	machine_spawn(second, "sh");
	assert_true(same_state());
	mm_of(second->w, 2)->mm_count++;
	assert_false(same_state());
	mm_of(second->w, 2)->mm_count--;
	cpu_of(second->w, 1)->is_lazy ^= 1;
	assert_false(same_state());
	cpu_of(second->w, 1)->is_lazy ^= 1;
	assert_true(same_state());
	assert_true(machine_begin(second, VERB_switch, 0,
				  machine_task(second, "sh"), 0, NULL));
	assert_false(same_state());
	assert_true(machine_begin(first, VERB_switch, 0,
				  machine_task(first, "sh"), 0, NULL));
	assert_true(same_state());
	assert_int_equal(machine_steps(second, 0, 1), 1);
	assert_false(same_state());
}

int main(void)
{
#define STATE_TEST(name) \
	cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		STATE_TEST(names_and_numbers_for_people_do_not_show),
		STATE_TEST(generations_that_nobody_remembers_do_not_show),
		STATE_TEST(which_slot_a_path_took_does_not_show),
		STATE_TEST(whatever_decides_does_show),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
