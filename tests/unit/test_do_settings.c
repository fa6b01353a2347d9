/*
 * test_do_settings.c - set, show, alias, history, tui, quit
 */
#include "test.h"

#include "conversation.h"

static void settings_are_shown_and_changed(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_says("show", "ipi          auto");
	expect_says("show ipi", "ipi          auto");
	assert_string_equal(ask("set ipi manual"), "");
	expect_says("set ipi", "ipi          manual");
	expect_says("show nothing", "error[E130]");
	expect_says("set ipi sometimes", "error[E131]");
	expect_says("set ipi sometimes", "        ^~~~~~~~~");
	expect_says("set width 99999", "error[E131]");
	expect_says("show --plain", "ipi: manual. ");
	assert_int_equal(json_objects(ask("show --json")), 1);
	assert_int_equal(json_objects(ask("show ipi --json")), 1);
	hush();
}

static void set_plain_changes_the_form_and_the_prompt(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("set plain on");
	assert_string_equal(amm_prompt(amm), "amm> ");
	assert_string_equal(ask("spawn sh"),
			    "New task 100 sh: mm1, users 1, count 1.\n");
	ask("set plain off");
	assert_string_equal(amm_prompt(amm), "(amm 0) ");
	hush();
}

static void aliases_are_made_listed_and_removed(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	assert_string_equal(ask("alias"), "no aliases\n");
	ask("alias e=exit");
	ask("alias both='spawn a; spawn b'");
	assert_string_equal(ask("alias"), "e=exit\nboth=spawn a; spawn b\n");
	assert_int_equal(json_objects(ask("alias --json")), 1);
	ask("both");
	expect_says("history", "spawn b");
	ask("alias e=");
	expect_not("alias", "e=exit");
	expect_says("alias ps=mm", "error[E117]: 'ps' is a command");
	expect_status("alias x", AMM_USAGE);
	expect_status("alias 'a b=exit'", AMM_USAGE);
	expect_status("alias =exit", AMM_USAGE);
	hush();
}

static void an_alias_does_not_call_itself(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("alias x='x; spawn sh'");
	expect_status("x", AMM_USAGE);
	hush();
}

static void an_alias_too_long_is_refused_not_cut(void **state)
{
	char line[400] = "alias x=";

	(void)state;
	talk(FORM_HUMAN);
	memset(line + strlen(line), 'a', 300);
	expect_status(line, AMM_USAGE);
	assert_string_equal(ask("alias"), "no aliases\n");
	for (int i = 0; i < 64; i++) {
		snprintf(line, sizeof line, "alias a%d=exit", i);
		expect_ok(line);
	}
	expect_status("alias more=exit", AMM_LIMIT);
	hush();
}

static void history_lists_what_was_done(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; @1 switch sh; undo");
	assert_string_equal(ask("history"),
			    "  t0    @0 boot --cpus=2 --kernel=6.12 --seed=1\n"
			    "> t1    @0 spawn sh\n"
			    "  t2    @1 switch sh\n");
	assert_string_equal(ask("history 1"), "  t2    @1 switch sh\n");
	assert_int_equal(json_objects(ask("history --json")), 1);
	expect_says("history --json", "\"cmd\":\"switch sh\"");
	hush();
}

static void quit_ends_the_line_too(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("quit; spawn sh");
	assert_true(amm_quits(amm));
	assert_int_equal(history_entries(amm->history), 1);
	hush();
}

static void without_a_terminal_there_is_no_full_screen(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_says("tui", "the full screen is off");
	expect_status("tui on", AMM_NO);
	assert_int_equal(amm_tui(amm), AMM_TUI_NONE);
	expect_ok("tui off");
	assert_int_equal(json_objects(ask("tui on --json")), 1);
	hush();
}

static void a_front_end_is_told_what_is_wished(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	amm_set_tui(amm, AMM_TUI_OFF);
	expect_ok("tui on");
	assert_int_equal(amm_tui(amm), AMM_TUI_ON);
	expect_says("tui", "the full screen is on");
	expect_says("tui --json", "\"tui\":\"on\"");
	expect_ok("tui off");
	assert_int_equal(amm_tui(amm), AMM_TUI_OFF);
	expect_status("tui perhaps", AMM_USAGE);
	hush();
}

static void count_tick(void *context)
{
	unsigned *ticks = context;

	++*ticks;
}

static void who_watches_sees_each_command_and_statement(void **state)
{
	unsigned ticks = 0;

	(void)state;
	talk(FORM_HUMAN);
	amm_watch(amm, count_tick, &ticks);
	ask("ps; ps; ps");
	assert_int_equal(ticks, 3);
	ask("spawn sh; switch sh");
	assert_true(ticks > 10);
	amm_watch(amm, NULL, NULL);
	ticks = 0;
	ask("ps");
	assert_int_equal(ticks, 0);
	hush();
}

static void stop_it(void *context)
{
	amm_interrupt(context);
}

static void ctrl_c_between_the_lines_of_a_script_stops_it(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	scratch_put("a.amm", "ps\nspawn sh\n", 12);
	amm_watch(amm, stop_it, amm);
	expect_status("source a.amm", AMM_INTERRUPTED);
	assert_non_null(strstr(amm_text(amm), "a.amm:1: stopped here"));
	amm_watch(amm, NULL, NULL);
	expect_not("ps", "sh ");
	hush();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(settings_are_shown_and_changed),
		TALK_TEST(set_plain_changes_the_form_and_the_prompt),
		TALK_TEST(aliases_are_made_listed_and_removed),
		TALK_TEST(an_alias_does_not_call_itself),
		TALK_TEST(an_alias_too_long_is_refused_not_cut),
		TALK_TEST(history_lists_what_was_done),
		TALK_TEST(without_a_terminal_there_is_no_full_screen),
		TALK_TEST(a_front_end_is_told_what_is_wished),
		TALK_TEST(who_watches_sees_each_command_and_statement),
		TALK_TEST(ctrl_c_between_the_lines_of_a_script_stops_it),
		TALK_TEST(quit_ends_the_line_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
