/*
 * stream.h - the records of one recording, in the order of the file
 *
 * Plain or gzip, tracefs or report: who reads a stream need not know.  The
 * first line that cannot be understood ends the stream, since everything
 * predicted after it would be guesswork.
 */
#ifndef TRACE_STREAM_H
#define TRACE_STREAM_H

#include "base/text.h"
#include "trace/record.h"

struct stream;

enum stream_result { STREAM_RECORD, STREAM_END, STREAM_FAILED };

/*
 * stream_open - start reading the recording at @path
 *
 * Errors: NULL and a sentence in @why: no such file, not a regular file, out
 * of memory.
 */
struct stream *stream_open(const char *path, struct text *why);

void stream_close(struct stream *s);

/*
 * stream_next - the next event
 *
 * Headers and empty lines are passed over.
 *
 * Errors: STREAM_FAILED and "FILE:LINE:COLUMN: expected ..." in @why, where
 * nothing that comes from the file can reach a terminal raw.
 */
enum stream_result stream_next(struct stream *s, struct trace_record *r,
			       struct text *why);
/* stream_glance - the same, for a look ahead: see record_glance() */
enum stream_result stream_glance(struct stream *s, struct trace_record *r,
				 struct text *why);

/* stream_line - the line number of the file stream_next() told about last */
uint64_t stream_line(const struct stream *s);

#endif
