/*
 * path_alpha_2_4.c - Alpha in 2.4: the mail's switch_mm() that cannot switch
 *
 * switch_mm() and enter_lazy_tlb() are given the next task, since all they can
 * do is write its PCB.  Interrupts are on between that and swpctx, hence
 * asn_lock; check_mmu_context() follows in switch_to().  Two things went wrong
 * that later kernels put right, and they are here as they were:
 *
 * The borrower before is paid off before switch_to(), so the last one frees a
 * pgd that its CPU has loaded for a moment more (W_FREED).
 *
 * need_new_asn is only set when the ASN is an old one: a flush that takes a new
 * one away again is lost, as is one by a task for an mm that is active nowhere
 * but was here, or is in use elsewhere without a user of its own.
 *
 * Kernel: v2.4.0 kernel/sched.c schedule(), fs/exec.c exec_mmap(),
 *         kernel/exit.c __exit_mm(), include/asm-alpha/mmu_context.h,
 *         system.h switch_to, arch/alpha/kernel/smp.c
 */
#include "engine/paths.h"

/* The tables are laid out as the kernel would be read. */
/* clang-format off */

/* --- the switch ------------------------------------------------------------ */

static const struct op schedule_ops[] = {
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
		CALL(enter_lazy_tlb, T_ACTIVE(0), T(1)),
	ELSE,
		DO(bug_not_own, T(1)),
		CALL(switch_mm_irqs_off, T_MM(1), T(1)),
	END,
	WINDOW(W_SWITCH | W_FREED),
	IF(null, T_MM(0)),				/* from kernel: one less */
		DO(null_into, T_ACTIVE(0), M(0)),
		CALL(mmdrop_lazy_tlb, M(0)),
	END,
	CALL(switch_to, T(0), T(1)),
	WINDOW(W_SWITCH),
	CALL(finish_task_switch, T(0)),
	PATH_END
};

static const struct op schedule_tail_ops[] = {
	AT(finish), DO(finish_task, T(0)),
	PATH_END
};

static const struct op ev5_switch_mm_ops[] = {
	DO(lock_asn),
	DO(read_context, N(0), M(0)),
	IF(asn_stale, N(0)),
		CALL(__get_new_mm_context, N(0)),
		DO(set_context, M(0), N(0)),
	ELSE,
		DO(need_new_asn),
	END,
	DO(set_pcb_asn, T(0), N(0)),
	PATH_END
};

static const struct op switch_to_ops[] = {
	CALL(alpha_switch_to, T(1)),
	CALL(check_mmu_context),
	PATH_END
};

/* --- exec and exit --------------------------------------------------------- */

static const struct op do_execve_ops[] = {
	CALL(exec_mmap, M(0)),
	IF(null, CUR_MM),
		RET,
	END,
	DO(copy_strings, CUR_MM),
	DO(set_task_comm),
	PATH_END
};

/*
 * init_new_context() writes the base into the PCB of current before
 * activate_mm() does: nothing is preempted in between, so nobody can tell.
 */
static const struct op exec_mmap_ops[] = {
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
	AT(switch_mm), CALL(activate_mm, M(0)),
	WINDOW(W_NONE),
	CALL(mm_release),
	IF(nonnull, M(2)),
		CALL(mmput, M(2)),
	ELSE,
		CALL(mmdrop_lazy_tlb, M(1)),
	END,
	PATH_END
};

static const struct op init_new_context_ops[] = {
	DO(set_pcb_ptbr, T(0), M(0)),
	PATH_END
};

static const struct op exit_mm_ops[] = {
	AT(exit_release), CALL(mm_release),
	IF(null, CUR_MM),
		RET,
	END,
	WINDOW(W_EXIT),
	DO(mmgrab_lazy_tlb, CUR_MM, CUR_ACTIVE),
	WAIT(task_unlocked, CUR), DO(task_lock, CUR),
	DO(null_into, CUR_MM, M(0)),
	DO(task_unlock, CUR),
	CALL(enter_lazy_tlb, M(0), CUR),
	WINDOW(W_NONE),
	CALL(mmput, M(0)),
	PATH_END
};

static const struct op mmput_ops[] = {
	AT(mmput), DO(dec_users, M(0)),
	IF(result),
		CALL(exit_mmap, M(0)),
		WINDOW(W_SLEEP),
		CALL(mmdrop, M(0)),
	END,
	PATH_END
};

