/*
 * do_import.h - `import trace`: a recording becomes the time line
 */
#ifndef TRACE_DO_IMPORT_H
#define TRACE_DO_IMPORT_H

#include "session/session.h"

command_fn do_import_trace;

/* The moment after the record on @line, or after the last one before it. */
bool recording_position(const struct amm *a, uint32_t line, struct moment *out);
void recording_free(struct recording *r);

#endif
