/*
 * path_alpha.c - Alpha: a switch of page tables is a switch of everything
 *
 * There is no instruction that sets the page-table base.  PAL_swpctx loads it
 * together with stack, registers and ASN from the next task's hardware PCB.  So
 * switch_mm() only chooses the ASN and writes it into that PCB; its page-table
 * base was written when the mm was made for the task (init_new_context) or
 * loaded (__load_new_mm_context).  A borrower has none of its own:
 * enter_lazy_tlb() must write the one it borrows, each time.
 *
 * A flush gives the mm a new ASN, here at once, elsewhere at its next switch.
 *
 * The tables go by the names that x86 has for what does the same: dialect.c
 * has those of Alpha (ev5_switch_mm, flush_tlb_mm, smp_callin and so on).
 *
 * Kernel: v6.12 arch/alpha/include/asm/mmu_context.h, switch_to.h, tlbflush.h,
 *         arch/alpha/kernel/entry.S alpha_switch_to, smp.c, mm/fault.c
 */
#include "engine/paths.h"

/* The tables are laid out as the kernel would be read. */
/* clang-format off */

/* --- the switch ------------------------------------------------------------ */

static const struct op enter_lazy_tlb_ops[] = {
	DO(set_pcb_ptbr, T(0), M(0)),
	PATH_END
};

static const struct op switch_mm_irqs_off_ops[] = {
	IF(is_current, T(0)),		/* as in kthread_use_mm() */
		CALL(__load_new_mm_context, M(0)),
		RET,
	END,
	DO(lock_asn),
	DO(read_context, N(0), M(0)),
	IF(asn_stale, N(0)),
		CALL(__get_new_mm_context, N(0)),
		DO(set_context, M(0), N(0)),
	END,
	DO(need_new_asn),
	DO(set_pcb_asn, T(0), N(0)),
	PATH_END
};

static const struct op switch_to_ops[] = {
	CALL(alpha_switch_to, T(1)),
	PATH_END
};

static const struct op alpha_switch_to_ops[] = {
	DO(swpctx, T(0)),
	PATH_END
};

static const struct op context_switch_ops[] = {
	IF(null, T_MM(1)),				/* to kernel */
		CALL(enter_lazy_tlb, T_ACTIVE(0), T(1)),
		DO(set, T_ACTIVE(1), T_ACTIVE(0)),
		IF(nonnull, T_MM(0)),			/* from user: borrow */
			DO(mmgrab_lazy_tlb, T_ACTIVE(0), T_ACTIVE(1)),
		ELSE,					/* from kernel: hand on */
			DO(clear, T_ACTIVE(0)),
		END,
	ELSE,						/* to user */
		CALL(switch_mm_irqs_off, T_MM(1), T(1)),
		IF(null, T_MM(0)),			/* from kernel: park */
			DO(set, PREV_MM, T_ACTIVE(0)),
			DO(clear, T_ACTIVE(0)),
		END,
	END,
	CALL(switch_to, T(0), T(1)),
	CALL(finish_task_switch, T(0)),
	PATH_END
};

static const struct op finish_task_switch_ops[] = {
	AT(finish), DO(take, M(0), PREV_MM),
	DO(finish_task, T(0)),
	DO(local_irq_enable),
	CALL(finish_arch_post_lock_switch),
	IF(nonnull, M(0)),
		CALL(mmdrop_lazy_tlb, M(0)),
	END,
	PATH_END
};

static const struct op finish_arch_post_lock_switch_ops[] = {
	CALL(check_mmu_context),
	PATH_END
};

/* A flush that came while asn_lock was held took the ASN away again. */
static const struct op check_mmu_context_ops[] = {
	DO(unlock_asn),
	IF(new_asn_needed),
		DO(take_need_new_asn, M(0)),
		DO(read_context, N(0), M(0)),
		UNLESS(nonzero, N(0)),
			CALL(__load_new_mm_context, M(0)),
		END,
	END,
	PATH_END
};

/* --- ASNs ------------------------------------------------------------------ */

static const struct op __get_new_mm_context_ops[] = {
	DO(next_asn, N(0)),
	IF(asn_full),
		DO(tbiap, N(0)),
	END,
	DO(set_last_asn, N(0)),
	PATH_END
};

