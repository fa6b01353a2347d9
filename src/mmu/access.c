/*
 * access.c - from an address to a physical one, with all that it leaves behind
 */
#include "mmu/mmu.h"
#include "mmu/ram.h"
#include "mmu/structure.h"

static struct mmu_result page_at(uint64_t frame, unsigned size, uint64_t la)
{
	return (struct mmu_result){
		.end = MMU_OK,
		.pa = frame | (la & (BIT64(page_shift(size)) - 1)),
		.size = (uint8_t)size,
	};
}

static bool paging(const struct mmu_regs *r)
{
	return r->cr0 & CR0_PG;
}

static struct mmu_result not_canonical(const struct mmu_request *q)
{
	bool stack = q->stack && q->kind != ACCESS_FETCH;

	return (struct mmu_result){ .end = (uint8_t)(stack ? MMU_SS : MMU_GP) };
}

/* What the walk came to for this access: a page, or an error code. */
static struct mmu_result judge(const struct mmu_regs *r, const struct walk *w,
			       const struct mmu_request *q)
{
	uint32_t error = w->end == WALK_NOT_PRESENT ? 0
			 : w->end == WALK_RESERVED  ? PF_P | PF_RSVD
						   : violation(r, w->rights, q);

	if (w->end == WALK_PAGE && !error)
		return page_at(w->frame, w->size, q->la);
	return (struct mmu_result){ .end = MMU_PF,
				    .error = error | access_error(r, q) };
}

/* --- looking ------------------------------------------------------------------ */

/* Is the cached translation enough?  A write needs a dirty one. */
static bool serves(const struct mmu_regs *r, const struct mmu_entry *e,
		   const struct mmu_request *q)
{
	return !violation(r, (uint32_t)e->value & 0xfff, q) &&
	       (!is_write(q) || e->value & RIGHT_D);
}

static struct mmu_result by_hit(const struct tlb_hit *hit, uint64_t la)
{
	struct mmu_result x =
		page_at(hit->entry->value & ~(uint64_t)0xfff, hit->size, la);

	x.hit = true;
	return x;
}

struct mmu_result mmu_peek(const struct mmu *m, uint32_t cpu,
			   const struct mmu_request *q, struct walk *w)
{
	const struct mmu_regs *r = mmu_regs(m, cpu);
	struct walk_start top = walk_top(r);
	struct tlb_hit hit;
	struct walk own;

	if (!w)
		w = &own;
	w->steps = 0;
	if (!paging(r))
		return page_at(q->la, PAGE_4K, 0);
	if (!canonical(r, q->la))
		return not_canonical(q);
	walk(m, r, q->la, &top, w);
	hit = tlb_find(m, cpu, q->la, current_pcid(r));
	if (hit.entry && serves(r, hit.entry, q))
		return by_hit(&hit, q->la);
	return judge(r, w, q);
}

/* --- what an access leaves behind ----------------------------------------------- */

/* Accessed in every entry used, dirty in the leaf of a write. */
static void mark(struct mmu *m, struct walk *w, bool dirty)
{
	for (unsigned i = 0; i < w->steps; i++) {
		struct walk_step *s = &w->step[i];
		uint64_t marked = s->entry | PTE_A;

		if (i + 1 == w->steps && dirty)
			marked |= PTE_D;
		if (marked != s->entry)
			ram_write64(m, s->pa, marked);
		s->entry = marked;
	}
	w->rights |= dirty ? RIGHT_D : 0;
}

static void remember_structures(struct mmu *m, uint32_t cpu, uint64_t la,
				const struct walk *w, uint32_t rights)
{
	uint64_t pcid = current_pcid(mmu_regs(m, cpu));

	for (unsigned i = 0; i + 1 < w->steps; i++) {
		const struct walk_step *s = &w->step[i];
		struct mmu_entry e = {
			.key = tlb_key(region_number(la, s->level), pcid,
				       false),
		};

		if (!(s->entry & PTE_RW))
			rights &= ~(uint32_t)RIGHT_W;
		if (!(s->entry & PTE_US))
			rights &= ~(uint32_t)RIGHT_U;
		if (s->entry & PTE_NX)
			rights |= RIGHT_NX;
		e.value = (s->entry & PTE_FRAME) | rights;
		structure_fill(m, cpu, s->level, la, &e);
	}
}

