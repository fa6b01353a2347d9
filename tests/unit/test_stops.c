/*
 * test_stops.c - breakpoints, watchpoints, displays
 */
#include "test.h"

#include <string.h>

#include "conversation.h"
#include "session/stops.h"

static void scene(void)
{
	talk(FORM_HUMAN);
	ask("spawn sh; spawn vi; kthread kw");
	ask("switch sh");
}

static void a_breakpoint_stops_where_a_function_begins(void **state)
{
	(void)state;
	scene();
	expect_says("break finish_task_switch", "break 1: function");
	expect_says("switch kw", "break 1: finish_task_switch at t");
	expect_says("bt 0", "finish_task_switch");
	expect_says("p cpu(0)->current->pid", "= 20");
	ask("finish");
	expect_says("info breakpoints", "1 hit");
}

static void
a_breakpoint_stops_at_an_event_that_its_condition_wants(void **state)
{
	(void)state;
	scene();
	ask("break borrow if mm1.mm_count == 7");
	expect_not("switch kw", "break 1");
	ask("undo");
	ask("break borrow if mm1.mm_count == 2");
	expect_says("switch kw", "break 2: borrow mm1");
}

static void a_breakpoint_may_be_for_one_cpu(void **state)
{
	(void)state;
	scene();
	ask("break release --cpu=1");
	ask("switch kw");
	expect_not("switch sh", "break 1");
	expect_says("@1 switch vi", "break 1: release");
}

static void tbreak_stops_once(void **state)
{
	(void)state;
	scene();
	ask("tbreak borrow");
	expect_says("switch kw", "break 1: borrow");
	ask("finish; switch sh");
	expect_not("switch kw", "break 1");
}

static void watch_tells_old_and_new(void **state)
{
	(void)state;
	scene();
	ask("watch mm1.mm_count");
	expect_says("switch kw", "watch 1: mm1.mm_count: 1 -> 2");
	ask("finish");
	expect_says("switch sh", "watch 1: mm1.mm_count: 2 -> 1");
	expect_says("info watchpoints", "2 hits");
}

static void displays_are_shown_after_each_command(void **state)
{
	(void)state;
	scene();
	ask("display mm1.mm_count");
	expect_says("switch kw", "mm1.mm_count = 2");
	expect_says("info display", "mm1.mm_count");
	ask("undisplay 1");
	expect_not("switch sh", "mm1.mm_count =");
}

static void numbers_name_them_and_are_checked(void **state)
{
	(void)state;
	scene();
	ask("break free; watch mm1.mm_count");
	expect_says("delete 9", "E209");
	expect_says("enable 0", "E209");
	ask("disable 1");
	expect_says("info breakpoints", "disabled");
	ask("enable 1");
	expect_not("info breakpoints", "disabled");
	ask("delete");
	expect_says("info breakpoints", "no breakpoints");
	expect_says("break nothing_like_it", "E210");
	expect_says("watch nobody.mm", "E201");
}

static void json_lists_them_one_by_one(void **state)
{
	(void)state;
	talk(FORM_JSON);
	ask("break free");
	assert_int_equal(json_objects(ask("info breakpoints")), 1);
	expect_says("info breakpoints", "\"free\"");
}

static void start(enum form form)
{
	talk(form);
	ask("spawn sh; spawn vi; kthread kw; @1 switch sh; @1 switch kw");
	ask("@0 switch sh");
	assert_int_equal(status, AMM_OK);
}

static void a_function_stops_where_it_is_entered(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	assert_string_equal(ask("break mmput"), "break 1: function mmput\n");
	expect_says("exit", "break 1: mmput at t7.");
	expect_says("bt 0", "mmput");
	expect_true("mm1.mm_users == 1");
	/* Going on does not stop at the same entry again. */
	expect_not("finish", "break 1:");
	expect_says("info breakpoints", "break 1: function mmput, 1 hit");
	hush();
}

static void each_event_stops_by_its_name(void **state)
{
	static const char *const events[] = { "borrow", "release", "zombie",
					      "free",   "ipi",     "flush" };

	/* Those that find nothing to go on with are refused. */
	static const char *const life[] = {
		"exit",      "finish",  "idle",         "finish",
		"switch vi", "finish",  "idle",         "finish",
		"@1 exit",   "@1 idle", "@1 switch vi", "@1 finish"
	};

	(void)state;
	for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
		char line[64], said[64];

		start(FORM_HUMAN);
		snprintf(line, sizeof line, "break %s", events[i]);
		snprintf(said, sizeof said, "break 1: event %s\n", events[i]);
		assert_string_equal(ask(line), said);
		for (size_t k = 0; k < sizeof life / sizeof *life; k++)
			ask(life[k]);
		expect_not("info breakpoints", "event free\n");
		expect_says("info breakpoints", " hit");
		hush();
	}
}

static void a_condition_is_asked_there(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	expect_ok("break mmput if mm1.mm_users > 1");
	expect_not("exit", "break 1:");
	ask("undo; clone t");
	expect_says("exit", "break 1: mmput");
	expect_status("break mmput if mm1.", AMM_USAGE);
	expect_status("break mmput if", AMM_USAGE);
	hush();
}

