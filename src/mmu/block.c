/*
 * block.c - how the words of a block are laid out
 */
#include "mmu/block.h"

#include <assert.h>
#include <string.h>

#include "mmu/bits.h"

enum {
	HEAD_WORDS = sizeof(struct mmu_head) / 8,
	REGS_WORDS = sizeof(struct mmu_regs) / 8,
	ENTRY_WORDS = sizeof(struct mmu_entry) / 8,
	LINE_WORDS = 8,
	STRUCTURE_LEVELS = 4 /* levels 2 to 5 */
};

struct mmu_limits mmu_limits_class(uint32_t cpus)
{
	return (struct mmu_limits){
		.cpus = cpus,
		.ram_lines = 1024,
		.maxphyaddr = 40,
		.tlb = { { 16, 4 }, { 8, 4 }, { 1, 4 } },
		.structures = 16,
	};
}

static bool power_of_two(uint64_t n)
{
	return (n & (n - 1)) == 0;
}

static bool makes_sense(const struct mmu_limits *l)
{
	for (unsigned s = 0; s < PAGE_SIZES; s++)
		if (!power_of_two(l->tlb[s].sets) || l->tlb[s].ways > 64 ||
		    (l->tlb[s].sets == 0 && l->tlb[s].ways > 0))
			return false;
	return l->cpus > 0 && l->ram_lines > 1 && power_of_two(l->ram_lines) &&
	       power_of_two(l->structures) && l->maxphyaddr >= 36 &&
	       l->maxphyaddr <= 52;
}

static void lay_out_cpu(struct mmu_head *h, const struct mmu_limits *l)
{
	uint64_t at = REGS_WORDS;

	for (unsigned s = 0; s < PAGE_SIZES; s++) {
		h->sets[s] = l->tlb[s].sets;
		h->ways[s] = l->tlb[s].ways;
		h->tlb_at[s] = at;
		at += h->sets[s] * h->ways[s] * ENTRY_WORDS;
		h->victim_at[s] = at;
		at += h->sets[s];
	}
	h->structures = l->structures;
	h->structures_at = at;
	h->cpu_words = at + h->structures * STRUCTURE_LEVELS * ENTRY_WORDS;
}

static void lay_out(struct mmu_head *h, const struct mmu_limits *l)
{
	*h = (struct mmu_head){ .cpus = l->cpus,
				.maxphyaddr = l->maxphyaddr,
				.ram_lines = l->ram_lines };
	lay_out_cpu(h, l);
	h->cpu_at = HEAD_WORDS;
	h->ram_keys_at = h->cpu_at + h->cpus * h->cpu_words;
	h->ram_data_at = h->ram_keys_at + h->ram_lines;
	h->words = h->ram_data_at + h->ram_lines * LINE_WORDS;
}

size_t mmu_words(const struct mmu_limits *limits)
{
	struct mmu_head h;

	if (!makes_sense(limits))
		return 0;
	lay_out(&h, limits);
	return h.words <= UINT32_MAX ? (size_t)h.words : 0;
}

void mmu_init(struct mmu *m, const struct mmu_limits *limits)
{
	struct mmu_head h;

	assert(mmu_words(limits) > 0);
	lay_out(&h, limits);
	memset(m->words, 0, (size_t)h.words * 8);
	memcpy(m->words, &h, sizeof h);
	for (uint32_t c = 0; c < limits->cpus; c++) {
		struct mmu_regs *r = (struct mmu_regs *)mmu_cpu_words(m, c);

		r->cr0 = CR0_PE | CR0_ET;
	}
}
