/*
 * pattern.h - Lua's patterns, matched in a bounded number of steps
 *
 * The language is Lua's (manual 6.4.1): classes, sets, * + - ?, captures,
 * %b %f and back references.  Every comparison of a character and every place
 * tried takes a step, so a pattern that would take for ever ends in
 * PATTERN_SPENT instead.  Nothing here knows Lua or allocates.
 */
#ifndef SCRIPT_PATTERN_H
#define SCRIPT_PATTERN_H

#include <stddef.h>
#include <stdint.h>

enum { PATTERN_CAPTURES = 32, PATTERN_DEPTH = 200 };

enum pattern_result {
	PATTERN_NO,
	PATTERN_YES,
	PATTERN_SPENT, /* out of steps */
	PATTERN_BAD    /* match.error says why */
};

struct capture {
	size_t at, length;
	enum { CAPTURE_OPEN, CAPTURE_CLOSED, CAPTURE_PLACE } kind;
};

struct match {
	size_t from, to; /* bytes of the subject */
	unsigned captures;
	struct capture capture[PATTERN_CAPTURES];
	const char *error;
};

struct bytes {
	const char *at;
	size_t length;
};

/*
 * pattern_match - does @pattern match @subject, from byte @from exactly?
 *
 * @pattern is without its ^.  *@steps is what may be taken, and is lowered.
 */
enum pattern_result pattern_match(struct bytes subject, size_t from,
				  struct bytes pattern, struct match *match,
				  uint64_t *steps);

/* pattern_find - the same, at the first place from @from on; ^ is known */
enum pattern_result pattern_find(struct bytes subject, size_t from,
				 struct bytes pattern, struct match *match,
				 uint64_t *steps);

#endif
