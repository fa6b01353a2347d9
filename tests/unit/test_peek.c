/*
 * test_peek.c - looking never changes anything, in no form, at no moment
 */
#include "test.h"

#include <string.h>

#include "base/mem.h"
#include "chatter.h"
#include "conversation.h"

static void must_only_look(const char *line)
{
	struct world *before = world_now();
	uint32_t sum = history_sum();

	ask(line);
	if (!world_is(before))
		fail_msg("'%s' changes the world", line);
	if (history_sum() != sum)
		fail_msg("'%s' changes the history", line);
	am_free(before);
}

static void in_each_form(const char *line)
{
	static const char *const forms[] = { "", " --plain", " --json" };
	char typed[240];

	for (size_t i = 0; i < 3; i++) {
		snprintf(typed, sizeof typed, "%s%s", line, forms[i]);
		must_only_look(typed);
	}
}

static void looking_changes_nothing_anywhere(void **state)
{
	const char *longer = getenv("AMM_LONG");
	unsigned sessions = longer ? 60 : 6;

	(void)state;
	for (unsigned n = 1; n <= sessions; n++) {
		struct chatter c = { .state = n * 104729, .cpus = 1 + n % 3 };
		char line[128];

		talk(FORM_HUMAN);
		snprintf(line, sizeof line, "boot --cpus=%u", c.cpus);
		ask(line);
		for (unsigned i = 0; i < 60; i++) {
			chatter_line(&c, line, sizeof line);
			ask(line);
			chatter_look(&c, line, sizeof line);
			in_each_form(line);
		}
		hush();
	}
}

static void every_looking_command_only_looks(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; spawn vi; kthread kw; @1 switch sh; @1 switch kw");
	ask("switch sh; begin exit; step 9; break free; display mm1.mm_count");
	for (enum cmd i = 0; i < CMD_COUNT; i++) {
		const struct command *c = command_get(i);
		char line[200];

		if (c->group != GROUP_LOOK)
			continue;
		for (int k = 0; k < 2; k++) {
			snprintf(line, sizeof line, "%s", c->example[k]);
			in_each_form(line);
		}
	}
	hush();
}

static void a_dry_run_changes_nothing(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; spawn vi; kthread kw; @1 switch sh; @1 switch kw");
	ask("switch sh; clone t");
	for (enum cmd i = 0; i < CMD_COUNT; i++) {
		const struct command *c = command_get(i);
		char line[200];

		if (!(c->traits & TRAIT_ACTS))
			continue;
		for (int k = 0; k < 2; k++) {
			if (strchr(c->example[k], ';'))
				continue;
			snprintf(line, sizeof line, "%s -n", c->example[k]);
			must_only_look(line);
			in_each_form(line);
		}
	}
	must_only_look("exit --group -n");
	must_only_look("begin exit -n");
	must_only_look("begin exit --help");
	must_only_look("begin exit --source");
	must_only_look("begin exit --group");
	hush();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(looking_changes_nothing_anywhere),
		TALK_TEST(every_looking_command_only_looks),
		TALK_TEST(a_dry_run_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
