/* names.c - finds tasks, mms and CPUs by what people call them */
#include "session/names.h"

#include <stdio.h>
#include <string.h>

#include "engine/step.h"
#include "session/session.h"
#include "session/suggest.h"

#define COMM_BYTES (NAME_WORDS * 4)
#define WORD_BYTES 64 /* longer words name nothing */

static void comm_of(const struct world *w, task_id t, char *out)
{
	name_unpack(out, world_task_shown(w, t)->name, NAME_WORDS);
}

static bool is_live(const struct world *w, task_id t)
{
	return world_task(w, t)->slot == SLOT_LIVE;
}

task_id task_with_pid(const struct world *w, uint64_t pid)
{
	for (task_id t = 1; pid != 0 && t < w->max.tasks; t++)
		if (is_live(w, t) && world_task_shown(w, t)->pid == pid)
			return t;
	return TASK_NONE;
}

bool name_cpu(const struct viewpoint *v, uint64_t number, cpu_id *cpu,
	      struct error *e)
{
	*cpu = (cpu_id)number;
	if (number < v->world->max.cpus)
		return true;
	error_set(e, STATUS_NO_SUCH_CPU, "there is no CPU %llu",
		  (unsigned long long)number);
	error_hint(e, "CPUs 0 to %u are there", v->world->max.cpus - 1);
	return false;
}

/* Tasks whose name is, or begins with, a word. */
struct namesakes {
	task_id first;
	unsigned count;
	char list[140]; /* "20 kworker/1:0, 21 kworker/0:1" */
};

static struct namesakes find_namesakes(const struct world *w, const char *word,
				       bool whole)
{
	struct namesakes found = { 0 };
	size_t length = strlen(word), used;
	char comm[COMM_BYTES];

	for (task_id t = 1; t < w->max.tasks; t++) {
		if (!is_live(w, t))
			continue;
		comm_of(w, t, comm);
		if (strncmp(comm, word, length) != 0 ||
		    (whole && comm[length] != '\0'))
			continue;
		if (found.count++ == 0)
			found.first = t;
		used = strlen(found.list);
		(void)snprintf(found.list + used, sizeof found.list - used,
			       "%s%u %s", used > 0 ? ", " : "",
			       world_task_shown(w, t)->pid, comm);
	}
	return found;
}

static bool no_task(const struct world *w, const char *word, struct error *e)
{
	struct suggest s;
	char phrase[SUGGEST_PHRASE], comm[COMM_BYTES];

	suggest_init(&s, word, strlen(word));
	for (task_id t = 1; t < w->max.tasks; t++) {
		if (!is_live(w, t))
			continue;
		comm_of(w, t, comm);
		suggest_offer(&s, comm);
	}
	suggest_phrase(&s, phrase);
	error_set(e, STATUS_NO_SUCH_TASK, "there is no task '%s'", word);
	error_hint(e, "%s%s'ps' lists the tasks", phrase,
		   phrase[0] != '\0' ? "  " : "");
	return false;
}

static bool by_name(const struct world *w, const char *word, task_id *task,
		    struct error *e)
{
	struct namesakes found = find_namesakes(w, word, true);
	bool whole = found.count > 0;

	if (!whole && word[0] != '\0')
		found = find_namesakes(w, word, false);
	if (found.count == 0)
		return no_task(w, word, e);
	*task = found.first;
	if (found.count == 1)
		return true;
	error_set(e, STATUS_AMBIGUOUS_TASK, "%u tasks are named %s%s: %s",
		  found.count, word, whole ? "" : "*", found.list);
	error_hint(e, "use the PID%s, such as %u",
		   whole ? "" : " or the full name",
		   world_task_shown(w, found.first)->pid);
	return false;
}

static bool by_pid(const struct world *w, uint64_t pid, task_id *task,
		   struct error *e)
{
	*task = task_with_pid(w, pid);
	if (*task != TASK_NONE)
		return true;
	error_set(e, STATUS_NO_SUCH_TASK, "no task has PID %llu",
		  (unsigned long long)pid);
	error_hint(e, pid == 0 ? "each CPU has its own: swapper/0, or idle"
			       : "'ps' lists the tasks");
	return false;
}

/* % and %N: what runs there */
static bool by_cpu(const struct viewpoint *v, const char *word, task_id *task,
		   struct error *e)
{
	uint64_t number = v->cpu;
	cpu_id cpu = 0;

