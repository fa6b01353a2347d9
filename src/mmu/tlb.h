/*
 * tlb.h - the translation lookaside buffer of a CPU
 *
 * One set-associative array for each page size.  An entry is two words: a key
 * (page number, PCID, global, valid) and a value (frame, rights).  The rights
 * are those of all levels together, so that permissions are checked at each
 * use, with the control registers as they are then.  A new entry takes a free
 * way of its set, else the one whose turn it is: a hit changes nothing.
 *
 * Source: SDM Vol. 3, 4.10.2 (what a TLB holds), 4.10.4 (what drops entries)
 */
#ifndef MMU_TLB_H
#define MMU_TLB_H

#include "mmu/bits.h"
#include "mmu/block.h"

/* Rights, in the low bits of a value. */
enum {
	RIGHT_W = 1,  /* R/W set at all levels */
	RIGHT_U = 2,  /* U/S set at all levels */
	RIGHT_NX = 4, /* NX at some level (and EFER.NXE) */
	RIGHT_D = 8,  /* the leaf's dirty bit is set */
	RIGHT_PKEY_SHIFT = 4
};

/* Keys: page number << 14 | PCID << 2 | global << 1 | valid. */
#define KEY_VALID 1ull
#define KEY_GLOBAL 2ull
#define KEY_PCID_SHIFT 2
#define KEY_PAGE_SHIFT 14

static inline bool key_valid(uint64_t key)
{
	return key & KEY_VALID;
}
static inline bool key_global(uint64_t key)
{
	return key & KEY_GLOBAL;
}
static inline uint64_t key_pcid(uint64_t key)
{
	return key >> KEY_PCID_SHIFT & CR3_PCID;
}
static inline uint64_t key_page(uint64_t key)
{
	return key >> KEY_PAGE_SHIFT;
}

/* A linear address without its sign extension: what keys are made of. */
static inline uint64_t linear_bits(uint64_t la)
{
	return la & (BIT64(57) - 1);
}
static inline uint64_t page_number(uint64_t la, unsigned size)
{
	return linear_bits(la) >> page_shift(size);
}
static inline uint64_t tlb_key(uint64_t page, uint64_t pcid, bool global)
{
	return page << KEY_PAGE_SHIFT | pcid << KEY_PCID_SHIFT |
	       (global ? KEY_GLOBAL : 0) | KEY_VALID;
}

/* A hit: the entry and its page size. */
struct tlb_hit {
	struct mmu_entry *entry; /* NULL: a miss */
	unsigned size;
};

/* tlb_find - the entry for @la under @pcid, or a global one */
struct tlb_hit tlb_find(const struct mmu *m, uint32_t cpu, uint64_t la,
			uint64_t pcid);

/* tlb_small - the entry for a small page that is not global, or NULL */
static inline const struct mmu_entry *
tlb_small(const struct mmu *m, uint32_t cpu, uint64_t la, uint64_t pcid)
{
	const struct mmu_head *h = mmu_head(m);
	uint64_t page = page_number(la, PAGE_4K), ways = h->ways[PAGE_4K];
	uint64_t key = tlb_key(page, pcid, false);
	const uint64_t *words = mmu_cpu_words(m, cpu) + h->tlb_at[PAGE_4K];
	const struct mmu_entry *e = (const struct mmu_entry *)words +
				    (page & (h->sets[PAGE_4K] - 1)) * ways;

	for (uint64_t way = 0; way < ways; way++)
		if (e[way].key == key)
			return &e[way];
	return NULL;
}

/* tlb_fill - the translation is cached; what there was for the page goes */
void tlb_fill(struct mmu *m, uint32_t cpu, unsigned size,
	      const struct mmu_entry *e);

/* What to drop: entries of one PCID or any, with or without global ones. */
struct drop {
	bool any_pcid;
	uint64_t pcid;
	bool globals; /* global entries too */
};
/* tlb_drop - all that @what says */
void tlb_drop(struct mmu *m, uint32_t cpu, const struct drop *what);
/* tlb_drop_page - of those, only what translates @la */
void tlb_drop_page(struct mmu *m, uint32_t cpu, uint64_t la,
		   const struct drop *what);

/* tlb_entry - way @way of set @set, for those who look */
const struct mmu_entry *tlb_entry(const struct mmu *m, uint32_t cpu,
				  unsigned size, uint32_t set, uint32_t way);

#endif
