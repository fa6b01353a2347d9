/*
 * profile.c - kernels to choose from: which tables, which switches
 */
#include "engine/check.h"
#include "engine/paths.h"

#define USE(id) path[PATH_##id] = &path_##id
#define USE_AS(id, variant) path[PATH_##id] = &path_##variant

static void paths_common(const struct path **path)
{
	USE_AS(__schedule, schedule);
	USE(context_switch);
	USE(finish_task_switch);
	USE(enter_lazy_tlb);
	USE(switch_mm_irqs_off);
	USE(leave_mm);
	USE(flush_tlb_mm_range);
	USE(native_flush_tlb_multi);
	USE(smp_call_function_many_cond);
	USE(flush_tlb_func);
	USE(ipi_flush);
	USE(mmput);
	USE(__mmput);
	USE(exit_mmap);
	USE(mmdrop);
	USE(mmdrop_lazy_tlb);
	USE(__mmdrop);
	USE(mm_release);
	USE(do_execve);
	USE(exec_mmap);
	USE(do_exit);
	USE(exit_mm);
	USE(release_task);
}

static void paths_tasks(const struct path **path)
{
	USE(sys_fork);
	USE(dup_mm);
	USE(sys_clone);
	USE(sys_vfork);
	USE(kthread_create);
	USE(user_mode_thread);
	USE(get_task_mm);
	USE(holder_mmget);
	USE(holder_mmput);
	USE(holder_mmgrab);
	USE(holder_mmdrop);
	USE(holder_mmget_not_zero);
	USE(holder_mmput_async);
	USE(run_work);
}

static void paths_fault(const struct path **path)
{
	USE(exc_page_fault);
	USE(handle_page_fault);
	USE(do_kern_addr_fault);
	USE(do_user_addr_fault);
	USE(bad_area_nosemaphore);
	USE(kernelmode_fixup_or_oops);
	USE(page_fault_oops);
}

static void paths_cpus(const struct path **path)
{
	USE(start_kernel);
	USE(rest_init);
	USE(start_secondary);
	USE(cpu_init);
	USE(sched_init);
	USE(cpu_down);
	USE(idle_task_exit);
	USE(finish_cpu);
}

void paths_6_12(const struct path **path)
{
	paths_common(path);
	paths_tasks(path);
	paths_cpus(path);
	paths_fault(path);
	USE(kthread_use_mm);
	USE(kthread_unuse_mm);
}

void paths_6_1(const struct path **path)
{
	paths_6_12(path);
	USE_AS(kthread_use_mm, kthread_use_mm_6_1);
	USE_AS(kthread_unuse_mm, kthread_unuse_mm_6_1);
}

void paths_6_12_shoot(const struct path **path)
{
	paths_6_12(path);
	USE_AS(finish_task_switch, finish_task_switch_shoot);
	USE_AS(switch_mm_irqs_off, switch_mm_irqs_off_shoot);
	USE_AS(__mmdrop, __mmdrop_shoot);
	USE_AS(cpu_init, cpu_init_lazy);
	USE(cleanup_lazy_tlbs);
	USE(do_shoot_lazy_tlb);
	USE(ipi_shoot);
}

void paths_2_4(const struct path **path)
{
	paths_2_6(path);
	USE_AS(__schedule, schedule_2_4);
	USE_AS(finish_task_switch, schedule_tail_2_4);
	USE_AS(switch_mm_irqs_off, switch_mm_2_4);
	USE_AS(leave_lazy_mm, leave_mm_2_4);
	USE_AS(exit_mmap, exit_mmap_2_4);
	USE_AS(do_execve, do_execve_2_4);
	USE_AS(exec_mmap, exec_mmap_2_4);
	USE_AS(exit_mm, exit_mm_2_4);
	USE_AS(exc_page_fault, do_page_fault_2_4);
	USE(sys_bdflush);
	USE(start_lazy_tlb);
	USE(end_lazy_tlb);
	path[PATH_context_switch] = NULL;
	path[PATH_kthread_use_mm] = NULL;
	path[PATH_kthread_unuse_mm] = NULL;
	path[PATH_cpu_down] = NULL;
	path[PATH_idle_task_exit] = NULL;
}

