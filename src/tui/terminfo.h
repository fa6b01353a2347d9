/*
 * terminfo.h - is this terminal known?
 *
 * term.h of ncurses gives common words such as `lines` another meaning, so the
 * one function that needs it is alone.
 */
#ifndef TUI_TERMINFO_H
#define TUI_TERMINFO_H

#include <stdbool.h>

/* terminfo_knows - whether $TERM, on @fd, is a terminal for full screens */
bool terminfo_knows(int fd);

#endif
