/* test_spec.c - what commands take is written so that spec.c can read it */
#include "test.h"

#include <string.h>

#include "session/command.h"
#include "session/spec.h"

static struct spec_item item;

static void assert_value(const char *value)
{
	assert_int_equal(item.value_length, strlen(value));
	assert_memory_equal(item.value, value, strlen(value));
}

static void assert_flag(const char *flag)
{
	assert_non_null(item.flag);
	assert_int_equal(item.flag_length, strlen(flag));
	assert_memory_equal(item.flag, flag, strlen(flag));
}

static void arguments_are_required_optional_or_repeated(void **state)
{
	const char *at = "TASK [MM] [CPU...] WORD...";

	(void)state;
	at = spec_next(at, &item);
	assert_int_equal(item.kinds, ARG_BIT(ARG_TASK));
	assert_false(item.optional || item.repeated);
	at = spec_next(at, &item);
	assert_int_equal(item.kinds, ARG_BIT(ARG_MM));
	assert_true(item.optional && !item.repeated);
	at = spec_next(at, &item);
	assert_int_equal(item.kinds, ARG_BIT(ARG_CPU));
	assert_true(item.optional && item.repeated);
	at = spec_next(at, &item);
	assert_true(!item.optional && item.repeated);
	assert_null(spec_next(at, &item));
}

static void flags_stand_alone_or_have_a_value(void **state)
{
	const char *at = "[-k] [--cpu=CPU] [-R FIELD,...] [if EXPR] [-- TEXT] "
			 "--as=LABEL [--config=OPTION=VALUE...]";

	(void)state;
	at = spec_next(at, &item);
	assert_flag("-k");
	assert_int_equal(item.kinds, 0);
	at = spec_next(at, &item);
	assert_flag("--cpu");
	assert_value("CPU");
	assert_int_equal(item.length, strlen("[--cpu=CPU]"));
	at = spec_next(at, &item);
	assert_flag("-R");
	assert_int_equal(item.kinds, ARG_BIT(ARG_FIELDS));
	assert_false(item.repeated);
	at = spec_next(at, &item);
	assert_flag("if");
	assert_int_equal(item.kinds, ARG_BIT(ARG_EXPR));
	at = spec_next(at, &item);
	assert_flag("--");
	at = spec_next(at, &item);
	assert_flag("--as");
	assert_false(item.optional);
	at = spec_next(at, &item);
	assert_flag("--config");
	assert_value("OPTION=VALUE");
	assert_int_equal(item.kinds, ARG_BIT(ARG_ASSIGN));
	assert_true(item.repeated);
	assert_null(spec_next(at, &item));
}

static void small_words_are_choices_among_kinds(void **state)
{
	(void)state;
	spec_next("N|all|none", &item);
	assert_int_equal(item.kinds, ARG_BIT(ARG_NUMBER) | ARG_BIT(ARG_CHOICE));
	spec_next("MM|TIME|TASK", &item);
	assert_int_equal(item.kinds, ARG_BIT(ARG_MM) | ARG_BIT(ARG_TIME) |
					     ARG_BIT(ARG_TASK));
	spec_next("N|all|none", &item);
	assert_true(spec_choice(&item, "all"));
	assert_true(spec_choice(&item, "none"));
	assert_false(spec_choice(&item, "N"));
	assert_false(spec_choice(&item, "al"));
	assert_false(spec_choice(&item, "all|none"));
}

/* A kind that is spelled wrongly would be taken for a choice. */
static void every_command_is_written_in_known_kinds(void **state)
{
	(void)state;
	for (enum cmd c = 0; c < CMD_COUNT; c++) {
		const char *at = command_get(c)->spec;

		while ((at = spec_next(at, &item)) != NULL) {
			if (!(item.kinds & ARG_BIT(ARG_CHOICE)))
				continue;
			for (size_t i = 0; i < item.value_length; i++)
				assert_false(item.value[i] >= 'A' &&
					     item.value[i] <= 'Z' &&
					     item.kinds == ARG_BIT(ARG_CHOICE));
		}
	}
}

static void every_kind_says_what_it_is(void **state)
{
	(void)state;
	for (enum arg_kind k = ARG_CHOICE + 1; k < ARG_KIND_COUNT; k++) {
		assert_true(strlen(arg_meaning(k)) > 5);
		spec_next(arg_written(k), &item);
		assert_int_equal(item.kinds, ARG_BIT(k));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arguments_are_required_optional_or_repeated),
		cmocka_unit_test(flags_stand_alone_or_have_a_value),
		cmocka_unit_test(small_words_are_choices_among_kinds),
		cmocka_unit_test(every_command_is_written_in_known_kinds),
		cmocka_unit_test(every_kind_says_what_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
