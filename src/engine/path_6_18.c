/*
 * path_6_18.c - masks that are trimmed late, and a CPU that goes for init_mm
 *
 * A switch leaves the CPU's bit in the mask of the mm that it leaves, for it
 * may soon be back; a flush that finds the CPU elsewhere clears the bit.  (Such
 * a CPU is interrupted only by flushes that freed tables; that others do it
 * once a second needs a clock and is left out.)  Before a CPU dies its thread
 * cpuhp/N, here its idle task, goes to init_mm with a reference of its own.
 *
 * Kernel: v6.17-rc3 arch/x86/mm/tlb.c, as quoted from v6.18; kernel/sched/core.c
 *         sched_force_init_mm(), kernel/cpu.c finish_cpu() as posted
 */
#include "engine/paths.h"

/* The tables are laid out as the kernel would be read. */
/* clang-format off */

static const struct op switch_mm_6_18[] = {
	WINDOW(W_LOAD),
	AT(switch_mm), DO(leave_lazy, M(1)),
	IF(same, M(1), M(0)),
		RET,
	END,
	DO(loaded_switching),				/* its bit stays set */
	IF(not_init, M(0)),
		IF(not_in_mask, M(0)),
			DO(mask_set, M(0)),
		END,
	END,
	DO(load_cr3, M(0)),
	PATH_END
};

static const struct op flush_tlb_func_6_18[] = {
	AT(flush_func), DO(read_info, M(0), N(0)),
	IF(other_mm, M(0)),
		DO(mask_clear, M(0)),
		DO(trace_wrong_cpu),
		RET,
	END,
	IF(is_init, LOADED),
		RET,
	END,
	IF(lazy),
		CALL(switch_mm_irqs_off, INIT),
		RET,
	END,
	DO(flush_tlb_local, N(0)),
	PATH_END
};

/* Lazy shootdown: the bit must name a CPU as long as it borrows. */
static const struct op flush_tlb_func_6_18_shoot[] = {
	AT(flush_func), DO(read_info, M(0), N(0)),
	IF(other_mm, M(0)),
		UNLESS(still_borrows, M(0)),
			DO(mask_clear, M(0)),
			DO(trace_wrong_cpu),
		END,
		RET,
	END,
	IF(is_init, LOADED),
		RET,
	END,
	IF(lazy),
		CALL(switch_mm_irqs_off, INIT),
		RET,
	END,
	DO(flush_tlb_local, N(0)),
	PATH_END
};

/* --- a CPU goes ------------------------------------------------------------ */

static const struct op cpu_down_6_18[] = {
	WAIT(cpu_can_stop, N(0)), DO(kick_cpuhp, N(0)),
	WAIT(cpu_is_dead, N(0)),
	CALL(finish_cpu, N(0)),
	PATH_END
};

static const struct op sched_cpu_wait_empty_ops[] = {
	DO(wait_empty),
	CALL(sched_force_init_mm),
	AT(idle_exit), DO(cpu_dead),
	PATH_END
};

static const struct op sched_force_init_mm_ops[] = {
	IF(not_init, CUR_ACTIVE),
		DO(copy, M(1), INIT),
		DO(mmgrab_lazy_tlb, M(1), M(1)),
		DO(local_irq_disable),
		WINDOW(W_LOAD),
		ATOMIC,
		DO(take, M(0), CUR_ACTIVE),
		DO(set, CUR_ACTIVE, M(1)),
		ENDATOMIC,
		CALL(switch_mm_irqs_off, INIT),
		WINDOW(W_NONE),
		DO(local_irq_enable),
		CALL(mmdrop_lazy_tlb, M(0)),
	END,
	PATH_END
};

static const struct op finish_cpu_6_18[] = {
	AT(finish_cpu), DO(clear_idle_mm, M(0), N(0)),
	CALL(mmdrop_lazy_tlb, M(0)),
	PATH_END
};

/* clang-format on */

const struct path path_switch_mm_6_18 = {
	.names = { "next", "prev" }, .refs = 2,
	.params = { M(0) }, .ops = switch_mm_6_18,
};
const struct path path_flush_tlb_func_6_18 = {
	.names = { "initiating_cpu", "mm" }, .numbers = 1, .refs = 1,
	.params = { N(0) }, .ops = flush_tlb_func_6_18,
};
const struct path path_flush_tlb_func_6_18_shoot = {
	.names = { "initiating_cpu", "mm" }, .numbers = 1, .refs = 1,
	.params = { N(0) }, .ops = flush_tlb_func_6_18_shoot,
};
const struct path path_cpu_down_6_18 = {
	.names = { "cpu" }, .numbers = 1, .params = { N(0) },
	.ops = cpu_down_6_18,
};
const struct path path_sched_cpu_wait_empty = {
	.ops = sched_cpu_wait_empty_ops,
};
const struct path path_sched_force_init_mm = {
	.names = { "mm", "init" }, .refs = 2, .ops = sched_force_init_mm_ops,
};
const struct path path_finish_cpu_6_18 = {
	.names = { "cpu", "mm" }, .numbers = 1, .refs = 1,
	.params = { N(0) }, .ops = finish_cpu_6_18,
};
