/* resolve.c - names, functions and fields of expressions, from a world */
#include "session/resolve.h"

#include <string.h>

#include "session/fields.h"
#include "session/happened.h"
#include "session/keep.h"
#include "session/names.h"
#include "session/suggest.h"

struct sight {
	struct viewpoint view;
	const struct amm *session; /* who knows $N, or NULL */
};

/* $N, $ and $$; 0 is the last */
static bool read_number(const struct sight *s, const char *name,
			uint64_t *number)
{
	*number = 0;
	if (s->session == NULL)
		return false;
	if (strcmp(name, "$$") == 0) {
		*number = s->session->shelf->values - 1;
		return s->session->shelf->values > 1;
	}
	return name[1] == '\0' || (lex_number(name + 1, number) && *number > 0);
}

static bool past_value(const struct sight *s, const char *name,
		       struct value *out, struct error *e)
{
	uint64_t number;

	if (read_number(s, name, &number) &&
	    keep_value(s->session, number, out))
		return true;
	error_set(e, STATUS_NO_SUCH_VALUE, "there is no value %s", name);
	error_hint(e, "'print' numbers its values: $1, $2; $ is the last, $$ "
		      "the one before");
	return false;
}

static bool find_name(const void *context, const char *name, struct value *out,
		      struct error *e)
{
	const struct sight *s = context;
	uint64_t number;
	uint32_t id;
	bool is_mm =
		strncmp(name, "mm", 2) == 0 && lex_number(name + 2, &number);

	if (strcmp(name, "NULL") == 0)
		return true;
	if (name[0] == '$')
		return past_value(s, name, out, e);
	if (is_mm || strcmp(name, "init_mm") == 0) {
		if (!name_mm_serial(&s->view, name, &id, e))
			return false;
		happened_mm(s->view.world, id, out);
	} else if (strncmp(name, "cpu", 3) == 0 &&
		   call_read_cpu(name, &number)) {
		if (!name_cpu(&s->view, number, &id, e))
			return false;
		value_set_number(out, id);
		out->kind = VALUE_CPU;
	} else {
		if (!name_task(&s->view, name, &id, e))
			return false;
		value_set_object(out, VALUE_TASK, id);
	}
	return true;
}

static bool wrong_argument(const char *function, const char *wanted,
			   struct error *e)
{
	error_set(e, STATUS_WRONG_KIND, "%s() takes %s", function, wanted);
	error_hint(e, "see 'help expressions'");
	return false;
}

/* task(PID): no such task is NULL, as in the kernel's scripts for gdb. */
static bool call_task(const struct sight *s, const char *function,
		      struct value *v, struct error *e)
{
	if (v->kind == VALUE_TASK)
		return true;
	if (v->kind != VALUE_NUMBER)
		return wrong_argument(function, "a PID", e);
	value_set_object(v, VALUE_TASK,
			 task_with_pid(s->view.world, v->number));
	return true;
}

/* mm(N), or mm(TASK): the one it has, or had last. */
static bool call_mm(const struct sight *s, struct value *v, struct error *e)
{
	if (v->kind == VALUE_MM || v->kind == VALUE_FREED)
		return true;
	if (v->kind == VALUE_TASK)
		return happened_mm_of(&s->view, v);
	if (v->kind != VALUE_NUMBER || v->number > UINT32_MAX)
		return wrong_argument("mm", "the 1 of mm1, or a task", e);
	happened_mm(s->view.world, (uint32_t)v->number, v);
	return true;
}

static bool call_name(const struct sight *s, struct value *v, struct error *e)
{
	if (v->kind != VALUE_TASK)
		return wrong_argument("name", "a task", e);
	return field_get(s->view.world, "comm", v, e);
}

static bool call_cpu(const struct sight *s, const char *function,
		     struct value *v, struct error *e)
{
	cpu_id cpu;

	if (v->kind != VALUE_NUMBER && v->kind != VALUE_CPU)
		return wrong_argument(function, "a CPU", e);
	if (!name_cpu(&s->view, v->number, &cpu, e))
		return false;
	if (strcmp(function, "cpu") == 0)
		v->kind = VALUE_CPU;
	else
		value_set_object(v, VALUE_TASK,
				 world_cpu(s->view.world, cpu)->current);
	return true;
}

static bool unknown_function(const char *function, struct error *e)
{
	struct suggest s;
	char phrase[SUGGEST_PHRASE];

	suggest_init(&s, function, strlen(function));
	for (unsigned i = 0; function_name(i) != NULL; i++)
		suggest_offer(&s, function_name(i));
	suggest_phrase(&s, phrase);
	error_set(e, STATUS_UNKNOWN_FUNCTION, "there is no function %s()",
		  function);
	error_hint(e, "%s",
		   phrase[0] != '\0' ? phrase : "see 'help expressions'");
	return false;
}

