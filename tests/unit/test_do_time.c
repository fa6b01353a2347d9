/*
 * test_do_time.c - forwards by statements and functions, and back
 */
#include "test.h"

#include "base/mem.h"
#include "conversation.h"

/* sh runs on cpu1; vi, make and a kernel thread wait: t5. */
static void start(enum form form)
{
	talk(form);
	ask("spawn sh; spawn vi; spawn make; kthread kw; @1 switch sh");
	assert_int_equal(status, AMM_OK);
}

static void step_runs_one_statement(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	expect_says("@1 begin exit", "next: cpu1 in do_exit: exit_signals");
	expect_at(6, 0);
	expect_ok("@1 step");
	expect_at(7, 1);
	expect_ok("@1 step 3");
	expect_at(8, 3);
	expect_says("@1 finish", "mm1.mm_users 1 -> 0");
	expect_status("@1 step", AMM_USAGE);
	expect_says("@1 step", "error[E328]: CPU 1 is not inside anything");
	hush();
}

static void step_says_what_comes_next(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	expect_says("@1 begin exit; @1 step", "next: cpu1 in mm_release: ");
	expect_says("@1 step --plain", "Next, on cpu1 in ");
	expect_says("@1 step --json", "\"next\":{\"in\":\"exit_mm\"");
	hush();
}

static void next_runs_called_functions_whole(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	ask("@1 begin exit");
	/* exit_signals() is one statement; exit_mm(), called behind it, is run
	 * to its return: the next statement is one of do_exit() again. */
	expect_says("@1 next", "next: cpu1 in do_exit: exit_notify");
	expect_true("current(1)->mm == NULL && mm1.mm_users == 0");
	expect_says("undo; @1 next 2", "next: cpu1 in do_exit: ");
	hush();
}

static void a_path_in_progress_can_wait_for_other_cpus(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	ask("@1 begin exit; @1 step 5; switch vi");
	expect_true("current(0)->mm == mm2");
	expect_true("current(1)->mm == mm1");
	/* Set-up does not drive on what a CPU is in the middle of. */
	ask("@1 spawn other");
	expect_true("current(1)->mm == mm1");
	expect_ok("continue");
	expect_true("current(1)->mm == NULL");
	expect_status("continue", AMM_USAGE);
	hush();
}

static void continue_takes_the_lowest_cpu_first_or_the_order(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	ask("switch vi; begin exit; @1 begin exit; break exit_mm");
	expect_says("continue", "break 1: exit_mm at t9.1 on cpu0");
	ask("undo");
	expect_says("continue --order=1", "break 1: exit_mm at t9.1 on cpu1");
	expect_status("continue --order=9", AMM_USAGE);
	expect_status("continue --order=x", AMM_USAGE);
	hush();
}

static void until_stops_when_it_is_so(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	expect_says("until mm1.mm_users == 1", "already so");
	ask("@1 begin exit");
	expect_says("until mm1.mm_users == 0", "reached: mm1.mm_users == 0");
	expect_true("mm1.mm_users == 0");
	expect_true("mm1.mm_count == 2");
	expect_status("until mm1.mm_users == 7", AMM_NO);
	expect_status("until mm1.mm_users == 7", AMM_USAGE);
	expect_status("until mm99.mm_users == 7", AMM_USAGE);
	hush();
}

static void undo_and_redo_go_by_commands(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	assert_string_equal(ask("undo"), "now t4.4, after: @0 kthread kw\n");
	ask("undo 2");
	expect_at(2, 0);
	ask("redo");
	expect_at(3, 0);
	ask("redo 99");
	expect_at(5, 14);
	assert_string_equal(ask("redo"), "No more history.\n");
	ask("undo 99");
	assert_int_equal(history_now(amm->history).command, 0);
	assert_string_equal(ask("undo"), "No more history.\n");
	assert_int_equal(status, AMM_OK);
	hush();
}

static void looking_is_not_undone(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	ask("history; show; print mm1.mm_count; set width 60");
	ask("undo");
	expect_at(4, 4);
	hush();
}

static void goto_takes_every_kind_of_time(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	assert_string_equal(ask("goto t5.3"),
			    "now t5.3, inside: @1 switch sh\n");
	expect_at(5, 3);
	ask("goto ^");
	expect_at(4, 4);
	ask("goto t3");
	expect_at(3, 0);
	ask("goto ^2");
	expect_at(1, 0);
	ask("goto @start");
	assert_int_equal(history_now(amm->history).command, 0);
	ask("goto @end");
	expect_at(5, 14);
	ask("goto .");
	expect_at(5, 14);
	ask("bookmark here t5.7");
	ask("goto here");
	expect_at(5, 7);
	expect_status("goto t6", AMM_USAGE);
	expect_says("goto t5.15", "error[E207]: there is no time t5.15");
	expect_says("goto there", "error[E207]");
	expect_says("goto ^9", "error[E207]");
	expect_at(5, 7);
	hush();
}

