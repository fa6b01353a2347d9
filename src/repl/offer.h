/*
 * offer.h - what completion can put in by itself
 *
 * What all offered words share is put in, but what stands there already is
 * never taken back.
 */
#ifndef REPL_OFFER_H
#define REPL_OFFER_H

#include "base/text.h"

struct offer {
	struct text common; /* what all words share */
	unsigned count;
};

/* offer_add - one more word */
void offer_add(struct offer *o, const char *word);

/*
 * offer_rest - what follows @typed, of @length bytes; "" when nothing does
 *
 * Behind a word that is the only one there is a blank, unless it wants a
 * value.  Valid until the next call for @o.
 */
const char *offer_rest(struct offer *o, const char *typed, size_t length);

void offer_free(struct offer *o);

#endif
