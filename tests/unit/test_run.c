/*
 * test_run.c - a command driven on, stopped inside, or only rehearsed
 */
#include "test.h"

#include <string.h>

#include "base/mem.h"
#include "conversation.h"
#include "session/run.h"

static void a_dry_run_tells_all_and_changes_nothing(void **state)
{
	struct world *before;
	uint32_t sum;

	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; switch sh");
	before = world_now();
	sum = history_sum();
	expect_says("exit --dry-run", "mm1.mm_users 1 -> 0");
	expect_says("exit -n", "nothing was changed");
	expect_says("idle -n", "swapper/0");
	assert_true(world_is(before));
	assert_int_equal(history_sum(), sum);
	expect_says("kthread_use_mm mm1 -n", "E311");
	am_free(before);
}

static void steps_leave_it_inside(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh");
	ask("switch sh --steps=4");
	assert_int_equal(history_entry(amm->history, 2)->statements, 4);
	expect_says("spawn vi", "vi");
	expect_says("exit", "E305");
	expect_says("finish", "init_mm.mm_count 4 -> 3");
}

static void a_refusal_says_why_and_does_nothing(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; switch sh");
	expect_says("@1 switch sh", "E301");
	expect_says("@1 exit", "E309");
	expect_says("kthread_unuse_mm", "E312");
	expect_says("switch 4711", "E201");
	assert_int_equal(history_entries(amm->history), 3);
}

static void ctrl_c_stops_a_command_inside(void **state)
{
	struct run r = { .scope = DRIVE_ACTOR, .limit = UINT64_MAX };
	struct error e;

	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh");
	ask("begin switch sh");
	amm->interrupted = 1; /* as the signal handler does */
	r.a = amm;
	assert_true(run_command(&r, &e));
	assert_true(r.cut);
	assert_int_equal(history_now(amm->history).statement, 1);
	assert_int_equal(amm->outcome, OUTCOME_INTERRUPTED);
	expect_status("finish", AMM_OK); /* the next line starts without it */
}

static void steps_stops_inside(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; switch sh");
	expect_says("exit --steps=3", "next: cpu0 in ");
	expect_at(3, 3);
	expect_says("history", "exit  (stopped inside)");
	expect_ok("finish");
	expect_true("sh.mm == NULL");
	ask("undo 2");
	/* None at all is a beginning; more than there are is all. */
	ask("exit --steps=0");
	expect_at(3, 0);
	ask("undo; exit --steps=9999");
	expect_not("history", "(stopped inside)");
	hush();
}

static void steps_count_over_continue_too(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; spawn vi; switch sh; @1 switch vi; begin exit");
	ask("@1 begin exit; continue --steps=5");
	expect_at(7, 5);
	expect_ok("continue");
	expect_true("sh.mm == NULL && vi.mm == NULL");
	hush();
}

static void a_refused_command_is_no_entry(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; undo");
	expect_status("exit", AMM_USAGE);
	expect_status("switch nobody", AMM_USAGE);
	/* Not even the tail is lost. */
	expect_ok("redo");
	expect_true("mm1.mm_users == 1");
	hush();
}

static void a_dry_run_does_not_touch_the_tail(void **state)
{
	struct world *before;

	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; switch sh; undo");
	before = world_now();
	expect_says("spawn vi -n", "task 101 vi: mm2");
	assert_true(world_is(before));
	am_free(before);
	expect_ok("redo");
	expect_true("current(0)->mm == mm1");
	hush();
}

static void set_up_leaves_a_path_where_it_is(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; spawn vi; switch sh; begin exit; step");
	expect_ok("spawn other; wake other; block vi; migrate vi 1");
	expect_true("sh.mm == mm1");
	expect_says("step", "next: cpu0 in ");
	hush();
}

static void waiting_is_told_and_goes_on_later(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; switch sh");
	expect_says("vfork kid", "sh sleeps in wait_for_vfork_done; "
				 "switch the CPU away");
	expect_says("spawn x --json", "\"effects\"");
	expect_ok("switch kid; exec ls; switch sh");
	/* It was woken, and went on to its end when it ran again. */
	expect_says("step", "error[E328]");
	hush();
}

static void an_interrupt_by_the_user_stops_a_command(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; switch sh; clone a; clone b; set ipi manual");
	amm_interrupt(amm);
	/* Only what runs then: the next line begins anew. */
	expect_ok("spawn vi");
	hush();
}

static void invariants_are_told_where_they_break(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	/* Who goes on after a WARN gets what it warned of. */
	ask("spawn sh; spawn vi; switch sh; set strict off");
	expect_status("kthread_use_mm mm2", AMM_BROKEN);
	assert_non_null(strstr(amm_text(amm), "broken[F4] at t4."));
	expect_says("finish", "mm");
	expect_not("spawn x", "broken[F4]");
	hush();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(a_dry_run_tells_all_and_changes_nothing),
		TALK_TEST(steps_leave_it_inside),
		TALK_TEST(a_refusal_says_why_and_does_nothing),
		TALK_TEST(ctrl_c_stops_a_command_inside),
		TALK_TEST(steps_stops_inside),
		TALK_TEST(steps_count_over_continue_too),
		TALK_TEST(a_refused_command_is_no_entry),
		TALK_TEST(a_dry_run_does_not_touch_the_tail),
		TALK_TEST(set_up_leaves_a_path_where_it_is),
		TALK_TEST(waiting_is_told_and_goes_on_later),
		TALK_TEST(an_interrupt_by_the_user_stops_a_command),
		TALK_TEST(invariants_are_told_where_they_break),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
