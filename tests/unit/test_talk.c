/*
 * test_talk.c - the conversation that line mode and full screen share
 */
#include "test.h"

#include <fcntl.h>

#include "repl/talk.h"
#include "repl/wide.h"
#include "scratch.h"

static struct talk talk;
static struct text said;

static void hear(void *context, const char *answer)
{
	(void)context;
	text_add(&said, answer);
}

static void begin(void)
{
	const struct amm_config config = { .batch = false };
	struct amm *a = amm_new(&config, NULL);

	assert_non_null(a);
	assert_true(talk_start(&talk, a));
	talk.said = hear;
}

static void end(void)
{
	amm_finish(talk.amm);
	amm_free(talk.amm);
	talk_end(&talk);
	text_free(&said);
}

/* The lines of the history, the oldest first. */
static const char *remembered(void)
{
	static struct text all;
	static char copy[512];
	HistEventW ev;

	for (int r = history_w(talk.history, &ev, H_LAST); r >= 0;
	     r = history_w(talk.history, &ev, H_PREV)) {
		wide_add(&all, ev.str, wcslen(ev.str));
		text_add(&all, "|");
	}
	snprintf(copy, sizeof copy, "%s", text_string(&all));
	text_free(&all);
	return copy;
}

static void a_line_is_run_and_remembered(void **state)
{
	(void)state;
	begin();
	assert_string_equal(talk_prompt(&talk), "(amm 0) ");
	talk_take(&talk, "spawn \xc5\xbc");
	assert_string_equal(text_string(&said),
			    "task 100 \xc5\xbc: mm1   users 1  count 1\n");
	assert_string_equal(remembered(), "spawn \xc5\xbc|");
	end();
}

static void a_backslash_waits_for_more(void **state)
{
	(void)state;
	begin();
	talk_take(&talk, "spawn \\");
	assert_string_equal(talk_prompt(&talk), "> ");
	assert_string_equal(text_string(&said), "");
	talk_take(&talk, "sh");
	assert_non_null(strstr(text_string(&said), "task 100 sh"));
	assert_string_equal(remembered(), "spawn \\\nsh|");
	end();
}

static void ctrl_c_forgets_what_waits(void **state)
{
	(void)state;
	begin();
	talk_take(&talk, "spawn \\");
	talk_give_up(&talk);
	assert_string_equal(talk_prompt(&talk), "(amm 0) ");
	talk_take(&talk, "ps");
	assert_null(strstr(text_string(&said), "error"));
	assert_string_equal(remembered(), "ps|");
	end();
}

static void pasted_lines_run_one_by_one_and_are_one_entry(void **state)
{
	(void)state;
	begin();
	talk_take(&talk, "spawn a\nspawn \\\nb\n");
	assert_non_null(strstr(text_string(&said), "task 100 a"));
	assert_non_null(strstr(text_string(&said), "task 101 b"));
	assert_null(strstr(text_string(&said), "102"));
	assert_string_equal(remembered(), "spawn a\nspawn \\\nb\n|");
	end();
}

static void the_file_brings_lines_back(void **state)
{
	(void)state;
	begin();
	talk_take(&talk, "ps");
	talk_take(&talk, " mm");
	talk_take(&talk, "");
	talk_take(&talk, "spawn \\\nsh\nruntime");
	end();
	begin();
	assert_string_equal(remembered(), "ps|spawn sh|runtime|");
	end();
}

static void a_line_over_1000_characters_is_not_kept(void **state)
{
	char line[1100];

	(void)state;
	begin();
	memset(line, 'x', sizeof line);
	line[1001] = '\0';
	talk_take(&talk, line);
	assert_string_equal(remembered(), "");
	line[1000] = '\0';
	past_enter(talk.history, line);
	assert_int_equal(strlen(remembered()), 511);
	end();
}

static void what_is_no_utf8_becomes_a_replacement(void **state)
{
	wchar_t *wide = wide_from("a\xff\xe6\x97\xa5");
	struct text back = { 0 };
	const wchar_t odd[] = { 0xd800, -1, L'z' };

	(void)state;
	assert_non_null(wide);
	assert_true(wcscmp(wide, L"a\ufffd\u65e5") == 0);
	am_free(wide);
	wide_add(&back, odd, 3);
	assert_string_equal(text_string(&back), "\xef\xbf\xbd\xef\xbf\xbdz");
	text_free(&back);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(a_line_is_run_and_remembered),
		SCRATCH_TEST(a_backslash_waits_for_more),
		SCRATCH_TEST(ctrl_c_forgets_what_waits),
		SCRATCH_TEST(pasted_lines_run_one_by_one_and_are_one_entry),
		SCRATCH_TEST(the_file_brings_lines_back),
		SCRATCH_TEST(a_line_over_1000_characters_is_not_kept),
		SCRATCH_TEST(what_is_no_utf8_becomes_a_replacement),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
