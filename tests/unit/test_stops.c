/*
 * test_stops.c - breakpoints, watchpoints, displays
 */
#include "test.h"

#include <string.h>

#include "conversation.h"

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
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
