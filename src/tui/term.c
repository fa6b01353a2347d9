/*
 * term.c - the terminal: the one place that knows ncurses' screen
 */
#include "tui/term.h"

#include <curses.h>
#include <langinfo.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "base/sys.h"
#include "base/unicode.h"
#include "repl/wide.h"
#include "tui/terminfo.h"

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"

enum {
	PASTE_BEGINS = KEY_MAX + 1, /* codes of our own */
	PASTE_ENDS,
	PASTE_BYTES = 64 << 10,
	ESCAPE_MS = 25,   /* a lone ESC is known as such after */
	TOGETHER_MS = 20, /* bytes of one character come within */
	RESTORE_BYTES = 256,
	ROLE_STEP = 1 << 4,
};

static SCREEN *screen;
static WINDOW *pad; /* keys are read from it: it is never drawn */
static int fd, out_fd;
static bool on_tty, colored, pasting;
static struct termios before, editing;
static char restore[RESTORE_BYTES];

/* --- what a crash will write -------------------------------------------------- */

/* Without the padding $<..> that terminals of old need. */
static void add_string(const char *name)
{
	const char *s = tigetstr(name);
	size_t n = strlen(restore);

	if (!s || s == (const char *)-1)
		return;
	while (*s && n + 1 < RESTORE_BYTES) {
		if (s[0] == '$' && s[1] == '<' && strchr(s, '>'))
			s = strchr(s, '>') + 1;
		else
			restore[n++] = *s++;
	}
	restore[n] = '\0';
}

static void make_restore(void)
{
	restore[0] = '\0';
	add_string("sgr0");
	add_string("cnorm");
	add_string("rmkx");
	add_string("rmcup");
	strncat(restore, PASTE_OFF, RESTORE_BYTES - 1 - strlen(restore));
}

const char *term_restore(void)
{
	return restore;
}

/* --- colours -------------------------------------------------------------------- */

/*
 * Blue and orange, no red against green.  The three columns are for 256, 16
 * and 8 colours; each role also has an attribute, a sign or a word.
 */
static const struct {
	unsigned role;
	short of256, of16, of8;
	attr_t mono;
} role[] = {
	{ ROLE_CHANGED, 208, 11, COLOR_YELLOW, A_BOLD },
	{ ROLE_BORROW, 33, 12, COLOR_BLUE, A_UNDERLINE },
	{ ROLE_ZOMBIE, 175, 13, COLOR_MAGENTA, A_BOLD },
	{ ROLE_USER, -1, -1, -1, 0 },
	{ ROLE_KERNEL, 37, 14, COLOR_CYAN, 0 },
	{ ROLE_BROKEN, 208, 11, COLOR_YELLOW, A_REVERSE },
	{ ROLE_FRAME, 245, 8, -1, 0 },
};

enum { PAIRS = sizeof role / sizeof *role };

static void start_colors(void)
{
	start_color();
	use_default_colors();
	for (short i = 0; i < PAIRS; i++)
		init_pair((short)(i + 1),
			  COLORS >= 256  ? role[i].of256
			  : COLORS >= 16 ? role[i].of16
					 : role[i].of8,
			  -1);
}

static attr_t attributes_of(unsigned style)
{
	attr_t a = 0;
	unsigned n = (style & ROLES) / ROLE_STEP;

	a |= style & STYLE_BOLD ? A_BOLD : 0;
	a |= style & STYLE_REVERSE ? A_REVERSE : 0;
	a |= style & STYLE_UNDERLINE ? A_UNDERLINE : 0;
	a |= style & STYLE_DIM ? A_DIM : 0;
	if (!colored && n > 0)
		a |= role[n - 1].mono;
	return a;
}

static short pair_of(unsigned style)
{
	return colored ? (short)((style & ROLES) / ROLE_STEP) : 0;
}

/* --- start and end ----------------------------------------------------------------- */

static void set_modes(bool running)
{
	struct termios t = editing;

	if (!on_tty)
		return;
	if (running)
		t.c_lflag |= ISIG;
	tcsetattr(fd, TCSADRAIN, &t);
	def_prog_mode();
}

/* ctrl-s and ctrl-q are keys here, and there is no ctrl-\. */
static void take_modes(void)
{
	cbreak();
	noecho();
	nonl();
	set_escdelay(ESCAPE_MS);
	if (!on_tty || tcgetattr(fd, &editing) != 0)
		return;
	editing.c_iflag &= ~(tcflag_t)(IXON | IXOFF);
	editing.c_lflag &= ~(tcflag_t)ISIG;
	editing.c_cc[VQUIT] = _POSIX_VDISABLE;
	set_modes(false);
}

static void ask_for_pastes(bool on)
{
	const char *s = on ? PASTE_ON : PASTE_OFF;

	sys_write_all(out_fd, s, strlen(s), SYS_PRINT);
}

