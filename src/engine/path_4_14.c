/*
 * path_4_14.c - the first kernel with PCIDs and generations
 *
 * The scheduler is that of 2.6.  With PCIDs going lazy loads init_mm at once,
 * for a load need not flush any more; so no CPU is ever lazy here, and the way
 * back is a load again.  (Without PCIDs enter_lazy_tlb() would set is_lazy.)
 * The initiator of a flush flushes itself first, then sends the interrupts.
 * init_mm has a mask like any other mm.
 *
 * Kernel: v4.14 arch/x86/mm/tlb.c; fs/exec.c, kernel/exit.c as in 2.6
 */
#include "engine/paths.h"

/* The tables are laid out as the kernel would be read. */
/* clang-format off */

static const struct op enter_lazy_tlb_4_14[] = {
	IF(is_init, LOADED),
		RET,
	END,
	CALL(switch_mm_irqs_off, INIT),
	PATH_END
};

static const struct op switch_mm_4_14[] = {
	WINDOW(W_LOAD),
	AT(switch_mm), DO(leave_lazy, M(1)),
	IF(same, M(1), M(0)),
		RET,
	END,
	DO(mask_clear, M(1)),
	DO(mask_set, M(0)),
	DO(load_cr3, M(0)),
	PATH_END
};

static const struct op flush_tlb_mm_range_4_14[] = {
	AT(flush_range), DO(get_flush_tlb_info, M(0), K(0), K(0)),
	DO(inc_mm_tlb_gen, M(0)),
	IF(same, LOADED, M(0)),
		DO(local_irq_disable),
		CALL(flush_tlb_func, SELF),
		DO(local_irq_enable),
	END,
	DO(test_others, M(0)),
	IF(others, M(0)),
		CALL(native_flush_tlb_multi),
	END,
	DO(put_flush_tlb_info),
	PATH_END
};

static const struct op flush_tlb_others_4_14[] = {
	AT(flush_ipi), DO(trace_tlb_flush),
	CALL(smp_call_function_many_cond, N(0)),
	WAIT(acked), DO(call_done),
	PATH_END
};

/* Whoever is in the mask is called, lazy or not. */
static const struct op smp_call_function_many_4_14[] = {
	DO(cond_mask, N(0)),
	LOOP(todo_left),
		DO(call_each),
	ENDLOOP,
	PATH_END
};

static const struct op flush_tlb_func_4_14[] = {
	AT(flush_func), DO(read_info, M(0), N(0)),
	IF(wrong_mm, M(0), N(0)),
		RET,
	END,
	IF(is_init, LOADED),
		RET,
	END,
	DO(flush_tlb_local, N(0)),
	PATH_END
};

static const struct op exec_mmap_4_14[] = {
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
	DO(local_irq_disable),
	CALL(switch_mm_irqs_off, M(0)),
	DO(local_irq_enable),
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

static const struct op exit_mm_4_14[] = {
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
	DO(local_irq_disable),
	CALL(enter_lazy_tlb),
	WINDOW(W_NONE),
	DO(local_irq_enable),
	DO(task_unlock, CUR),
	CALL(mmput, M(0)),
	PATH_END
};

/* clang-format on */

const struct path path_enter_lazy_tlb_4_14 = { .ops = enter_lazy_tlb_4_14 };
const struct path path_switch_mm_4_14 = {
	.names = { "next", "real_prev" }, .refs = 2,
	.params = { M(0) }, .ops = switch_mm_4_14,
};
const struct path path_flush_tlb_mm_range_4_14 = {
	.names = { "mm" }, .refs = 1, .params = { M(0) },
	.ops = flush_tlb_mm_range_4_14,
};
const struct path path_flush_tlb_others_4_14 = {
	.names = { "here" }, .numbers = 1, .ops = flush_tlb_others_4_14,
};
const struct path path_smp_call_function_many_4_14 = {
	.names = { "here" }, .numbers = 1, .params = { N(0) },
	.ops = smp_call_function_many_4_14,
};
const struct path path_flush_tlb_func_4_14 = {
	.names = { "initiating_cpu", "mm" }, .numbers = 1, .refs = 1,
	.params = { N(0) }, .ops = flush_tlb_func_4_14,
};
const struct path path_exec_mmap_4_14 = {
	.names = { "mm", "active_mm", "old_mm" }, .refs = 3,
	.params = { M(0) }, .ops = exec_mmap_4_14,
};
const struct path path_exit_mm_4_14 = {
	.names = { "mm" }, .refs = 1, .ops = exit_mm_4_14,
};
