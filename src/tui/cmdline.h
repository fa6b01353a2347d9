/*
 * cmdline.h - the command line, drawn: prompt, what is typed, the cursor
 *
 * It is broken into rows where the window ends.  Controls are shown as ^X, a
 * newline that was pasted begins a row, and what may not be shown becomes
 * visible as everywhere (base/escape.h).
 */
#ifndef TUI_CMDLINE_H
#define TUI_CMDLINE_H

#include <wchar.h>

#include "tui/canvas.h"

struct cmdline {
	const char *prompt;
	const wchar_t *typed;
	size_t length, cursor; /* of typed */
};

struct place {
	unsigned row, column;
};

/* cmdline_rows - how many it takes, with the place for the cursor */
unsigned cmdline_rows(const struct cmdline *c, unsigned columns);

/* cmdline_draw - those rows around the cursor that fit.  Returns its place. */
struct place cmdline_draw(const struct cmdline *c, struct canvas *out);

#endif
