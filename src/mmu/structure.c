/*
 * structure.c - four direct-mapped arrays
 */
#include "mmu/structure.h"

static struct mmu_entry *level_of(const struct mmu *m, uint32_t cpu,
				  unsigned level)
{
	const struct mmu_head *h = mmu_head(m);
	uint64_t *words = mmu_cpu_words(m, cpu) + h->structures_at;

	return (struct mmu_entry *)words + (level - 2) * h->structures;
}

static struct mmu_entry *place_of(const struct mmu *m, uint32_t cpu,
				  unsigned level, uint64_t la)
{
	uint64_t mask = mmu_head(m)->structures - 1;

	return level_of(m, cpu, level) + (region_number(la, level) & mask);
}

const struct mmu_entry *structure_find(const struct mmu *m, uint32_t cpu,
				       unsigned level, uint64_t la,
				       uint64_t pcid)
{
	const struct mmu_entry *e;

	if (mmu_head(m)->structures == 0)
		return NULL;
	e = place_of(m, cpu, level, la);
	return e->key == tlb_key(region_number(la, level), pcid, false) ? e
									: NULL;
}

void structure_fill(struct mmu *m, uint32_t cpu, unsigned level, uint64_t la,
		    const struct mmu_entry *e)
{
	struct mmu_entry *into;

	if (mmu_head(m)->structures == 0)
		return;
	into = place_of(m, cpu, level, la);
	mmu_set(m, &into->key, e->key);
	mmu_set(m, &into->value, e->value);
}

void structure_drop(struct mmu *m, uint32_t cpu, const struct drop *what)
{
	struct mmu_entry *e = level_of(m, cpu, 2);
	uint64_t n = 4 * mmu_head(m)->structures;

	for (uint64_t i = 0; i < n; i++) {
		if (!key_valid(e[i].key) ||
		    !(what->any_pcid || key_pcid(e[i].key) == what->pcid))
			continue;
		mmu_set(m, &e[i].key, 0);
		mmu_set(m, &e[i].value, 0);
	}
}
