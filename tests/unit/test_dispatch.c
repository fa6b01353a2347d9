/*
 * test_dispatch.c - every command of the tables is there
 */
#include "test.h"

#include "conversation.h"
#include "session/commands.h"

static void every_command_has_a_function(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	for (enum cmd i = 0; i < CMD_COUNT; i++)
		if (!command_function(amm, i))
			fail_msg("nobody does '%s'", command_get(i)->name);
	hush();
}

static void every_example_of_the_manual_is_understood(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	for (enum cmd i = 0; i < CMD_COUNT; i++)
		for (int k = 0; k < 2; k++) {
			const char *said = ask(command_get(i)->example[k]);

			/* E1xx is about how a line is written. */
			if (strstr(said, "error[E1") &&
			    !strstr(said, "error[E160]"))
				fail_msg("'%s': %s", command_get(i)->example[k],
					 said);
		}
	hush();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(every_command_has_a_function),
		TALK_TEST(every_example_of_the_manual_is_understood),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
