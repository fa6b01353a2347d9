/*
 * take.h - takes the next words of a statement as one argument (call.c only)
 *
 * Most arguments are one word.  An expression goes as far as it makes sense,
 * a text or a command to the end of the statement.
 */
#ifndef SESSION_TAKE_H
#define SESSION_TAKE_H

#include "session/call.h"

struct taker {
	const struct line *line;
	const struct statement *statement;
	struct call *call;
	struct error *error;
	unsigned at;      /* the next word */
	const char *spec; /* after item */
	struct spec_item item;
	bool flags_ended; /* by `--` */
};

/* take_value - fills @arg from the words at t->at, and passes them */
bool take_value(struct taker *t, const struct spec_item *item, struct arg *arg);

/* take_word - fills @arg from one word, or a part of one */
bool take_word(struct taker *t, const struct spec_item *item,
	       const struct word *word, struct arg *arg);

#endif
