/*
 * test_session.c - what a line comes to, whatever its commands are
 */
#include "test.h"

#include "conversation.h"

static void a_semicolon_stops_at_the_first_error(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_status("spawn sh; swich sh; spawn vi", AMM_USAGE);
	expect_says("history", "spawn sh");
	expect_not("history", "spawn vi");
	hush();
}

static void a_failed_assert_ends_its_line_with_1(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_status("assert init_mm.mm_count == 1; spawn sh", AMM_NO);
	expect_not("history", "spawn");
	expect_ok("assert init_mm.mm_count == 4; spawn sh");
	hush();
}

static void an_at_sign_acts_elsewhere_once(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_ok("spawn sh");
	expect_ok("@1 switch sh");
	assert_string_equal(amm_prompt(amm), "(amm 0) ");
	expect_true("current(1)->mm == mm1");
	expect_true("current(0)->mm == NULL");
	expect_status("@7 idle", AMM_USAGE);
	expect_says("@7 idle", "error[E204]: there is no CPU 7");
	hush();
}

static void cpu_selects_until_changed(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_ok("spawn sh");
	expect_ok("cpu 1");
	assert_string_equal(amm_prompt(amm), "(amm 1) ");
	expect_ok("switch sh");
	expect_true("current(1)->mm == mm1");
	expect_says("cpu", "cpu1 is selected");
	expect_status("cpu 2", AMM_USAGE);
	assert_string_equal(amm_prompt(amm), "(amm 1) ");
	hush();
}

static void an_empty_line_repeats_steps_only(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh");
	ask("");
	assert_int_equal(history_entries(amm->history), 2);
	ask("begin switch sh");
	ask("");
	expect_at(2, 0);
	ask("step 2");
	expect_at(3, 2);
	ask("");
	expect_at(4, 2);
	ask("  \t");
	expect_at(5, 2);
	/* A command between ends it, even one that looks. */
	ask("history");
	ask("");
	expect_at(5, 2);
	/* So does one that failed. */
	ask("step");
	ask("swich");
	ask("");
	expect_at(6, 1);
	hush();
}

static void an_empty_line_repeats_on_the_same_cpu(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh");
	ask("@1 begin switch sh");
	ask("@1 step");
	ask("");
	expect_at(4, 1);
	assert_int_equal(history_entry(amm->history, 4)->cpu, 1);
	hush();
}

static void an_alias_stands_for_its_text(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_ok("alias go='spawn sh; switch sh'");
	expect_ok("go; exit");
	assert_string_equal(history_entry(amm->history, 3)->line, "exit");
	expect_says("alias", "go=spawn sh; switch sh");
	hush();
}

static void unknown_words_get_a_suggestion_and_a_place(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	assert_string_equal(ask("swich sh"),
			    "error[E101]: unknown command 'swich'\n"
			    "  swich sh\n"
			    "  ^~~~~\n"
			    "help: did you mean 'switch'?  "
			    "('help' lists commands)\n");
	assert_int_equal(status, AMM_USAGE);
	expect_says("spawn sh; @0 swich sh", "            ^~~~~");
	expect_says("kill", "exit");
	assert_int_equal(status, AMM_OK);
	hush();
	talk(FORM_PLAIN);
	assert_string_equal(ask("swich sh"),
			    "error E101, column 1, \"swich\": unknown command "
			    "'swich'.\nhelp: did you mean 'switch'?  ('help' "
			    "lists commands)\n");
	hush();
}

static void plain_and_json_are_asked_for_by_the_command_too(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	assert_int_equal(json_objects(ask("spawn sh --json")), 1);
	assert_string_equal(ask("spawn vi --plain"),
			    "New task 101 vi: mm2, users 1, count 1.\n");
	/* How it was shown is not part of what was done. */
	assert_string_equal(history_entry(amm->history, 1)->line, "spawn sh");
	assert_string_equal(history_entry(amm->history, 2)->line, "spawn vi");
	assert_int_equal(json_objects(ask("spawn '' --json")), 1);
	hush();
}

