/*
 * path_mm.c - the two counters of an mm: mmput, mmdrop and what they set off
 *
 * The last user tears the memory down (__mmput) and then gives back the one
 * mm_count that all users shared; the last count frees the struct and the pgd.
 * The mm parameter is consumed: the unit that the caller's reference owned is
 * the one that goes.
 *
 * Kernel: v6.12 kernel/fork.c, include/linux/sched/mm.h, mm/mmap.c
 */
#include "engine/paths.h"

/* The tables are laid out as the kernel would be read. */
/* clang-format off */

static const struct op mmput_ops[] = {
	AT(mmput), DO(dec_users, M(0)),
	IF(result),
		CALL(__mmput, M(0)),
	END,
	AT(mmput_ret), DO(ret),
	PATH_END
};

static const struct op __mmput_ops[] = {
	CALL(exit_mmap, M(0)),
	WINDOW(W_SLEEP),	/* closing exe_file and the like may sleep */
	CALL(mmdrop, M(0)),
	PATH_END
};

static const struct op exit_mmap_ops[] = {
	AT(exit_mmap), DO(unmap_vmas, M(0)),
	IF(has_tables, M(0)),
		CALL(flush_tlb_mm_range, M(0), K(1), K(0)),
	END,
	DO(free_pgtables, M(0)),
	PATH_END
};

static const struct op mmdrop_ops[] = {
	DO(dec_count, M(0)),
	IF(result),
		CALL(__mmdrop, M(0)),
	END,
	PATH_END
};

static const struct op mmdrop_lazy_tlb_ops[] = {
	DO(dec_lazy, M(0)),
	IF(result),
		CALL(__mmdrop, M(0)),
	END,
	PATH_END
};

static const struct op __mmdrop_ops[] = {
	AT(free), DO(free_mm, M(0)),
	PATH_END
};

static const struct op __mmdrop_shoot[] = {
	CALL(cleanup_lazy_tlbs, M(0)),
	AT(free), DO(free_mm, M(0)),
	PATH_END
};

const struct path path_mmput = {
	.names = { "mm" }, .refs = 1, .params = { M(0) }, .consumes = 1,
	.ops = mmput_ops,
};
const struct path path___mmput = {
	.names = { "mm" }, .refs = 1, .params = { M(0) }, .consumes = 1,
	.ops = __mmput_ops,
};
const struct path path_exit_mmap = {
	.names = { "mm" }, .refs = 1, .params = { M(0) },
	.ops = exit_mmap_ops,
};
const struct path path_mmdrop = {
	.names = { "mm" }, .refs = 1, .params = { M(0) }, .consumes = 1,
	.ops = mmdrop_ops,
};
const struct path path_mmdrop_lazy_tlb = {
	.names = { "mm" }, .refs = 1, .params = { M(0) }, .consumes = 1,
	.ops = mmdrop_lazy_tlb_ops,
};
const struct path path___mmdrop = {
	.names = { "mm" }, .refs = 1, .params = { M(0) }, .consumes = 1,
	.ops = __mmdrop_ops,
};
const struct path path___mmdrop_shoot = {
	.names = { "mm" }, .refs = 1, .params = { M(0) }, .consumes = 1,
	.ops = __mmdrop_shoot,
};
