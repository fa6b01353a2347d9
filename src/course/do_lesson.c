/*
 * do_lesson.c - lesson: list them, open one, go on, back, out
 */
#include <string.h>

#include "base/escape.h"
#include "course/library.h"
#include "course/lint.h"
#include "course/page.h"
#include "course/progress.h"
#include "course/teach.h"
#include "course/trial.h"
#include "session/commands.h"
#include "session/keep.h"
#include "session/say.h"
#include "session/show.h"

/* --- list ------------------------------------------------------------------- */

static void say_state(struct text *out, const struct kept *k)
{
	if (k->done)
		text_addf(out, "done, %u of %u points", (unsigned)k->score,
			  (unsigned)k->max);
	else if (k->known)
		text_addf(out, "at step %u of %u", (unsigned)k->step,
			  (unsigned)k->steps);
	else
		text_add(out, "new");
}

static void list_one(struct amm *a, const struct progress *p, const char *id,
		     bool first)
{
	struct text state = { 0 }, title = { 0 };
	struct error e;
	struct lesson *l = lesson_load(a, id, 1, &e);
	struct kept k = { 0 };

	if (p)
		progress_find(p, id, &k);
	say_state(&state, &k);
	escape_text(&title, l ? l->title : e.message,
		    strlen(l ? l->title : e.message));
	if (a->form == FORM_JSON) {
		text_addf(&a->members,
			  "%s{\"id\":\"%s\",\"title\":", first ? "" : ",", id);
		show_quoted(&a->members, text_string(&title));
		text_addf(&a->members, ",\"minutes\":%u,\"state\":\"%s\"}",
			  l ? l->minutes : 0, text_string(&state));
	} else {
		text_addf(&a->out, "%s: %s (%u minutes; %s)\n", id,
			  text_string(&title), l ? l->minutes : 0,
			  text_string(&state));
	}
	lesson_free(l);
	text_free(&state);
	text_free(&title);
}

static bool list(struct amm *a)
{
	struct lesson *names = lesson_new();
	struct text notes = { 0 };
	struct progress *p =
		a->course ? a->course->progress : progress_open(&notes);
	struct lesson_lines found = { 0 };

	if (names)
		lesson_names(names, &found);
	text_add(&a->members, a->form == FORM_JSON ? ",\"lessons\":[" : "");
	for (uint32_t i = 0; i < found.count; i++)
		list_one(a, p, found.line[i], i == 0);
	text_add(&a->members, a->form == FORM_JSON ? "]" : "");
	if (!a->course)
		progress_close(p);
	lesson_free(names);
	text_free(&notes);
	return true;
}

/* --- open --------------------------------------------------------------------- */

static bool read_seed(const struct call *c, uint32_t *seed, struct error *e)
{
	const struct arg *x = call_flag(c, "--seed");

	if (!x)
		return true;
	*seed = (uint32_t)x->number;
	if (x->number >= 1 && x->number <= UINT32_MAX)
		return true;
	error_set(e, STATUS_OUT_OF_RANGE, "a seed is 1 to %u", UINT32_MAX);
	error_at(e, x->column, x->length);
	return false;
}

/*
 * The learner's lines again, as typed; only what they lead to is shown.  The
 * file may come from anyone, so they touch nothing but the machine.
 */
static void replay(struct amm *a, const struct kept *k)
{
	size_t before = a->out.length;
	struct json item = { 0 };
	enum outcome outcome = a->outcome;
	enum form form = a->form;
	struct text line = { 0 }, typed = a->typed;
	bool no_shell = a->no_shell;

	a->no_shell = true;
	a->typed = (struct text){ 0 };
	course_enter(a, 0);
	a->course->resumes = true;
	while (a->course && json_next(k->path, &item, NULL)) {
		text_clear(&line);
		if (!json_string(item, &line))
			break;
		session_line(a, text_string(&line), line.length);
		a->outcome = OUTCOME_OK;
	}
	if (a->course)
		a->course->resumes = false;
	a->no_shell = no_shell;
	text_cut(&a->out, before);
	text_clear(&a->members);
	text_free(&line);
	text_free(&a->typed);
	a->typed = typed;
	a->answer = before;
	a->form = form;
	a->outcome = outcome;
}

static bool goes_on(const struct kept *k, const struct lesson *l)
{
	return k->known && !k->done && k->version == l->version &&
	       json_kind(k->path) == JSON_ARRAY;
}

static void say_opened(struct amm *a, const struct kept *k, bool went_on)
{
	if (!a->course)
		return; /* the lines that were kept led out of it */
	page_title(a);
	if (went_on)
		page_say(a, "You left it here; `lesson restart` starts over.",
			 0);
	else if (k->known && !k->done)
		page_say(a,
			 "It has changed since you left it, and starts "
			 "over.",
			 0);
	if (went_on)
		page_step(a);
}

struct opening {
	const char *name;
	uint32_t seed;
	bool anew;
	struct progress *progress;
	struct kept kept;
};

/* In the journal the lines of the learner follow, one by one. */
static void note_opened(struct amm *a, const struct opening *o)
{
	struct text line = { 0 };

	text_addf(&line, "lesson '%s' --new --seed=%u", o->name, o->seed);
	keep_record(a, text_string(&line));
	text_free(&line);
	text_clear(&a->course->path);
	text_add(&a->course->name, o->name);
}

/* The lesson, with the seed it was left with when the learner goes on. */
static struct lesson *load(struct amm *a, struct opening *o, struct error *e)
{
	struct lesson *l = lesson_load(a, o->name, o->seed, e), *as_left;

