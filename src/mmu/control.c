/*
 * control.c - control registers and the instructions that empty caches
 */
#include "mmu/mmu.h"
#include "mmu/structure.h"

static struct mmu_regs *regs_of(struct mmu *m, uint32_t cpu)
{
	return (struct mmu_regs *)mmu_cpu_words(m, cpu);
}

static void drop_all(struct mmu *m, uint32_t cpu, const struct drop *what)
{
	tlb_drop(m, cpu, what);
	structure_drop(m, cpu, what);
}

static const struct drop everything = { .any_pcid = true, .globals = true };

/* The bits that this CPU knows; all others are reserved. */
static const uint64_t cr0_known = 0xe005003full;
static const uint64_t cr4_known = 0x777fffull & ~BIT64(15);
static const uint64_t efer_known = EFER_SCE | EFER_LME | EFER_LMA | EFER_NXE;

/* --- may it be written? -------------------------------------------------------- */

static bool long_mode(const struct mmu_regs *r)
{
	return r->efer & EFER_LMA || (r->efer & EFER_LME && r->cr0 & CR0_PG);
}

static bool cr0_allowed(const struct mmu_regs *r, uint64_t v)
{
	if (v & ~cr0_known || (v & CR0_PG && !(v & CR0_PE)) ||
	    (v & CR0_NW && !(v & CR0_CD)))
		return false;
	if (v & CR0_PG)
		return !(r->efer & EFER_LME) || r->cr4 & CR4_PAE;
	/* 64-bit code may not leave its mode. */
	return !(r->cr0 & CR0_PG);
}

static bool cr3_allowed(const struct mmu *m, const struct mmu_regs *r,
			uint64_t v)
{
	if (r->cr4 & CR4_PCIDE)
		v &= ~CR3_NOFLUSH;
	return !(v >> mmu_head(m)->maxphyaddr);
}

static bool cr4_allowed(const struct mmu_regs *r, uint64_t v)
{
	uint64_t set = v & ~r->cr4, changed = v ^ r->cr4;

	if (v & ~cr4_known)
		return false;
	if (long_mode(r) && (!(v & CR4_PAE) || changed & CR4_LA57))
		return false;
	return !(set & CR4_PCIDE) || (long_mode(r) && !(r->cr3 & CR3_PCID));
}

static bool efer_allowed(const struct mmu_regs *r, uint64_t v)
{
	bool lme_changes = (v ^ r->efer) & EFER_LME;

	return !(v & ~efer_known) && !(lme_changes && r->cr0 & CR0_PG);
}

/* --- what it empties ------------------------------------------------------------- */

static void write_cr0(struct mmu *m, uint32_t cpu, uint64_t v)
{
	struct mmu_regs *r = regs_of(m, cpu);
	bool paging_changes = (v ^ r->cr0) & CR0_PG;

	mmu_set(m, &r->cr0, v | CR0_ET);
	if (paging_changes)
		drop_all(m, cpu, &everything);
}

/* Global entries stay; with PCIDs only the new one's go, or none. */
static void write_cr3(struct mmu *m, uint32_t cpu, uint64_t v)
{
	struct mmu_regs *r = regs_of(m, cpu);
	bool pcids = r->cr4 & CR4_PCIDE;
	struct drop what = { .any_pcid = !pcids, .pcid = v & CR3_PCID };

	mmu_set(m, &r->cr3, v & ~CR3_NOFLUSH);
	if (!(pcids && v & CR3_NOFLUSH))
		drop_all(m, cpu, &what);
}

static void write_cr4(struct mmu *m, uint32_t cpu, uint64_t v)
{
	struct mmu_regs *r = regs_of(m, cpu);
	uint64_t changed = v ^ r->cr4, set = v & ~r->cr4, cleared = r->cr4 & ~v;
	const struct drop here = { .pcid = current_pcid(r), .globals = true };

	mmu_set(m, &r->cr4, v);
	if (changed & (CR4_PGE | CR4_PAE | CR4_LA57) || cleared & CR4_PCIDE)
		drop_all(m, cpu, &everything);
	else if (set & CR4_SMEP)
		drop_all(m, cpu, &here);
}

static void write_efer(struct mmu *m, uint32_t cpu, uint64_t v)
{
	struct mmu_regs *r = regs_of(m, cpu);
	bool nx_changes = (v ^ r->efer) & EFER_NXE;

	mmu_set(m, &r->efer, v);
	if (nx_changes)
		drop_all(m, cpu, &everything);
}

enum mmu_end mmu_write_register(struct mmu *m, uint32_t cpu,
				enum mmu_register reg, uint64_t value,
				unsigned cpl)
{
	const struct mmu_regs *r = mmu_regs(m, cpu);
	bool ok = reg == REG_CR0   ? cr0_allowed(r, value)
		  : reg == REG_CR3 ? cr3_allowed(m, r, value)
		  : reg == REG_CR4 ? cr4_allowed(r, value)
				   : efer_allowed(r, value);

	if (cpl != 0 || !ok)
		return MMU_GP;
	if (reg == REG_CR0)
		write_cr0(m, cpu, value);
	else if (reg == REG_CR3)
		write_cr3(m, cpu, value);
	else if (reg == REG_CR4)
		write_cr4(m, cpu, value);
	else
		write_efer(m, cpu, value);
	return MMU_OK;
}

enum mmu_end mmu_wrpkru(struct mmu *m, uint32_t cpu, uint32_t ecx,
			uint64_t value)
{
	struct mmu_regs *r = regs_of(m, cpu);

	if (!(r->cr4 & CR4_PKE))
		return MMU_UD;
	if (ecx != 0 || value >> 32)
		return MMU_GP;
	mmu_set(m, &r->pkru, value);
	return MMU_OK;
}

enum mmu_end mmu_invlpg(struct mmu *m, uint32_t cpu, uint64_t la, unsigned cpl)
{
	const struct mmu_regs *r = mmu_regs(m, cpu);
	const struct drop here = { .pcid = current_pcid(r), .globals = true };

	if (cpl != 0)
		return MMU_GP;
	if (!canonical(r, la))
		return MMU_OK;
	tlb_drop_page(m, cpu, la, &here);
	structure_drop(m, cpu, &here);
	return MMU_OK;
}

enum { INVPCID_ADDRESS, INVPCID_CONTEXT, INVPCID_ALL, INVPCID_ALL_BUT_GLOBAL };

static bool invpcid_allowed(const struct mmu_regs *r, uint64_t type,
			    uint64_t descriptor, uint64_t la)
{
	if (type > INVPCID_ALL_BUT_GLOBAL || descriptor >> 12)
		return false;
	if (type <= INVPCID_CONTEXT && descriptor && !(r->cr4 & CR4_PCIDE))
		return false;
	return type != INVPCID_ADDRESS || canonical(r, la);
}

enum mmu_end mmu_invpcid(struct mmu *m, uint32_t cpu, uint64_t type,
			 uint64_t descriptor, uint64_t la, unsigned cpl)
{
	const struct drop what = {
		.any_pcid = type >= INVPCID_ALL,
		.pcid = descriptor,
		.globals = type == INVPCID_ALL,
	};

	if (cpl != 0 ||
	    !invpcid_allowed(mmu_regs(m, cpu), type, descriptor, la))
		return MMU_GP;
	if (type != INVPCID_ADDRESS) {
		drop_all(m, cpu, &what);
		return MMU_OK;
	}
	tlb_drop_page(m, cpu, la, &what);
	structure_drop(m, cpu, &what);
	return MMU_OK;
}
