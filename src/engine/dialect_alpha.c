/*
 * dialect_alpha.c - what kernels on an Alpha call what x86 calls otherwise
 *
 * Kernel: v6.12, v2.4.0, v2.2.1 include/asm-alpha, arch/alpha
 */
#include "engine/paths.h"

#define SAYS(id, text) \
	{ \
		SPELLED_STATEMENT, ST_##id, text, NULL \
	}
#define ASKS(id, text) \
	{ \
		SPELLED_CONDITION, CO_##id, text, NULL \
	}
#define CALLED(id, name, file) \
	{ \
		SPELLED_PATH, PATH_##id, name, file \
	}
#define LAST \
	{ \
		SPELLED_END, 0, NULL, NULL \
	}

/* The lists are laid out as tables. */
/* clang-format off */

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

/* Before 2.6 include/asm-alpha was where headers were. */
#define OLD_NAMES \
	CALLED(start_secondary, "smp_callin", "arch/alpha/kernel/smp.c"), \
	CALLED(__schedule, "schedule", "kernel/sched.c"), \
	CALLED(switch_to, "switch_to", "include/asm-alpha/system.h"), \
	CALLED(alpha_switch_to, "alpha_switch_to", "arch/alpha/kernel/entry.S"), \
	CALLED(flush_tlb_mm_range, "flush_tlb_mm", "arch/alpha/kernel/smp.c"), \
	CALLED(flush_tlb_func, "ipi_flush_tlb_mm", "arch/alpha/kernel/smp.c"), \
	CALLED(smp_call_function_many_cond, "smp_call_function", \
	       "arch/alpha/kernel/smp.c"), \
	CALLED(ipi_flush, "handle_ipi", "arch/alpha/kernel/smp.c"), \
	CALLED(exc_page_fault, "do_page_fault", "arch/alpha/mm/fault.c"), \
	CALLED(kernelmode_fixup_or_oops, "no_context", "arch/alpha/mm/fault.c"), \
	CALLED(page_fault_oops, "die_if_kernel", "arch/alpha/kernel/traps.c"), \
	SAYS(begin_flush, "cpu = smp_processor_id()"), \
	SAYS(end_flush, "return"), \
	SAYS(all_others, "to_whom = cpu_present_mask & ~(1 << cpu)"), \
	SAYS(call_one, "send_ipi_message(to_whom, IPI_CALL_FUNC)"), \
	SAYS(call_done, "smp_call_function_data = 0"), \
	SAYS(read_info, "%a = smp_call_function_data->info"), \
	SAYS(ack, "atomic_dec(&data->unfinished_count)"), \
	SAYS(read_cr2, "%a = the address that PALcode gives"), \
	SAYS(fixup, "regs->pc = fixup; return"), \
	SAYS(die, "die_if_kernel(\"Oops\", regs, %a, 0)")

/* 2.2: the hardware PCB is the head of thread_struct, task->tss. */
static const struct spelling spelling_alpha_2_2[] = {
	OLD_NAMES,
	CALLED(switch_mm_irqs_off, "ev5_get_mmu_context",
	       "include/asm-alpha/mmu_context.h"),
	CALLED(__get_new_mm_context, "get_new_mmu_context",
	       "arch/alpha/mm/fault.c"),
	CALLED(__reload_thread, "reload_context",
	       "include/asm-alpha/mmu_context.h"),
	CALLED(activate_mm, "activate_context",
	       "include/asm-alpha/mmu_context.h"),
	CALLED(flush_tlb_current, "ev5_flush_tlb_current",
	       "include/asm-alpha/pgtable.h"),
	CALLED(init_new_context, "SET_PAGE_DIR", "include/asm-alpha/pgtable.h"),
	CALLED(rest_init, "kernel_thread", "arch/alpha/kernel/process.c"),
	CALLED(kthread_create, "kernel_thread", "arch/alpha/kernel/process.c"),
	CALLED(sys_fork, "alpha_fork", "arch/alpha/kernel/process.c"),
	CALLED(sys_vfork, "alpha_vfork", "arch/alpha/kernel/process.c"),
	CALLED(sys_clone, "alpha_clone", "arch/alpha/kernel/process.c"),
	SAYS(set_pcb_ptbr, "%a->tss.ptbr = (%b->pgd - PAGE_OFFSET) >> PAGE_SHIFT"),
	SAYS(set_pcb_asn, "%a->tss.asn = %b & HARDWARE_ASN_MASK"),
	SAYS(swpctx, "call_pal PAL_swpctx(&%a->tss)"),
	SAYS(tbia, "tbi(-2)"),
	SAYS(next_asn, "%a = asn_cache + 1"),
	SAYS(set_last_asn, "asn_cache = %a"),
	SAYS(tbiap, "tbiap(); imb(); %a = (asn_cache & ~HARDWARE_ASN_MASK) + ASN_FIRST_VERSION"),
	SAYS(read_context, "%a = %b->context"),
	SAYS(set_context, "%a->context = %b"),
	SAYS(read_users, "%a = atomic_read(&%b->count)"),
	SAYS(store_cpu_info, "smp_store_cpu_info(cpu)"),
	ASKS(asn_full, "(asn_cache & HARDWARE_ASN_MASK) >= MAX_ASN"),
	ASKS(asn_stale, "(%a ^ asn_cache) & ~HARDWARE_ASN_MASK"),
	LAST
};

