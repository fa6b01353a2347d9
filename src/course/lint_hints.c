/*
 * lint_hints.c - rule 7: a ladder has all its rungs, and the last one only
 * tells the command
 */
#include <string.h>

#include "course/ladder.h"
#include "course/lint.h"

struct place {
	struct lint *x;
	uint32_t step;
	const struct step *s;
	uint32_t found; /* how many lines of the solution the last rung told */
	bool other;     /* it told something else */
};

static bool is_line(const struct place *p, uint32_t n, const char *command)
{
	struct text line = { 0 };
	bool same;

	label_text(p->x->l, p->s->solution.line[n], &line);
	same = strcmp(text_string(&line), command) == 0;
	text_free(&line);
	return same;
}

static void early(void *context, const char *command)
{
	const struct place *p = context;

	for (uint32_t n = 0; n < p->s->solution.count; n++)
		if (is_line(p, n, command))
			lint_error(p->x, 7, p->step,
				   "a hint before rung %d tells a command: %s",
				   RUNG_LAST, command);
}

static void last(void *context, const char *command)
{
	struct place *p = context;

	if (p->found < p->s->solution.count && is_line(p, p->found, command))
		p->found++;
	else
		p->other = true;
}

static void check_hint(struct place *p, const struct hint *h)
{
	struct expr read;
	struct error e;

	if (h->when && !expr_read_all(h->when, &read, &e))
		lint_error(p->x, 7, p->step, "%s: %s", h->when, e.message);
	if (h->rung < RUNG_LAST) {
		lint_code(p->x, h->text, early, p);
		return;
	}
	p->found = 0;
	p->other = false;
	lint_code(p->x, h->text, last, p);
	/* One for a later state begins later in the solution. */
	if (!h->when && (p->found == 0 || p->other))
		lint_error(p->x, 7, p->step,
			   "rung %d is not how the solution begins", RUNG_LAST);
}

static void check_ladder(struct lint *x, uint32_t i, const struct step *s)
{
	struct place p = { .x = x, .step = i, .s = s };
	bool has[RUNG_LAST + 1] = { false };

	for (uint32_t n = 0; n < s->hints; n++) {
		has[s->hint[n].rung] = true;
		check_hint(&p, &s->hint[n]);
	}
	for (uint32_t rung = 1; rung <= RUNG_LAST; rung++)
		if (!has[rung])
			lint_error(x, 7, i, "there is no hint of rung %u",
				   rung);
}

void lint_hints(struct lint *x)
{
	for (uint32_t i = 0; i < x->l->steps; i++)
		if (x->l->step[i].kind == STEP_TASK)
			check_ladder(x, i, &x->l->step[i]);
}
