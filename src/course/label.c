/*
 * label.c - labels of a lesson become names and numbers
 */
#include "course/label.h"

#include <ctype.h>
#include <string.h>

#include "session/names.h"

static task_id task_named(const struct world *w, const char *name)
{
	const struct viewpoint v = { w, 0, NULL };
	struct error ignored;
	task_id t;

	return name_task(&v, name, &t, &ignored) ? t : TASK_NONE;
}

void label_bind(const struct lesson *l, const struct world *w,
		struct bound *out)
{
	memset(out, 0, sizeof *out);
	for (uint32_t i = 0; i < l->labels && i < BOUND_MAX; i++) {
		task_id t = task_named(w, l->label[i].name);
		mm_id mm;

		if (t == TASK_NONE)
			continue;
		out->pid[i] = world_task_shown(w, t)->pid;
		mm = ref_mm(world_task(w, t)->mm);
		if (mm != MM_NONE)
			out->serial[i] = world_mm_shown(w, mm)->serial;
	}
}

static bool is_letter(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* The label that is @length bytes at @at; l->labels when there is none. */
static uint32_t find(const struct lesson *l, const char *at, size_t length)
{
	uint32_t i = 0;

	while (i < l->labels && (strlen(l->label[i].label) != length ||
				 memcmp(l->label[i].label, at, length) != 0))
		i++;
	return i;
}

static size_t word_length(const char *at)
{
	size_t n = 0;

	while (is_letter(at[n]))
		n++;
	return n;
}

void label_text(const struct lesson *l, const char *raw, struct text *out)
{
	while (*raw) {
		size_t n = *raw == '$' ? word_length(raw + 1) : 0;
		uint32_t i = n > 0 ? find(l, raw + 1, n) : l->labels;

		if (i < l->labels) {
			text_add(out, l->label[i].name);
			raw += 1 + n;
		} else {
			text_append(out, raw++, 1);
		}
	}
}

/* Does @out end in the call of @function, its bracket open? */
static bool ends_in(const struct text *out, const char *function)
{
	size_t n = strlen(function);

	return out->length >= n &&
	       memcmp(out->bytes + out->length - n, function, n) == 0 &&
	       (out->length == n ||
		!is_letter(out->bytes[out->length - n - 1]));
}

static void add_label(const struct lesson *l, const struct bound *b, uint32_t i,
		      struct text *out)
{
	if (ends_in(out, "mm(") && b->serial[i] > 0)
		text_addf(out, "%u", b->serial[i]);
	else if (ends_in(out, "task(") && b->pid[i] > 0)
		text_addf(out, "%u", b->pid[i]);
	else
		text_addf(out, "'%s'", l->label[i].name);
}

/* name('A') needs no task: the whole call is its name. */
static bool add_name(const struct lesson *l, uint32_t i, char after,
		     struct text *out)
{
	static const char call[] = "name(";

	if (after != ')' || !ends_in(out, call))
		return false;
	text_cut(out, out->length - strlen(call));
	text_addf(out, "\"%s\"", l->label[i].name);
	return true;
}

void label_expr(const struct lesson *l, const struct bound *b, const char *raw,
		struct text *out)
{
	while (*raw) {
		bool quote = *raw == '\'' || *raw == '"';
		size_t n = quote ? word_length(raw + 1) : 0;
		uint32_t i = l->labels;

		if (n > 0 && raw[1 + n] == *raw)
			i = find(l, raw + 1, n);
		if (i >= l->labels || i >= BOUND_MAX) {
			text_append(out, raw++, 1);
			continue;
		}
		raw += n + 2;
		if (add_name(l, i, *raw, out))
			raw++;
		else
			add_label(l, b, i, out);
	}
}