/* To set a page-table base is to switch to oneself. */
static const struct op __load_new_mm_context_ops[] = {
	WINDOW(W_LOAD),
	CALL(__get_new_mm_context, N(0)),
	DO(set_context, M(0), N(0)),
	DO(set_pcb_asn, CUR, N(0)),
	DO(set_pcb_ptbr, CUR, M(0)),
	CALL(__reload_thread),
	PATH_END
};

static const struct op __reload_thread_ops[] = {
	DO(swpctx, CUR),
	PATH_END
};

static const struct op activate_mm_ops[] = {
	CALL(__load_new_mm_context, M(0)),
	PATH_END
};

static const struct op init_new_context_ops[] = {
	UNLESS(is_current, T(0)),
		DO(set_pcb_ptbr, T(0), M(0)),
	END,
	PATH_END
};

/* --- flushes --------------------------------------------------------------- */

static const struct op flush_tlb_current_ops[] = {
	CALL(__load_new_mm_context, M(0)),
	PATH_END
};

static const struct op flush_tlb_mm_range_ops[] = {
	DO(begin_flush, M(0)),
	IF(same, M(0), CUR_ACTIVE),
		CALL(flush_tlb_current, M(0)),
		DO(read_users, N(0), M(0)),
		IF(at_most_one, N(0)),
			DO(context_elsewhere, M(0)),
			UNLESS(elsewhere),
				DO(end_flush),
				RET,
			END,
		END,
	ELSE,
		DO(flush_tlb_other, M(0)),
	END,
	CALL(smp_call_function_many_cond),
	DO(end_flush),
	PATH_END
};

static const struct op smp_call_function_many_cond_ops[] = {
	DO(all_others),
	LOOP(todo_left),
		DO(call_one),
	ENDLOOP,
	WAIT(acked), DO(call_done),
	PATH_END
};

static const struct op flush_tlb_func_ops[] = {
	DO(read_info, M(0), N(0)),
	IF(flush_current, M(0), CUR_MM),
		CALL(flush_tlb_current, M(0)),
	ELSE,
		DO(flush_tlb_other, M(0)),
	END,
	PATH_END
};

static const struct op ipi_flush_ops[] = {
	CALL(flush_tlb_func, N(0)),
	DO(ack, N(0)),
	PATH_END
};

/* --- who loads an mm or flushes one ---------------------------------------- */

static const struct op exec_mmap_ops[] = {
	AT(exec_release), CALL(mm_release),
	IF(nonnull, CUR_MM),
		WAIT(mmap_readable, CUR_MM), DO(mmap_read_lock, CUR_MM),
	END,
	AT(exec_mmap), WAIT(task_unlocked, CUR), DO(task_lock, CUR),
	DO(local_irq_disable),
	WINDOW(W_EXEC),
	ATOMIC,
	DO(take, M(2), CUR_MM),
	DO(take, M(1), CUR_ACTIVE),
	DO(copy, CUR_ACTIVE, M(0)),
	DO(set, CUR_MM, M(0)),
	ENDATOMIC,
	DO(local_irq_enable),
	AT(switch_mm), CALL(activate_mm, M(0)),
	WINDOW(W_NONE),
	DO(task_unlock, CUR),
	IF(nonnull, M(2)),
		DO(mmap_read_unlock, M(2)),
		CALL(mmput, M(2)),
	ELSE,
		CALL(mmdrop_lazy_tlb, M(1)),
	END,
	PATH_END
};

static const struct op kthread_use_mm_ops[] = {
	AT(use_mm), DO(warn_use_mm),
	DO(mmgrab, M(0), M(0)),
	WAIT(task_unlocked, CUR), DO(task_lock, CUR),
	DO(local_irq_disable),
	WINDOW(W_USE),
	ATOMIC,
	DO(take, M(1), CUR_ACTIVE),
	DO(copy, CUR_ACTIVE, M(0)),
	DO(set, CUR_MM, M(0)),
	ENDATOMIC,
	AT(switch_mm), CALL(switch_mm_irqs_off, M(0), CUR),
	DO(local_irq_enable),
	WINDOW(W_NONE),
	DO(task_unlock, CUR),
	CALL(finish_arch_post_lock_switch),
	CALL(mmdrop_lazy_tlb, M(1)),
	PATH_END
};

