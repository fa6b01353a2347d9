/*
 * test_happened.c - expressions about the way that led here
 */
#include "test.h"

#include "conversation.h"

/* A zombie mm1 of sh, held by sh on CPU 0 and by kw on CPU 1. */
static void make_zombie(void)
{
	talk(FORM_HUMAN);
	ask("spawn sh; spawn vi; spawn cc; kthread kw");
	ask("@1 switch sh; @1 switch kw; @0 switch sh; @0 exit");
}

static void what_happened_can_be_asked(void **state)
{
	(void)state;
	make_zombie();
	expect_true("happened('zombie') && happened(\"zombie\", mm1)");
	expect_true("!happened('zombie', mm2) && never('zombie', mm2)");
	expect_true("never('oops') && never('free')");
	expect_true("!never('zombie')");
	expect_true("count('zombie') == 1 && count('oops') == 0");
	expect_true("count('borrow', mm1) == 2");
}

static void boot_is_not_counted(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_true("never('borrow') && count('event') == 0");
	ask("spawn sh; ps");
	expect_true("count('event') == 1");
}

static void the_order_of_two_events_can_be_asked(void **state)
{
	(void)state;
	make_zombie();
	expect_true("before('borrow', 'zombie')");
	expect_true("!before('zombie', 'borrow')");
	expect_true("before('zombie', 'free') && !before('free', 'zombie')");
	expect_true("before('borrow', 'zombie', mm1)");
	expect_true("!before('borrow', 'zombie', mm2)");
}

static void what_was_undone_has_not_happened(void **state)
{
	(void)state;
	make_zombie();
	ask("undo");
	expect_true("never('zombie') && count('event') == 7");
	ask("redo");
	expect_true("happened('zombie') && count('event') == 8");
}

static void a_freed_mm_can_still_be_asked(void **state)
{
	(void)state;
	make_zombie();
	expect_true("!mm1.freed && !mm(1).freed");
	ask("@0 switch vi; @1 switch cc");
	expect_true("mm1.freed && mm(1).freed && mm1 == NULL");
	expect_true("mm1.mm_count == 0 && mm1.mm_users == 0");
	expect_true("happened('free', mm1) && never('free', mm2)");
	expect_says("print mm1", "mm1 (freed)");
	expect_says("print mm1 --json", "\"mm1 (freed)\"");
	expect_says("print mm1.tlb_gen", "E202");
	expect_says("print mm9.freed", "there is no mm9 yet");
}

/* Another mm in the slot of the freed one is another mm. */
static void events_of_a_used_slot_belong_to_its_owner(void **state)
{
	(void)state;
	make_zombie();
	ask("@0 switch vi; @1 switch cc; spawn sh2; @1 switch sh2");
	ask("@1 switch kw");
	expect_true("count('borrow', mm4) == 1 && count('borrow', mm1) == 2");
	expect_true("never('free', mm4)");
}

static void a_task_that_exited_had_an_mm(void **state)
{
	(void)state;
	make_zombie();
	expect_true("sh.mm == NULL && mm(sh) == mm1");
	expect_true("mm('sh')->mm_count == 2");
	ask("@0 switch vi; @1 switch cc");
	expect_true("mm(sh).freed");
	/* a new task in the slot of the reaped one never had that mm */
	ask("@0 wait sh; @0 kthread new");
	expect_true("mm(new) == NULL");
}

static void a_break_condition_may_ask(void **state)
{
	(void)state;
	make_zombie();
	ask("break release if happened('zombie', mm1) && count('release') > 1");
	expect_says("@0 switch vi", "break 1: release");
	ask("undo; delete; break release if never('zombie')");
	expect_not("@0 switch vi", "break 2");
	ask("undo; delete; break release if count('event') == 9");
	ask("@0 switch vi");
	expect_says("reverse-continue", "undone: break");
}

static void wrong_questions_are_explained(void **state)
{
	(void)state;
	make_zombie();
	expect_says("print happened('zombi')", "did you mean 'zombie'?");
	expect_says("print happened(1)", "E123");
	expect_says("print happened()", "takes an event");
	expect_says("print before('free')", "takes two events");
	expect_says("print count('ipi', mm1)", "not about an mm");
	expect_says("print count('free', sh)", "an mm is wanted");
	expect_says("print count('free', mm1, mm2)", "perhaps an mm");
	expect_says("help expressions", "happened('zombie', mm1)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(what_happened_can_be_asked),
		TALK_TEST(boot_is_not_counted),
		TALK_TEST(the_order_of_two_events_can_be_asked),
		TALK_TEST(what_was_undone_has_not_happened),
		TALK_TEST(a_freed_mm_can_still_be_asked),
		TALK_TEST(events_of_a_used_slot_belong_to_its_owner),
		TALK_TEST(a_task_that_exited_had_an_mm),
		TALK_TEST(a_break_condition_may_ask),
		TALK_TEST(wrong_questions_are_explained),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
