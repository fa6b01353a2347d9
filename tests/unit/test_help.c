/* test_help.c - every page can be found, and says what can be typed */
#include "test.h"

#include <string.h>

#include "base/text.h"
#include "session/call.h"
#include "session/error.h"
#include "session/help.h"
#include "session/topic.h"

static struct text text;
static struct error error;

static bool about(const char *first, const char *second)
{
	struct arg words[2] = { { .text = first,
				  .column = 5,
				  .length = (uint32_t)strlen(first) },
				{ .text = second } };

	text_clear(&text);
	return help_about(&text, words, second != NULL ? 2 : 1, &error);
}

static void assert_says(const char *part)
{
	if (strstr(text_string(&text), part) == NULL)
		fail_msg("'%s' is not in:\n%s", part, text_string(&text));
}

static void a_page_has_all_its_parts(void **state)
{
	(void)state;
	assert_true(about("switch", NULL));
	assert_says("NAME\n  switch - let this CPU run TASK\n");
	assert_says("SYNOPSIS\n  [@CPU] switch TASK\n");
	assert_says("ARGUMENTS\n  TASK");
	assert_says("WHAT THE KERNEL DOES\n  __schedule() picks TASK");
	assert_says("EXAMPLES\n  switch sh\n  @1 switch kworker/1:0\n");
	assert_says("SEE ALSO\n  schedule, idle");
}

static void pages_are_found_by_any_name(void **state)
{
	(void)state;
	assert_true(about("sw", NULL));
	assert_says("  switch - ");
	assert_true(about("rs", NULL));
	assert_says("  reverse-step - ");
	assert_says("  short: rs\n");
	assert_true(about("info", "cpus"));
	assert_says("  info cpus - ");
	assert_true(about("info", NULL));
	assert_says("info is a family of commands\n  info cpus");
	assert_true(about("actions", NULL));
	assert_says("Kernel actions (they change the state)\n  spawn");
	assert_true(about("e101", NULL));
	assert_says("E101\n  unknown command\n");
	assert_says("\nDESCRIPTION\n  The first word");
	assert_says("exit status 2");
	assert_true(about("step", NULL));
	assert_says("\nDESCRIPTION\n  One statement");
	assert_true(about("lines", NULL));
	assert_says("\nDESCRIPTION\n  A line is");
	assert_true(about("expressions", NULL));
	assert_says("of an mm");
	assert_says("mm_users, mm_count");
	assert_true(about("ls", NULL));
	assert_says("'ps' lists tasks");
}

static void a_topic_beats_the_beginning_of_a_command(void **state)
{
	(void)state;
	assert_true(about("time", NULL));
	assert_says("Time\n  step");
	assert_true(about("times", NULL));
	assert_says("times - how moments are named");
	assert_true(about("line", NULL));
	assert_says("lines - what a typed line may hold");
}

static void what_has_no_page_gets_a_suggestion(void **state)
{
	(void)state;
	assert_false(about("swich", NULL));
	assert_int_equal(error.status, STATUS_NO_HELP);
	assert_int_equal(error.column, 5);
	assert_non_null(strstr(error.hint, "did you mean 'switch'?"));
	assert_false(about("", NULL));
	assert_false(about("E999", NULL));
}

/* What a page points to must have a page too. */
static void see_also_leads_somewhere(void **state)
{
	(void)state;
	for (enum cmd i = 0; i < CMD_COUNT; i++) {
		const char *at = command_get(i)->see;

		while (*at != '\0') {
			size_t length = strcspn(at, ",");
			char name[64] = "";

			assert_in_range(length, 1, sizeof name - 1);
			memcpy(name, at, length);
			if (command_named(name) == NULL && !about(name, NULL))
				fail_msg("%s: see also '%s'",
					 command_get(i)->name, name);
			at += length;
			at += strspn(at, ", ");
		}
	}
}

static void every_line_fits_on_a_screen(void **state)
{
	const char *line;

	(void)state;
	text_clear(&text);
	help_list(&text);
	for (enum cmd i = 0; i < CMD_COUNT; i++)
		help_page(&text, command_get(i));
	for (line = text_string(&text); *line != '\0';
	     line += strcspn(line, "\n") + 1)
		if (strcspn(line, "\n") > 79 &&
		    strncmp(line, "  explore --", 12) != 0)
			fail_msg("too long: %.*s", (int)strcspn(line, "\n"),
				 line);
}

static void the_list_has_every_command_and_topic(void **state)
{
	const struct topic *topic;

	(void)state;
	text_clear(&text);
	help_list(&text);
	assert_says("\nTopics\n  lines");
	for (enum command_group g = 0; g < GROUP_COUNT; g++)
		assert_says(group_heading(g));
	for (enum cmd i = 0; i < CMD_COUNT; i++)
		assert_says(command_get(i)->name);
	for (size_t i = 0; (topic = topic_get(i)) != NULL; i++)
		assert_says(topic->summary);
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
		cmocka_unit_test(a_page_has_all_its_parts),
		cmocka_unit_test(pages_are_found_by_any_name),
		cmocka_unit_test(a_topic_beats_the_beginning_of_a_command),
		cmocka_unit_test(what_has_no_page_gets_a_suggestion),
		cmocka_unit_test(see_also_leads_somewhere),
		cmocka_unit_test(every_line_fits_on_a_screen),
		cmocka_unit_test(the_list_has_every_command_and_topic),
	};

	return cmocka_run_group_tests(tests, NULL, release);
}
