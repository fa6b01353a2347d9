/*
 * path_kthread.c - a kernel thread uses somebody's mm for a while
 *
 * mm_users is not touched: the caller keeps it up some other way.  The real
 * use is one mm_count; while it lasts the thread is a user to the scheduler.
 *
 * Kernel: v6.12 and v6.1 kernel/kthread.c
 */
#include "engine/paths.h"

/* The tables are laid out as the kernel would be read. */
/* clang-format off */

static const struct op use_mm_6_12[] = {
	AT(use_mm), DO(warn_use_mm),
	DO(mmgrab, M(0), M(0)),
	WAIT(task_unlocked, CUR), DO(task_lock, CUR),
	DO(local_irq_disable),
	WINDOW(W_USE),
	ATOMIC,
	DO(take, M(1), CUR_ACTIVE),
	DO(copy, CUR_ACTIVE, M(0)),
	DO(set, CUR_MM, M(0)),
	ENDATOMIC,
	CALL(switch_mm_irqs_off, M(0)),
	DO(local_irq_enable),
	WINDOW(W_NONE),
	DO(task_unlock, CUR),
	CALL(mmdrop_lazy_tlb, M(1)),
	AT(use_mm_ret), DO(ret),
	PATH_END
};

static const struct op unuse_mm_6_12[] = {
	AT(unuse_mm), DO(warn_unuse_mm),
	WAIT(task_unlocked, CUR), DO(task_lock, CUR),
	DO(local_irq_disable),
	WINDOW(W_EXIT),
	DO(null_into, CUR_MM, M(0)),
	DO(mmgrab_lazy_tlb, M(0), CUR_ACTIVE),
	CALL(enter_lazy_tlb, M(0), CUR),
	WINDOW(W_NONE),
	DO(local_irq_enable),
	DO(task_unlock, CUR),
	CALL(mmdrop, M(0)),
	AT(unuse_mm_ret), DO(ret),
	PATH_END
};

/* 6.1: no grab when the thread borrows that mm already; its loan becomes the use. */
static const struct op use_mm_6_1[] = {
	AT(use_mm), DO(warn_use_mm),
	WAIT(task_unlocked, CUR), DO(task_lock, CUR),
	DO(local_irq_disable),
	WINDOW(W_USE),
	IF(same, CUR_ACTIVE, M(0)),
		DO(set, CUR_MM, CUR_ACTIVE),
		CALL(switch_mm_irqs_off, M(0)),
	ELSE,
		DO(mmgrab, M(0), M(0)),
		ATOMIC,
		DO(take, M(1), CUR_ACTIVE),
		DO(copy, CUR_ACTIVE, M(0)),
		DO(set, CUR_MM, M(0)),
		ENDATOMIC,
		CALL(switch_mm_irqs_off, M(0)),
	END,
	DO(local_irq_enable),
	WINDOW(W_NONE),
	DO(task_unlock, CUR),
	IF(nonnull, M(1)),
		CALL(mmdrop, M(1)),
	END,
	AT(use_mm_ret), DO(ret),
	PATH_END
};

/* 6.1: no counter changes; the use becomes the loan. */
static const struct op unuse_mm_6_1[] = {
	AT(unuse_mm), DO(warn_unuse_mm),
	WAIT(task_unlocked, CUR), DO(task_lock, CUR),
	DO(local_irq_disable),
	WINDOW(W_EXIT),
	DO(null_into, CUR_MM, CUR_ACTIVE),
	CALL(enter_lazy_tlb, CUR_ACTIVE, CUR),
	WINDOW(W_NONE),
	DO(local_irq_enable),
	DO(task_unlock, CUR),
	AT(unuse_mm_ret), DO(ret),
	PATH_END
};

const struct path path_kthread_use_mm = {
	.names = { "mm", "active_mm" }, .refs = 2,
	.params = { M(0) }, .ops = use_mm_6_12,
};
const struct path path_kthread_unuse_mm = {
	.names = { "mm" }, .refs = 1, .ops = unuse_mm_6_12,
};
const struct path path_kthread_use_mm_6_1 = {
	.names = { "mm", "active_mm" }, .refs = 2,
	.params = { M(0) }, .ops = use_mm_6_1,
};
const struct path path_kthread_unuse_mm_6_1 = { .ops = unuse_mm_6_1 };
