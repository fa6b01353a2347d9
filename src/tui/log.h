/*
 * log.h - what was typed and answered, as lines that can be scrolled
 *
 * Only the newest two million bytes are kept.  Lines are stored escaped, and
 * broken to the width of the window when they are drawn.
 */
#ifndef TUI_LOG_H
#define TUI_LOG_H

#include "tui/canvas.h"

struct log {
	struct text lines; /* each: its kind, its text, a newline */
	unsigned scrolled; /* rows below what is shown */
	unsigned page;     /* rows of the last drawing */
};

enum log_kind { LOG_SAID = ' ', LOG_TYPED = '>' };

/* log_add - appends lines, and shows the newest again */
void log_add(struct log *l, enum log_kind kind, const char *text);
void log_free(struct log *l);

/* log_scroll - by @pages, up when positive */
void log_scroll(struct log *l, int pages);

/*
 * log_draw - the newest rows that fit, or those scrolled to
 *
 * @growing is what the command that runs has said so far: shown, not kept.
 */
void log_draw(struct log *l, const char *growing, struct canvas *out);

#endif