	if (word[0] != '\0' && !call_read_cpu(word, &number))
		return no_task(v->world, word - 1, e);
	if (!name_cpu(v, number, &cpu, e))
		return false;
	*task = world_cpu(v->world, cpu)->current;
	return true;
}

/* swapper/N: PID 1 and PID 2 may still have that name, and are not meant. */
static bool is_swapper(const char *word, uint64_t *cpu)
{
	return strncmp(word, "swapper/", strlen("swapper/")) == 0 &&
	       call_read_cpu(word + strlen("swapper/"), cpu);
}

static bool by_idle(const struct viewpoint *v, uint64_t number, task_id *task,
		    struct error *e)
{
	cpu_id cpu = 0;

	if (!name_cpu(v, number, &cpu, e))
		return false;
	*task = world_cpu(v->world, cpu)->idle;
	return true;
}

/* name(PID): the form in which answers tell namesakes apart */
static bool read_shown(const char *word, uint64_t *pid)
{
	const char *open = strrchr(word, '(');
	size_t length = strlen(word);
	char digits[16] = "";

	if (open == NULL || open == word || word[length - 1] != ')' ||
	    strlen(open) - 2 >= sizeof digits)
		return false;
	memcpy(digits, open + 1, strlen(open) - 2);
	return lex_number(digits, pid);
}

bool name_task(const struct viewpoint *v, const char *word, task_id *task,
	       struct error *e)
{
	uint64_t pid, cpu;

	if (strcmp(word, "idle") == 0)
		return by_idle(v, v->cpu, task, e);
	if (is_swapper(word, &cpu))
		return by_idle(v, cpu, task, e);
	if (word[0] == '%')
		return by_cpu(v, word + 1, task, e);
	if (lex_number(word, &pid) || read_shown(word, &pid))
		return by_pid(v->world, pid, task, e);
	return by_name(v->world, word, task, e);
}

mm_id mm_with_serial(const struct world *w, uint32_t serial)
{
	if (serial == 0)
		return MM_INIT;
	for (mm_id m = MM_INIT + 1; m < w->max.mms; m++)
		if (world_mm(w, m)->slot == SLOT_LIVE &&
		    world_mm_shown(w, m)->serial == serial)
			return m;
	return MM_NONE;
}

/* sh.mm or sh->mm, cut in two */
struct member {
	char owner[WORD_BYTES];
	const char *field;
};

/* False when there is no field. */
static bool cut_member(const char *word, struct member *m)
{
	const char *dot = strrchr(word, '.'), *arrow = strrchr(word, '>');
	const char *cut = dot;
	size_t length;

	if (arrow != NULL && arrow > word && arrow[-1] == '-')
		cut = dot == NULL || arrow > dot ? arrow - 1 : dot;
	if (cut == NULL || cut == word)
		return false;
	length = (size_t)(cut - word);
	if (length >= WORD_BYTES)
		return false;
	memcpy(m->owner, word, length);
	m->owner[length] = '\0';
	m->field = cut + (*cut == '.' ? 1 : 2);
	return true;
}

static bool no_field(const char *field, const char *fields, struct error *e)
{
	error_set(e, STATUS_NO_SUCH_FIELD, "'%s' leads to no mm", field);
	error_hint(e, "one of: %s", fields);
	return false;
}

static bool mm_of_cpu(const struct viewpoint *v, uint64_t number,
		      const char *field, ref *found, struct error *e)
{
	cpu_id cpu = 0;

	if (!name_cpu(v, number, &cpu, e))
		return false;
	if (strcmp(field, "loaded_mm") == 0 ||
	    (v->world->max.alpha && strcmp(field, "ptbr") == 0))
		*found = world_cpu(v->world, cpu)->loaded_mm;
	else if (strcmp(field, "prev_mm") == 0)
		*found = world_cpu(v->world, cpu)->prev_mm;
	else
		return no_field(field, "loaded_mm, prev_mm", e);
	return true;
}

static bool mm_of_task(const struct viewpoint *v, const struct member *m,
		       ref *found, struct error *e)
{
	task_id task = TASK_NONE;

	if (strcmp(m->field, "mm") != 0 && strcmp(m->field, "active_mm") != 0)
		return no_field(m->field, "mm, active_mm", e);
	if (!name_task(v, m->owner, &task, e))
		return false;
	*found = m->field[0] == 'm' ? world_task(v->world, task)->mm
				    : world_task(v->world, task)->active_mm;
	return true;
}

