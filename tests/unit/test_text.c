/*
 * test_text.c - a text grows, stays a C string, and remembers a failure
 */
#include "test.h"

#include "base/mem.h"
#include "base/text.h"

#include <string.h>
#include <wchar.h>

static int no_limits(void **state)
{
	(void)state;
	mem_fail_at(0, false);
	assert_int_equal(mem_stats().live_blocks, 0);
	return 0;
}

static void an_empty_text_is_an_empty_string(void **state)
{
	struct text t = { 0 };

	(void)state;
	assert_string_equal(text_string(&t), "");
	text_append(&t, NULL, 0);
	text_cut(&t, 0);
	text_clear(&t);
	assert_string_equal(text_string(&t), "");
	assert_int_equal(mem_stats().live_blocks, 0);
}

static void pieces_follow_each_other(void **state)
{
	struct text t = { 0 };

	(void)state;
	text_add(&t, "mm");
	text_addf(&t, "%d %s", 7, "->");
	text_addc(&t, ' ', 3);
	text_append(&t, "x\0y", 3);
	assert_int_equal(t.length, 12);
	assert_memory_equal(text_string(&t), "mm7 ->   x\0y", 12);
	text_cut(&t, 3);
	assert_string_equal(text_string(&t), "mm7");
	text_free(&t);
}

static void a_million_appends_need_few_allocations(void **state)
{
	struct text t = { 0 };

	(void)state;
	mem_fail_at(0, false);
	for (int i = 0; i < 1000000; i++)
		text_addf(&t, "%d", i % 10);
	assert_int_equal(t.length, 1000000);
	assert_int_equal(strlen(text_string(&t)), 1000000);
	assert_true(mem_stats().calls < 40);
	text_free(&t);
}

static void out_of_memory_leaves_the_text_and_sticks(void **state)
{
	struct text t = { 0 };
	char big[1000];

	(void)state;
	memset(big, 'x', sizeof big);
	text_add(&t, "kept");
	mem_fail_at(1, false);
	text_append(&t, big, sizeof big);
	assert_true(t.failed);
	text_add(&t, "!");
	assert_true(t.failed);
	assert_string_equal(text_string(&t), "kept!");
	text_clear(&t);
	assert_false(t.failed);
	text_free(&t);
}

static void the_first_append_may_fail(void **state)
{
	struct text t = { 0 };

	(void)state;
	mem_fail_at(1, true);
	text_addf(&t, "%d", 1);
	text_addc(&t, 'x', 2);
	assert_true(t.failed);
	assert_string_equal(text_string(&t), "");
	text_free(&t);
}

static void a_length_that_overflows_is_a_failure(void **state)
{
	struct text t = { 0 };

	(void)state;
	text_add(&t, "kept");
	text_append(&t, "x", SIZE_MAX - 2);
	assert_true(t.failed);
	assert_string_equal(text_string(&t), "kept");
	text_free(&t);
}

static void what_printf_refuses_is_a_failure(void **state)
{
	struct text t = { 0 };

	(void)state;
	text_add(&t, "kept");
	/* Half of a surrogate pair is no character in any locale. */
	text_addf(&t, "%lc", (wint_t)0xd800);
	assert_true(t.failed);
	assert_string_equal(text_string(&t), "kept");
	text_free(&t);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, no_limits, no_limits)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_empty_text_is_an_empty_string),
		TEST(pieces_follow_each_other),
		TEST(a_million_appends_need_few_allocations),
		TEST(out_of_memory_leaves_the_text_and_sticks),
		TEST(the_first_append_may_fail),
		TEST(a_length_that_overflows_is_a_failure),
		TEST(what_printf_refuses_is_a_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
