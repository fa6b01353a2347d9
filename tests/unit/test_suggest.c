/* test_suggest.c - did-you-mean finds slips and nothing else */
#include "test.h"

#include <string.h>

#include "session/suggest.h"

static struct suggest s;
static char phrase[SUGGEST_PHRASE];

static void ask(const char *word, const char *const *offers)
{
	suggest_init(&s, word, strlen(word));
	while (*offers != NULL)
		suggest_offer(&s, *offers++);
	suggest_phrase(&s, phrase);
}

#define ASK(word, ...) ask(word, (const char *const[]){ __VA_ARGS__, NULL })

static void distance_counts_slips(void **state)
{
	(void)state;
	assert_int_equal(suggest_distance("switch", "switch"), 0);
	assert_int_equal(suggest_distance("swich", "switch"), 1);
	assert_int_equal(suggest_distance("swtich", "switch"), 1);
	assert_int_equal(suggest_distance("", "abc"), 3);
	assert_int_equal(suggest_distance("kitten", "sitting"), 3);
	assert_int_equal(suggest_distance("ca", "abc"), 3);
}

static void a_slip_finds_its_word(void **state)
{
	(void)state;
	ASK("swich", "exit", "switch", "watch");
	assert_string_equal(phrase, "did you mean 'switch'?");
}

static void the_nearest_comes_first_and_three_are_enough(void **state)
{
	(void)state;
	ASK("abcdef", "abcdxy", "abcdeg", "abcdeh", "abcdei", "abcdef");
	assert_int_equal(s.count, 3);
	assert_string_equal(phrase,
			    "did you mean 'abcdef', 'abcdeg' or 'abcdeh'?");
}

static void a_word_offered_twice_is_named_once(void **state)
{
	(void)state;
	ASK("swich", "switch", "switch");
	assert_int_equal(s.count, 1);
}

static void short_words_do_not_resemble_everything(void **state)
{
	(void)state;
	ASK("vm", "mm", "rm");
	assert_string_equal(phrase, "");
	ASK("mmap", "mm", "mmgrab", "map");
	assert_string_equal(phrase, "did you mean 'map'?");
}

static void far_and_long_words_are_no_slips(void **state)
{
	(void)state;
	ASK("abcdefghij", "abcdefgxyz");
	assert_int_equal(s.count, 0);
	ASK("0123456789012345678901234567890123456789", "0");
	assert_int_equal(s.count, 0);
	ASK("x", "0123456789012345678901234567890123456789");
	assert_int_equal(s.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(distance_counts_slips),
		cmocka_unit_test(a_slip_finds_its_word),
		cmocka_unit_test(the_nearest_comes_first_and_three_are_enough),
		cmocka_unit_test(a_word_offered_twice_is_named_once),
		cmocka_unit_test(short_words_do_not_resemble_everything),
		cmocka_unit_test(far_and_long_words_are_no_slips),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
