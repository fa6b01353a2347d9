/* test_wrap.c - paragraphs become lines that fit */
#include "test.h"

#include <string.h>

#include "base/text.h"
#include "session/wrap.h"

static struct text text;

static const char *wrapped(const char *paragraphs, size_t indent)
{
	text_clear(&text);
	wrap_text(&text, paragraphs, indent);
	return text_string(&text);
}

static void lines_are_broken_at_blanks(void **state)
{
	char paragraph[400] = "";
	const char *line;

	(void)state;
	for (unsigned i = 0; i < 40; i++)
		strcat(paragraph, "word12 ");
	line = wrapped(paragraph, 4);
	while (*line != '\0') {
		size_t length = strcspn(line, "\n");

		assert_in_range(length, 10, WRAP_COLUMNS);
		assert_memory_equal(line, "    word12", 10);
		line += length + 1;
	}
	assert_int_equal(text.length, 40 * 7 + 4 * 4);
}

static void a_newline_ends_a_paragraph(void **state)
{
	(void)state;
	assert_string_equal(wrapped("one\ntwo", 2), "  one\n  two\n");
	assert_string_equal(wrapped("", 2), "");
}

static void what_begins_with_blanks_is_kept(void **state)
{
	(void)state;
	assert_string_equal(wrapped("a\n  b    c", 2), "  a\n    b    c\n");
}

static void a_long_word_stands_alone(void **state)
{
	char word[201];

	(void)state;
	memset(word, 'x', sizeof word - 1);
	word[sizeof word - 1] = '\0';
	text_clear(&text);
	wrap_text(&text, word, 0);
	assert_int_equal(text.length, 201);
}

static void an_entry_has_its_meaning_in_a_column(void **state)
{
	(void)state;
	text_clear(&text);
	wrap_entry(&text, "ps", 8, "tasks");
	assert_string_equal(text_string(&text), "  ps    tasks\n");
	text_clear(&text);
	wrap_entry(&text, "reverse", 8, "back");
	assert_string_equal(text_string(&text), "  reverse\n        back\n");
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
		cmocka_unit_test(lines_are_broken_at_blanks),
		cmocka_unit_test(a_newline_ends_a_paragraph),
		cmocka_unit_test(what_begins_with_blanks_is_kept),
		cmocka_unit_test(a_long_word_stands_alone),
		cmocka_unit_test(an_entry_has_its_meaning_in_a_column),
	};

	return cmocka_run_group_tests(tests, NULL, release);
}
