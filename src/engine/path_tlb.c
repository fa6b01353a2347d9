/*
 * path_tlb.c - which mm a CPU has loaded, and who is told to flush
 *
 * loaded_mm is the hardware, active_mm the reference.  A lazy CPU keeps what
 * it has loaded; a flush that freed page tables still reaches it and sends it
 * to init_mm (it might walk the freed tables), any other flush skips it.
 *
 * Kernel: v6.12 arch/x86/mm/tlb.c, kernel/smp.c
 */
#include "engine/paths.h"

/* The tables are laid out as the kernel would be read. */
/* clang-format off */

static const struct op enter_lazy_tlb_ops[] = {
	AT(enter_lazy), DO(enter_lazy),
	PATH_END
};

static const struct op switch_mm_irqs_off_ops[] = {
	WINDOW(W_LOAD),
	AT(switch_mm), DO(leave_lazy, M(1)),
	IF(same, M(1), M(0)),
		RET,
	END,
	DO(loaded_switching),
	IF(not_init, M(1)),
		DO(mask_clear, M(1)),
	END,
	IF(not_init, M(0)),
		DO(mask_set, M(0)),
	END,
	DO(load_cr3, M(0)),
	PATH_END
};

/* Lazy shootdown: the bit stays while current still borrows what it left. */
static const struct op switch_mm_irqs_off_shoot[] = {
	WINDOW(W_LOAD),
	AT(switch_mm), DO(leave_lazy, M(1)),
	IF(same, M(1), M(0)),
		RET,
	END,
	DO(loaded_switching),
	IF(not_init, M(1)),
		UNLESS(still_borrows, M(1)),
			DO(mask_clear, M(1)),
		END,
	END,
	IF(not_init, M(0)),
		DO(mask_set, M(0)),
	END,
	DO(load_cr3, M(0)),
	PATH_END
};

/* Called on the way into deep idle, with interrupts off. */
static const struct op leave_mm_ops[] = {
	DO(local_irq_disable),
	WINDOW(W_LOAD),
	AT(leave_mm), DO(leave_mm_check),
	IF(not_init, LOADED),
		CALL(switch_mm_irqs_off, INIT),
	END,
	WINDOW(W_NONE),
	DO(local_irq_enable),
	PATH_END
};

static const struct op flush_tlb_mm_range_ops[] = {
	AT(flush_range), DO(get_flush_tlb_info, M(0), N(0), N(1)),
	DO(inc_mm_tlb_gen, M(0)),
	DO(test_others, M(0)),
	IF(others, M(0)),
		CALL(native_flush_tlb_multi),
	ELSE,
		IF(same, LOADED, M(0)),
			DO(local_irq_disable),
			CALL(flush_tlb_func, SELF),
			DO(local_irq_enable),
		END,
	END,
	DO(put_flush_tlb_info),
	PATH_END
};

static const struct op native_flush_tlb_multi_ops[] = {
	AT(flush_ipi), DO(trace_tlb_flush),
	CALL(smp_call_function_many_cond, N(0)),
	IF(call_here, N(0)),
		DO(local_irq_disable),
		CALL(flush_tlb_func, SELF),
		DO(local_irq_enable),
	END,
	WAIT(acked), DO(call_done),
	PATH_END
};

/*
 * The mask is copied in a statement of its own, later than the decision to
 * call; then each CPU is looked at, filtered and hit in a step of its own, so
 * a CPU that joins or leaves in between is seen as the kernel sees it.
 */
static const struct op smp_call_function_many_cond_ops[] = {
	DO(cond_mask, N(0)),
	LOOP(todo_left),
		DO(call_one),
	ENDLOOP,
	PATH_END
};

static const struct op flush_tlb_func_ops[] = {
	AT(flush_func), DO(read_info, M(0), N(0)),
	IF(wrong_mm, M(0), N(0)),
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

static const struct op ipi_flush_ops[] = {
	CALL(flush_tlb_func, N(0)),
	DO(ack, N(0)),
	PATH_END
};

/* With lazy shootdown: kernel/fork.c */
static const struct op cleanup_lazy_tlbs_ops[] = {
	DO(shoot_info, M(0)),
	CALL(smp_call_function_many_cond, N(0)),
	IF(nonzero, N(0)),
		DO(local_irq_disable),
		CALL(do_shoot_lazy_tlb, SELF),
		DO(local_irq_enable),
	END,
	WAIT(acked), DO(call_done),
	PATH_END
};

static const struct op do_shoot_lazy_tlb_ops[] = {
	WINDOW(W_LOAD),
	DO(read_info, M(0), N(0)),
	IF(borrows, M(0)),
		DO(shoot, M(0)),
		CALL(switch_mm_irqs_off, INIT),
	END,
	PATH_END
};

static const struct op ipi_shoot_ops[] = {
	CALL(do_shoot_lazy_tlb, N(0)),
	DO(ack, N(0)),
	PATH_END
};

const struct path path_enter_lazy_tlb = { .ops = enter_lazy_tlb_ops };
const struct path path_switch_mm_irqs_off = {
	.names = { "next", "prev" }, .refs = 2,
	.params = { M(0) }, .ops = switch_mm_irqs_off_ops,
};
const struct path path_switch_mm_irqs_off_shoot = {
	.names = { "next", "prev" }, .refs = 2,
	.params = { M(0) }, .ops = switch_mm_irqs_off_shoot,
};
const struct path path_leave_mm = { .ops = leave_mm_ops };
const struct path path_flush_tlb_mm_range = {
	.names = { "freed_tables", "pages", "mm" }, .numbers = 2, .refs = 1,
	.params = { M(0), N(0), N(1) }, .ops = flush_tlb_mm_range_ops,
};
const struct path path_native_flush_tlb_multi = {
	.names = { "run_local" }, .numbers = 1,
	.ops = native_flush_tlb_multi_ops,
};
const struct path path_smp_call_function_many_cond = {
	.names = { "run_local" }, .numbers = 1,
	.params = { N(0) }, .ops = smp_call_function_many_cond_ops,
};
const struct path path_flush_tlb_func = {
	.names = { "initiating_cpu", "mm" }, .numbers = 1, .refs = 1,
	.params = { N(0) }, .ops = flush_tlb_func_ops,
};
const struct path path_ipi_flush = {
	.names = { "initiating_cpu" }, .numbers = 1,
	.params = { N(0) }, .ops = ipi_flush_ops,
};
const struct path path_cleanup_lazy_tlbs = {
	.names = { "run_local", "mm" }, .numbers = 1, .refs = 1,
	.params = { M(0) }, .ops = cleanup_lazy_tlbs_ops,
};
const struct path path_do_shoot_lazy_tlb = {
	.names = { "initiating_cpu", "mm" }, .numbers = 1, .refs = 1,
	.params = { N(0) }, .ops = do_shoot_lazy_tlb_ops,
};
const struct path path_ipi_shoot = {
	.names = { "initiating_cpu" }, .numbers = 1,
	.params = { N(0) }, .ops = ipi_shoot_ops,
};
