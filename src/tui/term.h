/*
 * term.h - the terminal: the one place that knows ncurses' screen
 *
 * A canvas goes out, keys come in.  Cells are copied as they are: a canvas
 * holds nothing but characters that may be shown.  There is one terminal, so
 * there is no object for it.
 */
#ifndef TUI_TERM_H
#define TUI_TERM_H

#include <stdio.h>
#include <termios.h>

#include "tui/canvas.h"
#include "tui/keys.h"

/*
 * term_start - fills the terminal that @in and @out are
 *
 * Errors: false when ncurses knows no such terminal; nothing has changed then.
 */
bool term_start(FILE *in, FILE *out, bool color);
/* term_end - the terminal as it was */
void term_end(void);

/* The settings before term_start(), or NULL: it is no terminal. */
const struct termios *term_before(void);
/* What puts the screen back, for the worst case. */
const char *term_restore(void);

struct extent term_size(void);
/* term_is_ascii - only ASCII can be shown */
bool term_is_ascii(void);

/* term_show - the screen becomes @c, with the cursor there */
void term_show(const struct canvas *c, unsigned row, unsigned column);
/* term_redraw - the next term_show() draws everything */
void term_redraw(void);
void term_beep(void);

enum term_got { TERM_NOTHING, TERM_PRESS, TERM_PASTED };

/*
 * term_press - the next key, without waiting
 *
 * What was pasted is given as a whole, as UTF-8.
 */
enum term_got term_press(struct press *p, struct text *pasted);
int term_fd(void);
/* term_gone - there will be no more keys: the terminal was closed */
bool term_gone(void);

/* term_run - while a command runs, ctrl-c and ctrl-z send signals */
void term_run(bool running);
/* The keys for interrupt and suspend; they come as characters otherwise. */
wint_t term_interrupt_key(void);
wint_t term_suspend_key(void);

/* term_leave - the terminal as it was, until term_return() */
void term_leave(void);
void term_return(void);
/* term_resize - after its size has changed */
void term_resize(void);

#endif
