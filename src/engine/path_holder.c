/*
 * path_holder.c - holders outside of the scheduler: /proc files, KVM, reclaim
 *
 * Each runs on a stack of its own, beside the CPUs.  What it holds is kept
 * under its label, so that `why` can name it.
 *
 * Kernel: v6.12 kernel/fork.c, include/linux/sched/mm.h
 */
#include "engine/paths.h"

/* The tables are laid out as the kernel would be read. */
/* clang-format off */

static const struct op get_task_mm_ops[] = {
	WAIT(task_unlocked, T(0)), DO(task_lock, T(0)),
	DO(get_mm_of, T(0), H(0)),
	DO(task_unlock, T(0)),
	AT(get_task_mm), DO(ret),
	PATH_END
};

static const struct op holder_mmget_ops[] = {
	DO(mmget, M(0), H(0)),
	PATH_END
};

static const struct op holder_mmput_ops[] = {
	CALL(mmput, M(0)),
	PATH_END
};

static const struct op holder_mmgrab_ops[] = {
	DO(mmgrab, M(0), H(0)),
	PATH_END
};

static const struct op holder_mmdrop_ops[] = {
	CALL(mmdrop, M(0)),
	PATH_END
};

static const struct op holder_mmget_not_zero_ops[] = {
	DO(mmget_not_zero, M(0), H(0)),
	PATH_END
};

static const struct op holder_mmput_async_ops[] = {
	DO(dec_users, M(0)),
	IF(result),
		DO(queue_mmput, M(0)),
	END,
	PATH_END
};

static const struct op run_work_ops[] = {
	DO(take_work, M(0)),	/* another worker may have been faster */
	IF(result),
		CALL(__mmput, M(0)),
	END,
	PATH_END
};

#define HOLDER_PATH(id) \
	const struct path path_##id = { \
		.names = { "holder", "mm" }, .numbers = 1, .refs = 1, \
		.params = { M(0), N(0) }, .ops = id##_ops, \
	}

HOLDER_PATH(holder_mmget);
HOLDER_PATH(holder_mmput);
HOLDER_PATH(holder_mmgrab);
HOLDER_PATH(holder_mmdrop);
HOLDER_PATH(holder_mmget_not_zero);
HOLDER_PATH(holder_mmput_async);
HOLDER_PATH(run_work);

const struct path path_get_task_mm = {
	.names = { "task", "holder" }, .tasks = 1, .numbers = 1,
	.params = { T(0), N(0) }, .ops = get_task_mm_ops,
};