void paths_2_2(const struct path **path)
{
	USE_AS(start_kernel, start_kernel_2_2);
	USE_AS(rest_init, rest_init_2_2);
	USE_AS(start_secondary, start_secondary_2_2);
	USE_AS(__schedule, schedule_2_2);
	USE_AS(__switch_to, __switch_to_2_2);
	USE_AS(flush_tlb_mm_range, flush_tlb_mm_2_2);
	USE_AS(native_flush_tlb_multi, smp_flush_tlb_2_2);
	USE_AS(ipi_flush, invalidate_interrupt_2_2);
	USE_AS(mmput, mmput_2_2);
	USE_AS(exit_mmap, exit_mmap_2_2);
	USE_AS(sys_fork, sys_fork_2_2);
	USE_AS(dup_mm, copy_mm_2_2);
	USE_AS(sys_clone, sys_clone_2_2);
	USE_AS(sys_vfork, sys_vfork_2_2);
	USE_AS(kthread_create, kernel_thread_2_2);
	USE_AS(mm_release, mm_release_2_2);
	USE_AS(do_execve, do_execve_2_2);
	USE_AS(exec_mmap, exec_mmap_2_2);
	USE_AS(exit_mm, exit_mm_2_2);
	USE_AS(exc_page_fault, do_page_fault_2_2);
	USE(do_exit);
	USE(release_task);
	USE(holder_mmget);
	USE(holder_mmput);
	USE(kernelmode_fixup_or_oops);
	USE(page_fault_oops);
}

static void offline_by_init_mm(const struct path **path)
{
	USE_AS(cpu_down, cpu_down_6_18);
	USE_AS(finish_cpu, finish_cpu_6_18);
	USE(sched_cpu_wait_empty);
	USE(sched_force_init_mm);
	path[PATH_idle_task_exit] = NULL;
}

void paths_6_18(const struct path **path)
{
	paths_6_12(path);
	USE_AS(switch_mm_irqs_off, switch_mm_6_18);
	USE_AS(flush_tlb_func, flush_tlb_func_6_18);
	offline_by_init_mm(path);
}

void paths_6_18_shoot(const struct path **path)
{
	paths_6_12_shoot(path);
	USE_AS(switch_mm_irqs_off, switch_mm_6_18);
	USE_AS(flush_tlb_func, flush_tlb_func_6_18_shoot);
	offline_by_init_mm(path);
}

void paths_4_14(const struct path **path)
{
	paths_6_1(path);
	USE_AS(context_switch, context_switch_2_6);
	USE_AS(enter_lazy_tlb, enter_lazy_tlb_4_14);
	USE_AS(switch_mm_irqs_off, switch_mm_4_14);
	USE_AS(flush_tlb_mm_range, flush_tlb_mm_range_4_14);
	USE_AS(native_flush_tlb_multi, flush_tlb_others_4_14);
	USE_AS(smp_call_function_many_cond, smp_call_function_many_4_14);
	USE_AS(flush_tlb_func, flush_tlb_func_4_14);
	USE_AS(exec_mmap, exec_mmap_4_14);
	USE_AS(exit_mm, exit_mm_4_14);
	USE_AS(rest_init, rest_init_2_6);
	USE_AS(cpu_down, cpu_down_2_6);
	USE_AS(idle_task_exit, idle_task_exit_2_6);
	path[PATH_finish_cpu] = NULL;
	path[PATH_user_mode_thread] = NULL;
}

void paths_2_6(const struct path **path)
{
	paths_4_14(path);
	USE_AS(cpu_init, cpu_init_2_6);
	USE(enter_lazy_tlb);
	USE_AS(switch_mm_irqs_off, switch_mm_2_6);
	USE_AS(leave_lazy_mm, leave_mm_2_6);
	path[PATH_leave_mm] = NULL;
	USE_AS(flush_tlb_mm_range, flush_tlb_mm_2_6);
	USE_AS(native_flush_tlb_multi, flush_tlb_others_2_6);
	USE_AS(ipi_flush, smp_invalidate_interrupt_2_6);
	USE_AS(mmput, mmput_2_6);
	USE_AS(do_execve, do_execve_2_6);
	USE_AS(exec_mmap, exec_mmap_2_6);
	USE_AS(exit_mm, exit_mm_2_6);
	USE_AS(kthread_use_mm, use_mm_2_6);
	USE_AS(kthread_unuse_mm, unuse_mm_2_6);
	USE_AS(exc_page_fault, do_page_fault_2_6);
	path[PATH_handle_page_fault] = NULL;
	path[PATH_do_kern_addr_fault] = NULL;
	path[PATH_do_user_addr_fault] = NULL;
	path[PATH_smp_call_function_many_cond] = NULL;
	path[PATH_flush_tlb_func] = NULL;
	path[PATH___mmput] = NULL;
	path[PATH_holder_mmget_not_zero] = NULL;
	path[PATH_holder_mmput_async] = NULL;
	path[PATH_run_work] = NULL;
}

