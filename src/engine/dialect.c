/*
 * dialect.c - what older kernels called the same things
 *
 * The tables of paths are shared by all kernels that did the same; only what
 * they called it differs, and that is here, newest kernel first.
 *
 * Kernel: v6.1, v4.14, v2.6.20, v2.4.0, the files that are named
 */
#include "engine/paths.h"

#define SAYS(id, text) { SPELLED_STATEMENT, ST_##id, text, NULL }
#define ASKS(id, text) { SPELLED_CONDITION, CO_##id, text, NULL }
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

/* mmap_lock was mmap_sem until 5.8. */
static const struct spelling spelling_4_14[] = {
	SAYS(leave_lazy, "%a = loaded_mm; this_cpu_write(cpu_tlbstate.is_lazy, false)"),
	SAYS(get_flush_tlb_info, "info.mm = %a"),
	SAYS(inc_mm_tlb_gen, "info.new_tlb_gen = inc_mm_tlb_gen(%a)"),
	SAYS(put_flush_tlb_info, "put_cpu()"),
	SAYS(call_each, "csd_queue(next cpu of cfd->cpumask)"),
	SAYS(finish_task, "finish_lock_switch(rq, %a)"),
	SAYS(mmap_read_lock, "down_read(&%a->mmap_sem)"),
	SAYS(mmap_read_unlock, "up_read(&%a->mmap_sem)"),
	SAYS(mmap_write_lock, "down_write(&%a->mmap_sem)"),
	SAYS(mmap_write_unlock, "up_write(&%a->mmap_sem)"),
	ASKS(mmap_readable, "mmap_sem of %a is not held for writing"),
	ASKS(mmap_writable, "mmap_sem of %a is free"),
	CALLED(native_flush_tlb_multi, "native_flush_tlb_others", "arch/x86/mm/tlb.c"),
	CALLED(smp_call_function_many_cond, "smp_call_function_many", "kernel/smp.c"),
	CALLED(kthread_use_mm, "use_mm", "mm/mmu_context.c"),
	CALLED(kthread_unuse_mm, "unuse_mm", "mm/mmu_context.c"),
	LAST
};

