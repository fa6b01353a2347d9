/* resolve.c - names, functions and fields of expressions, from a world */
#include "session/resolve.h"

#include <stddef.h>
#include <string.h>

#include "engine/step.h"
#include "session/names.h"
#include "session/session.h"
#include "session/suggest.h"

/* keep.c: value $N, 0 the last; false when there is none */
bool keep_value(const struct amm *a, uint64_t n, struct value *v);

struct sight {
	struct viewpoint view;
	const struct amm *session; /* who knows $N, or NULL */
};

/* What a field's word holds. */
enum holds { HOLDS_NUMBER, HOLDS_REF, HOLDS_TASK, HOLDS_NAME, HOLDS_MASK };

/* Where it is: in the struct, in its shown part, or nowhere (a mask). */
struct field {
	enum value_kind of;
	const char *name;
	enum holds holds;
	bool shown;
	uint8_t word;
};

#define WORD(type, member) (offsetof(struct type, member) / 4)
#define TASK(name, member, holds) \
	{ \
		VALUE_TASK, name, holds, false, WORD(task, member) \
	}
#define TASK_SHOWN(name, member, holds) \
	{ \
		VALUE_TASK, name, holds, true, WORD(task_shown, member) \
	}
#define MM(name, member) \
	{ \
		VALUE_MM, name, HOLDS_NUMBER, false, WORD(mm, member) \
	}
#define MM_SHOWN(name, member) \
	{ \
		VALUE_MM, name, HOLDS_NUMBER, true, WORD(mm_shown, member) \
	}
#define CPU(name, member, holds) \
	{ \
		VALUE_CPU, name, holds, false, WORD(cpu, member) \
	}

static const struct field fields[] = {
	TASK("mm", mm, HOLDS_REF),
	TASK("active_mm", active_mm, HOLDS_REF),
	TASK_SHOWN("pid", pid, HOLDS_NUMBER),
	TASK_SHOWN("tgid", tgid, HOLDS_NUMBER),
	TASK_SHOWN("comm", name, HOLDS_NAME),
	TASK_SHOWN("cpu", cpu, HOLDS_NUMBER),
	TASK("flags", flags, HOLDS_NUMBER),
	TASK("__state", state, HOLDS_NUMBER),
	TASK("exit_state", exit_state, HOLDS_NUMBER),
	TASK("on_cpu", on_cpu, HOLDS_NUMBER),
	TASK("on_rq", on_rq, HOLDS_NUMBER),
	TASK("real_parent", real_parent, HOLDS_TASK),
	MM("mm_users", mm_users),
	MM("mm_count", mm_count),
	{ VALUE_MM, "mm_cpumask", HOLDS_MASK, false, 0 },
	MM("mmap_lock", mmap_lock),
	MM("tlb_gen", tlb_gen),
	MM_SHOWN("ctx_id", ctx_id),
	CPU("curr", curr, HOLDS_TASK),
	CPU("current", current, HOLDS_TASK),
	CPU("idle", idle, HOLDS_TASK),
	CPU("loaded_mm", loaded_mm, HOLDS_REF),
	CPU("prev_mm", prev_mm, HOLDS_REF),
	CPU("is_lazy", is_lazy, HOLDS_NUMBER),
	CPU("online", online, HOLDS_NUMBER),
	CPU("irqs_off", irqs_off, HOLDS_NUMBER),
	CPU("preempt_count", preempt_count, HOLDS_NUMBER),
};

#undef TASK
#undef TASK_SHOWN
#undef MM
#undef MM_SHOWN
#undef CPU

#define FIELDS (sizeof fields / sizeof *fields)

static const char *const functions[] = {
	"task", "mm", "cpu", "current", "$lx_task_by_pid", "$lx_current",
};

#define FUNCTIONS (sizeof functions / sizeof *functions)

const char *resolve_field_name(enum value_kind kind, unsigned nth)
{
	for (size_t i = 0; i < FIELDS; i++)
		if (fields[i].of == kind && nth-- == 0)
			return fields[i].name;
	return NULL;
}

const char *resolve_function_name(unsigned nth)
{
	return nth < FUNCTIONS ? functions[nth] : NULL;
}

