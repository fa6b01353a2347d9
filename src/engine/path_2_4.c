/*
 * path_2_4.c - lazy TLB as it came: kernel 2.4.0
 *
 * The scheduler settles everything before switch_to, on the stack of the task
 * that leaves: one more count for a borrower, then one less for the borrower
 * before it.  A flush that finds a CPU lazy takes its bit from the mask and
 * leaves CR3 as it is; coming back to that mm then flushes.  exec empties the
 * mm of a sole user in place.  A task may go lazy on its own mm for a while
 * (start_lazy_tlb); bdflush did.  No kernel code is preempted.
 *
 * Kernel: v2.4.0 kernel/sched.c schedule(), __schedule_tail(); kernel/exit.c
 *         __exit_mm(), start_lazy_tlb(), end_lazy_tlb(); fs/exec.c
 *         exec_mmap(); fs/buffer.c sys_bdflush(); mm/mmap.c exit_mmap();
 *         include/asm-i386/mmu_context.h, arch/i386/kernel/smp.c
 */
#include "engine/paths.h"

/* The tables are laid out as the kernel would be read. */
/* clang-format off */

/* Interrupts are on again while the mm changes. */
static const struct op schedule_2_4[] = {
	DO(bug_no_active, T(0)),
	WINDOW(W_SWITCH),
	DO(local_irq_disable),
	IF(sleeping, T(0)),
		DO(deactivate_task, T(0)),
	END,
	DO(set_rq_curr, T(1)),
	DO(local_irq_enable),
	AT(sched_switch), DO(trace_sched_switch, T(0), T(1)),
	IF(null, T_MM(1)),				/* to kernel: one more */
		DO(bug_borrows, T(1)),
		DO(copy, T_ACTIVE(1), T_ACTIVE(0)),
		DO(mmgrab_lazy_tlb, T_ACTIVE(0), T_ACTIVE(1)),
		CALL(enter_lazy_tlb),
	ELSE,
		DO(bug_not_own, T(1)),
		CALL(switch_mm_irqs_off, T_MM(1)),
	END,
	IF(null, T_MM(0)),				/* from kernel: one less */
		DO(null_into, T_ACTIVE(0), M(0)),
		CALL(mmdrop_lazy_tlb, M(0)),
	END,
	DO(switch_to, T(0), T(1)),
	CALL(finish_task_switch, T(0)),
	PATH_END
};

static const struct op schedule_tail_2_4[] = {
	AT(finish), DO(finish_task, T(0)),
	PATH_END
};

/* --- what is loaded -------------------------------------------------------- */

static const struct op switch_mm_2_4[] = {
	WINDOW(W_LOAD),
	AT(switch_mm), DO(copy, M(1), TLB_MM),
	IF(same, M(1), M(0)),
		DO(tlb_ok, M(0)),
		DO(mask_test_and_set, M(0)),
		IF(was_clear),				/* leave_mm() was here */
			DO(local_flush_tlb),
		END,
		RET,
	END,
	DO(mask_clear, M(1)),
	DO(tlb_ok, M(0)),
	DO(mask_set, M(0)),
	DO(load_cr3, M(0)),
	PATH_END
};

/* No more interrupts for this mm; CR3 stays. */
static const struct op leave_mm_2_4[] = {
	WINDOW(W_LOAD),
	AT(leave_mm), DO(bug_tlb_ok),
	DO(mask_clear, TLB_MM),
	PATH_END
};

/* --- exec and exit --------------------------------------------------------- */

/* Nobody flushes: who is lazy here does not look at user addresses. */
static const struct op exit_mmap_2_4[] = {
	AT(exit_mmap), DO(unmap_vmas, M(0)),
	DO(free_pgtables, M(0)),
	PATH_END
};

static const struct op do_execve_2_4[] = {
	CALL(exec_mmap, M(0)),
	IF(null, CUR_MM),
		RET,
	END,
	DO(copy_strings, CUR_MM),
	DO(set_task_comm),
	PATH_END
};

