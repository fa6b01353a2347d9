/*
 * test_do_fault.c - page faults as typed: who is let through, and the words
 */
#include "test.h"

#include "conversation.h"

static void talk_of_a_borrower(enum form form)
{
	talk(form);
	ask("spawn sh; kthread kw; switch sh; switch kw");
}

static void a_borrower_is_told_why_it_is_refused(void **state)
{
	(void)state;
	talk_of_a_borrower(FORM_HUMAN);
	assert_string_equal(
		ask("fault 0x400000"),
		"cpu0 kw faults at 0x400000, by copy_from_user()\n"
		"  -EFAULT                   !current->mm: it borrows mm1, and "
		"what is borrowed\n"
		"                            is not touched\n");
	assert_int_equal(status, AMM_OK);
	hush();
}

static void the_address_has_64_bits(void **state)
{
	(void)state;
	talk_of_a_borrower(FORM_HUMAN);
	expect_says("fault 0x7f0000001000", "faults at 0x7f0000001000,");
	expect_says("fault 0xffffffff81000000", "of the kernel half");
	expect_status("fault zz", AMM_USAGE);
	expect_status("fault", AMM_USAGE);
	expect_status("fault 0x10000000000000000", AMM_USAGE);
	hush();
}

static void sentences_for_the_ear(void **state)
{
	(void)state;
	talk_of_a_borrower(FORM_PLAIN);
	assert_string_equal(
		ask("fault 4096"),
		"kw faults at 0x1000 on CPU 0, by copy_from_user().\n"
		"The access returns -EFAULT. Reason: !current->mm: it borrows "
		"mm1, and what is borrowed is not touched.\n");
	ask("switch sh");
	expect_says("fault 4096", "The fault may go on. Reason: current->mm is "
				  "mm1: next its VMAs");
	expect_says("fault 4096 --atomic", "The task gets SIGSEGV. Reason:");
	hush();
}

static void json_has_the_address_and_the_end(void **state)
{
	(void)state;
	talk_of_a_borrower(FORM_JSON);
	expect_says(
		"fault 0x7f0000001000",
		"{\"event\":\"fault\",\"obj\":\"task:20\","
		"\"address\":\"0x7f0000001000\",\"user\":false,"
		"\"fixup\":true},{\"event\":\"faulted\",\"obj\":\"task:20\","
		"\"end\":\"-EFAULT\"}");
	ask("switch sh");
	expect_says("fault 0x1000", "\"end\":\"lookup\"");
	expect_says("fault 0x1000 --atomic", "\"end\":\"SIGSEGV\"");
	expect_says("fault 0x1000 --raw", "\"end\":\"oops\"");
	hush();
}

static void an_oops_is_data_and_ends_a_script_with_4(void **state)
{
	(void)state;
	talk_of_a_borrower(FORM_HUMAN);
	expect_status("fault 0x400000 --raw", AMM_BROKEN);
	expect_says("log", "page_fault_oops");
	expect_ok("break oops");
	expect_status("fault 0x400000 --raw", AMM_OK);
	ask("finish; delete 1");
	expect_status("fault 0x400000 --raw", AMM_BROKEN);
	/* the machine goes on */
	expect_ok("switch sh");
	hush();
}

static void it_is_stepped_listed_and_undone_like_any_other(void **state)
{
	(void)state;
	talk_of_a_borrower(FORM_HUMAN);
	expect_says("begin fault 0x400000", "local_irq_disable();");
	expect_says("step 2", "next: cpu0 in kernelmode_fixup_or_oops");
	expect_says("bt", "do_user_addr_fault");
	expect_says("list do_user_addr_fault",
		    "if (faulthandler_disabled() || !current->mm) {");
	expect_says("finish", "-EFAULT");
	expect_says("undo 3", "now t");
	expect_says("fault 0x1000 --source",
		    "do_user_addr_fault()  arch/x86/mm/fault.c");
	expect_says("fault 0x1000 -n", "nothing was changed (--dry-run)");
	hush();
}

static void a_breakpoint_waits_for_faults(void **state)
{
	(void)state;
	talk_of_a_borrower(FORM_HUMAN);
	expect_says("break fault", "event fault");
	expect_says("fault 0x1000", "break 1: fault at t5.2 on cpu0");
	expect_says("continue", "-EFAULT");
	expect_says("timeline", "fault kw");
	hush();
}

static void an_access_is_made_in_one_way(void **state)
{
	(void)state;
	talk_of_a_borrower(FORM_HUMAN);
	expect_says("fault 0x1000 --raw --fixup", "exclude each other");
	assert_int_equal(status, AMM_USAGE);
	expect_says("fault 0x1000 --user", "never runs in user mode");
	assert_int_equal(status, AMM_USAGE);
	ask("switch sh");
	expect_says("fault 0x1000 --fixup --atomic",
		    "page faults are disabled");
	expect_says("fault 0x1000 --user", "in user mode");
	hush();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(a_borrower_is_told_why_it_is_refused),
		TALK_TEST(the_address_has_64_bits),
		TALK_TEST(sentences_for_the_ear),
		TALK_TEST(json_has_the_address_and_the_end),
		TALK_TEST(an_oops_is_data_and_ends_a_script_with_4),
		TALK_TEST(it_is_stepped_listed_and_undone_like_any_other),
		TALK_TEST(a_breakpoint_waits_for_faults),
		TALK_TEST(an_access_is_made_in_one_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
