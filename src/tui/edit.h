/*
 * edit.h - libedit as an editor without a terminal
 *
 * It edits a line in memory; who owns it gives it keys and draws the line.
 * libedit wants a terminal all the same, else it does not edit: it gets a pty
 * of its own, to which nothing is ever written and from which nothing is read.
 *
 * libedit is always somewhere inside a command of its own when it asks for a
 * key, so nothing may change the line there.  What the owner wants changed it
 * asks for; a private key, which nobody can type, then comes instead of the
 * next one, and the function that is bound to it makes the change.
 */
#ifndef TUI_EDIT_H
#define TUI_EDIT_H

#include <histedit.h>
#include <stdbool.h>
#include <termios.h>

#include "base/text.h"

/* What keys of the line do that is not libedit's; ~/.editrc may bind them. */
enum edit_act {
	EDIT_COMPLETE, /* amm-complete, ^I */
	EDIT_SEARCH,   /* amm-search, ^R */
	EDIT_PANES,    /* amm-panes, ^Xa */
	EDIT_REDRAW,   /* amm-redraw, ^L */
	EDIT_ACTS
};

struct edit_owner {
	/*
	 * The next character: 1.  Or 0: the input has ended; -1: the line is
	 * given up.  It may ask for a change and return 1 without one.
	 */
	int (*key)(void *context, wchar_t *c);
	/* It may ask for a change. */
	void (*act)(void *context, enum edit_act act);
	void *context;
};

struct edit;

/*
 * edit_new - an editor with this history; @keys has the user's erase and so on
 *
 * Errors: NULL and a sentence in @why: no pty, no memory, or editing is turned
 * off in ~/.editrc.
 */
struct edit *edit_new(HistoryW *history, const struct termios *keys,
		      const struct edit_owner *owner, struct text *why);
void edit_free(struct edit *e);

enum edit_end {
	EDIT_LINE,     /* entered */
	EDIT_GIVEN_UP, /* key() said so */
	EDIT_OVER,     /* the input has ended, or ^D in an empty line */
	EDIT_LEFT      /* edit_leave() was asked for; the line is not entered */
};

/* edit_line - reads a line into @line */
enum edit_end edit_line(struct edit *e, struct text *line);

/* The line as it stands; valid until key() returns. */
struct edit_view {
	const wchar_t *buffer;
	size_t length, cursor;
};

struct edit_view edit_view(const struct edit *e);

/* In vi mode some keys have other codes: see keys.h. */
bool edit_is_vi(const struct edit *e);

/* How often libedit has beeped so far. */
unsigned edit_beeps(const struct edit *e);

/* edit_replace - asks for @text instead of @before characters at the cursor */
void edit_replace(struct edit *e, size_t before, const char *text);
/* edit_set - asks for another line */
void edit_set(struct edit *e, const char *text);
/* edit_leave - asks to end without entering the line */
void edit_leave(struct edit *e);

#endif
