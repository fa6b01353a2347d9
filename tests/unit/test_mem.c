/*
 * test_mem.c - memory is counted, capped, and fails when a test asks
 */
#include "test.h"

#include "base/mem.h"

#include <string.h>

static int no_limits(void **state)
{
	(void)state;
	mem_cap(SIZE_MAX);
	mem_fail_at(0, false);
	return 0;
}

static void live_bytes_and_blocks_return_to_zero(void **state)
{
	char *a = am_alloc(100), *b = am_calloc(3, 7);

	(void)state;
	assert_int_equal(mem_stats().live_bytes, 121);
	assert_int_equal(mem_stats().live_blocks, 2);
	a = am_realloc(a, 50, 4);
	assert_int_equal(mem_stats().live_bytes, 221);
	assert_int_equal(mem_stats().live_blocks, 2);
	am_free(a);
	am_free(b);
	assert_int_equal(mem_stats().live_bytes, 0);
	assert_int_equal(mem_stats().live_blocks, 0);
	assert_true(mem_stats().peak_bytes >= 221);
}

static void cleared_memory_is_zero_and_aligned(void **state)
{
	static const char zero[300];
	char *p = am_calloc(100, 3);

	(void)state;
	assert_memory_equal(p, zero, sizeof zero);
	assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
	am_free(p);
}

static void growing_keeps_the_bytes(void **state)
{
	char *p = am_strdup("hello");

	(void)state;
	p = am_realloc(p, 100, 100);
	assert_string_equal(p, "hello");
	am_free(p);
}

static void sizes_that_overflow_are_refused(void **state)
{
	char *p = am_strdup("kept");

	(void)state;
	assert_null(am_calloc(SIZE_MAX / 2, 3));
	assert_null(am_realloc(p, SIZE_MAX / 2, 3));
	assert_null(am_alloc(SIZE_MAX));
	assert_null(am_alloc(SIZE_MAX - 4));
	assert_string_equal(p, "kept");
	am_free(p);
}

static void the_cap_counts_what_a_block_grows_by(void **state)
{
	char *p, *q;

	(void)state;
	mem_cap(100);
	p = am_alloc(60);
	assert_non_null(p);
	assert_null(am_alloc(41));
	q = am_realloc(p, 100, 1);
	assert_non_null(q);
	assert_null(am_realloc(q, 101, 1));
	assert_int_equal(mem_stats().live_bytes, 100);
	am_free(q);
}

static void only_the_nth_call_fails(void **state)
{
	void *a, *c;

	(void)state;
	mem_fail_at(2, false);
	a = am_alloc(1);
	assert_non_null(a);
	assert_null(am_strdup("x"));
	c = am_calloc(1, 1);
	assert_non_null(c);
	assert_int_equal(mem_stats().calls, 3);
	am_free(a);
	am_free(c);
}

static void all_calls_fail_from_the_nth_on(void **state)
{
	void *a;

	(void)state;
	mem_fail_at(2, true);
	a = am_alloc(1);
	assert_non_null(a);
	assert_null(am_alloc(1));
	assert_null(am_realloc(a, 2, 1));
	assert_null(am_realloc(NULL, 2, 1));
	am_free(a);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, no_limits, no_limits)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(live_bytes_and_blocks_return_to_zero),
		TEST(cleared_memory_is_zero_and_aligned),
		TEST(growing_keeps_the_bytes),
		TEST(sizes_that_overflow_are_refused),
		TEST(the_cap_counts_what_a_block_grows_by),
		TEST(only_the_nth_call_fails),
		TEST(all_calls_fail_from_the_nth_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
