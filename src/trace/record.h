/*
 * record.h - one line of a recording of a real kernel, as plain numbers
 *
 * Two texts are read, that of tracefs' `trace` file and that of `trace-cmd
 * report` (which has no flags), with lines of the form
 *	comm-pid [cpu] flags seconds.fraction: event: what the event says
 * A record is flat and holds nothing of the line it came from.
 *
 * Names in a recording are free text of up to 15 bytes, chosen by whoever
 * made the task.  The rule that makes this module work: a name is found by
 * what stands around it, at the fixed column of the line's head or counted
 * from the end of the line, never by looking for the first `key=`; so a task
 * called `x next_pid=1` stays a task with an odd name.  Names are kept as they
 * are: whoever prints one must escape it.  Reading a line allocates nothing.
 */
#ifndef TRACE_RECORD_H
#define TRACE_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RECORD_LINE_MAX 65536  /* bytes in a line */
#define RECORD_COMM_MAX 63     /* bytes kept of a name */
#define RECORD_TEXT_MAX 127    /* bytes kept of a place or message */
#define RECORD_CPU_MAX 4095    /* highest CPU number in a line's head */
#define RECORD_PID_MAX 4194304 /* the kernel's own limit on 64 bits */
#define RECORD_SAMPLE_MAX 64   /* CPUs whose own fields a line may carry */
#define RECORD_SLOTS 6         /* TLB_NR_DYN_ASIDS */

enum record_kind {
	REC_other, /* an event we know nothing about */
	REC_lost,  /* the recorder lost events here */
#define TRACE_EVENT(name, body, needs) REC_##name,
#include "trace/record.def"
	REC_KINDS
};

enum record_field {
#define TRACE_FIELD(name) RF_##name,
#include "trace/record.def"
	RF_FIELDS
};

#define RF_BIT(name) (UINT64_C(1) << RF_##name)

/* Numbers by the recorder's own names; zero where the line has none. */
struct trace_fields {
#define TRACE_FIELD(name) uint64_t name;
#include "trace/record.def"
};

/* One CPU as the recorder saw it: its fields p m a l z v. */
struct trace_cpu {
	uint64_t mm;        /* current->mm */
	uint64_t active_mm; /* current->active_mm */
	uint64_t loaded_mm; /* cpu_tlbstate.loaded_mm; 1 while switching */
	uint64_t prev_mm;   /* rq->prev_mm */
	uint32_t pid;
	uint32_t is_lazy;
};

/* The address space slots of one CPU: its fields s n o f k. */
struct trace_slots {
	uint64_t flush_mask; /* user_pcid_flush_mask */
	uint32_t asid;
	uint32_t next_asid;
	uint32_t invalidate_other;
	uint32_t unused;
	uint64_t ctx_id[RECORD_SLOTS];
	uint64_t tlb_gen[RECORD_SLOTS];
};

struct trace_record {
	uint64_t line;
	uint64_t time_us;
	enum record_kind kind;
	uint32_t cpu;
	uint32_t pid;
	char state;     /* sched_switch: first letter of prev_state */
	bool preempted; /* sched_switch: prev_state holds a `+` */
	uint16_t cpus;  /* how many of cpu_state[] are set */
	uint16_t slots; /* how many of slot_state[] are set */
	uint64_t have;  /* RF_BIT()s of the fields in the line */
	struct trace_fields f;
	char comm[RECORD_COMM_MAX + 1]; /* the task the line is about */
	char name[RECORD_COMM_MAX + 1]; /* next_comm, child_comm, snap's comm */
	char text[RECORD_TEXT_MAX + 1]; /* place in the kernel, or message */

	const char *expected; /* RECORD_BAD: what should have stood ... */
	size_t column;        /* ... from this column on, counted from 1 */

	struct trace_cpu cpu_state[RECORD_SAMPLE_MAX];
	struct trace_slots slot_state[RECORD_SAMPLE_MAX];
};

enum record_result {
	RECORD_EVENT, /* the record is filled in */
	RECORD_NONE,  /* a header or an empty line */
	RECORD_BAD    /* expected and column say what is wrong */
};

/*
 * record_parse - read line number @line of a recording
 *
 * @text need not end in a null byte and holds no line end.  Of a record only
 * the first `cpus` and `slots` samples mean anything.
 *
 * Needs:  @r is the record of the line before, or all zero.
 *
 * Errors: RECORD_BAD for a line too long, one without a head or with a CPU or
 * pid no kernel can have, and a known event that cannot be read.
 */
enum record_result record_parse(struct trace_record *r, uint64_t line,
				const char *text, size_t length);

/*
 * record_glance - the same, but of a sched_switch only what all events have
 *
 * For a look ahead, which wants no more of it: most lines are of that event.
 */
enum record_result record_glance(struct trace_record *r, uint64_t line,
				 const char *text, size_t length);

/* record_event_name - the name of an event as it stands in a recording */
const char *record_event_name(enum record_kind kind);

/* record_keep - keep at most @max bytes of @from in @to, and end the string */
void record_keep(char *to, size_t max, const char *from, size_t length);

#endif
