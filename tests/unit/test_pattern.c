/*
 * test_pattern.c - the matcher by itself: steps, captures, errors
 *
 * What patterns mean is compared with Lua's own matcher in test_strings.
 */
#include "test.h"

#include <string.h>

#include "script/pattern.h"

static struct match match;
static uint64_t steps;

static enum pattern_result find(const char *subject, const char *pattern)
{
	steps = 10000;
	return pattern_find((struct bytes){ subject, strlen(subject) }, 0,
			    (struct bytes){ pattern, strlen(pattern) }, &match,
			    &steps);
}

static void a_match_says_where(void **state)
{
	(void)state;
	assert_int_equal(find("xxaby", "(a)()b"), PATTERN_YES);
	assert_int_equal(match.from, 2);
	assert_int_equal(match.to, 4);
	assert_int_equal(match.captures, 2);
	assert_int_equal(match.capture[0].at, 2);
	assert_int_equal(match.capture[0].length, 1);
	assert_int_equal(match.capture[1].kind, CAPTURE_PLACE);
	assert_int_equal(match.capture[1].at, 3);
	assert_int_equal(find("xxaby", "ba"), PATTERN_NO);
}

static void steps_are_paid_and_end_it(void **state)
{
	char subject[40], pattern[100] = "";

	(void)state;
	find("abc", "c");
	assert_in_range(10000 - steps, 3, 20);
	memset(subject, 'a', 30);
	subject[30] = '\0';
	for (int i = 0; i < 30; i++)
		strcat(pattern, "a?");
	strcat(pattern, "b");
	assert_int_equal(find(subject, pattern), PATTERN_SPENT);
	assert_int_equal(steps, 0);
}

static void bad_patterns_say_why(void **state)
{
	static const char *const bad[][2] = {
		{ "[a", "missing ']'" },     { "%", "ends with '%'" },
		{ "(a", "unfinished" },      { "a)", "invalid pattern" },
		{ "%1", "invalid capture" }, { "%f", "missing '['" },
		{ "%b", "arguments" },       { "[a%", "missing ']'" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(find("a", bad[i][0]), PATTERN_BAD);
		assert_non_null(strstr(match.error, bad[i][1]));
	}
}

static void depth_and_captures_are_bounded(void **state)
{
	char pattern[1000] = "";

	(void)state;
	for (int i = 0; i < PATTERN_CAPTURES + 1; i++)
		strcat(pattern, "()");
	assert_int_equal(find("a", pattern), PATTERN_BAD);
	pattern[0] = '\0';
	for (int i = 0; i < PATTERN_DEPTH + 1; i++)
		strcat(pattern, "b*");
	assert_int_equal(find("a", pattern), PATTERN_BAD);
	assert_string_equal(match.error, "pattern too complex");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_match_says_where),
		cmocka_unit_test(steps_are_paid_and_end_it),
		cmocka_unit_test(bad_patterns_say_why),
		cmocka_unit_test(depth_and_captures_are_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