/* 2.4: four arguments, and the PCB is the head of thread_struct. */
static const struct spelling spelling_alpha_2_4[] = {
	OLD_NAMES,
	CALLED(enter_lazy_tlb, "enter_lazy_tlb",
	       "include/asm-alpha/mmu_context.h"),
	CALLED(switch_mm_irqs_off, "ev5_switch_mm",
	       "include/asm-alpha/mmu_context.h"),
	CALLED(check_mmu_context, "check_mmu_context",
	       "include/asm-alpha/mmu_context.h"),
	CALLED(activate_mm, "ev5_activate_mm",
	       "include/asm-alpha/mmu_context.h"),
	CALLED(init_new_context, "init_new_context",
	       "include/asm-alpha/mmu_context.h"),
	CALLED(__get_new_mm_context, "__get_new_mm_context",
	       "include/asm-alpha/mmu_context.h"),
	CALLED(__reload_thread, "__reload_thread",
	       "include/asm-alpha/mmu_context.h"),
	CALLED(flush_tlb_current, "ev5_flush_tlb_current",
	       "include/asm-alpha/pgalloc.h"),
	CALLED(finish_task_switch, "__schedule_tail", "kernel/sched.c"),
	CALLED(sched_init, "sched_init", "kernel/sched.c"),
	CALLED(exit_mm, "__exit_mm", "kernel/exit.c"),
	CALLED(dup_mm, "copy_mm", "kernel/fork.c"),
	CALLED(kthread_create, "kernel_thread", "arch/alpha/kernel/process.c"),
	CALLED(sys_fork, "alpha_fork", "arch/alpha/kernel/process.c"),
	CALLED(sys_vfork, "alpha_vfork", "arch/alpha/kernel/process.c"),
	CALLED(sys_clone, "alpha_clone", "arch/alpha/kernel/process.c"),
	SAYS(set_pcb_ptbr, "%a->thread.ptbr = (%b->pgd - IDENT_ADDR) >> PAGE_SHIFT"),
	SAYS(set_pcb_asn, "%a->thread.asn = %b & HARDWARE_ASN_MASK"),
	SAYS(swpctx, "call_pal PAL_swpctx(virt_to_phys(&%a->thread))"),
	SAYS(mmap_write_lock, "down(&%a->mmap_sem)"),
	SAYS(mmap_write_unlock, "up(&%a->mmap_sem)"),
	SAYS(find_vma, "down(&%a->mmap_sem); vma = find_vma(%a, %b)"),
	SAYS(test_sole, "%b = atomic_read(&%a->mm_users) == 1"),
	ASKS(handler_disabled, "in_interrupt() || !%a"),
	LAST
};

const struct dialect dialect_alpha = { NULL, spelling_alpha };
const struct dialect dialect_alpha_2_2 = { &dialect_2_2, spelling_alpha_2_2 };
const struct dialect dialect_alpha_2_4 = { &dialect_2_6, spelling_alpha_2_4 };
