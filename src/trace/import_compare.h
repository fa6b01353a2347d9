/*
 * import_compare.h - predictions against a record, scored
 *
 * import_compare.c has counters and masks, import_sample.c the state of CPUs.
 */
#ifndef TRACE_IMPORT_COMPARE_H
#define TRACE_IMPORT_COMPARE_H

#include "trace/import_parts.h"

void diverge(struct import *im, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void read_counts(struct import *im, uint64_t address, uint64_t users,
		 uint64_t count);
void compare_mask(struct import *im, mm_id mm, uint64_t recorded);
void compare_active(struct import *im, cpu_id c, task_id t, uint64_t recorded);
void compare_of_cpu(struct import *im, enum measure m, uint64_t line, cpu_id c,
		    const uint64_t pair[2]);
void report_flush(struct import *im, cpu_id c, const struct open_flush *f);

/* --- import_sample.c ---------------------------------------------------- */

void read_samples(struct import *im);
/* After each record: what CPUs are like now may explain what was read. */
void explain_asides(struct import *im);
/* The next record of the CPU that read them is here (all: the end). */
void judge_asides(struct import *im, cpu_id reader, bool all);

#endif
