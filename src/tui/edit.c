/*
 * edit.c - libedit as an editor without a terminal
 */
#include "tui/edit.h"

#include <curses.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <term.h>

#include "base/mem.h"
#include "base/sys.h"
#include "repl/wide.h"
#include "tui/keys.h"

enum { WINDOW_ROWS = 24, WINDOW_COLUMNS = 200, NAME_BYTES = 64 };

enum request { ASKED_NOTHING, ASKED_REPLACE, ASKED_SET, ASKED_LEAVE };

struct edit {
	EditLine *el;
	struct edit_owner owner;
	int master, slave;
	FILE *in, *out; /* that libedit neither reads nor is seen to write */
	unsigned beeps;
	bool given_up, left;

	/* asked for and not done yet */
	enum request request;
	size_t before;
	wchar_t *with;
};

static struct edit *edit_of(EditLine *el)
{
	void *data = NULL;

	el_wget(el, EL_CLIENTDATA, &data);
	return data;
}

/* --- what is asked for ------------------------------------------------------ */

static void ask(struct edit *e, enum request request, const char *text)
{
	am_free(e->with);
	e->with = text ? wide_from(text) : NULL;
	e->request = text && !e->with ? ASKED_NOTHING : request;
}

static void drop(struct edit *e)
{
	ask(e, ASKED_NOTHING, NULL);
}

void edit_replace(struct edit *e, size_t before, const char *text)
{
	ask(e, ASKED_REPLACE, text);
	e->before = before;
}

void edit_set(struct edit *e, const char *text)
{
	ask(e, ASKED_SET, text);
}

void edit_leave(struct edit *e)
{
	ask(e, ASKED_LEAVE, NULL);
}

static bool replace(struct edit *e)
{
	el_wdeletestr(e->el, (int)e->before);
	return !*e->with || el_winsertstr(e->el, e->with) == 0;
}

static bool set(struct edit *e)
{
	if (el_wreplacestr(e->el, e->with) != 0)
		return false;
	el_cursor(e->el, (int)wcslen(e->with));
	return true;
}

/* libedit is between two commands: now the line may change. */
static unsigned char perform(struct edit *e)
{
	bool ok = true;

	e->left = e->request == ASKED_LEAVE;
	if (e->request == ASKED_REPLACE)
		ok = replace(e);
	else if (e->request == ASKED_SET)
		ok = set(e);
	drop(e);
	if (e->left)
		return CC_NEWLINE;
	return ok ? CC_REFRESH : CC_ERROR;
}

/* --- what libedit calls ------------------------------------------------------- */

/* What was asked for when libedit wanted an argument, after ^V, is lost. */
static int next_key(EditLine *el, wchar_t *c)
{
	struct edit *e = edit_of(el);
	int got;

	drop(e);
	got = e->owner.key(e->owner.context, c);
	if (got == 1 && e->request != ASKED_NOTHING)
		*c = KEYS_REQUEST;
	if (got < 0) {
		e->given_up = true;
		errno = EINTR;
	}
	return got;
}

static unsigned char act(EditLine *el, enum edit_act act)
{
	struct edit *e = edit_of(el);

	e->owner.act(e->owner.context, act);
	return perform(e);
}

static unsigned char do_request(EditLine *el, wint_t c)
{
	(void)c;
	return perform(edit_of(el));
}

static unsigned char do_complete(EditLine *el, wint_t c)
{
	(void)c;
	return act(el, EDIT_COMPLETE);
}

static unsigned char do_search(EditLine *el, wint_t c)
{
	(void)c;
	return act(el, EDIT_SEARCH);
}

static unsigned char do_panes(EditLine *el, wint_t c)
{
	(void)c;
	return act(el, EDIT_PANES);
}

static unsigned char do_redraw(EditLine *el, wint_t c)
{
	(void)c;
	return act(el, EDIT_REDRAW);
}

/* The owner draws the prompt. */
static wchar_t *no_prompt(EditLine *el)
{
	static wchar_t none[1];

	(void)el;
	return none;
}

static ssize_t swallow(void *cookie, const char *bytes, size_t length)
{
	struct edit *e = cookie;

	for (size_t i = 0; i < length; i++)
		e->beeps += bytes[i] == '\a';
	return (ssize_t)length;
}

/* --- bindings ----------------------------------------------------------------- */

static const struct {
	const wchar_t *name, *about, *keys;
	unsigned char (*run)(EditLine *el, wint_t c);
} function[] = {
	{ L"amm-request", L"what was asked for", NULL, do_request },
	{ L"amm-complete", L"complete a word", L"^I", do_complete },
	{ L"amm-search", L"search in earlier lines", L"^R", do_search },
	{ L"amm-panes", L"end the full screen", L"^Xa", do_panes },
	{ L"amm-redraw", L"draw everything again", L"^L", do_redraw },
};

enum { FUNCTIONS = sizeof function / sizeof *function };

static void add_functions(EditLine *el)
{
	for (int i = 0; i < FUNCTIONS; i++)
		el_wset(el, EL_ADDFN, function[i].name, function[i].about,
			function[i].run);
}

/* In vi mode the other map, of commands, too. */
static void bind_key(const struct edit *e, const wchar_t *keys,
		     const wchar_t *name)
{
	el_wset(e->el, EL_BIND, keys, name, NULL);
	if (edit_is_vi(e))
		el_wset(e->el, EL_BIND, L"-a", keys, name, NULL);
}

static void bind_functions(const struct edit *e)
{
	for (int i = 0; i < FUNCTIONS; i++)
		if (function[i].keys)
			bind_key(e, function[i].keys, function[i].name);
	if (!edit_is_vi(e)) /* there ESC would wait for a key behind it */
		el_wset(e->el, EL_BIND, L"\033[3~", L"ed-delete-next-char",
			NULL);
}

