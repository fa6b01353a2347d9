/*
 * test_do_files.c - a saved session comes to the same bytes
 */
#include "test.h"

#include "chatter.h"
#include "conversation.h"
#include "session/do_files.h"

#include "base/mem.h"

/* Saves, loads in a fresh session, and compares; the session stays. */
static void must_come_again(const char *what)
{
	struct world *saved;
	struct moment now = history_now(amm->history);
	uint32_t sum = history_sum(), entries = history_entries(amm->history);
	cpu_id selected = amm->selected;
	struct amm *old = amm;

	expect_ok("save s.amm");
	saved = world_now();
	talk(FORM_HUMAN);
	ask("load s.amm");
	if (status != AMM_OK)
		fail_msg("%s: %s", what, amm_text(amm));
	if (!world_is(saved) || entries != history_entries(amm->history))
		fail_msg("%s: another world after load", what);
	expect_at(now.command, now.statement);
	assert_int_equal(history_sum(), sum);
	assert_int_equal(amm->selected, selected);
	/* What comes after now in the time line is there too. */
	expect_ok("goto @end");
	am_free(saved);
	saved = world_now();
	hush();
	amm = old;
	expect_ok("goto @end");
	assert_true(world_is(saved));
	am_free(saved);
	assert_true(history_goto(amm->history, now));
}

static void a_loaded_session_has_the_same_world(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("boot --cpus=3 --kernel=6.1 --seed=5");
	ask("spawn sh; spawn vi; kthread kw; @1 switch sh; @1 switch kw");
	ask("switch sh; begin exit; step 5; cpu 2");
	must_come_again("plain");
	ask("undo; undo");
	must_come_again("undone");
	hush();
}

static void what_was_stopped_inside_is_stopped_again(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; @1 switch sh; break mmput; @1 exit; delete");
	expect_says("history", "exit  (stopped inside)");
	must_come_again("stopped by a breakpoint");
	ask("@1 finish; goto t4.7; @0 spawn vi");
	expect_at(5, 0);
	must_come_again("a new line from the middle of a command");
	ask("goto t4.0; @0 spawn make");
	must_come_again("from its start");
	ask("begin switch vi; until cpu(0)->loaded_mm == mm2; goto ^; idle");
	must_come_again("until");
	hush();
}

static void commands_run_again_under_their_settings(void **state)
{
	char bytes[4096] = "";

	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; @0 switch sh; clone t; @1 switch t; set ipi manual");
	expect_says("flush --mm=mm1", "waits for cpu1");
	ask("@1 ipi; @0 finish; set ipi auto; set strict off; set plain on");
	ask("flush --mm=mm1; kthread_use_mm mm1");
	must_come_again("settings");
	assert_true(scratch_get("s.amm", bytes, sizeof bytes - 1) > 0);
	assert_non_null(strstr(bytes, "set plain on\n"));
	assert_non_null(strstr(bytes, "set ipi manual\n"));
	hush();
}

static void bookmarks_are_saved(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; @1 switch sh; bookmark here t2.3; spawn vi");
	ask("save s.amm");
	hush();
	talk(FORM_HUMAN);
	ask("load s.amm");
	expect_ok("goto here");
	expect_at(2, 3);
	hush();
}

/* Whoever goes on after the kernel's WARN gets what it warned of. */
static bool is_expected(bool strict)
{
	switch (status) {
	case AMM_OK:
	case AMM_NO:
	case AMM_USAGE:
	case AMM_LIMIT:
		return true;
	default:
		return status == AMM_BROKEN && !strict;
	}
}

