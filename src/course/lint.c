/*
 * lint.c - all rules over one lesson
 */
#include "course/lint.h"

#include <string.h>

#include "base/escape.h"
#include "course/library.h"
#include "session/keep.h"
#include "session/show.h"

static void add_finding(struct lint *x, unsigned rule, const char *line)
{
	struct text *out =
		x->a->form == FORM_JSON ? &x->a->members : &x->a->out;

	if (x->a->form == FORM_JSON) {
		text_addf(out, "%s{\"rule\":%u,\"text\":",
			  x->errors + x->warnings ? "," : "", rule);
		show_quoted(out, line);
		text_add(out, "}");
		return;
	}
	if (rule)
		text_addf(out, "error %u: ", rule);
	else
		text_add(out, "warning: ");
	escape_text(out, line, strlen(line));
	text_add(out, "\n");
}

void lint_error(struct lint *x, unsigned rule, uint32_t step,
		const char *format, ...)
{
	struct text line = { 0 };
	va_list args;

	if (step != UINT32_MAX)
		text_addf(&line, "step %u: ", step + 1);
	va_start(args, format);
	text_addv(&line, format, args);
	va_end(args);
	/* Another seed finds the same again. */
	text_add(&line, "\n");
	if (!strstr(text_string(&x->last), text_string(&line))) {
		text_add(&x->last, text_string(&line));
		text_cut(&line, line.length - 1);
		add_finding(x, rule, text_string(&line));
		x->errors += rule > 0;
		x->warnings += rule == 0;
	}
	text_free(&line);
}

void lint_code(const struct lint *x, const char *text,
	       void (*f)(void *context, const char *command), void *context)
{
	while (text && (text = strchr(text, '`'))) {
		struct text raw = { 0 }, command = { 0 };
		size_t n = strcspn(text + 1, "`");

		text_append(&raw, text + 1, n);
		label_text(x->l, text_string(&raw), &command);
		f(context, text_string(&command));
		text_free(&raw);
		text_free(&command);
		text += 1 + n;
		text += *text == '`';
	}
}

static void shape(struct lint *x)
{
	const struct lesson *l = x->l;
	const struct step *last = &l->step[l->steps - 1];
	bool recap = last->kind == STEP_RECAP;

	if (!recap)
		lint_error(x, 0, UINT32_MAX, "it has no recap at its end");
	else if (!last->drill)
		lint_error(x, 0, l->steps - 1, "the recap names no drill");
	if (recap && last->see.count == 0)
		lint_error(x, 0, l->steps - 1,
			   "the recap names no place in the kernel");
}

static void say_total(struct lint *x)
{
	struct amm *a = x->a;

	if (x->errors)
		keep_outcome(a, OUTCOME_NO);
	if (a->form == FORM_JSON) {
		text_addf(&a->members, "],\"errors\":%u,\"warnings\":%u",
			  x->errors, x->warnings);
		return;
	}
	text_addf(&a->out, "%s: %u error%s, %u warning%s\n", x->l->id,
		  x->errors, x->errors == 1 ? "" : "s", x->warnings,
		  x->warnings == 1 ? "" : "s");
}

bool do_lint(struct amm *a, const struct call *c, struct error *e)
{
	struct lesson *l = lesson_load(a, c->arg[1].text, 1, e);
	struct lint x = { .a = a, .l = l, .name = c->arg[1].text };

	if (!l)
		return false;
	text_add(&a->members, a->form == FORM_JSON ? ",\"findings\":[" : "");
	lint_names(&x);
	lint_facts(&x);
	lint_hints(&x);
	lint_text(&x);
	lint_lines(&x);
	lint_play(&x);
	shape(&x);
	say_total(&x);
	text_free(&x.last);
	lesson_free(l);
	return true;
}
