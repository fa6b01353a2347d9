/*
 * path_2_2.c - kernel 2.2: one counter, and init_mm as a real mm
 *
 * Before the mail that introduced active_mm.  A task always has an mm; that of
 * a kernel thread is init_mm, and who exits is left with init_mm as well.
 * Nobody borrows, so every switch between a process and a kernel thread loads
 * CR3 and with it throws the whole TLB away, on the way back too.
 *
 * How a world holds it: mm_users is the one `count`.  mm_count is 1 as long as
 * the struct exists and is never shown; active_mm stays NULL, is_lazy 0,
 * prev_mm NULL and mm_cpumask empty (i386 did not look at cpu_vm_mask).  The
 * last mmput() frees all at once, so no mm is ever a zombie.  A kernel thread
 * that ends takes its count of init_mm along: __exit_mm() does nothing for it,
 * and `kept` has what nobody will give back.
 *
 * Kernel: v2.2.1 kernel/fork.c, kernel/exit.c, fs/exec.c, kernel/sched.c,
 *         arch/i386/kernel/process.c, arch/i386/kernel/smp.c
 */
#include "engine/paths.h"

/* The tables are laid out as the kernel would be read. */
/* clang-format off */

/* --- boot ---------------------------------------------------------------- */

static const struct op start_kernel_ops[] = {
	DO(init_tlbstate),
	DO(set_cpu_online),
	CALL(rest_init),
	CALL(kthread_create),
	PATH_END
};

/* PID 1: a kernel thread that will exec. */
static const struct op rest_init_ops[] = {
	DO(dup_task_struct, T(0)),
	IF(no_task, T(0)),
		RET,
	END,
	DO(mmget, INIT, M(0)),
	DO(set, T_MM(0), M(0)),
	DO(alloc_pid, T(0)),
	DO(wake_up_new_task, T(0)),
	PATH_END
};

/* The idle task of another CPU is a kernel thread like any other. */
static const struct op start_secondary_ops[] = {
	DO(mmget, INIT, CUR_MM),
	DO(init_tlbstate),
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
	DO(switch_to, T(0), T(1)),
	CALL(__switch_to, T(0), T(1)),
	DO(finish_task, T(0)),
	DO(local_irq_enable),
	PATH_END
};

static const struct op __switch_to_ops[] = {
	IF(other_cr3, T(1), T(0)),
		DO(load_tss_cr3, T(1)),
	END,
	PATH_END
};

/* --- flushes -------------------------------------------------------------- */

static const struct op flush_tlb_mm_ops[] = {
	AT(flush_range), DO(get_flush_tlb_info, M(0), N(0), N(1)),
	DO(test_local, M(0), N(2)),
	IF(nonzero, N(2)),
		DO(flush_tlb_local, SELF),
	ELSE,
		CALL(native_flush_tlb_multi),
	END,
	DO(put_flush_tlb_info),
	PATH_END
};

/* All CPUs, whatever they run; the APIC sends it to them at once. */
static const struct op smp_flush_tlb_ops[] = {
	DO(online_mask),
	LOOP(todo_left),
		DO(call_each),
	ENDLOOP,
	WAIT(acked), DO(flush_tlb_local, SELF),
	PATH_END
};

static const struct op invalidate_interrupt_ops[] = {
	DO(flush_tlb_local, N(0)),
	DO(ack, N(0)),
	PATH_END
};

/* --- the one counter ------------------------------------------------------ */

static const struct op mmput_ops[] = {
	DO(dec_users, M(0)),
	IF(result),
		CALL(exit_mmap, M(0)),
		DO(free_pgtables, M(0)),
		DO(free_whole, M(0)),
	END,
	PATH_END
};

static const struct op exit_mmap_ops[] = {
	DO(unmap_vmas, M(0)),
	PATH_END
};

/* --- new tasks ------------------------------------------------------------- */

static const struct op sys_fork_ops[] = {
	DO(dup_task_struct, T(0)),
	IF(no_task, T(0)),
		RET,
	END,
	CALL(dup_mm, M(0), T(0)),
	IF(null, M(0)),
		DO(free_task, T(0)),
		RET,
	END,
	DO(set, T_MM(0), M(0)),
	DO(alloc_pid, T(0)),
	DO(wake_up_new_task, T(0)),
	PATH_END
};

static const struct op copy_mm_ops[] = {
	WAIT(mmap_writable, CUR_MM), DO(mmap_write_lock, CUR_MM),
	DO(mm_init, M(0)),
	IF(nonnull, M(0)),
		DO(dup_mmap, M(0)),
		CALL(flush_tlb_mm_range, CUR_MM, K(0), K(0)),
	END,
	DO(mmap_write_unlock, CUR_MM),
	PATH_END
};