	if (!l)
		return NULL;
	if (o->progress)
		progress_find(o->progress, l->id, &o->kept);
	o->anew |= !goes_on(&o->kept, l);
	if (o->anew || o->kept.seed == o->seed)
		return l;
	o->seed = (uint32_t)o->kept.seed;
	as_left = lesson_load(a, o->name, o->seed, e);
	lesson_free(l);
	return as_left;
}

static bool open_it(struct amm *a, struct opening *o, struct error *e)
{
	struct lesson *l = load(a, o, e);

	if (!l || !course_open(a, l, e))
		return false;
	note_opened(a, o);
	if (o->anew) {
		say_opened(a, &o->kept, false);
		course_enter(a, 0);
	} else {
		replay(a, &o->kept);
		say_opened(a, &o->kept, true);
	}
	if (a->course) {
		a->course->progress = o->progress;
		o->progress = NULL;
	}
	return true;
}

static bool open_lesson(struct amm *a, const struct call *c, struct error *e)
{
	struct opening o = { .name = c->arg[0].text,
			     .seed = a->seed,
			     .anew = call_flag(c, "--new") != NULL };
	struct text notes = { 0 };
	bool ok;

	if (!read_seed(c, &o.seed, e))
		return false;
	if (a->course)
		course_close(a); /* its progress is kept already */
	o.progress = progress_open(&notes);
	if (a->form != FORM_JSON)
		text_add(&a->out, text_string(&notes));
	text_free(&notes);
	ok = open_it(a, &o, e);
	progress_close(o.progress);
	return ok;
}

/* --- on and back ---------------------------------------------------------------- */

static bool step_open(struct error *e, const char *what, const char *hint)
{
	error_set(e, STATUS_STEP_OPEN, "%s", what);
	error_hint(e, "%s", hint);
	return false;
}

static bool may_go_on(const struct amm *a, struct error *e)
{
	const struct step *s = course_step(a->course);
	const struct marks *m = &a->course->mark[a->course->step];

	/* What only looks is not kept: a learner who went on has looked. */
	if (s->kind == STEP_TRY && m->commands < s->need && !a->replaying &&
	    !a->course->resumes)
		return step_open(e, "nothing was tried yet",
				 "type one of the commands it names, or any");
	if (m->state != STEP_OPEN ||
	    (s->kind != STEP_PREDICT && s->kind != STEP_TASK))
		return true;
	return step_open(e,
			 s->kind == STEP_TASK ? "the task is not solved"
					      : "the question is open",
			 "'skip' goes on without it");
}

static bool go_on(struct amm *a, struct error *e)
{
	if (!teach_step(a, e) || !may_go_on(a, e))
		return false;
	if (a->course->step + 1 == a->course->lesson->steps) {
		page_say(a,
			 "This was the last step. `lesson list` lists the "
			 "lessons.",
			 0);
		return true;
	}
	keep_typed(a);
	if (course_rewind(a))
		page_say(a, "The machine is back where this step began.", 0);
	return course_pass(a, STEP_PASSED, e);
}

static bool go_back(struct amm *a, struct error *e)
{
	struct course *c = a->course;

	if (!teach_step(a, e))
		return false;
	if (c->step == 0) {
		page_say(a, "This is the first step.", 0);
		return true;
	}
	keep_typed(a);
	c->mark[c->step] = c->mark[c->step - 1] = (struct marks){ 0 };
	c->done = false;
	if (!course_stage(a, c->step - 1, e))
		return false;
	course_enter(a, c->step - 1);
	return true;
}

static bool restart(struct amm *a, struct error *e)
{
	struct course *c = a->course;

	if (!teach_step(a, e) || !course_stage(a, 0, e))
		return false;
	keep_typed(a);
	for (uint32_t i = 0; i < c->lesson->steps; i++)
		c->mark[i] = (struct marks){ 0 };
	text_clear(&c->path);
	c->done = false;
	course_enter(a, 0);
	return true;
}

static bool leave(struct amm *a, struct error *e)
{
	if (!teach_step(a, e))
		return false;
	progress_write(a);
	course_close(a);
	keep_typed(a);
	if (a->form != FORM_JSON)
		text_add(&a->out, "The lesson is left; the machine stays. "
				  "'boot' makes a new one.\n");
	return true;
}

static bool again(struct amm *a, struct error *e)
{
	if (!teach_step(a, e))
		return false;
	page_title(a);
	page_step(a);
	return true;
}

/* --- lesson --------------------------------------------------------------------- */

bool do_lesson(struct amm *a, const struct call *c, struct error *e)
{
	const char *what = c->args ? c->arg[0].text : "";
	bool test = strcmp(what, "test") == 0;

	if (!c->args)
		return again(a, e);
	if (test || strcmp(what, "lint") == 0) {
		if (c->args > 1)
			return test ? do_trial(a, c, e) : do_lint(a, c, e);
		error_set(e, STATUS_MISSING_ARGUMENT,
			  "lesson %s wants the name or file of a lesson", what);
		return false;
	}
	if (strcmp(what, "list") == 0)
		return list(a);
	if (strcmp(what, "next") == 0)
		return go_on(a, e);
	if (strcmp(what, "prev") == 0)
		return go_back(a, e);
	if (strcmp(what, "restart") == 0)
		return restart(a, e);
	if (strcmp(what, "leave") == 0)
		return leave(a, e);
	return open_lesson(a, c, e);
}
