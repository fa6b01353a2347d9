/*
 * path_2_6.c - what 2.6.20 did otherwise, much of it as late as 4.14
 *
 * Each borrower takes a count of its own, also from another borrower, and the
 * one before gives its back after the switch: two atomic operations where
 * later kernels hand the loan on.  A flush interrupts lazy CPUs too; such a
 * CPU leaves the mask and, other than in 2.4, loads swapper_pg_dir.  The idle
 * task of a dying CPU gives its loan back itself.
 *
 * Kernel: v2.6.20 kernel/sched.c context_switch(), idle_task_exit();
 *         kernel/exit.c exit_mm(); kernel/fork.c mmput(); fs/exec.c
 *         exec_mmap(); fs/aio.c use_mm(), unuse_mm();
 *         include/asm-x86_64/mmu_context.h, arch/x86_64/kernel/smp.c
 */
#include "engine/paths.h"

/* The tables are laid out as the kernel would be read. */
/* clang-format off */

/* --- the switch ------------------------------------------------------------ */

static const struct op context_switch_2_6[] = {
	IF(null, T_MM(1)),				/* to kernel: one more */
		DO(copy, T_ACTIVE(1), T_ACTIVE(0)),
		DO(mmgrab_lazy_tlb, T_ACTIVE(0), T_ACTIVE(1)),
		CALL(enter_lazy_tlb),
	ELSE,
		CALL(switch_mm_irqs_off, T_MM(1)),
	END,
	IF(null, T_MM(0)),				/* from kernel: park */
		DO(set, PREV_MM, T_ACTIVE(0)),
		DO(clear, T_ACTIVE(0)),
	END,
	DO(switch_to, T(0), T(1)),
	CALL(finish_task_switch, T(0)),
	PATH_END
};

/* --- what is loaded -------------------------------------------------------- */

static const struct op cpu_init_2_6[] = {
	DO(mmgrab, INIT, CUR_ACTIVE),
	DO(tlb_begin),
	PATH_END
};

static const struct op switch_mm_2_6[] = {
	WINDOW(W_LOAD),
	AT(switch_mm), DO(copy, M(1), TLB_MM),
	IF(same, M(1), M(0)),
		DO(tlb_ok, M(0)),
		DO(mask_test_and_set, M(0)),
		IF(was_clear),				/* leave_mm() was here */
			DO(load_cr3, M(0)),
		END,
		RET,
	END,
	DO(mask_clear, M(1)),
	DO(tlb_ok, M(0)),
	DO(mask_set, M(0)),
	DO(load_cr3, M(0)),
	PATH_END
};

static const struct op leave_mm_2_6[] = {
	WINDOW(W_LOAD),
	AT(leave_mm), DO(bug_tlb_ok),
	DO(mask_clear, TLB_MM),
	DO(load_cr3, INIT),
	PATH_END
};

/* --- flushes --------------------------------------------------------------- */

/* The mask is read once, before this CPU flushes itself. */
static const struct op flush_tlb_mm_2_6[] = {
	AT(flush_range), DO(get_flush_tlb_info, M(0), K(0), K(0)),
	DO(cond_mask, N(0)),
	IF(borrows, M(0)),
		IF(nonnull, CUR_MM),
			DO(local_flush_tlb),
		ELSE,
			CALL(leave_lazy_mm),
		END,
	END,
	IF(todo_left),
		CALL(native_flush_tlb_multi),
	END,
	DO(put_flush_tlb_info),
	PATH_END
};

static const struct op flush_tlb_others_2_6[] = {
	LOOP(todo_left),
		DO(call_each),
	ENDLOOP,
	WAIT(acked), DO(call_done),
	PATH_END
};

static const struct op smp_invalidate_interrupt_2_6[] = {
	AT(flush_func), DO(read_info, M(0), N(0)),
	IF(tlb_is, M(0)),
		IF(lazy),
			CALL(leave_lazy_mm),
		ELSE,
			DO(flush_tlb_local, N(0)),
		END,
	END,
	DO(ack, N(0)),
	PATH_END
};

/* --- the two counters ------------------------------------------------------ */

static const struct op mmput_2_6[] = {
	AT(mmput), DO(dec_users, M(0)),
	IF(result),
		CALL(exit_mmap, M(0)),
		WINDOW(W_SLEEP),
		CALL(mmdrop, M(0)),
	END,
	PATH_END
};

/* --- exec and exit --------------------------------------------------------- */

static const struct op do_execve_2_6[] = {
	DO(mm_init, M(0)),
	IF(null, M(0)),
		RET,
	END,
	AT(mm_new), DO(copy_strings, M(0)),
	DO(unset_kthread),
	CALL(exec_mmap, M(0)),
	DO(set_task_comm),
	PATH_END
};