static void any_session_comes_again(void **state)
{
	const char *longer = getenv("AMM_LONG");
	unsigned sessions = longer ? 200 : 12, accepted = 0, inside = 0;

	(void)state;
	for (unsigned n = 1; n <= sessions; n++) {
		struct chatter c = { .state = n * 7919, .cpus = 1 + n % 4 };
		bool strict = true;
		char line[128];

		talk(FORM_HUMAN);
		snprintf(line, sizeof line, "boot --cpus=%u --kernel=%s",
			 c.cpus,
			 n % 3 ? n % 3 == 1 ? "6.12" : "6.1" : "6.12-shoot");
		expect_ok(line);
		for (unsigned i = 0; i < 150; i++) {
			chatter_line(&c, line, sizeof line);
			ask(line);
			strict &= amm->settings.value[SET_STRICT] != 0;
			if (!is_expected(strict))
				fail_msg("session %u: '%s' ends with %d: %s", n,
					 line, (int)status, amm_text(amm));
			accepted += status == AMM_OK;
			inside += actor_stack(amm_world(amm), 0) != STACK_NONE;
		}
		snprintf(line, sizeof line, "session %u", n);
		must_come_again(line);
		hush();
	}
	/* It was no talk about nothing. */
	assert_true(accepted > sessions * 40);
	assert_true(inside > sessions * 10);
}

static void source_stops_at_the_first_error_and_says_where(void **state)
{
	static const char script[] = "# one\nspawn sh\n\nswich sh\nspawn vi\n";

	(void)state;
	scratch_put("a.amm", script, strlen(script));
	talk(FORM_HUMAN);
	expect_says("source a.amm", "error[E101]: unknown command 'swich'");
	assert_int_equal(status, AMM_USAGE);
	assert_non_null(strstr(amm_text(amm), "a.amm:4: stopped here\n"));
	assert_int_equal(history_entries(amm->history), 2);
	hush();
}

static void a_failed_assert_ends_a_script_with_1(void **state)
{
	(void)state;
	scratch_put("a.amm", "assert 1 == 2\nspawn sh\n", 23);
	talk(FORM_HUMAN);
	expect_status("source a.amm", AMM_NO);
	expect_says("source a.amm", "a.amm:1: stopped here");
	assert_int_equal(history_entries(amm->history), 1);
	hush();
}

static void source_shows_commands_when_asked(void **state)
{
	(void)state;
	scratch_put("a.amm", "spawn sh\nspawn \\\nvi\n", 20);
	talk(FORM_HUMAN);
	expect_says("source a.amm -v", "(amm 0) spawn sh\ntask 100 sh");
	assert_non_null(strstr(amm_text(amm), "(amm 0) spawn \\\nvi\ntask"));
	expect_not("source a.amm", "(amm 0)");
	ask("set echo on");
	expect_says("source a.amm", "(amm 0) spawn sh\ntask 104 sh");
	expect_says("history", "spawn  vi");
	hush();
}

static void files_may_source_files_but_not_for_ever(void **state)
{
	(void)state;
	scratch_put("a.amm", "spawn sh\nsource a.amm\n", 22);
	talk(FORM_HUMAN);
	expect_status("source a.amm", AMM_LIMIT);
	expect_says("undo 9; source a.amm", "files source each other 8 deep");
	assert_int_equal(history_entries(amm->history), 9);
	hush();
}

static void only_a_session_is_loaded(void **state)
{
	struct world *before;

	(void)state;
	scratch_put("a.amm", "spawn sh\n", 9);
	scratch_put("empty", "", 0);
	scratch_put("old.amm", "# activemm session 1, engine 0.0.9\n", 35);
	scratch_put("nul.amm", "# activemm session 1, engine 0.1.0\nspawn \0\n",
		    43);
	talk(FORM_HUMAN);
	ask("spawn vi");
	before = world_now();
	expect_status("load a.amm", AMM_FILE);
	expect_says("load a.amm", "error[E160]: a.amm is not a saved session");
	expect_status("load empty", AMM_FILE);
	expect_status("load /nonexistent", AMM_FILE);
	expect_status("load .", AMM_FILE);
	expect_status("load old.amm", AMM_FILE);
	expect_says("load old.amm", "another engine");
	assert_true(world_is(before));
	expect_status("load nul.amm", AMM_FILE);
	expect_says("load nul.amm", "nul.amm:2");
	am_free(before);
	/* What was there is a branch of the new time line. */
	expect_says("info bookmarks", "spawn vi");
	hush();
}