/* Counts by hand, and the state of the TLB in the PDA. */
static const struct spelling spelling_2_6[] = {
	SAYS(mmgrab, "atomic_inc(&%a->mm_count)"),
	SAYS(mmgrab_lazy_tlb, "atomic_inc(&%a->mm_count)"),
	SAYS(mmget, "atomic_inc(&%a->mm_users)"),
	SAYS(get_mm_of, "mm = %a->mm; if (mm) atomic_inc(&mm->mm_users)"),
	SAYS(trace_sched_switch, "++*switch_count"),
	SAYS(enter_lazy, "if (read_pda(mmu_state) == TLBSTATE_OK) write_pda(mmu_state, TLBSTATE_LAZY)"),
	SAYS(tlb_ok, "write_pda(mmu_state, TLBSTATE_OK); write_pda(active_mm, %a)"),
	SAYS(tlb_begin, "pda_init(cpu)"),
	SAYS(bug_tlb_ok, "BUG_ON(read_pda(mmu_state) == TLBSTATE_OK)"),
	SAYS(mask_clear, "cpu_clear(cpu, %a->cpu_vm_mask)"),
	SAYS(mask_set, "cpu_set(cpu, %a->cpu_vm_mask)"),
	SAYS(mask_test_and_set, "cpu_test_and_set(cpu, %a->cpu_vm_mask)"),
	SAYS(load_cr3, "load_cr3(%a->pgd)"),
	SAYS(get_flush_tlb_info, "preempt_disable(); flush_mm = %a"),
	SAYS(cond_mask, "cpu_mask = flush_mm->cpu_vm_mask; cpu_clear(cpu, cpu_mask)"),
	SAYS(call_each, "send_IPI_mask(next cpu of cpu_mask, INVALIDATE_TLB_VECTOR_START)"),
	SAYS(call_done, "cpus_empty(flush_cpumask)"),
	SAYS(put_flush_tlb_info, "flush_mm = NULL; preempt_enable()"),
	SAYS(read_info, "%a = flush_mm"),
	SAYS(flush_tlb_local, "local_flush_tlb()"),
	SAYS(ack, "ack_APIC_irq(); cpu_clear(cpu, flush_cpumask)"),
	SAYS(set_kthread, "%a serves the kernel alone"),	/* no flag yet */
	SAYS(do_task_dead, "current->state = TASK_DEAD"),
	SAYS(idle_exit_checks, "BUG_ON(cpu_online(smp_processor_id()))"),
	SAYS(cpu_dead, "cpu_state = CPU_DEAD"),
	ASKS(todo_left, "!cpus_empty(cpu_mask)"),
	ASKS(tlb_is, "%a == read_pda(active_mm)"),
	ASKS(lazy, "read_pda(mmu_state) != TLBSTATE_OK"),
	CALLED(__schedule, "schedule", "kernel/sched.c"),
	CALLED(context_switch, "context_switch", "kernel/sched.c"),
	CALLED(finish_task_switch, "finish_task_switch", "kernel/sched.c"),
	CALLED(sched_init, "sched_init", "kernel/sched.c"),
	CALLED(idle_task_exit, "idle_task_exit", "kernel/sched.c"),
	CALLED(cpu_init, "cpu_init", "arch/x86_64/kernel/setup64.c"),
	CALLED(start_secondary, "start_secondary", "arch/x86_64/kernel/smpboot.c"),
	CALLED(enter_lazy_tlb, "enter_lazy_tlb", "include/asm-x86_64/mmu_context.h"),
	CALLED(switch_mm_irqs_off, "switch_mm", "include/asm-x86_64/mmu_context.h"),
	CALLED(leave_lazy_mm, "leave_mm", "arch/x86_64/kernel/smp.c"),
	CALLED(flush_tlb_mm_range, "flush_tlb_mm", "arch/x86_64/kernel/smp.c"),
	CALLED(native_flush_tlb_multi, "flush_tlb_others", "arch/x86_64/kernel/smp.c"),
	CALLED(ipi_flush, "smp_invalidate_interrupt", "arch/x86_64/kernel/smp.c"),
	CALLED(mmdrop, "mmdrop", "include/linux/sched.h"),
	CALLED(mmdrop_lazy_tlb, "mmdrop", "include/linux/sched.h"),
	CALLED(kthread_create, "kernel_thread", "arch/x86_64/kernel/process.c"),
	CALLED(kthread_use_mm, "use_mm", "fs/aio.c"),
	CALLED(kthread_unuse_mm, "unuse_mm", "fs/aio.c"),
	LAST
};

