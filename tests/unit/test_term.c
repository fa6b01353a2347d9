/*
 * test_term.c - the terminal, on pipes: what is sent, what ncurses thinks is
 * shown, which keys come
 */
#include "test.h"

#include <curses.h>
#include <fcntl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "tui/term.h"

static FILE *in, *out;
static int keys; /* where the keys are typed */
static struct text pasted;

static void begin(const char *terminal, const char *locale, bool color)
{
	int ends[2];

	assert_non_null(setlocale(LC_CTYPE, locale));
	setenv("TERM", terminal, 1);
	setenv("LINES", "6", 1);
	setenv("COLUMNS", "20", 1);
	assert_int_equal(pipe(ends), 0);
	in = fdopen(ends[0], "r");
	keys = ends[1];
	out = tmpfile();
	assert_non_null(in);
	assert_non_null(out);
	assert_true(term_start(in, out, color));
}

static void end(void)
{
	term_end();
	close(keys);
	fclose(in);
	fclose(out);
	text_free(&pasted);
}

/* Draws a text on a screen of the terminal's size. */
static void show(const char *text, unsigned style)
{
	struct canvas c;

	assert_true(canvas_new(&c, term_size(), term_is_ascii()));
	canvas_put(&c, 1, 2, style, text);
	term_show(&c, 1, 3);
	canvas_free(&c);
}

/* Row 1 as ncurses believes it to be. */
static const wchar_t *row(void)
{
	static wchar_t shown[64];
	int n = 0;

	for (int column = 0; column < COLS; column++) {
		cchar_t cell;
		wchar_t text[CCHARW_MAX + 1];
		attr_t attributes;
		short pair;

		mvwin_wch(curscr, 1, column, &cell);
		getcchar(&cell, text, &attributes, &pair, NULL);
		if (n > 0 && text[0] == shown[n - 1] && wcwidth(text[0]) == 2)
			continue; /* its right half */
		for (int i = 0; text[i]; i++)
			shown[n++] = text[i];
	}
	while (n > 0 && shown[n - 1] == L' ')
		n--;
	shown[n] = L'\0';
	return shown;
}

static const char *sent(void)
{
	static char bytes[8192];
	size_t n;

	fflush(out);
	rewind(out);
	n = fread(bytes, 1, sizeof bytes - 1, out);
	bytes[n] = '\0';
	return bytes;
}

static void type(const char *bytes)
{
	assert_int_equal(write(keys, bytes, strlen(bytes)), strlen(bytes));
}

static struct press next(void)
{
	struct press p = { false, 0 };

	assert_int_equal(term_press(&p, &pasted), TERM_PRESS);
	return p;
}

static void a_canvas_is_shown(void **state)
{
	(void)state;
	begin("xterm-256color", "C.UTF-8", true);
	show("z\xc5\xbc\xe6\x97\xa5"
	     "e\xcc\x81 x",
	     STYLE_PLAIN);
	assert_true(wcscmp(row(), L"  z\x17c\x65e5"
				  L"e\x301 x") == 0);
	assert_int_equal(getcury(newscr), 1);
	assert_int_equal(getcurx(newscr), 3);
	assert_non_null(strstr(sent(), "z\xc5\xbc\xe6\x97\xa5"
				       "e\xcc\x81"));
	end();
}

static void what_was_there_before_is_gone(void **state)
{
	(void)state;
	begin("xterm-256color", "C.UTF-8", true);
	show("long long long", STYLE_PLAIN);
	show("x", STYLE_PLAIN);
	assert_true(wcscmp(row(), L"  x") == 0);
	show("\xe6\x97\xa5\xe6\x97\xa5", STYLE_PLAIN);
	show("ab", STYLE_PLAIN);
	assert_true(wcscmp(row(), L"  ab") == 0);
	end();
}

static void colours_are_those_of_roles(void **state)
{
	(void)state;
	begin("xterm-256color", "C.UTF-8", true);
	show("x", ROLE_CHANGED);
	assert_non_null(strstr(sent(), "38;5;208m"));
	end();
	begin("xterm", "C.UTF-8", true);
	show("x", ROLE_CHANGED);
	assert_non_null(strstr(sent(), "\033[33m"));
	end();
}

