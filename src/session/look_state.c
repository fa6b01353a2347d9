/*
 * look_state.c - ps, task, mm, runq, info cpus, print
 */
#include <string.h>

#include "base/escape.h"
#include "session/fields.h"
#include "session/held.h"
#include "session/keep.h"
#include "session/look.h"
#include "session/names.h"
#include "session/resolve.h"
#include "session/say.h"
#include "session/show.h"
#include "session/state.h"
#include "session/suggest.h"

enum { KEY_PID = 1, KEY_FIRST = 0 };

void look_tasks(struct amm *a, const struct chosen_tasks *only)
{
	struct world *before = look_before(a);
	struct table t, old;

	state_tasks(&t, amm_live(a), only);
	if (before) {
		state_tasks(&old, before, only);
		table_mark(&t, &old, KEY_PID);
		text_free(&old.cells);
	}
	look_table(a, &t);
	history_drop(before);
}

void look_mms(struct amm *a)
{
	struct world *before = look_before(a);
	struct table t, old;

	state_mms(&t, amm_live(a));
	if (before) {
		state_mms(&old, before);
		table_mark(&t, &old, KEY_FIRST);
		text_free(&old.cells);
	}
	look_table(a, &t);
	history_drop(before);
}

void look_cpus(struct amm *a)
{
	struct world *before = look_before(a);
	struct table t, old;

	state_cpus(&t, amm_live(a), a->program);
	if (before) {
		state_cpus(&old, before, a->program);
		table_mark(&t, &old, KEY_FIRST);
		text_free(&old.cells);
	}
	look_table(a, &t);
	history_drop(before);
}

bool look_ps(struct amm *a, const struct call *c, struct error *e)
{
	task_id task[CALL_ARGS_MAX];
	struct chosen_tasks only = { .kernel = call_flag(c, "-k") != NULL,
				     .user = call_flag(c, "-u") != NULL,
				     .running = call_flag(c, "-r") != NULL,
				     .task = task,
				     .tasks = c->args };

	for (unsigned i = 0; i < c->args; i++)
		if (!names_task(a, &c->arg[i], &task[i], e))
			return false;
	look_tasks(a, &only);
	return true;
}

bool look_runq(struct amm *a, const struct call *c, struct error *e)
{
	const struct arg *flag = call_flag(c, "-c");
	cpu_id cpu = CPU_NONE;
	struct table t;

	if (flag && !names_cpu(a, flag, &cpu, e))
		return false;
	state_runq(&t, amm_live(a), cpu);
	look_table(a, &t);
	return true;
}

bool look_info_cpus(struct amm *a, const struct call *c, struct error *e)
{
	(void)c;
	(void)e;
	look_cpus(a);
	return true;
}

/* --- the fields of one thing ---------------------------------------------- */

static void add_value(struct amm *a, struct text *out, const struct value *v)
{
	struct text said = { 0 };

	say_value(&said, amm_live(a), v);
	if (a->form != FORM_JSON) {
		escape_text(out, text_string(&said), said.length);
	} else if (v->kind == VALUE_NULL) {
		text_add(out, "null");
	} else if (v->kind == VALUE_NUMBER) {
		text_add(out, text_string(&said));
	} else {
		show_quoted(out, text_string(&said));
	}
	text_free(&said);
}

/* A mask is a list of CPUs: as a number it would end at CPU 63. */
static bool is_mask(const char *name, const struct value *thing)
{
	return thing->kind == VALUE_MM && strcmp(name, "mm_cpumask") == 0;
}

static void add_mask(struct amm *a, struct text *out, const struct value *mm)
{
	text_add(out, a->form == FORM_JSON ? "\"" : "");
	state_mask(out, amm_live(a), (mm_id)mm->number);
	text_add(out, a->form == FORM_JSON ? "\"" : "");
}

/* Adds field @name of @thing: a line, or a JSON member. */
static bool add_field(struct amm *a, struct text *out, const char *name,
		      const struct value *thing, struct error *e)
{
	bool mask = is_mask(name, thing);
	struct value v = *thing;

	if (!mask && !field_get(amm_live(a), name, &v, e))
		return false;
	if (a->form == FORM_JSON)
		text_addf(out, ",\"%s\":", name);
	else if (a->form == FORM_PLAIN)
		text_addf(out, "%s: ", name);
	else
		text_addf(out, "  %-13s  ", name);
	if (mask)
		add_mask(a, out, thing);
	else
		add_value(a, out, &v);
	if (a->form != FORM_JSON)
		text_add(out, "\n");
	return true;
}

/* The fields named in @list, with commas between; all when it is NULL. */
static bool add_fields(struct amm *a, struct text *out, const char *list,
		       const struct value *thing, struct error *e)
{
	if (!list) {
		const char *name;

		for (unsigned i = 0;
		     (name = field_name(amm_live(a), thing->kind, i)); i++)
			if (!add_field(a, out, name, thing, e))
				return false;
		return true;
	}
	for (;;) {
		char name[SUGGEST_BYTES];
		size_t n = strcspn(list, ",");

		text_cut_to(name, n + 1 < sizeof name ? n + 1 : sizeof name,
			    list);
		if (!add_field(a, out, name, thing, e))
			return false;
		if (!list[n])
			return true;
		list += n + 1;
	}
}

