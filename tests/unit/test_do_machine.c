/*
 * test_do_machine.c - boot, config, reset, cpu
 */
#include "test.h"

#include <string.h>

#include "base/mem.h"
#include "conversation.h"

static void boot_prints_every_setting(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_says("boot --cpus=3 --kernel=6.1 --seed=7", "kernel 6.1");
	expect_says("boot --cpus=3 --kernel=6.1 --seed=7", "3 CPUs");
	expect_says("boot --cpus=3 --kernel=6.1 --seed=7", "seed 7");
	expect_says("p init_mm.mm_count", "= 5");
}

static void boot_refuses_what_is_no_machine(void **state)
{
	struct world *before;

	(void)state;
	talk(FORM_HUMAN);
	before = world_now();
	expect_status("boot --cpus=0", AMM_USAGE);
	expect_status("boot --cpus=5000", AMM_USAGE);
	expect_says("boot --kernel=7.7", "E212");
	expect_says("boot --config=NO_SUCH=y", "E214");
	assert_true(world_is(before));
	am_free(before);
}

static void config_boots_anew_and_says_so(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_says("config", "MMU_LAZY_TLB_REFCOUNT=y");
	expect_says("config MMU_LAZY_TLB_REFCOUNT n", "boots anew");
	expect_says("config", "MMU_LAZY_TLB_REFCOUNT=n");
	expect_says("p init_mm.mm_count", "= 1");
	ask("boot --kernel=6.1");
	expect_says("config MMU_LAZY_TLB_REFCOUNT n", "no choice");
}

static void the_old_time_line_is_a_branch(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh");
	ask("boot --cpus=1");
	expect_says("info bookmarks", "@0 spawn sh");
}

static void reset_is_undone_by_undo(void **state)
{
	struct world *before;

	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; switch sh");
	before = world_now();
	expect_says("reset", "t0");
	expect_says("ps 1", "init");
	ask("undo");
	assert_true(world_is(before));
	am_free(before);
}

static void canon_boots_too(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_says("boot --kernel=canon", "bare model");
	ask("spawn sh");
	expect_says("switch sh", "sh");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(boot_prints_every_setting),
		TALK_TEST(boot_refuses_what_is_no_machine),
		TALK_TEST(config_boots_anew_and_says_so),
		TALK_TEST(the_old_time_line_is_a_branch),
		TALK_TEST(reset_is_undone_by_undo),
		TALK_TEST(canon_boots_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
