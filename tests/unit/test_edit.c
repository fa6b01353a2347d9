/*
 * test_edit.c - libedit as an editor without a terminal
 *
 * A script of characters is typed: L"ab\x7f\n" types a, b, erases, enters.
 * Codes above U+10FFFF in it are what the owner does instead of a key.
 */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>

#include "repl/past.h"
#include "repl/wide.h"
#include "scratch.h"
#include "tui/edit.h"
#include "tui/keys.h"

enum {
	GIVE_UP = 0x110001,
	PASTE, /* the owner puts in `pasted` */
	SET,   /* and makes it the line */
	LEAVE,
	LOOK, /* notes the line as it stands */
};

static struct {
	struct edit *e;
	HistoryW *history;
	const wchar_t *script;
	const char *pasted;
	struct text line, seen;
	unsigned acts[EDIT_ACTS];
} it;

static void look(void)
{
	struct edit_view v = edit_view(it.e);

	wide_add(&it.seen, v.buffer, v.cursor);
	text_add(&it.seen, "_");
	wide_add(&it.seen, v.buffer + v.cursor, v.length - v.cursor);
	text_add(&it.seen, "|");
}

static int key(void *context, wchar_t *c)
{
	(void)context;
	while (*it.script == LOOK) {
		look();
		it.script++;
	}
	*c = *it.script++;
	switch (*c) {
	case 0:
		it.script--;
		return 0;
	case GIVE_UP:
		return -1;
	case PASTE:
		edit_replace(it.e, 0, it.pasted);
		return 1;
	case SET:
		edit_set(it.e, it.pasted);
		return 1;
	case LEAVE:
		edit_leave(it.e);
		return 1;
	default:
		return 1;
	}
}

static void act(void *context, enum edit_act a)
{
	(void)context;
	it.acts[a]++;
	if (a == EDIT_PANES)
		edit_leave(it.e);
	if (a == EDIT_COMPLETE)
		edit_replace(it.e, 2, "switch ");
}

static void begin(void)
{
	const struct edit_owner owner = { key, act, NULL };
	HistEventW ev;

	setlocale(LC_CTYPE, "C.UTF-8");
	memset(&it, 0, sizeof it);
	it.history = history_winit();
	history_w(it.history, &ev, H_SETSIZE, PAST_LINES);
	it.e = edit_new(it.history, NULL, &owner, &why);
	if (!it.e)
		fail_msg("%s", text_string(&why));
}

static void end(void)
{
	edit_free(it.e);
	history_wend(it.history);
	text_free(&it.line);
	text_free(&it.seen);
}

static enum edit_end type(const wchar_t *script)
{
	text_clear(&it.line);
	text_clear(&it.seen);
	it.script = script;
	return edit_line(it.e, &it.line);
}

#define expect_line(script, wanted) \
	do { \
		assert_int_equal(type(script), EDIT_LINE); \
		assert_string_equal(text_string(&it.line), wanted); \
	} while (0)

static void a_line_is_typed_and_entered(void **state)
{
	(void)state;
	begin();
	expect_line(L"spawn sh\n", "spawn sh");
	expect_line(L"\n", "");
	expect_line(L"\x17c\xf3\x142\x107 \x65e5\x672c\x1f600 e\x301\n",
		    "\xc5\xbc\xc3\xb3\xc5\x82\xc4\x87 "
		    "\xe6\x97\xa5\xe6\x9c\xac\xf0\x9f\x98\x80 e\xcc\x81");
	end();
}

static void keys_of_emacs_edit_it(void **state)
{
	(void)state;
	begin();
	expect_line(L"ab\x7f"
		    L"c\n",
		    "ac");
	expect_line(L"bc\x01"
		    L"a\n",
		    "abc"); /* ^A */
	expect_line(L"abc\x01\x0b"
		    L"d\n",
		    "d"); /* ^K */
	expect_line(L"one two\x17"
		    L"x\n",
		    "one x"); /* ^W */
	expect_line(L"one two\x15"
		    L"x\n",
		    "x"); /* ^U */
	expect_line(L"ab\033[Dx\n", "axb");
	expect_line(L"ab\033[Hx\033[Fy\n", "xaby");
	expect_line(L"ab\033[H\033[3~\n", "b");
	expect_line(L"\x65e5\x672c\x7f\n", "\xe6\x97\xa5");
	end();
}

