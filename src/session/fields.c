/* fields.c - the fields that tasks, mms and CPUs have in expressions */
#include "session/fields.h"

#include <stddef.h>
#include <string.h>

#include "engine/step.h"
#include "engine/world_alpha.h"
#include "session/error.h"
#include "session/held.h"
#include "session/show.h"
#include "session/suggest.h"

/* What a field's word holds. */
enum holds {
	HOLDS_NUMBER,
	HOLDS_REF,
	HOLDS_MM,
	HOLDS_TASK,
	HOLDS_NAME,
	HOLDS_MASK,
	HOLDS_HOLDERS /* no word: they are counted */
};

/* In which struct it is; the last are there only on an Alpha. */
enum part { PART_ITSELF, PART_SHOWN, PART_ALPHA };

/*
 * Who has it: what is x86's is never listed on an Alpha; OF_NEW has each
 * kernel but 2.2, and OF_2_2 that alone (engine/path_2_2.c).
 */
enum machine { OF_ALL, OF_NEW, OF_X86, OF_ALPHA, OF_2_2 };

struct field {
	enum value_kind of;
	const char *name;
	enum holds holds;
	enum part part;
	uint8_t word;
	enum machine machine;
};

#define WORD(type, member) (offsetof(struct type, member) / 4)
#define TASK(name, member, holds, machine) \
	{ \
		VALUE_TASK, name, holds, PART_ITSELF, WORD(task, member), \
			machine \
	}
#define TASK_SHOWN(name, member, holds) \
	{ \
		VALUE_TASK, name, holds, PART_SHOWN, WORD(task_shown, member), \
			OF_ALL \
	}
#define TASK_ALPHA(name, member, holds) \
	{ \
		VALUE_TASK, name, holds, PART_ALPHA, WORD(pcb, member), \
			OF_ALPHA \
	}
#define MM(name, member, machine) \
	{ \
		VALUE_MM, name, HOLDS_NUMBER, PART_ITSELF, WORD(mm, member), \
			machine \
	}
#define MM_SHOWN(name, member, machine) \
	{ \
		VALUE_MM, name, HOLDS_NUMBER, PART_SHOWN, \
			WORD(mm_shown, member), machine \
	}
#define CPU(name, member, holds, machine) \
	{ \
		VALUE_CPU, name, holds, PART_ITSELF, WORD(cpu, member), \
			machine \
	}
#define CPU_ALPHA(name, member) \
	{ \
		VALUE_CPU, name, HOLDS_NUMBER, PART_ALPHA, \
			WORD(cpu_data, member), OF_ALPHA \
	}

static const struct field fields[] = {
	TASK("mm", mm, HOLDS_REF, OF_ALL),
	TASK("active_mm", active_mm, HOLDS_REF, OF_NEW),
	TASK_SHOWN("pid", pid, HOLDS_NUMBER),
	TASK_SHOWN("tgid", tgid, HOLDS_NUMBER),
	TASK_SHOWN("comm", name, HOLDS_NAME),
	TASK_SHOWN("cpu", cpu, HOLDS_NUMBER),
	TASK("flags", flags, HOLDS_NUMBER, OF_ALL),
	TASK("__state", state, HOLDS_NUMBER, OF_ALL),
	TASK("exit_state", exit_state, HOLDS_NUMBER, OF_ALL),
	TASK("on_cpu", on_cpu, HOLDS_NUMBER, OF_ALL),
	TASK("on_rq", on_rq, HOLDS_NUMBER, OF_ALL),
	TASK("real_parent", real_parent, HOLDS_TASK, OF_ALL),
	TASK_ALPHA("ptbr", ptbr, HOLDS_MM),
	TASK_ALPHA("asn", asn, HOLDS_NUMBER),
	MM("count", mm_users, OF_2_2),
	MM("mm_users", mm_users, OF_NEW),
	MM("mm_count", mm_count, OF_NEW),
	{ VALUE_MM, "mm_cpumask", HOLDS_MASK, PART_ITSELF, 0, OF_X86 },
	{ VALUE_MM, "holders", HOLDS_HOLDERS, PART_ITSELF, 0, OF_ALL },
	MM("mmap_lock", mmap_lock, OF_NEW),
	MM("tlb_gen", tlb_gen, OF_X86),
	MM_SHOWN("ctx_id", ctx_id, OF_X86),
	CPU("curr", curr, HOLDS_TASK, OF_ALL),
	CPU("current", current, HOLDS_TASK, OF_ALL),
	CPU("idle", idle, HOLDS_TASK, OF_ALL),
	CPU("cr3", loaded_mm, HOLDS_REF, OF_2_2),
	CPU("loaded_mm", loaded_mm, HOLDS_REF, OF_X86),
	CPU("ptbr", loaded_mm, HOLDS_REF, OF_ALPHA),
	CPU("prev_mm", prev_mm, HOLDS_REF, OF_NEW),
	CPU("is_lazy", is_lazy, HOLDS_NUMBER, OF_X86),
	CPU("online", online, HOLDS_NUMBER, OF_ALL),
	CPU("irqs_off", irqs_off, HOLDS_NUMBER, OF_ALL),
	CPU("preempt_count", preempt_count, HOLDS_NUMBER, OF_ALL),
	CPU_ALPHA("asn", asn),
	CPU_ALPHA("last_asn", last_asn),
	CPU_ALPHA("asn_lock", asn_lock),
	CPU_ALPHA("need_new_asn", need_new_asn),
};

#undef TASK
#undef TASK_SHOWN
#undef TASK_ALPHA
#undef MM
#undef MM_SHOWN
#undef CPU
#undef CPU_ALPHA

#define FIELDS (sizeof fields / sizeof *fields)

