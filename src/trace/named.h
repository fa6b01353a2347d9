/*
 * named.h - event texts that hold names, and the few other odd ones
 *
 * Each function reads what stands behind `event: ` and answers NULL, or what
 * it expected to find.  The scan is left where the trouble is.
 */
#ifndef TRACE_NAMED_H
#define TRACE_NAMED_H

#include "trace/record.h"
#include "trace/scan.h"

const char *named_sched_switch(struct scan *s, struct trace_record *r);
const char *named_sched_process_fork(struct scan *s, struct trace_record *r);
const char *named_sched_process_exec(struct scan *s, struct trace_record *r);
const char *named_sched_process_exit(struct scan *s, struct trace_record *r);
const char *named_task_newtask(struct scan *s, struct trace_record *r);
const char *named_tlb_flush(struct scan *s, struct trace_record *r);
const char *named_print(struct scan *s, struct trace_record *r);
const char *named_text(struct scan *s, struct trace_record *r);

#endif
