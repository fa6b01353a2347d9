/*
 * trial.c - a lesson played in every way its author names
 */
#include "course/trial.h"

#include <stdio.h>
#include <string.h>

#include "course/judge.h"
#include "session/conversation.h"
#include "session/resolve.h"
#include "session/say.h"

/* --- a session to play on --------------------------------------------------- */

bool trial_open(struct trial *x, struct amm *by, struct error *e)
{
	const struct session_config config = { .batch = true,
					       .no_shell = true };

	x->by = by;
	x->a = session_new(&config, by->upper, NULL);
	return x->a || error_set(e, STATUS_NO_ROOM, "out of memory");
}

void trial_close(struct trial *x)
{
	session_free(x->a);
	x->a = NULL;
}

static void fault(struct trial *x, uint32_t step, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
static void fault(struct trial *x, uint32_t step, const char *format, ...)
{
	struct text what = { 0 };
	va_list args;

	va_start(args, format);
	text_addv(&what, format, args);
	va_end(args);
	x->faults++;
	x->fault(x, step, text_string(&what));
	text_free(&what);
}

static uint64_t statements_now(const struct amm *a)
{
	return amm_live(a)->time;
}

bool trial_begin(struct trial *x, struct lesson *l)
{
	struct error e = { .status = STATUS_OK };

	if (course_open(x->a, l, &e))
		return true;
	fault(x, UINT32_MAX, "%s", e.message);
	return false;
}

bool trial_at(struct trial *x, uint32_t i)
{
	struct error e = { .status = STATUS_OK };

	if (!course_stage(x->a, i, &e)) {
		fault(x, i, "its machine cannot be made: %s", e.message);
		return false;
	}
	x->statements += statements_now(x->a);
	course_enter(x->a, i);
	text_clear(&x->a->out);
	return true;
}

bool trial_line(struct trial *x, const char *line)
{
	uint64_t before = statements_now(x->a);
	struct text said = { 0 };
	bool ok = course_run(x->a, line, &said) == OUTCOME_OK;

	if (statements_now(x->a) > before)
		x->statements += statements_now(x->a) - before;
	text_free(&said);
	return ok;
}

/* --- tasks -------------------------------------------------------------------- */

static void add_missing(struct trial *x, const struct step *s, struct text *out)
{
	for (uint32_t i = 0; i < s->facts; i++)
		if (!s->fact[i].optional && !judge_holds(x->a, s->fact[i].expr))
			text_addf(out, "; missing: %s", s->fact[i].text);
}

/* The lines one by one; @early: it may not be solved after any of them. */
static bool play(struct trial *x, uint32_t i, const struct lesson_lines *lines,
		 const char *name, bool early)
{
	const struct step *s = &x->a->course->lesson->step[i];

	for (uint32_t n = 0; n < lines->count; n++) {
		if (!trial_line(x, lines->line[n])) {
			fault(x, i, "%s: this line fails: %s", name,
			      lines->line[n]);
			return false;
		}
		if (early && judge_solved(x->a, s)) {
			fault(x, i, "%s solves it, at: %s", name,
			      lines->line[n]);
			return false;
		}
	}
	return true;
}

static bool must_be(struct trial *x, uint32_t i, bool solved, const char *when)
{
	const struct step *s = &x->a->course->lesson->step[i];
	struct text missing = { 0 };

	if (judge_solved(x->a, s) == solved)
		return true;
	if (solved)
		add_missing(x, s, &missing);
	fault(x, i, "%s%s%s", solved ? "not solved " : "solved ", when,
	      text_string(&missing));
	text_free(&missing);
	return false;
}

static void try_solution(struct trial *x, uint32_t i, const struct step *s)
{
	if (!play(x, i, &s->solution, "the solution", false) ||
	    !must_be(x, i, true, "by its solution"))
		return;
	trial_line(x, "undo 1000");
	if (!must_be(x, i, false, "after undo"))
		return;
	trial_line(x, "redo 1000");
	if (!must_be(x, i, true, "after redo"))
		return;
	(void)course_rewind(x->a);
	if (play(x, i, &s->solution, "the solution", false))
		must_be(x, i, true, "by its solution, the second time");
}

static void try_paths(struct trial *x, uint32_t i, const struct step *s)
{
	char name[64];

	for (uint32_t n = 0; n < s->alts; n++) {
		(void)snprintf(name, sizeof name, "alternative %u", n + 1);
		(void)course_rewind(x->a);
		if (play(x, i, &s->alt[n], name, false))
			must_be(x, i, true, "by an alternative");
	}
	for (uint32_t n = 0; n < s->wrongs; n++) {
		(void)snprintf(name, sizeof name, "wrong path %u", n + 1);
		(void)course_rewind(x->a);
		(void)play(x, i, &s->wrong[n], name, true);
	}
}

static void try_task(struct trial *x, uint32_t i, const struct step *s)
{
	if (!must_be(x, i, false, "before anything is done"))
		return;
	try_solution(x, i, s);
	try_paths(x, i, s);
}

/* --- questions ------------------------------------------------------------------ */

static bool is_same(struct trial *x, const char *raw, const struct value *v)
{
	struct value other;
	struct error ignored;
	bool same = false;

	return judge_value(x->a, raw, &other, &ignored) &&
	       value_same(&other, v, &same, &ignored) && same;
}

static void try_question(struct trial *x, uint32_t i, const struct step *s)
{
	struct value v;
	struct error e = { .status = STATUS_OK };

	if (!trial_line(x, s->run)) {
		fault(x, i, "its command fails: %s", s->run);
		return;
	}
	if (!judge_value(x->a, s->expr, &v, &e)) {
		fault(x, i, "it cannot be asked: %s", e.message);
		return;
	}
	if (s->expect && !is_same(x, s->expect, &v))
		fault(x, i, "the answer is not %s, as it says", s->expect);
	for (uint32_t n = 0; n < s->misconceptions; n++)
		if (is_same(x, s->misconception[n].got, &v))
			fault(x, i, "misconception %s is the right answer",
			      s->misconception[n].got);
}

/* --- from start to end ------------------------------------------------------------- */

static void type(struct trial *x, const char *line)
{
	session_do(x->a, line, strlen(line));
}

/* The right answer, found on the side and then typed. */
static void type_answer(struct trial *x, const struct step *s)
{
	struct text line = { 0 };
	struct value v;
	struct error ignored;

	text_add(&line, "predict ");
	(void)course_rewind(x->a);
	if (trial_line(x, s->run) && judge_value(x->a, s->expr, &v, &ignored))
		say_value(&line, amm_live(x->a), &v);
	(void)course_rewind(x->a);
	type(x, text_string(&line));
	text_free(&line);
}

/* Until it is solved: the next step begins at once. */
static void type_lines(struct trial *x, const struct lesson_lines *lines)
{
	uint32_t step = x->a->course->step;

	for (uint32_t n = 0;
	     n < lines->count && x->a->course && x->a->course->step == step;
	     n++) {
		struct text line = { 0 };

		label_text(x->a->course->lesson, lines->line[n], &line);
		type(x, text_string(&line));
		text_free(&line);
	}
}

static void type_step(struct trial *x)
{
	const struct step *s = course_step(x->a->course);

	switch (s->kind) {
	case STEP_PREDICT:
		type_answer(x, s);
		break;
	case STEP_TASK:
		type_lines(x, &s->solution);
		break;
	default:
		for (uint32_t n = 0; n < s->need; n++)
			type(x, "ps");
		type(x, "lesson next");
	}
}

static void try_whole(struct trial *x)
{
	struct course *c = x->a->course;

	if (!trial_at(x, 0))
		return;
	while (x->a->course && !c->done) {
		uint32_t step = c->step;

		type_step(x);
		if (!x->a->course || (c->step == step && !c->done)) {
			fault(x, step, "played as it says, it does not go on");
			return;
		}
	}
}

void trial_lesson(struct trial *x, struct lesson *l)
{
	if (!trial_begin(x, l))
		return;
	for (uint32_t i = 0; i < l->steps; i++) {
		const struct step *s = &l->step[i];

		if ((s->kind != STEP_TASK && s->kind != STEP_PREDICT) ||
		    !trial_at(x, i))
			continue;
		if (s->kind == STEP_TASK)
			try_task(x, i, s);
		else
			try_question(x, i, s);
	}
	try_whole(x);
	course_close(x->a);
}
