/* test_command.c - a word finds its command, or a helpful error */
#include "test.h"

#include <string.h>

#include "session/command.h"
#include "session/error.h"
#include "session/lex.h"
#include "session/suggest.h"

static struct error error;
static unsigned used;
static bool full;

static const struct command *find(const char *first, const char *second)
{
	const struct word words[] = {
		{ .text = first, .span = (uint32_t)strlen(first) },
		{ .text = second != NULL ? second : "", .column = 20 },
	};

	return command_find(words, second != NULL ? 2 : 1, &used, &full,
			    &error);
}

static void assert_finds(const char *word, enum cmd id)
{
	const struct command *c = find(word, NULL);

	assert_non_null(c);
	assert_int_equal(c->id, id);
	assert_int_equal(used, 1);
}

static void an_exact_name_beats_longer_ones(void **state)
{
	(void)state;
	assert_finds("mm", CMD_MM);
	assert_true(full);
	assert_finds("exec", CMD_EXEC);
	assert_finds("wait", CMD_WAIT);
	assert_finds("cpu", CMD_CPU);
}

static void short_forms_are_fixed(void **state)
{
	static const struct {
		const char *word;
		enum cmd id;
	} forms[] = {
		{ "t", CMD_TASK },
		{ "m", CMD_MM },
		{ "w", CMD_WHY },
		{ "l", CMD_LIST },
		{ "p", CMD_PRINT },
		{ "=", CMD_PRINT },
		{ "tl", CMD_TIMELINE },
		{ "ctx", CMD_CONTEXT },
		{ "s", CMD_STEP },
		{ "n", CMD_NEXT },
		{ "fin", CMD_FINISH },
		{ "c", CMD_CONTINUE },
		{ "u", CMD_UNTIL },
		{ "rs", CMD_REVERSE_STEP },
		{ "rn", CMD_REVERSE_NEXT },
		{ "rf", CMD_REVERSE_FINISH },
		{ "rc", CMD_REVERSE_CONTINUE },
		{ "g", CMD_GOTO },
		{ "b", CMD_BREAK },
		{ "tb", CMD_TBREAK },
		{ "d", CMD_DELETE },
		{ "h", CMD_HELP },
		{ "?", CMD_HELP },
		{ "q", CMD_QUIT },
		{ "use_mm", CMD_KTHREAD_USE_MM },
		{ "unuse_mm", CMD_KTHREAD_UNUSE_MM },
	};

	(void)state;
	for (unsigned i = 0; i < sizeof forms / sizeof *forms; i++)
		assert_finds(forms[i].word, forms[i].id);
}

static void a_unique_beginning_is_enough(void **state)
{
	(void)state;
	assert_finds("sw", CMD_SWITCH);
	assert_false(full);
	assert_finds("kthread_us", CMD_KTHREAD_USE_MM);
}

static void an_unknown_word_gets_a_suggestion(void **state)
{
	(void)state;
	assert_null(find("swich", NULL));
	assert_int_equal(error.status, STATUS_UNKNOWN_COMMAND);
	assert_string_equal(error.message, "unknown command 'swich'");
	assert_string_equal(error.hint, "did you mean 'switch'?  ('help' lists "
					"commands)");
	assert_int_equal(error.length, 5);
	assert_null(find("frobnicate", NULL));
	assert_string_equal(error.hint, "'help' lists commands");
}

static void words_of_later_are_no_commands_yet(void **state)
{
	static const char *const words[] = { "mmap", "munmap", "mprotect",
					     "vtop", "tlb",    "vm",
					     "x",    "trail",  "drill",
					     "bug",  "tip",    "read" };

	(void)state;
	for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
		assert_null(find(words[i], NULL));
		assert_int_equal(error.status, STATUS_UNKNOWN_COMMAND);
	}
}

static void an_ambiguous_word_lists_what_it_may_be(void **state)
{
	(void)state;
	assert_null(find("r", NULL));
	assert_int_equal(error.status, STATUS_AMBIGUOUS_COMMAND);
	assert_string_equal(error.message,
			    "'r' is ambiguous: redo, reset, reverse-continue, "
			    "reverse-finish, reverse-next, ...");
	assert_string_equal(error.hint,
			    "'rs' is reverse-step; 'rn' is reverse-next; 'rf' "
			    "is reverse-finish; 'rc' is reverse-continue");
	assert_int_equal(error.length, 1);
	assert_null(find("cpu_", NULL));
	assert_string_equal(error.message,
			    "'cpu_' is ambiguous: cpu_down, cpu_up");
	assert_null(find("", NULL));
}