static void bind_private(const struct edit *e)
{
	const wchar_t request[] = { KEYS_REQUEST, 0 };
	const wchar_t *name;
	wchar_t code[2] = { 0, 0 };

	bind_key(e, request, L"amm-request");
	for (int i = 0; (name = keys_private(i, &code[0])); i++)
		bind_key(e, code, name);
}

/* Choosing an editor forgets what was bound before. */
static bool set_up(struct edit *e, HistoryW *history)
{
	int mode = 1;

	el_wset(e->el, EL_CLIENTDATA, e);
	el_wset(e->el, EL_HIST, history_w, history);
	el_wset(e->el, EL_PROMPT, no_prompt);
	el_wset(e->el, EL_SIGNAL, 0);
	el_wset(e->el, EL_EDITOR, L"emacs");
	add_functions(e->el);
	bind_functions(e);
	el_source(e->el, NULL);
	el_wget(e->el, EL_EDITMODE, &mode);
	if (edit_is_vi(e))
		bind_functions(e);
	bind_private(e);
	el_wset(e->el, EL_GETCFN, next_key);
	return mode != 0;
}

/* --- its terminal --------------------------------------------------------------- */

static bool open_pty(struct edit *e, const struct termios *keys)
{
	const struct winsize size = { .ws_row = WINDOW_ROWS,
				      .ws_col = WINDOW_COLUMNS };
	char name[NAME_BYTES];

	e->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (e->master < 0 || grantpt(e->master) != 0 ||
	    unlockpt(e->master) != 0 ||
	    ptsname_r(e->master, name, sizeof name) != 0)
		return false;
	e->slave = sys_open(AT_FDCWD, name, O_RDWR | O_NOCTTY);
	if (e->slave < 0)
		return false;
	if (keys)
		tcsetattr(e->slave, TCSANOW, keys);
	return ioctl(e->slave, TIOCSWINSZ, &size) == 0;
}

static bool open_files(struct edit *e)
{
	const cookie_io_functions_t none = { NULL, NULL, NULL, NULL };
	const cookie_io_functions_t sink = { NULL, swallow, NULL, NULL };

	e->in = fopencookie(NULL, "r", none);
	e->out = fopencookie(e, "w", sink);
	if (!e->in || !e->out)
		return false;
	setvbuf(e->out, NULL, _IONBF, 0);
	return true;
}

/*
 * libedit asks for the abilities of $TERM, and that takes the place of what
 * ncurses has found out about the real terminal.
 */
static bool init(struct edit *e)
{
	const char *term = getenv("TERM");
	char *before = term ? am_strdup(term) : NULL;
	TERMINAL *saved = cur_term;

	setenv("TERM", "dumb", 1);
	e->el = el_init_fd("activemm", e->in, e->out, e->out, e->slave,
			   e->slave, e->slave);
	if (before)
		setenv("TERM", before, 1);
	else
		unsetenv("TERM");
	am_free(before);
	if (saved && cur_term != saved)
		set_curterm(saved);
	return e->el != NULL;
}

/* --- the editor ------------------------------------------------------------------ */

struct edit *edit_new(HistoryW *history, const struct termios *keys,
		      const struct edit_owner *owner, struct text *why)
{
	struct edit *e = am_calloc(1, sizeof *e);

	if (!e)
		return NULL;
	e->owner = *owner;
	e->master = e->slave = -1;
	if (!open_pty(e, keys) || !open_files(e) || !init(e)) {
		text_add(why, "no full screen: there is no pseudo terminal to "
			      "be had\n");
		edit_free(e);
		return NULL;
	}
	if (!set_up(e, history)) {
		text_add(why, "no full screen: ~/.editrc turns editing off\n");
		edit_free(e);
		return NULL;
	}
	return e;
}

void edit_free(struct edit *e)
{
	drop(e);
	if (e->el)
		el_end(e->el);
	if (e->in)
		fclose(e->in);
	if (e->out)
		fclose(e->out);
	if (e->slave >= 0)
		sys_close(e->slave);
	if (e->master >= 0)
		sys_close(e->master);
	am_free(e);
}

/* The end of the line, and private keys that came in as text, are no text. */
static void take_text(const wchar_t *line, int count, struct text *out)
{
	if (count > 0 && line[count - 1] == L'\n')
		count--;
	for (int i = 0; i < count; i++)
		if (line[i] < 0x80 || line[i] > 0x9f)
			wide_add(out, line + i, 1);
}

enum edit_end edit_line(struct edit *e, struct text *line)
{
	int count = 0;
	const wchar_t *got;

	e->given_up = e->left = false;
	got = el_wgets(e->el, &count);
	if (e->given_up)
		return EDIT_GIVEN_UP;
	if (got)
		take_text(got, count, line);
	if (e->left)
		return EDIT_LEFT;
	return got ? EDIT_LINE : EDIT_OVER;
}

struct edit_view edit_view(const struct edit *e)
{
	const LineInfoW *line = el_wline(e->el);

	return (struct edit_view){
		.buffer = line->buffer,
		.length = (size_t)(line->lastchar - line->buffer),
		.cursor = (size_t)(line->cursor - line->buffer),
	};
}

bool edit_is_vi(const struct edit *e)
{
	const wchar_t *editor = NULL;

	el_wget(e->el, EL_EDITOR, &editor);
	return editor && editor[0] == L'v';
}

unsigned edit_beeps(const struct edit *e)
{
	return e->beeps;
}
