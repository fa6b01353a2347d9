/* test_habit.c - words from other programs get an answer, not an error */
#include "test.h"

#include <string.h>

#include "session/command.h"
#include "session/error.h"
#include "session/lex.h"

static const char *answer(const char *first, const char *second)
{
	const struct word words[] = { { .text = first }, { .text = second } };

	return habit_answer(words, second != NULL ? 2 : 1);
}

static void words_of_habit_are_answered(void **state)
{
	static const char *const words[] = { "ls",    "cd",  "top",
					     "kill",  "man", "gdb",
					     "vmmap", "pt",  "checkout" };

	(void)state;
	for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
		assert_non_null(answer(words[i], NULL));
		assert_ptr_equal(answer(words[i], NULL),
				 answer(words[i], "more"));
	}
	assert_non_null(answer("info", "threads"));
}

static void commands_are_no_habits(void **state)
{
	(void)state;
	assert_null(answer("info", "cpus"));
	assert_null(answer("info", NULL));
	for (enum cmd c = 0; c < CMD_COUNT; c++)
		assert_null(answer(command_get(c)->name, NULL));
}

/* 'ps -r' in an answer must be something that can be typed. */
static void answers_name_commands_that_exist(void **state)
{
	static const char *const words[] = { "ls",    "cd",  "top",
					     "kill",  "man", "gdb",
					     "vmmap", "pt",  "checkout" };

	(void)state;
	for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
		const char *at = answer(words[i], NULL);

		while ((at = strchr(at, '\'')) != NULL) {
			char name[64] = "";
			const char *end = strchr(++at, '\'');
			struct word word[2] = { { .text = name } };
			unsigned used;
			bool full;
			struct error e;

			assert_non_null(end);
			memcpy(name, at, strcspn(at, "' "));
			if (strcmp(name, "info") != 0)
				assert_non_null(command_find(word, 1, &used,
							     &full, &e));
			at = end + 1;
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_habit_are_answered),
		cmocka_unit_test(commands_are_no_habits),
		cmocka_unit_test(answers_name_commands_that_exist),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