static void a_family_needs_its_second_word(void **state)
{
	(void)state;
	assert_int_equal(find("info", "cpus")->id, CMD_INFO_CPUS);
	assert_int_equal(used, 2);
	assert_true(full);
	assert_int_equal(find("i", "bre")->id, CMD_INFO_BREAKPOINTS);
	assert_false(full);
	assert_null(find("info", NULL));
	assert_int_equal(error.status, STATUS_UNKNOWN_SUBCOMMAND);
	assert_string_equal(error.message, "'info' needs a second word");
	assert_string_equal(error.hint,
			    "info: cpus, breakpoints, watchpoints, display, "
			    "bookmarks, invariants, model");
	assert_null(find("info", "b"));
	assert_string_equal(error.message, "'info' has several b");
	assert_null(find("info", "cpsu"));
	assert_string_equal(error.hint, "did you mean 'cpus'?");
	assert_int_equal(error.column, 20);
}

static void greater_compares_only_where_expressions_are_taken(void **state)
{
	(void)state;
	assert_true(command_takes_expression("print", 5));
	assert_true(command_takes_expression("=", 1));
	assert_true(command_takes_expression("wat", 3));
	assert_true(command_takes_expression("break", 5));
	assert_true(command_takes_expression("predict", 7));
	assert_true(command_takes_expression("invariant", 9));
	assert_false(command_takes_expression("ps", 2));
	assert_false(command_takes_expression("export", 6));
	assert_false(command_takes_expression("nothing", 7));
}

static const struct command *find_name(const struct command *c)
{
	char head[64] = "";

	memcpy(head, c->name, command_head(c));
	return find(head, c->name[strlen(head)] == '\0'
				  ? NULL
				  : c->name + strlen(head) + 1);
}

static unsigned count_blanks(const char *text)
{
	unsigned count = 0;

	for (; *text != '\0'; text++)
		count += *text == ' ';
	return count;
}

/* Names are unique, members of a family stand together, words are complete. */
static void the_table_is_well_formed(void **state)
{
	(void)state;
	for (enum cmd i = 0; i < CMD_COUNT; i++) {
		const struct command *c = command_get(i);

		assert_int_equal(c->id, i);
		assert_ptr_equal(command_named(c->name), c);
		assert_in_range(count_blanks(c->name), 0, 1);
		assert_in_range(strlen(c->summary), 5, 66);
		assert_int_not_equal(c->summary[strlen(c->summary) - 1], '.');
		assert_true(c->see[0] != '\0');
		assert_int_equal(find_name(c)->id, i);
	}
}

static void actions_change_the_machine(void **state)
{
	(void)state;
	assert_int_equal(command_get(CMD_EXIT)->traits,
			 TRAIT_ACTS | TRAIT_CHANGES);
	assert_int_equal(command_get(CMD_EXIT)->group, GROUP_ACTIONS);
	assert_int_equal(command_get(CMD_PS)->traits, 0);
	assert_int_equal(command_get(CMD_STEP)->traits,
			 TRAIT_CHANGES | TRAIT_REPEATS);
}

/* A stray Enter must not kill a task. */
static void no_action_is_repeated_by_an_empty_line(void **state)
{
	(void)state;
	for (enum cmd i = 0; i < CMD_COUNT; i++)
		assert_int_not_equal(command_get(i)->traits &
					     (TRAIT_ACTS | TRAIT_REPEATS),
				     TRAIT_ACTS | TRAIT_REPEATS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_exact_name_beats_longer_ones),
		cmocka_unit_test(short_forms_are_fixed),
		cmocka_unit_test(a_unique_beginning_is_enough),
		cmocka_unit_test(an_unknown_word_gets_a_suggestion),
		cmocka_unit_test(words_of_later_are_no_commands_yet),
		cmocka_unit_test(an_ambiguous_word_lists_what_it_may_be),
		cmocka_unit_test(a_family_needs_its_second_word),
		cmocka_unit_test(
			greater_compares_only_where_expressions_are_taken),
		cmocka_unit_test(the_table_is_well_formed),
		cmocka_unit_test(actions_change_the_machine),
		cmocka_unit_test(no_action_is_repeated_by_an_empty_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
