/*
 * lint_names.c - rule 1: id, format, engine, needs
 */
#include <stdio.h>
#include <string.h>

#include "course/library.h"
#include "course/lint.h"
#include "session/do_files.h"

enum { NEEDS_DEEP_MAX = 16 };

/* The file of a lesson is called as the lesson is: so ids are unique. */
static void check_id(struct lint *x)
{
	const char *file = strrchr(x->name, '/');
	size_t n = strlen(x->l->id);

	file = file ? file + 1 : x->name;
	if (strncmp(file, x->l->id, n) != 0 ||
	    (file[n] && strcmp(file + n, ".lua") != 0))
		lint_error(x, 1, UINT32_MAX, "its id is %s, its file %s",
			   x->l->id, file);
}

static bool reads_version(const char *text, unsigned v[3])
{
	return sscanf(text, "%u.%u.%u", &v[0], &v[1], &v[2]) >= 2;
}

static void check_engine(struct lint *x)
{
	unsigned wanted[3] = { 0 }, ours[3] = { 0 };
	const char *engine = x->l->engine;

	if (!engine)
		return;
	if (strncmp(engine, ">=", 2) != 0 || !reads_version(engine + 2, wanted))
		lint_error(x, 1, UINT32_MAX, "engine is written as '>=0.1'");
	else if (reads_version(ENGINE_VERSION, ours) &&
		 memcmp(ours, wanted, sizeof ours) != 0 &&
		 (wanted[0] > ours[0] ||
		  (wanted[0] == ours[0] &&
		   (wanted[1] > ours[1] ||
		    (wanted[1] == ours[1] && wanted[2] > ours[2])))))
		lint_error(x, 1, UINT32_MAX,
			   "it wants engine %s, this is " ENGINE_VERSION,
			   engine);
}

/* Does @name, through what it needs, need our lesson? */
static bool leads_back(struct lint *x, const char *name, unsigned deep)
{
	struct error ignored;
	struct lesson *l;
	bool back = strcmp(name, x->l->id) == 0;

	if (back || deep == NEEDS_DEEP_MAX)
		return back;
	l = lesson_load(x->a, name, 1, &ignored);
	for (uint32_t i = 0; l && !back && i < l->needs.count; i++)
		back = leads_back(x, l->needs.line[i], deep + 1);
	lesson_free(l);
	return back;
}

static void check_needs(struct lint *x)
{
	for (uint32_t i = 0; i < x->l->needs.count; i++) {
		const char *name = x->l->needs.line[i];

		if (!lesson_is_id(name))
			lint_error(x, 1, UINT32_MAX, "needs: '%s' is no id",
				   name);
		else if (leads_back(x, name, 0))
			lint_error(x, 1, UINT32_MAX,
				   "needs: %s leads back to it", name);
	}
}

static void check_step_ids(struct lint *x)
{
	for (uint32_t i = 0; i < x->l->steps; i++)
		for (uint32_t k = 0; k < i; k++)
			if (x->l->step[i].id && x->l->step[k].id &&
			    !x->l->step[i].boot &&
			    strcmp(x->l->step[i].id, x->l->step[k].id) == 0)
				lint_error(x, 1, i, "its id %s is taken",
					   x->l->step[i].id);
}

void lint_names(struct lint *x)
{
	check_id(x);
	check_engine(x);
	check_needs(x);
	check_step_ids(x);
	if (x->l->version == 0)
		lint_error(x, 1, UINT32_MAX, "its version is not from 1 on");
}