static void without_colours_there_are_none(void **state)
{
	(void)state;
	begin("xterm-256color", "C.UTF-8", false);
	show("x", ROLE_CHANGED);
	assert_null(strstr(sent(), "38;5;"));
	assert_null(strstr(sent(), "\033[33m"));
	assert_non_null(strstr(sent(), ";1m")); /* bold instead */
	end();
	begin("vt100", "C.UTF-8", true);
	show("x", ROLE_BROKEN);
	assert_non_null(strstr(sent(), ";7m"));
	end();
}

static void in_the_c_locale_all_is_ascii(void **state)
{
	(void)state;
	begin("xterm", "C", true);
	assert_true(term_is_ascii());
	show("\xe2\x94\x80\xe2\x94\x80\xe2\x96\xb6 \xc5\xbc", STYLE_PLAIN);
	assert_true(wcscmp(row(), L"  --> ?") == 0);
	for (const char *s = sent(); *s; s++)
		assert_true((unsigned char)*s < 0x80);
	end();
}

static void keys_are_characters_or_codes(void **state)
{
	struct press p;

	(void)state;
	begin("xterm-256color", "C.UTF-8", true);
	type("a\xc5\xbc\033OA\033[3~\033b\r");
	p = next();
	assert_true(!p.code && p.value == L'a');
	p = next();
	assert_true(!p.code && p.value == 0x17c);
	p = next();
	assert_true(p.code && p.value == KEY_UP);
	p = next();
	assert_true(p.code && p.value == KEY_DC);
	p = next();
	assert_true(!p.code && p.value == 033);
	p = next();
	assert_true(!p.code && p.value == L'b');
	p = next();
	assert_true(!p.code && p.value == L'\r');
	assert_int_equal(term_press(&p, &pasted), TERM_NOTHING);
	end();
}

static void what_is_pasted_comes_as_a_whole(void **state)
{
	struct press p;

	(void)state;
	begin("xterm-256color", "C.UTF-8", true);
	type("\033[200~ps\r\x01\xc5\xbc");
	assert_int_equal(term_press(&p, &pasted), TERM_NOTHING);
	type("x\033[201~y");
	assert_int_equal(term_press(&p, &pasted), TERM_PASTED);
	assert_string_equal(text_string(&pasted), "ps\n\x01\xc5\xbcx");
	assert_true(next().value == L'y');
	end();
}

static void the_end_of_the_keys_is_seen(void **state)
{
	(void)state;
	begin("xterm", "C.UTF-8", true);
	assert_false(term_gone());
	type("a");
	assert_false(term_gone());
	next();
	close(keys);
	keys = open("/dev/null", O_WRONLY);
	assert_true(term_gone());
	end();
}

static void leaving_undoes_what_starting_did(void **state)
{
	const char *s;

	(void)state;
	begin("xterm-256color", "C.UTF-8", true);
	show("x", STYLE_PLAIN);
	s = sent();
	assert_non_null(strstr(s, "\033[?1049h"));
	assert_non_null(strstr(s, "\033[?2004h"));
	term_leave();
	s = sent();
	assert_non_null(strstr(s, "\033[?2004l"));
	assert_non_null(strstr(s, "\033[?1049l"));
	term_return();
	end();
}

static void a_crash_would_leave_too(void **state)
{
	(void)state;
	begin("xterm-256color", "C.UTF-8", true);
	assert_non_null(strstr(term_restore(), "\033[?1049l"));
	assert_non_null(strstr(term_restore(), "\033[?2004l"));
	assert_null(strstr(term_restore(), "$<"));
	end();
	begin("vt100", "C.UTF-8", true); /* its strings have padding */
	assert_null(strstr(term_restore(), "$<"));
	end();
}

static void an_unknown_terminal_is_refused(void **state)
{
	FILE *none = fopen("/dev/null", "r+");

	(void)state;
	setenv("TERM", "no-such-terminal", 1);
	assert_false(term_start(none, none, true));
	setenv("TERM", "dumb", 1);
	assert_false(term_start(none, none, true));
	fclose(none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_canvas_is_shown),
		cmocka_unit_test(what_was_there_before_is_gone),
		cmocka_unit_test(colours_are_those_of_roles),
		cmocka_unit_test(without_colours_there_are_none),
		cmocka_unit_test(in_the_c_locale_all_is_ascii),
		cmocka_unit_test(keys_are_characters_or_codes),
		cmocka_unit_test(what_is_pasted_comes_as_a_whole),
		cmocka_unit_test(the_end_of_the_keys_is_seen),
		cmocka_unit_test(leaving_undoes_what_starting_did),
		cmocka_unit_test(a_crash_would_leave_too),
		cmocka_unit_test(an_unknown_terminal_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