static bool call_function(const void *context, const char *function,
			  struct value *values, unsigned count, struct error *e)
{
	const struct sight *s = context;

	if (strcmp(function, "$lx_current") == 0) {
		if (count != 0)
			return wrong_argument(function, "nothing", e);
		value_set_object(
			values, VALUE_TASK,
			world_cpu(s->view.world, s->view.cpu)->current);
		return true;
	}
	if (happened_knows(function))
		return happened_call(&s->view, function, values, count, e);
	if (strcmp(function, "task") != 0 && strcmp(function, "mm") != 0 &&
	    strcmp(function, "cpu") != 0 && strcmp(function, "current") != 0 &&
	    strcmp(function, "name") != 0 &&
	    strcmp(function, "$lx_task_by_pid") != 0)
		return unknown_function(function, e);
	if (count != 1)
		return wrong_argument(function, "one argument", e);
	if (strcmp(function, "mm") == 0)
		return call_mm(s, values, e);
	if (strcmp(function, "name") == 0)
		return call_name(s, values, e);
	if (function[0] == 'c')
		return call_cpu(s, function, values, e);
	return call_task(s, function, values, e);
}

/* A freed mm has no words any more; its counts are known to have ended at 0. */
static bool freed_field(const char *name, struct value *v, struct error *e)
{
	static const char *const zeros[] = { "mm_users", "mm_count",
					     "holders" };
	bool zero = false;

	for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++)
		zero |= strcmp(zeros[i], name) == 0;
	if (!zero && strcmp(name, "freed") != 0) {
		error_set(e, STATUS_NO_SUCH_MM, "mm%llu is freed",
			  (unsigned long long)v->number);
		error_hint(e, "what can still be asked: freed, mm_users, "
			      "mm_count, holders");
		return false;
	}
	value_set_number(v, !zero);
	return true;
}

static bool find_field(const void *context, const char *name,
		       struct value *object, struct error *e)
{
	const struct sight *s = context;
	const struct world *w = s->view.world;

	/* 100.mm: a number with a field is a PID. */
	if (object->kind == VALUE_NUMBER) {
		uint64_t pid = object->number;

		value_set_object(object, VALUE_TASK, task_with_pid(w, pid));
		if (object->kind == VALUE_NULL)
			return error_set(e, STATUS_NO_SUCH_TASK,
					 "no task has PID %llu",
					 (unsigned long long)pid);
	}
	if (object->kind == VALUE_TEXT)
		return error_set(e, STATUS_WRONG_KIND, "a text has no fields");
	if (object->kind == VALUE_FREED)
		return freed_field(name, object, e);
	if (object->kind == VALUE_MM && strcmp(name, "freed") == 0) {
		value_set_number(object, 0);
		return true;
	}
	if (object->kind == VALUE_TASK && strcmp(name, "name") == 0)
		name = "comm";
	if (object->kind == VALUE_MM && object->number >= w->max.mms)
		return error_set(e, STATUS_NULL_POINTER,
				 "LOADED_MM_SWITCHING has no field %s", name);
	if (object->kind == VALUE_MM && strcmp(name, "context") == 0)
		return true; /* context.tlb_gen: the fields are shown as one */
	return field_get(w, name, object, e);
}

/* mm1.mm_cpumask[1]: one bit */
static bool find_index(const void *context, uint64_t index,
		       struct value *object, struct error *e)
{
	(void)context;
	if (object->kind != VALUE_NUMBER)
		return error_set(e, STATUS_WRONG_KIND,
				 "only a mask or a number has parts");
	if (index > 63)
		return error_set(e, STATUS_OUT_OF_RANGE,
				 "a number has bits 0 to 63");
	value_set_number(object, object->number >> index & 1);
	return true;
}

static bool eval(const struct expr *x, const struct sight *s,
		 struct value *result, struct error *e)
{
	const struct resolver r = { s, find_name, call_function, find_field,
				    find_index };

	return expr_eval(x, &r, result, e);
}

bool resolve_eval(const struct expr *x, const struct viewpoint *v,
		  struct value *result, struct error *e)
{
	const struct sight s = { *v, NULL };

	return eval(x, &s, result, e);
}

bool resolve_here(const struct amm *a, const struct expr *x,
		  struct value *result, struct error *e)
{
	const struct sight s = { { amm_live(a), a->cpu, a }, a };

	return eval(x, &s, result, e);
}
