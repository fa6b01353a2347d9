/*
 * dialect.c - what older kernels called the same things
 *
 * The tables of paths are shared by all kernels that did the same; only what
 * they called it differs, and that is here, newest kernel first.
 *
 * Kernel: v6.1 include/linux/sched/mm.h, kernel/sched/core.c
 */
#include "engine/paths.h"

#define SAYS(id, text) { SPELLED_STATEMENT, ST_##id, text, NULL }
#define CALLED(id, name, file) { SPELLED_PATH, PATH_##id, name, file }
#define LAST { SPELLED_END, 0, NULL, NULL }

/* The lists are laid out as tables. */
/* clang-format off */

/* Before 6.4 a borrower counted like anybody else. */
static const struct spelling spelling_6_1[] = {
	SAYS(mmgrab_lazy_tlb, "mmgrab(%a)"),
	SAYS(dec_lazy, "atomic_dec_and_test(&%a->mm_count)"),
	CALLED(mmdrop_lazy_tlb, "mmdrop", "include/linux/sched/mm.h"),
	LAST
};

const struct dialect dialect_6_1 = { NULL, spelling_6_1 };
