/*
 * places.c - where each record of a recording left the time line
 *
 * One byte: so many statements, on the next line; or FAR, then how many lines
 * and statements, in sevens of bits, the lowest first.
 */
#include "trace/places.h"

#include <assert.h>

#include "base/mem.h"

enum { PLACES_MARKED = 1024, ROOM_FIRST = 4096, FAR = 0x80, PLACE_BYTES = 11 };

static uint8_t *put(uint8_t *to, uint32_t n)
{
	for (; n >= 0x80; n >>= 7)
		*to++ = (uint8_t)(n | 0x80);
	*to++ = (uint8_t)n;
	return to;
}

static const uint8_t *get(const uint8_t *from, uint32_t *n)
{
	uint32_t shift = 0;

	*n = 0;
	do
		*n |= (uint32_t)(*from & 0x7f) << shift;
	while (shift += 7, *from++ & 0x80);
	return from;
}

static bool make_room(struct places *p)
{
	size_t room = p->room ? p->room + p->room / 2 : ROOM_FIRST;
	uint8_t *more;

	if (p->room - p->used >= PLACE_BYTES)
		return true;
	more = am_realloc(p->bytes, room, 1);
	if (!more)
		return false;
	p->bytes = more;
	p->room = room;
	return true;
}

static bool make_mark(struct places *p)
{
	size_t room = p->mark_room ? 2 * p->mark_room : 16;
	struct place_mark *more;

	if (p->marks == p->mark_room) {
		more = am_realloc(p->mark, room, sizeof *more);
		if (!more)
			return false;
		p->mark = more;
		p->mark_room = room;
	}
	p->mark[p->marks++] =
		(struct place_mark){ p->used, p->line, p->statement };
	return true;
}

bool places_add(struct places *p, uint32_t line, uint32_t statement)
{
	uint32_t lines = line - p->line, statements = statement - p->statement;
	uint8_t *to;

	assert(line >= p->line && statement >= p->statement);
	if (!make_room(p) || (p->count % PLACES_MARKED == 0 && !make_mark(p)))
		return false;
	to = p->bytes + p->used;
	if (lines == 1 && statements < FAR) {
		*to++ = (uint8_t)statements;
	} else {
		*to++ = FAR;
		to = put(put(to, lines), statements);
	}
	p->used = (size_t)(to - p->bytes);
	if (p->count++ == 0)
		p->first_line = line;
	p->line = line;
	p->statement = statement;
	return true;
}

/* The last mark before the places of @line. */
static const struct place_mark *mark_before(const struct places *p,
					    uint32_t line)
{
	size_t low = 0, high = p->marks;

	while (low + 1 < high) {
		size_t middle = low + (high - low) / 2;

		if (p->mark[middle].line <= line)
			low = middle;
		else
			high = middle;
	}
	return &p->mark[low];
}

bool places_find(const struct places *p, uint32_t line, uint32_t *statement)
{
	struct place_mark at;

	if (p->count == 0 || line < p->first_line)
		return false;
	at = *mark_before(p, line);
	while (at.byte < p->used) {
		const uint8_t *from = p->bytes + at.byte;
		uint32_t lines = 1, statements = *from++;

		if (statements == FAR)
			from = get(get(from, &lines), &statements);
		if (lines > line - at.line)
			break;
		at.byte = (size_t)(from - p->bytes);
		at.line += lines;
		at.statement += statements;
	}
	*statement = at.statement;
	return true;
}

void places_free(struct places *p)
{
	am_free(p->bytes);
	am_free(p->mark);
	*p = (struct places){ 0 };
}
