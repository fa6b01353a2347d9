/*
 * lint_facts.c - rules 5 and 6: what facts and questions may ask
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course/lint.h"

/* A number this big is an address, which no machine promises. */
enum { ADDRESS_FROM = 0x10000 };

static bool has_address(const char *expr)
{
	bool word = false;

	for (; *expr; expr++) {
		if (isdigit((unsigned char)*expr) && !word &&
		    strtoull(expr, NULL, 0) >= ADDRESS_FROM)
			return true;
		word = isalnum((unsigned char)*expr) || *expr == '_';
	}
	return false;
}

static void check_reads(struct lint *x, uint32_t step, const char *expr)
{
	struct expr read;
	struct error e;

	if (!expr_read_all(expr, &read, &e))
		lint_error(x, 5, step, "%s: %s", expr, e.message);
}

static void check_fact(struct lint *x, uint32_t step, const char *expr)
{
	check_reads(x, step, expr);
	if (strstr(expr, "init_mm") && strstr(expr, "count"))
		lint_error(x, 5, step,
			   "%s: the count of init_mm is the machine's own",
			   expr);
	if (has_address(expr))
		lint_error(x, 5, step, "%s: no absolute addresses", expr);
	if (strchr(expr, '$'))
		lint_error(x, 5, step,
			   "%s: what was printed is the learner's own", expr);
}

/* CPU 0 is a name, not a number. */
static bool is_cpu(const char *text, const char *at)
{
	return at - text >= 4 && memcmp(at - 4, "CPU ", 4) == 0;
}

/* Is @number a word of @text? */
static bool says_number(const char *text, const char *number)
{
	size_t n = strlen(number);

	for (const char *at = text; text && (at = strstr(at, number)); at++)
		if ((at == text || !isalnum((unsigned char)at[-1])) &&
		    !isalnum((unsigned char)at[n]) && !is_cpu(text, at))
			return true;
	return false;
}

static void check_question(struct lint *x, uint32_t i, const struct step *s)
{
	check_fact(x, i, s->expr);
	if (!s->because)
		lint_error(x, 6, i, "a question needs a because");
	if (s->misconceptions == 0)
		lint_error(x, 6, i, "no wrong answer is spoken to");
	for (uint32_t n = 0; n < s->misconceptions; n++)
		check_reads(x, i, s->misconception[n].got);
	if (!s->expect)
		return;
	check_reads(x, i, s->expect);
	if (says_number(s->text, s->expect) ||
	    (i > 0 && says_number(s[-1].text, s->expect)))
		lint_error(x, 6, i,
			   "the answer, %s, stands in the text before it",
			   s->expect);
}

void lint_facts(struct lint *x)
{
	for (uint32_t i = 0; i < x->l->steps; i++) {
		const struct step *s = &x->l->step[i];

		if (s->kind == STEP_PREDICT)
			check_question(x, i, s);
		for (uint32_t f = 0; f < s->facts; f++) {
			check_fact(x, i, s->fact[f].expr);
			if (s->fact[f].now)
				check_reads(x, i, s->fact[f].now);
		}
	}
}
