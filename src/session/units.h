/*
 * units.h - the ledger: where every unit of mm_users and mm_count came from
 *
 * The events since boot are read once more, statement by statement.  When one
 * reference loses a unit and another gains one, it was handed on; a gain
 * without a loss is a unit taken, a loss without a gain one given back, and
 * the counter must have moved with it.  So each live unit is known by where it
 * lies now, who has it, and when and by which statement it was taken; and the
 * units always balance with the counters.  What no holder explains (a recorded
 * mm that was there before the recording) belongs to nobody known.
 */
#ifndef SESSION_UNITS_H
#define SESSION_UNITS_H

#include "base/text.h"
#include "engine/program.h"
#include "session/held.h"

#define NUMBER_NONE UINT64_MAX /* of the event of what was there at link time */

/* When and by which statement. */
struct stamp {
	uint64_t number; /* of the event */
	uint32_t time;
	uint16_t path, statement; /* PATH_NONE: set-up, as by spawn */
};

/* One unit that is held now. */
struct unit {
	uint32_t serial; /* of the mm */
	mm_id mm;
	struct held where;
	struct stamp taken;
	size_t who;    /* in units.words: who has or last had it */
	size_t handed; /* from whom it came, or 0 */
	struct stamp handed_at;
};

/* A line of the book. */
struct posting {
	struct stamp at;
	uint32_t serial;
	uint32_t actor;
	int32_t users, count; /* what was taken (+) or given back (-) */
	int32_t users_after, count_after;
	size_t who, why;
	bool freed; /* the mm ends here */
};

/* Counters of an mm that moved in the statement that is being read. */
struct moved {
	mm_id mm;
	uint32_t serial;
	int32_t users, count; /* of the counters, less those of units */
};

struct units {
	struct world *w; /* folded up to the event that is being read */
	const struct program *p;
	uint32_t only; /* serial that is wanted; UINT32_MAX: all */
	struct unit *unit;
	size_t units, unit_room;
	struct posting *posting;
	size_t postings, posting_room;
	struct unit *floating; /* lost in this statement, not gained again */
	size_t floats, float_room;
	struct moved *moved;
	size_t moves, move_room;
	size_t first_posting; /* of this statement */
	struct event *event;  /* of the statement that is being read */
	uint64_t *number;
	size_t events, event_room;
	struct text words;
	bool failed; /* out of memory: incomplete */
};

/*
 * units_begin - an empty book for a world laid out as @like
 *
 * @only is a serial, or UINT32_MAX for all mms.
 * Errors: false when out of memory.
 */
bool units_begin(struct units *u, const struct world *like,
		 const struct program *p, uint32_t only);
void units_end(struct units *u);

/* units_see - the next event since boot */
void units_see(struct units *u, uint64_t number, const struct event *e);
/* units_settle - no more events: the last statement is whole */
void units_settle(struct units *u);

/* units_held - how many units of a mm the book knows, of one kind */
uint32_t units_held(const struct units *u, mm_id mm, uint32_t unit);

static inline const char *units_word(const struct units *u, size_t at)
{
	return text_string(&u->words) + at;
}

#endif
