/*
 * ram.c - the table of lines
 *
 * A key is the number of the line plus 1, so 0 means that a place is free.
 */
#include "mmu/ram.h"

#include <assert.h>
#include <string.h>

enum { LINE_WORDS = 8, LINE_SHIFT = 6 };

struct table {
	uint64_t *keys, *data;
	uint64_t mask; /* places - 1 */
};

static struct table table_of(const struct mmu *m)
{
	const struct mmu_head *h = mmu_head(m);

	return (struct table){ m->words + h->ram_keys_at,
			       m->words + h->ram_data_at, h->ram_lines - 1 };
}

/* Lines of one page of tables lie side by side, as they are read. */
static uint64_t home(const struct table *t, uint64_t key)
{
	uint64_t line = key - 1, page = line >> 6;

	page *= 0x9e3779b97f4a7c15ull;
	return ((page >> 24) + (line & 63)) & t->mask;
}

/* Where the key is, or would be: the first place that does not go before it. */
static uint64_t find(const struct table *t, uint64_t key, bool *found)
{
	uint64_t at = home(t, key);

	while (t->keys[at] && t->keys[at] != key)
		at = (at + 1) & t->mask;
	*found = t->keys[at] == key;
	return at;
}

uint64_t ram_read64(const struct mmu *m, uint64_t pa)
{
	struct table t = table_of(m);
	bool found;
	uint64_t at = find(&t, (pa >> LINE_SHIFT) + 1, &found);

	return found ? t.data[at * LINE_WORDS + (pa >> 3 & 7)] : 0;
}

static void put_line(struct mmu *m, const struct table *t, uint64_t at,
		     uint64_t key, const uint64_t *line)
{
	mmu_set(m, &t->keys[at], key);
	for (unsigned i = 0; i < LINE_WORDS; i++)
		mmu_set(m, &t->data[at * LINE_WORDS + i], line[i]);
}

static void count_lines(struct mmu *m, uint64_t add)
{
	struct mmu_head *h = (struct mmu_head *)m->words;

	mmu_set(m, &h->ram_used, h->ram_used + add);
}

/* A smaller key takes the place, and who had it looks for another. */
static void insert(struct mmu *m, const struct table *t, uint64_t key,
		   const uint64_t *data)
{
	uint64_t at = home(t, key), line[LINE_WORDS], had[LINE_WORDS];

	memcpy(line, data, sizeof line);
	while (t->keys[at]) {
		if (key < t->keys[at]) {
			uint64_t other = t->keys[at];

			memcpy(had, &t->data[at * LINE_WORDS], sizeof had);
			put_line(m, t, at, key, line);
			memcpy(line, had, sizeof line);
			key = other;
		}
		at = (at + 1) & t->mask;
	}
	put_line(m, t, at, key, line);
	count_lines(m, 1);
}

/* May the line at @from stand at @hole, which lies before it? */
static bool may_move(const struct table *t, uint64_t hole, uint64_t from)
{
	uint64_t wish = home(t, t->keys[from]);

	return ((from - wish) & t->mask) >= ((from - hole) & t->mask);
}

/* The next line that may fill the hole does, and leaves another. */
static void delete (struct mmu *m, const struct table *t, uint64_t hole)
{
	static const uint64_t nothing[LINE_WORDS];

	for (uint64_t at = (hole + 1) & t->mask; t->keys[at];
	     at = (at + 1) & t->mask) {
		if (!may_move(t, hole, at))
			continue;
		put_line(m, t, hole, t->keys[at], &t->data[at * LINE_WORDS]);
		hole = at;
	}
	put_line(m, t, hole, 0, nothing);
	count_lines(m, (uint64_t)-1);
}

static bool is_empty(const struct table *t, uint64_t at)
{
	uint64_t any = 0;

	for (unsigned i = 0; i < LINE_WORDS; i++)
		any |= t->data[at * LINE_WORDS + i];
	return any == 0;
}

bool ram_write64(struct mmu *m, uint64_t pa, uint64_t value)
{
	const struct mmu_head *h = mmu_head(m);
	struct table t = table_of(m);
	uint64_t key = (pa >> LINE_SHIFT) + 1, line[LINE_WORDS] = { 0 };
	bool found;
	uint64_t at = find(&t, key, &found);

	assert(pa % 8 == 0 && pa >> 52 == 0);
	if (found) {
		mmu_set(m, &t.data[at * LINE_WORDS + (pa >> 3 & 7)], value);
		if (value == 0 && is_empty(&t, at))
			delete (m, &t, at);
		return true;
	}
	if (value == 0)
		return true;
	if (h->ram_used >= h->ram_lines - h->ram_lines / 8)
		return false;
	line[pa >> 3 & 7] = value;
	insert(m, &t, key, line);
	return true;
}
