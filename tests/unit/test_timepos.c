/* test_timepos.c - the names of moments are read and printed back */
#include "test.h"

#include <string.h>

#include "base/text.h"
#include "session/timepos.h"

static void every_form_prints_as_it_is_read(void **state)
{
	static const struct {
		const char *word;
		enum timepos_kind kind;
		uint32_t number, statement;
	} forms[] = {
		{ ".", TIMEPOS_NOW, 0, 0 },
		{ "@start", TIMEPOS_START, 0, 0 },
		{ "@end", TIMEPOS_END, 0, 0 },
		{ "t0", TIMEPOS_COMMAND, 0, 0 },
		{ "t12", TIMEPOS_COMMAND, 12, 0 },
		{ "t12.3", TIMEPOS_STATEMENT, 12, 3 },
		{ "^3", TIMEPOS_BACK, 3, 0 },
		{ "line:240", TIMEPOS_LINE, 240, 0 },
		{ "before-exit", TIMEPOS_MARK, 0, 0 },
		{ "t", TIMEPOS_MARK, 0, 0 },
		{ "t4294967295", TIMEPOS_COMMAND, UINT32_MAX, 0 },
	};
	struct text text = { 0 };
	struct timepos time;

	(void)state;
	for (unsigned i = 0; i < sizeof forms / sizeof *forms; i++) {
		assert_true(timepos_read(forms[i].word, &time));
		assert_int_equal(time.kind, forms[i].kind);
		assert_int_equal(time.number, forms[i].number);
		assert_int_equal(time.statement, forms[i].statement);
		text_clear(&text);
		timepos_print(&text, &time);
		assert_string_equal(text_string(&text), forms[i].word);
	}
	text_free(&text);
}

static void a_lone_caret_is_one_command_back(void **state)
{
	struct timepos time;

	(void)state;
	assert_true(timepos_read("^", &time));
	assert_int_equal(time.kind, TIMEPOS_BACK);
	assert_int_equal(time.number, 1);
}

static void what_is_no_time_is_refused(void **state)
{
	static const char *const wrong[] = {
		"",
		"12",
		"t12.",
		"t12.3.4",
		"t1x",
		"^x",
		"^-1",
		"line:",
		"line:x",
		"line:1x",
		"@12",
		"@begin",
		"..",
		"a b",
		"a.b",
		"-a",
		"1a",
		"t4294967296",
		"t1.99999999999",
		"\xc3\xa4",
		"abcdefghijklmnopqrstuvwxyzabcdef",
	};
	struct timepos time;

	(void)state;
	for (unsigned i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(timepos_read(wrong[i], &time));
}

static void a_bookmark_must_not_look_like_a_time(void **state)
{
	(void)state;
	assert_true(timepos_is_label("exit_1"));
	assert_true(timepos_is_label("alt-1"));
	assert_false(timepos_is_label("t3"));
	assert_false(timepos_is_label("."));
	assert_false(timepos_is_label("3"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_prints_as_it_is_read),
		cmocka_unit_test(a_lone_caret_is_one_command_back),
		cmocka_unit_test(what_is_no_time_is_refused),
		cmocka_unit_test(a_bookmark_must_not_look_like_a_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
