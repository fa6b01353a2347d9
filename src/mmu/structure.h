/*
 * structure.h - the paging-structure caches: upper entries that a CPU remembers
 *
 * For each level from 2 up a direct-mapped array: the bits of the address that
 * choose the entry, and the PCID, give the table below and the rights so far.
 * A walk begins under the lowest level that is cached.  There is nothing global
 * here: INVLPG drops all of its PCID.
 *
 * Source: SDM Vol. 3, 4.10.3, 4.10.4.1
 */
#ifndef MMU_STRUCTURE_H
#define MMU_STRUCTURE_H

#include "mmu/tlb.h"

/* An entry's key is as in a TLB, its page number that of the region (the
 * address above the bits that lower levels translate). */
static inline uint64_t region_number(uint64_t la, unsigned level)
{
	return linear_bits(la) >> (12 + 9 * (level - 1));
}

/* structure_find - what level @level (2 to 5) has for @la, or NULL */
const struct mmu_entry *structure_find(const struct mmu *m, uint32_t cpu,
				       unsigned level, uint64_t la,
				       uint64_t pcid);
/* structure_fill - the table at @value leads on for @la; rights as in tlb.h */
void structure_fill(struct mmu *m, uint32_t cpu, unsigned level, uint64_t la,
		    const struct mmu_entry *e);
/* structure_drop - all entries of @what's PCID, or of any */
void structure_drop(struct mmu *m, uint32_t cpu, const struct drop *what);

#endif
