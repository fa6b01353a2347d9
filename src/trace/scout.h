/*
 * scout.h - one look over a recording before it is followed
 *
 * How big the machine was, which kernel it ran, which address is init_mm, and
 * which callers of mm_init() were forks and which were execs: a report names
 * callers by bare addresses, and what comes after tells.
 */
#ifndef TRACE_SCOUT_H
#define TRACE_SCOUT_H

#include "base/text.h"
#include "trace/record.h"

#define SCOUT_CALLERS 16

enum caller_kind { CALLER_UNKNOWN, CALLER_FORK, CALLER_EXEC };

struct scout {
	uint32_t cpus;    /* at least 1 */
	uint64_t init_mm; /* its address; 0: never seen */
	bool probes;      /* more than the standard tracepoints */
	bool old_kernel;  /* 6.1: nothing tells what a switch switches to */
	uint32_t callers;
	struct caller {
		char text[RECORD_TEXT_MAX + 1];
		enum caller_kind kind;
	} caller[SCOUT_CALLERS];
};

/*
 * scout_read - reads the recording at @path to its end
 *
 * Errors: false and a sentence in @why: what stream.h says, and a recording
 * without any event.  What a sched_switch says is only read when it is followed.
 */
bool scout_read(struct scout *s, const char *path, struct text *why);

/* scout_kernel - the name of the profile that a recording asks for */
const char *scout_kernel(const struct scout *s);

/* scout_caller - what the caller of mm_init() named @text was doing */
enum caller_kind scout_caller(const struct scout *s, const char *text);

#endif
