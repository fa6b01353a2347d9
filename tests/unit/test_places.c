/*
 * test_places.c - each line of a recording finds its place again
 */
#include "test.h"

#include "base/mem.h"
#include "trace/places.h"

enum { RECORDS = 5000 };

static uint32_t line_of(uint32_t i)
{
	return 3 + i + i / 7 * 300; /* headers, and lines that say nothing */
}

static uint32_t statement_of(uint32_t i)
{
	return 100 + i * 13 + i / 50 * 100000;
}

static struct places filled(void)
{
	struct places p = { 0 };

	for (uint32_t i = 0; i < RECORDS; i++)
		assert_true(places_add(&p, line_of(i), statement_of(i)));
	return p;
}

static void each_record_is_found_by_its_line(void **state)
{
	struct places p = filled();
	uint32_t found;

	(void)state;
	for (uint32_t i = 0; i < RECORDS; i++) {
		assert_true(places_find(&p, line_of(i), &found));
		assert_int_equal(found, statement_of(i));
	}
	assert_int_equal(p.count, RECORDS);
	assert_int_equal(p.line, line_of(RECORDS - 1));
	places_free(&p);
}

static void a_line_without_a_record_stands_with_the_one_before(void **state)
{
	struct places p = filled();
	uint32_t found;

	(void)state;
	assert_false(places_find(&p, 2, &found));
	assert_true(places_find(&p, line_of(6) + 5, &found));
	assert_int_equal(found, statement_of(6));
	assert_true(places_find(&p, UINT32_MAX, &found));
	assert_int_equal(found, statement_of(RECORDS - 1));
	places_free(&p);
}

static void two_records_of_one_line_stand_at_the_second(void **state)
{
	struct places p = { 0 };
	uint32_t found;

	(void)state;
	assert_false(places_find(&p, 1, &found));
	assert_true(places_add(&p, 1, 5));
	assert_true(places_add(&p, 1, 5));
	assert_true(places_add(&p, 1, 9));
	assert_true(places_find(&p, 1, &found));
	assert_int_equal(found, 9);
	places_free(&p);
}

static void a_usual_record_takes_one_byte(void **state)
{
	struct places p = { 0 };

	(void)state;
	for (uint32_t i = 0; i < 100000; i++)
		assert_true(places_add(&p, 10 + i, 20 + 13 * i));
	assert_true(p.used <= 100000 + 2);
	places_free(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_record_is_found_by_its_line),
		cmocka_unit_test(
			a_line_without_a_record_stands_with_the_one_before),
		cmocka_unit_test(two_records_of_one_line_stand_at_the_second),
		cmocka_unit_test(a_usual_record_takes_one_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
