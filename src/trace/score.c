/*
 * score.c - counting what was right
 */
#include "trace/score.h"

#include <inttypes.h>

const char *measure_name(enum measure m)
{
	static const char *const names[MEASURES] = { "users",     "count",
						     "active_mm", "loaded_mm",
						     "is_lazy",   "mm_cpumask",
						     "flush" };

	return names[m];
}

bool score_add(struct score *s, enum measure m, bool right)
{
	s->read[m]++;
	s->right[m] += right;
	if (right)
		return true;
	if (s->shown >= DIFFERENCES_SHOWN)
		return true;
	s->shown++;
	return false;
}

void score_report(const struct score *s, struct text *out)
{
	text_add(out, text_string(&s->differences));
	for (int m = 0; m < MEASURES; m++)
		text_addf(out, "%s %" PRIu64 "/%" PRIu64 "\n",
			  measure_name((enum measure)m), s->right[m],
			  s->read[m]);
	text_addf(out, "adoptions %" PRIu64 "\n", s->adoptions);
	text_addf(out, "divergences %" PRIu64 "\n", s->divergences);
}

bool score_differs(const struct score *s)
{
	for (int m = 0; m < MEASURES; m++)
		if (s->right[m] != s->read[m])
			return true;
	return s->divergences > 0;
}