static const char *const functions[] = {
	"task",        "mm",    "cpu",    "current", "name",
	"happened",    "never", "before", "count",   "$lx_task_by_pid",
	"$lx_current",
};

#define FUNCTIONS (sizeof functions / sizeof *functions)

const char *function_name(unsigned nth)
{
	return nth < FUNCTIONS ? functions[nth] : NULL;
}

/* @w NULL: today's x86. */
static bool is_foreign(const struct field *f, const struct world *w)
{
	bool alpha = w && w->max.alpha;

	if (w && has_one_count(w))
		return f->machine != OF_ALL && f->machine != OF_2_2;
	return f->machine == OF_2_2 ||
	       f->machine == (alpha ? OF_X86 : OF_ALPHA);
}

const char *field_name(const struct world *w, enum value_kind kind,
		       unsigned nth)
{
	for (size_t i = 0; i < FIELDS; i++)
		if (fields[i].of == kind && !is_foreign(&fields[i], w) &&
		    nth-- == 0)
			return fields[i].name;
	return NULL;
}

/* An id as a value; the id 0 is NULL. */
void value_set_object(struct value *v, enum value_kind kind, uint32_t id)
{
	memset(v, 0, sizeof *v);
	v->kind = id == 0 ? VALUE_NULL : kind;
	v->number = id;
}

void value_set_number(struct value *v, uint64_t number)
{
	memset(v, 0, sizeof *v);
	v->kind = VALUE_NUMBER;
	v->number = number;
}

static bool no_such_field(const struct world *w, const char *name,
			  const struct value *object, struct error *e)
{
	static const char *const things[] = { [VALUE_TASK] = "a task",
					      [VALUE_MM] = "an mm",
					      [VALUE_CPU] = "a CPU" };
	struct suggest s;
	char phrase[SUGGEST_PHRASE];

	suggest_init(&s, name, strlen(name));
	for (size_t i = 0; i < FIELDS; i++)
		if (fields[i].of == object->kind && !is_foreign(&fields[i], w))
			suggest_offer(&s, fields[i].name);
	suggest_phrase(&s, phrase);
	error_set(e, STATUS_NO_SUCH_FIELD, "%s has no field %s",
		  things[object->kind], name);
	error_hint(e, "%s%s'help expressions' lists them", phrase,
		   phrase[0] != '\0' ? "  " : "");
	return false;
}

/* An Alpha answers for what is x86's too: there it is 0. */
static bool in_this_kernel(const struct world *w, const struct field *f)
{
	return f->machine == OF_2_2 || has_one_count(w) ? !is_foreign(f, w)
							: true;
}

static bool not_in_this_kernel(const struct world *w, const char *name,
			       struct error *e)
{
	bool old = has_one_count(w);

	error_set(e, STATUS_NO_SUCH_FIELD, "%s has no field %s",
		  old ? "kernel 2.2" : "a kernel since 2.4", name);
	error_hint(e, old ? "an mm has one counter, count; a task has mm; a "
			    "CPU has cr3"
			  : "only kernel 2.2 has one count");
	return false;
}

static const uint32_t *field_words(const struct world *w, const struct field *f,
				   uint32_t id)
{
	bool alpha = f->part == PART_ALPHA;

	if (f->of == VALUE_CPU && alpha)
		return (const uint32_t *)world_cpu_data(w, id) + f->word;
	if (f->of == VALUE_CPU)
		return (const uint32_t *)world_cpu(w, id) + f->word;
	if (f->of == VALUE_MM && f->part == PART_SHOWN)
		return (const uint32_t *)world_mm_shown(w, id) + f->word;
	if (f->of == VALUE_MM)
		return (const uint32_t *)world_mm(w, id) + f->word;
	if (alpha)
		return (const uint32_t *)world_pcb(w, id) + f->word;
	if (f->part == PART_SHOWN)
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
	value_set_number(v, bits);
	return true;
}

static bool count_holder(void *context, const struct held *h)
{
	uint64_t *holders = context;

	/* The users' one count is nobody's beside the users. */
	if (h->at != HELD_BY_USERS)
		*holders += 1;
	return true;
}

static void read_holders(const struct world *w, struct value *v)
{
	uint64_t holders = 0;

	held_each(w, (mm_id)v->number, count_holder, &holders);
	value_set_number(v, holders);
}

static bool read_field(const struct world *w, const struct field *f,
		       struct value *v, struct error *e)
{
	const uint32_t *words = field_words(w, f, (uint32_t)v->number);

	switch (f->holds) {
	case HOLDS_REF:
		value_set_object(v, VALUE_MM, ref_mm(*words));
		return true;
	case HOLDS_MM:
		value_set_object(v, VALUE_MM, *words);
		return true;
	case HOLDS_TASK:
		value_set_object(v, VALUE_TASK, *words);
		return true;
	case HOLDS_NAME:
		memset(v, 0, sizeof *v);
		v->kind = VALUE_TEXT;
		name_unpack(v->text, words, NAME_WORDS);
		return true;
	case HOLDS_MASK:
		return read_mask(w, v, e);
	case HOLDS_HOLDERS:
		read_holders(w, v);
		return true;
	default:
		value_set_number(v, *words);
		return true;
	}
}

bool field_get(const struct world *w, const char *name, struct value *object,
	       struct error *e)
{
	for (size_t i = 0; i < FIELDS; i++)
		if (fields[i].of == object->kind &&
		    (w->max.alpha || fields[i].machine != OF_ALPHA) &&
		    strcmp(fields[i].name, name) == 0)
			return in_this_kernel(w, &fields[i])
				       ? read_field(w, &fields[i], object, e)
				       : not_in_this_kernel(w, name, e);
	return no_such_field(w, name, object, e);
}