static const struct op exec_mmap_2_6[] = {
	AT(exec_release), CALL(mm_release),
	IF(nonnull, CUR_MM),
		WAIT(mmap_readable, CUR_MM), DO(mmap_read_lock, CUR_MM),
	END,
	AT(exec_mmap), WAIT(task_unlocked, CUR), DO(task_lock, CUR),
	WINDOW(W_EXEC),
	ATOMIC,
	DO(take, M(2), CUR_MM),
	DO(take, M(1), CUR_ACTIVE),
	DO(copy, CUR_ACTIVE, M(0)),
	DO(set, CUR_MM, M(0)),
	ENDATOMIC,
	CALL(switch_mm_irqs_off, M(0)),
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

static const struct op exit_mm_2_6[] = {
	AT(exit_release), CALL(mm_release),
	IF(null, CUR_MM),
		RET,
	END,
	WINDOW(W_SLEEP),
	WAIT(mmap_readable, CUR_MM), DO(mmap_read_lock, CUR_MM),
	WINDOW(W_EXIT | W_SLEEP),
	DO(mmgrab_lazy_tlb, CUR_MM, CUR_ACTIVE),
	WAIT(task_unlocked, CUR), DO(task_lock, CUR),
	DO(null_into, CUR_MM, M(0)),
	DO(mmap_read_unlock, M(0)),
	CALL(enter_lazy_tlb),
	WINDOW(W_NONE),
	DO(task_unlock, CUR),
	CALL(mmput, M(0)),
	PATH_END
};

/* --- a kernel thread uses an mm -------------------------------------------- */

static const struct op use_mm_2_6[] = {
	AT(use_mm), WAIT(task_unlocked, CUR), DO(task_lock, CUR),
	WINDOW(W_USE),
	DO(mmgrab, M(0), M(0)),				/* also of what it borrows */
	ATOMIC,
	DO(take, M(1), CUR_ACTIVE),
	DO(copy, CUR_ACTIVE, M(0)),
	DO(set, CUR_MM, M(0)),
	ENDATOMIC,
	CALL(switch_mm_irqs_off, M(0)),
	WINDOW(W_NONE),
	DO(task_unlock, CUR),
	CALL(mmdrop_lazy_tlb, M(1)),
	PATH_END
};

/* No counter changes: the use becomes the loan. */
static const struct op unuse_mm_2_6[] = {
	AT(unuse_mm), WAIT(task_unlocked, CUR), DO(task_lock, CUR),
	WINDOW(W_EXIT),
	DO(null_into, CUR_MM, CUR_ACTIVE),
	CALL(enter_lazy_tlb),
	WINDOW(W_NONE),
	DO(task_unlock, CUR),
	PATH_END
};

/* --- boot, and a CPU goes -------------------------------------------------- */

static const struct op rest_init_2_6[] = {
	DO(dup_task_struct, T(0)),			/* kernel_thread(init) */
	DO(alloc_pid, T(0)),
	DO(wake_up_new_task, T(0)),
	CALL(kthread_create),
	PATH_END
};

static const struct op cpu_down_2_6[] = {
	WAIT(cpu_can_stop, N(0)), DO(take_cpu_down, N(0)),
	WAIT(cpu_is_dead, N(0)), DO(cpu_gone, N(0)),
	PATH_END
};

static const struct op idle_task_exit_2_6[] = {
	AT(idle_exit), DO(idle_exit_checks),
	DO(leave_idle_mm, M(0)),
	IF(not_init, M(0)),
		CALL(switch_mm_irqs_off, INIT),
	END,
	CALL(mmdrop_lazy_tlb, M(0)),
	DO(cpu_dead),
	PATH_END
};

/* clang-format on */

const struct path path_context_switch_2_6 = {
	.names = { "prev", "next" }, .tasks = 2,
	.params = { T(0), T(1) }, .ops = context_switch_2_6,
};
const struct path path_cpu_init_2_6 = { .ops = cpu_init_2_6 };
const struct path path_switch_mm_2_6 = {
	.names = { "next", "prev" }, .refs = 2,
	.params = { M(0) }, .ops = switch_mm_2_6,
};
const struct path path_leave_mm_2_6 = { .ops = leave_mm_2_6 };
const struct path path_flush_tlb_mm_2_6 = {
	.names = { "here", "mm" }, .numbers = 1, .refs = 1,
	.params = { M(0) }, .ops = flush_tlb_mm_2_6,
};
const struct path path_flush_tlb_others_2_6 = { .ops = flush_tlb_others_2_6 };
const struct path path_smp_invalidate_interrupt_2_6 = {
	.names = { "sender", "mm" }, .numbers = 1, .refs = 1,
	.params = { N(0) }, .ops = smp_invalidate_interrupt_2_6,
};
const struct path path_mmput_2_6 = {
	.names = { "mm" }, .refs = 1, .params = { M(0) }, .consumes = 1,
	.ops = mmput_2_6,
};
const struct path path_do_execve_2_6 = {
	.names = { "mm" }, .refs = 1, .ops = do_execve_2_6,
};
const struct path path_exec_mmap_2_6 = {
	.names = { "mm", "active_mm", "old_mm" }, .refs = 3,
	.params = { M(0) }, .ops = exec_mmap_2_6,
};
const struct path path_exit_mm_2_6 = {
	.names = { "mm" }, .refs = 1, .ops = exit_mm_2_6,
};
const struct path path_use_mm_2_6 = {
	.names = { "mm", "active_mm" }, .refs = 2,
	.params = { M(0) }, .ops = use_mm_2_6,
};
const struct path path_unuse_mm_2_6 = { .ops = unuse_mm_2_6 };
const struct path path_rest_init_2_6 = {
	.names = { "p" }, .tasks = 1, .ops = rest_init_2_6,
};
const struct path path_cpu_down_2_6 = {
	.names = { "cpu" }, .numbers = 1, .params = { N(0) },
	.ops = cpu_down_2_6,
};
const struct path path_idle_task_exit_2_6 = {
	.names = { "mm" }, .refs = 1, .ops = idle_task_exit_2_6,
};