static const struct op dup_mm_ops[] = {
	DO(mm_init, M(0)),
	IF(null, M(0)),
		RET,
	END,
	CALL(init_new_context, T(0), M(0)),
	AT(mm_new), WAIT(mmap_writable, CUR_MM), DO(mmap_write_lock, CUR_MM),
	DO(dup_mmap, M(0)),
	CALL(flush_tlb_mm_range, CUR_MM),
	DO(mmap_write_unlock, CUR_MM),
	PATH_END
};

static const struct op exit_mmap_ops[] = {
	AT(exit_mmap), DO(unmap_vmas, M(0)),
	IF(has_tables, M(0)),
		CALL(flush_tlb_mm_range, M(0)),
	END,
	DO(free_pgtables, M(0)),
	PATH_END
};

/* PALcode traps here; the question is the same as on x86. */
static const struct op exc_page_fault_ops[] = {
	DO(read_cr2, N(1), N(2), N(0)),
	IF(handler_disabled, CUR_MM, N(0)),
		CALL(kernelmode_fixup_or_oops, N(0), N(1)),
		RET,
	END,
	IF(kernel_half, N(1), N(0)),		/* no VMA is there */
		CALL(bad_area_nosemaphore, N(0), N(1)),
		RET,
	END,
	DO(find_vma, CUR_MM, N(1), N(0)),
	PATH_END
};

/* --- boot, and CPUs that come and go --------------------------------------- */

/* init_task's active_mm is init_mm from the start, without a reference. */
static const struct op start_kernel_ops[] = {
	WINDOW(W_SWITCH),
	DO(set_cpu_online),
	CALL(sched_init),
	WINDOW(W_NONE),
	CALL(rest_init),
	DO(store_cpu_info),
	PATH_END
};

static const struct op sched_init_ops[] = {
	DO(mmgrab_lazy_tlb, INIT, CUR_ACTIVE),
	CALL(enter_lazy_tlb, INIT, CUR),
	PATH_END
};

static const struct op start_secondary_ops[] = {
	DO(local_irq_disable),		/* it comes so */
	WINDOW(W_SWITCH),
	DO(swpctx, CUR),		/* __smp_callin: from the console's PCB */
	DO(set_cpu_online),
	DO(mmgrab, INIT, CUR_ACTIVE),
	WINDOW(W_NONE),
	DO(local_irq_enable),
	DO(store_cpu_info),
	PATH_END
};

static const struct op idle_task_exit_ops[] = {
	AT(idle_exit), DO(idle_exit_checks),
	IF(not_init, CUR_ACTIVE),
		CALL(switch_mm_irqs_off, INIT, CUR),
		CALL(finish_arch_post_lock_switch),
	END,
	DO(cpu_dead),
	PATH_END
};

