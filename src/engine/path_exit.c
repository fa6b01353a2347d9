/*
 * path_exit.c - a task leaves its mm and becomes a borrower of it
 *
 * The lazy reference is taken before mm is cleared, so that the mm cannot go
 * away under the exiting task, which still runs on it.
 *
 * Kernel: v6.12 kernel/exit.c do_exit(), exit_mm(), release_task()
 */
#include "engine/paths.h"

/* The tables are laid out as the kernel would be read. */
/* clang-format off */

static const struct op do_exit_ops[] = {
	DO(exit_signals),
	CALL(exit_mm),
	WINDOW(W_SLEEP),	/* exit_files(): closing may sleep, and mmput */
	DO(exit_notify),
	DO(do_task_dead),
	PATH_END
};

static const struct op exit_mm_ops[] = {
	AT(exit_release), CALL(mm_release),
	IF(null, CUR_MM),
		RET,
	END,
	WINDOW(W_SLEEP),
	WAIT(mmap_readable, CUR_MM), DO(mmap_read_lock, CUR_MM),
	WINDOW(W_EXIT | W_SLEEP),
	DO(mmgrab_lazy_tlb, CUR_MM, CUR_ACTIVE),
	WAIT(task_unlocked, CUR), DO(task_lock, CUR),
	DO(local_irq_disable),
	DO(null_into, CUR_MM, M(0)),
	CALL(enter_lazy_tlb, M(0), CUR),
	WINDOW(W_NONE),
	DO(local_irq_enable),
	DO(task_unlock, CUR),
	DO(mmap_read_unlock, M(0)),
	CALL(mmput, M(0)),
	PATH_END
};

static const struct op release_task_ops[] = {
	DO(claim_zombie, T(0)),	/* two may wait for the same */
	IF(result),
		DO(release_task, T(0)),
	END,
	PATH_END
};

const struct path path_do_exit = { .ops = do_exit_ops };
const struct path path_exit_mm = {
	.names = { "mm" }, .refs = 1, .ops = exit_mm_ops,
};
const struct path path_release_task = {
	.names = { "p" }, .tasks = 1, .params = { T(0) },
	.ops = release_task_ops,
};
