/*
 * test_keys.c - keys as the characters that libedit knows them by
 */
#include "test.h"

#include <curses.h>

#include "tui/keys.h"

static wchar_t got[KEYS_CHARACTERS + 1];

static const wchar_t *sent(bool code, wint_t value, bool vi)
{
	const struct press p = { code, value };

	got[keys_characters(&p, vi, got)] = L'\0';
	return got;
}

#define expect(code, value, vi, wanted) \
	assert_true(wcscmp(sent(code, value, vi), wanted) == 0)

static void a_character_is_itself(void **state)
{
	(void)state;
	expect(false, L'a', false, L"a");
	expect(false, 0x17c, true, L"\x17c");
	expect(false, L'\033', false, L"\033");
	expect(false, 0x1f600, false, L"\x1f600");
}

static void nobody_types_a_private_code(void **state)
{
	(void)state;
	for (wint_t c = 0x80; c < 0xa0; c++)
		expect(false, c, false, L"");
	expect(false, 0x7f, false, L"\177");
	expect(false, 0xa0, false, L"\xa0");
}

static void arrows_have_the_form_of_normal_mode(void **state)
{
	(void)state;
	expect(true, KEY_UP, false, L"\033[A");
	expect(true, KEY_HOME, false, L"\033[H");
	expect(true, KEY_DC, false, L"\033[3~");
	expect(true, KEY_F(5), false, L"\033[15~");
	expect(true, KEY_BACKSPACE, false, L"\177");
	expect(true, KEY_ENTER, true, L"\n");
}

static void in_vi_mode_no_key_begins_with_esc(void **state)
{
	(void)state;
	expect(true, KEY_UP, true, L"\x81");
	for (int code = KEY_MIN; code <= KEY_MAX; code++)
		assert_int_not_equal(sent(true, (wint_t)code, true)[0], 033);
}

static void an_unknown_key_is_nothing(void **state)
{
	(void)state;
	expect(true, KEY_MAX, false, L"");
	expect(true, KEY_RESIZE, false, L"");
}

static void private_codes_are_those_that_are_free(void **state)
{
	wchar_t code;
	int n = 0;

	(void)state;
	for (; keys_private(n, &code); n++) {
		assert_true(code > KEYS_REQUEST && code < 0x9f);
		assert_int_not_equal(code, 0x88);
		assert_int_not_equal(code, 0x8c);
	}
	assert_int_equal(n, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_character_is_itself),
		cmocka_unit_test(nobody_types_a_private_code),
		cmocka_unit_test(arrows_have_the_form_of_normal_mode),
		cmocka_unit_test(in_vi_mode_no_key_begins_with_esc),
		cmocka_unit_test(an_unknown_key_is_nothing),
		cmocka_unit_test(private_codes_are_those_that_are_free),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
