/* test_error.c - an error says what, where and what to try, in three forms */
#include "test.h"

#include <string.h>

#include "base/text.h"
#include "session/error.h"

static struct text text;

static const char *shown(const struct error *e, const char *line,
			 enum form form)
{
	text_clear(&text);
	error_show(&text, e, line, form);
	return text_string(&text);
}

static struct error slip(void)
{
	struct error e;

	error_set(&e, STATUS_UNKNOWN_COMMAND, "unknown command '%s'", "swich");
	error_at(&e, 2, 5);
	error_hint(&e, "did you mean 'switch'?");
	return e;
}

static void the_human_form_points_at_the_place(void **state)
{
	struct error e = slip();

	(void)state;
	assert_string_equal(shown(&e, "a swich sh", FORM_HUMAN),
			    "error[E101]: unknown command 'swich'\n"
			    "  a swich sh\n"
			    "    ^~~~~\n"
			    "help: did you mean 'switch'?\n");
}

static void the_plain_form_says_the_place_in_words(void **state)
{
	struct error e = slip();

	(void)state;
	assert_string_equal(shown(&e, "a swich sh", FORM_PLAIN),
			    "error E101, column 3, \"swich\": unknown command "
			    "'swich'.\n"
			    "help: did you mean 'switch'?\n");
}

static void the_json_form_is_one_line(void **state)
{
	struct error e = slip();

	(void)state;
	assert_string_equal(shown(&e, "a swich sh", FORM_JSON),
			    "{\"ok\":false,\"error\":{\"code\":\"E101\","
			    "\"msg\":\"unknown command 'swich'\","
			    "\"hint\":\"did you mean 'switch'?\","
			    "\"column\":3,\"length\":5}}\n");
}

static void without_place_or_hint_only_the_message_is_shown(void **state)
{
	struct error e;

	(void)state;
	error_set(&e, STATUS_NO_SUCH_TASK, "there is no task 7");
	assert_string_equal(shown(&e, "switch 7", FORM_HUMAN),
			    "error[E201]: there is no task 7\n");
	assert_string_equal(shown(&e, "", FORM_JSON),
			    "{\"ok\":false,\"error\":{\"code\":\"E201\","
			    "\"msg\":\"there is no task 7\"}}\n");
}

static void carets_stand_under_wide_and_escaped_text(void **state)
{
	struct error e;

	(void)state;
	error_set(&e, STATUS_NO_SUCH_TASK, "x");
	error_at(&e, 5, 5);
	assert_string_equal(
		shown(&e, "\xe4\xbd\xa0 \x1bt\xc3\xa4sk", FORM_HUMAN),
		"error[E201]: x\n"
		"  \xe4\xbd\xa0 ^[t\xc3\xa4sk\n"
		"       ^~~~\n");
}

static void a_place_beyond_the_line_is_its_end(void **state)
{
	struct error e;

	(void)state;
	error_set(&e, STATUS_MISSING_ARGUMENT, "x");
	error_at(&e, 900, 3);
	assert_string_equal(shown(&e, "ab", FORM_HUMAN), "error[E104]: x\n"
							 "  ab\n"
							 "    ^\n");
}

static void a_long_line_is_cut_around_the_place(void **state)
{
	char line[301];
	struct error e;
	const char *second, *third;

	(void)state;
	memset(line, 'a', sizeof line - 1);
	line[sizeof line - 1] = '\0';
	line[200] = 'b';
	error_set(&e, STATUS_NO_SUCH_TASK, "x");
	error_at(&e, 200, 90);
	second = strchr(shown(&e, line, FORM_HUMAN), '\n') + 1;
	third = strchr(second, '\n') + 1;
	assert_memory_equal(second, "  ~a", 4);
	assert_in_range(third - second, 70, 79);
	assert_int_equal(second[strcspn(third, "^")], 'b');
	assert_in_range(strlen(third), 1, 79);
}

