/*
 * fault.h - how a page fault comes about, and how it ends
 *
 * A fault is three words: the address in two, and the error code with what
 * else decides.  The X86_PF_* bits are the CPU's; the others stand for the
 * registers and the code at the faulting instruction.
 *
 * Kernel: v6.12 arch/x86/include/asm/trap_pf.h, arch/x86/mm/fault.c
 */
#ifndef ENGINE_FAULT_H
#define ENGINE_FAULT_H

#include "engine/world.h"

enum fault_code {
	X86_PF_USER = 0x4,     /* the access came from user mode */
	X86_PF_INSTR = 0x10,   /* it was an instruction fetch */
	FAULT_AC = 0x10000,    /* EFLAGS.AC is set: stac(), SMAP lets it pass */
	FAULT_FIXUP = 0x20000, /* the exception table has an entry for it */
	FAULT_DISABLED = 0x40000, /* pagefault_disable(), or in an interrupt */
	FAULT_KERNEL_HALF = 0x80000, /* the address: read_cr2 finds out */
};

/* What EV_FAULTED tells in arg. */
enum fault_end {
	FAULT_LOOKUP, /* has an mm: on to the lookup of a VMA */
	FAULT_EFAULT, /* the exception table's entry: -EFAULT */
	FAULT_SIGSEGV,
	FAULT_OOPS,
};

/* Does this task ever run in user mode?  Not without a user mm of its own. */
bool has_user_mode(const struct world *w, task_id t);

#endif