/* i386, semaphores, no preemption. */
static const struct spelling spelling_2_4[] = {
	SAYS(dec_users, "atomic_dec_and_lock(&%a->mm_users, &mmlist_lock)"),
	SAYS(test_sole, "%b = atomic_read(&%a->mm_users) == 1"),
	SAYS(mm_init, "%a = mm_alloc()"),
	SAYS(copy_strings, "setup_arg_pages(bprm)"),
	SAYS(dup_mmap, "dup_mmap(%a)"),
	SAYS(unmap_vmas, "zap_page_range(%a, ...)"),
	SAYS(free_pgtables, "clear_page_tables(%a)"),
	SAYS(deactivate_task, "del_from_runqueue(%a)"),
	SAYS(set_rq_curr, "sched_data->curr = %a; %a->has_cpu = 1"),
	SAYS(trace_sched_switch, "kstat.context_swtch++"),
	SAYS(finish_task, "%a->has_cpu = 0"),
	SAYS(local_irq_disable, "spin_lock_irq(&runqueue_lock)"),
	SAYS(local_irq_enable, "spin_unlock_irq(&runqueue_lock)"),
	SAYS(enter_lazy, "if (cpu_tlbstate[cpu].state == TLBSTATE_OK) cpu_tlbstate[cpu].state = TLBSTATE_LAZY"),
	SAYS(tlb_ok, "cpu_tlbstate[cpu].state = TLBSTATE_OK; cpu_tlbstate[cpu].active_mm = %a"),
	SAYS(tlb_begin, "cpu_tlbstate[cpu] = { &init_mm, 0 }"),
	SAYS(bug_tlb_ok, "BUG_ON(cpu_tlbstate[cpu].state == TLBSTATE_OK)"),
	SAYS(mask_clear, "clear_bit(cpu, &%a->cpu_vm_mask)"),
	SAYS(mask_set, "set_bit(cpu, &%a->cpu_vm_mask)"),
	SAYS(mask_test_and_set, "test_and_set_bit(cpu, &%a->cpu_vm_mask)"),
	SAYS(get_flush_tlb_info, "flush_mm = %a; flush_va = FLUSH_ALL"),
	SAYS(cond_mask, "cpu_mask = flush_mm->cpu_vm_mask & ~(1 << cpu)"),
	SAYS(call_each, "send_IPI_mask(next cpu of cpu_mask, INVALIDATE_TLB_VECTOR)"),
	SAYS(call_done, "flush_cpumask == 0"),
	SAYS(put_flush_tlb_info, "flush_mm = NULL; flush_va = 0"),
	SAYS(ack, "ack_APIC_irq(); clear_bit(cpu, &flush_cpumask)"),
	SAYS(do_task_dead, "current->state = TASK_ZOMBIE"),
	SAYS(find_vma_old, "down(&%a->mmap_sem); vma = find_vma(%a, %b)"),
	SAYS(die, "die(\"Oops\", regs, %a)"),
	SAYS(mmap_write_lock, "down(&%a->mmap_sem)"),
	SAYS(mmap_write_unlock, "up(&%a->mmap_sem)"),
	ASKS(todo_left, "cpu_mask"),
	ASKS(tlb_is, "%a == cpu_tlbstate[cpu].active_mm"),
	ASKS(lazy, "cpu_tlbstate[cpu].state != TLBSTATE_OK"),
	ASKS(acked, "flush_cpumask is empty"),
	CALLED(finish_task_switch, "__schedule_tail", "kernel/sched.c"),
	CALLED(cpu_init, "cpu_init", "arch/i386/kernel/setup.c"),
	CALLED(start_secondary, "start_secondary", "arch/i386/kernel/smpboot.c"),
	CALLED(enter_lazy_tlb, "enter_lazy_tlb", "include/asm-i386/mmu_context.h"),
	CALLED(switch_mm_irqs_off, "switch_mm", "include/asm-i386/mmu_context.h"),
	CALLED(leave_lazy_mm, "leave_mm", "arch/i386/kernel/smp.c"),
	CALLED(flush_tlb_mm_range, "flush_tlb_mm", "arch/i386/kernel/smp.c"),
	CALLED(native_flush_tlb_multi, "flush_tlb_others", "arch/i386/kernel/smp.c"),
	CALLED(ipi_flush, "smp_invalidate_interrupt", "arch/i386/kernel/smp.c"),
	CALLED(kthread_create, "kernel_thread", "arch/i386/kernel/process.c"),
	CALLED(dup_mm, "copy_mm", "kernel/fork.c"),
	CALLED(exit_mm, "__exit_mm", "kernel/exit.c"),
	CALLED(exc_page_fault, "do_page_fault", "arch/i386/mm/fault.c"),
	CALLED(kernelmode_fixup_or_oops, "no_context", "arch/i386/mm/fault.c"),
	CALLED(page_fault_oops, "die", "arch/i386/kernel/traps.c"),
	LAST
};