static void nothing_from_the_line_moves_the_cursor(void **state)
{
	struct error e;

	(void)state;
	error_set(&e, STATUS_NO_SUCH_TASK, "no task '%s'", "a\x1b[2J");
	error_hint(&e, "%s", "\x9b");
	error_at(&e, 0, 3);
	for (enum form f = FORM_HUMAN; f <= FORM_JSON; f++) {
		assert_null(strchr(shown(&e, "\x1b[2J\x9b", f), '\x1b'));
		assert_null(strchr(text_string(&text), '\x9b'));
	}
}

static void text_that_is_too_long_is_cut(void **state)
{
	char name[1000];
	struct error e;

	(void)state;
	memset(name, 'n', sizeof name);
	name[sizeof name - 1] = '\0';
	error_set(&e, STATUS_NO_SUCH_TASK, "%s", name);
	assert_int_equal(strlen(e.message), sizeof e.message - 1);
	assert_int_equal(e.message[sizeof e.message - 2], '~');
}

static void codes_are_unique_in_order_and_have_a_page(void **state)
{
	(void)state;
	for (enum status s = 1; s < STATUS_COUNT; s++) {
		const struct status_info *info = status_info(s);

		assert_in_range(info->number, 100, 999);
		if (s > 1)
			assert_true(info->number > status_info(s - 1)->number);
		assert_in_range(info->exit, 1, 6);
		assert_true(strlen(info->title) > 3);
		assert_true(strlen(info->page) > 20);
	}
}

static void codes_are_found_as_written(void **state)
{
	(void)state;
	assert_int_equal(status_find("E101"), STATUS_UNKNOWN_COMMAND);
	assert_int_equal(status_find("e203"), STATUS_AMBIGUOUS_TASK);
	assert_int_equal(status_find("E999"), STATUS_OK);
	assert_int_equal(status_find("E1011"), STATUS_OK);
	assert_int_equal(status_find("E+01"), STATUS_OK);
	assert_int_equal(status_find("exit"), STATUS_OK);
	assert_int_equal(status_find(""), STATUS_OK);
}

static void the_kernels_complaints_are_no_errors(void **state)
{
	struct complaint c = { .code = "WARN kthread_use_mm",
			       .message = "current task 'sh' is not a kernel "
					  "thread (PF_KTHREAD)",
			       .hint = "the kernel goes on" };

	(void)state;
	text_clear(&text);
	complaint_show(&text, &c, FORM_HUMAN);
	assert_string_equal(text_string(&text),
			    "warn[K-WARN kthread_use_mm]: current task 'sh' is "
			    "not a kernel thread (PF_KTHREAD)\n"
			    "help: the kernel goes on\n");
	text_clear(&text);
	c.oops = true;
	c.hint = NULL;
	complaint_show(&text, &c, FORM_PLAIN);
	assert_string_equal(text_string(&text),
			    "oops K-WARN kthread_use_mm: current task 'sh' is "
			    "not a kernel thread (PF_KTHREAD)\n");
	text_clear(&text);
	c.message = "\"a\"";
	c.hint = "b";
	complaint_show(&text, &c, FORM_JSON);
	assert_string_equal(text_string(&text),
			    "{\"oops\":{\"code\":\"K-WARN kthread_use_mm\","
			    "\"msg\":\"\\\"a\\\"\",\"hint\":\"b\"}}\n");
}

static int release(void **state)
{
	(void)state;
	text_free(&text);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_human_form_points_at_the_place),
		cmocka_unit_test(the_plain_form_says_the_place_in_words),
		cmocka_unit_test(the_json_form_is_one_line),
		cmocka_unit_test(
			without_place_or_hint_only_the_message_is_shown),
		cmocka_unit_test(carets_stand_under_wide_and_escaped_text),
		cmocka_unit_test(a_place_beyond_the_line_is_its_end),
		cmocka_unit_test(a_long_line_is_cut_around_the_place),
		cmocka_unit_test(nothing_from_the_line_moves_the_cursor),
		cmocka_unit_test(text_that_is_too_long_is_cut),
		cmocka_unit_test(codes_are_unique_in_order_and_have_a_page),
		cmocka_unit_test(codes_are_found_as_written),
		cmocka_unit_test(the_kernels_complaints_are_no_errors),
	};

	return cmocka_run_group_tests(tests, NULL, release);
}