/* An id as a value; the id 0 is NULL. */
static void set_object(struct value *v, enum value_kind kind, uint32_t id)
{
	memset(v, 0, sizeof *v);
	v->kind = id == 0 ? VALUE_NULL : kind;
	v->number = id;
}

static void set_number(struct value *v, uint64_t number)
{
	memset(v, 0, sizeof *v);
	v->kind = VALUE_NUMBER;
	v->number = number;
}

/* $N, $ and $$ */
static bool past_value(const struct sight *s, const char *name,
		       struct value *out, struct error *e)
{
	uint64_t number = 0;
	bool known = name[1] == '\0' || lex_number(name + 1, &number);

	if (strcmp(name, "$$") == 0) {
		known = true;
		number = UINT64_MAX;
	}
	if (known && s->session != NULL && keep_value(s->session, number, out))
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
		if (!name_mm(&s->view, name, &id, e))
			return false;
		set_object(out, VALUE_MM, id);
	} else if (strncmp(name, "cpu", 3) == 0 &&
		   call_read_cpu(name, &number)) {
		if (!name_cpu(&s->view, number, &id, e))
			return false;
		set_number(out, id);
		out->kind = VALUE_CPU;
	} else {
		if (!name_task(&s->view, name, &id, e))
			return false;
		set_object(out, VALUE_TASK, id);
	}
	return true;
}

static bool wrong_argument(const char *function, const char *wanted,
			   struct error *e)
{
	error_set(e, STATUS_WRONG_KIND, "%s() takes %s", function, wanted);
	error_hint(e, "task(PID), mm(N), cpu(N), current(CPU)");
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
	set_object(v, VALUE_TASK, task_with_pid(s->view.world, v->number));
	return true;
}

/* mm(N): NULL when it is freed. */
static bool call_mm(const struct sight *s, struct value *v, struct error *e)
{
	if (v->kind == VALUE_MM)
		return true;
	if (v->kind != VALUE_NUMBER || v->number > UINT32_MAX)
		return wrong_argument("mm", "the 1 of mm1", e);
	set_object(v, VALUE_MM,
		   mm_with_serial(s->view.world, (uint32_t)v->number));
	return true;
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
		set_object(v, VALUE_TASK,
			   world_cpu(s->view.world, cpu)->current);
	return true;
}

static bool unknown_function(const char *function, struct error *e)
{
	struct suggest s;
	char phrase[SUGGEST_PHRASE];

	suggest_init(&s, function, strlen(function));
	for (size_t i = 0; i < FUNCTIONS; i++)
		suggest_offer(&s, functions[i]);
	suggest_phrase(&s, phrase);
	error_set(e, STATUS_UNKNOWN_FUNCTION, "there is no function %s()",
		  function);
	error_hint(e, "%s",
		   phrase[0] != '\0'
			   ? phrase
			   : "task(PID), mm(N), cpu(N), current(CPU)");
	return false;
}

static bool call_function(const void *context, const char *function,
			  struct value *values, unsigned count, struct error *e)
{
	const struct sight *s = context;

	if (strcmp(function, "$lx_current") == 0) {
		if (count != 0)
			return wrong_argument(function, "nothing", e);
		set_object(values, VALUE_TASK,
			   world_cpu(s->view.world, s->view.cpu)->current);
		return true;
	}
	if (strcmp(function, "task") != 0 && strcmp(function, "mm") != 0 &&
	    strcmp(function, "cpu") != 0 && strcmp(function, "current") != 0 &&
	    strcmp(function, "$lx_task_by_pid") != 0)
		return unknown_function(function, e);
	if (count != 1)
		return wrong_argument(function, "one argument", e);
	if (strcmp(function, "mm") == 0)
		return call_mm(s, values, e);
	if (function[0] == 'c')
		return call_cpu(s, function, values, e);
	return call_task(s, function, values, e);
}

static bool no_such_field(const char *name, const struct value *object,
			  struct error *e)
{
	static const char *const things[] = { [VALUE_TASK] = "a task",
					      [VALUE_MM] = "an mm",
					      [VALUE_CPU] = "a CPU" };
	struct suggest s;
	char phrase[SUGGEST_PHRASE];

