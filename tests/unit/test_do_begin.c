/*
 * test_do_begin.c - an action that only begins, and its kernel text
 */
#include "test.h"

#include "conversation.h"

static void begin_starts_and_runs_nothing(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; @1 switch sh");
	expect_says("@1 begin exit", "next: cpu1 in do_exit: exit_signals");
	expect_at(3, 0);
	expect_says("bt 1", "do_exit");
	expect_says("@1 exit", "error[E305]");
	expect_ok("undo");
	expect_says("bt 1", "inside");
	hush();
}

static void only_actions_can_be_begun(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_says("begin ps", "'ps' is no kernel action");
	expect_says("begin step", "is no kernel action");
	expect_says("begin begin exit", "is no kernel action");
	expect_says("begin swich", "      ^~~~~");
	expect_says("begin @1 exit", "the CPU goes before begin: @1 begin ...");
	expect_status("begin", AMM_USAGE);
	assert_int_equal(history_entries(amm->history), 1);
	hush();
}

static void flags_behind_the_action_are_its_own(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; switch sh");
	expect_says("begin exit -n", "nothing was changed (--dry-run)");
	/* Only what beginning would change, which is nothing yet. */
	expect_not("begin exit -n", "mm_users");
	expect_says("begin exit --help", "exit");
	expect_says("begin exit --source", "exit_mm()");
	assert_int_equal(history_entries(amm->history), 3);
	hush();
}

static void a_refused_action_does_not_begin(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_says("begin switch nobody", "error[E201]");
	expect_status("begin exit", AMM_USAGE);
	assert_int_equal(history_entries(amm->history), 1);
	/* And the next command is no beginning. */
	ask("spawn sh; switch sh");
	expect_true("current(0)->mm == mm1");
	hush();
}

static void source_is_the_text_of_the_running_kernel(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_says("exit --source", "kernel 6.12.117");
	expect_says("exit --source", "mmgrab_lazy_tlb(");
	ask("boot --kernel=6.1");
	expect_says("exit --source", "kernel 6.1.192");
	expect_says("spawn --source", "no modelled kernel function");
	assert_int_equal(json_objects(ask("exit --source --json")), 1);
	hush();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(begin_starts_and_runs_nothing),
		TALK_TEST(only_actions_can_be_begun),
		TALK_TEST(flags_behind_the_action_are_its_own),
		TALK_TEST(a_refused_action_does_not_begin),
		TALK_TEST(source_is_the_text_of_the_running_kernel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