static const struct op exec_mmap_2_4[] = {
	DO(test_sole, CUR_MM, N(0)),
	IF(nonzero, N(0)),				/* nobody else: in place */
		DO(copy, M(0), CUR_MM),
		CALL(mm_release),
		CALL(exit_mmap, M(0)),
		CALL(flush_tlb_mm_range, M(0)),
		RET,
	END,
	DO(mm_init, M(0)),
	IF(null, M(0)),
		RET,
	END,
	AT(mm_new), DO(unset_kthread),
	AT(exec_mmap), WAIT(task_unlocked, CUR), DO(task_lock, CUR),
	WINDOW(W_EXEC),
	ATOMIC,
	DO(take, M(2), CUR_MM),
	DO(take, M(1), CUR_ACTIVE),
	DO(copy, CUR_ACTIVE, M(0)),
	DO(set, CUR_MM, M(0)),
	ENDATOMIC,
	DO(task_unlock, CUR),
	CALL(switch_mm_irqs_off, M(0)),
	WINDOW(W_NONE),
	CALL(mm_release),
	IF(nonnull, M(2)),
		CALL(mmput, M(2)),
	ELSE,
		CALL(mmdrop_lazy_tlb, M(1)),
	END,
	PATH_END
};

static const struct op exit_mm_2_4[] = {
	AT(exit_release), CALL(mm_release),
	IF(null, CUR_MM),
		RET,
	END,
	WINDOW(W_EXIT),
	DO(mmgrab_lazy_tlb, CUR_MM, CUR_ACTIVE),
	WAIT(task_unlocked, CUR), DO(task_lock, CUR),
	DO(null_into, CUR_MM, M(0)),
	DO(task_unlock, CUR),
	CALL(enter_lazy_tlb),
	WINDOW(W_NONE),
	CALL(mmput, M(0)),
	PATH_END
};

/* --- lazy of one's own will ------------------------------------------------ */

static const struct op sys_bdflush_ops[] = {
	CALL(start_lazy_tlb, M(0)),
	WAIT(synced, N(0)), DO(sync_old_buffers),
	CALL(end_lazy_tlb, M(0)),
	PATH_END
};

/* The caller keeps the mm, and with it the user. */
static const struct op start_lazy_tlb_ops[] = {
	WINDOW(W_EXIT),
	DO(null_into, CUR_MM, M(0)),
	DO(mmgrab_lazy_tlb, M(0), CUR_ACTIVE),
	CALL(enter_lazy_tlb, M(0), CUR),
	WINDOW(W_NONE),
	PATH_END
};

/* With the same mm nothing is switched: the state stays TLBSTATE_LAZY. */
static const struct op end_lazy_tlb_ops[] = {
	WINDOW(W_EXEC),
	DO(set, M(1), CUR_ACTIVE),
	IF(same, M(1), M(0)),
		DO(set, CUR_MM, M(0)),
	ELSE,
		ATOMIC,
		DO(copy, CUR_ACTIVE, M(0)),
		DO(set, CUR_MM, M(0)),
		ENDATOMIC,
		CALL(switch_mm_irqs_off, CUR_MM),
	END,
	WINDOW(W_NONE),
	CALL(mmdrop_lazy_tlb, M(1)),
	PATH_END
};

/* clang-format on */

const struct path path_schedule_2_4 = {
	.names = { "prev", "next", "oldmm" }, .tasks = 2, .refs = 1,
	.params = { T(0), T(1) }, .ops = schedule_2_4,
};
const struct path path_schedule_tail_2_4 = {
	.names = { "prev" }, .tasks = 1,
	.params = { T(0) }, .ops = schedule_tail_2_4,
};
const struct path path_switch_mm_2_4 = {
	.names = { "next", "prev" }, .refs = 2,
	.params = { M(0) }, .ops = switch_mm_2_4,
};
const struct path path_leave_mm_2_4 = { .ops = leave_mm_2_4 };
const struct path path_exit_mmap_2_4 = {
	.names = { "mm" }, .refs = 1, .params = { M(0) },
	.ops = exit_mmap_2_4,
};
const struct path path_do_execve_2_4 = {
	.names = { "mm" }, .refs = 1, .ops = do_execve_2_4,
};
const struct path path_exec_mmap_2_4 = {
	.names = { "sole", "mm", "active_mm", "old_mm" }, .numbers = 1,
	.refs = 3, .params = { M(0) }, .ops = exec_mmap_2_4,
};
const struct path path_exit_mm_2_4 = {
	.names = { "mm" }, .refs = 1, .ops = exit_mm_2_4,
};
const struct path path_sys_bdflush = {
	.names = { "done", "user_mm" }, .numbers = 1, .refs = 1,
	.ops = sys_bdflush_ops,
};
const struct path path_start_lazy_tlb = {
	.names = { "mm" }, .refs = 1, .params = { M(0) },
	.ops = start_lazy_tlb_ops,
};
const struct path path_end_lazy_tlb = {
	.names = { "mm", "active_mm" }, .refs = 2, .params = { M(0) },
	.ops = end_lazy_tlb_ops,
};
