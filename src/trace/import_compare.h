/*
 * import_compare.h - predictions against a record, scored
 *
 * import_compare.c has counters and masks, import_sample.c the state of CPUs.
 */
#ifndef TRACE_IMPORT_COMPARE_H
#define TRACE_IMPORT_COMPARE_H

#include "trace/import_parts.h"

/* No path leads to this record: counted, and told with its line. */
void diverge(struct import *im, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/*
 * read_counts - the counters of the mm at @address as the record has them
 *
 * Compared, or taken over when nothing is known of them.
 */
void read_counts(struct import *im, uint64_t address, uint64_t users,
		 uint64_t count);

/* CPUs 0 to 63 of mm_cpumask, as bits. */
uint64_t mask_of(const struct import *im, mm_id mm);

/* One reading each, of mm_cpumask, a task's active_mm, a field of a CPU
 * (pair: expected, recorded), the CPUs that ran a flush. */
void compare_mask(struct import *im, mm_id mm, uint64_t recorded);
void compare_active(struct import *im, cpu_id c, task_id t, uint64_t recorded);
void compare_of_cpu(struct import *im, enum measure m, uint64_t line, cpu_id c,
		    const uint64_t pair[2]);
void report_flush(struct import *im, cpu_id c, const struct open_flush *f);

/* --- import_sample.c ---------------------------------------------------- */

/* What the record has of each CPU, but in the one that began with it. */
void read_samples(struct import *im);
/* After each record: what CPUs are like now may explain what was read. */
void explain_asides(struct import *im);
/* The next record of the CPU that read them is here (all: the end). */
void judge_asides(struct import *im, cpu_id reader, bool all);

#endif
