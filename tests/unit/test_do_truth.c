/*
 * test_do_truth.c - assert, invariants, predictions
 */
#include "test.h"

#include <string.h>

#include "conversation.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(an_assert_that_fails_says_no),
		TALK_TEST(an_own_rule_stops_where_it_breaks),
		TALK_TEST(the_invariants_are_listed_with_their_sentence),
		TALK_TEST(a_kernel_that_misuses_an_mm_breaks_an_invariant),
		TALK_TEST(a_prediction_is_told_after_the_next_change),
		TALK_TEST(a_wrong_guess_of_a_count_is_explained),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
