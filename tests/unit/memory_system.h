/*
 * memory_system.h - a small block of mmu/ for tests: tables, accesses
 *
 * One CPU with 4-level paging on, everything mapped by hand through map_page().
 * All changes are written down, so that they can be taken back.
 */
#ifndef UNIT_MEMORY_SYSTEM_H
#define UNIT_MEMORY_SYSTEM_H

#include <stdlib.h>
#include <string.h>

#include "mmu/mmu.h"
#include "mmu/ram.h"

enum { TOLD_MAX = 1 << 18, ROOT = 0x1000 };

struct memory_system {
	struct mmu mmu;
	struct mmu_limits limits;
	size_t words, told;
	uint64_t next_table; /* the next page for a table */
	struct {
		uint32_t at;
		uint64_t old;
	} change[TOLD_MAX];
};

static inline void memory_told(void *context, uint32_t at, uint64_t old)
{
	struct memory_system *s = context;

	assert_true(s->told < TOLD_MAX);
	s->change[s->told].at = at;
	s->change[s->told++].old = old;
}

static inline struct memory_system *memory_with(const struct mmu_limits *limits)
{
	struct memory_system *s = calloc(1, sizeof *s);
	struct mmu_regs *r;

	assert_non_null(s);
	s->limits = *limits;
	s->words = mmu_words(limits);
	assert_true(s->words > 0);
	s->mmu.words = calloc(s->words, 8);
	assert_non_null(s->mmu.words);
	mmu_init(&s->mmu, limits);
	r = (struct mmu_regs *)mmu_cpu_words(&s->mmu, 0);
	r->cr0 |= CR0_PG | CR0_WP;
	r->cr3 = ROOT;
	r->cr4 = CR4_PAE | CR4_PGE;
	r->efer = EFER_LME | EFER_LMA | EFER_NXE;
	s->next_table = ROOT + 0x1000;
	s->mmu.told = memory_told;
	s->mmu.context = s;
	return s;
}

static inline struct memory_system *memory_new(void)
{
	const struct mmu_limits limits = mmu_limits_class(1);

	return memory_with(&limits);
}

static inline void memory_free(struct memory_system *s)
{
	free(s->mmu.words);
	free(s);
}

static inline void memory_undo(struct memory_system *s)
{
	while (s->told--)
		s->mmu.words[s->change[s->told].at] = s->change[s->told].old;
	s->told = 0;
}

/* Where the entry of @level for @la is, in tables made on the way. */
static inline uint64_t entry_for(struct memory_system *s, uint64_t root,
				 uint64_t la, unsigned level)
{
	uint64_t table = root;

	for (unsigned l = 4; l > level; l--) {
		uint64_t at = table + (la >> (12 + 9 * (l - 1)) & 511) * 8;

		if (!ram_read64(&s->mmu, at)) {
			ram_write64(&s->mmu, at,
				    s->next_table | PTE_P | PTE_RW | PTE_US);
			s->next_table += 0x1000;
		}
		table = ram_read64(&s->mmu, at) & PTE_FRAME;
	}
	return table + (la >> (12 + 9 * (level - 1)) & 511) * 8;
}

/* Maps a page of 4K; @entry is the frame and the flags. */
static inline void map_page(struct memory_system *s, uint64_t la,
			    uint64_t entry)
{
	assert_true(ram_write64(&s->mmu, entry_for(s, ROOT, la, 1), entry));
}

static inline struct mmu_result touch(struct memory_system *s, uint64_t la,
				      enum access_kind kind, unsigned cpl)
{
	const struct mmu_request q = { .la = la,
				       .kind = (uint8_t)kind,
				       .cpl = (uint8_t)cpl };

	return mmu_access(&s->mmu, 0, &q);
}

static inline struct mmu_result look(const struct memory_system *s, uint64_t la,
				     enum access_kind kind, unsigned cpl)
{
	const struct mmu_request q = { .la = la,
				       .kind = (uint8_t)kind,
				       .cpl = (uint8_t)cpl };

	return mmu_peek(&s->mmu, 0, &q, NULL);
}

#define USER_PAGE (PTE_P | PTE_RW | PTE_US)

#endif
