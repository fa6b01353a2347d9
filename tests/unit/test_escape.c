/*
 * test_escape.c - nothing from outside reaches a terminal as it came
 */
#include "test.h"

#include "base/escape.h"
#include "base/mem.h"
#include "shown.h"

#include <string.h>

static struct text escaped;

static int clear(void **state)
{
	(void)state;
	mem_fail_at(0, false);
	text_free(&escaped);
	assert_int_equal(mem_stats().live_blocks, 0);
	return 0;
}

static const char *escape(const char *bytes, size_t length)
{
	text_clear(&escaped);
	escape_text(&escaped, bytes, length);
	assert_false(escaped.failed);
	return text_string(&escaped);
}

static const char *escape_string(const char *string)
{
	return escape(string, strlen(string));
}

static const char *name(const char *string, size_t columns)
{
	text_clear(&escaped);
	escape_name(&escaped, string, columns);
	return text_string(&escaped);
}

static const char *json(const char *bytes, size_t length)
{
	text_clear(&escaped);
	escape_json(&escaped, bytes, length);
	return text_string(&escaped);
}

/* Writes @c as UTF-8 would, also where UTF-8 forbids it. */
static size_t encode(uint32_t c, char out[static 4])
{
	size_t length = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

	for (size_t i = length; i-- > 1; c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3f));
	out[0] = (char)(lead[length] | c);
	return length;
}

static void each_kind_has_its_visible_form(void **state)
{
	(void)state;
	assert_string_equal(escape_string("\033[2J"), "^[[2J");
	assert_string_equal(escape("\0\n\r\t\b", 5), "^@^J^M^I^H");
	assert_string_equal(escape_string("\177"), "^?");
	assert_string_equal(escape_string("\x9b"
					  "2J"),
			    "\\x9b2J");
	assert_string_equal(escape_string("\xc2\x9b"), "\\u{9b}");
	assert_string_equal(escape_string("\xe2\x80\xae"), "\\u{202e}");
	assert_string_equal(escape_string("\xf3\xa0\x81\x81"), "\\u{e0041}");
	assert_string_equal(escape_string("\xc0\x80"), "\\xc0\\x80");
	assert_string_equal(escape_string("\xed\xa0\x80"), "\\xed\\xa0\\x80");
	assert_string_equal(escape_string("x\xe2\x80"), "x\\xe2\\x80");
}

static void what_is_shown_passes_as_it_is(void **state)
{
	static const char *const plain = "mm7 ~ \\ ^ \xc3\xa9 e\xcc\x81 "
					 "\xe2\x94\x80\xe2\x96\xb6 "
					 "\xe6\x97\xa5\xe6\x9c\xac "
					 "\xf0\x9f\x98\x80";

	(void)state;
	assert_string_equal(escape_string(plain), plain);
}

static void no_byte_and_no_character_passes_the_automaton_unseen(void **state)
{
	char bytes[4];

	(void)state;
	for (unsigned b = 0; b < 256; b++) {
		bytes[0] = (char)b;
		escape(bytes, 1);
		assert_true(escaped.length > 0);
		assert_true(
			shown_accepts(escaped.bytes, escaped.length, false));
	}
	for (uint32_t c = 0; c < 0x200000; c++) {
		size_t length = encode(c, bytes);

		escape(bytes, length);
		assert_true(escaped.length > 0);
		assert_true(
			shown_accepts(escaped.bytes, escaped.length, false));
	}
}

static void every_attack_becomes_visible(void **state)
{
	(void)state;
	for (size_t i = 0; i < SHOWN_ATTACKS; i++) {
		const char *attack = shown_attacks[i];

		escape_string(attack);
		assert_true(
			shown_accepts(escaped.bytes, escaped.length, false));
		assert_true(escaped.length >= strlen(attack));
		json(attack, strlen(attack));
		assert_true(
			shown_accepts(escaped.bytes, escaped.length, false));
		name(attack, NAME_COLUMNS);
		assert_true(
			shown_accepts(escaped.bytes, escaped.length, false));
	}
}

