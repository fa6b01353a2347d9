/*
 * score.h - prediction against recording: how many readings, how many right
 *
 * The first differences are kept as text, line by line, ready to be shown: all
 * that is in them is ours or escaped.
 */
#ifndef TRACE_SCORE_H
#define TRACE_SCORE_H

#include <stdint.h>

#include "base/text.h"

enum measure {
	MEASURE_users,
	MEASURE_count,
	MEASURE_active_mm,
	MEASURE_loaded_mm,
	MEASURE_is_lazy,
	MEASURE_mm_cpumask,
	MEASURE_flush,
	MEASURES
};

enum { DIFFERENCES_SHOWN = 10 };

struct score {
	uint64_t read[MEASURES];
	uint64_t right[MEASURES];
	uint64_t adoptions;   /* mms alive before the recording */
	uint64_t divergences; /* records that no path leads to */
	uint64_t torn;        /* samples that mix two moments: not counted */
	uint64_t remote;      /* flushes that another CPU took part in */
	struct text differences;
	uint32_t shown; /* lines in it */
};

/*
 * score_add - one reading; false when it is wrong and there is room to say so
 *
 * The caller then appends a line to s->differences.
 */
bool score_add(struct score *s, enum measure m, bool right);

/* score_report - the differences and the nine lines of totals */
void score_report(const struct score *s, struct text *out);

/* score_differs - is there anything that does not agree? */
bool score_differs(const struct score *s);

const char *measure_name(enum measure m);

#endif
