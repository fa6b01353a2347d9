/*
 * act_fault.c - statements of the page-fault path
 *
 * None of them changes an mm: what happens is told by events alone.
 */
#include "engine/acts.h"
#include "engine/fault.h"

static void faulted(struct run *r, enum fault_end end, uint32_t code)
{
	note(r, EV_FAULTED, current_task(r), code, 0, 0)->arg = end;
}

/* i386 gives the kernel the last of four GiB, x86-64 half of all. */
static bool in_kernel_half(const struct run *r, uint32_t low, uint32_t high)
{
	if (r->p->profile.i386)
		return low >= 0xc0000000;
	return high >> 31;
}

/* What the hardware did: the address, the error code, interrupts off. */
void act_read_cr2(struct run *r)
{
	uint32_t low = value_of(r, A), high = value_of(r, B);
	struct place code = place_of(r, C);

	note(r, EV_FAULT, current_task(r), low, high, 0)->arg = *code.word;
	if (in_kernel_half(r, low, high))
		change(r, code, *code.word | FAULT_KERNEL_HALF, 0);
}

void act_force_sig_fault(struct run *r)
{
	faulted(r, FAULT_SIGSEGV, value_of(r, B));
}

void act_search_fixup(struct run *r)
{
	change(r, place_of(r, B), (value_of(r, A) & FAULT_FIXUP) != 0, 0);
}

void act_fixup(struct run *r)
{
	faulted(r, FAULT_EFAULT, value_of(r, A));
}

void act_die(struct run *r)
{
	uint32_t code = value_of(r, A);
	bool no_mm = mm_value(r, CUR_MM) == MM_NONE &&
		     !(code & (FAULT_KERNEL_HALF | X86_PF_INSTR));

	faulted(r, FAULT_OOPS, code);
	note(r, EV_OOPS, current_task(r), 0, 0, 0)->arg =
		no_mm ? TROUBLE_FAULT_NO_MM : TROUBLE_FAULT;
}

/* A wrong test let somebody through who has no mm: mm->mmap_lock of NULL. */
void act_find_vma(struct run *r)
{
	if (mm_value(r, A) != MM_NONE) {
		faulted(r, FAULT_LOOKUP, value_of(r, C));
		return;
	}
	faulted(r, FAULT_OOPS, value_of(r, C));
	note(r, EV_OOPS, current_task(r), 0, 0, 0)->arg = TROUBLE_VMA_OF_NULL;
}

void act_find_vma_old(struct run *r)
{
	act_find_vma(r);
}

void act_vmalloc_fault(struct run *r)
{
	(void)r; /* page tables have no contents here */
}
