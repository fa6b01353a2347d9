/*
 * past.h - the lines of earlier conversations, in a file
 *
 * `history` in the state directory: one line each, the newest last.  Lines are
 * appended as they are typed, so a crash loses none; a file that got long is
 * cut to its newest half at the next start.
 */
#ifndef REPL_PAST_H
#define REPL_PAST_H

#include <histedit.h>

#include "base/text.h"

enum { PAST_LINES = 1000, PAST_CHARACTERS = 1000 };

struct past;

/*
 * past_open - fills @history from the file
 *
 * Errors: what cannot be read or kept is said in @notes, and NULL is fine for
 * the functions below.
 */
struct past *past_open(HistoryW *history, struct text *notes);
/* past_add - the newest line; pasted ones come back one by one */
void past_add(struct past *p, const char *line);
void past_close(struct past *p);

/*
 * past_enter - makes @line the newest of @history
 *
 * One that is longer than PAST_CHARACTERS is not taken: libedit keeps a line
 * in progress in less room than that, and would cut it.
 */
void past_enter(HistoryW *history, const char *line);

#endif