static void remember(struct mmu *m, uint32_t cpu, uint64_t la,
		     const struct walk *w, uint32_t rights)
{
	uint64_t pcid = current_pcid(mmu_regs(m, cpu));
	const struct mmu_entry e = {
		.key = tlb_key(page_number(la, w->size), pcid, w->global),
		.value = w->frame | w->rights,
	};

	remember_structures(m, cpu, la, w, rights);
	tlb_fill(m, cpu, w->size, &e);
}

/* Under the lowest upper entry that is cached. */
static struct walk_start start_for(const struct mmu *m, uint32_t cpu,
				   uint64_t la)
{
	const struct mmu_regs *r = mmu_regs(m, cpu);
	struct walk_start top = walk_top(r);

	for (unsigned level = 2; level <= top.level; level++) {
		const struct mmu_entry *e =
			structure_find(m, cpu, level, la, current_pcid(r));

		if (e)
			return (struct walk_start){
				.level = level - 1,
				.table = e->value & ~(uint64_t)0xfff,
				.rights = (uint32_t)e->value & 0xfff,
			};
	}
	return top;
}

static struct mmu_result fault(struct mmu *m, uint32_t cpu,
			       const struct mmu_request *q, struct mmu_result x)
{
	struct mmu_regs *r = (struct mmu_regs *)mmu_cpu_words(m, cpu);
	const struct drop here = { .pcid = current_pcid(r), .globals = true };

	mmu_set(m, &r->cr2, q->la);
	tlb_drop_page(m, cpu, q->la, &here);
	structure_drop(m, cpu, &here);
	return x;
}

/* What was denied by something remembered is asked of the tables once more. */
static struct mmu_result walk_for(struct mmu *m, uint32_t cpu,
				  const struct mmu_request *q,
				  struct walk_start from)
{
	const struct mmu_regs *r = mmu_regs(m, cpu);
	struct walk_start top = walk_top(r);
	struct mmu_result x;
	struct walk w;

	walk(m, r, q->la, &from, &w);
	x = judge(r, &w, q);
	if (x.end == MMU_PF && from.level != top.level) {
		from = top;
		walk(m, r, q->la, &from, &w);
		x = judge(r, &w, q);
	}
	if (x.end == MMU_PF)
		return fault(m, cpu, q, x);
	mark(m, &w, is_write(q));
	remember(m, cpu, q->la, &w, from.rights);
	return x;
}

struct mmu_result mmu_access_any(struct mmu *m, uint32_t cpu,
				 const struct mmu_request *q)
{
	const struct mmu_regs *r = mmu_regs(m, cpu);
	struct tlb_hit hit;

	if (!paging(r))
		return page_at(q->la, PAGE_4K, 0);
	if (!canonical(r, q->la))
		return not_canonical(q);
	hit = tlb_find(m, cpu, q->la, current_pcid(r));
	if (hit.entry && serves(r, hit.entry, q))
		return by_hit(&hit, q->la);
	return walk_for(m, cpu, q, start_for(m, cpu, q->la));
}

bool mmu_speculate(struct mmu *m, uint32_t cpu, uint64_t la)
{
	const struct mmu_regs *r = mmu_regs(m, cpu);
	struct walk_start from;
	struct walk w;

	if (!paging(r) || !canonical(r, la) ||
	    tlb_find(m, cpu, la, current_pcid(r)).entry)
		return false;
	from = start_for(m, cpu, la);
	walk(m, r, la, &from, &w);
	if (w.end != WALK_PAGE)
		return false;
	mark(m, &w, false);
	remember(m, cpu, la, &w, from.rights);
	return true;
}
