/*
 * path_canon.c - a bare model of the protocol, small enough to search whole
 *
 * Each row of the canonical step table is one statement, or several tied into
 * one step by ATOMIC; starting a path and its first step are one row.  So the
 * states of these paths are in bijection with the canonical ones, and their
 * numbers are known.  What does not decide anything is left out: locks,
 * names, cpumasks, and without page tables (canon, not canon-tables) what a
 * lazy CPU remembers.  if (0) marks a mistake that a patch switches on.
 *
 * Nothing may be left in a local that a later step does not read: it would
 * tell equal states apart.
 *
 * Kernel: as the paths of the same name in v6.12, read as one rule each
 */
#include "engine/paths.h"

/* The tables are laid out as the kernel would be read. */
/* clang-format off */

/* --- boot: init_mm without the surplus ---------------------------------- */

static const struct op start_ops[] = {
	CALL(cpu_init),
	DO(set_cpu_online),
	PATH_END
};

/* --- the switch: prev is T(0), next T(1) until switch_to ----------------- */

static const struct op schedule_ops[] = {
	WINDOW(W_SWITCH),
	CALL(context_switch, T(0), T(1)),
	ATOMIC,
	IF(gone, T(0)),
		DO(release_task, T(0)),
	ELSE,
		DO(finish_task, T(0)),
	END,
	DO(set_rq_curr, T(1)),
	DO(switch_to, T(0), T(1)),
	DO(clear, T(0)),
	DO(clear, T(1)),
	ENDATOMIC,
	CALL(finish_task_switch),
	PATH_END
};

static const struct op context_switch_ops[] = {
	IF(null, T_MM(1)),				/* to kernel */
		IF(nonnull, T_MM(0)),			/* from user: borrow */
			ATOMIC,
			CALL(enter_lazy_tlb),
			DO(copy, T_ACTIVE(1), T_ACTIVE(0)),
			ENDATOMIC,
			DO(mmgrab_lazy_tlb, T_ACTIVE(1), T_ACTIVE(1)),
		ELSE,					/* from kernel: hand on */
			ATOMIC,
			CALL(enter_lazy_tlb),
			DO(set, T_ACTIVE(1), T_ACTIVE(0)),
			DO(clear, T_ACTIVE(0)),
			ENDATOMIC,
		END,
		RET,
	END,
	IF(nonnull, T_MM(0)),				/* user to user */
		ATOMIC,
		CALL(switch_mm_irqs_off, T_MM(1)),
		ENDATOMIC,
		RET,
	END,
	IF(never),			/* mistake: drop before the switch */
		ATOMIC,
		DO(set, M(0), T_ACTIVE(0)),
		DO(clear, T_ACTIVE(0)),
		ENDATOMIC,
		ATOMIC,
		DO(dec_lazy, M(0)),
		UNLESS(result),
			DO(clear, M(0)),
		END,
		ENDATOMIC,
		IF(result),
			ATOMIC,
			DO(free_struct, M(0)),
			DO(clear, M(0)),
			ENDATOMIC,
		END,
		ATOMIC,
		CALL(switch_mm_irqs_off, T_MM(1)),
		ENDATOMIC,
		RET,
	END,
	ATOMIC,						/* kernel to user: park */
	CALL(switch_mm_irqs_off, T_MM(1)),
	DO(set, PREV_MM, T_ACTIVE(0)),
	DO(clear, T_ACTIVE(0)),
	ENDATOMIC,
	PATH_END
};

static const struct op finish_task_switch_ops[] = {
	DO(take, M(0), PREV_MM),
	IF(nonnull, M(0)),
		CALL(mmdrop_lazy_tlb, M(0)),
	END,
	PATH_END
};

/* --- the two counters ---------------------------------------------------- */

static const struct op mmput_ops[] = {
	DO(dec_users, M(0)),
	IF(result),
		CALL(mmdrop, M(0)),
	END,
	PATH_END
};

static const struct op mmdrop_ops[] = {
	DO(dec_count, M(0)),
	IF(result),
		CALL(__mmdrop, M(0)),
	END,
	PATH_END
};

static const struct op mmdrop_lazy_tlb_ops[] = {
	DO(dec_lazy, M(0)),
	IF(result),
		CALL(__mmdrop, M(0)),
	END,
	PATH_END
};

static const struct op __mmdrop_ops[] = {
	DO(free_struct, M(0)),
	PATH_END
};

/* --- what a user task does ------------------------------------------------ */

static const struct op do_exit_ops[] = {
	ATOMIC,
	DO(exit_signals),
	DO(mmgrab_lazy_tlb, CUR_MM, CUR_ACTIVE),
	ENDATOMIC,
	WINDOW(W_EXIT),
	ATOMIC,
	DO(null_into, CUR_MM, M(0)),
	CALL(enter_lazy_tlb),
	ENDATOMIC,
	WINDOW(W_NONE),
	CALL(mmput, M(0)),
	PATH_END
};

