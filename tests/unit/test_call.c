/* test_call.c - what was typed is matched with what its command takes */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "session/call.h"
#include "session/error.h"

static struct line line;
static struct call call;
static struct error error;

static const struct lex_rules rules = { .takes_expression =
						command_takes_expression };

static enum call_result read_call(const char *typed)
{
	memset(&error, 0, sizeof error);
	assert_true(lex_line(&line, typed, strlen(typed), &rules, &error));
	assert_int_equal(line.commands, 1);
	return call_read(&line, 0, &call, &error);
}

static void assert_ready(const char *typed, enum cmd id, unsigned args)
{
	enum call_result result = read_call(typed);

	if (result == CALL_WRONG)
		fail_msg("%s: %s", typed, error.message);
	assert_int_equal(result, CALL_READY);
	assert_int_equal(call.command->id, id);
	assert_int_equal(call.args, args);
}

static void assert_wrong(const char *typed, enum status status, uint32_t column)
{
	assert_int_equal(read_call(typed), CALL_WRONG);
	assert_int_equal(error.status, status);
	assert_int_equal(error.column, column);
	assert_true(error.hint[0] != '\0');
}

static void arguments_have_kinds(void **state)
{
	(void)state;
	assert_ready("@1 switch sh", CMD_SWITCH, 1);
	assert_true(call.has_cpu);
	assert_int_equal(call.cpu, 1);
	assert_int_equal(call.arg[0].kind, ARG_TASK);
	assert_string_equal(call.arg[0].text, "sh");
	assert_int_equal(call.arg[0].column, 10);
	assert_ready("migrate 'my task' cpu3", CMD_MIGRATE, 2);
	assert_false(call.has_cpu);
	assert_string_equal(call.arg[0].text, "my task");
	assert_int_equal(call.arg[1].number, 3);
	assert_ready("step 0x10", CMD_STEP, 1);
	assert_int_equal(call.arg[0].number, 16);
	assert_ready("goto t8.2", CMD_GOTO, 1);
	assert_int_equal(call.arg[0].time.statement, 2);
	assert_ready("timeline t3,.", CMD_TIMELINE, 1);
	assert_int_equal(call.arg[0].time.number, 3);
	assert_int_equal(call.arg[0].until.kind, TIMEPOS_NOW);
	assert_ready("cpu 0", CMD_CPU, 1);
	assert_ready("info cpus", CMD_INFO_CPUS, 0);
}

static void one_argument_may_be_of_several_kinds(void **state)
{
	(void)state;
	assert_ready("ipi all", CMD_IPI, 1);
	assert_int_equal(call.arg[0].kind, ARG_CHOICE);
	assert_ready("ipi 2", CMD_IPI, 1);
	assert_int_equal(call.arg[0].kind, ARG_NUMBER);
	assert_ready("why mm1 dead", CMD_WHY, 2);
	assert_int_equal(call.arg[0].kind, ARG_MM);
	assert_int_equal(call.arg[1].kind, ARG_CHOICE);
	assert_ready("why t6.2", CMD_WHY, 1);
	assert_int_equal(call.arg[0].kind, ARG_TIME);
	assert_ready("why sh.active_mm", CMD_WHY, 1);
	assert_int_equal(call.arg[0].kind, ARG_MM);
	assert_wrong("ipi some", STATUS_NOT_A_CHOICE, 4);
	assert_string_equal(error.hint, "one of: N|all");
}

static void flags_may_stand_anywhere(void **state)
{
	(void)state;
	assert_ready("spawn --cpu=1 sh", CMD_SPAWN, 1);
	assert_int_equal(call_flag(&call, "--cpu")->number, 1);
	assert_ready("ps -r sh --json vi -k", CMD_PS, 2);
	assert_non_null(call_flag(&call, "-r"));
	assert_non_null(call_flag(&call, "-k"));
	assert_null(call_flag(&call, "-u"));
	assert_true(call.json);
	assert_false(call.plain);
	assert_ready("mmget mm1 --as='the debugger'", CMD_MMGET, 1);
	assert_string_equal(call_flag(&call, "--as")->text, "the debugger");
	assert_ready("runq -c 1", CMD_RUNQ, 0);
	assert_int_equal(call_flag(&call, "-c")->number, 1);
	assert_ready("runq -c1", CMD_RUNQ, 0);
	assert_int_equal(call_flag(&call, "-c")->number, 1);
	assert_ready("task sh -R mm,active_mm", CMD_TASK, 1);
	assert_string_equal(call_flag(&call, "-R")->text, "mm,active_mm");
}

