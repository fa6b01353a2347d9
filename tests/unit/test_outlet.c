/*
 * test_outlet.c - > file, >> file, | command, ! command
 */
#include "test.h"

#include "conversation.h"

static void output_goes_where_the_line_says(void **state)
{
	char bytes[4096] = "";

	(void)state;
	talk(FORM_HUMAN);
	assert_string_equal(ask("spawn sh > a.txt"), "");
	assert_int_equal(status, AMM_OK);
	scratch_expect("a.txt", "task 100 sh: mm1   users 1  count 1\n");
	assert_string_equal(ask("spawn vi >> a.txt"), "");
	assert_true(scratch_get("a.txt", bytes, sizeof bytes - 1) > 50);
	assert_non_null(strstr(bytes, "task 100 sh"));
	assert_non_null(strstr(bytes, "task 101 vi"));
	assert_string_equal(ask("history | grep -c spawn"), "2\n");
	assert_string_equal(ask("! echo hello"), "hello\n");
	expect_status("history > no/such/dir", AMM_FILE);
	expect_says("history > no/such/dir", "spawn sh");
	assert_string_equal(history_entry(amm->history, 1)->line, "spawn sh");
	hush();
}

static void no_shell_means_none(void **state)
{
	(void)state;
	talk_with(&(struct amm_config){ .no_shell = true });
	expect_status("! touch a", AMM_USAGE);
	expect_status("history | touch a", AMM_USAGE);
	expect_status("history > a", AMM_USAGE);
	expect_status("history >> a", AMM_USAGE);
	expect_says("! touch a", "error[E115]");
	assert_false(scratch_has("a"));
	hush();
}

static void a_command_of_the_shell_that_fails_is_told(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_status("! exit 3", AMM_NO);
	expect_says("! exit 3", "the command ended with status 3");
	hush();
}

static void a_pipe_that_fails_answers_no_and_shows_what_it_printed(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_says("history | grep nothing; echo some", "some");
	expect_status("history | grep nothing", AMM_NO);
	expect_says("history | cat; exit 7", "boot --cpus=2");
	assert_non_null(strstr(amm_text(amm), "ended with status 7"));
	hush();
}

static void in_json_what_a_shell_printed_is_a_string(void **state)
{
	(void)state;
	talk(FORM_JSON);
	assert_int_equal(json_objects(ask("! printf 'a\\nb'")), 1);
	expect_says("! printf 'a\\nb'", "\"printed\":\"a\\u000ab\"");
	assert_int_equal(json_objects(ask("spawn sh | wc -l")), 1);
	assert_int_equal(json_objects(ask("! exit 3")), 1);
	assert_int_equal(status, AMM_NO);
	hush();
}

static void a_file_gets_all_of_the_line_and_errors_stay(void **state)
{
	char bytes[4096] = "";

	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; spawn vi > both.txt");
	assert_true(scratch_get("both.txt", bytes, sizeof bytes - 1) > 0);
	assert_non_null(strstr(bytes, "100 sh"));
	assert_non_null(strstr(bytes, "101 vi"));
	/* What failed writes no file; the error is for the screen. */
	expect_says("swich > none.txt", "error[E101]");
	assert_false(scratch_has("none.txt"));
	expect_status("print 2 > 1", AMM_OK);
	assert_false(scratch_has("1"));
	hush();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(output_goes_where_the_line_says),
		TALK_TEST(no_shell_means_none),
		TALK_TEST(a_command_of_the_shell_that_fails_is_told),
		TALK_TEST(
			a_pipe_that_fails_answers_no_and_shows_what_it_printed),
		TALK_TEST(in_json_what_a_shell_printed_is_a_string),
		TALK_TEST(a_file_gets_all_of_the_line_and_errors_stay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