static const struct op sys_clone_ops[] = {
	ATOMIC,
	DO(new_embryo, T(0)),
	DO(mmget, CUR_MM, M(0)),
	ENDATOMIC,
	ATOMIC,
	DO(set, T_MM(0), M(0)),
	DO(copy, T_ACTIVE(0), M(0)),
	DO(wake_up_new_task, T(0)),
	ENDATOMIC,
	PATH_END
};

static const struct op sys_fork_ops[] = {
	ATOMIC,
	DO(new_embryo, T(0)),
	CALL(dup_mm, M(0)),
	DO(set, T_MM(0), M(0)),
	DO(copy, T_ACTIVE(0), M(0)),
	DO(wake_up_new_task, T(0)),
	ENDATOMIC,
	PATH_END
};

static const struct op dup_mm_ops[] = {
	DO(mm_init, M(0)),
	PATH_END
};

static const struct op dup_mm_tables[] = {
	DO(mm_init, M(0)),
	DO(set_tables, M(0), K(1)),
	PATH_END
};

static const struct op do_execve_ops[] = {
	ATOMIC,
	CALL(dup_mm, M(0)),
	ENDATOMIC,
	WINDOW(W_EXEC),
	IF(never),			/* mistake: mmput before the switch */
		ATOMIC,
		DO(set, M(1), CUR_MM),
		DO(dec_users, M(1)),
		ENDATOMIC,
		IF(result),
			CALL(mmdrop, M(1)),
		END,
		ATOMIC,
		DO(copy, CUR_ACTIVE, M(0)),
		DO(set, CUR_MM, M(0)),
		CALL(switch_mm_irqs_off, CUR_MM),
		ENDATOMIC,
		RET,
	END,
	ATOMIC,
	DO(take, M(1), CUR_MM),
	DO(copy, CUR_ACTIVE, M(0)),
	DO(set, CUR_MM, M(0)),
	CALL(switch_mm_irqs_off, CUR_MM),
	ENDATOMIC,
	WINDOW(W_NONE),
	CALL(mmput, M(1)),
	PATH_END
};

/* --- what a kernel thread does: it pins a user, unlike 6.12's -------------- */

static const struct op kthread_use_mm_ops[] = {
	DO(mmget_not_zero, M(0), M(0)),
	DO(mmgrab, M(0), M(0)),
	WINDOW(W_USE),
	ATOMIC,
	DO(take, M(1), CUR_ACTIVE),
	DO(copy, CUR_ACTIVE, M(0)),
	DO(set, CUR_MM, M(0)),
	CALL(switch_mm_irqs_off, CUR_MM),
	ENDATOMIC,
	WINDOW(W_NONE),
	CALL(mmdrop_lazy_tlb, M(1)),
	PATH_END
};

static const struct op kthread_unuse_mm_ops[] = {
	ATOMIC,
	DO(null_into, CUR_MM, M(0)),
	DO(preempt_disable),
	ENDATOMIC,
	WINDOW(W_EXIT),
	ATOMIC,
	DO(mmgrab_lazy_tlb, M(0), CUR_ACTIVE),
	CALL(enter_lazy_tlb),
	DO(preempt_enable),
	ENDATOMIC,
	WINDOW(W_NONE),
	DO(dec_count, M(0)),
	CALL(mmput, M(0)),
	PATH_END
};

/* --- what a CPU has loaded: plain, and with page tables ------------------- */

static const struct op enter_lazy_tlb_ops[] = {
	PATH_END
};

static const struct op enter_lazy_tlb_tables[] = {
	DO(set_lazy),
	PATH_END
};

static const struct op switch_mm_irqs_off_ops[] = {
	DO(load_cr3, M(0)),
	PATH_END
};

static const struct op switch_mm_irqs_off_tables[] = {
	UNLESS(same, LOADED, M(0)),
		DO(load_cr3, M(0)),
		DO(walk, K(0)),
	END,
	DO(clear_lazy),
	PATH_END
};

static const struct op canon_map_ops[] = {
	DO(set_tables, CUR_MM, K(1)),
	PATH_END
};

static const struct op canon_unmap_ops[] = {
	DO(set_tables, CUR_MM, K(2)),
	ATOMIC,
	DO(walk, K(0)),
	IF(never),			/* mistake: lazy CPUs are left out */
		DO(send_flush, CUR_MM, K(0)),
	ELSE,
		DO(send_flush, CUR_MM, K(1)),
	END,
	DO(preempt_disable),
	ENDATOMIC,
	WAIT(acked),
	ATOMIC,
	DO(set_tables, CUR_MM, K(0)),
	DO(preempt_enable),
	ENDATOMIC,
	PATH_END
};

/* A speculative walk: the walk cache now points into the tables. */
static const struct op canon_walk_ops[] = {
	DO(walk, K(1)),
	PATH_END
};

