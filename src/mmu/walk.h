/*
 * walk.h - the page-table walk, and what a translation permits
 *
 * walk() reads and changes nothing: it says each entry it came to, where it
 * stopped and why.  What a CPU does besides (accessed and dirty bits, caches)
 * is access.c's.
 *
 * Source: SDM Vol. 3, 4.5 (levels), 4.6 (access rights), 4.6.2 (protection
 *         keys), 4.7 (error code), 4.8 (accessed and dirty)
 */
#ifndef MMU_WALK_H
#define MMU_WALK_H

#include "mmu/tlb.h"

/* Those that write are odd. */
enum access_kind { ACCESS_READ, ACCESS_WRITE, ACCESS_FETCH, ACCESS_RMW };

struct mmu_request {
	uint64_t la;
	uint8_t kind; /* enum access_kind; RMW counts as a write */
	uint8_t cpl;  /* 3: user mode */
	bool ac;      /* RFLAGS.AC */
	bool stack;   /* through SS: a bad address is #SS, not #GP */
};

enum walk_end {
	WALK_PAGE, /* a leaf was found */
	WALK_NOT_PRESENT,
	WALK_RESERVED /* a reserved bit is set */
};

/* One entry as the walk read it. */
struct walk_step {
	uint64_t pa, entry;
	uint8_t level; /* 5 to 1 */
};

struct walk {
	enum walk_end end;
	unsigned steps;
	struct walk_step step[5];
	unsigned size;   /* WALK_PAGE: PAGE_4K, ... */
	uint64_t frame;  /* physical address of the page */
	uint32_t rights; /* RIGHT_*, of all levels together */
	bool global;
};

/* Where a walk begins: at CR3, or under a remembered upper entry. */
struct walk_start {
	unsigned level; /* of the first entry to be read */
	uint64_t table;
	uint32_t rights; /* RIGHT_W, RIGHT_U, RIGHT_NX so far */
};

/* walk_top - the start of a whole walk by the registers of @cpu */
struct walk_start walk_top(const struct mmu_regs *r);
/* walk - from @from down */
void walk(const struct mmu *m, const struct mmu_regs *r, uint64_t la,
	  const struct walk_start *from, struct walk *out);

/*
 * violation - is this access denied by @rights?
 *
 * Returns 0, or PF_P with PF_PK where a protection key denies it.  The bits
 * that say what the access was are access_error()'s.
 */
uint32_t violation(const struct mmu_regs *r, uint32_t rights,
		   const struct mmu_request *q);

/* access_error - PF_W, PF_U and PF_ID of the access itself */
uint32_t access_error(const struct mmu_regs *r, const struct mmu_request *q);

static inline bool is_write(const struct mmu_request *q)
{
	return q->kind == ACCESS_WRITE || q->kind == ACCESS_RMW;
}

/* canonical - bits 63:47 (or 63:56 with CR4.LA57) are all the same */
static inline bool canonical(const struct mmu_regs *r, uint64_t la)
{
	unsigned unused = r->cr4 & CR4_LA57 ? 7 : 16;

	return (uint64_t)((int64_t)(la << unused) >> unused) == la;
}

/* What every canonical address is; of what a TLB holds, enough to be one. */
static inline bool sign_extended(uint64_t la)
{
	return (uint64_t)((int64_t)(la << 7) >> 7) == la;
}

static inline uint64_t current_pcid(const struct mmu_regs *r)
{
	return r->cr4 & CR4_PCIDE ? r->cr3 & CR3_PCID : 0;
}

#endif
