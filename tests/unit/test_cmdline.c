/*
 * test_cmdline.c - the command line, drawn
 */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include "tui/cmdline.h"

static struct place cursor;
static unsigned wanted_rows;

/* The rows of a window of this size, '/' between them. */
static const char *drawn(const wchar_t *typed, size_t at, unsigned rows,
			 unsigned columns)
{
	static char shown[512];
	const struct cmdline line = { "(amm 0) ", typed, wcslen(typed), at };
	struct canvas c;
	struct text t = { 0 };

	assert_true(canvas_new(&c, (struct extent){ rows, columns }, false));
	wanted_rows = cmdline_rows(&line, columns);
	cursor = cmdline_draw(&line, &c);
	canvas_text(&c, &t);
	canvas_free(&c);
	snprintf(shown, sizeof shown, "%s", text_string(&t));
	text_free(&t);
	for (char *s = shown; (s = strchr(s, '\n'));)
		*s = '/';
	return shown;
}

#define expect(typed, at, rows, columns, text, row_, column_) \
	do { \
		assert_string_equal(drawn(typed, at, rows, columns), text); \
		assert_int_equal(cursor.row, row_); \
		assert_int_equal(cursor.column, column_); \
	} while (0)

static void the_cursor_stands_behind_what_was_typed(void **state)
{
	(void)state;
	expect(L"", 0, 1, 20, "(amm 0)/", 0, 8);
	expect(L"ps", 2, 1, 20, "(amm 0) ps/", 0, 10);
	expect(L"ps", 1, 1, 20, "(amm 0) ps/", 0, 9);
	assert_int_equal(wanted_rows, 1);
}

static void wide_characters_and_marks_count_as_they_are_shown(void **state)
{
	(void)state;
	expect(L"\x65e5\x672c"
	       L"e\x301",
	       2, 1, 20,
	       "(amm 0) \xe6\x97\xa5\xe6\x9c\xac"
	       "e\xcc\x81/",
	       0, 12);
	expect(L"e\x301x", 2, 1, 20, "(amm 0) e\xcc\x81x/", 0, 9);
	expect(L"\x17c\x1f600", 2, 1, 20, "(amm 0) \xc5\xbc\xf0\x9f\x98\x80/",
	       0, 11);
}

static void a_long_line_takes_more_rows(void **state)
{
	(void)state;
	expect(L"abcdef", 6, 3, 10, "(amm 0) ab/cdef//", 1, 4);
	assert_int_equal(wanted_rows, 2);
	expect(L"ab", 2, 2, 10, "(amm 0) ab//", 1, 0);
	assert_int_equal(wanted_rows, 2);
	expect(L"a\x65e5", 1, 2, 10, "(amm 0) a/\xe6\x97\xa5/", 1, 0);
}

static void rows_around_the_cursor_are_shown(void **state)
{
	(void)state;
	expect(L"abcdefghijklmnopqrstuv", 22, 2, 10, "mnopqrstuv//", 1, 0);
	expect(L"abcdefghijklmnopqrstuv", 0, 2, 10, "(amm 0) ab/cdefghijkl/", 0,
	       8);
	expect(L"abcdefghijklmnopqrstuv", 3, 1, 10, "cdefghijkl/", 0, 1);
}

static void controls_are_seen(void **state)
{
	(void)state;
	expect(L"a\x01"
	       L"b\x7f",
	       2, 1, 20, "(amm 0) a^Ab^?/", 0, 11);
	expect(L"\033[2J", 4, 1, 20, "(amm 0) ^[[2J/", 0, 13);
	expect(L"\x202ex", 2, 1, 20, "(amm 0) \\u{202e}x/", 0, 17);
}

static void a_pasted_newline_begins_a_row(void **state)
{
	(void)state;
	expect(L"ps\nmm", 5, 3, 20, "(amm 0) ps/mm//", 1, 2);
	expect(L"ps\nmm", 2, 3, 20, "(amm 0) ps/mm//", 0, 10);
}

static void any_width_will_do(void **state)
{
	(void)state;
	for (unsigned columns = 1; columns < 12; columns++)
		for (unsigned rows = 1; rows < 4; rows++) {
			drawn(L"a\x65e5\x202e\x301\ne", 3, rows, columns);
			assert_true(cursor.row < rows);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cursor_stands_behind_what_was_typed),
		cmocka_unit_test(
			wide_characters_and_marks_count_as_they_are_shown),
		cmocka_unit_test(a_long_line_takes_more_rows),
		cmocka_unit_test(rows_around_the_cursor_are_shown),
		cmocka_unit_test(controls_are_seen),
		cmocka_unit_test(a_pasted_newline_begins_a_row),
		cmocka_unit_test(any_width_will_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
