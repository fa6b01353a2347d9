/*
 * dialect.c - what older kernels called the same things
 *
 * The tables of paths are shared by all kernels that did the same; only what
 * they called it differs, and that is here, newest kernel first.
 *
 * Kernel: v6.1 include/linux/sched/mm.h, kernel/sched/core.c
 */
#include "engine/paths.h"

#define SAYS(id, text) { SPELLED_STATEMENT, ST_##id, text, NULL }
#define CALLED(id, name, file) { SPELLED_PATH, PATH_##id, name, file }
#define LAST { SPELLED_END, 0, NULL, NULL }

/* The lists are laid out as tables. */
/* clang-format off */

/* Before 6.4 a borrower counted like anybody else. */
static const struct spelling spelling_6_1[] = {
	SAYS(mmgrab_lazy_tlb, "mmgrab(%a)"),
	SAYS(dec_lazy, "atomic_dec_and_test(&%a->mm_count)"),
	CALLED(mmdrop_lazy_tlb, "mmdrop", "include/linux/sched/mm.h"),
	LAST
};

/* 6.12, on an Alpha: the same things in other files, or by other names. */
static const struct spelling spelling_alpha[] = {
	CALLED(enter_lazy_tlb, "enter_lazy_tlb",
	       "arch/alpha/include/asm/mmu_context.h"),
	CALLED(switch_mm_irqs_off, "ev5_switch_mm",
	       "arch/alpha/include/asm/mmu_context.h"),
	CALLED(flush_tlb_mm_range, "flush_tlb_mm", "arch/alpha/kernel/smp.c"),
	CALLED(smp_call_function_many_cond, "smp_call_function",
	       "kernel/smp.c"),
	CALLED(flush_tlb_func, "ipi_flush_tlb_mm", "arch/alpha/kernel/smp.c"),
	CALLED(start_secondary, "smp_callin", "arch/alpha/kernel/smp.c"),
	CALLED(exc_page_fault, "do_page_fault", "arch/alpha/mm/fault.c"),
	CALLED(bad_area_nosemaphore, "bad_area_nosemaphore",
	       "arch/alpha/mm/fault.c"),
	CALLED(kernelmode_fixup_or_oops, "no_context", "arch/alpha/mm/fault.c"),
	CALLED(page_fault_oops, "die_if_kernel", "arch/alpha/kernel/traps.c"),
	SAYS(read_cr2, "%a = the address that PALcode gives"),
	SAYS(fixup, "regs->pc = fixup; return -EFAULT"),
	SAYS(die, "die_if_kernel(\"Oops\", regs, %a, 0)"),
	LAST
};

const struct dialect dialect_6_1 = { NULL, spelling_6_1 };
const struct dialect dialect_alpha = { NULL, spelling_alpha };
