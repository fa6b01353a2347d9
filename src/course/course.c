/*
 * course.c - the machine of each step, and going from step to step
 */
#include "course/course.h"

#include <string.h>

#include "base/mem.h"
#include "course/page.h"
#include "course/progress.h"
#include "session/commands.h"
#include "session/keep.h"
#include "session/say.h"
#include "session/stops.h"

/* --- the lesson's own lines --------------------------------------------- */

/* What the learner has set up, put aside while a line of the lesson runs. */
struct aside {
	struct text typed, repeat;
	size_t answer;
	uint64_t steps;
	enum form form;
	enum outcome outcome;
	cpu_id selected, cpu;
	struct settings settings;
	uint32_t stops, rules;
	bool replaying, predicted, json;
};

static void put_aside(struct amm *a, struct aside *x)
{
	*x = (struct aside){ .typed = a->typed,
			     .repeat = a->repeat,
			     .answer = a->answer,
			     .steps = a->steps,
			     .form = a->form,
			     .outcome = a->outcome,
			     .selected = a->selected,
			     .cpu = a->cpu,
			     .settings = a->settings,
			     .stops = a->stops->count,
			     .rules = a->shelf->rules,
			     .replaying = a->replaying,
			     .predicted = a->shelf->predicted,
			     .json = a->json };
	a->typed = a->repeat = (struct text){ 0 };
	a->stops->count = a->shelf->rules = 0;
	a->shelf->predicted = false;
	a->replaying = true;
	a->json = a->form == FORM_JSON;
	a->settings.value[SET_PLAIN] = a->form == FORM_PLAIN;
	a->outcome = OUTCOME_OK;
	a->selected = 0;
	a->settings.value[SET_IPI] = IPI_AUTO;
	a->settings.value[SET_STRICT] = 1;
}

static void put_back(struct amm *a, struct aside *x)
{
	text_free(&a->typed);
	text_free(&a->repeat);
	a->typed = x->typed;
	a->repeat = x->repeat;
	a->answer = x->answer;
	a->steps = x->steps;
	a->form = x->form;
	a->outcome = x->outcome;
	a->selected = x->selected;
	a->cpu = x->cpu;
	a->settings = x->settings;
	a->stops->count = x->stops;
	a->shelf->rules = x->rules;
	a->shelf->predicted = x->predicted;
	a->replaying = x->replaying;
	a->json = x->json;
	stops_refresh(a);
}

enum outcome course_run(struct amm *a, const char *raw, struct text *said)
{
	struct course *c = a->course;
	size_t before = a->out.length;
	struct text line = { 0 };
	enum outcome came_to;
	struct aside x;

	label_text(c->lesson, raw, &line);
	put_aside(a, &x);
	c->busy = true;
	session_line(a, text_string(&line), line.length);
	c->busy = false;
	came_to = line.failed ? OUTCOME_INTERNAL : a->outcome;
	text_append(said, text_string(&a->out) + before,
		    a->out.length - before);
	text_cut(&a->out, before);
	put_back(a, &x);
	text_free(&line);
	return came_to;
}

static bool line_fails(const struct lesson *l, const char *line,
		       struct error *e)
{
	struct text shown = { 0 };

	label_text(l, line, &shown);
	error_set(e, STATUS_BAD_LESSON, "a line of lesson %s fails: %s", l->id,
		  text_string(&shown));
	error_hint(e, "lesson lint %s tells more", l->id);
	text_free(&shown);
	return false;
}

bool course_run_lines(struct amm *a, const struct lesson_lines *lines,
		      struct error *e)
{
	struct text said = { 0 };
	bool ok = true;

	for (uint32_t i = 0; ok && i < lines->count; i++)
		ok = course_run(a, lines->line[i], &said) == OUTCOME_OK ||
		     line_fails(a->course->lesson, lines->line[i], e);
	text_free(&said);
	return ok;
}

/* --- the machine of a step ------------------------------------------------ */

static bool boot(struct amm *a, const struct step *s, struct error *e)
{
	const struct lesson *l = a->course->lesson;
	struct text line = { 0 }, said = { 0 };
	bool ok;

	text_addf(&line, "boot --cpus=%u --seed=%u %s", l->cpus,
		  l->seed ? l->seed : 1, s->boot ? s->boot : l->kernel);
	ok = course_run(a, text_string(&line), &said) == OUTCOME_OK ||
	     line_fails(l, text_string(&line), e);
	text_free(&line);
	text_free(&said);
	return ok;
}