static void say_head(struct amm *a, const char *kind, uint32_t number,
		     const struct text *name)
{
	if (a->form != FORM_JSON)
		text_addf(&a->out, "%s %u %s\n", kind, number,
			  text_string(name));
}

/* The members of @body begin with a comma. */
static void say_body(struct amm *a, const char *key, const struct text *body)
{
	struct text members = { 0 };

	if (a->form != FORM_JSON) {
		text_add(&a->out, text_string(body));
		return;
	}
	text_addf(&members, ",\"%s\":{%s}", key, text_string(body) + 1);
	say_json(a, text_string(&members));
	text_free(&members);
}

bool look_task(struct amm *a, const struct call *c, struct error *e)
{
	const struct arg *only = call_flag(c, "-R");
	task_id t = world_cpu(amm_live(a), a->cpu)->current;
	struct text name = { 0 }, body = { 0 };
	struct value v;
	bool ok;

	if (c->args && !names_task(a, &c->arg[0], &t, e))
		return false;
	value_set_object(&v, VALUE_TASK, t);
	ok = add_fields(a, &body, only ? only->text : NULL, &v, e);
	if (ok) {
		show_comm(&name, amm_live(a), t);
		say_head(a, "task", world_task_shown(amm_live(a), t)->pid,
			 &name);
		say_body(a, "task", &body);
	} else if (only) {
		error_at(e, only->column, only->length);
	}
	text_free(&name);
	text_free(&body);
	return ok;
}

/* --- mm ------------------------------------------------------------------- */

/* 2.2: the one count is kept as mm_users. */
static uint32_t unit_of(const struct world *w, uint32_t unit)
{
	return has_one_count(w) ? OWNS_USER : unit;
}

static void add_holders(struct amm *a, struct text *out, mm_id mm)
{
	static const struct {
		uint32_t unit;
		const char *name;
	} kinds[] = { { OWNS_USER, "users" }, { OWNS_COUNT, "holders" } };

	for (size_t i = has_one_count(amm_live(a)); i < 2; i++) {
		struct text who = { 0 };

		state_holders(&who, amm_live(a), mm,
			      unit_of(amm_live(a), kinds[i].unit));
		if (a->form == FORM_JSON) {
			text_addf(out, ",\"%s\":", kinds[i].name);
			show_quoted(out, text_string(&who));
		} else if (a->form == FORM_PLAIN) {
			text_addf(out, "%s: %s\n", kinds[i].name,
				  text_string(&who));
		} else {
			text_addf(out, "  %-13s  ", kinds[i].name);
			show_wrapped(out, text_string(&who), 17, look_width(a));
			text_add(out, "\n");
		}
		text_free(&who);
	}
}

static bool say_mm(struct amm *a, mm_id mm, struct error *e)
{
	struct text body = { 0 };
	struct value v;
	bool ok;

	value_set_object(&v, VALUE_MM, mm);
	ok = add_fields(a, &body, NULL, &v, e);
	add_holders(a, &body, mm);
	if (a->form == FORM_JSON) {
		struct text members = { 0 };

		text_add(&members, ",\"mm\":\"");
		show_mm(&members, amm_live(a), mm);
		text_addf(&members, "\"%s", text_string(&body));
		say_json(a, text_string(&members));
		text_free(&members);
	} else {
		show_mm(&a->out, amm_live(a), mm);
		text_addf(&a->out, "\n%s", text_string(&body));
	}
	text_free(&body);
	return ok;
}

bool look_mm(struct amm *a, const struct call *c, struct error *e)
{
	bool book = call_flag(c, "--ledger") != NULL;
	mm_id mm[CALL_ARGS_MAX];

	for (unsigned i = 0; i < c->args; i++)
		if (!names_mm(a, &c->arg[i], &mm[i], e))
			return false;
	if (!c->args)
		look_mms(a);
	for (unsigned i = 0; i < c->args; i++) {
		if (!say_mm(a, mm[i], e))
			return false;
		if (book &&
		    !look_ledger_of(
			    a, world_mm_shown(amm_live(a), mm[i])->serial, e))
			return false;
	}
	return c->args || !book || look_ledger_of(a, UINT32_MAX, e);
}

/* --- print ---------------------------------------------------------------- */

bool look_print(struct amm *a, const struct call *c, struct error *e)
{
	struct expr x;
	struct value v;
	struct text said = { 0 };

	if (!expr_read_all(c->arg[0].text, &x, e) ||
	    !resolve_here(a, &x, &v, e)) {
		e->column += c->arg[0].column;
		return false;
	}
	keep_new_value(a, &v);
	if (v.kind == VALUE_NUMBER && a->form != FORM_JSON &&
	    a->settings.value[SET_RADIX] == RADIX_16)
		text_addf(&said, "0x%llx", (unsigned long long)v.number);
	else
		add_value(a, &said, &v);
	if (a->form == FORM_JSON) {
		struct text members = { 0 };

		text_addf(&members, ",\"number\":%llu,\"value\":%s",
			  (unsigned long long)a->shelf->values,
			  text_string(&said));
		say_json(a, text_string(&members));
		text_free(&members);
	} else {
		text_addf(&a->out, "$%llu = %s\n",
			  (unsigned long long)a->shelf->values,
			  text_string(&said));
	}
	text_free(&said);
	return true;
}
