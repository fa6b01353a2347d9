/*
 * fields.h - the `name=number` text of an event
 *
 * Most events say `(place) name=number name=number ...`, some followed by the
 * fields of every CPU (struct trace_cpu, struct trace_slots).
 */
#ifndef TRACE_FIELDS_H
#define TRACE_FIELDS_H

#include "trace/record.h"
#include "trace/scan.h"

/*
 * fields_read - read all fields behind `event: `
 *
 * Answers NULL, or what was expected where the scan is left.
 */
const char *fields_read(struct scan *s, struct trace_record *r);

#endif