	suggest_init(&s, name, strlen(name));
	for (size_t i = 0; i < FIELDS; i++)
		if (fields[i].of == object->kind)
			suggest_offer(&s, fields[i].name);
	suggest_phrase(&s, phrase);
	error_set(e, STATUS_NO_SUCH_FIELD, "%s has no field %s",
		  things[object->kind], name);
	error_hint(e, "%s%s'help expressions' lists them", phrase,
		   phrase[0] != '\0' ? "  " : "");
	return false;
}

static const uint32_t *field_words(const struct world *w, const struct field *f,
				   uint32_t id)
{
	if (f->of == VALUE_CPU)
		return (const uint32_t *)world_cpu(w, id) + f->word;
	if (f->of == VALUE_MM && f->shown)
		return (const uint32_t *)world_mm_shown(w, id) + f->word;
	if (f->of == VALUE_MM)
		return (const uint32_t *)world_mm(w, id) + f->word;
	if (f->shown)
		return (const uint32_t *)world_task_shown(w, id) + f->word;
	return (const uint32_t *)world_task(w, id) + f->word;
}

/* A number holds 64 CPUs; more cannot be shown in one. */
static bool read_mask(const struct world *w, struct value *v, struct error *e)
{
	const uint32_t *mask = mm_cpumask(w, (mm_id)v->number);
	uint64_t bits = mask[0];

	if (w->mask_words > 1)
		bits |= (uint64_t)mask[1] << 32;
	if (mask_next(mask, w->max.cpus, 64) < w->max.cpus)
		return error_set(e, STATUS_OUT_OF_RANGE,
				 "this mask holds CPUs above 63");
	set_number(v, bits);
	return true;
}

static bool read_field(const struct world *w, const struct field *f,
		       struct value *v, struct error *e)
{
	const uint32_t *words = field_words(w, f, (uint32_t)v->number);

	switch (f->holds) {
	case HOLDS_REF:
		set_object(v, VALUE_MM, ref_mm(*words));
		return true;
	case HOLDS_TASK:
		set_object(v, VALUE_TASK, *words);
		return true;
	case HOLDS_NAME:
		memset(v, 0, sizeof *v);
		v->kind = VALUE_TEXT;
		name_unpack(v->text, words, NAME_WORDS);
		return true;
	case HOLDS_MASK:
		return read_mask(w, v, e);
	default:
		set_number(v, *words);
		return true;
	}
}

static bool find_field(const void *context, const char *name,
		       struct value *object, struct error *e)
{
	const struct sight *s = context;
	const struct world *w = s->view.world;

	/* 100.mm: a number with a field is a PID. */
	if (object->kind == VALUE_NUMBER) {
		uint64_t pid = object->number;

		set_object(object, VALUE_TASK, task_with_pid(w, pid));
		if (object->kind == VALUE_NULL)
			return error_set(e, STATUS_NO_SUCH_TASK,
					 "no task has PID %llu",
					 (unsigned long long)pid);
	}
	if (object->kind == VALUE_TEXT)
		return error_set(e, STATUS_WRONG_KIND, "a text has no fields");
	if (object->kind == VALUE_MM && object->number >= w->max.mms)
		return error_set(e, STATUS_NULL_POINTER,
				 "LOADED_MM_SWITCHING has no field %s", name);
	if (object->kind == VALUE_MM && strcmp(name, "context") == 0)
		return true; /* context.tlb_gen: the fields are shown as one */
	for (size_t i = 0; i < FIELDS; i++)
		if (fields[i].of == object->kind &&
		    strcmp(fields[i].name, name) == 0)
			return read_field(w, &fields[i], object, e);
	return no_such_field(name, object, e);
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
	set_number(object, object->number >> index & 1);
	return true;
}

static bool eval(const struct expr *x, const struct sight *s,
		 struct value *result, struct error *e)
{
	const struct resolver r = { s, find_name, call_function, find_field,
				    find_index };

	return expr_eval(x, &r, result, e);
}

bool resolve_eval(const struct expr *x, const struct world *world,
		  const struct program *program, cpu_id cpu,
		  struct value *result, struct error *e)
{
	const struct sight s = { { world, cpu }, NULL };

	(void)program;
	return eval(x, &s, result, e);
}

bool resolve_here(const struct amm *a, const struct expr *x,
		  struct value *result, struct error *e)
{
	const struct sight s = { { amm_live(a), a->cpu }, a };

	return eval(x, &s, result, e);
}
