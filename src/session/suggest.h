/*
 * suggest.h - "did you mean": the nearest of the words that were possible
 *
 * Near is a Damerau-Levenshtein distance of at most 2 (letters dropped,
 * added, changed, or two neighbours swapped) that is also at most a third of
 * the longer word, so that short words do not resemble everything.
 *
 * Start with suggest_init(), offer every possible word, read the best three.
 */
#ifndef SESSION_SUGGEST_H
#define SESSION_SUGGEST_H

#include <stddef.h>

#define SUGGEST_MAX 3
#define SUGGEST_BYTES 32 /* longer words are neither sought nor offered */

struct suggest {
	char word[SUGGEST_BYTES]; /* empty: too long to be a slip */
	unsigned count;
	struct {
		char word[SUGGEST_BYTES];
		unsigned distance;
	} best[SUGGEST_MAX]; /* nearest first; equally near as offered */
};

void suggest_init(struct suggest *s, const char *word, size_t length);
void suggest_offer(struct suggest *s, const char *candidate);

/* Room for what suggest_phrase() says. */
#define SUGGEST_PHRASE (SUGGEST_MAX * (SUGGEST_BYTES + 8) + 16)

/* suggest_phrase - "did you mean 'a' or 'b'?"; empty when nothing is near */
void suggest_phrase(const struct suggest *s, char out[static SUGGEST_PHRASE]);

/* suggest_distance - between two words shorter than SUGGEST_BYTES */
unsigned suggest_distance(const char *a, const char *b);

#endif
