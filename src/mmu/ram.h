/*
 * ram.h - physical memory: only what is not zero takes room
 *
 * Lines of 64 bytes in a hash table with linear probing.  Where two lines want
 * the same place the one with the smaller number has it, so that the table
 * depends on what is in memory and not on how it came there: one layout per
 * content.  A line that is all zero is not there.
 *
 * Needs:  addresses below 2^52 that are a multiple of 8.
 */
#ifndef MMU_RAM_H
#define MMU_RAM_H

#include "mmu/block.h"

/* The word at @pa: 0 where nothing was written. */
uint64_t ram_read64(const struct mmu *m, uint64_t pa);

/*
 * ram_write64 - stores a word; no cache of translations notices
 *
 * Errors: false when the table is full (7 of 8 places); nothing is changed.
 */
bool ram_write64(struct mmu *m, uint64_t pa, uint64_t value);

#endif
