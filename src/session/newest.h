/*
 * newest.h - the newest events of a session, in blocks
 *
 * The last 2^20 at least are kept.  When that many are there the oldest block
 * takes the new ones, so an event is written once and never moved.
 */
#ifndef SESSION_NEWEST_H
#define SESSION_NEWEST_H

#include "engine/event.h"

enum {
	EVENTS_KEPT = 1 << 20,
	EVENTS_IN_BLOCK = 1 << 14,
	EVENT_BLOCKS = EVENTS_KEPT / EVENTS_IN_BLOCK + 2
};

struct event_block {
	uint64_t first; /* number of event[0] */
	size_t count;
	struct event event[EVENTS_IN_BLOCK];
};

struct newest {
	struct event_block *block[EVENT_BLOCKS]; /* the oldest first */
	uint32_t blocks;
};

/*
 * newest_room - where the events from number @next on can be told
 *
 * There is room for STEP_EVENTS_MAX at least; newest_add() says how many were.
 * Errors: false when out of memory.
 */
bool newest_room(struct newest *n, uint64_t next, struct event_log *log);
void newest_add(struct newest *n, const struct event_log *log);

/* The number of the oldest that is kept; @next when none is. */
uint64_t newest_first(const struct newest *n, uint64_t next);
/* Those from number @end on are forgotten. */
void newest_cut(struct newest *n, uint64_t end);
/* The event of this number.  Needs: it is kept. */
const struct event *newest_at(const struct newest *n, uint64_t number);
void newest_free(struct newest *n);

#endif
