/*
 * tui.h - the conversation in a full screen: panes, what was said, the line
 *
 * ncurses has the terminal, libedit edits a line in memory (edit.h), and each
 * key is drawn at once.  While a command runs the panes follow it.
 */
#ifndef TUI_TUI_H
#define TUI_TUI_H

#include "repl/talk.h"

struct tui;

/* tui_new - for this conversation; NULL: out of memory */
struct tui *tui_new(struct talk *talk, bool color);
void tui_free(struct tui *t);

/*
 * tui_run - reads and answers lines until it ends: see enum talk_end
 *
 * Standard input and output must be a terminal.
 */
enum talk_end tui_run(struct tui *t);

#endif
