/*
 * test_shell.c - commands of the user's shell
 */
#include "test.h"

#include "base/shell.h"

static void output_of_a_fed_command_is_taken(void **state)
{
	struct text out = { 0 }, why = { 0 };

	(void)state;
	assert_true(shell_run("tr a-z A-Z", "who borrows\n", &out, &why));
	assert_string_equal(text_string(&out), "WHO BORROWS\n");
	text_free(&out);
	text_free(&why);
}

static void more_than_a_pipe_holds_goes_both_ways(void **state)
{
	struct text out = { 0 }, why = { 0 }, in = { 0 };

	(void)state;
	text_addc(&in, 'x', 1 << 20);
	assert_true(shell_run("cat", text_string(&in), &out, &why));
	assert_int_equal(out.length, 1 << 20);
	text_free(&in);
	text_free(&out);
	text_free(&why);
}

static void a_failing_command_says_its_status(void **state)
{
	struct text out = { 0 }, why = { 0 };

	(void)state;
	assert_false(shell_run("exit 3", "unread", &out, &why));
	assert_string_equal(text_string(&why),
			    "the command ended with status 3");
	text_free(&out);
	text_free(&why);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(output_of_a_fed_command_is_taken),
		cmocka_unit_test(more_than_a_pipe_holds_goes_both_ways),
		cmocka_unit_test(a_failing_command_says_its_status),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
