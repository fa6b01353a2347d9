/*
 * do_trial.c - lesson test NAME --seeds=0..99
 */
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "course/library.h"
#include "course/trial.h"
#include "session/keep.h"
#include "session/show.h"

enum { SEEDS_MAX = 10000 };

struct report {
	struct amm *a;
	uint32_t seed, faults; /* of this seed */
	bool loaded;
};

static bool read_number(const char **at, uint32_t *number)
{
	char *end;
	unsigned long n = strtoul(*at, &end, 10);

	if (**at < '0' || **at > '9' || n > UINT32_MAX - 1)
		return false;
	*number = (uint32_t)n;
	*at = end;
	return true;
}

/* 0..99, or one number */
static bool read_seeds(const struct call *c, uint32_t *first, uint32_t *last,
		       struct error *e)
{
	const struct arg *x = call_flag(c, "--seeds");
	const char *at = x ? x->text : "";

	*first = 0;
	*last = 99;
	if (!x)
		return true;
	if (read_number(&at, first)) {
		*last = *first;
		if (strncmp(at, "..", 2) == 0 && (at += 2))
			(void)(read_number(&at, last) || (at = "-"));
		if (*at == '\0' && *last >= *first &&
		    *last - *first < SEEDS_MAX)
			return true;
	}
	error_set(e, STATUS_FLAG_VALUE, "--seeds takes two numbers: 0..99");
	error_at(e, x->column, x->length);
	error_hint(e, "at most %d seeds", SEEDS_MAX);
	return false;
}

static void begin_seed(struct report *r)
{
	if (r->a->form == FORM_JSON)
		text_addf(&r->a->members, "%s{\"seed\":%u,\"faults\":[",
			  r->loaded ? "," : "", r->seed);
	r->faults = 0;
	r->loaded = true;
}

static void end_seed(struct report *r)
{
	if (r->a->form == FORM_JSON)
		text_add(&r->a->members, "]}");
	else if (r->faults == 0)
		text_addf(&r->a->out, "seed %u: ok\n", r->seed);
}

static void say_fault(struct trial *x, uint32_t step, const char *what)
{
	struct report *r = x->context;
	struct text line = { 0 };

	if (step != UINT32_MAX)
		text_addf(&line, "step %u: ", step + 1);
	text_add(&line, what);
	if (r->a->form == FORM_JSON) {
		text_add(&r->a->members, r->faults ? "," : "");
		show_quoted(&r->a->members, text_string(&line));
	} else {
		text_addf(&r->a->out, "seed %u: ", r->seed);
		escape_text(&r->a->out, text_string(&line), line.length);
		text_add(&r->a->out, "\n");
	}
	r->faults++;
	text_free(&line);
}

static bool try_seed(struct trial *x, const char *name, struct error *e)
{
	struct report *r = x->context;
	struct lesson *l = lesson_load(r->a, name, r->seed, e);

	if (!l)
		return false;
	begin_seed(r);
	trial_lesson(x, l);
	end_seed(r);
	return true;
}

static void say_total(struct amm *a, const struct trial *x, uint32_t seeds)
{
	if (a->form == FORM_JSON)
		text_addf(&a->members, "],\"count\":%u,\"total\":%u", seeds,
			  x->faults);
	else
		text_addf(&a->out, "%u seed%s, %u fault%s\n", seeds,
			  seeds == 1 ? "" : "s", x->faults,
			  x->faults == 1 ? "" : "s");
	if (x->faults > 0)
		keep_outcome(a, OUTCOME_NO);
	if (a->interrupted)
		keep_outcome(a, OUTCOME_INTERRUPTED);
}

bool do_trial(struct amm *a, const struct call *c, struct error *e)
{
	struct report r = { .a = a };
	struct trial x = { .fault = say_fault, .context = &r };
	uint32_t first, last, seeds = 0;
	bool ok = true;

	if (!read_seeds(c, &first, &last, e) || !trial_open(&x, a, e))
		return false;
	text_add(&a->members, a->form == FORM_JSON ? ",\"seeds\":[" : "");
	for (r.seed = first; ok && r.seed <= last && !a->interrupted;
	     r.seed++) {
		ok = try_seed(&x, c->arg[1].text, e);
		seeds += ok;
	}
	if (ok)
		say_total(a, &x, seeds);
	else
		text_clear(&a->members);
	trial_close(&x);
	return ok;
}