#define WAIVE(id) ((uint64_t)1 << INVARIANT_##id)

/*
 * The bare model has no enter_lazy_tlb and sets its masks by hand; it tears
 * nothing down and remembers the tables of an mm that is gone.
 */
#define CANON_WAIVES \
	(WAIVE(f13) | WAIVE(f14) | WAIVE(f15) | WAIVE(f16) | WAIVE(f17) | \
	 WAIVE(f14l) | WAIVE(f17l) | WAIVE(f17s) | WAIVE(f23))

/* Code of 4.14 and of 6.18 that nobody opened: it is inferred. */
static const uint8_t unverified_4_14[] = {
	PATH___schedule,         PATH_context_switch,
	PATH_finish_task_switch, PATH_do_execve,
	PATH_exec_mmap,          PATH_kthread_use_mm,
	PATH_kthread_unuse_mm,   PATH_cpu_down,
	PATH_idle_task_exit,     PATH_NONE
};
static const uint8_t unverified_6_18[] = { PATH___schedule,
					   PATH_context_switch,
					   PATH_finish_task_switch,
					   PATH_do_execve,
					   PATH_exec_mmap,
					   PATH_kthread_use_mm,
					   PATH_kthread_unuse_mm,
					   PATH_cpu_down,
					   PATH_sched_cpu_wait_empty,
					   PATH_sched_force_init_mm,
					   PATH_finish_cpu,
					   PATH_NONE };

/* An Alpha has no is_lazy and asks no mm_cpumask. */
#define ALPHA_WAIVES (WAIVE(f16) | WAIVE(f17) | WAIVE(f17l) | WAIVE(f17s))

/* No mm_count and no active_mm; init_mm is the mm of kernel threads. */
#define WAIVED_BY_2_2 \
	(WAIVE(f1) | WAIVE(f2) | WAIVE(f3) | WAIVE(f4) | WAIVE(f7) | \
	 WAIVE(f8) | WAIVE(f9) | WAIVE(f10) | WAIVE(f11) | WAIVE(f12) | \
	 WAIVE(f13) | WAIVE(f15) | WAIVE(f16) | WAIVE(f17) | WAIVE(f17l) | \
	 WAIVE(f17s) | WAIVE(f25))

