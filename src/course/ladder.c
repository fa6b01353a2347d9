/*
 * ladder.c - which hint comes next
 */
#include "course/ladder.h"

#include <string.h>

#include "course/judge.h"
#include "course/page.h"
#include "course/teach.h"

unsigned ladder_conditions(const char *when)
{
	unsigned n = when != NULL;

	for (; when && (when = strstr(when, "&&")); when += 2)
		n++;
	return n;
}

static bool is_given(const struct marks *m, uint32_t i)
{
	return m->given[i / 64] >> i % 64 & 1;
}

static bool fits(const struct amm *a, const struct marks *m, uint32_t i)
{
	const struct hint *h = &course_step(a->course)->hint[i];

	return h->rung >= m->rung && (!is_given(m, i) || h->repeat) &&
	       (!h->when || judge_holds(a, h->when));
}

/* Is hint @i better than @best? */
static bool beats(const struct step *s, uint32_t i, uint32_t best)
{
	const struct hint *h = &s->hint[i], *b = &s->hint[best];

	if (h->rung != b->rung)
		return h->rung < b->rung;
	return ladder_conditions(h->when) >= ladder_conditions(b->when);
}

static void pass_rung(struct amm *a, struct marks *m, uint32_t rung)
{
	const struct step *s = course_step(a->course);

	for (uint32_t i = 0; i < s->hints; i++)
		if (s->hint[i].rung <= rung && fits(a, m, i))
			m->given[i / 64] |= (uint64_t)1 << i % 64;
	m->rung = rung;
	m->hints++;
}

/* A repeating hint of a rung that was passed would hold up the ladder. */
const struct hint *ladder_next(struct amm *a)
{
	const struct step *s = course_step(a->course);
	struct marks *m = course_marks(a->course);
	uint32_t best = s->hints, again = s->hints;

	for (uint32_t i = 0; i < s->hints; i++) {
		uint32_t *to = is_given(m, i) ? &again : &best;

		if (fits(a, m, i) && (*to == s->hints || beats(s, i, *to)))
			*to = i;
	}
	if (best == s->hints)
		best = again;
	if (best == s->hints)
		return NULL;
	pass_rung(a, m, s->hint[best].rung);
	return &s->hint[best];
}

/* --- hint -------------------------------------------------------------------- */

static void give(struct amm *a, const struct hint *h)
{
	struct text line = { 0 };

	text_addf(&line, "hint %u of %d: %s", h->rung, RUNG_LAST, h->text);
	page_say(a, text_string(&line), 0);
	text_free(&line);
}

/* None fits: what is missing is a hint as well. */
static void give_facts(struct amm *a)
{
	struct marks *m = course_marks(a->course);

	m->hints++;
	if (m->rung >= RUNG_LAST)
		page_say(a, "That was the last hint; `solution` is open.", 0);
	page_missing(a);
}

bool do_hint(struct amm *a, const struct call *c, struct error *e)
{
	const struct step *s = teach_step(a, e);
	const struct hint *h;

	if (!s)
		return false;
	if (s->kind != STEP_TASK) {
		error_set(e, STATUS_NOTHING_ASKED, "hints are for tasks");
		error_hint(e, s->kind == STEP_PREDICT
				      ? "any guess will do: the answer tells; "
					"'answer' gives it"
				      : "'lesson next' goes on");
		return false;
	}
	h = ladder_next(a);
	if (!h)
		give_facts(a);
	while (h) {
		give(a, h);
		h = call_flag(c, "--all") && h->rung < RUNG_LAST
			    ? ladder_next(a)
			    : NULL;
	}
	return true;
}