static void escaping_twice_is_escaping_once(void **state)
{
	uint64_t random = 1;
	char bytes[64];

	(void)state;
	for (int round = 0; round < 20000; round++) {
		char *once;
		size_t length;

		for (size_t i = 0; i < sizeof bytes; i++) {
			random = random * 6364136223846793005u + 1;
			/* Many marks and UTF-8 leads, all other bytes too. */
			bytes[i] = (char)(random >> 56);
			if (random >> 40 & 1)
				bytes[i] = "\xcc\x81\xe2\x80"[random >> 50 & 3];
		}
		escape(bytes, sizeof bytes);
		assert_true(
			shown_accepts(escaped.bytes, escaped.length, false));
		length = escaped.length;
		once = am_strdup(escaped.bytes);
		assert_string_equal(escape(once, length), once);
		am_free(once);
	}
}

static void a_mark_needs_a_character_and_four_are_enough(void **state)
{
	(void)state;
	assert_string_equal(escape_string("\xcc\x81"), "\\u{301}");
	assert_string_equal(escape_string("\001\xcc\x81"), "^A\\u{301}");
	assert_string_equal(
		escape_string("a\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81"),
		"a\xcc\x81\xcc\x81\xcc\x81\xcc\x81\\u{301}");
}

static void a_long_name_is_cut_and_marked(void **state)
{
	(void)state;
	assert_string_equal(name("abcdef", 6), "abcdef");
	assert_string_equal(name("abcdef", 5), "abcd~");
	assert_string_equal(name("abcdef", 1), "~");
	assert_string_equal(name("abcdef", 0), "");
	assert_string_equal(name("", 0), "");
	/* Two columns each: the second does not fit beside the mark. */
	assert_string_equal(name("\xe6\x97\xa5\xe6\x9c\xac", 3),
			    "\xe6\x97\xa5~");
	/* An escape is cut as a whole; a mark stays with its letter. */
	assert_string_equal(name("ab\xe2\x80\xae", 9), "ab~");
	assert_string_equal(name("ae\xcc\x81xx", 3), "ae\xcc\x81~");
}

static void a_name_is_cut_behind_earlier_text(void **state)
{
	(void)state;
	text_add(&escaped, "task ");
	escape_name(&escaped, "abcdef", 3);
	assert_string_equal(text_string(&escaped), "task ab~");
}

static void json_keeps_its_quotes_and_shows_bad_bytes(void **state)
{
	(void)state;
	assert_string_equal(json("a\"b\\c", 5), "a\\\"b\\\\c");
	assert_string_equal(json("\0\n\033", 3), "\\u0000\\u000a\\u001b");
	assert_string_equal(json("\xe2\x80\xae", 3), "\\u202e");
	assert_string_equal(json("\xf3\xa0\x81\x81", 4), "\\udb40\\udc41");
	assert_string_equal(json("\x9b", 1), "\\\\x9b");
	assert_string_equal(json("\xc3\xa9", 2), "\xc3\xa9");
}

static void out_of_memory_is_remembered(void **state)
{
	(void)state;
	mem_fail_at(1, true);
	escape_text(&escaped, "abc", 3);
	escape_name(&escaped, "abcdef", 3);
	escape_json(&escaped, "\033", 1);
	assert_true(escaped.failed);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, clear, clear)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_kind_has_its_visible_form),
		TEST(what_is_shown_passes_as_it_is),
		TEST(no_byte_and_no_character_passes_the_automaton_unseen),
		TEST(every_attack_becomes_visible),
		TEST(escaping_twice_is_escaping_once),
		TEST(a_mark_needs_a_character_and_four_are_enough),
		TEST(a_long_name_is_cut_and_marked),
		TEST(a_name_is_cut_behind_earlier_text),
		TEST(json_keeps_its_quotes_and_shows_bad_bytes),
		TEST(out_of_memory_is_remembered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
