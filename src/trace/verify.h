/*
 * verify.h - a recording held against the machine, in a world of its own
 */
#ifndef TRACE_VERIFY_H
#define TRACE_VERIFY_H

#include "engine/program.h"
#include "trace/score.h"

enum verify_result {
	VERIFY_AGREES,
	VERIFY_DIFFERS,
	VERIFY_FAILED /* the text says why */
};

/*
 * verify_recording - follows all of @path by @program, and scores
 *
 * @program NULL: the profile that the recording looks like.
 * Emits:   the report in @out: the first ten differences, then the totals.
 * Errors:  VERIFY_FAILED and a sentence in @out.
 */
enum verify_result verify_recording(const char *path,
				    const struct program *program,
				    struct text *out);

/* verify_score - the same, as numbers; end with text_free(&s->differences) */
bool verify_score(const char *path, const struct program *program,
		  struct score *s, struct text *why);

#endif
