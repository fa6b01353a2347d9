/*
 * test_do_truth.c - assert, invariants, predictions
 */
#include "test.h"

#include <string.h>

#include "conversation.h"
#include "session/keep.h"

static void an_assert_that_fails_says_no(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh");
	expect_status("assert mm1.mm_users == 1", AMM_OK);
	expect_status("assert mm1.mm_users == 2 \"two users\"", AMM_NO);
	expect_says("assert mm1.mm_users == 2 \"two users\"", "two users");
	expect_status("assert mm9.mm_users == 2", AMM_USAGE);
}

static void an_own_rule_stops_where_it_breaks(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; kthread kw; switch sh");
	ask("invariant add lone mm1.mm_count < 2");
	expect_status("switch kw", AMM_BROKEN);
	expect_says("bt 0", "context_switch");
	expect_says("invariant list", "lone");
	ask("finish; switch sh");
	ask("invariant off lone");
	expect_status("switch kw", AMM_OK);
	expect_says("invariant on none-such", "E211");
}

static void the_invariants_are_listed_with_their_sentence(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_says("invariant list", "F26");
	ask("invariant off F1");
	expect_says("info invariants", "F1    off");
}

static void a_kernel_that_misuses_an_mm_breaks_an_invariant(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("set strict off");
	ask("spawn sh; spawn vi; switch sh");
	expect_status("kthread_use_mm mm2", AMM_BROKEN);
	expect_says("invariant list", "F4");
}

static void a_prediction_is_told_after_the_next_change(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; kthread kw; switch sh");
	expect_says("predict mm1.mm_count 2 -- kw borrows", "locked");
	expect_not("ps", "prediction");
	expect_says("switch kw", "prediction: right, mm1.mm_count is 2");
	ask("predict mm1.mm_count 5");
	expect_says("switch sh", "you said 5, it is 1");
	expect_not("switch kw", "prediction");
}

static void a_wrong_guess_of_a_count_is_explained(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; switch sh; mmgrab mm1 --as=kvm");
	ask("predict mm1.mm_count 9");
	expect_says("exit", "sh itself: it still runs");
	ask("predict mm1.mm_count 9");
	expect_says("idle", "1 for kvm");
}

static void assert_answers_by_the_status(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	assert_string_equal(ask("assert init_mm.mm_count == 4"), "");
	assert_int_equal(status, AMM_OK);
	assert_string_equal(ask("assert init_mm.mm_count == 5 'five'"),
			    "assert failed: init_mm.mm_count == 5\n  five\n");
	assert_int_equal(status, AMM_NO);
	expect_status("assert mm1.mm_count == 5", AMM_USAGE);
	expect_status("assert 1 = 2", AMM_USAGE);
	expect_says("assert 1 = 2", "error[E121]");
	expect_says("assert 1 == 2 --json", "\"holds\":false");
	hush();
}

static void all_invariants_are_on_at_first(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_says("invariant list", "F1    on  ");
	expect_not("invariant list", " off  ");
	ask("invariant off F1");
	expect_says("info invariants", "F1    off");
	ask("invariant on F1");
	expect_not("invariant list", " off  ");
	expect_says("invariant off F99", "error[E211]");
	assert_int_equal(json_objects(ask("invariant list --json")), 1);
	hush();
}

static void a_rule_must_be_askable(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_status("invariant add x mm1.mm_users > 0", AMM_USAGE);
	expect_status("invariant add x", AMM_USAGE);
	expect_says("invariant add no init_mm.mm_count == 0",
		    "note: it does not hold now");
	for (int i = 1; i < RULES_MAX; i++) {
		char line[64];

		snprintf(line, sizeof line, "invariant add r%d 1 == 1", i);
		expect_ok(line);
	}
	expect_status("invariant add more 1 == 1", AMM_LIMIT);
	/* The same name again is the same rule. */
	expect_ok("invariant add no 1 == 1");
	hush();
}

static void a_prediction_is_answered_after_the_next_command(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; kthread kw; @1 switch sh; @1 switch kw; switch sh");
	assert_string_equal(ask("predict mm1.mm_count 1 -- sh is gone"),
			    "locked: after the next command, "
			    "mm1.mm_count == 1\n");
	/* Looking does not decide it. */
	expect_not("history; print mm1.mm_count", "prediction");
	expect_says("exit", "prediction: you said 1, it is 2.\n");
	ask("predict current(0)->mm == NULL 0");
	ask("predict sh.mm NULL");
	expect_says("idle", "prediction: right, sh.mm is NULL.");
	expect_status("predict mm9.mm_count 1", AMM_USAGE);
	expect_status("predict 1", AMM_USAGE);
	hush();
}

static void a_prediction_can_be_put_off(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; set predict off; predict mm1.mm_users 2");
	expect_not("switch sh", "prediction");
	ask("set predict on");
	expect_says("clone t", "prediction: right, mm1.mm_users is 2.");
	hush();
	talk(FORM_JSON);
	ask("spawn sh; switch sh; predict mm1.mm_users 3");
	expect_says("clone t", "\"prediction\":false");
	hush();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(an_assert_that_fails_says_no),
		TALK_TEST(an_own_rule_stops_where_it_breaks),
		TALK_TEST(the_invariants_are_listed_with_their_sentence),
		TALK_TEST(a_kernel_that_misuses_an_mm_breaks_an_invariant),
		TALK_TEST(a_prediction_is_told_after_the_next_change),
		TALK_TEST(a_wrong_guess_of_a_count_is_explained),
		TALK_TEST(assert_answers_by_the_status),
		TALK_TEST(all_invariants_are_on_at_first),
		TALK_TEST(a_rule_must_be_askable),
		TALK_TEST(a_prediction_is_answered_after_the_next_command),
		TALK_TEST(a_prediction_can_be_put_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
