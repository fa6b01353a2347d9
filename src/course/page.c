/*
 * page.c - what a lesson says, in each form
 */
#include "course/page.h"

#include <string.h>

#include "base/escape.h"
#include "course/judge.h"
#include "session/say.h"
#include "session/show.h"

static const char *const kinds[] = { [STEP_SAY] = "read",
				     [STEP_TRY] = "try",
				     [STEP_PREDICT] = "predict",
				     [STEP_TASK] = "task",
				     [STEP_RECAP] = "recap" };

/* --- text ------------------------------------------------------------------- */

/* ${mm('A')}: the value it has now. */
static const char *add_value(const struct amm *a, const char *at,
			     struct text *out)
{
	size_t n = strcspn(at + 2, "}");
	struct text source = { 0 };
	struct error e;
	struct value v;

	text_append(&source, at + 2, n);
	if (judge_value(a, text_string(&source), &v, &e))
		say_value(out, amm_live(a), &v);
	else
		text_add(out, "?");
	text_free(&source);
	return at + 2 + n + (at[2 + n] == '}');
}

/* `ps` becomes 'ps', *this* becomes this: a word is enough for a word. */
static void drop_marks(const char *from, struct text *out)
{
	bool code = false;

	for (; *from; from++) {
		if (*from == '`') {
			code = !code;
			text_add(out, "'");
		} else if (*from != '*' || code) {
			text_append(out, from, 1);
		}
	}
}

void page_text(const struct amm *a, const char *raw, struct text *out)
{
	struct text valued = { 0 }, named = { 0 };

	while (*raw) {
		if (raw[0] == '$' && raw[1] == '{')
			raw = add_value(a, raw, &valued);
		else
			text_append(&valued, raw++, 1);
	}
	label_text(a->course->lesson, text_string(&valued), &named);
	drop_marks(text_string(&named), out);
	text_free(&valued);
	text_free(&named);
}

static size_t columns_here(const struct amm *a)
{
	size_t width = (size_t)a->settings.value[SET_WIDTH];

	return width > 0 && width < PAGE_COLUMNS ? width : PAGE_COLUMNS;
}

static void gather(struct amm *a, const char *shown)
{
	struct text *says = &a->course->says;

	text_add(says, says->length ? "," : "");
	show_quoted(says, shown);
}

static void paragraph(struct amm *a, const char *text, size_t length,
		      size_t indent)
{
	struct text safe = { 0 };

	escape_text(&safe, text, length);
	text_addc(&a->out, ' ', indent);
	show_wrapped(&a->out, text_string(&safe), indent, columns_here(a));
	text_add(&a->out, "\n");
	text_free(&safe);
}

void page_say(struct amm *a, const char *raw, size_t indent)
{
	struct text text = { 0 };
	const char *at;

	page_text(a, raw, &text);
	if (a->form == FORM_JSON) {
		gather(a, text_string(&text));
	} else {
		for (at = text_string(&text); *at; at += *at == '\n') {
			size_t n = strcspn(at, "\n");

			paragraph(a, at, n, indent);
			at += n;
		}
	}
	text_free(&text);
}

void page_line(struct amm *a, const char *shown)
{
	if (a->form == FORM_JSON) {
		gather(a, shown);
		return;
	}
	escape_text(&a->out, shown, strlen(shown));
	text_add(&a->out, "\n");
}

/* --- steps ------------------------------------------------------------------ */

void page_title(struct amm *a)
{
	const struct lesson *l = a->course->lesson;
	struct text title = { 0 };

	page_text(a, l->title, &title);
	if (a->form == FORM_JSON)
		gather(a, text_string(&title));
	else
		text_addf(&a->out, "%s: %s (%u minutes)\n", l->id,
			  text_string(&title), l->minutes);
	text_free(&title);
}

/* step 3 of 6: predict */
static void say_head(struct amm *a)
{
	const struct course *c = a->course;
	const struct step *s = course_step(c);

	if (a->form == FORM_JSON)
		return;
	text_addf(&a->out, "\nstep %u of %u: %s%s\n", c->step + 1,
		  c->lesson->steps, s->boot ? "twist, " : "", kinds[s->kind]);
}

static void say_suggestions(struct amm *a, const struct step *s)
{
	for (uint32_t i = 0; i < s->suggest.count; i++) {
		struct text line = { 0 };

		label_text(a->course->lesson, s->suggest.line[i], &line);
		page_say(a, text_string(&line), 2);
		text_free(&line);
	}
}

static void say_recap(struct amm *a, const struct step *s)
{
	const struct course *c = a->course;
	struct text line = { 0 };

	for (uint32_t i = 0; i < s->see.count; i++)
		page_say(a, s->see.line[i], 2);
	text_addf(&line, "Done: %u of %u points.", course_points(c),
		  course_points_max(c->lesson));
	page_line(a, text_string(&line));
	text_free(&line);
}

