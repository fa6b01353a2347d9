/*
 * path_alpha_2_2.c - Alpha in 2.2: every switch throws the whole TB away
 *
 * A kernel thread's mm is init_mm, so get_mmu_context() gives that an ASN like
 * any other, and its PCB always has the base of swapper_pg_dir.  Then
 * alpha_switch_to() empties the TB after swpctx, so that ASNs gain nothing.
 *
 * 2.2.1 had one ASN word for each mm, with the CPU in it; here it is one for
 * each CPU, as in later kernels.
 *
 * Kernel: v2.2.1 kernel/sched.c, fs/exec.c, kernel/exit.c;
 *         include/asm-alpha/mmu_context.h, pgtable.h SET_PAGE_DIR;
 *         arch/alpha/kernel/entry.S, smp.c, arch/alpha/mm/fault.c
 */
#include "engine/paths.h"

/* The tables are laid out as the kernel would be read. */
/* clang-format off */

/* --- boot ---------------------------------------------------------------- */

static const struct op start_kernel_ops[] = {
	DO(swpctx, CUR),
	DO(store_cpu_info),
	DO(set_cpu_online),
	CALL(rest_init),
	CALL(kthread_create),
	PATH_END
};

static const struct op start_secondary_ops[] = {
	DO(swpctx, CUR),
	DO(mmget, INIT, CUR_MM),
	DO(store_cpu_info),
	DO(set_cpu_online),
	PATH_END
};

/* --- the switch ---------------------------------------------------------- */

static const struct op schedule_ops[] = {
	WINDOW(W_SWITCH),
	DO(local_irq_disable),
	IF(sleeping, T(0)),
		DO(deactivate_task, T(0)),
	END,
	DO(set_rq_curr, T(1)),
	AT(sched_switch), DO(trace_sched_switch, T(0), T(1)),
	CALL(switch_mm_irqs_off, T(1), T_MM(1)),
	CALL(switch_to, T(0), T(1)),
	DO(finish_task, T(0)),
	DO(local_irq_enable),
	PATH_END
};

/* Who shares an mm that has an ASN keeps the one in its own PCB. */
static const struct op get_mmu_context_ops[] = {
	DO(read_context, N(0), M(0)),
	IF(asn_stale, N(0)),
		CALL(__get_new_mm_context, N(0)),
		DO(set_context, M(0), N(0)),
		DO(set_pcb_asn, T(0), N(0)),
	END,
	PATH_END
};

static const struct op alpha_switch_to_ops[] = {
	DO(swpctx, T(0)),
	DO(tbia),
	PATH_END
};

/* --- a page-table base of its own ------------------------------------------- */

static const struct op set_page_dir_ops[] = {
	DO(set_pcb_ptbr, T(0), M(0)),
	IF(is_current, T(0)),
		CALL(__reload_thread),
	END,
	PATH_END
};

static const struct op activate_context_ops[] = {
	CALL(switch_mm_irqs_off, CUR, CUR_MM),
	CALL(__reload_thread),
	PATH_END
};

static const struct op copy_mm_ops[] = {
	WAIT(mmap_writable, CUR_MM), DO(mmap_write_lock, CUR_MM),
	DO(mm_init, M(0)),
	IF(nonnull, M(0)),
		CALL(init_new_context, T(0), M(0)),
		DO(dup_mmap, M(0)),
		CALL(flush_tlb_mm_range, CUR_MM),
	END,
	DO(mmap_write_unlock, CUR_MM),
	PATH_END
};

static const struct op kernel_thread_ops[] = {
	DO(dup_task_struct, T(0)),
	IF(no_task, T(0)),
		RET,
	END,
	DO(mmget, INIT, M(0)),
	DO(set, T_MM(0), M(0)),
	DO(set_kthread, T(0)),
	DO(set_pcb_ptbr, T(0), INIT),	/* a copy of init's PCB */
	DO(alloc_pid, T(0)),
	DO(wake_up_new_task, T(0)),
	PATH_END
};

static const struct op exec_mmap_ops[] = {
	DO(test_sole, CUR_MM, N(1)),
	IF(nonzero, N(1)),
		CALL(mm_release),
		CALL(exit_mmap, CUR_MM),
		CALL(flush_tlb_mm_range, CUR_MM),
		RET,
	END,
	DO(mm_init, M(0)),
	IF(null, M(0)),
		DO(no_memory, N(0)),
		RET,
	END,
	WINDOW(W_EXEC),
	DO(trade, M(1), CUR_MM, M(0)),
	AT(switch_mm), CALL(init_new_context, CUR, CUR_MM),
	CALL(activate_mm),
	WINDOW(W_NONE),
	CALL(mm_release),
	CALL(mmput, M(1)),
	PATH_END
};

