/*
 * path_fork.c - new tasks: fork copies the mm, CLONE_VM shares it, threads of
 * the kernel have none
 *
 * The child's two mm pointers are written in one statement and nobody can run
 * it before wake_up_new_task.  vfork's parent sleeps until the child leaves the
 * shared mm; complete_vfork_done comes before the child's mm pointer changes.
 *
 * Kernel: v6.12 kernel/fork.c copy_process(), copy_mm(), dup_mm(), dup_mmap(),
 *         mm_release(), wait_for_vfork_done(); kernel/kthread.c
 */
#include "engine/paths.h"

/* The tables are laid out as the kernel would be read. */
/* clang-format off */

static const struct op sys_fork_ops[] = {
	DO(dup_task_struct, T(0)),
	IF(no_task, T(0)),
		RET,
	END,
	CALL(dup_mm, M(0), T(0)),
	IF(null, M(0)),
		DO(free_task, T(0)),
		RET,
	END,
	ATOMIC,
	DO(set, T_MM(0), M(0)),
	DO(copy, T_ACTIVE(0), M(0)),
	ENDATOMIC,
	AT(mm_attach), DO(alloc_pid, T(0)),
	AT(new_task), DO(wake_up_new_task, T(0)),
	PATH_END
};

static const struct op dup_mm_ops[] = {
	DO(mm_init, M(0)),
	IF(null, M(0)),
		RET,
	END,
	AT(mm_new), WAIT(mmap_writable, CUR_MM), DO(mmap_write_lock, CUR_MM),
	DO(dup_mmap, M(0)),
	CALL(flush_tlb_mm_range, CUR_MM, K(1), K(0)),
	DO(mmap_write_unlock, CUR_MM),
	PATH_END
};

static const struct op sys_clone_ops[] = {
	DO(dup_task_struct, T(0)),
	IF(no_task, T(0)),
		RET,
	END,
	DO(mmget, CUR_MM, M(0)),
	ATOMIC,
	DO(set, T_MM(0), M(0)),
	DO(copy, T_ACTIVE(0), M(0)),
	ENDATOMIC,
	AT(mm_attach), DO(alloc_pid, T(0)),
	AT(new_task), DO(wake_up_new_task, T(0)),
	PATH_END
};

static const struct op sys_vfork_ops[] = {
	DO(dup_task_struct, T(0)),
	IF(no_task, T(0)),
		RET,
	END,
	DO(mmget, CUR_MM, M(0)),
	ATOMIC,
	DO(set, T_MM(0), M(0)),
	DO(copy, T_ACTIVE(0), M(0)),
	ENDATOMIC,
	AT(mm_attach), DO(alloc_pid, T(0)),
	DO(set_vfork_done, T(0)),
	AT(new_task), DO(wake_up_new_task, T(0)),
	DO(wait_for_vfork_done),
	WAIT(vfork_done), DO(vfork_return),
	PATH_END
};

static const struct op kthread_create_ops[] = {
	DO(dup_task_struct, T(0)),
	IF(no_task, T(0)),
		RET,
	END,
	DO(set_kthread, T(0)),
	AT(mm_attach), DO(alloc_pid, T(0)),
	AT(new_task), DO(wake_up_new_task, T(0)),
	PATH_END
};

static const struct op user_mode_thread_ops[] = {
	DO(dup_task_struct, T(0)),
	IF(no_task, T(0)),
		RET,
	END,
	AT(mm_attach), DO(alloc_pid, T(0)),
	AT(new_task), DO(wake_up_new_task, T(0)),
	PATH_END
};

static const struct op mm_release_ops[] = {
	DO(futex_release, CUR),
	IF(has_vfork_parent, CUR),
		DO(complete_vfork_done, CUR),
	END,
	PATH_END
};

const struct path path_sys_fork = {
	.names = { "p", "mm" }, .tasks = 1, .refs = 1, .ops = sys_fork_ops,
};
const struct path path_dup_mm = {
	.names = { "mm" }, .refs = 1, .params = { M(0) }, .ops = dup_mm_ops,
};
const struct path path_sys_clone = {
	.names = { "p", "mm" }, .tasks = 1, .refs = 1, .ops = sys_clone_ops,
};
const struct path path_sys_vfork = {
	.names = { "p", "mm" }, .tasks = 1, .refs = 1, .ops = sys_vfork_ops,
};
const struct path path_kthread_create = {
	.names = { "p" }, .tasks = 1, .ops = kthread_create_ops,
};
const struct path path_user_mode_thread = {
	.names = { "p" }, .tasks = 1, .ops = user_mode_thread_ops,
};
const struct path path_mm_release = { .ops = mm_release_ops };
