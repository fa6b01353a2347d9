/*
 * places.h - where each record of a recording left the time line
 *
 * A record is mostly one line and a few statements further than the one before
 * it, so a place takes one byte; some stand in a table, to start from.
 */
#ifndef TRACE_PLACES_H
#define TRACE_PLACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct place_mark {
	size_t byte; /* of the next place */
	uint32_t line, statement;
};

struct places {
	uint8_t *bytes;
	size_t used, room;
	struct place_mark *mark; /* before each PLACES_MARKED-th place */
	size_t marks, mark_room;
	size_t count;
	uint32_t first_line;
	uint32_t line, statement; /* of the last */
};

/*
 * places_add - the record on @line has ended after so many statements
 *
 * Needs:  neither is less than that of the record before.
 * Errors: false when out of memory.
 */
bool places_add(struct places *p, uint32_t line, uint32_t statement);
/* The statements after the last record up to @line; false: there is none. */
bool places_find(const struct places *p, uint32_t line, uint32_t *statement);
void places_free(struct places *p);

#endif
