/*
 * test_align.c - two lists beside each other
 */
#include "test.h"

#include <string.h>

#include "session/align.h"

/* The rows as one string: "ab" left and right, "a-" left only, "-b" right. */
static const char *rows_of(const char *left, const char *right)
{
	static char out[256];
	char room[2][64][2] = { { { 0 } } };
	const char *l[64], *r[64];
	struct row rows[128];
	size_t n = strlen(left), m = strlen(right), count, at = 0;

	for (size_t i = 0; i < n; i++)
		room[0][i][0] = left[i], l[i] = room[0][i];
	for (size_t i = 0; i < m; i++)
		room[1][i][0] = right[i], r[i] = room[1][i];
	assert_true(align(l, n, r, m, rows, &count));
	for (size_t i = 0; i < count; i++) {
		out[at++] = rows[i].left ? *rows[i].left : '-';
		out[at++] = rows[i].right ? *rows[i].right : '-';
		out[at++] = ' ';
	}
	out[at ? at - 1 : 0] = '\0';
	return out;
}

static void what_both_have_stands_on_one_row(void **state)
{
	(void)state;
	assert_string_equal(rows_of("abc", "abc"), "aa bb cc");
	assert_string_equal(rows_of("", ""), "");
}

static void what_one_has_stands_alone_the_left_first(void **state)
{
	(void)state;
	assert_string_equal(rows_of("abc", "ac"), "aa b- cc");
	assert_string_equal(rows_of("ac", "abc"), "aa -b cc");
	assert_string_equal(rows_of("axc", "ayc"), "aa x- -y cc");
	assert_string_equal(rows_of("ab", ""), "a- b-");
	assert_string_equal(rows_of("", "ab"), "-a -b");
}

static void as_much_as_can_be_is_common(void **state)
{
	(void)state;
	assert_string_equal(rows_of("abcd", "bcda"), "a- bb cc dd -a");
	assert_string_equal(rows_of("aab", "ab"), "aa a- bb");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_both_have_stands_on_one_row),
		cmocka_unit_test(what_one_has_stands_alone_the_left_first),
		cmocka_unit_test(as_much_as_can_be_is_common),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
