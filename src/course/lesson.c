/*
 * lesson.c - a lesson grows, and goes as a whole
 */
#include "course/lesson.h"

#include <string.h>

#include "base/mem.h"

enum { LIST_MAX = 256, TEXT_MAX = 16384, MEMORY_MAX = 1 << 20 };

/* All memory of a lesson: blocks, each with the one before it. */
struct block {
	struct block *before;
	size_t total; /* of this one and those before */
};

static void *take(struct lesson *l, size_t bytes)
{
	struct block *last = l->memory, *b = NULL;
	size_t total = bytes + (last ? last->total : 0);

	if (total <= MEMORY_MAX)
		b = am_calloc(1, sizeof *b + bytes);
	if (!b) {
		l->failed = true;
		return NULL;
	}
	b->before = last;
	b->total = total;
	l->memory = b;
	return b + 1;
}

struct lesson *lesson_new(void)
{
	return am_calloc(1, sizeof(struct lesson));
}

void lesson_free(struct lesson *l)
{
	struct block *b = l ? l->memory : NULL, *before;

	for (; b; b = before) {
		before = b->before;
		am_free(b);
	}
	am_free(l);
}

const char *lesson_string(struct lesson *l, const char *bytes, size_t length)
{
	char *copy = NULL;

	if (length <= TEXT_MAX)
		copy = take(l, length + 1);
	if (!copy) {
		l->failed = true;
		return NULL;
	}
	memcpy(copy, bytes, length);
	return copy;
}

/* @list with one more item, all zero; the old list stays until the end. */
static void *longer(struct lesson *l, const void *list, uint32_t count,
		    size_t size)
{
	char *more = NULL;

	if (count < LIST_MAX)
		more = take(l, (count + 1) * size);
	if (!more) {
		l->failed = true;
		return NULL;
	}
	if (count > 0)
		memcpy(more, list, count * size);
	return more;
}

void lesson_line(struct lesson *l, struct lesson_lines *to, const char *line)
{
	const char *copy = lesson_string(l, line, strlen(line));
	const char **more =
		copy ? longer(l, to->line, to->count, sizeof *more) : NULL;

	if (!more)
		return;
	more[to->count++] = copy;
	to->line = more;
}

void lesson_label(struct lesson *l, const char *label, const char *name)
{
	struct label *more = longer(l, l->label, l->labels, sizeof *more);

	if (!more)
		return;
	l->label = more;
	more[l->labels].label = lesson_string(l, label, strlen(label));
	more[l->labels].name = lesson_string(l, name, strlen(name));
	l->labels += !l->failed;
}

#define ADDER(name, type, owner, from, list, count) \
	type *name from \
	{ \
		type *more = \
			longer(l, owner->list, owner->count, sizeof *more); \
\
		if (!more) \
			return NULL; \
		owner->list = more; \
		return &owner->list[owner->count++]; \
	}

ADDER(lesson_step, struct step, l, (struct lesson * l), step, steps)
ADDER(lesson_fact, struct fact, s, (struct lesson * l, struct step *s), fact,
      facts)
ADDER(lesson_hint, struct hint, s, (struct lesson * l, struct step *s), hint,
      hints)
ADDER(lesson_misconception, struct misconception, s,
      (struct lesson * l, struct step *s), misconception, misconceptions)
ADDER(lesson_alt, struct lesson_lines, s, (struct lesson * l, struct step *s),
      alt, alts)
ADDER(lesson_wrong, struct lesson_lines, s, (struct lesson * l, struct step *s),
      wrong, wrongs)
