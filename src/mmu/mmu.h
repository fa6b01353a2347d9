/*
 * mmu.h - what a CPU does with an address, and how its caches are emptied
 *
 * mmu_access() is the hardware: it may set accessed and dirty bits, fill the
 * TLB and the paging-structure caches, and write CR2.  mmu_peek() answers the
 * same question and touches nothing: it is what views use.
 */
#ifndef MMU_MMU_H
#define MMU_MMU_H

#include "mmu/walk.h"

enum mmu_end { MMU_OK, MMU_PF, MMU_GP, MMU_SS, MMU_UD };

/* Two words, so that it is returned in registers. */
struct mmu_result {
	uint64_t pa;    /* MMU_OK */
	uint32_t error; /* MMU_PF: error code; MMU_GP, MMU_SS: 0 */
	uint8_t end;    /* enum mmu_end */
	uint8_t size;   /* MMU_OK: PAGE_4K, ... */
	bool hit;       /* the TLB had it */
};

/* What user mode needs of a page when there are no protection keys. */
static inline uint64_t user_needs(const struct mmu_request *q)
{
	return q->kind & 1 ? RIGHT_U | RIGHT_W | RIGHT_D : RIGHT_U;
}

/* mmu_access_any - mmu_access() without its short cut */
struct mmu_result mmu_access_any(struct mmu *m, uint32_t cpu,
				 const struct mmu_request *q);

/*
 * mmu_access - one aligned access of at most 8 bytes inside a page
 *
 * A denied access by a cached translation is walked anew before it faults, so
 * that a fault is always that of the tables; #PF writes CR2 and drops what is
 * cached for the address.  The usual hit, user data on a small page that is
 * not global, needs no call.
 * Source: SDM Vol. 3, 4.3, 4.10.4.1
 */
static inline struct mmu_result mmu_access(struct mmu *m, uint32_t cpu,
					   const struct mmu_request *q)
{
	const struct mmu_regs *r = mmu_regs(m, cpu);
	uint64_t needs = user_needs(q), la = q->la;
	const struct mmu_entry *e = tlb_small(m, cpu, la, current_pcid(r));

	if (e && q->cpl == 3 && q->kind != ACCESS_FETCH && r->cr0 & CR0_PG &&
	    !(r->cr4 & CR4_PKE) && (e->value & needs) == needs &&
	    sign_extended(la))
		return (struct mmu_result){
			.pa = (e->value & ~0xfffull) | (la & 0xfff), .hit = true
		};
	return mmu_access_any(m, cpu, q);
}

/* mmu_peek - the same, without a trace; @w (or NULL) gets the whole walk */
struct mmu_result mmu_peek(const struct mmu *m, uint32_t cpu,
			   const struct mmu_request *q, struct walk *w);

/*
 * mmu_speculate - fills what hardware may at any time for the current CR3
 *
 * The translation of @la is cached and its accessed bits are set, if the
 * tables have it; rights do not matter.  False: nothing to fill.
 * Source: SDM Vol. 3, 4.10.2.3
 */
bool mmu_speculate(struct mmu *m, uint32_t cpu, uint64_t la);

/* --- what privileged code does ------------------------------------------------ */

enum mmu_register { REG_CR0, REG_CR3, REG_CR4, REG_EFER };

/*
 * mmu_write_register - MOV to CRn, WRMSR EFER
 *
 * MMU_GP at another CPL than 0, and for values that the SDM forbids; nothing
 * is changed then.  Bit 63 of CR3 keeps the caches and is not stored.
 * Source: SDM Vol. 3, 2.5, 4.1.2, 4.10.4.1; Vol. 2, MOV - Move to/from Control
 */
enum mmu_end mmu_write_register(struct mmu *m, uint32_t cpu,
				enum mmu_register reg, uint64_t value,
				unsigned cpl);
/* mmu_wrpkru - MMU_UD without CR4.PKE, MMU_GP when ECX or EDX is not 0 */
enum mmu_end mmu_wrpkru(struct mmu *m, uint32_t cpu, uint32_t ecx,
			uint64_t value);
/* mmu_invlpg - a non-canonical address does nothing */
enum mmu_end mmu_invlpg(struct mmu *m, uint32_t cpu, uint64_t la, unsigned cpl);
/* mmu_invpcid - @descriptor is the low quadword: the PCID, all else reserved */
enum mmu_end mmu_invpcid(struct mmu *m, uint32_t cpu, uint64_t type,
			 uint64_t descriptor, uint64_t la, unsigned cpl);

#endif
