/* test_setting.c - settings have names, values and defaults */
#include "test.h"

#include <string.h>

#include "base/text.h"
#include "session/error.h"
#include "session/setting.h"

static struct settings settings;
static struct error error;
static struct text text;

static const char *printed(enum setting which)
{
	text_clear(&text);
	setting_print(&text, &settings, which);
	return text_string(&text);
}

static void defaults_are_valid_values(void **state)
{
	struct settings before;

	(void)state;
	settings_init(&settings);
	before = settings;
	for (enum setting s = 0; s < SET_COUNT; s++)
		assert_true(setting_change(&settings, s, printed(s), &error));
	assert_memory_equal(&before, &settings, sizeof settings);
}

static void choices_and_numbers_are_set_and_printed(void **state)
{
	(void)state;
	settings_init(&settings);
	assert_int_equal(settings.value[SET_IPI], IPI_AUTO);
	assert_true(setting_change(&settings, SET_IPI, "manual", &error));
	assert_int_equal(settings.value[SET_IPI], IPI_MANUAL);
	assert_string_equal(printed(SET_IPI), "manual");
	assert_true(setting_change(&settings, SET_WIDTH, "0x50", &error));
	assert_string_equal(printed(SET_WIDTH), "80");
	assert_true(setting_change(&settings, SET_WIDTH, "1000", &error));
	assert_true(setting_change(&settings, SET_WIDTH, "0", &error));
	assert_true(setting_change(&settings, SET_RADIX, "16", &error));
	assert_int_equal(settings.value[SET_RADIX], RADIX_16);
	assert_true(setting_change(&settings, SET_STRICT, "off", &error));
	assert_int_equal(settings.value[SET_STRICT], 0);
	assert_true(
		setting_change(&settings, SET_GRANULARITY, "command", &error));
	assert_int_equal(settings.value[SET_GRANULARITY], GRANULARITY_COMMAND);
}

static void a_wrong_value_changes_nothing(void **state)
{
	struct settings before;

	(void)state;
	settings_init(&settings);
	before = settings;
	assert_false(setting_change(&settings, SET_IPI, "automatic", &error));
	assert_int_equal(error.status, STATUS_BAD_SETTING);
	assert_string_equal(error.hint, "one of: auto|manual");
	assert_false(setting_change(&settings, SET_WIDTH, "1001", &error));
	assert_string_equal(error.hint, "a number from 0 to 1000");
	assert_false(setting_change(&settings, SET_WIDTH, "wide", &error));
	assert_false(setting_change(&settings, SET_RADIX, "1", &error));
	assert_false(setting_change(&settings, SET_IPI, "", &error));
	assert_memory_equal(&before, &settings, sizeof settings);
}

static void names_may_be_shortened_while_unique(void **state)
{
	enum setting which;

	(void)state;
	assert_true(setting_find("ipi", &which, &error));
	assert_int_equal(which, SET_IPI);
	assert_true(setting_find("w", &which, &error));
	assert_int_equal(which, SET_WIDTH);
	assert_false(setting_find("p", &which, &error));
	assert_int_equal(error.status, STATUS_UNKNOWN_SETTING);
	assert_false(setting_find("widht", &which, &error));
	assert_non_null(strstr(error.hint, "did you mean 'width'?"));
}

static void the_words_of_a_choice_are_listed(void **state)
{
	int length;

	(void)state;
	assert_memory_equal(setting_word(SET_GRANULARITY, 2, &length),
			    "command", 7);
	assert_int_equal(length, 7);
	assert_null(setting_word(SET_GRANULARITY, 3, &length));
	assert_null(setting_word(SET_WIDTH, 0, &length));
	text_clear(&text);
	setting_values(&text, SET_WIDTH);
	assert_string_equal(text_string(&text), "0 to 1000");
}

static int release(void **state)
{
	(void)state;
	text_free(&text);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(defaults_are_valid_values),
		cmocka_unit_test(choices_and_numbers_are_set_and_printed),
		cmocka_unit_test(a_wrong_value_changes_nothing),
		cmocka_unit_test(names_may_be_shortened_while_unique),
		cmocka_unit_test(the_words_of_a_choice_are_listed),
	};

	return cmocka_run_group_tests(tests, NULL, release);
}
