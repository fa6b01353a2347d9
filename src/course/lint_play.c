/*
 * lint_play.c - rules 2, 3, 4, 7 and 10: what only playing shows
 */
#include <string.h>

#include "course/judge.h"
#include "course/library.h"
#include "course/lint.h"
#include "course/walk.h"

enum { WALKS = 20, ONE_IN = 20, STATEMENTS_MAX = 1000000, FACTS_MAX = 32 };

static void found(struct trial *t, uint32_t step, const char *what)
{
	lint_error(t->context, 2, step, "%s", what);
}

/* --- 4: a fact that never changes tests nothing ------------------------------- */

struct seen {
	uint32_t step;
	bool was_false[FACTS_MAX];
};

/* A guard asks that something did not happen: it is to hold all along. */
static bool is_guard(const struct fact *f)
{
	return f->optional || strncmp(f->expr, "never(", 6) == 0;
}

static void look(const struct trial *t, const struct step *s, struct seen *seen)
{
	for (uint32_t i = 0; i < s->facts && i < FACTS_MAX; i++)
		seen->was_false[i] |= !judge_holds(t->a, s->fact[i].expr);
}

/* --- 7: some hint fits each state on the way ------------------------------------ */

static void check_hinted(struct lint *x, const struct trial *t, uint32_t i,
			 const struct step *s, uint32_t line)
{
	for (uint32_t n = 0; n < s->hints; n++)
		if (!s->hint[n].when || judge_holds(t->a, s->hint[n].when))
			return;
	lint_error(x, 7, i, "no hint fits the state before: %s",
		   s->solution.line[line]);
}

static void watch_solution(struct lint *x, struct trial *t, uint32_t i,
			   const struct step *s)
{
	struct seen seen = { .step = i };

	for (uint32_t n = 0; n < s->solution.count; n++) {
		look(t, s, &seen);
		check_hinted(x, t, i, s, n);
		if (!trial_line(t, s->solution.line[n]))
			return; /* told by rule 2 */
	}
	for (uint32_t n = 0; n < s->facts && n < FACTS_MAX; n++)
		if (!seen.was_false[n] && !is_guard(&s->fact[n]))
			lint_error(x, 4, i, "it holds all along: %s",
				   s->fact[n].expr);
}

/* --- 3: no luck ------------------------------------------------------------------ */

static uint32_t commands_in(const struct lesson_lines *lines)
{
	uint32_t n = lines->count;

	for (uint32_t i = 0; i < lines->count; i++)
		for (const char *at = lines->line[i]; *at; at++)
			n += *at == ';';
	return n;
}

static uint32_t lucky_walks(struct trial *t, uint32_t i, const struct step *s,
			    uint32_t seed)
{
	uint64_t chance = ((uint64_t)seed << 32 | (i + 1)) * 0x9e3779b97f4a7c15;
	uint32_t par = s->par ? s->par : commands_in(&s->solution);
	uint32_t lucky = 0;

	for (int n = 0; n < WALKS; n++) {
		(void)course_rewind(t->a);
		lucky += walk_solves(t, par, &chance);
	}
	return lucky;
}

/* After whatever was done, going back must be enough to solve it. */
static void check_solvable(struct lint *x, struct trial *t, uint32_t i,
			   const struct step *s)
{
	(void)course_rewind(t->a);
	for (uint32_t n = 0; n < s->solution.count; n++)
		trial_line(t, s->solution.line[n]);
	if (!judge_solved(t->a, s))
		lint_error(x, 2, i,
			   "after a random walk and reset it cannot "
			   "be solved");
}

/* --- one seed ---------------------------------------------------------------------- */

static void play_tasks(struct lint *x, struct trial *t, uint32_t seed,
		       uint32_t *lucky)
{
	const struct lesson *l = t->a->course->lesson;

	for (uint32_t i = 0; i < l->steps; i++) {
		const struct step *s = &l->step[i];

		if (s->kind != STEP_TASK || !trial_at(t, i))
			continue;
		watch_solution(x, t, i, s);
		lucky[i] += lucky_walks(t, i, s, seed);
		check_solvable(x, t, i, s);
	}
}

static bool play_seed(struct lint *x, uint32_t seed, uint32_t *lucky)
{
	struct trial t = { .fault = found, .context = x };
	struct error e = { .status = STATUS_OK };
	struct lesson *l = lesson_load(x->a, x->name, seed, &e);
	struct lesson *again = lesson_load(x->a, x->name, seed, &e);
	bool ok = l && again && trial_open(&t, x->a, &e);

	if (!ok) {
		lint_error(x, 2, UINT32_MAX, "seed %u: %s", seed, e.message);
		lesson_free(l);
		lesson_free(again);
		return false;
	}
	trial_lesson(&t, l);
	if (t.statements > STATEMENTS_MAX)
		lint_error(x, 10, UINT32_MAX,
			   "to play it takes more than %d statements",
			   STATEMENTS_MAX);
	if (t.faults > 0)
		lesson_free(again);
	else if (trial_begin(&t, again))
		play_tasks(x, &t, seed, lucky);
	ok = t.faults == 0;
	trial_close(&t);
	return ok;
}

void lint_play(struct lint *x)
{
	uint32_t lucky[256] = { 0 };
	uint32_t seed = 1;

	while (seed <= LINT_SEEDS && play_seed(x, seed, lucky))
		seed++;
	for (uint32_t i = 0; i < x->l->steps && seed > LINT_SEEDS; i++)
		if (lucky[i] * ONE_IN > LINT_SEEDS * WALKS)
			lint_error(x, 3, i, "%u of %d random walks solve it",
				   lucky[i], LINT_SEEDS * WALKS);
}
