/*
 * tui_parts.h - what the parts of the full screen share; not for others
 */
#ifndef TUI_TUI_PARTS_H
#define TUI_TUI_PARTS_H

#include "repl/talk.h"
#include "tui/edit.h"
#include "tui/log.h"
#include "tui/popup.h"
#include "tui/screen.h"
#include "tui/term.h"

enum choice { CHOICE_WORD, CHOICE_EARLIER };

struct tui {
	struct talk *talk;
	bool color;
	struct edit *edit;
	struct log log; /* stays while line mode is in front */

	/* choose.c: the list that popped up */
	struct popup popup;
	enum choice choice;
	size_t typed;       /* characters that the choice replaces */
	struct text filter; /* of CHOICE_EARLIER */

	/* input.c */
	wchar_t queue[KEYS_CHARACTERS]; /* of one key, for libedit */
	size_t queued;
	struct text pasted;

	/* view.c */
	struct canvas canvas, panes; /* all of it; without log and line */
	struct layout layout;
	unsigned line_rows; /* panes was drawn for */
	bool stale;         /* panes is old */
	unsigned beeps;     /* heard so far */

	/* while a line runs */
	bool running;
	uint64_t next_draw; /* milliseconds */
};

/* view.c: draws everything, once. */
void view_draw(struct tui *t);
void view_free(struct tui *t);

/* input.c: what edit.h calls key(). */
int input_key(void *context, wchar_t *c);
/* Does what signals asked for: another size, suspend. */
void input_signals(struct tui *t);

/* choose.c: Tab and ctrl-r. */
void choose_word(struct tui *t);
void choose_earlier(struct tui *t);

enum chosen {
	CHOSEN_NOT,  /* the list is closed; the key is for the line */
	CHOSEN_MORE, /* it was for the list */
	CHOSEN       /* the line is to be changed, as edit.h was asked */
};

/* A key while the list is open. */
enum chosen choose_press(struct tui *t, const struct press *p);

#endif
