/*
 * test_do_compare.c - the same script under two kernels
 */
#include "test.h"

#include "conversation.h"

#define PAIR "compare s.amm --kernel=6.12,6.12-shoot"

static void script(const char *lines)
{
	FILE *f = fopen("s.amm", "w");

	assert_non_null(f);
	fputs(lines, f);
	assert_int_equal(fclose(f), 0);
}

static const char borrow[] = "spawn sh\n"
			     "kthread kw\n"
			     "# a remark, and a line that goes on\n"
			     "\n"
			     "@1 switch \\\n"
			     "sh\n"
			     "@1 switch kw\n";

static void a_difference_is_marked_and_the_rest_is_not(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	script(borrow);
	expect_says(PAIR, "\n  cpu1 sh -> kw                           "
			  "cpu1 sh -> kw\n");
	expect_says(PAIR, "\n  mm1.mm_count 1 -> 2                   <\n");
	expect_not("compare s.amm --kernel=6.12,6.1", " <\n");
	expect_not("compare s.amm --kernel=6.12,6.1", " > ");
}

/* The borrow, and init_mm's given back: two counts; the mask bit is set. */
static void costs_are_added_up(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	script(borrow);
	expect_says(PAIR, "\n  CR3 loads                    1           1\n");
	expect_says(PAIR,
		    "\n  atomic operations            3           1  *\n");
	expect_says("compare s.amm --kernel=6.12,6.12-shoot --plain",
		    "In all, atomic operations: 3 in 6.12, 1 in 6.12-shoot.\n");
}

static void the_machine_is_not_touched(void **state)
{
	struct world *before;

	(void)state;
	talk(FORM_HUMAN);
	expect_ok("spawn mine");
	before = world_now();
	script(borrow);
	expect_ok(PAIR);
	assert_true(world_is(before));
	am_free(before);
	expect_at(1, 0);
}

static void boot_in_the_script_boots_the_two_kernels(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	script("boot --cpus=4 --kernel=6.1\nspawn sh\n@3 switch sh\n");
	expect_says(PAIR, "kernel 6.12, 4 CPUs");
	expect_says(PAIR, "kernel 6.12-shoot, 4 CPU");
	expect_says(PAIR, "\n  CR3 loads                    1           1\n");
}

static void what_one_kernel_refuses_is_a_difference(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	script("spawn sh\nget_task_mm sh --as=x\n");
	expect_says("compare s.amm --kernel=6.1,canon", "refused: ");
	expect_ok("compare s.amm --kernel=6.1,canon");
}

static void what_both_refuse_ends_it_with_the_place(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	script("spawn sh\n\nswitch nobody\nspawn vi\n");
	expect_says(PAIR, "error[E215]: s.amm:3: 'switch nobody' is refused: "
			  "there is no task 'nobody'");
	expect_status(PAIR, AMM_USAGE);
	expect_not(PAIR, "spawn vi");
}

static void words_that_are_wrong_are_told(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	script(borrow);
	expect_says("compare s.amm --kernel=6.12", "two kernels");
	expect_says("compare s.amm --kernel=6.12,6.1,canon", "two kernels");
	expect_says("compare s.amm --kernel=6.12,7", "no kernel '7'");
	expect_status("compare none.amm --kernel=6.12,6.1", AMM_FILE);
	expect_status("compare s.amm", AMM_USAGE);
}

static void json_has_rows_and_totals(void **state)
{
	(void)state;
	talk(FORM_JSON);
	script("spawn sh\n@1 switch sh\n");
	expect_says(PAIR,
		    "{\"line\":\"@1 switch sh\",\"rows\":[{\"in\":\"both\","
		    "\"what\":\"cpu1 swapper/1 -> sh\"}");
	expect_says(PAIR, "\"totals\":[{\"kernel\":\"6.12\",\"cr3_loads\":1,");
	expect_says(PAIR, "\"differing\":");
	assert_int_equal(json_objects(amm_text(amm)), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(a_difference_is_marked_and_the_rest_is_not),
		TALK_TEST(costs_are_added_up),
		TALK_TEST(the_machine_is_not_touched),
		TALK_TEST(boot_in_the_script_boots_the_two_kernels),
		TALK_TEST(what_one_kernel_refuses_is_a_difference),
		TALK_TEST(what_both_refuse_ends_it_with_the_place),
		TALK_TEST(words_that_are_wrong_are_told),
		TALK_TEST(json_has_rows_and_totals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