/* What to do about a step, in a line. */
static const char *way_on(const struct amm *a, const struct step *s)
{
	switch (s->kind) {
	case STEP_SAY:
		return "`lesson next` goes on; in a terminal, so does Enter.";
	case STEP_TRY:
		return "`lesson next` goes on when you have looked.";
	case STEP_PREDICT:
		return "Answer with `predict 7`, or with a reason: "
		       "`predict 7 -- why`.";
	case STEP_TASK:
		return "`goal` shows the facts, `hint` helps.";
	case STEP_RECAP:
		break;
	}
	return a->course->done ? "`boot` or `lesson leave` opens the sandbox."
			       : NULL;
}

void page_step(struct amm *a)
{
	const struct step *s = course_step(a->course);
	const char *next = way_on(a, s);

	say_head(a);
	if (s->text)
		page_say(a, s->text, 0);
	say_suggestions(a, s);
	if (s->kind == STEP_TASK)
		page_facts(a);
	if (s->kind == STEP_RECAP)
		say_recap(a, s);
	if (next)
		page_say(a, next, 0);
}

/* --- the goal --------------------------------------------------------------- */

static void add_now(struct amm *a, const struct fact *f, struct text *out)
{
	struct text what = { 0 };
	struct value v;
	struct error e;

	if (!f->now || !judge_value(a, f->now, &v, &e))
		return;
	label_expr(a->course->lesson, &a->course->bound, f->now, &what);
	text_addf(out, " (%s is ", text_string(&what));
	say_value(out, amm_live(a), &v);
	text_add(out, ")");
	text_free(&what);
}

void page_facts(struct amm *a)
{
	const struct step *s = course_step(a->course);

	for (uint32_t i = 0; i < s->facts; i++) {
		const struct fact *f = &s->fact[i];
		struct text line = { 0 };

		text_add(&line,
			 judge_holds(a, f->expr) ? "holds    " : "missing  ");
		page_text(a, f->text, &line);
		text_add(&line, f->optional ? ", if you can" : "");
		add_now(a, f, &line);
		if (a->form == FORM_JSON)
			gather(a, text_string(&line));
		else
			paragraph(a, text_string(&line), line.length, 2);
		text_free(&line);
	}
}

/* The texts of the facts that must hold and do not, with commas between. */
static void add_missing(const struct amm *a, const struct step *s,
			struct text *out)
{
	const char *between = " Missing: ";

	for (uint32_t i = 0; i < s->facts; i++) {
		const struct fact *f = &s->fact[i];

		if (f->optional || judge_holds(a, f->expr))
			continue;
		text_add(out, between);
		text_add(out, f->text);
		between = "; ";
	}
	text_add(out, between[0] == ';' ? "." : "");
}

void page_missing(struct amm *a)
{
	const struct step *s = course_step(a->course);
	uint32_t held = judge_count(a, s, false), all = 0;
	struct text line = { 0 };

	for (uint32_t i = 0; i < s->facts; i++)
		all += !s->fact[i].optional;
	text_addf(&line, "goal: %u of %u facts hold.", held, all);
	add_missing(a, s, &line);
	page_say(a, text_string(&line), 0);
	text_free(&line);
}

/* --- JSON ------------------------------------------------------------------- */

static void json_facts(const struct amm *a, struct text *out)
{
	const struct step *s = course_step(a->course);

	for (uint32_t i = 0; i < s->facts; i++) {
		struct text shown = { 0 };

		page_text(a, s->fact[i].text, &shown);
		text_add(out, i ? ",{\"fact\":" : "{\"fact\":");
		show_quoted(out, text_string(&shown));
		text_addf(out, ",\"holds\":%s,\"optional\":%s}",
			  judge_holds(a, s->fact[i].expr) ? "true" : "false",
			  s->fact[i].optional ? "true" : "false");
		text_free(&shown);
	}
}

void page_json(struct amm *a)
{
	struct course *c = a->course;
	struct text *m = &a->members;

	if (c->says.length || c->more.length) {
		text_add(m, ",\"lesson\":{\"id\":");
		show_quoted(m, c->lesson->id);
		text_addf(m, ",\"step\":%u,\"steps\":%u,\"kind\":\"%s\"",
			  c->step + 1, c->lesson->steps,
			  kinds[course_step(c)->kind]);
		text_addf(m, ",\"done\":%s", c->done ? "true" : "false");
		text_addf(m, "%s,\"says\":[%s],\"facts\":[",
			  text_string(&c->more), text_string(&c->says));
		json_facts(a, m);
		text_add(m, "]}");
	}
	text_clear(&c->says);
	text_clear(&c->more);
}
