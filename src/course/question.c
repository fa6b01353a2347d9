/*
 * question.c - predict, run, reveal, because
 *
 * The answer is locked before anything runs; then the question's command runs
 * from the very state in which it was asked, and what is true is set beside
 * what was said.  A wrong answer is no fault: it opens the book.
 */
#include <string.h>

#include "course/judge.h"
#include "course/page.h"
#include "course/progress.h"
#include "course/teach.h"
#include "session/commands.h"
#include "session/explain.h"
#include "session/resolve.h"
#include "session/say.h"
#include "session/show.h"

static bool is_open(const struct amm *a)
{
	return a->course && course_step(a->course)->kind == STEP_PREDICT &&
	       a->course->mark[a->course->step].state == STEP_OPEN;
}

static bool nothing_asked(struct error *e)
{
	error_set(e, STATUS_NOTHING_ASKED, "no question is open");
	error_hint(e, "'lesson' says the present step");
	return false;
}

/* An answer: an expression, or yes or no. */
static bool read_answer(const struct amm *a, const char *text, struct value *v,
			struct error *e)
{
	struct expr x;

	*v = (struct value){ .kind = VALUE_NUMBER,
			     .number = strcmp(text, "yes") == 0 };
	if (v->number == 1 || strcmp(text, "no") == 0)
		return true;
	return expr_read_all(text, &x, e) && resolve_here(a, &x, v, e);
}

/* A name for a number cannot be right: better said before it is locked. */
static bool fits(const struct amm *a, const struct step *s,
		 const struct value *said, struct error *e)
{
	struct value now;
	struct error ignored;
	bool same;

	return !judge_value(a, s->expr, &now, &ignored) ||
	       value_same(&now, said, &same, e);
}

/* --- run ------------------------------------------------------------------- */

static void show_run(struct amm *a, const struct step *s, struct text *said)
{
	struct course *c = a->course;
	struct text line = { 0 };

	if (a->form == FORM_JSON) {
		for (size_t i = 0; i + 1 < said->length; i++)
			if (said->bytes[i] == '\n')
				said->bytes[i] = ',';
		if (said->length)
			text_cut(said, said->length - 1);
		text_addf(&c->more, ",\"ran\":[%s]", text_string(said));
		return;
	}
	label_text(c->lesson, s->run, &line);
	text_addf(&a->out, "now: %s\n%s", text_string(&line),
		  text_string(said));
	text_free(&line);
}

static bool run(struct amm *a, const struct step *s, struct error *e)
{
	struct text said = { 0 };
	bool ok;

	(void)course_rewind(a);
	ok = course_run(a, s->run, &said) == OUTCOME_OK;
	if (ok)
		show_run(a, s, &said);
	else
		error_set(e, STATUS_BAD_LESSON, "its command fails: %s",
			  s->run);
	text_free(&said);
	return ok;
}

/* --- reveal ---------------------------------------------------------------- */

static void keep_value_text(const struct amm *a, const struct value *v,
			    char *to, size_t size)
{
	struct text shown = { 0 };

	say_value(&shown, amm_live(a), v);
	text_cut_to(to, size, text_string(&shown));
	text_free(&shown);
}

static void say_units(struct amm *a, const struct step *s)
{
	const struct course *c = a->course;
	struct text source = { 0 };
	struct expr x;
	struct error ignored;

	label_expr(c->lesson, &c->bound, s->expr, &source);
	if (expr_read_all(text_string(&source), &x, &ignored))
		explain_count(a, &x);
	text_free(&source);
}

static void say_misconception(struct amm *a, const struct step *s,
			      const struct value *said)
{
	for (uint32_t i = 0; i < s->misconceptions; i++) {
		struct value got;
		struct error ignored;
		bool same = false;

		if (judge_value(a, s->misconception[i].got, &got, &ignored) &&
		    value_same(&got, said, &same, &ignored) && same) {
			page_say(a, s->misconception[i].say, 0);
			return;
		}
	}
}

static void json_reveal(struct amm *a, const struct marks *m, bool right)
{
	struct text *more = &a->course->more;

	text_add(more, ",\"said\":");
	show_quoted(more, m->said);
	text_add(more, ",\"was\":");
	show_quoted(more, m->was);
	text_addf(more, ",\"right\":%s", right ? "true" : "false");
}

static void reveal(struct amm *a, const struct step *s,
		   const struct value *said, const struct value *was)
{
	struct marks *m = course_marks(a->course);
	struct error ignored;
	bool right = false;

	keep_value_text(a, was, m->was, sizeof m->was);
	if (said)
		(void)(value_same(said, was, &right, &ignored) && right);
	m->score = right ? s->points : 0;
	if (a->form == FORM_JSON)
		json_reveal(a, m, right);
	else if (!said)
		text_addf(&a->out, "it is %s.\n", m->was);
	else if (right)
		text_addf(&a->out, "right: it is %s.\n", m->was);
	else
		text_addf(&a->out, "you said %s, it is %s.\n", m->said, m->was);
	if (!right)
		say_units(a, s);
	if (said && !right)
		say_misconception(a, s, said);
	if (s->because)
		page_say(a, s->because, 0);
}

/* Runs, reveals, and goes on; @said is NULL when nobody guessed. */
static bool settle(struct amm *a, const struct value *said, struct error *e)
{
	const struct step *s = course_step(a->course);
	struct value was;

	if (!run(a, s, e) || !judge_value(a, s->expr, &was, e))
		return false;
	reveal(a, s, said, &was);
	return course_pass(a, said ? STEP_PASSED : STEP_SHOWN, e);
}

bool do_guess(struct amm *a, const struct call *c, struct error *e)
{
	const struct arg *why = call_flag(c, "--");
	struct marks *m;
	struct value said;

	if (!is_open(a) || c->args > 1)
		return do_predict(a, c, e);
	if (!read_answer(a, c->arg[0].text, &said, e) ||
	    !fits(a, course_step(a->course), &said, e)) {
		error_at(e, c->arg[0].column, c->arg[0].length);
		return false;
	}
	m = course_marks(a->course);
	keep_value_text(a, &said, m->said, sizeof m->said);
	text_cut_to(m->reason, sizeof m->reason, why ? why->text : "");
	if (a->form != FORM_JSON)
		text_addf(&a->out, "locked: %s\n", m->said);
	return settle(a, &said, e);
}

bool do_answer(struct amm *a, const struct call *c, struct error *e)
{
	(void)c;
	return is_open(a) ? settle(a, NULL, e) : nothing_asked(e);
}
