/*
 * library.c - lessons by name
 */
#include "course/library.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/datadir.h"
#include "base/listing.h"
#include "course/label.h"
#include "session/do_lua.h"

bool lesson_is_id(const char *word)
{
	size_t n = strlen(word);

	return n > 0 && n <= LESSON_ID_MAX &&
	       strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789-") == n;
}

bool lesson_is_file(const char *name)
{
	size_t n = strlen(name);

	return n > 4 && strcmp(name + n - 4, ".lua") == 0;
}

/* --- is it one? ----------------------------------------------------------- */

static const char *question_fault(const struct step *s)
{
	if (!s->expr || !s->run)
		return "a question needs q, expr and run";
	return s->facts || s->hints ? "a question has no goal and no hints"
				    : NULL;
}

static const char *task_fault(const struct step *s)
{
	if (!s->facts || !s->solution.count)
		return "a task needs a goal and a solution";
	for (uint32_t i = 0; i < s->facts; i++)
		if (!s->fact[i].expr || !s->fact[i].text)
			return "a fact needs an expression and a sentence";
	for (uint32_t i = 0; i < s->hints; i++)
		if (!s->hint[i].text || s->hint[i].rung < 1 ||
		    s->hint[i].rung > 4)
			return "a hint needs a text and a rung from 1 to 4";
	return NULL;
}

static const char *step_fault(const struct lesson *l, uint32_t i)
{
	const struct step *s = &l->step[i];

	if (!s->text)
		return "a step needs a text";
	if (s->kind == STEP_PREDICT || s->kind == STEP_TASK) {
		if (!s->id)
			return "questions and tasks need an id";
		if (s->boot && s->of >= i)
			return "a twist repeats a step before it";
	}
	if (s->kind == STEP_PREDICT)
		return question_fault(s);
	return s->kind == STEP_TASK ? task_fault(s) : NULL;
}

const char *lesson_fault(const struct lesson *l)
{
	const char *fault = NULL;

	if (l->failed)
		return "it is too big, or memory is out";
	if (!l->id || !lesson_is_id(l->id))
		return "its id is not small letters, digits and dashes";
	if (!l->title || !l->kernel)
		return "it has no title";
	if (l->format != 1)
		return "its format is not 1";
	if (l->cpus < 1 || l->cpus > 64)
		return "it wants no machine of 1 to 64 CPUs";
	if (l->labels > BOUND_MAX)
		return "it has too many labels";
	if (l->steps == 0)
		return "it has no steps";
	for (uint32_t i = 0; i < l->steps && !fault; i++)
		fault = step_fault(l, i);
	return fault;
}

/* --- found ---------------------------------------------------------------------- */

static bool find(const char *name, char *path, size_t size, struct error *e)
{
	char file[LESSON_ID_MAX + 32];

	if (lesson_is_file(name)) {
		(void)snprintf(path, size, "%s", name);
		return true;
	}
	(void)snprintf(file, sizeof file, "lessons/%.*s.lua", LESSON_ID_MAX,
		       name);
	if (lesson_is_id(name) && datadir_find(file, path, size))
		return true;
	error_set(e, STATUS_NO_SUCH_LESSON, "there is no lesson '%s'", name);
	error_hint(e, "'lesson list' lists them");
	return false;
}

struct lesson *lesson_load(struct amm *a, const char *name, uint32_t seed,
			   struct error *e)
{
	char path[PATH_MAX];
	struct text why = { 0 };
	struct lesson *l;
	const char *fault;

	if (!find(name, path, sizeof path, e))
		return NULL;
	l = script_lesson(a, path, seed, &why);
	fault = l ? lesson_fault(l) : text_string(&why);
	if (l && !fault) {
		l->seed = seed;
		text_free(&why);
		return l;
	}
	error_set(e, STATUS_BAD_LESSON, "%s is no lesson: %s", name, fault);
	lesson_free(l);
	text_free(&why);
	return NULL;
}

struct list {
	struct lesson *into;
	struct lesson_lines *names;
};

static void add_name(void *context, const char *name, bool is_directory)
{
	struct list *list = context;
	char id[LESSON_ID_MAX + 1];
	size_t n = strlen(name);

	if (is_directory || !lesson_is_file(name) || n - 4 > LESSON_ID_MAX)
		return;
	memcpy(id, name, n - 4);
	id[n - 4] = '\0';
	if (lesson_is_id(id))
		lesson_line(list->into, list->names, id);
}

static void sort(struct lesson *into, struct lesson_lines *names)
{
	struct lesson_lines sorted = { 0 };
	const char *last = "";

	while (sorted.count < names->count) {
		const char *least = NULL;

		for (uint32_t i = 0; i < names->count; i++)
			if (strcmp(names->line[i], last) > 0 &&
			    (!least || strcmp(names->line[i], least) < 0))
				least = names->line[i];
		if (!least || into->failed)
			break;
		lesson_line(into, &sorted, least);
		last = least;
	}
	*names = sorted;
}

void lesson_names(struct lesson *into, struct lesson_lines *names)
{
	struct list list = { into, names };
	char path[PATH_MAX];

	*names = (struct lesson_lines){ 0 };
	if (datadir_find("lessons", path, sizeof path))
		(void)listing_each(path, add_name, &list);
	sort(into, names);
}