static const struct op ipi_flush_ops[] = {
	ATOMIC,
	IF(lazy),
		UNLESS(is_init, LOADED),
			CALL(switch_mm_irqs_off, INIT),
		END,
	END,
	DO(walk, K(0)),
	DO(ack, N(0)),
	ENDATOMIC,
	PATH_END
};

/* clang-format on */

static const struct path start = { .ops = start_ops };
static const struct path schedule = {
	.names = { "prev", "next" },
	.tasks = 2,
	.params = { T(0), T(1) },
	.ops = schedule_ops,
};
static const struct path context_switch = {
	.names = { "prev", "next", "mm" },
	.tasks = 2,
	.refs = 1,
	.params = { T(0), T(1) },
	.ops = context_switch_ops,
};
static const struct path finish_task_switch = {
	.names = { "mm" },
	.refs = 1,
	.ops = finish_task_switch_ops,
};
static const struct path do_exit = {
	.names = { "mm" },
	.refs = 1,
	.ops = do_exit_ops,
};
static const struct path sys_clone = {
	.names = { "p", "mm" },
	.tasks = 1,
	.refs = 1,
	.ops = sys_clone_ops,
};
static const struct path sys_fork = {
	.names = { "p", "mm" },
	.tasks = 1,
	.refs = 1,
	.ops = sys_fork_ops,
};
static const struct path do_execve = {
	.names = { "mm", "old_mm" },
	.refs = 2,
	.ops = do_execve_ops,
};
static const struct path use_mm = {
	.names = { "mm", "active_mm" },
	.refs = 2,
	.params = { M(0) },
	.ops = kthread_use_mm_ops,
};
static const struct path unuse_mm = {
	.names = { "mm" },
	.refs = 1,
	.ops = kthread_unuse_mm_ops,
};

/* Functions whose one local is the mm that they are given. */
#define OF_MM(ops_) \
	{ \
		.names = { "mm" }, .refs = 1, .params = { M(0) }, .ops = ops_ \
	}
static const struct path mmput = OF_MM(mmput_ops);
static const struct path mmdrop = OF_MM(mmdrop_ops);
static const struct path mmdrop_lazy_tlb = OF_MM(mmdrop_lazy_tlb_ops);
static const struct path __mmdrop = OF_MM(__mmdrop_ops);
static const struct path dup_mm = OF_MM(dup_mm_ops);
static const struct path dup_mm_with_tables = OF_MM(dup_mm_tables);
static const struct path switch_mm = OF_MM(switch_mm_irqs_off_ops);
static const struct path switch_mm_tables = OF_MM(switch_mm_irqs_off_tables);

static const struct path enter_lazy = { .ops = enter_lazy_tlb_ops };
static const struct path enter_lazy_tables = { .ops = enter_lazy_tlb_tables };
static const struct path canon_map = { .ops = canon_map_ops };
static const struct path canon_unmap = { .ops = canon_unmap_ops };
static const struct path canon_walk = { .ops = canon_walk_ops };
static const struct path ipi_flush = {
	.names = { "from" },
	.numbers = 1,
	.params = { N(0) },
	.ops = ipi_flush_ops,
};

void paths_canon(const struct path **path)
{
	path[PATH_start_kernel] = &start;
	path[PATH_start_secondary] = &start;
	path[PATH_cpu_init] = &path_cpu_init;
	path[PATH___schedule] = &schedule;
	path[PATH_context_switch] = &context_switch;
	path[PATH_finish_task_switch] = &finish_task_switch;
	path[PATH_mmput] = &mmput;
	path[PATH_mmdrop] = &mmdrop;
	path[PATH_mmdrop_lazy_tlb] = &mmdrop_lazy_tlb;
	path[PATH___mmdrop] = &__mmdrop;
	path[PATH_do_exit] = &do_exit;
	path[PATH_sys_clone] = &sys_clone;
	path[PATH_sys_fork] = &sys_fork;
	path[PATH_dup_mm] = &dup_mm;
	path[PATH_do_execve] = &do_execve;
	path[PATH_kthread_use_mm] = &use_mm;
	path[PATH_kthread_unuse_mm] = &unuse_mm;
	path[PATH_enter_lazy_tlb] = &enter_lazy;
	path[PATH_switch_mm_irqs_off] = &switch_mm;
}

void paths_canon_tables(const struct path **path)
{
	paths_canon(path);
	path[PATH_dup_mm] = &dup_mm_with_tables;
	path[PATH_enter_lazy_tlb] = &enter_lazy_tables;
	path[PATH_switch_mm_irqs_off] = &switch_mm_tables;
	path[PATH_canon_map] = &canon_map;
	path[PATH_canon_unmap] = &canon_unmap;
	path[PATH_canon_walk] = &canon_walk;
	path[PATH_ipi_flush] = &ipi_flush;
}
