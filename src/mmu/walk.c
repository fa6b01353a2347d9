/*
 * walk.c - five levels down
 */
#include "mmu/walk.h"

#include "mmu/ram.h"

struct walk_start walk_top(const struct mmu_regs *r)
{
	return (struct walk_start){
		.level = r->cr4 & CR4_LA57 ? 5 : 4,
		.table = r->cr3 & PTE_FRAME,
		.rights = RIGHT_W | RIGHT_U,
	};
}

static unsigned level_shift(unsigned level)
{
	return 12 + 9 * (level - 1);
}

static uint64_t entry_address(uint64_t table, unsigned level, uint64_t la)
{
	return table + (la >> level_shift(level) & 511) * 8;
}

static bool is_leaf(uint64_t entry, unsigned level)
{
	return level == 1 || (level <= 3 && entry & PTE_PS);
}

/* Physical-address bits that no memory has, NX without NXE, PS where there are
 * no pages, and the low address bits of a big page (bit 12 is its PAT). */
static uint64_t reserved_bits(const struct mmu *m, const struct mmu_regs *r,
			      uint64_t entry, unsigned level)
{
	uint64_t bits = PTE_FRAME & ~(BIT64(mmu_head(m)->maxphyaddr) - 1);

	if (!(r->efer & EFER_NXE))
		bits |= PTE_NX;
	if (level >= 4)
		bits |= PTE_PS;
	else if (level > 1 && entry & PTE_PS)
		bits |= (BIT64(level_shift(level)) - 1) & ~(BIT64(13) - 1);
	return bits;
}

static uint32_t combine(uint32_t rights, uint64_t entry)
{
	if (!(entry & PTE_RW))
		rights &= ~(uint32_t)RIGHT_W;
	if (!(entry & PTE_US))
		rights &= ~(uint32_t)RIGHT_U;
	if (entry & PTE_NX)
		rights |= RIGHT_NX;
	return rights;
}

static void end_at_leaf(struct walk *w, const struct mmu_regs *r,
			uint64_t entry, unsigned level)
{
	uint64_t offset = BIT64(level_shift(level)) - 1;

	w->end = WALK_PAGE;
	w->size = level - 1;
	w->frame = entry & PTE_FRAME & ~offset;
	w->global = entry & PTE_G && r->cr4 & CR4_PGE;
	w->rights |= entry & PTE_D ? RIGHT_D : 0;
	w->rights |= (uint32_t)(entry >> PTE_PKEY_SHIFT & 15)
		     << RIGHT_PKEY_SHIFT;
}

void walk(const struct mmu *m, const struct mmu_regs *r, uint64_t la,
	  const struct walk_start *from, struct walk *out)
{
	uint64_t table = from->table;

	out->steps = 0;
	out->rights = from->rights;
	for (unsigned level = from->level;; level--) {
		struct walk_step *s = &out->step[out->steps++];

		s->level = (uint8_t)level;
		s->pa = entry_address(table, level, la);
		s->entry = ram_read64(m, s->pa);
		if (!(s->entry & PTE_P)) {
			out->end = WALK_NOT_PRESENT;
			return;
		}
		if (s->entry & reserved_bits(m, r, s->entry, level)) {
			out->end = WALK_RESERVED;
			return;
		}
		out->rights = combine(out->rights, s->entry);
		if (is_leaf(s->entry, level)) {
			end_at_leaf(out, r, s->entry, level);
			return;
		}
		table = s->entry & PTE_FRAME;
	}
}

/* --- rights ------------------------------------------------------------------- */

static bool denied_user(uint32_t rights, const struct mmu_request *q)
{
	if (!(rights & RIGHT_U))
		return true;
	if (q->kind == ACCESS_FETCH)
		return rights & RIGHT_NX;
	return is_write(q) && !(rights & RIGHT_W);
}

static bool denied_supervisor(const struct mmu_regs *r, uint32_t rights,
			      const struct mmu_request *q)
{
	bool user_page = rights & RIGHT_U;

	if (q->kind == ACCESS_FETCH)
		return (user_page && r->cr4 & CR4_SMEP) || rights & RIGHT_NX;
	if (user_page && r->cr4 & CR4_SMAP && !q->ac)
		return true;
	return is_write(q) && r->cr0 & CR0_WP && !(rights & RIGHT_W);
}

/* Keys protect user pages, from data accesses of any mode. */
static bool denied_by_key(const struct mmu_regs *r, uint32_t rights,
			  const struct mmu_request *q)
{
	uint64_t key = r->pkru >> 2 * (rights >> RIGHT_PKEY_SHIFT & 15);
	bool access_disable = key & 1, write_disable = key & 2;

	if (!(r->cr4 & CR4_PKE) || !(rights & RIGHT_U) ||
	    q->kind == ACCESS_FETCH)
		return false;
	return access_disable || (write_disable && is_write(q) &&
				  (q->cpl == 3 || r->cr0 & CR0_WP));
}

uint32_t violation(const struct mmu_regs *r, uint32_t rights,
		   const struct mmu_request *q)
{
	bool denied = q->cpl == 3 ? denied_user(rights, q)
				  : denied_supervisor(r, rights, q);

	if (denied_by_key(r, rights, q))
		return PF_P | PF_PK;
	return denied ? PF_P : 0;
}

uint32_t access_error(const struct mmu_regs *r, const struct mmu_request *q)
{
	bool told = r->efer & EFER_NXE || r->cr4 & CR4_SMEP;

	return (is_write(q) ? PF_W : 0) | (q->cpl == 3 ? PF_U : 0) |
	       (q->kind == ACCESS_FETCH && told ? PF_ID : 0);
}
