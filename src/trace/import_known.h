/*
 * import_known.h - what a recording speaks of, in this world
 *
 * import_known.c: an address names an mm, a pid a task; what is seen for the
 * first time is made.  import_owners.c: units of counters that no task and no
 * CPU has are kept by outside holders.
 */
#ifndef TRACE_IMPORT_KNOWN_H
#define TRACE_IMPORT_KNOWN_H

#include "trace/import_parts.h"

/* Room for what is known of each slot of the world.  False: no memory. */
bool known_fit(struct import *im);

/* From now on @address is @mm; no address is it any more; @pid is @t. */
void bind_mm(struct import *im, uint64_t address, mm_id mm);
void unbind_mm(struct import *im, mm_id mm);
void bind_pid(struct import *im, uint32_t pid, task_id t);

/* The mm at @address, made when it is seen for the first time; or none. */
mm_id mm_known_as(struct import *im, uint64_t address);
/* The same, but MM_NONE when it was never seen. */
mm_id mm_found(const struct import *im, uint64_t address);
uint64_t address_of(const struct import *im, mm_id mm);

/* The living task with this pid (0: idle of @c), made when there is none. */
task_id task_found(const struct import *im, uint32_t pid, cpu_id c);
task_id task_known_as(struct import *im, uint32_t pid, cpu_id c,
		      const char *name);
uint32_t pid_of(const struct import *im, task_id t);
/* The task turns out to have this mm. */
void learn_mm(struct import *im, task_id t, mm_id mm);
/* Its counters are these: what is not accounted for was there before. */
void adopt(struct import *im, mm_id mm, uint32_t users, uint32_t count);
/* The state of all CPUs as the first record with samples has it. */
void begin_with(struct import *im, const struct trace_record *r);
/* Puts @t on CPU @c, without a switch. */
void put_on_cpu(struct import *im, cpu_id c, task_id t);

/* --- import_owners.c ---------------------------------------------------- */

enum unit { UNIT_USER, UNIT_COUNT };
/* The label of what a system call of task @pid took. */
void pid_label(char label[LABEL_WORDS * 4], uint32_t pid);
/* One more that is accounted for: out of "before recording", or a new one. */
void explain_unit(struct import *im, mm_id mm, enum unit unit, uint32_t who);
/* @units that nobody is known to hold go to "before recording". */
void leave_unexplained(struct import *im, mm_id mm, enum unit unit,
		       uint32_t units);
/* Takes a unit from the holder @label, or any other; false: there is none. */
bool take_unit(struct import *im, mm_id mm, enum unit unit, const char *label);
/* A holder's verb, done to its end. */
void hold(struct import *im, enum verb verb, mm_id mm, const char *label);

#endif
