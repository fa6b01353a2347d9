/*
 * test_unicode.c - UTF-8 is read strictly, widths are those of the system
 */
#include "test.h"

#include "base/unicode.h"
#include "shown.h"

#include <locale.h>
#include <string.h>
#include <wchar.h>

static uint32_t decode(const char *string, size_t *used)
{
	return unicode_decode(string, strlen(string), used);
}

static void expect(const char *string, uint32_t c, size_t length)
{
	size_t used;

	assert_int_equal(decode(string, &used), c);
	assert_int_equal(used, length);
}

static void characters_of_each_length_are_read(void **state)
{
	(void)state;
	expect("a\xff", 'a', 1);
	expect("\x7f", 0x7f, 1);
	expect("\xc2\x80", 0x80, 2);
	expect("\xdf\xbf", 0x7ff, 2);
	expect("\xe0\xa0\x80", 0x800, 3);
	expect("\xed\x9f\xbf", 0xd7ff, 3);
	expect("\xef\xbf\xbf", 0xffff, 3);
	expect("\xf0\x90\x80\x80", 0x10000, 4);
	expect("\xf4\x8f\xbf\xbf", 0x10ffff, 4);
}

static void what_is_no_utf8_is_one_bad_byte(void **state)
{
	static const char *const bad[] = {
		"\x80",             /* a continuation alone */
		"\xc0\x80",         /* overlong */
		"\xc1\xbf",         /* overlong */
		"\xe0\x9f\xbf",     /* overlong */
		"\xf0\x8f\xbf\xbf", /* overlong */
		"\xed\xa0\x80",     /* surrogate */
		"\xed\xbf\xbf",     /* surrogate */
		"\xf4\x90\x80\x80", /* above the last */
		"\xf5\x80\x80\x80", /* no such lead */
		"\xff",             /* no such lead */
		"\xc3",             /* ends early */
		"\xe2\x82",         /* ends early */
		"\xf0\x9f\x98",     /* ends early */
		"\xc3"
		"a", /* interrupted */
		"\xe2\x82"
		"a", /* interrupted */
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		expect(bad[i], UNICODE_INVALID, 1);
}

static void what_is_forbidden_is_not_shown(void **state)
{
	(void)state;
	for (uint32_t c = 0; c < 0x120000; c++)
		assert_false(shown_forbids(c) && unicode_shown(c));
	assert_false(unicode_shown(UNICODE_INVALID));
}

static void letters_lines_and_pictures_are_shown(void **state)
{
	static const uint32_t some[] = { ' ',    '~',    0xa0,   0xe9,   0x301,
					 0x416,  0x5d0,  0x2500, 0x25b6, 0x65e5,
					 0xac00, 0xfffd, 0x1f600 };

	(void)state;
	for (size_t i = 0; i < sizeof some / sizeof *some; i++)
		assert_true(unicode_shown(some[i]));
}

static void widths_agree_with_the_system(void **state)
{
	int compared = 0;

	(void)state;
	assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
	for (uint32_t c = 0; c < 0x110000; c++) {
		int system = wcwidth((wchar_t)c);

		if (system < 0 || !unicode_shown(c))
			continue;
		assert_int_equal(unicode_width(c), system);
		compared++;
	}
	setlocale(LC_CTYPE, "C");
	assert_true(compared > 100000);
}

static void what_is_encoded_is_read_back(void **state)
{
	char bytes[4];
	size_t used, length;

	(void)state;
	for (uint32_t c = 0; c < 0x110000; c++) {
		if (c >= 0xd800 && c < 0xe000)
			continue;
		length = unicode_encode(c, bytes);
		if (unicode_decode(bytes, length, &used) != c || used != length)
			fail_msg("U+%04X is read as another", c);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_encoded_is_read_back),
		cmocka_unit_test(characters_of_each_length_are_read),
		cmocka_unit_test(what_is_no_utf8_is_one_bad_byte),
		cmocka_unit_test(what_is_forbidden_is_not_shown),
		cmocka_unit_test(letters_lines_and_pictures_are_shown),
		cmocka_unit_test(widths_agree_with_the_system),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