static const struct op exit_mm_ops[] = {
	IF(not_init, CUR_MM),
		CALL(flush_tlb_mm_range, CUR_MM),
		WINDOW(W_LOAD),
		DO(trade, M(0), CUR_MM, INIT),
		CALL(init_new_context, CUR, INIT),
		WINDOW(W_NONE),
		CALL(mm_release),
		CALL(mmput, M(0)),
	END,
	PATH_END
};

/* --- flushes --------------------------------------------------------------- */

static const struct op flush_tlb_current_ops[] = {
	WINDOW(W_LOAD),
	CALL(__get_new_mm_context, N(0)),
	DO(set_context, M(0), N(0)),
	DO(set_pcb_asn, CUR, N(0)),
	CALL(__reload_thread),
	PATH_END
};

static const struct op flush_tlb_mm_ops[] = {
	DO(begin_flush, M(0)),
	IF(same, M(0), CUR_MM),
		CALL(flush_tlb_current, M(0)),
		DO(read_users, N(0), M(0)),
		IF(at_most_one, N(0)),
			DO(end_flush),
			RET,
		END,
	ELSE,
		DO(flush_tlb_other, M(0)),
	END,
	CALL(smp_call_function_many_cond),
	DO(end_flush),
	PATH_END
};

static const struct op ipi_flush_tlb_mm_ops[] = {
	DO(read_info, M(0), N(0)),
	IF(same, M(0), CUR_MM),
		CALL(flush_tlb_current, M(0)),
	END,
	PATH_END
};

/* clang-format on */

#define TABLE(id, table, ...) \
	static const struct path old_##id = { .ops = table##_ops, __VA_ARGS__ }

TABLE(start_kernel, start_kernel, );
TABLE(start_secondary, start_secondary, );
TABLE(__schedule, schedule, .names = { "prev", "next" }, .tasks = 2,
      .params = { T(0), T(1) });
TABLE(switch_mm_irqs_off, get_mmu_context, .names = { "p", "mmc", "mm" },
      .tasks = 1, .numbers = 1, .refs = 1, .params = { T(0), M(0) });
TABLE(alpha_switch_to, alpha_switch_to, .names = { "next" }, .tasks = 1,
      .params = { T(0) });
TABLE(init_new_context, set_page_dir, .names = { "tsk", "mm" }, .tasks = 1,
      .refs = 1, .params = { T(0), M(0) });
TABLE(activate_mm, activate_context, );
TABLE(dup_mm, copy_mm, .names = { "p", "mm" }, .tasks = 1, .refs = 1,
      .params = { M(0), T(0) });
TABLE(kthread_create, kernel_thread, .names = { "p", "mm" }, .tasks = 1,
      .refs = 1);
TABLE(exec_mmap, exec_mmap, .names = { "error", "alone", "mm", "old_mm" },
      .numbers = 2, .refs = 2, .params = { N(0) });
TABLE(exit_mm, exit_mm, .names = { "mm" }, .refs = 1);
TABLE(flush_tlb_current, flush_tlb_current, .names = { "asn", "mm" },
      .numbers = 1, .refs = 1, .params = { M(0) });
TABLE(flush_tlb_mm_range, flush_tlb_mm, .names = { "count", "mm" },
      .numbers = 1, .refs = 1, .params = { M(0) });
TABLE(flush_tlb_func, ipi_flush_tlb_mm, .names = { "from", "mm" }, .numbers = 1,
      .refs = 1, .params = { N(0) });

#define USE(id) path[PATH_##id] = &old_##id

void paths_alpha_2_2(const struct path **path)
{
	paths_2_2(path);
	path[PATH___switch_to] = NULL;
	path[PATH_native_flush_tlb_multi] = NULL;
	paths_alpha_hardware(path);
	USE(start_kernel);
	USE(start_secondary);
	USE(__schedule);
	USE(switch_mm_irqs_off);
	USE(alpha_switch_to);
	USE(init_new_context);
	USE(activate_mm);
	USE(dup_mm);
	USE(kthread_create);
	USE(exec_mmap);
	USE(exit_mm);
	USE(flush_tlb_current);
	USE(flush_tlb_mm_range);
	USE(flush_tlb_func);
}