bool term_start(FILE *in, FILE *out, bool color)
{
	fd = fileno(in);
	out_fd = fileno(out);
	on_tty = tcgetattr(fd, &before) == 0;
	screen = terminfo_knows(out_fd) ? newterm(NULL, out, in) : NULL;
	if (!screen)
		return false;
	set_term(screen);
	pad = newpad(1, 1);
	keypad(pad, TRUE);
	meta(pad, TRUE);
	define_key("\033[200~", PASTE_BEGINS);
	define_key("\033[201~", PASTE_ENDS);
	take_modes();
	colored = color && has_colors();
	if (colored)
		start_colors();
	make_restore();
	pasting = false;
	ask_for_pastes(true);
	return true;
}

void term_end(void)
{
	term_leave();
	delwin(pad);
	delscreen(screen);
	screen = NULL;
	pad = NULL;
}

const struct termios *term_before(void)
{
	return on_tty ? &before : NULL;
}

void term_run(bool running)
{
	set_modes(running);
}

void term_leave(void)
{
	ask_for_pastes(false);
	endwin();
	/* endwin() puts back what it found, in its own order. */
	if (on_tty)
		tcsetattr(fd, TCSADRAIN, &before);
}

void term_return(void)
{
	reset_prog_mode();
	clearok(curscr, TRUE);
	wnoutrefresh(stdscr);
	doupdate();
	ask_for_pastes(true);
}

static wint_t key_of(int which)
{
	cc_t c = on_tty ? before.c_cc[which] : _POSIX_VDISABLE;

	return c == _POSIX_VDISABLE ? WEOF : c;
}

wint_t term_interrupt_key(void)
{
	return key_of(VINTR);
}

wint_t term_suspend_key(void)
{
	return key_of(VSUSP);
}

/* --- the screen ------------------------------------------------------------------------ */

struct extent term_size(void)
{
	return (struct extent){ (unsigned)LINES, (unsigned)COLS };
}

bool term_is_ascii(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
}

void term_resize(void)
{
	struct winsize size;

	if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_row && size.ws_col)
		resizeterm(size.ws_row, size.ws_col);
	clearok(curscr, TRUE);
}

void term_redraw(void)
{
	clearok(curscr, TRUE);
}

void term_beep(void)
{
	beep();
}

/* A character whose width the system sees otherwise would move the rest. */
static bool agrees(uint32_t c)
{
	return wcwidth((wchar_t)c) == unicode_width(c);
}

static void put_cell(const struct cell *cell, unsigned row, unsigned column)
{
	wchar_t text[CELL_MARKS + 2] = { (wchar_t)cell->base };
	cchar_t out;

	if (!agrees(cell->base))
		text[0] = L'?';
	for (int i = 0; i < CELL_MARKS && cell->mark[i]; i++)
		text[i + 1] = (wchar_t)cell->mark[i];
	setcchar(&out, text, attributes_of(cell->style), pair_of(cell->style),
		 NULL);
	mvadd_wch((int)row, (int)column, &out);
}

void term_show(const struct canvas *c, unsigned row, unsigned column)
{
	for (unsigned r = 0; r < c->rows; r++)
		for (unsigned k = 0; k < c->columns; k++) {
			const struct cell *cell = canvas_cell(c, r, k);

			if (cell->base)
				put_cell(cell, r, k);
		}
	move((int)row, (int)column);
	wnoutrefresh(stdscr);
	doupdate();
}

/* --- keys --------------------------------------------------------------------------------- */

int term_fd(void)
{
	return fd;
}

/* What can be read at once, and is nothing, is the end. */
bool term_gone(void)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int bytes = 0;

	if (poll(&p, 1, 0) <= 0)
		return false;
	if (p.revents & (POLLERR | POLLNVAL))
		return true;
	return ioctl(fd, FIONREAD, &bytes) == 0 && bytes == 0;
}

/* Bytes that wait are the beginning of a whole key: it is waited for. */
static int read_press(wint_t *value)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	wtimeout(pad, poll(&p, 1, 0) > 0 ? TOGETHER_MS : 0);
	return wget_wch(pad, value);
}

/* False: it is not at its end yet. */
static bool paste(int got, wint_t value, struct text *pasted)
{
	wchar_t c = value == '\r' ? L'\n' : (wchar_t)value;

	if (got == KEY_CODE_YES)
		return value == PASTE_ENDS;
	if (pasted->length < PASTE_BYTES)
		wide_add(pasted, &c, 1);
	return false;
}

enum term_got term_press(struct press *p, struct text *pasted)
{
	wint_t value;
	int got;

	while ((got = read_press(&value)) != ERR) {
		if (got == KEY_CODE_YES && value == PASTE_BEGINS) {
			pasting = true;
		} else if (pasting) {
			pasting = !paste(got, value, pasted);
			if (!pasting)
				return TERM_PASTED;
		} else if (got != KEY_CODE_YES || value != KEY_RESIZE) {
			*p = (struct press){ got == KEY_CODE_YES, value };
			return TERM_PRESS;
		}
	}
	return TERM_NOTHING;
}
