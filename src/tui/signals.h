/*
 * signals.h - signals while the full screen is up
 *
 * While the line is edited they are held back and arrive only while
 * signals_wait() waits, so none is missed between looking and waiting.  While
 * a command runs they arrive at once: INT, TERM and HUP stop it.  A handler
 * only notes what has come.
 *
 * When the program crashes the terminal is put back first, with what was made
 * ready for that before; then it crashes as it would have.
 */
#ifndef TUI_SIGNALS_H
#define TUI_SIGNALS_H

#include <stdbool.h>
#include <termios.h>

#include "activemm.h"

/* signals_start - from now on; @a is who is interrupted */
void signals_start(struct amm *a);
/* signals_end - as it was before signals_start() */
void signals_end(void);

/* signals_run - a command starts or ends */
void signals_run(bool running);

/* signals_wait - until @fd can be read (true), or a signal has come */
bool signals_wait(int fd);

/* What has come since it was last asked. */
bool signals_resized(void);
bool signals_stopped(void);   /* TSTP: suspend */
bool signals_continued(void); /* CONT: the terminal may look otherwise */
/* signals_ending - TERM or HUP, if one has come; else 0 */
int signals_ending(void);

/* signals_suspend - stops the program here, until it is continued */
void signals_suspend(void);
/* signals_die - ends the program as @signal does */
void signals_die(int signal);

/*
 * signals_guard - what a crash does: @restore is written to @out, and terminal
 * @in is set to @tty; both are copied
 */
void signals_guard(int in, int out, const struct termios *tty,
		   const char *restore);

#endif