static bool by_member(const struct viewpoint *v, const struct member *m,
		      mm_id *mm, struct error *e)
{
	uint64_t cpu = 0;
	ref found = 0;
	bool is_cpu = strncmp(m->owner, "cpu", 3) == 0 &&
		      call_read_cpu(m->owner, &cpu);

	if (is_cpu ? !mm_of_cpu(v, cpu, m->field, &found, e)
		   : !mm_of_task(v, m, &found, e))
		return false;
	*mm = ref_mm(found);
	if (*mm != MM_NONE && *mm < v->world->max.mms)
		return true;
	error_set(e, STATUS_NO_SUCH_MM, "%s.%s is %s now", m->owner, m->field,
		  *mm == MM_NONE ? "NULL" : "being loaded");
	if (strcmp(m->field, "mm") == 0)
		error_hint(e, "what it runs on is %s.active_mm", m->owner);
	else
		error_hint(e, "'ps' and 'info cpus' show who has which mm");
	return false;
}

/* mm7, init_mm, 7 */
static bool read_serial(const char *word, uint64_t *serial)
{
	*serial = 0;
	if (strcmp(word, "init_mm") == 0)
		return true;
	if (strncmp(word, "mm", 2) == 0)
		word += 2;
	return word[0] >= '0' && word[0] <= '9' && lex_number(word, serial);
}

static bool no_mm(const struct viewpoint *v, const char *word, struct error *e)
{
	struct namesakes found = find_namesakes(v->world, word, true);

	error_set(e, STATUS_NO_SUCH_MM, "there is no mm '%s'", word);
	if (found.count > 0)
		error_hint(e, "did you mean '%s.mm' or '%s.active_mm'?", word,
			   word);
	else
		error_hint(e, "'mm' lists them");
	return false;
}

bool name_mm_serial(const struct viewpoint *v, const char *word,
		    uint32_t *serial, struct error *e)
{
	struct member member = { .field = "" };
	uint64_t number;
	mm_id mm;

	if (read_serial(word, &number)) {
		*serial = (uint32_t)number;
		if (number < v->world->next_mm_serial)
			return true;
		error_set(e, STATUS_NO_SUCH_MM, "there is no mm%llu yet",
			  (unsigned long long)number);
		error_hint(e, "'mm' lists them");
		return false;
	}
	if (!cut_member(word, &member))
		return no_mm(v, word, e);
	if (!by_member(v, &member, &mm, e))
		return false;
	*serial = world_mm_shown(v->world, mm)->serial;
	return true;
}

bool name_mm(const struct viewpoint *v, const char *word, mm_id *mm,
	     struct error *e)
{
	uint32_t serial;

	if (!name_mm_serial(v, word, &serial, e))
		return false;
	*mm = mm_with_serial(v->world, serial);
	if (*mm != MM_NONE)
		return true;
	error_set(e, STATUS_NO_SUCH_MM, "mm%u is freed", serial);
	error_hint(e,
		   "numbers are not used again; 'why mm%u' and 'ledger "
		   "mm%u' still tell its story",
		   serial, serial);
	return false;
}

static struct viewpoint here(const struct amm *a)
{
	return (struct viewpoint){ amm_live(a), a->cpu, a };
}

static bool placed(bool found, const struct arg *arg, struct error *e)
{
	if (!found)
		error_at(e, arg->column, arg->length);
	return found;
}

bool names_task(const struct amm *a, const struct arg *arg, task_id *task,
		struct error *e)
{
	struct viewpoint v = here(a);

	return placed(name_task(&v, arg->text, task, e), arg, e);
}

bool names_mm(const struct amm *a, const struct arg *arg, mm_id *mm,
	      struct error *e)
{
	struct viewpoint v = here(a);

	return placed(name_mm(&v, arg->text, mm, e), arg, e);
}

bool names_mm_serial(const struct amm *a, const struct arg *arg,
		     uint32_t *serial, struct error *e)
{
	struct viewpoint v = here(a);

	return placed(name_mm_serial(&v, arg->text, serial, e), arg, e);
}

bool names_cpu(const struct amm *a, const struct arg *arg, cpu_id *cpu,
	       struct error *e)
{
	struct viewpoint v = here(a);

	return placed(name_cpu(&v, arg->number, cpu, e), arg, e);
}