/* Everything that can be typed, in a session where most of it works. */
static const char *const lines[] = { "help",
				     "help switch",
				     "help E101",
				     "apropos borrow",
				     "history",
				     "history 2",
				     "spawn sh",
				     "spawn vi",
				     "spawn make --cpu=1",
				     "kthread kworker/1:0",
				     "user_mode_thread init",
				     "show",
				     "show ipi",
				     "set ipi manual",
				     "set ipi auto",
				     "set ipi",
				     "set nonsense 1",
				     "@1 switch sh",
				     "@1 switch kworker/1:0",
				     "@0 switch sh",
				     "fork child",
				     "clone thread",
				     "vfork helper",
				     "switch helper",
				     "exec ls",
				     "predict mm1.mm_users 3",
				     "predict 1 2 -- why",
				     "switch sh",
				     "exit",
				     "info cpus",
				     "info breakpoints",
				     "info watchpoints",
				     "info display",
				     "info bookmarks",
				     "info invariants",
				     "info model",
				     "break free",
				     "tbreak exit_mm if mm1.mm_users > 1",
				     "watch mm1.mm_count",
				     "display mm1.mm_users",
				     "display",
				     "info breakpoints",
				     "info display",
				     "info watchpoints",
				     "disable 1",
				     "enable 1",
				     "undisplay",
				     "delete 2",
				     "delete 99",
				     "bookmark here",
				     "bookmark there t1",
				     "info bookmarks",
				     "begin exit",
				     "step",
				     "next",
				     "step 3",
				     "undo",
				     "redo",
				     "finish",
				     "continue",
				     "undo 2",
				     "spawn other",
				     "info bookmarks",
				     "reverse-step",
				     "reverse-next",
				     "reverse-finish",
				     "redo 3",
				     "reverse-continue",
				     "goto @end",
				     "goto @start",
				     "reverse-step",
				     "undo",
				     "goto t3",
				     "goto t999",
				     "goto there",
				     "goto ^",
				     "goto nowhere",
				     "goto @end",
				     "until mm1.mm_users == 0",
				     "until 1 == 1",
				     "begin idle",
				     "until mm1.mm_users == 77",
				     "assert 1 == 1",
				     "assert 1 == 2 \"no\"",
				     "invariant list",
				     "invariant off F1",
				     "invariant on F1",
				     "invariant on nothing",
				     "invariant add mine mm1.mm_count < 9",
				     "invariant add false 1 == 2",
				     "invariant list",
				     "alias x='ps; mm'",
				     "alias",
				     "alias x=",
				     "alias ps=mm",
				     "mmget mm2 --as=me",
				     "mmput mm2 --as=me",
				     "mmgrab mm2 --as=me",
				     "mmdrop mm2 --as=me",
				     "get_task_mm vi --as=ptrace",
				     "mmput_async mm2 --as=ptrace",
				     "mmget_not_zero mm2 --as=x",
				     "run_work mm2",
				     "flush --mm=mm2",
				     "flush --mm=mm2 --freed-tables --pages=3",
				     "ipi",
				     "ipi all",
				     "block vi",
				     "wake vi",
				     "migrate vi 1",
				     "schedule",
				     "preempt",
				     "wait sh",
				     "cpu_down 1",
				     "cpu_up 1",
				     "kthread_use_mm mm2",
				     "kthread_unuse_mm",
				     "start_lazy_tlb",
				     "end_lazy_tlb",
				     "config",
				     "config nothing y",
				     "config MMU_LAZY_TLB_REFCOUNT",
				     "cpu",
				     "cpu 1",
				     "cpu 0",
				     "cpu 99",
				     "ps",
				     "task sh",
				     "mm",
				     "mm mm2",
				     "why mm2",
				     "ledger",
				     "runq",
				     "list",
				     "list exit_mm",
				     "bt",
				     "log",
				     "print mm2.mm_count",
				     "print $1",
				     "diff",
				     "timeline",
				     "context",
				     "ls",
				     "kill",
				     "swich",
				     "sw",
				     "r",
				     "exit --help",
				     "exit --source",
				     "ps --help",
				     "ps --source",
				     "exit -n",
				     "exit --dry-run",
				     "spawn a -n",
				     "@1 exit --steps=3",
				     "@1 finish",
				     "exit --group",
				     "exit nonsense",
				     "save s.amm",
				     "source s.amm",
				     "load s.amm",
				     "load /dev/null",
				     "source /nonexistent",
				     "export transcript t.txt",
				     "export json j.json",
				     "reset",
				     "undo",
				     "reset --all",
				     "boot",
				     "boot --cpus=3 --kernel=6.1 --seed=7",
				     "boot --kernel=none",
				     "config MMU_LAZY_TLB_REFCOUNT n",
				     "boot --kernel=6.12-shoot",
				     "spawn 'a b'",
				     "switch 'a b'",
				     "exit",
				     "'",
				     "\"",
				     "print 1 +",
				     "print ((1",
				     "print 1 / 0",
				     ";",
				     ";;",
				     "@1",
				     "@",
				     "@x idle",
				     "# nothing",
				     "quit" };

