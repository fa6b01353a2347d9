/*
 * import.h - a recording of a real kernel, followed by the machine
 *
 * Each record is turned into inputs of step.h: a path starts, or a CPU runs on
 * to the statement whose tracepoint the record came from.  Taken from the
 * record: choices (who runs where, which path, what is made and freed).  What
 * the machine then says by itself is compared with what the kernel said:
 * counters, active_mm, the loaded mm, laziness, masks, who ran each flush.
 *
 * An import never writes a world: whoever owns it (the host) is handed inputs,
 * so a session can keep them as its history.
 *
 *	scout_read	how big, which kernel	the host lays out a world
 *	import_open	an empty or booted world of that many CPUs
 *	import_next	one record, until the end
 */
#ifndef TRACE_IMPORT_H
#define TRACE_IMPORT_H

#include "engine/step.h"
#include "trace/score.h"
#include "trace/scout.h"

enum host_result {
	HOST_DONE,
	HOST_REFUSED, /* the machine does not do this input now */
	HOST_FAILED   /* out of memory: the import ends */
};

struct import_host {
	void *ctx;
	const struct program *program;
	/* The world as it is now; it may move when it grows. */
	const struct world *(*world)(void *ctx);
	enum host_result (*input)(void *ctx, const struct input *in);
	enum host_result (*grow)(void *ctx, const struct limits *max);
};

struct import;

/*
 * import_open - gets ready to follow @path, which @scout has seen
 *
 * Needs: a world of at least scout->cpus CPUs; when it is not booted yet, it
 *        is booted by inputs of this import.
 * Errors: NULL and a sentence in @why.
 */
struct import *import_open(const char *path, const struct scout *scout,
			   const struct import_host *host, struct text *why);
void import_close(struct import *im);

enum import_result {
	IMPORT_RECORD,
	IMPORT_END,
	IMPORT_FAILED /* why says what: a line, memory, too many divergences */
};

/* import_next - reads one record and gives the host its inputs */
enum import_result import_next(struct import *im, struct text *why);

/* The line and the event of the record that import_next() did last. */
uint64_t import_line(const struct import *im);
const char *import_event(const struct import *im);

/* How prediction and recording compare, up to now (final at IMPORT_END). */
const struct score *import_score(const struct import *im);

#endif
