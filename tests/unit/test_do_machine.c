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

static void boot_makes_an_alpha(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_says("boot --arch=alpha --cpus=3", "alpha, kernel 6.12, 3 CPUs");
	expect_says("p init_mm.mm_count", "= 4");
	expect_says("info model", "on alpha");
	expect_says("history", "boot --arch=alpha --cpus=3 --kernel=6.12");
	expect_says("boot --kernel=6.1", "x86_64, kernel 6.1");
	expect_not("history", "--arch");
}

static void an_alpha_has_at_most_32_cpus_and_its_own_kernels(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_says("boot --arch=alpha --cpus=33", "1 to 32 CPUs");
	expect_says("boot --arch=alpha --kernel=6.12-shoot", "on alpha");
	expect_says("boot --arch=vax", "E110");
	ask("boot --arch=alpha");
	expect_says("config MMU_LAZY_TLB_REFCOUNT n", "always counted");
}

/* A journal and a saved session are lines: the machine is in the first. */
static void an_alpha_is_looked_at_by_its_own_names(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("boot --arch=alpha --cpus=1");
	ask("spawn A");
	ask("switch A");
	expect_says("p cpu(0)->ptbr", "mm1");
	expect_says("p cpu(0)->ptbr == current(0)->ptbr", "= 1");
	expect_says("p cpu(0)->asn", "= 1");
	expect_says("p mm(1)->tbl", "no field");
	expect_says("cpu 0", "");
	expect_says("info cpus", "PTBR");
	expect_not("info cpus", "LAZY");
	expect_not("mm", "CPUMASK");
	expect_not("help boot", "CR3");
	expect_says("invariant list", "F16   off");
	ask("boot --cpus=1");
	expect_says("p cpu(0)->ptbr", "no field");
	expect_says("p current(0)->asn", "no field");
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

static void boot_says_every_setting(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	assert_string_equal(
		ask("boot --cpus=2 --seed=1"),
		"x86_64, kernel 6.12, 2 CPUs, MMU_LAZY_TLB_REFCOUNT=y, "
		"seed 1\ncpu0 swapper/0, cpu1 swapper/1: mm NULL, active_mm "
		"init_mm\n");
	expect_says("boot --cpus=3 --kernel=6.12-shoot --seed=9",
		    "3 CPUs, MMU_LAZY_TLB_REFCOUNT=n, ");
	expect_says("boot --config=MMU_LAZY_TLB_REFCOUNT=n", "REFCOUNT=n");
	expect_says("boot --config=CONFIG_MMU_LAZY_TLB_REFCOUNT=y",
		    "REFCOUNT=y");
	expect_ok("boot --arch=x86_64");
	assert_int_equal(json_objects(ask("boot --json")), 1);
	hush();
}

static void a_wrong_machine_is_not_booted(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh");
	expect_says("boot --kernel=9.9", "error[E212]");
	expect_status("boot --cpus=0", AMM_USAGE);
	expect_status("boot --cpus=4097", AMM_USAGE);
	expect_status("boot --arch=vax", AMM_USAGE);
	expect_status("boot --config=NOTHING=y", AMM_USAGE);
	expect_status("boot --config=MMU_LAZY_TLB_REFCOUNT", AMM_USAGE);
	expect_status("boot --config=MMU_LAZY_TLB_REFCOUNT=maybe", AMM_USAGE);
	expect_status("boot --kernel=6.1 --config=MMU_LAZY_TLB_REFCOUNT=n",
		      AMM_USAGE);
	expect_true("mm1.mm_users == 1");
	hush();
}

static void a_new_machine_keeps_the_old_time_line(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; cpu 1; bookmark here; boot --cpus=1");
	expect_says("info bookmarks", "alt-1: from t0, 1 command:\n"
				      "  boot --cpus=2 --kernel=6.12 "
				      "--seed=1\n  @0 spawn sh\n");
	assert_string_equal(amm_prompt(amm), "(amm 0) ");
	expect_status("goto here", AMM_USAGE);
	expect_ok("spawn vi");
	hush();
}

static void config_shows_and_changes(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	assert_string_equal(ask("config"), "MMU_LAZY_TLB_REFCOUNT=y\n");
	expect_says("config MMU_LAZY_TLB_REFCOUNT", "=y");
	expect_says("config MMU_LAZY_TLB_REFCOUNT n", "this boots anew");
	assert_string_equal(ask("config"), "MMU_LAZY_TLB_REFCOUNT=n\n");
	expect_says("config NOTHING", "error[E214]");
	assert_int_equal(json_objects(ask("config --json")), 1);
	assert_int_equal(
		json_objects(ask("config MMU_LAZY_TLB_REFCOUNT y --json")), 1);
	hush();
}

static void many_cpus_fit(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_ok("boot --cpus=4096");
	expect_ok("spawn sh; @4095 switch sh");
	expect_true("current(4095)->mm == mm1");
	expect_status("@4096 idle", AMM_USAGE);
	hush();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(boot_prints_every_setting),
		TALK_TEST(boot_refuses_what_is_no_machine),
		TALK_TEST(boot_makes_an_alpha),
		TALK_TEST(an_alpha_has_at_most_32_cpus_and_its_own_kernels),
		TALK_TEST(an_alpha_is_looked_at_by_its_own_names),
		TALK_TEST(config_boots_anew_and_says_so),
		TALK_TEST(the_old_time_line_is_a_branch),
		TALK_TEST(reset_is_undone_by_undo),
		TALK_TEST(canon_boots_too),
		TALK_TEST(boot_says_every_setting),
		TALK_TEST(a_wrong_machine_is_not_booted),
		TALK_TEST(a_new_machine_keeps_the_old_time_line),
		TALK_TEST(config_shows_and_changes),
		TALK_TEST(many_cpus_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