/* Nobody flushes: the ASN that the mm had is never given out again. */
static const struct op exit_mmap_ops[] = {
	AT(exit_mmap), DO(unmap_vmas, M(0)),
	DO(free_pgtables, M(0)),
	PATH_END
};

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
		AT(switch_mm), CALL(activate_mm, CUR_MM),
	END,
	WINDOW(W_NONE),
	CALL(mmdrop_lazy_tlb, M(1)),
	PATH_END
};

/* --- flushes --------------------------------------------------------------- */

static const struct op flush_tlb_mm_ops[] = {
	DO(begin_flush, M(0)),
	IF(same, M(0), CUR_ACTIVE),
		CALL(flush_tlb_current, M(0)),
		DO(read_users, N(0), M(0)),
		IF(at_most_one, N(0)),
			DO(all_others),
			LOOP(todo_left),
				DO(clear_context, M(0)),
			ENDLOOP,
			DO(end_flush),
			RET,
		END,
	END,
	CALL(smp_call_function_many_cond),
	DO(end_flush),
	PATH_END
};

static const struct op ipi_flush_tlb_mm_ops[] = {
	DO(read_info, M(0), N(0)),
	IF(flush_current, M(0), CUR_ACTIVE),
		CALL(flush_tlb_current, M(0)),
	ELSE,
		DO(flush_tlb_other, M(0)),
	END,
	PATH_END
};

/* clang-format on */

#define TABLE(id, table, ...) \
	static const struct path mail_##id = { .ops = table##_ops, __VA_ARGS__ }
#define ONE_MM .names = { "mm" }, .refs = 1

TABLE(__schedule, schedule, .names = { "prev", "next", "oldmm" }, .tasks = 2,
      .refs = 1, .params = { T(0), T(1) });
TABLE(finish_task_switch, schedule_tail, .names = { "prev" }, .tasks = 1,
      .params = { T(0) });
TABLE(switch_mm_irqs_off, ev5_switch_mm, .names = { "next", "mmc", "next_mm" },
      .tasks = 1, .numbers = 1, .refs = 1, .params = { M(0), T(0) });
TABLE(switch_to, switch_to, .names = { "prev", "next" }, .tasks = 2,
      .params = { T(0), T(1) });
TABLE(do_execve, do_execve, ONE_MM);
TABLE(exec_mmap, exec_mmap, .names = { "sole", "mm", "active_mm", "old_mm" },
      .numbers = 1, .refs = 3, .params = { M(0) });
TABLE(init_new_context, init_new_context, .names = { "tsk", "mm" }, .tasks = 1,
      .refs = 1, .params = { T(0), M(0) });
TABLE(exit_mm, exit_mm, ONE_MM);
TABLE(end_lazy_tlb, end_lazy_tlb, .names = { "mm", "active_mm" }, .refs = 2,
      .params = { M(0) });
TABLE(mmput, mmput, ONE_MM, .params = { M(0) }, .consumes = 1);
TABLE(exit_mmap, exit_mmap, ONE_MM, .params = { M(0) });
TABLE(flush_tlb_mm_range, flush_tlb_mm, .names = { "users", "mm" },
      .numbers = 1, .refs = 1, .params = { M(0) });
TABLE(flush_tlb_func, ipi_flush_tlb_mm, .names = { "initiating_cpu", "mm" },
      .numbers = 1, .refs = 1, .params = { N(0) });

#define USE(id) path[PATH_##id] = &mail_##id
#define DO_NOT_USE(id) path[PATH_##id] = NULL

void paths_alpha_2_4(const struct path **path)
{
	paths_alpha(path);
	USE(__schedule);
	USE(finish_task_switch);
	USE(switch_mm_irqs_off);
	USE(switch_to);
	USE(do_execve);
	USE(exec_mmap);
	USE(init_new_context);
	USE(exit_mm);
	USE(mmput);
	USE(exit_mmap);
	path[PATH_sys_bdflush] = &path_sys_bdflush;
	path[PATH_start_lazy_tlb] = &path_start_lazy_tlb;
	USE(end_lazy_tlb);
	USE(flush_tlb_mm_range);
	USE(flush_tlb_func);
	DO_NOT_USE(context_switch);
	DO_NOT_USE(finish_arch_post_lock_switch);
	DO_NOT_USE(kthread_use_mm);
	DO_NOT_USE(kthread_unuse_mm);
	path[PATH_rest_init] = &path_rest_init_2_6;
	DO_NOT_USE(user_mode_thread);
	DO_NOT_USE(holder_mmget_not_zero);
	DO_NOT_USE(holder_mmput_async);
	DO_NOT_USE(run_work);
	DO_NOT_USE(cpu_down);
	DO_NOT_USE(idle_task_exit);
	DO_NOT_USE(finish_cpu);
	DO_NOT_USE(__mmput);
}
