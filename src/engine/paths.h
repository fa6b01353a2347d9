/*
 * paths.h - the tables of all profiles, for profile.c
 *
 * A name with a suffix is a variant that some profiles use instead.
 */
#ifndef ENGINE_PATHS_H
#define ENGINE_PATHS_H

#include "engine/program.h"

#define DECLARE(id) extern const struct path path_##id
DECLARE(schedule);
DECLARE(context_switch);
DECLARE(finish_task_switch);
DECLARE(finish_task_switch_shoot);
DECLARE(enter_lazy_tlb);
DECLARE(switch_mm_irqs_off);
DECLARE(switch_mm_irqs_off_shoot);
DECLARE(leave_mm);
DECLARE(flush_tlb_mm_range);
DECLARE(native_flush_tlb_multi);
DECLARE(smp_call_function_many_cond);
DECLARE(flush_tlb_func);
DECLARE(ipi_flush);
DECLARE(cleanup_lazy_tlbs);
DECLARE(do_shoot_lazy_tlb);
DECLARE(ipi_shoot);
DECLARE(mmput);
DECLARE(__mmput);
DECLARE(exit_mmap);
DECLARE(mmdrop);
DECLARE(mmdrop_lazy_tlb);
DECLARE(__mmdrop);
DECLARE(__mmdrop_shoot);
DECLARE(sys_fork);
DECLARE(dup_mm);
DECLARE(sys_clone);
DECLARE(sys_vfork);
DECLARE(kthread_create);
DECLARE(user_mode_thread);
DECLARE(mm_release);
DECLARE(do_execve);
DECLARE(exec_mmap);
DECLARE(do_exit);
DECLARE(exit_mm);
DECLARE(release_task);
DECLARE(kthread_use_mm);
DECLARE(kthread_unuse_mm);
DECLARE(kthread_use_mm_6_1);
DECLARE(kthread_unuse_mm_6_1);
DECLARE(exc_page_fault);
DECLARE(handle_page_fault);
DECLARE(do_kern_addr_fault);
DECLARE(do_user_addr_fault);
DECLARE(do_user_addr_fault_init_mm);
DECLARE(bad_area_nosemaphore);
DECLARE(kernelmode_fixup_or_oops);
DECLARE(page_fault_oops);
DECLARE(do_page_fault_2_6);
DECLARE(do_page_fault_2_4);
DECLARE(do_page_fault_2_2);
DECLARE(start_kernel_2_2);
DECLARE(rest_init_2_2);
DECLARE(start_secondary_2_2);
DECLARE(schedule_2_2);
DECLARE(__switch_to_2_2);
DECLARE(flush_tlb_mm_2_2);
DECLARE(smp_flush_tlb_2_2);
DECLARE(invalidate_interrupt_2_2);
DECLARE(mmput_2_2);
DECLARE(exit_mmap_2_2);
DECLARE(sys_fork_2_2);
DECLARE(copy_mm_2_2);
DECLARE(sys_clone_2_2);
DECLARE(sys_vfork_2_2);
DECLARE(kernel_thread_2_2);
DECLARE(mm_release_2_2);
DECLARE(do_execve_2_2);
DECLARE(exec_mmap_2_2);
DECLARE(exit_mm_2_2);
DECLARE(get_task_mm);
DECLARE(holder_mmget);
DECLARE(holder_mmput);
DECLARE(holder_mmgrab);
DECLARE(holder_mmdrop);
DECLARE(holder_mmget_not_zero);
DECLARE(holder_mmput_async);
DECLARE(run_work);
DECLARE(start_kernel);
DECLARE(cpu_init);
DECLARE(cpu_init_lazy);
DECLARE(sched_init);
DECLARE(rest_init);
DECLARE(start_secondary);
DECLARE(cpu_down);
DECLARE(idle_task_exit);
DECLARE(finish_cpu);
DECLARE(context_switch_2_6);
DECLARE(cpu_init_2_6);
DECLARE(switch_mm_2_6);
DECLARE(leave_mm_2_6);
DECLARE(flush_tlb_mm_2_6);
DECLARE(flush_tlb_others_2_6);
DECLARE(smp_invalidate_interrupt_2_6);
DECLARE(mmput_2_6);
DECLARE(do_execve_2_6);
DECLARE(exec_mmap_2_6);
DECLARE(exit_mm_2_6);
DECLARE(use_mm_2_6);
DECLARE(unuse_mm_2_6);
DECLARE(rest_init_2_6);
DECLARE(cpu_down_2_6);
DECLARE(idle_task_exit_2_6);
DECLARE(enter_lazy_tlb_4_14);
DECLARE(switch_mm_4_14);
DECLARE(flush_tlb_mm_range_4_14);
DECLARE(flush_tlb_others_4_14);
DECLARE(smp_call_function_many_4_14);
DECLARE(flush_tlb_func_4_14);
DECLARE(exec_mmap_4_14);
DECLARE(exit_mm_4_14);
DECLARE(switch_mm_6_18);
DECLARE(flush_tlb_func_6_18);
DECLARE(flush_tlb_func_6_18_shoot);
DECLARE(cpu_down_6_18);
DECLARE(sched_cpu_wait_empty);
DECLARE(sched_force_init_mm);
DECLARE(finish_cpu_6_18);
DECLARE(schedule_2_4);
DECLARE(schedule_tail_2_4);
DECLARE(switch_mm_2_4);
DECLARE(leave_mm_2_4);
DECLARE(exit_mmap_2_4);
DECLARE(do_execve_2_4);
DECLARE(exec_mmap_2_4);
DECLARE(exit_mm_2_4);
DECLARE(sys_bdflush);
DECLARE(start_lazy_tlb);
DECLARE(end_lazy_tlb);
#undef DECLARE

/* How they spell it (dialect.c). */
extern const struct dialect dialect_6_1, dialect_4_14, dialect_2_6, dialect_2_4;
extern const struct dialect dialect_2_2, dialect_alpha, dialect_alpha_2_2,
	dialect_alpha_2_4;

/* Fills the paths of one family of profiles. */
void paths_6_12(const struct path **path);
void paths_6_1(const struct path **path);
void paths_6_18(const struct path **path);
void paths_6_18_shoot(const struct path **path);
void paths_4_14(const struct path **path);
void paths_2_6(const struct path **path);
void paths_2_4(const struct path **path);
void paths_6_12_shoot(const struct path **path);
void paths_alpha_hardware(const struct path **path);
void paths_alpha(const struct path **path);
void paths_alpha_2_4(const struct path **path);
void paths_alpha_2_2(const struct path **path);
void paths_2_2(const struct path **path);
void paths_canon(const struct path **path);
void paths_canon_tables(const struct path **path);

#endif
