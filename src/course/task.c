/*
 * task.c - a goal is facts; whatever makes them true solves it
 */
#include "course/judge.h"
#include "course/ladder.h"
#include "course/page.h"
#include "course/progress.h"
#include "course/teach.h"
#include "session/commands.h"
#include "session/keep.h"

enum { CHECKS_BEFORE_HINT = 2 };

static const struct step *task_open(const struct amm *a, struct error *e)
{
	const struct step *s = teach_step(a, e);

	if (!s || s->kind == STEP_TASK)
		return s;
	error_set(e, STATUS_NOTHING_ASKED, "this step is no task");
	error_hint(e, "'lesson' says the present step");
	return NULL;
}

/* What could have been better: facts that need not hold. */
static void say_missed(struct amm *a, const struct step *s)
{
	for (uint32_t i = 0; i < s->facts; i++) {
		struct text line = { 0 };

		if (!s->fact[i].optional || judge_holds(a, s->fact[i].expr))
			continue;
		text_addf(&line, "Not needed, but can be had: %s.",
			  s->fact[i].text);
		page_say(a, text_string(&line), 0);
		text_free(&line);
	}
}

static void solved(struct amm *a, const struct step *s)
{
	struct course *c = a->course;
	struct marks *m = course_marks(c);
	struct text line = { 0 };
	struct error e = { .status = STATUS_OK };

	m->score = judge_points(a, s);
	text_addf(&line, "solved: all facts hold (%u point%s).", m->score,
		  m->score == 1 ? "" : "s");
	page_line(a, text_string(&line));
	text_free(&line);
	say_missed(a, s);
	if (!course_pass(a, STEP_PASSED, &e))
		page_line(a, e.message);
}

/* Said only when it changed: most commands bring a task no nearer. */
void task_judge(struct amm *a, bool changed)
{
	const struct step *s = course_step(a->course);
	struct marks *m = course_marks(a->course);
	uint32_t held;

	if (s->kind != STEP_TASK || m->state != STEP_OPEN)
		return;
	if (judge_solved(a, s)) {
		solved(a, s);
		return;
	}
	held = judge_count(a, s, false);
	if (a->course->show_goal && changed)
		page_facts(a);
	else if (m->held != UINT32_MAX && held != m->held)
		page_missing(a);
	m->held = held;
}

bool do_check(struct amm *a, const struct call *c, struct error *e)
{
	const struct step *s = task_open(a, e);
	struct marks *m;

	(void)c;
	if (!s)
		return false;
	m = course_marks(a->course);
	m->checks++;
	if (judge_solved(a, s))
		return true; /* what comes after each command says so */
	page_facts(a);
	page_missing(a);
	keep_outcome(a, OUTCOME_NO);
	if (++m->failed_checks == CHECKS_BEFORE_HINT)
		page_say(a, "A hint is there: `hint`.", 0);
	a->course->dirty = true;
	return true;
}

bool do_goal(struct amm *a, const struct call *c, struct error *e)
{
	const struct step *s = task_open(a, e);

	if (!s)
		return false;
	if (c->args > 0)
		a->course->show_goal = c->arg[0].text[0] == 's';
	if (s->text)
		page_say(a, s->text, 0);
	page_facts(a);
	return true;
}

bool do_skip(struct amm *a, const struct call *c, struct error *e)
{
	const struct step *s = teach_step(a, e);

	(void)c;
	if (!s)
		return false;
	if (s->kind != STEP_TASK && s->kind != STEP_PREDICT) {
		error_set(e, STATUS_NOTHING_ASKED, "there is nothing to skip");
		error_hint(e, "'lesson next' goes on");
		return false;
	}
	page_say(a, "Skipped. The machine is now as if it were done.", 0);
	return course_pass(a, STEP_SKIPPED, e);
}

/* --- solution ------------------------------------------------------------------ */

static void say_lines(struct amm *a, const char *head,
		      const struct lesson_lines *lines)
{
	page_line(a, head);
	for (uint32_t i = 0; i < lines->count; i++)
		page_say(a, lines->line[i], 2);
}

/* The task that was asked about last: this one, or the one before. */
static uint32_t last_task(const struct course *c)
{
	uint32_t i = c->step;

	while (i > 0 && c->lesson->step[i].kind != STEP_TASK)
		i--;
	return i;
}

bool do_solution(struct amm *a, const struct call *c, struct error *e)
{
	struct course *now = a->course;
	const struct step *s;
	uint32_t i;

	(void)c;
	if (!teach_step(a, e))
		return false;
	i = last_task(now);
	s = &now->lesson->step[i];
	if (s->kind != STEP_TASK) {
		error_set(e, STATUS_NOTHING_ASKED, "there was no task yet");
		return false;
	}
	if (now->mark[i].state == STEP_OPEN && now->mark[i].rung < RUNG_LAST) {
		error_set(e, STATUS_NOT_YET,
			  "the solution opens after the last hint");
		error_hint(e, "'hint' gives the next one");
		return false;
	}
	now->mark[i].solution = true;
	say_lines(a, "This solves it:", &s->solution);
	for (uint32_t n = 0; n < s->alts; n++)
		say_lines(a, "And so does this:", &s->alt[n]);
	return true;
}
