/*
 * do_truth.c - assert, invariant, predict
 */
#include <string.h>

#include "session/commands.h"
#include "session/keep.h"
#include "session/resolve.h"
#include "session/say.h"
#include "session/show.h"

bool do_assert(struct amm *a, const struct call *c, struct error *e)
{
	struct expr x;
	struct value v;

	if (!expr_read_all(c->arg[0].text, &x, e) ||
	    !resolve_here(a, &x, &v, e))
		return false;
	if (value_truth(&v)) {
		if (a->form == FORM_JSON)
			say_json(a, ",\"holds\":true");
		return true;
	}
	keep_outcome(a, OUTCOME_NO);
	if (a->form == FORM_JSON) {
		say_json(a, ",\"holds\":false");
		return true;
	}
	text_addf(&a->out, "assert failed: %s\n", c->arg[0].text);
	if (c->args > 1)
		text_addf(&a->out, "  %s\n", c->arg[1].text);
	return true;
}

/* --- invariants ----------------------------------------------------------- */

static struct rule *find_rule(struct amm *a, const char *name)
{
	for (uint32_t i = 0; i < a->shelf->rules; i++)
		if (strcmp(a->shelf->rule[i].name, name) == 0)
			return &a->shelf->rule[i];
	return NULL;
}

static bool switch_invariant(struct amm *a, const struct call *c, bool on,
			     struct error *e)
{
	const char *name = c->arg[0].text;
	struct rule *r = find_rule(a, name);

	if (r) {
		r->on = on;
		return true;
	}
	for (uint32_t i = 0; i < invariant_count(); i++) {
		uint64_t bit = (uint64_t)1 << i;

		if (strcmp(invariant_name(i), name) != 0)
			continue;
		a->invariants = on ? a->invariants | bit : a->invariants & ~bit;
		return true;
	}
	error_set(e, STATUS_NO_SUCH_INVARIANT, "there is no invariant '%s'",
		  name);
	error_at(e, c->arg[0].column, c->arg[0].length);
	error_hint(e, "invariant list shows them");
	return false;
}

bool do_invariant_on(struct amm *a, const struct call *c, struct error *e)
{
	return switch_invariant(a, c, true, e);
}

bool do_invariant_off(struct amm *a, const struct call *c, struct error *e)
{
	return switch_invariant(a, c, false, e);
}

bool do_invariant_add(struct amm *a, const struct call *c, struct error *e)
{
	struct shelf *s = a->shelf;
	struct rule rule = { .on = true }, *r = find_rule(a, c->arg[0].text);
	struct value v;

	if (!expr_read_all(c->arg[1].text, &rule.expr, e) ||
	    !resolve_here(a, &rule.expr, &v, e))
		return false;
	if (!r && s->rules == RULES_MAX) {
		error_set(e, STATUS_NO_ROOM, "there are %d rules already",
			  RULES_MAX);
		error_hint(e, "an existing name replaces its rule");
		return false;
	}
	text_cut_to(rule.name, sizeof rule.name, c->arg[0].text);
	text_cut_to(rule.text, sizeof rule.text, c->arg[1].text);
	rule.broken = !value_truth(&v);
	*(r ? r : &s->rule[s->rules++]) = rule;
	if (a->form == FORM_JSON)
		say_json(a,
			 rule.broken ? ",\"holds\":false" : ",\"holds\":true");
	else if (rule.broken)
		text_addf(&a->out, "note: it does not hold now: %s\n",
			  rule.text);
	return true;
}

static void list_one(struct amm *a, const char *name, bool on,
		     const char *sentence, bool *first)
{
	if (a->form == FORM_JSON) {
		text_addf(&a->out, "%s{\"name\":", *first ? "" : ",");
		show_quoted(&a->out, name);
		text_addf(&a->out,
			  ",\"on\":%s,\"text\":", on ? "true" : "false");
		show_quoted(&a->out, sentence);
		text_add(&a->out, "}");
	} else if (a->form == FORM_PLAIN) {
		text_addf(&a->out, "%s: %s. %s.\n", name, on ? "on" : "off",
			  sentence);
	} else {
		text_addf(&a->out, "%-5s %-3s  %s\n", name, on ? "on" : "off",
			  sentence);
	}
	*first = false;
}

bool look_invariant_list(struct amm *a, const struct call *c, struct error *e)
{
	uint64_t on = a->invariants & ~a->program->profile.waived;
	bool first = true;

	(void)c;
	(void)e;
	if (a->form == FORM_JSON)
		text_add(&a->out, "{\"schema\":\"activemm/1\",\"ok\":true,"
				  "\"invariants\":[");
	for (uint32_t i = 0; i < invariant_count(); i++)
		list_one(a, invariant_name(i), on >> i & 1, invariant_text(i),
			 &first);
	for (uint32_t i = 0; i < a->shelf->rules; i++)
		list_one(a, a->shelf->rule[i].name, a->shelf->rule[i].on,
			 a->shelf->rule[i].text, &first);
	if (a->form == FORM_JSON)
		text_add(&a->out, "]}\n");
	return true;
}

/* --- predict -------------------------------------------------------------- */

bool do_predict(struct amm *a, const struct call *c, struct error *e)
{
	struct shelf *s = a->shelf;
	const struct arg *why = call_flag(c, "--");
	struct expr what, answer;
	struct value v;

	if (c->args < 2) {
		error_set(e, STATUS_MISSING_ARGUMENT,
			  "predict wants an expression and the value it will "
			  "have");
		error_hint(e, "a bare answer is for the question of a lesson");
		return false;
	}
	if (!expr_read_all(c->arg[0].text, &what, e) ||
	    !expr_read_all(c->arg[1].text, &answer, e) ||
	    !resolve_here(a, &what, &v, e) || !resolve_here(a, &answer, &v, e))
		return false;
	s->predicted = true;
	s->what = what;
	s->answer = answer;
	text_cut_to(s->what_text, sizeof s->what_text, c->arg[0].text);
	text_cut_to(s->answer_text, sizeof s->answer_text, c->arg[1].text);
	text_cut_to(s->reason, sizeof s->reason, why ? why->text : "");
	if (a->form == FORM_JSON) {
		say_json(a, ",\"locked\":true");
		return true;
	}
	text_addf(&a->out, "locked: after the next command, %s == %s\n",
		  s->what_text, s->answer_text);
	return true;
}
