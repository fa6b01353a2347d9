/*
 * bindings.c - a hash table with open addressing
 *
 * Nothing is ever walked in the order of the table, so that order decides
 * nothing.
 */
#include "trace/bindings.h"

#include "base/mem.h"

enum { ROOM_FIRST = 64 };

struct binding {
	uint64_t key; /* 0: free */
	uint32_t value;
};

static size_t home(const struct bindings *n, uint64_t key)
{
	return (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 32) &
	       (n->room - 1);
}

/* Where @key stands, or would. */
static size_t find(const struct bindings *n, uint64_t key)
{
	size_t at = home(n, key);

	while (n->at[at].key != 0 && n->at[at].key != key)
		at = (at + 1) & (n->room - 1);
	return at;
}

uint32_t bindings_get(const struct bindings *n, uint64_t key)
{
	return n->room ? n->at[find(n, key)].value : 0;
}

static bool grow(struct bindings *n)
{
	struct bindings more = { .room = n->room ? n->room * 2 : ROOM_FIRST };

	more.at = am_calloc(more.room, sizeof *more.at);
	if (!more.at)
		return false;
	for (size_t i = 0; i < n->room; i++)
		if (n->at[i].key != 0)
			more.at[find(&more, n->at[i].key)] = n->at[i];
	am_free(n->at);
	n->at = more.at;
	n->room = more.room;
	return true;
}

bool bindings_set(struct bindings *n, uint64_t key, uint32_t value)
{
	size_t at;

	if (n->used * 2 >= n->room && !grow(n))
		return false;
	at = find(n, key);
	if (n->at[at].key == 0)
		n->used++;
	n->at[at] = (struct binding){ key, value };
	return true;
}

/* What was pushed on past the hole moves back, so that it is still found. */
void bindings_drop(struct bindings *n, uint64_t key)
{
	size_t hole, at, mask = n->room - 1;

	if (!n->room)
		return;
	hole = at = find(n, key);
	if (n->at[hole].key == 0)
		return;
	n->used--;
	for (;;) {
		at = (at + 1) & mask;
		if (n->at[at].key == 0)
			break;
		if (((at - home(n, n->at[at].key)) & mask) >=
		    ((at - hole) & mask)) {
			n->at[hole] = n->at[at];
			hole = at;
		}
	}
	n->at[hole] = (struct binding){ 0, 0 };
}

void bindings_free(struct bindings *n)
{
	am_free(n->at);
	*n = (struct bindings){ 0 };
}
