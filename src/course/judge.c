/*
 * judge.c - do the facts of a task hold?
 */
#include "course/judge.h"

#include "session/resolve.h"

bool judge_value(const struct amm *a, const char *raw, struct value *out,
		 struct error *e)
{
	const struct course *c = a->course;
	struct text source = { 0 };
	struct expr x;
	bool ok;

	label_expr(c->lesson, &c->bound, raw, &source);
	ok = expr_read_all(text_string(&source), &x, e) &&
	     resolve_here(a, &x, out, e);
	text_free(&source);
	return ok;
}

bool judge_holds(const struct amm *a, const char *raw)
{
	struct value v;
	struct error ignored;

	return judge_value(a, raw, &v, &ignored) && value_truth(&v);
}

uint32_t judge_count(const struct amm *a, const struct step *s, bool optional)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < s->facts; i++)
		n += s->fact[i].optional == optional &&
		     judge_holds(a, s->fact[i].expr);
	return n;
}

bool judge_solved(const struct amm *a, const struct step *s)
{
	for (uint32_t i = 0; i < s->facts; i++)
		if (!s->fact[i].optional && !judge_holds(a, s->fact[i].expr))
			return false;
	return true;
}

uint32_t judge_points(const struct amm *a, const struct step *s)
{
	uint32_t points = 0;

	for (uint32_t i = 0; i < s->facts; i++)
		if (judge_holds(a, s->fact[i].expr))
			points += s->fact[i].points;
	return points;
}
