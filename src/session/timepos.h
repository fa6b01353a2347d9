/*
 * timepos.h - the names of moments in a session
 *
 *	t12	after command 12	.	now
 *	t12.3	after statement 3 of it	@start @end
 *	^ ^3	commands back from now	line:240  a line of an imported trace
 *	NAME	a bookmark
 *
 * A name is only read here.  Which moment it is, and whether the session has
 * it, is history's to say.
 */
#ifndef SESSION_TIMEPOS_H
#define SESSION_TIMEPOS_H

#include <stdbool.h>
#include <stdint.h>

struct text;

#define LABEL_BYTES 32 /* bookmarks and holders, the NUL included */

enum timepos_kind {
	TIMEPOS_NOW,
	TIMEPOS_START,
	TIMEPOS_END,
	TIMEPOS_COMMAND,   /* tN: number */
	TIMEPOS_STATEMENT, /* tN.k: number and statement */
	TIMEPOS_BACK,      /* ^N: number */
	TIMEPOS_LINE,      /* line:N: number */
	TIMEPOS_MARK,      /* label */
};

struct timepos {
	enum timepos_kind kind;
	uint32_t number, statement;
	char label[LABEL_BYTES];
};

/* timepos_read - false when @word names no moment */
bool timepos_read(const char *word, struct timepos *time);

/*
 * timepos_is_label - may @word be a bookmark?
 *
 * It begins with a letter, goes on with letters, digits, '-' and '_', is
 * shorter than LABEL_BYTES and is not read as another time.
 */
bool timepos_is_label(const char *word);

/* timepos_print - appends the name of @time, as timepos_read() takes it */
void timepos_print(struct text *out, const struct timepos *time);

#endif