static void reverse_step_comes_back_through_commands(void **state)
{
	struct world *before;

	(void)state;
	start(FORM_HUMAN);
	ask("@1 begin exit; @1 step 4");
	ask("goto t5.13");
	before = world_now();
	ask("goto @end");
	/* A statement at a time, over the seams of commands. */
	ask("reverse-step 4");
	ask("reverse-step");
	assert_true(world_is(before));
	am_free(before);
	ask("reverse-step 999");
	assert_string_equal(ask("reverse-step"), "No more history.\n");
	hush();
}

static void reverse_finish_goes_to_where_it_began(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	ask("goto t5.3");
	ask("reverse-finish");
	expect_at(4, 4);
	hush();
}

static void reverse_next_undoes_a_call_whole(void **state)
{
	struct moment there;

	(void)state;
	start(FORM_HUMAN);
	ask("@1 begin exit; @1 next; @1 next");
	there = history_now(amm->history);
	ask("@1 next");
	ask("@1 reverse-next");
	expect_at(there.command, there.statement);
	hush();
}

static void reverse_continue_goes_before_the_last_stop(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	ask("@1 exit; @1 switch make; break free; @1 idle");
	/* mm1 was freed in t7; go back to just before that. */
	expect_says("reverse-continue", "undone: break 1: free mm1 at t7.");
	expect_true("mm1.mm_count == 0");
	assert_int_equal(history_now(amm->history).command, 7);
	expect_says("@1 finish", "mm1 is freed");
	ask("delete; watch mm3.mm_count");
	expect_says("reverse-continue", "No more history.");
	hush();
	start(FORM_PLAIN);
	ask("watch mm1.mm_users; @1 exit");
	expect_says("reverse-continue", "watch 1: mm1.mm_users: from 1 to 0");
	hush();
}

static void what_was_undone_is_kept_as_a_branch(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	ask("undo 2");
	expect_says("spawn other",
		    "note: what was undone is kept as alt-1 (2 commands; ");
	expect_says("info bookmarks", "alt-1: from t3, 2 commands:\n"
				      "  @0 kthread kw\n  @1 switch sh\n");
	/* From inside a command the branch begins with all of it. */
	ask("@1 switch sh; goto t5.3; spawn inside");
	expect_says("info bookmarks", "alt-2: from t4, 1 command:\n"
				      "  @1 switch sh\n");
	expect_says("history", "switch sh  (stopped inside)");
	hush();
}

static void acting_before_the_first_statement_forgets_the_command(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	ask("goto t5.0; spawn other");
	expect_at(5, 0);
	assert_string_equal(history_entry(amm->history, 5)->line,
			    "spawn other");
	assert_int_equal(history_entries(amm->history), 6);
	hush();
}

static void nothing_is_done_inside_the_boot(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	expect_ok("goto t0.3");
	expect_status("spawn sh", AMM_USAGE);
	expect_says("spawn sh", "the machine still boots here");
	expect_ok("redo");
	expect_ok("spawn other");
	hush();
}

static void a_bookmark_in_a_tail_that_goes_goes_with_it(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	ask("bookmark early t2; bookmark late");
	ask("undo; spawn other");
	expect_says("info bookmarks", "early: t2\n");
	expect_says("info bookmarks", "  bookmark late t5.14\n");
	expect_status("goto late", AMM_USAGE);
	hush();
}

static void reset_can_be_undone(void **state)
{
	struct world *before;

	(void)state;
	start(FORM_HUMAN);
	ask("break free; bookmark here");
	before = world_now();
	ask("reset");
	assert_int_equal(history_now(amm->history).command, 0);
	expect_says("info breakpoints", "break 1: event free");
	ask("undo");
	assert_true(world_is(before));
	ask("reset --all");
	assert_string_equal(ask("info breakpoints"), "no breakpoints\n");
	ask("undo");
	assert_true(world_is(before));
	am_free(before);
	hush();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(step_runs_one_statement),
		TALK_TEST(step_says_what_comes_next),
		TALK_TEST(next_runs_called_functions_whole),
		TALK_TEST(a_path_in_progress_can_wait_for_other_cpus),
		TALK_TEST(continue_takes_the_lowest_cpu_first_or_the_order),
		TALK_TEST(until_stops_when_it_is_so),
		TALK_TEST(undo_and_redo_go_by_commands),
		TALK_TEST(looking_is_not_undone),
		TALK_TEST(goto_takes_every_kind_of_time),
		TALK_TEST(reverse_step_comes_back_through_commands),
		TALK_TEST(reverse_finish_goes_to_where_it_began),
		TALK_TEST(reverse_next_undoes_a_call_whole),
		TALK_TEST(reverse_continue_goes_before_the_last_stop),
		TALK_TEST(what_was_undone_is_kept_as_a_branch),
		TALK_TEST(
			acting_before_the_first_statement_forgets_the_command),
		TALK_TEST(nothing_is_done_inside_the_boot),
		TALK_TEST(a_bookmark_in_a_tail_that_goes_goes_with_it),
		TALK_TEST(reset_can_be_undone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
