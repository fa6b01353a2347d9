/*
 * test_run.c - a command driven on, stopped inside, or only rehearsed
 */
#include "test.h"

#include <string.h>

#include "base/mem.h"
#include "conversation.h"

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
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh");
	ask("begin switch sh");
	amm->interrupted = 1; /* as the handler does, before the next line */
	expect_status("finish", AMM_OK); /* each line starts without it */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(a_dry_run_tells_all_and_changes_nothing),
		TALK_TEST(steps_leave_it_inside),
		TALK_TEST(a_refusal_says_why_and_does_nothing),
		TALK_TEST(ctrl_c_stops_a_command_inside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