static void the_line_can_be_seen_before_each_key(void **state)
{
	const wchar_t script[] = { LOOK, 'a',  LOOK, 0x17c, LOOK,
				   2,    LOOK, '\n', 0 };

	(void)state;
	begin();
	type(script);
	assert_string_equal(text_string(&it.seen),
			    "_|a_|a\xc5\xbc_|a_\xc5\xbc|");
	end();
}

static void earlier_lines_come_back(void **state)
{
	(void)state;
	begin();
	past_enter(it.history, "spawn \xc5\xbc");
	past_enter(it.history, "ps");
	expect_line(L"\033[A\n", "ps");
	expect_line(L"\033[A\033[Ax\n", "spawn \xc5\xbcx");
	expect_line(L"\033[A\033[A\033[B\n", "ps");
	end();
}

static void a_line_in_progress_is_not_cut_by_the_history(void **state)
{
	wchar_t script[PAST_CHARACTERS + 16];
	size_t n = 0;

	(void)state;
	begin();
	past_enter(it.history, "ps");
	while (n < PAST_CHARACTERS)
		script[n++] = L'x';
	wcscpy(script + n, L"\033[A\033[B\n");
	assert_int_equal(type(script), EDIT_LINE);
	assert_int_equal(it.line.length, PAST_CHARACTERS);
	end();
}

static void six_thousand_characters_are_kept(void **state)
{
	static wchar_t script[6002];

	(void)state;
	begin();
	for (size_t n = 0; n < 6000; n++)
		script[n] = L'a' + (wchar_t)(n % 26);
	script[6000] = L'\n';
	assert_int_equal(type(script), EDIT_LINE);
	assert_int_equal(it.line.length, 6000);
	end();
}

static void a_line_that_was_given_up_leaves_nothing(void **state)
{
	const wchar_t script[] = { 'a', 'b', GIVE_UP, 0 };
	const wchar_t searching[] = { 'a', 0x13, 'x', GIVE_UP, 0 };

	(void)state;
	begin();
	assert_int_equal(type(script), EDIT_GIVEN_UP);
	expect_line(L"c\n", "c");
	assert_int_equal(type(searching), EDIT_GIVEN_UP);
	expect_line(L"d\n", "d");
	end();
}

static void the_end_is_told(void **state)
{
	(void)state;
	begin();
	assert_int_equal(type(L"abc"), EDIT_OVER);
	assert_int_equal(type(L"\x04"), EDIT_OVER); /* ^D */
	expect_line(L"a\x02\x04"
		    L"b\n",
		    "b"); /* it erases else */
	end();
}

static void what_is_asked_for_is_done_at_the_cursor(void **state)
{
	const wchar_t pasted[] = { 'a', 'b', 2, PASTE, 'c', '\n', 0 };
	const wchar_t set[] = { 'a', 'b', 2, SET, 'c', '\n', 0 };

	(void)state;
	begin();
	it.pasted = "x\ny";
	assert_int_equal(type(pasted), EDIT_LINE);
	assert_string_equal(text_string(&it.line), "ax\nycb");
	assert_int_equal(type(set), EDIT_LINE);
	assert_string_equal(text_string(&it.line), "x\nyc");
	end();
}

static void pasted_control_characters_are_not_obeyed(void **state)
{
	const wchar_t script[] = { 'a', PASTE, '\n', 0 };

	(void)state;
	begin();
	it.pasted = "\x01\x0b\x15";
	assert_int_equal(type(script), EDIT_LINE);
	assert_string_equal(text_string(&it.line), "a\x01\x0b\x15");
	end();
}

static void what_is_asked_for_while_a_key_is_quoted_is_lost(void **state)
{
	const wchar_t script[] = { 'a', 0x16, PASTE, 'b', '\n', 0 };

	(void)state;
	begin();
	it.pasted = "xyz";
	assert_int_equal(type(script), EDIT_LINE);
	assert_string_equal(text_string(&it.line), "ab");
	end();
}

static void leaving_keeps_the_line(void **state)
{
	const wchar_t script[] = { 'a', 'b', LEAVE, 0 };

	(void)state;
	begin();
	assert_int_equal(type(script), EDIT_LEFT);
	assert_string_equal(text_string(&it.line), "ab");
	assert_int_equal(type(L"cd\x18"
			      L"a"),
			 EDIT_LEFT);
	assert_string_equal(text_string(&it.line), "cd");
	assert_int_equal(type(L"\x18"
			      L"a"),
			 EDIT_LEFT);
	assert_string_equal(text_string(&it.line), "");
	end();
}