static void common_flags_belong_to_every_command(void **state)
{
	(void)state;
	assert_ready("exit -n --source --plain", CMD_EXIT, 0);
	assert_true(call.dry_run && call.source && call.plain);
	assert_ready("exit --dry-run", CMD_EXIT, 0);
	assert_true(call.dry_run);
	assert_ready("switch --help", CMD_SWITCH, 0);
	assert_true(call.help);
	assert_ready("log -n 3", CMD_LOG, 0);
	assert_false(call.dry_run);
	assert_wrong("ps -n", STATUS_UNKNOWN_FLAG, 3);
	assert_wrong("ps --dry-run", STATUS_UNKNOWN_FLAG, 3);
}

static void what_runs_statements_can_be_stopped_inside(void **state)
{
	(void)state;
	assert_ready("exit --steps=3", CMD_EXIT, 0);
	assert_true(call.has_steps);
	assert_int_equal(call.steps, 3);
	assert_ready("finish", CMD_FINISH, 0);
	assert_false(call.has_steps);
	assert_wrong("finish --steps=x", STATUS_NOT_A_NUMBER, 15);
	assert_wrong("finish --steps", STATUS_FLAG_VALUE, 7);
	assert_wrong("finish --steps=1 --steps=2", STATUS_FLAG_VALUE, 17);
	assert_wrong("ps --steps=3", STATUS_UNKNOWN_FLAG, 3);
}

static void a_flag_may_repeat_where_the_synopsis_says_so(void **state)
{
	(void)state;
	assert_ready("boot --config=A=y --config=B=n", CMD_BOOT, 0);
	assert_string_equal(call_flag_nth(&call, "--config", 0)->text, "A=y");
	assert_string_equal(call_flag_nth(&call, "--config", 1)->text, "B=n");
	assert_null(call_flag_nth(&call, "--config", 2));
	assert_wrong("boot --cpus=1 --cpus=2", STATUS_FLAG_VALUE, 14);
	assert_wrong("ps -k -k", STATUS_FLAG_VALUE, 6);
}

static void expressions_go_as_far_as_they_make_sense(void **state)
{
	(void)state;
	assert_ready("print mm1.mm_users > 1", CMD_PRINT, 1);
	assert_int_equal(call.arg[0].kind, ARG_EXPR);
	assert_string_equal(call.arg[0].text, "mm1.mm_users > 1");
	assert_int_equal(call.arg[0].column, 6);
	assert_ready("=1+1", CMD_PRINT, 1);
	assert_string_equal(call.arg[0].text, "1+1");
	assert_ready("print sh.mm --json", CMD_PRINT, 1);
	assert_string_equal(call.arg[0].text, "sh.mm");
	assert_true(call.json);
	assert_ready("predict mm1.mm_count 1 -- sh is gone, 'kworker' is left",
		     CMD_PREDICT, 2);
	assert_string_equal(call.arg[0].text, "mm1.mm_count");
	assert_string_equal(call.arg[1].text, "1");
	assert_string_equal(call_flag(&call, "--")->text,
			    "sh is gone, 'kworker' is left");
	assert_ready("predict mm1.mm_count 1 -- \"one left\"", CMD_PREDICT, 2);
	assert_string_equal(call_flag(&call, "--")->text, "one left");
	assert_ready("assert a == 2 \"one user\"", CMD_ASSERT, 2);
	assert_string_equal(call.arg[0].text, "a == 2");
	assert_string_equal(call.arg[1].text, "one user");
	assert_ready("invariant add held mm1.mm_count > 0", CMD_INVARIANT_ADD,
		     2);
	assert_string_equal(call.arg[1].text, "mm1.mm_count > 0");
}

static void break_takes_a_condition(void **state)
{
	(void)state;
	assert_ready("break exit_mm if mm1.mm_users > 1 --cpu=1", CMD_BREAK, 1);
	assert_string_equal(call.arg[0].text, "exit_mm");
	assert_string_equal(call_flag(&call, "if")->text, "mm1.mm_users > 1");
	assert_int_equal(call_flag(&call, "--cpu")->number, 1);
	assert_wrong("break free if", STATUS_FLAG_VALUE, 11);
	assert_wrong("break free when x", STATUS_EXTRA_ARGUMENT, 11);
}

