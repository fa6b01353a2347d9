/*
 * mem.c - the one allocator
 */
#include "base/mem.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/failpoint.h"

/* Stands before each block; as big as the strictest alignment asks. */
union header {
	struct {
		size_t bytes;
		size_t guard; /* GUARD while alive: catches wild frees */
	} block;
	max_align_t align;
};

#define GUARD ((size_t)0xac71feb10cb10c5u)

static struct mem_stats stats;
static struct failpoint failpoint;
static size_t cap = SIZE_MAX;

static union header *header_of(void *block)
{
	union header *h = (union header *)block - 1;

	assert(h->block.guard == GUARD);
	return h;
}

/* Whether @bytes may be allocated once @released bytes are given back. */
static bool fits(size_t bytes, size_t released)
{
	size_t others = stats.live_bytes - released;

	if (failpoint_hit(&failpoint))
		return false;
	return bytes <= SIZE_MAX - sizeof(union header) && others <= cap &&
	       bytes <= cap - others;
}

static void *count_in(union header *h, size_t bytes)
{
	h->block.bytes = bytes;
	h->block.guard = GUARD;
	stats.live_bytes += bytes;
	stats.live_blocks++;
	if (stats.live_bytes > stats.peak_bytes)
		stats.peak_bytes = stats.live_bytes;
	return h + 1;
}

static void count_out(size_t bytes)
{
	stats.live_bytes -= bytes;
	stats.live_blocks--;
}

void *am_alloc(size_t bytes)
{
	union header *h;

	if (!fits(bytes, 0))
		return NULL;
	h = malloc(sizeof *h + bytes);
	return h ? count_in(h, bytes) : NULL;
}

void *am_calloc(size_t count, size_t size)
{
	union header *h;
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes) || !fits(bytes, 0))
		return NULL;
	h = calloc(1, sizeof *h + bytes);
	return h ? count_in(h, bytes) : NULL;
}

void *am_realloc(void *block, size_t count, size_t size)
{
	union header *old, *h;
	size_t bytes, before;

	if (__builtin_mul_overflow(count, size, &bytes))
		return NULL;
	if (!block)
		return am_alloc(bytes);
	old = header_of(block);
	before = old->block.bytes;
	if (!fits(bytes, before))
		return NULL;
	h = realloc(old, sizeof *h + bytes);
	if (!h)
		return NULL;
	count_out(before);
	return count_in(h, bytes);
}

void am_free(void *block)
{
	union header *h;

	if (!block)
		return;
	h = header_of(block);
	count_out(h->block.bytes);
	h->block.guard = 0;
	free(h);
}

char *am_strdup(const char *string)
{
	size_t bytes = strlen(string) + 1;
	char *copy = am_alloc(bytes);

	return copy ? memcpy(copy, string, bytes) : NULL;
}

struct mem_stats mem_stats(void)
{
	struct mem_stats now = stats;

	now.calls = failpoint.calls;
	return now;
}

void mem_cap(size_t bytes)
{
	cap = bytes;
}

void mem_fail_at(uint64_t nth, bool onward)
{
	failpoint = (struct failpoint){ .nth = nth, .onward = onward };
}
