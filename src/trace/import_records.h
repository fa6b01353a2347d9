/*
 * import_records.h - what each kind of record means
 *
 * on_NAME() is called for a record of the event NAME, which is im->r: it
 * compares what was read before the effect, then lets the machine have it.
 */
#ifndef TRACE_IMPORT_RECORDS_H
#define TRACE_IMPORT_RECORDS_H

#include "trace/import_parts.h"

void on_sched_switch(struct import *im);
void on_switch(struct import *im);
void on_enter_lazy(struct import *im);
void on_switch_mm(struct import *im);
void on_finish(struct import *im);
/* Runs a switch of @c on to `finish` when @pid is the next task's. */
void catch_up(struct import *im, cpu_id c, uint32_t pid);
/* The comm of a task; the state in which prev is left. */
void rename_task(struct import *im, task_id t, const char *name);
uint32_t state_left_in(const struct trace_record *r);
void on_plain_switch(struct import *im);

void on_mm_new(struct import *im);
void on_mm_attach(struct import *im);
void on_new_task(struct import *im);
void on_exec_release(struct import *im);
void on_exec_mmap(struct import *im);
void on_exit_release(struct import *im);
void on_mmput(struct import *im);
void on_mmput_ret(struct import *im);
void on_exit_mmap(struct import *im);
void on_free(struct import *im);

void on_snap(struct import *im);
void on_get_task_mm(struct import *im);
void on_mm_access(struct import *im);
void on_proc_mem_open(struct import *im);
void on_mem_rw(struct import *im);
void on_mem_release(struct import *im);
void on_khugepaged_enter(struct import *im);
void on_khugepaged_enter_ret(struct import *im);
void on_khugepaged_exit(struct import *im);
void on_use_mm(struct import *im);
void on_use_mm_ret(struct import *im);
void on_unuse_mm(struct import *im);
void on_unuse_mm_ret(struct import *im);

void on_flush_range(struct import *im);
void on_batch_add(struct import *im);
void on_flush_ipi(struct import *im);
void on_flush_func(struct import *im);
void close_flush(struct import *im, cpu_id c);

void on_leave_mm(struct import *im);
void on_idle_exit(struct import *im);
void on_finish_cpu(struct import *im);
void cpu_came_up(struct import *im, cpu_id c);

#endif
