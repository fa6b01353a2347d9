/*
 * test_score.c - readings are counted, and the first differences kept
 */
#include "test.h"

#include "trace/score.h"

static void right_and_wrong_are_counted(void **state)
{
	struct score s = { 0 };

	(void)state;
	assert_true(score_add(&s, MEASURE_users, true));
	assert_false(score_differs(&s));
	assert_false(score_add(&s, MEASURE_users, false));
	assert_true(score_differs(&s));
	assert_int_equal(s.read[MEASURE_users], 2);
	assert_int_equal(s.right[MEASURE_users], 1);
	assert_int_equal(s.read[MEASURE_count], 0);
}

static void a_divergence_alone_differs(void **state)
{
	struct score s = { .divergences = 1 };

	(void)state;
	assert_true(score_differs(&s));
	s = (struct score){ .adoptions = 3, .torn = 2 };
	assert_false(score_differs(&s));
}

static void ten_differences_are_told(void **state)
{
	struct score s = { 0 };
	int told = 0;

	(void)state;
	for (int i = 0; i < 25; i++)
		told += !score_add(&s, MEASURE_flush, false);
	assert_int_equal(told, 10);
	assert_int_equal(s.read[MEASURE_flush], 25);
	assert_int_equal(s.right[MEASURE_flush], 0);
}

static void a_report_is_nine_lines_after_the_differences(void **state)
{
	struct score s = { .read = { 10, 20, 30, 40, 50, 60, 70 },
			   .right = { 1, 2, 3, 4, 5, 6, 7 },
			   .adoptions = 8,
			   .divergences = 9 };
	struct text out = { 0 };

	(void)state;
	text_add(&s.differences, "f:1: a difference\n");
	score_report(&s, &out);
	assert_string_equal(text_string(&out), "f:1: a difference\n"
					       "users 1/10\n"
					       "count 2/20\n"
					       "active_mm 3/30\n"
					       "loaded_mm 4/40\n"
					       "is_lazy 5/50\n"
					       "mm_cpumask 6/60\n"
					       "flush 7/70\n"
					       "adoptions 8\n"
					       "divergences 9\n");
	text_free(&out);
	text_free(&s.differences);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(right_and_wrong_are_counted),
		cmocka_unit_test(a_divergence_alone_differs),
		cmocka_unit_test(ten_differences_are_told),
		cmocka_unit_test(a_report_is_nine_lines_after_the_differences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
