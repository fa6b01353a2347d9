/* test_topic.c - the pages about the language */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "session/command.h"
#include "session/error.h"
#include "session/fields.h"
#include "session/setting.h"
#include "session/topic.h"

static void topics_are_found_by_unique_beginnings(void **state)
{
	(void)state;
	assert_string_equal(topic_find("expressions")->name, "expressions");
	assert_string_equal(topic_find("exp")->name, "expressions");
	assert_null(topic_find("s"));
	assert_null(topic_find("nothing"));
	assert_null(topic_find(""));
}

static void no_topic_is_hidden_by_a_command(void **state)
{
	const struct topic *topic;

	(void)state;
	for (size_t i = 0; (topic = topic_get(i)) != NULL; i++) {
		assert_null(command_named(topic->name));
		assert_ptr_equal(topic_find(topic->name), topic);
	}
}

static void assert_lists(const struct text *text, const char *name)
{
	if (strstr(text_string(text), name) == NULL)
		fail_msg("%s is missing", name);
}

static void tables_are_listed_in_full(void **state)
{
	struct text text = { 0 };
	const char *name;
	char code[16];

	(void)state;
	topic_find("settings")->more(&text);
	for (enum setting s = 0; s < SET_COUNT; s++)
		assert_lists(&text, setting_name(s));
	topic_find("expressions")->more(&text);
	for (unsigned i = 0; (name = field_name(NULL, VALUE_CPU, i)); i++)
		assert_lists(&text, name);
	topic_find("errors")->more(&text);
	for (enum status s = 1; s < STATUS_COUNT; s++) {
		snprintf(code, sizeof code, "E%u", status_info(s)->number);
		assert_lists(&text, code);
	}
	text_free(&text);
}

/* The page on expressions names the functions that there are. */
static void functions_are_explained(void **state)
{
	const char *name;

	(void)state;
	for (unsigned i = 0; (name = function_name(i)); i++)
		assert_non_null(strstr(topic_find("expressions")->body, name));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(topics_are_found_by_unique_beginnings),
		cmocka_unit_test(no_topic_is_hidden_by_a_command),
		cmocka_unit_test(tables_are_listed_in_full),
		cmocka_unit_test(functions_are_explained),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