static void a_cpu_can_be_asked_for(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	expect_ok("break __schedule --cpu=1");
	expect_not("idle", "break 1:");
	expect_says("@1 idle", "break 1: __schedule at t8 on cpu1");
	expect_status("break free --cpu=7", AMM_USAGE);
	hush();
}

static void a_watched_value_stops_when_it_changes(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	assert_string_equal(ask("watch mm1.mm_count"),
			    "watch 1: mm1.mm_count = 2\n");
	expect_says("exit", "watch 1: mm1.mm_count: 2 -> 3 at t7.");
	expect_says("continue", "watch 1: mm1.mm_count: 3 -> 2 at t8.");
	/* A value that cannot be asked is like NULL, and a change too. */
	ask("continue; delete; watch mm3.mm_users");
	expect_says("spawn x", "watch 2: mm3.mm_users: NULL -> 1");
	expect_status("watch mm1.nothing", AMM_USAGE);
	hush();
}

static void a_display_is_shown_after_each_command(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	assert_string_equal(ask("display mm1.mm_users"),
			    "display 1: mm1.mm_users = 1\n");
	expect_says("clone t", "display 1: mm1.mm_users = 2\n");
	expect_says("undo", "display 1: mm1.mm_users = 1\n");
	assert_string_equal(ask("display"), "display 1: mm1.mm_users = 1\n");
	expect_not("history", "display 1:");
	expect_says("spawn x --json",
		    "\"display\":[{\"number\":1,\"what\":\"mm1.mm_users\","
		    "\"value\":1}]");
	ask("undisplay 1");
	expect_not("spawn y", "display");
	hush();
}

static void stops_are_listed_switched_and_deleted(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	ask("break mmput; watch mm1.mm_count; display mm1.mm_users");
	assert_string_equal(ask("info breakpoints"),
			    "break 1: function mmput\n"
			    "watch 2: mm1.mm_count = 2\n");
	assert_string_equal(ask("info watchpoints"),
			    "watch 2: mm1.mm_count = 2\n");
	expect_says("info display", "display 3: mm1.mm_users\n");
	ask("disable");
	assert_string_equal(ask("info watchpoints"),
			    "watch 2: mm1.mm_count = 2, disabled\n");
	expect_not("exit", "watch 2:");
	ask("undo; enable 2");
	expect_says("exit", "watch 2:");
	ask("delete 2");
	assert_string_equal(ask("info watchpoints"), "no watchpoints\n");
	expect_says("delete 2", "error[E209]: there is no stop number 2");
	expect_status("enable 0", AMM_USAGE);
	/* One wrong number, and nothing is deleted. */
	expect_status("delete 1 77", AMM_USAGE);
	expect_says("info breakpoints", "break 1:");
	/* Numbers are not used again. */
	expect_says("break free", "break 4:");
	hush();
}

static void names_that_are_none_are_refused(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	expect_says("break mmputt", "error[E210]");
	expect_says("break nothing", "events: borrow release zombie free");
	assert_string_equal(ask("info breakpoints"), "no breakpoints\n");
	hush();
}

static void there_is_an_end_of_numbers(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	for (int i = 0; i < STOPS_MAX; i++)
		expect_ok("break free");
	expect_status("break free", AMM_LIMIT);
	expect_status("display mm1.mm_users", AMM_LIMIT);
	hush();
}

static void json_lists_them_in_one_object(void **state)
{
	(void)state;
	start(FORM_JSON);
	assert_int_equal(json_objects(ask("info breakpoints")), 1);
	ask("break mmput; watch mm1.mm_count");
	assert_int_equal(json_objects(ask("info breakpoints")), 1);
	expect_says("exit", "\"stop\":\"watch 2: mm1.mm_count: 2 -> 3 at t7.");
	hush();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(a_breakpoint_stops_where_a_function_begins),
		TALK_TEST(
			a_breakpoint_stops_at_an_event_that_its_condition_wants),
		TALK_TEST(a_breakpoint_may_be_for_one_cpu),
		TALK_TEST(tbreak_stops_once),
		TALK_TEST(watch_tells_old_and_new),
		TALK_TEST(displays_are_shown_after_each_command),
		TALK_TEST(numbers_name_them_and_are_checked),
		TALK_TEST(json_lists_them_one_by_one),
		TALK_TEST(a_function_stops_where_it_is_entered),
		TALK_TEST(each_event_stops_by_its_name),
		TALK_TEST(a_condition_is_asked_there),
		TALK_TEST(a_cpu_can_be_asked_for),
		TALK_TEST(a_watched_value_stops_when_it_changes),
		TALK_TEST(a_display_is_shown_after_each_command),
		TALK_TEST(stops_are_listed_switched_and_deleted),
		TALK_TEST(names_that_are_none_are_refused),
		TALK_TEST(there_is_an_end_of_numbers),
		TALK_TEST(json_lists_them_in_one_object),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
