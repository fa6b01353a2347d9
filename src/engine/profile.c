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

#define WAIVE(id) ((uint64_t)1 << INVARIANT_##id)

/*
 * The bare model has no enter_lazy_tlb and sets its masks by hand; it tears
 * nothing down and remembers the tables of an mm that is gone.
 */
#define CANON_WAIVES \
	(WAIVE(f13) | WAIVE(f14) | WAIVE(f15) | WAIVE(f16) | WAIVE(f17) | \
	 WAIVE(f23))

/* An Alpha has no is_lazy and asks no mm_cpumask. */
#define ALPHA_WAIVES (WAIVE(f16) | WAIVE(f17))

/* No mm_count and no active_mm; init_mm is the mm of kernel threads. */
#define WAIVED_BY_2_2 \
	(WAIVE(f1) | WAIVE(f2) | WAIVE(f3) | WAIVE(f4) | WAIVE(f7) | WAIVE(f8) | \
	 WAIVE(f9) | WAIVE(f10) | WAIVE(f11) | WAIVE(f12) | WAIVE(f13) | \
	 WAIVE(f15) | WAIVE(f16) | WAIVE(f17) | WAIVE(f25))

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
		.paths = paths_6_12_shoot,
		.note = "a teaching mix: the scheduler rules of powerpc64 "
			"(lazy users are not counted, but shot) on an x86 MMU",
	},
	{
		.name = "6.12",
		.kernel = "6.12.117",
		.arch = ARCH_ALPHA,
		.lazy_refcount = true,
		.waived = ALPHA_WAIVES,
		.dialect = &dialect_alpha,
		.paths = paths_alpha,
		.note = "no Alpha kernel has HOTPLUG_CPU: here CPUs come and "
			"go by the rules of the others",
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
