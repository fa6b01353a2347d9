/*
 * import_parts.h - what the files of the import share
 *
 *	import_walk.c     inputs for the host: force, start, step to a tracepoint
 *	import_known.c    addresses and pids; what is learned at first sight
 *	import_owners.c   units of counters that outside holders have
 *	import_compare.c  readings of counters; import_sample.c: of CPUs
 *	import_switch.c, _life, _hold, _flush, _cpu, _plain: what records mean
 */
#ifndef TRACE_IMPORT_PARTS_H
#define TRACE_IMPORT_PARTS_H

#include <inttypes.h>

#include "engine/drive.h"
#include "trace/import.h"
#include "trace/bindings.h"
#include "trace/stream.h"

enum { ASIDES_MAX = 16, DIVERGENCES_MAX = 1000 };

/* What is known of an mm of the world beside the world. */
struct known_mm {
	uint64_t address; /* 0: none (any more) */
	bool counted;     /* its counters are the kernel's, not only what shows */
	bool adopted;     /* they were taken over from a record */
	bool gen_known;
};

struct known_task {
	bool mm_known;
	mm_id scanned; /* inside khugepaged_enter, about this mm */
	mm_id opened;  /* its mem file is counted already */
};

/* A flush in progress, begun by this CPU. */
struct open_flush {
	bool open;
	uint64_t line;
	mm_id mm;
	uint64_t address;
	uint64_t want, ran; /* CPUs, as bits */
};

/* A sample of a CPU, read by another one; judged at that one's next record. */
struct aside {
	uint64_t line, time_us;
	cpu_id cpu, reader;
	uint32_t unexplained; /* fields, as bits */
	struct trace_cpu seen, expected;
};

struct known_cpu {
	struct open_flush flush;
	bool seen; /* plain recordings: its first switch is past */
};

struct import {
	struct import_host host;
	const struct program *p;
	struct scout scout;
	struct stream *stream;
	char *path;
	struct trace_record *r;
	struct score score;
	struct bindings addresses, pids;
	struct known_mm *mm;
	struct known_task *task;
	struct known_cpu *cpu;
	struct aside aside[ASIDES_MAX];
	uint32_t asides;
	struct limits fitted; /* what mm[] and task[] have room for */
	bool started;         /* the first sample of all CPUs is past */
	bool fresh;           /* it is in this very record */
	bool failed;          /* the host gave up */
	bool ended;
};

static inline const struct world *world_now(const struct import *im)
{
	return im->host.world(im->host.ctx);
}

/* No mm: NULL, or an error pointer. */
static inline bool no_mm(uint64_t address)
{
	return address == 0 || address >= UINT64_C(0xfffffffffffff000);
}

/* --- import_walk.c ------------------------------------------------------ */

/* A slot of each kind is free after it, unless the import failed. */
void ensure_room(struct import *im);
void give(struct import *im, const struct input *in);
/* Forces a word; @holder is whose unit comes or goes with it. */
struct place_of_word {
	enum event_kind kind;
	uint32_t object, field;
};
void force_for(struct import *im, struct place_of_word at, uint32_t value,
	       uint32_t holder);
void force(struct import *im, enum event_kind kind, uint32_t object,
	   uint32_t field, uint32_t value);
#define FORCE(im, KIND, type, id, member, value) \
	force((im), EV_##KIND, (id), FIELD_OF(type, member), (value))
bool start_path(struct import *im, cpu_id c, enum path_id path, uint32_t a,
		uint32_t b, uint32_t d);
const struct flat_op *next_op(const struct import *im, uint32_t actor);
bool step_once(struct import *im, uint32_t actor);
/* Runs @actor on until the statement that carries @tp is next. */
bool run_to(struct import *im, uint32_t actor, enum tracepoint_id tp);
/* Runs @actor on as far as no record is needed. */
void settle(struct import *im, uint32_t actor);
/* Does the statement that stands next, and settles. */
void carry_on(struct import *im, uint32_t actor);
/* Runs @stack, on top of @actor, to its end, whatever it passes. */
void run_out(struct import *im, uint32_t actor, uint32_t stack);
/* Nobody will acknowledge what @actor waits for any more. */
bool stop_waiting(struct import *im, uint32_t actor);
/* The mm that the statement at which @actor rests is about. */
mm_id mm_at(const struct import *im, uint32_t actor);
/* run_to, or a divergence. */
bool reach(struct import *im, cpu_id c, enum tracepoint_id tp);

/* --- import_known.c ----------------------------------------------------- */

bool known_fit(struct import *im);
void bind_mm(struct import *im, uint64_t address, mm_id mm);
void unbind_mm(struct import *im, mm_id mm);
void bind_pid(struct import *im, uint32_t pid, task_id t);
/* The mm at @address, made when it is seen for the first time; or none. */
mm_id mm_known_as(struct import *im, uint64_t address);
/* The same, but MM_NONE when it was never seen. */
mm_id mm_found(const struct import *im, uint64_t address);
uint64_t address_of(const struct import *im, mm_id mm);
task_id task_found(const struct import *im, uint32_t pid, cpu_id c);
task_id task_known_as(struct import *im, uint32_t pid, cpu_id c,
		      const char *name);
uint32_t pid_of(const struct import *im, task_id t);
/* The task turns out to have this mm. */
void learn_mm(struct import *im, task_id t, mm_id mm);
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
bool take_unit(struct import *im, mm_id mm, enum unit unit,
	       const char *label);
/* A holder's verb, done to its end. */
void hold(struct import *im, enum verb verb, mm_id mm, const char *label);

/* --- import_compare.c --------------------------------------------------- */

void diverge(struct import *im, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void read_counts(struct import *im, uint64_t address, uint64_t users,
		 uint64_t count);
void compare_mask(struct import *im, mm_id mm, uint64_t recorded);
void compare_active(struct import *im, cpu_id c, task_id t,
		    uint64_t recorded);
void compare_of_cpu(struct import *im, enum measure m, uint64_t line,
		    cpu_id c, const uint64_t pair[2]);
void report_flush(struct import *im, cpu_id c, const struct open_flush *f);

/* --- import_sample.c ---------------------------------------------------- */

void read_samples(struct import *im);
/* After each record: what CPUs are like now may explain what was read. */
void explain_asides(struct import *im);
/* The next record of the CPU that read them is here (all: the end). */
void judge_asides(struct import *im, cpu_id reader, bool all);

/* --- what each record means --------------------------------------------- */

void on_sched_switch(struct import *im);
void on_switch(struct import *im);
void on_enter_lazy(struct import *im);
void on_switch_mm(struct import *im);
void on_finish(struct import *im);
/* Runs a switch of @c on to `finish` when @pid is the next task's. */
void catch_up(struct import *im, cpu_id c, uint32_t pid);
/* A switch up to sched_switch; the comm of a task; the state prev is left in. */
void start_switch(struct import *im, cpu_id c, task_id prev, task_id next);
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
void on_flush_ipi(struct import *im);
void on_flush_func(struct import *im);
void close_flush(struct import *im, cpu_id c);

void on_leave_mm(struct import *im);
void on_idle_exit(struct import *im);
void on_finish_cpu(struct import *im);
void cpu_came_up(struct import *im, cpu_id c);

#endif
