/*
 * path_fault.c - the first statements of a page fault: may this task fault at
 * a user address at all?
 *
 * The question is put to mm, never to active_mm: a borrower has CR3 full of
 * somebody's page tables and still no user addresses of its own.  Before there
 * was an active_mm a kernel thread's mm was init_mm, and that was the question.
 * Whoever passes goes on to look a VMA up; here the path ends with that.
 *
 * Kernel: v6.12 arch/x86/mm/fault.c exc_page_fault(), do_user_addr_fault();
 *         v2.2.1, v2.4.0 arch/i386/mm/fault.c do_page_fault()
 */
#include "engine/paths.h"

/* The tables are laid out as the kernel would be read. */
/* clang-format off */

static const struct op exc_page_fault_ops[] = {
	DO(local_irq_disable),		/* an interrupt gate */
	DO(read_cr2, N(1), N(2), N(0)),
	CALL(handle_page_fault, N(0), N(1)),
	DO(local_irq_enable),		/* back to where interrupts were on */
	PATH_END
};

static const struct op handle_page_fault_ops[] = {
	IF(kernel_half, N(1), N(0)),
		CALL(do_kern_addr_fault, N(0), N(1)),
	ELSE,
		CALL(do_user_addr_fault, N(0), N(1)),
	END,
	PATH_END
};

static const struct op do_kern_addr_fault_ops[] = {
	CALL(bad_area_nosemaphore, N(0), N(1)),
	PATH_END
};

static const struct op do_user_addr_fault_ops[] = {
	IF(kernel_fetch, N(0)),
		CALL(page_fault_oops, N(0), N(1)),
		RET,
	END,
	IF(smap_violation, N(0)),
		CALL(page_fault_oops, N(0), N(1)),
		RET,
	END,
	IF(handler_disabled, CUR_MM, N(0)),
		CALL(bad_area_nosemaphore, N(0), N(1)),
		RET,
	END,
	DO(local_irq_enable),
	DO(find_vma, CUR_MM, N(1), N(0)),
	PATH_END
};

/* As 6.12, but with the question of 2.2: every borrower passes for a user. */
static const struct op do_user_addr_fault_init_mm[] = {
	IF(kernel_fetch, N(0)),
		CALL(page_fault_oops, N(0), N(1)),
		RET,
	END,
	IF(smap_violation, N(0)),
		CALL(page_fault_oops, N(0), N(1)),
		RET,
	END,
	IF(in_interrupt_or_init_mm, CUR_MM, N(0)),
		CALL(bad_area_nosemaphore, N(0), N(1)),
		RET,
	END,
	DO(local_irq_enable),
	DO(find_vma, CUR_MM, N(1), N(0)),
	PATH_END
};

static const struct op bad_area_nosemaphore_ops[] = {
	IF(user_mode, N(0)),
		DO(force_sig_fault, N(1), N(0)),
	ELSE,
		CALL(kernelmode_fixup_or_oops, N(0), N(1)),
	END,
	PATH_END
};

static const struct op kernelmode_fixup_or_oops_ops[] = {
	DO(search_fixup, N(0), N(2)),
	IF(nonzero, N(2)),
		DO(fixup, N(0)),
	ELSE,
		CALL(page_fault_oops, N(0), N(1)),
	END,
	PATH_END
};

static const struct op page_fault_oops_ops[] = {
	DO(die, N(0)),
	PATH_END
};

/* 2.6: no SMAP yet. */
static const struct op do_page_fault_2_6[] = {
	DO(read_cr2, N(1), N(2), N(0)),
	IF(kernel_half, N(1), N(0)),
		CALL(bad_area_nosemaphore, N(0), N(1)),
		RET,
	END,
	IF(in_atomic, CUR_MM, N(0)),
		CALL(bad_area_nosemaphore, N(0), N(1)),
		RET,
	END,
	DO(find_vma_old, CUR_MM, N(1), N(0)),
	PATH_END
};

/*
 * 2.4: a missing entry of the kernel half goes into active_mm's table, since
 * kernel threads need it too; then it is a bad address like any other.
 */
static const struct op do_page_fault_2_4[] = {
	DO(read_cr2, N(1), N(2), N(0)),
	IF(kernel_half, N(1), N(0)),
		DO(vmalloc_fault, CUR_ACTIVE),
		CALL(bad_area_nosemaphore, N(0), N(1)),
		RET,
	END,
	IF(in_interrupt, CUR_MM, N(0)),
		CALL(kernelmode_fixup_or_oops, N(0), N(1)),
		RET,
	END,
	DO(find_vma_old, CUR_MM, N(1), N(0)),
	PATH_END
};

/* 2.2: a kernel thread is known by its mm. */
static const struct op do_page_fault_2_2[] = {
	DO(read_cr2, N(1), N(2), N(0)),
	IF(in_interrupt_or_init_mm, CUR_MM, N(0)),
		CALL(kernelmode_fixup_or_oops, N(0), N(1)),
		RET,
	END,
	DO(find_vma_old, CUR_MM, N(1), N(0)),
	PATH_END
};

/* clang-format on */

#define FAULT_PATH(id, table) \
	const struct path path_##id = { \
		.names = { "error_code", "address" }, \
		.numbers = 2, \
		.params = { N(0), N(1) }, \
		.ops = table, \
	}

FAULT_PATH(handle_page_fault, handle_page_fault_ops);
FAULT_PATH(do_kern_addr_fault, do_kern_addr_fault_ops);
FAULT_PATH(do_user_addr_fault, do_user_addr_fault_ops);
FAULT_PATH(do_user_addr_fault_init_mm, do_user_addr_fault_init_mm);
FAULT_PATH(bad_area_nosemaphore, bad_area_nosemaphore_ops);
FAULT_PATH(page_fault_oops, page_fault_oops_ops);

const struct path path_kernelmode_fixup_or_oops = {
	.names = { "error_code", "address", "fixup" },
	.numbers = 3,
	.params = { N(0), N(1) },
	.ops = kernelmode_fixup_or_oops_ops,
};

#define ENTRY_PATH(id, table) \
	const struct path path_##id = { \
		.names = { "error_code", "address", "high" }, \
		.numbers = 3, \
		.params = { N(0), N(1), N(2) }, \
		.ops = table, \
	}

ENTRY_PATH(exc_page_fault, exc_page_fault_ops);
ENTRY_PATH(do_page_fault_2_6, do_page_fault_2_6);
ENTRY_PATH(do_page_fault_2_4, do_page_fault_2_4);
ENTRY_PATH(do_page_fault_2_2, do_page_fault_2_2);