static void errors_in_expressions_stand_in_the_line(void **state)
{
	assert_int_equal(read_call("print 1 + "), CALL_WRONG);
	assert_int_equal(error.column, 8);
	(void)state;
	assert_wrong("print mm1.mm_count = 3", STATUS_ASSIGNMENT, 19);
	assert_int_equal(read_call("watch a)b"), CALL_WRONG);
	assert_int_equal(error.column, 7);
	assert_wrong("print 1 2", STATUS_EXTRA_ARGUMENT, 8);
}

static void commands_and_texts_reach_to_the_end(void **state)
{
	(void)state;
	assert_ready("begin switch sh --dry-run", CMD_BEGIN, 1);
	assert_string_equal(call.arg[0].text, "switch sh --dry-run");
	assert_false(call.dry_run);
	assert_ready("alias go='switch sh; exit'", CMD_ALIAS, 1);
	assert_string_equal(call.arg[0].text, "go=switch sh; exit");
	assert_ready("alias go=switch sh", CMD_ALIAS, 1);
	assert_string_equal(call.arg[0].text, "go=switch sh");
}

static void two_dashes_end_the_flags(void **state)
{
	(void)state;
	assert_ready("spawn -- --sh", CMD_SPAWN, 1);
	assert_string_equal(call.arg[0].text, "--sh");
}

static void what_is_missing_or_left_over_is_named(void **state)
{
	(void)state;
	assert_wrong("switch", STATUS_MISSING_ARGUMENT, 6);
	assert_string_equal(error.message, "'switch' needs TASK");
	assert_string_equal(error.hint, "usage: switch TASK");
	assert_wrong("migrate sh", STATUS_MISSING_ARGUMENT, 10);
	assert_string_equal(error.message, "'migrate' needs CPU");
	assert_wrong("mmget mm1", STATUS_MISSING_ARGUMENT, 9);
	assert_string_equal(error.message, "'mmget' needs --as=LABEL");
	assert_wrong("@1", STATUS_MISSING_ARGUMENT, 0);
	assert_wrong("predict", STATUS_MISSING_ARGUMENT, 7);
	assert_wrong("exit now", STATUS_EXTRA_ARGUMENT, 5);
	assert_wrong("switch sh vi", STATUS_EXTRA_ARGUMENT, 10);
}

static void wrong_flags_are_explained(void **state)
{
	(void)state;
	assert_wrong("spawn sh --cpus=1", STATUS_UNKNOWN_FLAG, 9);
	assert_string_equal(error.hint, "did you mean '--cpu'?");
	assert_wrong("spawn sh --cpu", STATUS_FLAG_VALUE, 9);
	assert_string_equal(error.hint, "it is written [--cpu=N]");
	assert_wrong("spawn sh --cpu=", STATUS_FLAG_VALUE, 9);
	assert_wrong("spawn sh --cpu=x", STATUS_NOT_A_NUMBER, 15);
	assert_wrong("runq -c 1 -c 2", STATUS_FLAG_VALUE, 10);
	assert_wrong("runq -cx", STATUS_BAD_CPU, 7);
	assert_wrong("runq -c x", STATUS_BAD_CPU, 8);
	assert_wrong("exit --group=1", STATUS_FLAG_VALUE, 5);
	assert_wrong("exit --json=1", STATUS_FLAG_VALUE, 5);
	assert_wrong("exit -x", STATUS_UNKNOWN_FLAG, 5);
	assert_wrong("ps -kx", STATUS_UNKNOWN_FLAG, 3);
	assert_wrong("runq -c", STATUS_FLAG_VALUE, 5);
	assert_wrong("explore --boot=mine", STATUS_NOT_A_CHOICE, 15);
	assert_string_equal(error.hint, "one of: own|share");
}

