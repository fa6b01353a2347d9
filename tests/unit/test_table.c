/*
 * test_table.c - tables in their three forms
 */
#include "test.h"

#include "base/text.h"
#include "session/table.h"

static const struct column columns[] = {
	{ "", "running", CELL_MARK },
	{ "PID", "pid", CELL_NUMBER },
	{ "NAME", "comm", CELL_WORD },
	{ "MM", "mm", CELL_WORD },
};

static struct text out;

static struct table two_rows(void)
{
	struct table t = { columns, 4, "task", "tasks", { 0 }, 0 };

	table_cell(&t, ">");
	table_cell(&t, "%d", 7);
	table_cell(&t, "sh");
	table_cell(&t, "NULL");
	table_cell(&t, "%s", "");
	table_cell(&t, "-");
	text_add(table_open(&t), "a \"long\" name");
	table_close(&t);
	table_cell(&t, "mm1");
	return t;
}

static void shown_is(struct table t, enum form form, unsigned width,
		     const char *expected)
{
	table_show(&out, &t, form, width);
	assert_string_equal(text_string(&out), expected);
	text_free(&out);
}

static void people_get_columns_without_boxes(void **state)
{
	(void)state;
	shown_is(two_rows(), FORM_HUMAN, 0,
		 "   PID  NAME           MM\n"
		 ">    7  sh             NULL\n"
		 "     -  a \"long\" name  mm1\n");
}

static void what_does_not_fit_is_cut_with_a_tilde(void **state)
{
	(void)state;
	shown_is(two_rows(), FORM_HUMAN, 22,
		 "   PID  NAME      MM\n"
		 ">    7  sh        NULL\n"
		 "     -  a \"long~  mm1\n");
}

static void a_reader_gets_the_number_of_rows_first(void **state)
{
	(void)state;
	shown_is(two_rows(), FORM_PLAIN, 0,
		 "2 tasks.\n"
		 "running: yes, pid: 7, comm: sh, mm: NULL\n"
		 "running: no, pid: -, comm: a \"long\" name, mm: mm1\n");
}

static void a_program_gets_numbers_strings_and_null(void **state)
{
	(void)state;
	shown_is(two_rows(), FORM_JSON, 0,
		 "\"tasks\":[{\"running\":true,\"pid\":7,\"comm\":\"sh\","
		 "\"mm\":null},{\"running\":false,\"pid\":null,"
		 "\"comm\":\"a \\\"long\\\" name\",\"mm\":\"mm1\"}]");
}

static void an_empty_table_says_so(void **state)
{
	struct table t = { columns, 4, "task", "tasks", { 0 }, 0 };

	(void)state;
	shown_is(t, FORM_HUMAN, 0, "no tasks\n");
	shown_is(t, FORM_PLAIN, 0, "0 tasks.\n");
	shown_is(t, FORM_JSON, 0, "\"tasks\":[]");
}

static void one_row(struct table *t, const char *pid, const char *mm)
{
	table_cell(t, ">");
	table_cell(t, "%s", pid);
	table_cell(t, "sh");
	table_cell(t, "%s", mm);
}

static void what_changed_is_marked(void **state)
{
	struct table old = { columns, 4, "task", "tasks", { 0 }, 0 };
	struct table now = old;

	(void)state;
	one_row(&old, "0", "a");
	one_row(&old, "0", "b");
	one_row(&old, "7", "c");
	one_row(&now, "0", "A");
	one_row(&now, "0", "b");
	one_row(&now, "8", "new");
	table_mark(&now, &old, 1);
	text_free(&old.cells);
	shown_is(now, FORM_HUMAN, 0,
		 "   PID  NAME  MM\n"
		 ">    0  sh    A*\n"
		 ">    0  sh    b\n"
		 ">    8  sh    new\n");
}

static void a_reader_gets_the_word_for_the_mark(void **state)
{
	struct table old = { columns, 4, "task", "tasks", { 0 }, 0 };
	struct table now = old;

	(void)state;
	one_row(&old, "7", "c");
	one_row(&now, "7", "d");
	table_mark(&now, &old, 1);
	text_free(&old.cells);
	shown_is(now, FORM_PLAIN, 0,
		 "1 task.\n"
		 "running: yes, pid: 7, comm: sh, mm: d (changed)\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(people_get_columns_without_boxes),
		cmocka_unit_test(what_does_not_fit_is_cut_with_a_tilde),
		cmocka_unit_test(a_reader_gets_the_number_of_rows_first),
		cmocka_unit_test(a_program_gets_numbers_strings_and_null),
		cmocka_unit_test(an_empty_table_says_so),
		cmocka_unit_test(what_changed_is_marked),
		cmocka_unit_test(a_reader_gets_the_word_for_the_mark),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
