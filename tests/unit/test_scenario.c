/*
 * test_scenario.c - options of the explorer, right and wrong
 */
#include "test.h"

#include "explore/scenario.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "engine/program.h"

static struct explore_options o;
static struct text why;

static int set_up(void **state)
{
	(void)state;
	explore_options_init(&o);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	text_free(&why);
	return mem_stats().live_bytes != 0;
}

static void accept(const char *name, const char *value)
{
	assert_true(explore_option(&o, name, value, &why));
	assert_int_equal(why.length, 0);
}

static void refuse(const char *name, const char *value, const char *cause)
{
	struct explore_options before = o;

	assert_false(explore_option(&o, name, value, &why));
	if (!strstr(text_string(&why), cause))
		fail_msg("'%s' is not in: %s", cause, text_string(&why));
	assert_memory_equal(&before, &o, sizeof o);
	text_clear(&why);
}

static void every_option_is_read(void **state)
{
	(void)state;
	accept("users", "3");
	accept("kthreads", "0");
	accept("cpus", "4");
	accept("mms", "5");
	accept("live", "1");
	accept("boot", "share");
	accept("states", "1000");
	accept("depth", "7");
	accept("time", "60");
	accept("ops", "EXIT,PT,BUG_LAZYPT,ACCT");
	assert_true(explore_options_check(&o, &why));
	assert_int_equal(o.scenario.users, 3);
	assert_int_equal(o.scenario.kthreads, 0);
	assert_int_equal(o.scenario.cpus, 4);
	assert_int_equal(o.scenario.mms, 5);
	assert_int_equal(o.scenario.live, 1);
	assert_true(o.scenario.share);
	assert_int_equal(o.scenario.ops,
			 OP_EXIT | OP_PT | OP_BUG_LAZYPT | OP_ACCT);
	assert_int_equal(o.limits.states, 1000);
	assert_int_equal(o.limits.depth, 7);
	assert_int_equal(o.limits.seconds, 60);
}

static void all_slots_are_live_unless_said_otherwise(void **state)
{
	(void)state;
	accept("users", "1");
	assert_true(explore_options_check(&o, &why));
	assert_int_equal(o.scenario.live, 1);
}

static void numbers_out_of_range_are_refused(void **state)
{
	(void)state;
	refuse("users", "0", "--users wants a number from 1 to 8, not '0'");
	refuse("users", "9", "not '9'");
	refuse("users", "-1", "not '-1'");
	refuse("users", "", "not ''");
	refuse("users", "2x", "not '2x'");
	refuse("users", "4294967298", "not '4294967298'");
	refuse("users", "99999999999999999999999999", "not '9999");
	refuse("cpus", "0", "--cpus wants a number from 1 to 8");
	refuse("mms", "0", "--mms");
	refuse("kthreads", "9", "from 0 to 8");
	refuse("states", "0", "--states");
}

static void unknown_words_are_refused(void **state)
{
	(void)state;
	refuse("ops", "EXIT,CLNE", "did you mean 'CLONE'");
	refuse("ops", "exit", "--ops has no 'exit'; it knows EXIT, CLONE");
	refuse("ops", "", "--ops has no ''");
	refuse("ops", "EXIT,", "--ops has no ''");
	refuse("ops", "\033[31m", "'^[[31m'");
	refuse("boot", "both", "--boot is 'own'");
	refuse("kernel", "1.0", "there are 6.12, 6.1,");
	refuse("colour", "red", "explore has no option 'colour'");
}

static void a_kernel_is_one_of_the_profiles(void **state)
{
	(void)state;
	accept("kernel", "6.12");
	assert_string_equal(o.kernel->name, "6.12");
	assert_true(explore_options_check(&o, &why));
	accept("ops", "EXIT,ACCT");
	assert_false(explore_options_check(&o, &why));
	text_clear(&why);
	accept("kernel", "canon");
	assert_null(o.kernel);
	assert_true(explore_options_check(&o, &why));
}

static void a_long_word_is_not_repeated_whole(void **state)
{
	char word[2000];

	(void)state;
	memset(word, 'A', sizeof word - 1);
	word[sizeof word - 1] = '\0';
	assert_false(explore_option(&o, "ops", word, &why));
	assert_true(why.length < 400);
	assert_non_null(strstr(text_string(&why), "AAA...'"));
}

static void what_contradicts_is_refused(void **state)
{
	(void)state;
	accept("live", "3");
	assert_false(explore_options_check(&o, &why));
	assert_non_null(
		strstr(text_string(&why), "no room for 3 live tasks among 2"));
	text_clear(&why);
	accept("live", "2");
	accept("mms", "1");
	assert_false(explore_options_check(&o, &why));
	assert_non_null(strstr(text_string(&why), "need 2 mms, not 1"));
	text_clear(&why);
	accept("boot", "share");
	assert_true(explore_options_check(&o, &why));
}

int main(void)
{
#define OPTION_TEST(name) \
	cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		OPTION_TEST(every_option_is_read),
		OPTION_TEST(all_slots_are_live_unless_said_otherwise),
		OPTION_TEST(numbers_out_of_range_are_refused),
		OPTION_TEST(unknown_words_are_refused),
		OPTION_TEST(a_kernel_is_one_of_the_profiles),
		OPTION_TEST(a_long_word_is_not_repeated_whole),
		OPTION_TEST(what_contradicts_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
