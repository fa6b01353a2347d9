/*
 * teach.c - what an open lesson does around each command
 */
#include "course/teach.h"

#include <string.h>

#include "course/page.h"
#include "course/progress.h"
#include "session/commands.h"
#include "session/say.h"

const struct step *teach_step(const struct amm *a, struct error *e)
{
	if (a->course)
		return course_step(a->course);
	error_set(e, STATUS_NO_LESSON, "no lesson is open");
	error_hint(e, "'lesson list' lists them");
	return NULL;
}

static const struct {
	enum cmd id;
	command_fn *function;
} functions[] = {
	{ CMD_LESSON, do_lesson },     { CMD_GOAL, do_goal },
	{ CMD_CHECK, do_check },       { CMD_HINT, do_hint },
	{ CMD_PREDICT, do_guess },     { CMD_ANSWER, do_answer },
	{ CMD_SKIP, do_skip },         { CMD_SOLUTION, do_solution },
	{ CMD_PROGRESS, do_progress },
};

static command_fn *find_function(enum cmd id)
{
	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
		if (functions[i].id == id)
			return functions[i].function;
	return NULL;
}

/* --- before a command ----------------------------------------------------- */

static bool is_denied(const struct lesson *l, const char *name)
{
	for (uint32_t i = 0; i < l->deny.count; i++)
		if (strcmp(l->deny.line[i], name) == 0)
			return true;
	return false;
}

static bool denied(const struct call *c, struct error *e)
{
	error_set(e, STATUS_NOT_IN_LESSON, "this lesson does without '%s'",
		  c->command->name);
	error_hint(e, "'lesson leave' ends it; everything works then");
	return false;
}

static bool is_before_step(const struct amm *a)
{
	return history_now(a->history).command < a->origin;
}

static bool before_step(struct error *e)
{
	error_set(e, STATUS_BEFORE_STEP, "this is before the step began");
	error_hint(e, "'reset' comes back to where it began");
	return false;
}

/* Another machine is no machine of the past. */
static bool makes_machine(enum cmd id)
{
	return id == CMD_BOOT || id == CMD_CONFIG || id == CMD_RESET;
}

static bool allows(struct amm *a, const struct call *c, struct error *e)
{
	const struct command *what = c->command;

	if (!a->course || a->course->busy)
		return true;
	if (is_denied(a->course->lesson, what->name) ||
	    (a->course->resumes && what->traits & TRAIT_TYPED))
		return denied(c, e);
	if (what->traits & TRAIT_CHANGES && !makes_machine(what->id) &&
	    is_before_step(a))
		return before_step(e);
	return true;
}

/* --- after a command ------------------------------------------------------- */

static void record(struct amm *a, const char *line)
{
	struct course *c = a->course;

	if (c && !c->busy && c->machine == a->history)
		text_addf(&c->path, "%s\n", line);
}

static void leave(struct amm *a)
{
	struct text line = { 0 };

	text_addf(&line,
		  "note: lesson %s is left; 'lesson %s' comes back to step %u",
		  a->course->lesson->id, text_string(&a->course->name),
		  a->course->step + 1);
	if (a->form != FORM_JSON)
		page_line(a, text_string(&line));
	text_free(&line);
	progress_write(a);
	course_close(a);
}

/* In a terminal, Enter goes on from a text. */
static void offer_enter(struct amm *a)
{
	if (course_step(a->course)->kind != STEP_SAY)
		return;
	text_clear(&a->repeat);
	text_add(&a->repeat, "lesson next");
}

static void after(struct amm *a, const struct call *call)
{
	struct course *c = a->course;

	if (!c || c->busy)
		return;
	if (c->machine != a->history) {
		leave(a);
		return;
	}
	course_marks(c)->commands += call->command->group != GROUP_LEARN;
	task_judge(a, call->command->traits & TRAIT_CHANGES ||
			      call->command->group == GROUP_TIME);
	if (c->dirty)
		progress_write(a);
	c->dirty = false;
	if (a->form == FORM_JSON)
		page_json(a);
	offer_enter(a);
}

static void prompt(const struct amm *a, struct text *out)
{
	const struct course *c = a->course;

	if (c)
		text_addf(out, " | %s %u/%u", c->lesson->id, c->step + 1,
			  c->lesson->steps);
}

const struct teaching course_teaching = {
	.command = find_function,
	.allows = allows,
	.record = record,
	.after = after,
	.prompt = prompt,
	.free = course_close,
};
