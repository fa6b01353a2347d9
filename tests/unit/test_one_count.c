/*
 * test_one_count.c - a session with kernel 2.2 speaks that kernel's words
 */
#include "test.h"

#include "conversation.h"

static void talk_2_2(enum form form)
{
	talk(form);
	ask("boot --kernel=2.2 --cpus=2 --seed=1; spawn sh; kthread kw");
}

static void no_word_of_active_mm_is_said(void **state)
{
	static const char *const looks[] = {
		"ps",        "mm",          "mm mm1",    "mm init_mm",
		"task sh",   "task kw",     "info cpus", "runq",
		"why mm1",   "why init_mm", "ledger",    "ledger mm1",
		"switch sh", "switch kw",   "diff t1 .", "clone t",
		"switch sh", "exec ls",     "exit",      "context all",
		"timeline",  "list",
	};
	static const char *const words[] = { "active_mm", "mm_users",
					     "mm_count",  "borrow",
					     "lazy",      "ACTIVE_MM",
					     "loaded_mm", "zombie" };

	(void)state;
	for (int form = FORM_HUMAN; form <= FORM_JSON; form++) {
		talk_2_2((enum form)form);
		for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
			for (size_t k = 0; k < sizeof words / sizeof *words;
			     k++)
				expect_not(looks[i], words[k]);
		hush();
	}
}

static void expressions_know_count_and_cr3(void **state)
{
	(void)state;
	talk_2_2(FORM_HUMAN);
	expect_true("mm1.count == 1 && init_mm.count == 5");
	expect_true("task(20)->mm == init_mm && cpu(0)->cr3 == init_mm");
	expect_says("print mm1.mm_users", "kernel 2.2 has no field mm_users");
	expect_says("print sh->active_mm", "has no field active_mm");
	expect_says("task -R active_mm", "has no field active_mm");
	ask("boot --kernel=6.12; spawn sh");
	expect_says("print mm1.count", "only kernel 2.2 has one count");
	hush();
}

static void why_names_every_holder_of_the_one_count(void **state)
{
	(void)state;
	talk_2_2(FORM_HUMAN);
	ask("mmget mm1 --as=proc");
	expect_says("why mm1", "mm1 is alive: count 2.\n"
			       "  1  user  100 sh");
	expect_says("why mm1", "given back by mmput --as=proc");
	expect_says("why init_mm", "init_mm is alive: count 5. It is never "
				   "freed.");
	expect_says("why init_mm", "never given back");
	expect_says("why init_mm", "given back if it execs");
	hush();
}

static void the_ledger_balances_through_trades_and_ends(void **state)
{
	(void)state;
	talk_2_2(FORM_HUMAN);
	ask("switch sh; clone t; exec ls; exit; switch kw; exit; idle");
	ask("wait kw");
	assert_string_equal(ask("ledger mm1"),
			    "TIME  MM   COUNT  WHO  WHAT\n"
			    "t1    mm1     +1  sh   the first user\n"
			    "t4.2  mm1     +1  sh   mmget (sys_clone)\n"
			    "t5.5  mm1     -1  sh   mmput\n"
			    "balance: count 1\n");
	expect_says("ledger mm2", "balance: count 0, freed");
	/* kw took its count along */
	expect_says("ledger init_mm", "balance: count 5");
	expect_says("mm init_mm", "kept");
	expect_not("ledger init_mm", "lost");
	hush();
}

static void numbers_in_json_have_the_kernels_keys(void **state)
{
	(void)state;
	talk_2_2(FORM_JSON);
	expect_says("boot --kernel=2.2 --cpus=1", "\"init_mm.count\":3");
	expect_says("spawn sh", "\"mm\":\"mm1\",\"count\":1}");
	expect_says("mm", "\"count\":1,\"holders\":\"sh\"");
	expect_says("switch sh", "\"field\":\"cr3\",\"old\":\"init_mm\","
				 "\"new\":\"mm1\"");
	expect_says("ledger mm1", "\"balance\":{\"count\":1,\"freed\":false}");
	hush();
}

static void there_and_back_is_two_loads_as_compared(void **state)
{
	(void)state;
	talk_2_2(FORM_HUMAN);
	expect_says("switch sh", "cpu0.cr3 init_mm -> mm1");
	expect_says("switch kw", "__switch_to: the whole TLB is flushed");
	expect_says("switch sh", "__switch_to: the whole TLB is flushed");
	expect_says("timeline", "flush mm1");
	hush();
}

static void what_came_later_names_a_kernel_that_has_it(void **state)
{
	static const char *const later[] = {
		"user_mode_thread u",     "kthread_use_mm mm1",
		"kthread_unuse_mm",       "mmgrab mm1 --as=x",
		"mmdrop mm1 --as=x",      "mmget_not_zero mm1 --as=x",
		"mmput_async mm1 --as=x", "get_task_mm sh --as=x",
		"run_work mm1",           "cpu_down 1",
	};

	(void)state;
	talk_2_2(FORM_HUMAN);
	for (size_t i = 0; i < sizeof later / sizeof *later; i++) {
		expect_says(later[i], "kernel 2.2 has no ");
		assert_int_equal(status, AMM_USAGE);
		expect_says(later[i], "boot --kernel=");
	}
	expect_says("config MMU_LAZY_TLB_REFCOUNT n", "has no choice");
	expect_says("cpu_up 1", "CPU 1 is online");
	expect_says("fork", "has only init_mm");
	expect_says("mmget init_mm --as=x", "the kernel's own threads");
	expect_says("fault 0x100000000", "addresses of 32 bits");
	hush();
}

static void time_runs_back_and_a_session_is_saved(void **state)
{
	(void)state;
	talk_2_2(FORM_HUMAN);
	ask("switch sh; switch kw; exit");
	expect_says("reverse-step 3", "now t");
	expect_ok("undo 2");
	expect_true("cpu(0)->cr3 == init_mm");
	expect_ok("redo 3");
	expect_says("begin switch sh", "next: cpu0 in schedule: "
				       "spin_lock_irq(&runqueue_lock);");
	expect_says("finish", "cpu0.cr3 init_mm -> mm1");
	hush();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(no_word_of_active_mm_is_said),
		TALK_TEST(expressions_know_count_and_cr3),
		TALK_TEST(why_names_every_holder_of_the_one_count),
		TALK_TEST(the_ledger_balances_through_trades_and_ends),
		TALK_TEST(numbers_in_json_have_the_kernels_keys),
		TALK_TEST(there_and_back_is_two_loads_as_compared),
		TALK_TEST(what_came_later_names_a_kernel_that_has_it),
		TALK_TEST(time_runs_back_and_a_session_is_saved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
