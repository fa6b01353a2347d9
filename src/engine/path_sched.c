/*
 * path_sched.c - the scheduler's paths: __schedule, context_switch, finish
 *
 * On the scheduler stack T(0) is prev and T(1) is next.  The lazy reference is
 * taken (user to kernel), handed on without touching a counter (kernel to
 * kernel), or parked in rq->prev_mm and given back by finish_task_switch on the
 * next task's behalf (kernel to user).
 *
 * Kernel: v6.12 kernel/sched/core.c
 */
#include "engine/paths.h"

/* The tables are laid out as the kernel would be read. */
/* clang-format off */

static const struct op schedule_ops[] = {
	WINDOW(W_SWITCH),
	DO(local_irq_disable),
	IF(sleeping, T(0)),
		DO(deactivate_task, T(0)),
	END,
	DO(set_rq_curr, T(1)),
	AT(sched_switch), DO(trace_sched_switch, T(0), T(1)),
	CALL(context_switch, T(0), T(1)),
	PATH_END
};

static const struct op context_switch_5_4[] = {
	IF(null, T_MM(1)),				/* to kernel */
		CALL(enter_lazy_tlb),
		DO(set, T_ACTIVE(1), T_ACTIVE(0)),
		IF(nonnull, T_MM(0)),			/* from user: borrow */
			DO(mmgrab_lazy_tlb, T_ACTIVE(0), T_ACTIVE(1)),
		ELSE,					/* from kernel: hand on */
			DO(clear, T_ACTIVE(0)),
		END,
	ELSE,						/* to user */
		CALL(switch_mm_irqs_off, T_MM(1)),
		IF(null, T_MM(0)),			/* from kernel: park */
			DO(set, PREV_MM, T_ACTIVE(0)),
			DO(clear, T_ACTIVE(0)),
		END,
	END,
	DO(switch_to, T(0), T(1)),
	CALL(finish_task_switch, T(0)),
	PATH_END
};

static const struct op finish_task_switch_ops[] = {
	AT(finish), DO(take, M(0), PREV_MM),
	DO(finish_task, T(0)),
	DO(local_irq_enable),
	IF(nonnull, M(0)),
		CALL(mmdrop_lazy_tlb, M(0)),
	END,
	PATH_END
};

/*
 * With lazy shootdown nobody counts borrowers, so mm_cpumask must name a CPU as
 * long as it borrows (path_tlb.c).  The bit goes when the loan is over, before
 * interrupts are on: whoever frees that mm until then waits for this CPU.
 */
static const struct op finish_task_switch_shoot[] = {
	AT(finish), DO(take, M(0), PREV_MM),
	IF(nonnull, M(0)),
		IF(not_init, M(0)),
			UNLESS(same, M(0), LOADED),
				DO(mask_clear, M(0)),
			END,
		END,
	END,
	DO(finish_task, T(0)),
	DO(local_irq_enable),
	IF(nonnull, M(0)),
		CALL(mmdrop_lazy_tlb, M(0)),
	END,
	PATH_END
};

const struct path path_schedule = {
	.names = { "prev", "next" }, .tasks = 2,
	.params = { T(0), T(1) }, .ops = schedule_ops,
};
const struct path path_context_switch = {
	.names = { "prev", "next" }, .tasks = 2,
	.params = { T(0), T(1) }, .ops = context_switch_5_4,
};
const struct path path_finish_task_switch = {
	.names = { "prev", "mm" }, .tasks = 1, .refs = 1,
	.params = { T(0) }, .ops = finish_task_switch_ops,
};
const struct path path_finish_task_switch_shoot = {
	.names = { "prev", "mm" }, .tasks = 1, .refs = 1,
	.params = { T(0) }, .ops = finish_task_switch_shoot,
};
