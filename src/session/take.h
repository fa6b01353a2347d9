/*
 * take.h - takes the next words of a statement as an argument or a flag
 *
 * For call.c, take.c and flag.c only.
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

/* flag_is - was @word typed with a dash and a letter, or two dashes? */
bool flag_is(const struct taker *t, const struct word *word);

/* flag_find - the item of @spec for the flag or keyword of @length bytes */
bool flag_find(const char *spec, const char *flag, size_t length,
	       struct spec_item *item);

/* flag_take - takes the flag at t->at, with its value */
bool flag_take(struct taker *t);

/* flag_take_next - takes the value of @item, a lead such as -c or if */
bool flag_take_next(struct taker *t, const struct word *word,
		    const struct spec_item *item);

#endif
