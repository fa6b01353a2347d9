/*
 * test_pick.c - the important rows are shown, in their usual order
 */
#include "test.h"

#include "tui/pick.h"

static struct pick pick;

static void all_are_chosen_when_all_fit(void **state)
{
	(void)state;
	pick_begin(&pick, 3, 3, 1);
	assert_true(pick_add(&pick, 7));
	assert_true(pick_add(&pick, 5));
	assert_true(pick_add(&pick, 6));
	assert_false(pick_add(&pick, 8));
	pick_sort(&pick);
	assert_int_equal(pick.id[0], 5);
	assert_int_equal(pick.id[2], 7);
}

static void a_row_is_kept_to_tell_of_the_others(void **state)
{
	(void)state;
	pick_begin(&pick, 4, 3, 1);
	assert_int_equal(pick.room, 2);
	pick_begin(&pick, 4, 8, 2);
	assert_int_equal(pick.room, 4);
	pick_begin(&pick, 5, 8, 2);
	assert_int_equal(pick.room, 3);
	pick_begin(&pick, 5, 0, 2);
	assert_int_equal(pick.room, 0);
	assert_false(pick_add(&pick, 1));
}

static void none_is_chosen_twice(void **state)
{
	(void)state;
	pick_begin(&pick, 2, 2, 1);
	assert_true(pick_add(&pick, 4));
	assert_true(pick_add(&pick, 4));
	assert_int_equal(pick.count, 1);
}

static void there_is_an_end_to_the_tallest_window(void **state)
{
	(void)state;
	pick_begin(&pick, 1000000, 100000, 1);
	for (uint32_t i = 0; i < PICK_MAX; i++)
		assert_true(pick_add(&pick, i));
	assert_false(pick_add(&pick, PICK_MAX));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_are_chosen_when_all_fit),
		cmocka_unit_test(a_row_is_kept_to_tell_of_the_others),
		cmocka_unit_test(none_is_chosen_twice),
		cmocka_unit_test(there_is_an_end_to_the_tallest_window),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
