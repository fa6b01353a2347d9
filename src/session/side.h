/*
 * side.h - one of two machines that run the same script
 *
 * A side has a session of its own, which the comparing one never sees again.
 * Each line of the script leaves what it did there as a list of short lines:
 * its effects without their reasons, or what a looking command said; then what
 * it cost.
 */
#ifndef SESSION_SIDE_H
#define SESSION_SIDE_H

#include "session/session.h"
#include "session/tally.h"

enum { SIDE_LINES_MAX = 400 };

struct side {
	struct amm *a;
	const struct profile *kernel;
	const struct history *history; /* another one after a boot */
	uint64_t event;                /* how many were told about */
	struct tally total, line;      /* since boot; of the last line */
	bool refused;                  /* the last line was not done */
	struct text words;
	size_t lines;
	const char *at[SIDE_LINES_MAX]; /* in words */
};

/*
 * side_start - boots @kernel with the CPUs and seed of @model
 *
 * Errors: false when out of memory.  side_end() in any case.
 */
bool side_start(struct side *s, const struct amm *model,
		const struct profile *kernel);
void side_end(struct side *s);

/* side_run - one line; a kernel that refuses it says so as its only line */
void side_run(struct side *s, const char *line, size_t length);

#endif
