/*
 * import_parts.h - what the files of the import share
 *
 *	import_walk.h     inputs for the host: force, start, step to a tracepoint
 *	import_known.h    addresses and pids; what is learned at first sight
 *	import_compare.h  readings of counters and of CPUs
 *	import_records.h  what each record means
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
	uint32_t
		put_off; /* pages of batched unmaps that may have raised tlb_gen */
	bool gen_known;
	uint64_t address; /* 0: none (any more) */
	bool counted; /* its counters are the kernel's, not only what shows */
	bool adopted; /* they were taken over from a record */
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

#endif