static void wrong_words_are_explained(void **state)
{
	(void)state;
	assert_wrong("@x exit", STATUS_BAD_CPU, 0);
	assert_wrong("@4096 exit", STATUS_BAD_CPU, 0);
	assert_wrong("@ exit", STATUS_BAD_CPU, 0);
	assert_wrong("cpu one", STATUS_BAD_CPU, 4);
	assert_ready("cpu 9", CMD_CPU, 1);
	assert_int_equal(call.arg[0].number, 9);
	assert_wrong("step two", STATUS_NOT_A_NUMBER, 5);
	assert_wrong("goto 12", STATUS_BAD_TIME, 5);
	assert_wrong("timeline t1", STATUS_BAD_TIME, 9);
	assert_wrong("timeline abcdefghijklmnopqrstuvwxyzabcdef,t1",
		     STATUS_BAD_TIME, 9);
	assert_wrong("spawn 0123456789abcdef", STATUS_BAD_NAME, 6);
	assert_wrong("spawn ''", STATUS_BAD_NAME, 6);
	assert_wrong("bookmark t3", STATUS_BAD_NAME, 9);
	assert_wrong("boot --config=A", STATUS_NOT_A_CHOICE, 14);
}

static void habits_are_answered(void **state)
{
	(void)state;
	assert_int_equal(read_call("ls -l"), CALL_ANSWER);
	assert_non_null(strstr(call.answer, "'ps' lists tasks"));
	assert_int_equal(read_call("info threads"), CALL_ANSWER);
}

static void shortened_names_are_noted(void **state)
{
	(void)state;
	assert_ready("sw sh", CMD_SWITCH, 1);
	assert_false(call.full);
	assert_ready("s", CMD_STEP, 0);
	assert_true(call.full);
}

static void every_example_can_be_typed(void **state)
{
	(void)state;
	for (enum cmd id = 0; id < CMD_COUNT; id++) {
		for (unsigned i = 0; i < 2; i++) {
			const char *example = command_get(id)->example[i];
			bool found = false;

			assert_true(lex_line(&line, example, strlen(example),
					     &rules, &error));
			for (unsigned c = 0; c < line.commands; c++) {
				if (call_read(&line, c, &call, &error) !=
				    CALL_READY)
					fail_msg("%s: %s", example,
						 error.message);
				found |= call.command->id == id;
			}
			assert_true(found);
		}
	}
}

/* Any words: an answer, a call or an error, and nothing else happens. */
static void random_words_are_read_or_refused(void **state)
{
	static const char *const parts[] = {
		"switch", "break",  "if",     "predict",      "-- ",
		"--",     "--cpu=", "-c",     "mm1.mm_users", "sh",
		">",      "(",      "'a b'",  "@1",           "ps",
		"-k",     "=",      "assert", "begin",        "t1,t2",
		"--json", "--as=x", "boot",   "--config=A=b"
	};
	unsigned ready = 0;

	(void)state;
	srand(3);
	for (unsigned round = 0; round < 100000; round++) {
		char typed[256] = "";

		for (int n = 1 + rand() % 7; n > 0; n--) {
			strcat(typed, parts[(size_t)rand() %
					    (sizeof parts / sizeof *parts)]);
			strcat(typed, rand() % 4 ? " " : "");
		}
		if (!lex_line(&line, typed, strlen(typed), &rules, &error) ||
		    line.commands == 0)
			continue;
		if (call_read(&line, 0, &call, &error) == CALL_READY)
			ready++;
		else
			assert_true(error.message[0] != '\0');
	}
	assert_in_range(ready, 1000, 100000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arguments_have_kinds),
		cmocka_unit_test(one_argument_may_be_of_several_kinds),
		cmocka_unit_test(flags_may_stand_anywhere),
		cmocka_unit_test(common_flags_belong_to_every_command),
		cmocka_unit_test(what_runs_statements_can_be_stopped_inside),
		cmocka_unit_test(a_flag_may_repeat_where_the_synopsis_says_so),
		cmocka_unit_test(expressions_go_as_far_as_they_make_sense),
		cmocka_unit_test(break_takes_a_condition),
		cmocka_unit_test(errors_in_expressions_stand_in_the_line),
		cmocka_unit_test(commands_and_texts_reach_to_the_end),
		cmocka_unit_test(two_dashes_end_the_flags),
		cmocka_unit_test(what_is_missing_or_left_over_is_named),
		cmocka_unit_test(wrong_flags_are_explained),
		cmocka_unit_test(wrong_words_are_explained),
		cmocka_unit_test(habits_are_answered),
		cmocka_unit_test(shortened_names_are_noted),
		cmocka_unit_test(every_example_can_be_typed),
		cmocka_unit_test(random_words_are_read_or_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