static const struct profile profiles[] = {
	{
		.name = "6.12",
		.kernel = "6.12.117",
		.pcid = true,
		.refcount_y = "6.12",
		.refcount_n = "6.12-shoot",
		.lazy_refcount = true,
		.boot_surplus = 1,
		.paths = paths_6_12,
	},
	{
		.name = "6.1",
		.kernel = "6.1.192",
		.dialect = &dialect_6_1,
		.pcid = true,
		.lazy_refcount = true,
		.boot_surplus = 1,
		.paths = paths_6_1,
	},
	{
		.name = "6.12-shoot",
		.kernel = "6.12.117",
		.pcid = true,
		.refcount_y = "6.12",
		.refcount_n = "6.12-shoot",
		.lazy_shootdown = true,
		/* A bit stays while its CPU borrows what it has left. */
		.waived = WAIVE(f17s),
		.paths = paths_6_12_shoot,
		.note = "a teaching mix: the scheduler rules of powerpc64 "
			"(lazy users are not counted, but shot) on an x86 MMU",
	},
	{
		.name = "6.12",
		.kernel = "6.12.117",
		.arch = ARCH_ALPHA,
		.cooperative = true, /* ARCH_NO_PREEMPT */
		.lazy_refcount = true,
		.waived = ALPHA_WAIVES,
		.dialect = &dialect_alpha,
		.paths = paths_alpha,
		.note = "no Alpha kernel has HOTPLUG_CPU: here CPUs come and "
			"go by the rules of the others",
	},
	{
		.name = "2.4",
		.kernel = "2.4.0",
		.dialect = &dialect_2_4,
		/*
		 * leave_mm() takes the bit and leaves CR3; end_lazy_tlb() with
		 * the same mm does not say TLBSTATE_OK.
		 */
		.waived = WAIVE(f17l) | WAIVE(f14l),
		.pid2 = "keventd",
		.kthread_exec = true,
		.cooperative = true,
		.i386 = true,
		.lazy_refcount = true,
		.boot_surplus = 1,
		.paths = paths_2_4,
	},
	{
		.name = "2.4",
		.kernel = "2.4.0",
		.cooperative = true,
		.arch = ARCH_ALPHA,
		.dialect = &dialect_alpha_2_4,
		.kthread_exec = true,
		.lazy_refcount = true,
		.pid2 = "keventd",
		.waived = ALPHA_WAIVES | WAIVE(a2),
		.paths = paths_alpha_2_4,
		.note = "a flush that meets a switch may be lost here "
			"(need_new_asn is not set for a new ASN), so A2 need "
			"not hold",
	},
	{
		.name = "2.2",
		.kernel = "2.2.1",
		.arch = ARCH_ALPHA,
		.dialect = &dialect_alpha_2_2,
		.one_count = true,
		.kthread_exec = true,
		.pid2 = "kflushd",
		.waived = WAIVED_BY_2_2 | WAIVE(a2),
		.paths = paths_alpha_2_2,
		.note = "before active_mm: one count, and init_mm is the mm "
			"of kernel threads; each switch empties the whole TB, "
			"so that a task may run under an old ASN",
	},
	{
		.name = "2.2",
		.kernel = "2.2.1",
		.dialect = &dialect_2_2,
		.one_count = true,
		.kthread_exec = true,
		.i386 = true,
		.pid2 = "kflushd",
		.waived = WAIVED_BY_2_2,
		.paths = paths_2_2,
		.note = "before active_mm: one count, and init_mm is the mm "
			"of kernel threads",
	},
	{
		.name = "6.18",
		.kernel = "6.18.38",
		.unverified = unverified_6_18,
		/* A switch leaves its bit where it was. */
		.waived = WAIVE(f17s),
		.pcid = true,
		.refcount_y = "6.18",
		.refcount_n = "6.18-shoot",
		.lazy_refcount = true,
		.boot_surplus = 1,
		.paths = paths_6_18,
	},
	{
		.name = "6.18-shoot",
		.kernel = "6.18.38",
		.unverified = unverified_6_18,
		.waived = WAIVE(f17s),
		.pcid = true,
		.refcount_y = "6.18",
		.refcount_n = "6.18-shoot",
		.lazy_shootdown = true,
		.paths = paths_6_18_shoot,
		.note = "a teaching mix: the scheduler rules of powerpc64 "
			"(lazy users are not counted, but shot) on an x86 MMU",
	},
	{
		.name = "4.14",
		.kernel = "4.14",
		.dialect = &dialect_4_14,
		.unverified = unverified_4_14,
		.pcid = true,
		.kthread_exec = true,
		.lazy_refcount = true,
		.boot_surplus = 1,
		.paths = paths_4_14,
		.note = "on a CPU with PCIDs: enter_lazy_tlb() loads init_mm",
	},
	{
		.name = "2.6",
		.kernel = "2.6.20",
		.dialect = &dialect_2_6,
		/* leave_mm() loads swapper_pg_dir and stays TLBSTATE_LAZY. */
		.waived = WAIVE(f15),
		.pid2 = "migration/0",
		.kthread_exec = true,
		.lazy_refcount = true,
		.boot_surplus = 1,
		.paths = paths_2_6,
	},
	{
		.name = "canon",
		.kernel = "none",
		.lazy_refcount = true,
		.canon = true,
		.waived = CANON_WAIVES,
		.paths = paths_canon,
		.note = "a bare model of the protocol, for searching it whole",
	},
	{
		.name = "canon-tables",
		.kernel = "none",
		.lazy_refcount = true,
		.canon = true,
		.waived = CANON_WAIVES,
		.canon_tables = true,
		.paths = paths_canon_tables,
		.note = "the bare model, with page tables and their flushes",
	},
};

const struct profile *profile_at(uint32_t i)
{
	return i < sizeof profiles / sizeof *profiles ? &profiles[i] : NULL;
}

const struct profile *profile_find_for(const char *name, enum arch arch)
{
	for (uint32_t i = 0; profile_at(i); i++)
		if (profiles[i].arch == arch &&
		    names_equal(profiles[i].name, name))
			return &profiles[i];
	return NULL;
}

const struct profile *profile_find(const char *name)
{
	return profile_find_for(name, ARCH_X86_64);
}
