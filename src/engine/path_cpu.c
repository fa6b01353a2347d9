/*
 * path_cpu.c - boot, and CPUs that come and go
 *
 * CPU 0 takes init_mm twice for one borrower (cpu_init and sched_init), so one
 * count is never given back.  A dying CPU's idle task goes to init_mm in
 * hardware; the CPU that takes it down returns its borrow.  It is stopped by a
 * thread that must get onto every CPU, so no cross-call is under way then.
 *
 * Kernel: v6.12 init/main.c, arch/x86/kernel/cpu/common.c cpu_init(),
 *         kernel/sched/core.c idle_task_exit(), kernel/cpu.c finish_cpu()
 */
#include "engine/paths.h"

/* The tables are laid out as the kernel would be read. */
/* clang-format off */

static const struct op start_kernel_ops[] = {
	CALL(cpu_init),
	DO(set_cpu_online),
	CALL(sched_init),
	CALL(rest_init),
	PATH_END
};

static const struct op cpu_init_ops[] = {
	DO(mmgrab, INIT, CUR_ACTIVE),
	DO(init_tlbstate),
	PATH_END
};

static const struct op cpu_init_lazy[] = {
	DO(mmgrab_lazy_tlb, INIT, CUR_ACTIVE),
	DO(copy, CUR_ACTIVE, INIT),
	DO(init_tlbstate),
	PATH_END
};

static const struct op sched_init_ops[] = {
	DO(mmgrab_lazy_tlb, INIT, KEPT),
	CALL(enter_lazy_tlb, INIT, CUR),
	PATH_END
};

static const struct op rest_init_ops[] = {
	CALL(user_mode_thread),
	CALL(kthread_create),
	PATH_END
};

static const struct op start_secondary_ops[] = {
	CALL(cpu_init),
	CALL(enter_lazy_tlb),
	DO(set_cpu_online),
	PATH_END
};

static const struct op cpu_down_ops[] = {
	WAIT(cpu_can_stop, N(0)), DO(take_cpu_down, N(0)),
	WAIT(cpu_is_dead, N(0)),
	CALL(finish_cpu, N(0)),
	PATH_END
};

static const struct op idle_task_exit_ops[] = {
	AT(idle_exit), DO(idle_exit_checks),
	IF(not_init, CUR_ACTIVE),
		CALL(switch_mm_irqs_off, INIT),
	END,
	DO(cpu_dead),
	PATH_END
};

static const struct op finish_cpu_ops[] = {
	AT(finish_cpu), DO(take_idle_mm, M(0), N(0)),
	CALL(mmdrop_lazy_tlb, M(0)),
	PATH_END
};

const struct path path_start_kernel = { .ops = start_kernel_ops };
const struct path path_cpu_init = { .ops = cpu_init_ops };
const struct path path_cpu_init_lazy = { .ops = cpu_init_lazy };
const struct path path_sched_init = { .ops = sched_init_ops };
const struct path path_rest_init = { .ops = rest_init_ops };
const struct path path_start_secondary = { .ops = start_secondary_ops };
const struct path path_cpu_down = {
	.names = { "cpu" }, .numbers = 1, .params = { N(0) },
	.ops = cpu_down_ops,
};
const struct path path_idle_task_exit = { .ops = idle_task_exit_ops };
const struct path path_finish_cpu = {
	.names = { "cpu", "mm" }, .numbers = 1, .refs = 1,
	.params = { N(0) }, .ops = finish_cpu_ops,
};
