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

/*
 * With lazy shootdown nobody counts borrowers, so mm_cpumask must name a CPU as
 * long as it borrows.  A CPU that was sent to init_mm kept its bit
 * (path_tlb.c); leaving the borrow for a user task is when it goes.
 */
static const struct op context_switch_shoot[] = {
	IF(null, T_MM(1)),
		CALL(enter_lazy_tlb),
		DO(set, T_ACTIVE(1), T_ACTIVE(0)),
		IF(nonnull, T_MM(0)),
			DO(mmgrab_lazy_tlb, T_ACTIVE(0), T_ACTIVE(1)),
		ELSE,
			DO(clear, T_ACTIVE(0)),
		END,
	ELSE,
		CALL(switch_mm_irqs_off, T_MM(1)),
		IF(null, T_MM(0)),
			UNLESS(same, T_ACTIVE(0), T_MM(1)),
				IF(not_init, T_ACTIVE(0)),
					DO(mask_clear, T_ACTIVE(0)),
				END,
			END,
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

const struct path path_schedule = {
	.names = { "prev", "next" }, .tasks = 2,
	.params = { T(0), T(1) }, .ops = schedule_ops,
};
const struct path path_context_switch = {
	.names = { "prev", "next" }, .tasks = 2,
	.params = { T(0), T(1) }, .ops = context_switch_5_4,
};
const struct path path_context_switch_shoot = {
	.names = { "prev", "next" }, .tasks = 2,
	.params = { T(0), T(1) }, .ops = context_switch_shoot,
};
const struct path path_finish_task_switch = {
	.names = { "prev", "mm" }, .tasks = 1, .refs = 1,
	.params = { T(0) }, .ops = finish_task_switch_ops,
};
