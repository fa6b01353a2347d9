/*
 * talk.h - the conversation that line mode and full screen share
 *
 * One interpreter, one history, and what is typed but not entered yet: all
 * that stays when `tui on|off` changes how it looks.
 */
#ifndef REPL_TALK_H
#define REPL_TALK_H

#include <histedit.h>

#include "activemm.h"
#include "base/text.h"
#include "repl/past.h"

struct talk {
	struct amm *amm;
	HistoryW *history;
	struct past *past;
	struct text entry;      /* what becomes one line of the history */
	struct text line;       /* of it, what is not run yet */
	struct text kept;       /* typed when the front end was changed */
	struct text notes;      /* to be said before the next prompt */
	enum amm_status status; /* the first that was no slip, or AMM_OK */

	/* Told around each line that runs: by whoever is in front. */
	void (*begins)(void *context, const char *line);
	void (*said)(void *context, const char *answer);
	void *context;
};

/* Why a front end has ended. */
enum talk_end {
	TALK_OVER,   /* ctrl-d, `quit`, or nobody is there any more */
	TALK_CHANGE, /* amm_tui() says that the other one is wanted */
	TALK_FAILED  /* it could not begin; t->notes says why */
};

/* talk_start - reads the history; false: out of memory */
bool talk_start(struct talk *t, struct amm *a);
void talk_end(struct talk *t);

/* talk_prompt - before the next line */
const char *talk_prompt(struct talk *t);

/*
 * talk_take - a line was entered
 *
 * It may hold several, when it was pasted; they run one after the other.  One
 * that ends in a backslash waits for the next.
 */
void talk_take(struct talk *t, const char *line);

/* talk_give_up - ctrl-c: forgets what waits for more */
void talk_give_up(struct talk *t);

#endif
