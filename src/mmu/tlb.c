/*
 * tlb.c - three set-associative arrays
 */
#include "mmu/tlb.h"

static struct mmu_entry *set_of(const struct mmu *m, uint32_t cpu,
				unsigned size, uint64_t set)
{
	const struct mmu_head *h = mmu_head(m);
	uint64_t *words = mmu_cpu_words(m, cpu) + h->tlb_at[size];

	return (struct mmu_entry *)words + set * h->ways[size];
}

static uint64_t set_for(const struct mmu_head *h, unsigned size, uint64_t page)
{
	return page & (h->sets[size] - 1);
}

/* The same page, and the same PCID unless the entry is global. */
static bool matches(uint64_t key, uint64_t page, uint64_t pcid)
{
	return key_page(key) == page && key_valid(key) &&
	       (key_global(key) || key_pcid(key) == pcid);
}

struct tlb_hit tlb_find(const struct mmu *m, uint32_t cpu, uint64_t la,
			uint64_t pcid)
{
	const struct mmu_head *h = mmu_head(m);

	for (unsigned size = 0; size < PAGE_SIZES; size++) {
		uint64_t page = page_number(la, size);
		struct mmu_entry *e;

		if (h->ways[size] == 0)
			continue;
		e = set_of(m, cpu, size, set_for(h, size, page));
		for (uint64_t way = 0; way < h->ways[size]; way++)
			if (matches(e[way].key, page, pcid))
				return (struct tlb_hit){ &e[way], size };
	}
	return (struct tlb_hit){ NULL, 0 };
}

/* The way whose turn it is, when none is free. */
static uint64_t next_victim(struct mmu *m, uint32_t cpu, unsigned size,
			    uint64_t set)
{
	const struct mmu_head *h = mmu_head(m);
	uint64_t *victim = mmu_cpu_words(m, cpu) + h->victim_at[size] + set;
	uint64_t way = *victim;

	mmu_set(m, victim, way + 1 == h->ways[size] ? 0 : way + 1);
	return way;
}

static void drop(struct mmu *m, struct mmu_entry *e)
{
	mmu_set(m, &e->key, 0);
	mmu_set(m, &e->value, 0);
}

/* A free way, from the lowest on, or -1; what there was for the page goes. */
static int64_t free_way(struct mmu *m, struct mmu_entry *e, uint64_t ways,
			uint64_t key)
{
	uint64_t page = key_page(key), pcid = key_pcid(key);
	int64_t free = -1;

	for (uint64_t way = ways; way-- > 0;) {
		if (matches(e[way].key, page, pcid))
			drop(m, &e[way]);
		if (!key_valid(e[way].key))
			free = (int64_t)way;
	}
	return free;
}

void tlb_fill(struct mmu *m, uint32_t cpu, unsigned size,
	      const struct mmu_entry *e)
{
	const struct mmu_head *h = mmu_head(m);
	struct mmu_entry *into;
	uint64_t set;
	int64_t way;

	if (h->ways[size] == 0)
		return;
	set = set_for(h, size, key_page(e->key));
	into = set_of(m, cpu, size, set);
	way = free_way(m, into, h->ways[size], e->key);
	into += way < 0 ? next_victim(m, cpu, size, set) : (uint64_t)way;
	mmu_set(m, &into->key, e->key);
	mmu_set(m, &into->value, e->value);
}

static bool is_meant(uint64_t key, const struct drop *what)
{
	if (!key_valid(key))
		return false;
	if (key_global(key))
		return what->globals;
	return what->any_pcid || key_pcid(key) == what->pcid;
}

void tlb_drop(struct mmu *m, uint32_t cpu, const struct drop *what)
{
	const struct mmu_head *h = mmu_head(m);

	for (unsigned size = 0; size < PAGE_SIZES; size++) {
		struct mmu_entry *e = set_of(m, cpu, size, 0);
		uint64_t n = h->sets[size] * h->ways[size];

		for (uint64_t i = 0; i < n; i++)
			if (is_meant(e[i].key, what))
				drop(m, &e[i]);
	}
}

void tlb_drop_page(struct mmu *m, uint32_t cpu, uint64_t la,
		   const struct drop *what)
{
	const struct mmu_head *h = mmu_head(m);

	for (unsigned size = 0; size < PAGE_SIZES; size++) {
		uint64_t page = page_number(la, size);
		struct mmu_entry *e;

		if (h->ways[size] == 0)
			continue;
		e = set_of(m, cpu, size, set_for(h, size, page));
		for (uint64_t way = 0; way < h->ways[size]; way++)
			if (key_page(e[way].key) == page &&
			    is_meant(e[way].key, what))
				drop(m, &e[way]);
	}
}

const struct mmu_entry *tlb_entry(const struct mmu *m, uint32_t cpu,
				  unsigned size, uint32_t set, uint32_t way)
{
	return set_of(m, cpu, size, set) + way;
}