/* 2.2: one count, semaphores, a run queue for all. */
static const struct spelling spelling_2_2[] = {
	CALLED(__schedule, "schedule", "kernel/sched.c"),
	CALLED(start_secondary, "start_secondary", "arch/i386/kernel/smp.c"),
	CALLED(rest_init, "kernel_thread", "arch/i386/kernel/process.c"),
	CALLED(kthread_create, "kernel_thread", "arch/i386/kernel/process.c"),
	CALLED(sys_fork, "sys_fork", "arch/i386/kernel/process.c"),
	CALLED(sys_vfork, "sys_vfork", "arch/i386/kernel/process.c"),
	CALLED(sys_clone, "sys_clone", "arch/i386/kernel/process.c"),
	CALLED(dup_mm, "copy_mm", "kernel/fork.c"),
	CALLED(do_execve, "do_execve", "fs/exec.c"),
	CALLED(exit_mm, "__exit_mm", "kernel/exit.c"),
	CALLED(release_task, "release", "kernel/exit.c"),
	CALLED(flush_tlb_mm_range, "flush_tlb_mm", "include/asm-i386/pgtable.h"),
	CALLED(native_flush_tlb_multi, "smp_flush_tlb", "arch/i386/kernel/smp.c"),
	CALLED(ipi_flush, "smp_invalidate_interrupt", "arch/i386/kernel/smp.c"),
	CALLED(exc_page_fault, "do_page_fault", "arch/i386/mm/fault.c"),
	CALLED(kernelmode_fixup_or_oops, "no_context", "arch/i386/mm/fault.c"),
	CALLED(page_fault_oops, "die", "arch/i386/kernel/traps.c"),
	SAYS(dec_users, "atomic_dec_and_test(&%a->count)"),
	SAYS(test_sole, "%b = atomic_read(&%a->count) == 1"),
	SAYS(test_local, "%b = %a == current->mm && atomic_read(&%a->count) == 1"),
	SAYS(mm_init, "%a = mm_alloc()"),
	SAYS(copy_strings, "setup_arg_pages(bprm)"),
	SAYS(dup_mmap, "dup_mmap(%a)"),
	SAYS(unmap_vmas, "zap_page_range(%a, ...)"),
	SAYS(free_pgtables, "free_page_tables(%a)"),
	SAYS(deactivate_task, "del_from_runqueue(%a)"),
	SAYS(set_rq_curr, "%a->has_cpu = 1; %a->processor = this_cpu"),
	SAYS(trace_sched_switch, "kstat.context_swtch++"),
	SAYS(finish_task, "%a->has_cpu = 0"),
	SAYS(local_irq_disable, "spin_lock_irq(&runqueue_lock)"),
	SAYS(local_irq_enable, "spin_unlock_irq(&runqueue_lock)"),
	SAYS(mmap_write_lock, "down(&%a->mmap_sem)"),
	SAYS(mmap_write_unlock, "up(&%a->mmap_sem)"),
	SAYS(init_tlbstate, "load_cr3(swapper_pg_dir)"),
	SAYS(set_cpu_online, "set_bit(cpu, &cpu_online_map)"),
	SAYS(get_flush_tlb_info, "cpu = smp_processor_id()"),
	SAYS(put_flush_tlb_info, "return"),
	SAYS(flush_tlb_local, "local_flush_tlb()"),
	SAYS(call_each, "send_IPI_allbutself(INVALIDATE_TLB_VECTOR)"),
	SAYS(ack, "clear_bit(cpu, &smp_invalidate_needed)"),
	SAYS(dup_task_struct, "%a = alloc_task_struct()"),
	SAYS(set_kthread, "copy_thread(0, CLONE_VM, fn, %a, regs)"),
	SAYS(alloc_pid, "%a->pid = get_pid(clone_flags)"),
	SAYS(free_task, "free_task_struct(%a)"),
	SAYS(wake_up_new_task, "wake_up_process(%a)"),
	SAYS(set_vfork_done, "current->vfork_sem = &sem"),
	SAYS(wait_for_vfork_done, "down(&sem)"),
	SAYS(vfork_return, "current->state = TASK_RUNNING"),
	SAYS(complete_vfork_done, "up(%a->p_opptr->vfork_sem)"),
	SAYS(set_task_comm, "strcpy(current->comm, name)"),
	SAYS(exit_signals, "current->flags |= PF_EXITING"),
	SAYS(exit_notify, "exit_notify()"),
	SAYS(do_task_dead, "current->state = TASK_ZOMBIE"),
	SAYS(claim_zombie, "%a->state == TASK_ZOMBIE"),
	SAYS(release_task, "release(%a)"),
	SAYS(find_vma_old, "down(&%a->mmap_sem); vma = find_vma(%a, %b)"),
	SAYS(die, "die(\"Oops\", regs, %a)"),
	{ SPELLED_CONDITION, CO_sleeping, "%a->state", NULL },
	{ SPELLED_CONDITION, CO_todo_left, "a CPU is not told yet", NULL },
	{ SPELLED_CONDITION, CO_acked, "smp_invalidate_needed is empty", NULL },
	{ SPELLED_CONDITION, CO_has_vfork_parent, "%a->flags & PF_VFORK", NULL },
	{ SPELLED_CONDITION, CO_mmap_writable, "mmap_sem of %a is free", NULL },
	LAST
};

/* clang-format on */

const struct dialect dialect_6_1 = { NULL, spelling_6_1 };
const struct dialect dialect_4_14 = { &dialect_6_1, spelling_4_14 };
const struct dialect dialect_2_6 = { &dialect_4_14, spelling_2_6 };
const struct dialect dialect_2_4 = { &dialect_2_6, spelling_2_4 };
const struct dialect dialect_2_2 = { &dialect_6_1, spelling_2_2 };