/* What a step leaves behind when it is done as the lesson would. */
static bool run_step(struct amm *a, const struct step *s, struct error *e)
{
	const struct lesson_lines run = { &s->run, 1 };

	if (s->boot)
		return true; /* it had a machine of its own */
	if (s->kind == STEP_PREDICT)
		return course_run_lines(a, &run, e);
	return s->kind != STEP_TASK || course_run_lines(a, &s->solution, e);
}

bool course_stage(struct amm *a, uint32_t step, struct error *e)
{
	struct course *c = a->course;
	const struct step *s = &c->lesson->step[step];
	uint32_t last = s->boot ? s->of : step;

	if (!boot(a, s, e) || !course_run_lines(a, &c->lesson->setup, e))
		return false;
	label_bind(c->lesson, amm_live(a), &c->bound);
	for (uint32_t i = 0; i < last; i++)
		if (!run_step(a, &c->lesson->step[i], e))
			return false;
	c->machine = a->history;
	a->selected = a->cpu = 0;
	return true;
}

/* --- from step to step ------------------------------------------------------ */

static void finish(struct course *c)
{
	course_marks(c)->state = STEP_PASSED;
	c->done = true;
}

void course_enter(struct amm *a, uint32_t step)
{
	struct course *c = a->course;
	struct moment now = history_now(a->history);

	c->step = step;
	a->origin = now.command;
	a->reset_from = (struct moment){ 0, 0 };
	course_marks(c)->held = UINT32_MAX;
	if (step + 1 == c->lesson->steps && course_step(c)->kind == STEP_RECAP)
		finish(c);
	c->dirty = true;
	page_step(a);
}

/*
 * A twist is another machine, and so is what comes after one.  A task may be
 * solved in many ways, but what comes after it begins in one.
 */
static bool needs_stage(const struct lesson *l, uint32_t next,
			enum step_state state)
{
	const struct step *to = &l->step[next], *from = to - 1;

	if (to->boot || from->boot || state == STEP_SKIPPED)
		return true;
	return from->kind == STEP_TASK && to->kind != STEP_RECAP;
}

bool course_pass(struct amm *a, enum step_state state, struct error *e)
{
	struct course *c = a->course;
	uint32_t next = c->step + 1;

	course_marks(c)->state = state;
	if (next >= c->lesson->steps) {
		c->done = c->dirty = true;
		return true;
	}
	if (needs_stage(c->lesson, next, state) && !course_stage(a, next, e))
		return false;
	course_enter(a, next);
	return true;
}

uint32_t course_points(const struct course *c)
{
	uint32_t sum = 0;

	for (uint32_t i = 0; i < c->lesson->steps; i++)
		sum += c->mark[i].score;
	return sum;
}

uint32_t course_points_max(const struct lesson *l)
{
	uint32_t sum = 0;

	for (uint32_t i = 0; i < l->steps; i++) {
		const struct step *s = &l->step[i];

		sum += s->kind == STEP_PREDICT ? s->points : 0;
		for (uint32_t f = 0; f < s->facts; f++)
			sum += s->fact[f].points;
	}
	return sum;
}

bool course_rewind(struct amm *a)
{
	struct text line = { 0 }, said = { 0 };
	bool moved = history_now(a->history).command != a->origin;

	text_addf(&line, "goto t%u", a->origin);
	if (moved)
		course_run(a, text_string(&line), &said);
	text_free(&line);
	text_free(&said);
	return moved;
}

/* --- opened, closed --------------------------------------------------------- */

static bool out_of_memory(struct error *e)
{
	error_set(e, STATUS_NO_ROOM, "out of memory");
	error_hint(e, "the session goes on without the lesson");
	return false;
}

void course_close(struct amm *a)
{
	struct course *c = a->course;

	if (!c)
		return;
	progress_close(c->progress);
	lesson_free(c->lesson);
	text_free(&c->name);
	text_free(&c->path);
	text_free(&c->says);
	text_free(&c->more);
	am_free(c->mark);
	am_free(c);
	a->course = NULL;
	a->origin = 0;
}

bool course_open(struct amm *a, struct lesson *l, struct error *e)
{
	struct course *c = am_calloc(1, sizeof *c);

	course_close(a);
	if (c)
		c->mark = am_calloc(l->steps, sizeof *c->mark);
	if (!c || !c->mark) {
		am_free(c);
		lesson_free(l);
		return out_of_memory(e);
	}
	c->lesson = l;
	a->course = c;
	if (course_stage(a, 0, e))
		return true;
	course_close(a);
	return false;
}