static void our_functions_are_bound(void **state)
{
	(void)state;
	begin();
	expect_line(L"ps; sw\tx\n", "ps; switch x");
	type(L"\x12\x0c\n");
	assert_int_equal(it.acts[EDIT_COMPLETE], 1);
	assert_int_equal(it.acts[EDIT_SEARCH], 1);
	assert_int_equal(it.acts[EDIT_REDRAW], 1);
	end();
}

static void a_beep_is_heard(void **state)
{
	unsigned before;

	(void)state;
	begin();
	before = edit_beeps(it.e);
	type(L"\x7f\n"); /* nothing to erase */
	assert_true(edit_beeps(it.e) > before);
	assert_true(edit_beeps(it.e) == edit_beeps(it.e));
	end();
}

static void editrc_is_obeyed(void **state)
{
	static const char rc[] = "activemm:bind ^T ed-move-to-beg\n"
				 "other:bind ^A ed-kill-line\n";

	(void)state;
	scratch_put(".editrc", rc, sizeof rc - 1);
	begin();
	expect_line(L"bc\x14"
		    L"a\n",
		    "abc");
	expect_line(L"bc\x01"
		    L"a\n",
		    "abc");
	end();
}

static void in_vi_mode_arrows_do_not_leave_insert_mode(void **state)
{
	const wchar_t up[] = { 'x', 0x81, 'z', '\n', 0 };
	const wchar_t pasted[] = { 'x', 033, 'i', PASTE, '\n', 0 };

	(void)state;
	scratch_put(".editrc", "bind -v\n", 8);
	begin();
	assert_true(edit_is_vi(it.e));
	past_enter(it.history, "ps");
	assert_int_equal(type(up), EDIT_LINE);
	assert_string_equal(text_string(&it.line), "zps");
	expect_line(L"ab\033xia\n", "aa"); /* ESC x deletes, i inserts */
	it.pasted = "qq";
	assert_int_equal(type(pasted), EDIT_LINE);
	assert_string_equal(text_string(&it.line), "qqx");
	expect_line(L"sw\t\n", "switch ");
	end();
}

static void editing_turned_off_is_no_full_screen(void **state)
{
	const struct edit_owner owner = { key, act, NULL };

	(void)state;
	scratch_put(".editrc", "edit off\n", 9);
	it.history = history_winit();
	assert_null(edit_new(it.history, NULL, &owner, &why));
	assert_non_null(strstr(text_string(&why), "turns editing off"));
	history_wend(it.history);
}

static void without_a_pty_there_is_no_full_screen(void **state)
{
	const struct edit_owner owner = { key, act, NULL };

	(void)state;
	it.history = history_winit();
	sys_fail_at(SYS_OPEN, 1, false, EACCES);
	assert_null(edit_new(it.history, NULL, &owner, &why));
	assert_non_null(strstr(text_string(&why), "no pseudo terminal"));
	history_wend(it.history);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(without_a_pty_there_is_no_full_screen),
		SCRATCH_TEST(a_line_is_typed_and_entered),
		SCRATCH_TEST(keys_of_emacs_edit_it),
		SCRATCH_TEST(the_line_can_be_seen_before_each_key),
		SCRATCH_TEST(earlier_lines_come_back),
		SCRATCH_TEST(a_line_in_progress_is_not_cut_by_the_history),
		SCRATCH_TEST(six_thousand_characters_are_kept),
		SCRATCH_TEST(a_line_that_was_given_up_leaves_nothing),
		SCRATCH_TEST(the_end_is_told),
		SCRATCH_TEST(what_is_asked_for_is_done_at_the_cursor),
		SCRATCH_TEST(pasted_control_characters_are_not_obeyed),
		SCRATCH_TEST(what_is_asked_for_while_a_key_is_quoted_is_lost),
		SCRATCH_TEST(leaving_keeps_the_line),
		SCRATCH_TEST(our_functions_are_bound),
		SCRATCH_TEST(a_beep_is_heard),
		SCRATCH_TEST(editrc_is_obeyed),
		SCRATCH_TEST(in_vi_mode_arrows_do_not_leave_insert_mode),
		SCRATCH_TEST(editing_turned_off_is_no_full_screen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
