/*
 * lint.h - what a lesson should not do
 *
 * Ten rules whose breach is an error, and some that only warn.  Each finding
 * is one line with the number of its rule; "lesson lint" ends with status 1
 * when there is an error.
 *
 * 1 names, format, engine, needs    2 played in every way (trial.h)
 * 3 no luck: random walks           4 facts that change
 * 5 what facts may ask              6 questions
 * 7 hints                           8 texts: size, marks, colours
 * 9 commands in texts and lines     10 it ends soon
 */
#ifndef COURSE_LINT_H
#define COURSE_LINT_H

#include "course/trial.h"

enum { LINT_SEEDS = 5 }; /* seeds 1 to 5 are played */

struct lint {
	struct amm *a; /* asks, and is told */
	const struct lesson *l;
	const char *name; /* as it was asked for */
	uint32_t errors, warnings;
	struct text last; /* what was said for a seed is not said for another */
};

/* lint_error - a finding in step @step, or UINT32_MAX; rule 0: a warning */
void lint_error(struct lint *x, unsigned rule, uint32_t step,
		const char *format, ...) __attribute__((format(printf, 4, 5)));

/* lint_names.c: rule 1; lint_facts.c: 5, 6; lint_hints.c: 7; lint_text.c: 8;
 * lint_lines.c: 9 */
void lint_names(struct lint *x);
void lint_facts(struct lint *x);
void lint_hints(struct lint *x);
void lint_text(struct lint *x);
void lint_lines(struct lint *x);
/* lint_play.c: rules 2, 3, 4, 7 and 10, which need a machine */
void lint_play(struct lint *x);

/* lint_code - calls @f for each `command` in @text, its labels replaced */
void lint_code(const struct lint *x, const char *text,
	       void (*f)(void *context, const char *command), void *context);

/* do_lint - `lesson lint NAME` */
command_fn do_lint;

#endif
