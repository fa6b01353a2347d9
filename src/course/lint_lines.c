/*
 * lint_lines.c - rule 9: commands are written out, and are commands
 */
#include <string.h>

#include "base/mem.h"
#include "course/lint.h"

struct place {
	struct lint *x;
	uint32_t step;
};

/* One command of the line, cut from it by `;`. */
static void check_command(const struct place *p, const struct line *line,
			  unsigned n, struct call *call)
{
	struct error e = { .status = STATUS_OK };

	if (call_read(line, n, call, &e) != CALL_READY)
		lint_error(p->x, 9, p->step, "%s: %s", line->bytes,
			   e.status != STATUS_OK ? e.message
						 : "it is no command");
	else if (!call->full)
		lint_error(p->x, 9, p->step,
			   "%s: the name is to be written out: %s", line->bytes,
			   call->command->name);
}

static void check_line(void *context, const char *text)
{
	static const struct lex_rules rules = {
		.no_shell = "it is in a lesson",
		.takes_expression = command_takes_expression,
	};
	const struct place *p = context;
	struct line *line = am_calloc(1, sizeof *line);
	struct call *call = am_calloc(1, sizeof *call);
	struct error e = { .status = STATUS_OK };

	if (line && call) {
		if (!lex_line(line, text, strlen(text), &rules, &e))
			lint_error(p->x, 9, p->step, "%s: %s", text, e.message);
		else
			for (unsigned n = 0; n < line->commands; n++)
				check_command(p, line, n, call);
	}
	am_free(line);
	am_free(call);
}

static void check_lines(struct place *p, const struct lesson_lines *lines)
{
	for (uint32_t i = 0; i < lines->count; i++) {
		struct text line = { 0 };

		label_text(p->x->l, lines->line[i], &line);
		check_line(p, text_string(&line));
		text_free(&line);
	}
}

static void check_step(struct place *p, const struct step *s)
{
	const struct lesson_lines run = { &s->run, s->run != NULL };

	check_lines(p, &s->suggest);
	check_lines(p, &s->solution);
	check_lines(p, &run);
	for (uint32_t n = 0; n < s->alts; n++)
		check_lines(p, &s->alt[n]);
	for (uint32_t n = 0; n < s->wrongs; n++)
		check_lines(p, &s->wrong[n]);
	lint_code(p->x, s->text, check_line, p);
	lint_code(p->x, s->because, check_line, p);
	for (uint32_t n = 0; n < s->misconceptions; n++)
		lint_code(p->x, s->misconception[n].say, check_line, p);
	for (uint32_t n = 0; n < s->hints; n++)
		lint_code(p->x, s->hint[n].text, check_line, p);
}

void lint_lines(struct lint *x)
{
	struct place p = { x, UINT32_MAX };

	check_lines(&p, &x->l->setup);
	for (p.step = 0; p.step < x->l->steps; p.step++)
		check_step(&p, &x->l->step[p.step]);
}