static void json_gives_one_object_for_each_command(void **state)
{
	(void)state;
	talk(FORM_JSON);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		const char *said = ask(lines[i]);
		int n = json_objects(said), wanted = 1;

		if (strncmp(lines[i], "source s", 8) == 0)
			continue; /* one for each of its commands as well */
		if (strchr(lines[i], ';') == lines[i] || *lines[i] == '#')
			wanted = n > 0 ? 1 : 0;
		if (n != wanted)
			fail_msg("'%s' says %d objects: %s", lines[i], n, said);
	}
	assert_true(amm_quits(amm));
	hush();
}

static void plain_says_no_signs(void **state)
{
	(void)state;
	talk(FORM_PLAIN);
	assert_string_equal(amm_prompt(amm), "amm> ");
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		ask(lines[i]);
	hush();
}

static void whatever_is_typed_is_answered(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		ask(lines[i]);
	hush();
}

static void every_command_takes_the_common_flags(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; switch sh");
	for (enum cmd i = 0; i < CMD_COUNT; i++) {
		const struct command *c = command_get(i);
		char line[128];

		snprintf(line, sizeof line, "%s --help", c->name);
		expect_says(line, c->name);
		assert_int_equal(status, AMM_OK);
		snprintf(line, sizeof line, "%s --help --json", c->name);
		assert_int_equal(json_objects(ask(line)), 1);
		snprintf(line, sizeof line, "%s --help --source", c->name);
		expect_ok(line);
	}
	hush();
}

static void source_shows_the_statements_and_their_kernel(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_says("exit --source", "kernel 6.12.117");
	expect_says("exit --source", "exit_mm()");
	expect_says("switch --source", "context_switch()");
	/* No task named: --source asks for the verb. */
	expect_says("history --source", "no modelled kernel function");
	hush();
}

static void out_of_memory_is_an_error_and_no_harm(void **state)
{
	(void)state;
	for (uint64_t n = 1; n < 60; n++) {
		talk(FORM_HUMAN);
		ask("spawn sh");
		mem_fail_at(n, true);
		status = amm_do(amm, "switch sh", 9);
		mem_fail_at(0, false);
		if (status == AMM_OK)
			n = 60;
		/* What was done stands, and the session goes on. */
		expect_ok("spawn vi; undo; redo");
		hush();
	}
}

static void the_last_line_that_changed_something_is_known(void **state)
{
	uint64_t before;

	(void)state;
	talk(FORM_HUMAN);
	assert_int_equal(amm_since(amm), amm_events(amm));
	ask("spawn sh");
	before = amm_events(amm);
	ask("spawn vi; spawn make");
	assert_int_equal(amm_since(amm), before);
	ask("ps; help");
	ask("nonsense");
	assert_int_equal(amm_since(amm), before);
	ask("undo");
	assert_int_equal(amm_since(amm), amm_events(amm));
	before = amm_events(amm);
	ask("spawn ls");
	assert_int_equal(amm_since(amm), before);
	ask("boot --cpus=8");
	assert_int_equal(amm_since(amm), amm_events(amm));
	ask("ps");
	assert_int_equal(amm_since(amm), amm_events(amm));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(a_semicolon_stops_at_the_first_error),
		TALK_TEST(a_failed_assert_ends_its_line_with_1),
		TALK_TEST(an_at_sign_acts_elsewhere_once),
		TALK_TEST(cpu_selects_until_changed),
		TALK_TEST(an_empty_line_repeats_steps_only),
		TALK_TEST(an_empty_line_repeats_on_the_same_cpu),
		TALK_TEST(an_alias_stands_for_its_text),
		TALK_TEST(unknown_words_get_a_suggestion_and_a_place),
		TALK_TEST(plain_and_json_are_asked_for_by_the_command_too),
		TALK_TEST(json_gives_one_object_for_each_command),
		TALK_TEST(plain_says_no_signs),
		TALK_TEST(whatever_is_typed_is_answered),
		TALK_TEST(every_command_takes_the_common_flags),
		TALK_TEST(source_shows_the_statements_and_their_kernel),
		TALK_TEST(out_of_memory_is_an_error_and_no_harm),
		TALK_TEST(the_last_line_that_changed_something_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