static const struct op sys_clone_ops[] = {
	DO(dup_task_struct, T(0)),
	IF(no_task, T(0)),
		RET,
	END,
	DO(mmget, CUR_MM, M(0)),
	DO(set, T_MM(0), M(0)),
	DO(alloc_pid, T(0)),
	DO(wake_up_new_task, T(0)),
	PATH_END
};

static const struct op sys_vfork_ops[] = {
	DO(dup_task_struct, T(0)),
	IF(no_task, T(0)),
		RET,
	END,
	DO(mmget, CUR_MM, M(0)),
	DO(set, T_MM(0), M(0)),
	DO(alloc_pid, T(0)),
	DO(set_vfork_done, T(0)),
	DO(wake_up_new_task, T(0)),
	DO(wait_for_vfork_done),
	WAIT(vfork_done), DO(vfork_return),
	PATH_END
};

/* CLONE_VM from init's context, whose mm is init_mm. */
static const struct op kernel_thread_ops[] = {
	DO(dup_task_struct, T(0)),
	IF(no_task, T(0)),
		RET,
	END,
	DO(mmget, INIT, M(0)),
	DO(set, T_MM(0), M(0)),
	DO(set_kthread, T(0)),
	DO(alloc_pid, T(0)),
	DO(wake_up_new_task, T(0)),
	PATH_END
};

static const struct op mm_release_ops[] = {
	IF(has_vfork_parent, CUR),
		DO(complete_vfork_done, CUR),
	END,
	PATH_END
};

/* --- exec, exit ------------------------------------------------------------ */

static const struct op do_execve_ops[] = {
	CALL(exec_mmap, N(0)),
	IF(nonzero, N(0)),
		RET,
	END,
	DO(copy_strings, CUR_MM),
	DO(set_task_comm),
	PATH_END
};

/* Who has its mm alone empties it and goes on with it. */
static const struct op exec_mmap_ops[] = {
	DO(test_sole, CUR_MM, N(1)),
	IF(nonzero, N(1)),
		CALL(mm_release),
		CALL(exit_mmap, CUR_MM),
		CALL(flush_tlb_mm_range, CUR_MM, K(0), K(0)),
		RET,
	END,
	DO(mm_init, M(0)),
	IF(null, M(0)),
		DO(no_memory, N(0)),
		RET,
	END,
	WINDOW(W_EXEC),
	DO(trade, M(1), CUR_MM, M(0)),
	DO(load_pgd, CUR_MM),
	WINDOW(W_NONE),
	CALL(mm_release),
	CALL(mmput, M(1)),
	PATH_END
};

/* The task goes on with init_mm, which it does not count. */
static const struct op exit_mm_ops[] = {
	IF(not_init, CUR_MM),
		CALL(flush_tlb_mm_range, CUR_MM, K(0), K(0)),
		WINDOW(W_LOAD),
		DO(trade, M(0), CUR_MM, INIT),
		DO(load_swapper, INIT),
		WINDOW(W_NONE),
		CALL(mm_release),
		CALL(mmput, M(0)),
	END,
	PATH_END
};

/* clang-format on */

#define TABLE(id, ...) \
	const struct path path_##id##_2_2 = { .ops = id##_ops, __VA_ARGS__ }
#define NEW_TASK .names = { "p", "mm" }, .tasks = 1, .refs = 1

TABLE(start_kernel, );
TABLE(rest_init, NEW_TASK);
TABLE(start_secondary, );
TABLE(schedule, .names = { "prev", "next" }, .tasks = 2,
      .params = { T(0), T(1) });
TABLE(__switch_to, .names = { "prev", "next" }, .tasks = 2,
      .params = { T(0), T(1) });
TABLE(flush_tlb_mm, .names = { "freed_tables", "pages", "alone", "mm" },
      .numbers = 3, .refs = 1, .params = { M(0), N(0), N(1) });
TABLE(smp_flush_tlb, );
TABLE(invalidate_interrupt, .names = { "from" }, .numbers = 1,
      .params = { N(0) });
TABLE(mmput, .names = { "mm" }, .refs = 1, .params = { M(0) }, .consumes = 1);
TABLE(exit_mmap, .names = { "mm" }, .refs = 1, .params = { M(0) });
TABLE(sys_fork, NEW_TASK);
TABLE(copy_mm, .names = { "mm" }, .refs = 1, .params = { M(0) });
TABLE(sys_clone, NEW_TASK);
TABLE(sys_vfork, NEW_TASK);
TABLE(kernel_thread, NEW_TASK);
TABLE(mm_release, );
TABLE(do_execve, .names = { "error" }, .numbers = 1);
TABLE(exec_mmap, .names = { "error", "alone", "mm", "old_mm" }, .numbers = 2,
      .refs = 2, .params = { N(0) });
TABLE(exit_mm, .names = { "mm" }, .refs = 1);
