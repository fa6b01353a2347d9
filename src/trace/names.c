/*
 * names.c - a hash table with open addressing
 *
 * Nothing is ever walked in the order of the table, so that order decides
 * nothing.
 */
#include "trace/names.h"

#include "base/mem.h"

enum { ROOM_FIRST = 64 };

struct name {
	uint64_t key; /* 0: free */
	uint32_t value;
};

static size_t home(const struct names *n, uint64_t key)
{
	return (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 32) &
	       (n->room - 1);
}

/* Where @key stands, or would. */
static size_t find(const struct names *n, uint64_t key)
{
	size_t at = home(n, key);

	while (n->name[at].key != 0 && n->name[at].key != key)
		at = (at + 1) & (n->room - 1);
	return at;
}

uint32_t names_get(const struct names *n, uint64_t key)
{
	return n->room ? n->name[find(n, key)].value : 0;
}

static bool grow(struct names *n)
{
	struct names more = { .room = n->room ? n->room * 2 : ROOM_FIRST };

	more.name = am_calloc(more.room, sizeof *more.name);
	if (!more.name)
		return false;
	for (size_t i = 0; i < n->room; i++)
		if (n->name[i].key != 0)
			more.name[find(&more, n->name[i].key)] = n->name[i];
	am_free(n->name);
	n->name = more.name;
	n->room = more.room;
	return true;
}

bool names_set(struct names *n, uint64_t key, uint32_t value)
{
	size_t at;

	if (n->used * 2 >= n->room && !grow(n))
		return false;
	at = find(n, key);
	if (n->name[at].key == 0)
		n->used++;
	n->name[at] = (struct name){ key, value };
	return true;
}

/* What was pushed on past the hole moves back, so that it is still found. */
void names_drop(struct names *n, uint64_t key)
{
	size_t hole, at, mask = n->room - 1;

	if (!n->room)
		return;
	hole = at = find(n, key);
	if (n->name[hole].key == 0)
		return;
	n->used--;
	for (;;) {
		at = (at + 1) & mask;
		if (n->name[at].key == 0)
			break;
		if (((at - home(n, n->name[at].key)) & mask) >=
		    ((at - hole) & mask)) {
			n->name[hole] = n->name[at];
			hole = at;
		}
	}
	n->name[hole] = (struct name){ 0, 0 };
}

void names_free(struct names *n)
{
	am_free(n->name);
	*n = (struct names){ 0 };
}
