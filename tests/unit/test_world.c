/*
 * test_world.c - the layout of a world, its slot maps and its masks
 */
#include "test.h"

#include "base/mem.h"
#include "engine/step.h"

static struct world *world_of(struct limits max)
{
	struct world *w = am_calloc(1, world_size(&max));

	assert_non_null(w);
	world_init(w, &max);
	return w;
}

static void a_class_fits_into_64_kib(void **state)
{
	struct limits max = limits_class(8);

	(void)state;
	assert_in_range(world_size(&max), 1, 64 * 1024);
}

static void a_tiny_world_is_a_few_kib(void **state)
{
	struct limits max = limits_tiny(3);

	(void)state;
	assert_in_range(world_size(&max), 1, 8 * 1024);
}

static void a_task_costs_128_bytes_and_an_mm_64(void **state)
{
	struct limits max = limits_trace(2), more = max;
	size_t size = world_size(&max);

	(void)state;
	more.tasks += 3200;
	assert_in_range(world_size(&more) - size, 1, 3200 * 129);
	more = max;
	more.mms += 3200;
	assert_in_range(world_size(&more) - size, 1, 3200 * 65);
}

static void limits_beyond_all_bounds_have_no_size(void **state)
{
	struct limits none = limits_class(0), many = limits_class(4097),
		      full = limits_trace(4096);

	(void)state;
	assert_int_equal(world_size(&none), 0);
	assert_int_equal(world_size(&many), 0);
	full.tasks = 1000000 + 4096;
	assert_true(world_size(&full) > 0);
	full.tasks = UINT32_MAX;
	assert_int_equal(world_size(&full), 0);
}

static void init_mm_and_the_idle_tasks_are_there_first(void **state)
{
	struct world *w = world_of(limits_class(12));
	char name[NAME_WORDS * 4];

	(void)state;
	assert_int_equal(world_mm(w, MM_INIT)->mm_users, 2);
	assert_int_equal(world_mm(w, MM_INIT)->mm_count, 1);
	for (cpu_id c = 0; c < 12; c++) {
		task_id idle = world_cpu(w, c)->idle;

		assert_int_equal(world_cpu(w, c)->curr, idle);
		assert_int_equal(world_cpu(w, c)->online, CPU_OFFLINE);
		assert_int_equal(world_task(w, idle)->flags,
				 PF_IDLE | PF_KTHREAD);
		assert_int_equal(ref_mm(world_task(w, idle)->mm), MM_NONE);
	}
	name_unpack(name, world_task_shown(w, 12)->name, NAME_WORDS);
	assert_string_equal(name, "swapper/11");
	am_free(w);
}

/* Takes every slot there is; each time the lowest must be offered. */
static void expect_lowest_first(struct world *w, enum slot_map map,
				uint32_t slots)
{
	uint32_t taken = 0, last = 0, slot;

	while ((slot = slot_lowest_free(w, map)) != 0) {
		assert_true(slot > last && slot < slots);
		slot_mark(w, map, slot, true);
		last = slot;
		taken++;
	}
	assert_int_equal(last, slots - 1);
	assert_true(taken > 0);
}

static void the_lowest_free_slot_is_given_until_none_is_left(void **state)
{
	struct limits max = limits_trace(3);
	struct world *w;

	(void)state;
	max.tasks = 70000; /* four levels of the map */
	w = world_of(max);
	expect_lowest_first(w, MAP_TASK, max.tasks);
	expect_lowest_first(w, MAP_MM, max.mms);
	expect_lowest_first(w, MAP_STACK, max.stacks);
	expect_lowest_first(w, MAP_HOLDER, max.holders);
	slot_mark(w, MAP_TASK, 69000, false);
	slot_mark(w, MAP_TASK, 40001, false);
	assert_int_equal(slot_lowest_free(w, MAP_TASK), 40001);
	slot_mark(w, MAP_TASK, 40001, true);
	assert_int_equal(slot_lowest_free(w, MAP_TASK), 69000);
	am_free(w);
}

static void the_stacks_of_cpus_are_never_given_out(void **state)
{
	struct world *w = world_of(limits_class(5));

	(void)state;
	assert_int_equal(slot_lowest_free(w, MAP_STACK), 2 * 5 + 1);
	am_free(w);
}

static void the_next_bit_of_a_mask_is_found_across_words(void **state)
{
	const uint32_t mask[3] = { 1u << 4, 0, 1u << 31 };

	(void)state;
	assert_int_equal(mask_next(mask, 96, 0), 4);
	assert_int_equal(mask_next(mask, 96, 4), 4);
	assert_int_equal(mask_next(mask, 96, 5), 95);
	assert_int_equal(mask_next(mask, 96, 96), 96);
	assert_int_equal(mask_next(mask, 94, 5), 94);
	assert_int_equal(mask_next(mask, 40, 5), 40);
}

static void a_reference_says_its_mm_and_what_it_owns(void **state)
{
	ref r = ref_to(MM_SWITCHING, OWNS_USER);

	(void)state;
	assert_int_equal(ref_mm(r), MM_SWITCHING);
	assert_int_equal(ref_owns(r), OWNS_USER);
}

static void slots_in_use_are_found_and_counted(void **state)
{
	struct limits max = limits_trace(3);
	struct world *w;

	(void)state;
	max.tasks = 70001;
	w = am_calloc(1, world_size(&max));
	assert_non_null(w);
	world_init(w, &max);
	assert_int_equal(slots_used(w, MAP_TASK), 3);
	assert_int_equal(slot_next_used(w, MAP_TASK, 0), 1);
	assert_int_equal(slot_next_used(w, MAP_TASK, 4), 0);
	slot_mark(w, MAP_TASK, 31, true);
	slot_mark(w, MAP_TASK, 32, true);
	slot_mark(w, MAP_TASK, 70000, true);
	assert_int_equal(slots_used(w, MAP_TASK), 6);
	assert_int_equal(slot_next_used(w, MAP_TASK, 4), 31);
	assert_int_equal(slot_next_used(w, MAP_TASK, 32), 32);
	assert_int_equal(slot_next_used(w, MAP_TASK, 33), 70000);
	assert_int_equal(slot_next_used(w, MAP_TASK, 70001), 0);
	assert_int_equal(slots_used(w, MAP_MM), 1);
	am_free(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_class_fits_into_64_kib),
		cmocka_unit_test(a_tiny_world_is_a_few_kib),
		cmocka_unit_test(a_task_costs_128_bytes_and_an_mm_64),
		cmocka_unit_test(limits_beyond_all_bounds_have_no_size),
		cmocka_unit_test(init_mm_and_the_idle_tasks_are_there_first),
		cmocka_unit_test(
			the_lowest_free_slot_is_given_until_none_is_left),
		cmocka_unit_test(the_stacks_of_cpus_are_never_given_out),
		cmocka_unit_test(the_next_bit_of_a_mask_is_found_across_words),
		cmocka_unit_test(a_reference_says_its_mm_and_what_it_owns),
		cmocka_unit_test(slots_in_use_are_found_and_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
