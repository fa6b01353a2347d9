/*
 * block.h - the memory system as one block of 64-bit words
 *
 * RAM, and for each CPU its registers, its TLB and its paging-structure caches.
 * The block holds no pointer, so it can be a part of a bigger world, and it is
 * changed in one way only: mmu_set(), which tells what a word was.  So whoever
 * owns the block can take changes back, or count them.
 *
 * A struct mmu is a view of a block; it is never stored in one.
 */
#ifndef MMU_BLOCK_H
#define MMU_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sizes of pages, as indexes: 4 KiB, 2 MiB, 1 GiB. */
enum { PAGE_4K, PAGE_2M, PAGE_1G, PAGE_SIZES };
static inline unsigned page_shift(unsigned size)
{
	return 12 + 9 * size;
}

/* Sets are powers of two.  All sizes may be 0: no such cache. */
struct mmu_limits {
	uint32_t cpus;
	uint32_t ram_lines;  /* of 64 bytes; a power of two */
	uint32_t maxphyaddr; /* 36 to 52 */
	struct {
		uint32_t sets, ways;
	} tlb[PAGE_SIZES];
	uint32_t structures; /* entries a level of the paging-structure cache */
};

/* A class: 64, 32 and 4 TLB entries, 16 entries a level above. */
struct mmu_limits mmu_limits_class(uint32_t cpus);

/* The first words of a block. */
struct mmu_head {
	uint64_t words; /* of the whole block */
	uint64_t cpus, cpu_at, cpu_words;
	uint64_t maxphyaddr;
	uint64_t ram_lines, ram_used, ram_keys_at, ram_data_at;
	uint64_t sets[PAGE_SIZES], ways[PAGE_SIZES];
	uint64_t tlb_at[PAGE_SIZES];    /* within a CPU */
	uint64_t victim_at[PAGE_SIZES]; /* within a CPU: one word a set */
	uint64_t structures, structures_at;
};

struct mmu_regs {
	uint64_t cr0, cr2, cr3, cr4, efer, pkru;
};

/* A translation: see tlb.h.  A cached upper entry: see structure.h. */
struct mmu_entry {
	uint64_t key, value;
};

struct mmu {
	uint64_t *words;
	/* Word @at was @old and has another value now.  NULL: nobody listens. */
	void (*told)(void *context, uint32_t at, uint64_t old);
	void *context;
};

/* Words that a block of these limits takes; 0 when they make no sense. */
size_t mmu_words(const struct mmu_limits *limits);

/*
 * mmu_init - an empty RAM, and CPUs as they are after reset of a test machine
 *
 * Paging is off: CR0 has PE and ET, the rest is 0.
 */
void mmu_init(struct mmu *m, const struct mmu_limits *limits);

static inline const struct mmu_head *mmu_head(const struct mmu *m)
{
	return (const struct mmu_head *)m->words;
}
static inline uint64_t *mmu_cpu_words(const struct mmu *m, uint32_t cpu)
{
	const struct mmu_head *h = mmu_head(m);

	return m->words + h->cpu_at + cpu * h->cpu_words;
}
static inline const struct mmu_regs *mmu_regs(const struct mmu *m, uint32_t cpu)
{
	return (const struct mmu_regs *)mmu_cpu_words(m, cpu);
}

static inline void mmu_set(struct mmu *m, uint64_t *word, uint64_t value)
{
	uint64_t old = *word;

	if (old == value)
		return;
	*word = value;
	if (m->told)
		m->told(m->context, (uint32_t)(word - m->words), old);
}

#endif
