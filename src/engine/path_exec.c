/*
 * path_exec.c - exec gives a task another mm
 *
 * The new mm is made early.  exec_mmap writes both pointers in one statement
 * with interrupts off, loads the new mm, and only then lets the old one go: a
 * real mm by mmput, a borrowed one by mmdrop_lazy_tlb.
 *
 * Kernel: v6.12 fs/exec.c bprm_mm_init(), begin_new_exec(), exec_mmap()
 */
#include "engine/paths.h"

/* The tables are laid out as the kernel would be read. */
/* clang-format off */

static const struct op do_execve_ops[] = {
	DO(mm_init, M(0)),
	IF(null, M(0)),
		RET,
	END,
	AT(mm_new), DO(copy_strings, M(0)),
	CALL(exec_mmap, M(0)),
	DO(set_task_comm),
	PATH_END
};

static const struct op exec_mmap_ops[] = {
	AT(exec_release), CALL(mm_release),
	IF(nonnull, CUR_MM),
		WAIT(mmap_readable, CUR_MM), DO(mmap_read_lock, CUR_MM),
	END,
	AT(exec_mmap), WAIT(task_unlocked, CUR), DO(task_lock, CUR),
	DO(local_irq_disable),
	WINDOW(W_EXEC),
	ATOMIC,
	DO(take, M(2), CUR_MM),
	DO(take, M(1), CUR_ACTIVE),
	DO(copy, CUR_ACTIVE, M(0)),
	DO(set, CUR_MM, M(0)),
	ENDATOMIC,
	DO(local_irq_enable),
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

const struct path path_do_execve = {
	.names = { "mm" }, .refs = 1, .ops = do_execve_ops,
};
const struct path path_exec_mmap = {
	.names = { "mm", "active_mm", "old_mm" }, .refs = 3,
	.params = { M(0) }, .ops = exec_mmap_ops,
};