static void a_session_that_goes_wrong_says_where(void **state)
{
	static const char script[] = "# activemm session 1, engine 0.1.0\n"
				     "boot --cpus=2\n@0 spawn sh\n"
				     "@0 switch nobody\n@0 spawn vi\n";

	(void)state;
	scratch_put("a.amm", script, strlen(script));
	talk(FORM_HUMAN);
	expect_status("load a.amm", AMM_USAGE);
	expect_says("load a.amm", "a.amm:4: stopped here");
	expect_not("load a.amm", "task 100 sh");
	hush();
}

static void breakpoints_do_not_stop_a_load(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; @1 switch sh; @1 exit; save s.amm");
	ask("break mmput; break switch_mm_irqs_off; load s.amm");
	assert_int_equal(status, AMM_OK);
	expect_not("history", "stopped inside");
	hush();
}

static void what_cannot_be_written_is_told(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_status("save no/such/dir", AMM_FILE);
	expect_status("export transcript no/such/dir", AMM_FILE);
	expect_says("save no/such/dir", "error[E160]");
	hush();
}

static void a_transcript_is_what_was_typed_and_answered(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh");
	ask("swich");
	ask("cpu 1");
	expect_says("export transcript t.txt", "wrote t.txt");
	scratch_expect(
		"t.txt",
		"(amm 0) spawn sh\ntask 100 sh: mm1   users 1  count 1\n"
		"(amm 0) swich\nerror[E101]: unknown command 'swich'\n"
		"  swich\n  ^~~~~\nhelp: did you mean 'switch'?  ('help' "
		"lists commands)\n(amm 0) cpu 1\n");
	hush();
}

static void quit_in_a_script_ends_it(void **state)
{
	(void)state;
	scratch_put("a.amm", "spawn sh\nquit\nspawn vi\n", 23);
	talk(FORM_HUMAN);
	expect_ok("source a.amm");
	assert_true(amm_quits(amm));
	assert_int_equal(history_entries(amm->history), 2);
	hush();
}

static void in_json_a_script_has_its_own_object_last(void **state)
{
	(void)state;
	scratch_put("a.amm", "spawn sh\nswich\n", 15);
	scratch_put("b.amm", "spawn sh\nsource a.amm\n", 22);
	talk(FORM_JSON);
	assert_int_equal(json_objects(ask("source a.amm")), 3);
	assert_non_null(strstr(amm_text(amm),
			       "\"cmd\":\"source a.amm\",\"ok\":false,"
			       "\"stopped\":\"a.amm:2\"}\n"));
	assert_int_equal(json_objects(ask("source b.amm")), 5);
	assert_int_equal(json_objects(ask("save s.amm")), 1);
	assert_int_equal(json_objects(ask("load s.amm")), 1);
	assert_int_equal(json_objects(ask("load a.amm")), 1);
	hush();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(a_loaded_session_has_the_same_world),
		TALK_TEST(what_was_stopped_inside_is_stopped_again),
		TALK_TEST(commands_run_again_under_their_settings),
		TALK_TEST(bookmarks_are_saved),
		TALK_TEST(any_session_comes_again),
		TALK_TEST(source_stops_at_the_first_error_and_says_where),
		TALK_TEST(a_failed_assert_ends_a_script_with_1),
		TALK_TEST(source_shows_commands_when_asked),
		TALK_TEST(files_may_source_files_but_not_for_ever),
		TALK_TEST(only_a_session_is_loaded),
		TALK_TEST(a_session_that_goes_wrong_says_where),
		TALK_TEST(breakpoints_do_not_stop_a_load),
		TALK_TEST(what_cannot_be_written_is_told),
		TALK_TEST(a_transcript_is_what_was_typed_and_answered),
		TALK_TEST(quit_in_a_script_ends_it),
		TALK_TEST(in_json_a_script_has_its_own_object_last),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
