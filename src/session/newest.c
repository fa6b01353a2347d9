/*
 * newest.c - the newest events of a session, in blocks
 */
#include "session/newest.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"

static struct event_block *last_block(const struct newest *n)
{
	return n->blocks ? n->block[n->blocks - 1] : NULL;
}

/* A new block, or the oldest as a new one. */
static bool next_block(struct newest *n)
{
	struct event_block *b;

	if (n->blocks < EVENT_BLOCKS) {
		b = am_alloc(sizeof *b);
		if (!b)
			return false;
		n->block[n->blocks++] = b;
		return true;
	}
	b = n->block[0];
	memmove(n->block, n->block + 1, (EVENT_BLOCKS - 1) * sizeof *n->block);
	n->block[EVENT_BLOCKS - 1] = b;
	return true;
}

bool newest_room(struct newest *n, uint64_t next, struct event_log *log)
{
	struct event_block *b = last_block(n);

	if (!b || b->count + STEP_EVENTS_MAX > EVENTS_IN_BLOCK) {
		if (!next_block(n))
			return false;
		b = last_block(n);
		b->count = 0;
	}
	if (b->count == 0)
		b->first = next;
	assert(b->first + b->count == next);
	*log = (struct event_log){ .events = b->event + b->count,
				   .capacity = EVENTS_IN_BLOCK - b->count };
	return true;
}

void newest_add(struct newest *n, const struct event_log *log)
{
	last_block(n)->count += log->count;
}

uint64_t newest_first(const struct newest *n, uint64_t next)
{
	return n->blocks ? n->block[0]->first : next;
}

/* A block that holds none is of no use: whoever needs one makes it again. */
void newest_cut(struct newest *n, uint64_t end)
{
	while (n->blocks && last_block(n)->first >= end)
		am_free(n->block[--n->blocks]);
	if (n->blocks && last_block(n)->first + last_block(n)->count > end)
		last_block(n)->count = (size_t)(end - last_block(n)->first);
	/* What lies behind a gap could not be told from what lies in it. */
	if (n->blocks && last_block(n)->first + last_block(n)->count < end)
		newest_free(n);
}

const struct event *newest_at(const struct newest *n, uint64_t number)
{
	uint32_t low = 0, high = n->blocks;

	while (low + 1 < high) {
		uint32_t middle = low + (high - low) / 2;

		if (n->block[middle]->first <= number)
			low = middle;
		else
			high = middle;
	}
	assert(low < n->blocks);
	return &n->block[low]->event[number - n->block[low]->first];
}

void newest_free(struct newest *n)
{
	while (n->blocks)
		am_free(n->block[--n->blocks]);
}