static const struct path alpha_enter_lazy_tlb = {
	.names = { "tsk", "mm" }, .tasks = 1, .refs = 1,
	.params = { M(0), T(0) }, .ops = enter_lazy_tlb_ops,
};
static const struct path alpha_switch_mm_irqs_off = {
	.names = { "next", "mmc", "next_mm" },
	.tasks = 1, .numbers = 1, .refs = 1,
	.params = { M(0), T(0) }, .ops = switch_mm_irqs_off_ops,
};
static const struct path alpha_switch_to = {
	.names = { "prev", "next" }, .tasks = 2,
	.params = { T(0), T(1) }, .ops = switch_to_ops,
};
static const struct path alpha_alpha_switch_to = {
	.names = { "next" }, .tasks = 1, .params = { T(0) },
	.ops = alpha_switch_to_ops,
};
static const struct path alpha_context_switch = {
	.names = { "prev", "next" }, .tasks = 2,
	.params = { T(0), T(1) }, .ops = context_switch_ops,
};
static const struct path alpha_finish_task_switch = {
	.names = { "prev", "mm" }, .tasks = 1, .refs = 1,
	.params = { T(0) }, .ops = finish_task_switch_ops,
};
static const struct path alpha_finish_arch_post_lock_switch = {
	.ops = finish_arch_post_lock_switch_ops,
};
static const struct path alpha_check_mmu_context = {
	.names = { "mmc", "mm" }, .numbers = 1, .refs = 1,
	.ops = check_mmu_context_ops,
};
static const struct path alpha___get_new_mm_context = {
	.names = { "next" }, .numbers = 1, .params = { N(0) },
	.ops = __get_new_mm_context_ops,
};
static const struct path alpha___load_new_mm_context = {
	.names = { "mmc", "next_mm" }, .numbers = 1, .refs = 1,
	.params = { M(0) }, .ops = __load_new_mm_context_ops,
};
static const struct path alpha___reload_thread = {
	.ops = __reload_thread_ops,
};
static const struct path alpha_activate_mm = {
	.names = { "next_mm" }, .refs = 1, .params = { M(0) },
	.ops = activate_mm_ops,
};
static const struct path alpha_init_new_context = {
	.names = { "tsk", "mm" }, .tasks = 1, .refs = 1,
	.params = { T(0), M(0) }, .ops = init_new_context_ops,
};
static const struct path alpha_flush_tlb_current = {
	.names = { "mm" }, .refs = 1, .params = { M(0) },
	.ops = flush_tlb_current_ops,
};
static const struct path alpha_flush_tlb_mm_range = {
	.names = { "users", "mm" }, .numbers = 1, .refs = 1,
	.params = { M(0) }, .ops = flush_tlb_mm_range_ops,
};
static const struct path alpha_smp_call_function_many_cond = {
	.ops = smp_call_function_many_cond_ops,
};
static const struct path alpha_flush_tlb_func = {
	.names = { "initiating_cpu", "mm" }, .numbers = 1, .refs = 1,
	.params = { N(0) }, .ops = flush_tlb_func_ops,
};
static const struct path alpha_ipi_flush = {
	.names = { "initiating_cpu" }, .numbers = 1,
	.params = { N(0) }, .ops = ipi_flush_ops,
};
static const struct path alpha_exec_mmap = {
	.names = { "mm", "active_mm", "old_mm" }, .refs = 3,
	.params = { M(0) }, .ops = exec_mmap_ops,
};
static const struct path alpha_kthread_use_mm = {
	.names = { "mm", "active_mm" }, .refs = 2,
	.params = { M(0) }, .ops = kthread_use_mm_ops,
};
static const struct path alpha_dup_mm = {
	.names = { "p", "mm" }, .tasks = 1, .refs = 1,
	.params = { M(0), T(0) }, .ops = dup_mm_ops,
};
static const struct path alpha_exit_mmap = {
	.names = { "mm" }, .refs = 1, .params = { M(0) },
	.ops = exit_mmap_ops,
};
static const struct path alpha_exc_page_fault = {
	.names = { "cause", "address", "high" }, .numbers = 3,
	.params = { N(0), N(1), N(2) }, .ops = exc_page_fault_ops,
};
static const struct path alpha_start_kernel = { .ops = start_kernel_ops };
static const struct path alpha_sched_init = { .ops = sched_init_ops };
static const struct path alpha_start_secondary = { .ops = start_secondary_ops };
static const struct path alpha_idle_task_exit = {
	.ops = idle_task_exit_ops,
};
/* clang-format on */

#define USE(id) path[PATH_##id] = &alpha_##id
#define DO_NOT_USE(id) path[PATH_##id] = NULL

/* What the other machines share stays; what is x86's goes. */
static void drop_x86(const struct path **path)
{
	DO_NOT_USE(leave_mm);
	DO_NOT_USE(native_flush_tlb_multi);
	DO_NOT_USE(cpu_init);
	DO_NOT_USE(handle_page_fault);
	DO_NOT_USE(do_kern_addr_fault);
	DO_NOT_USE(do_user_addr_fault);
}

/* What swpctx, ASNs and cross-calls are on every Alpha. */
void paths_alpha_hardware(const struct path **path)
{
	USE(switch_to);
	USE(alpha_switch_to);
	USE(__get_new_mm_context);
	USE(__reload_thread);
	USE(smp_call_function_many_cond);
	USE(ipi_flush);
}

void paths_alpha(const struct path **path)
{
	paths_6_12(path);
	drop_x86(path);
	paths_alpha_hardware(path);
	USE(enter_lazy_tlb);
	USE(switch_mm_irqs_off);
	USE(context_switch);
	USE(finish_task_switch);
	USE(finish_arch_post_lock_switch);
	USE(check_mmu_context);
	USE(__load_new_mm_context);
	USE(activate_mm);
	USE(init_new_context);
	USE(flush_tlb_current);
	USE(flush_tlb_mm_range);
	USE(flush_tlb_func);
	USE(exec_mmap);
	USE(kthread_use_mm);
	USE(dup_mm);
	USE(exit_mmap);
	USE(exc_page_fault);
	USE(start_kernel);
	USE(sched_init);
	USE(start_secondary);
	USE(idle_task_exit);
}
