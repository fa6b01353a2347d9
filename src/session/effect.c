/*
 * effect.c - lists of effects, and how they are laid out
 */
#include "session/effect.h"

#include <string.h>

#include "base/escape.h"
#include "base/mem.h"
#include "session/show.h"

enum { INDENT = 2, GAP = 3, LEAST_COLUMN = 28 };

void effects_free(struct effects *e)
{
	text_free(&e->words);
	am_free(e->item);
	e->item = NULL;
	e->count = e->room = 0;
}

static bool make_room(struct effects *e)
{
	size_t room = e->room ? e->room * 2 : 16;
	struct item *item;

	if (e->count < e->room)
		return true;
	item = am_realloc(e->item, room, sizeof *item);
	if (!item) {
		e->failed = true;
		return false;
	}
	e->item = item;
	e->room = room;
	return true;
}

void effects_add(struct effects *e, enum item_kind kind, unsigned by)
{
	if (!make_room(e))
		return;
	e->item[e->count++] = (struct item){ kind, by, e->words.length, 0 };
}

void effects_why(struct effects *e)
{
	text_append(&e->words, "", 1);
	if (!e->failed)
		e->item[e->count - 1].why = e->words.length;
}

void effects_end(struct effects *e)
{
	text_append(&e->words, "", 1);
	e->failed |= e->words.failed;
}

const char *effects_what(const struct effects *e, size_t i)
{
	return text_string(&e->words) + e->item[i].what;
}

static const char *why_of(const struct effects *e, size_t i)
{
	return text_string(&e->words) + e->item[i].why;
}

static size_t columns(const char *s)
{
	return escape_columns(s, strlen(s));
}

/* --- lines in columns ----------------------------------------------------- */

/* Where reasons stand: after the widest change. */
static size_t reason_column(const struct effects *e)
{
	size_t column = LEAST_COLUMN;

	for (size_t i = 0; i < e->count; i++) {
		size_t need = INDENT + columns(effects_what(e, i)) + GAP;

		if (e->item[i].kind == ITEM_CHANGE && need > column)
			column = need;
	}
	return column < e->width / 2 + GAP ? column : e->width / 2 + GAP;
}

static void add_reason(struct text *out, const struct effects *e,
		       const char *why, size_t used, size_t column)
{
	bool fits_behind = used + GAP + columns(why) <= e->width;

	if (used + GAP > column && !fits_behind) {
		text_addc(out, '\n', 1);
		used = 0;
	}
	if (used + GAP > column)
		column = used + GAP;
	text_addc(out, ' ', column - used);
	show_wrapped(out, why, column, e->width);
}

static void show_line(struct text *out, const struct effects *e, size_t i,
		      size_t column)
{
	const char *what = effects_what(e, i), *why = why_of(e, i);
	size_t used = columns(what);

	if (e->item[i].kind != ITEM_HEAD) {
		text_addc(out, ' ', INDENT);
		used += INDENT;
	}
	text_add(out, what);
	if (*why)
		add_reason(out, e, why, used, column);
	text_addc(out, '\n', 1);
}

/* --- fewer lines ---------------------------------------------------------- */

static bool joins(const struct effects *e, size_t i, size_t next)
{
	const struct item *a = &e->item[i], *b = &e->item[next];

	if (b->kind == ITEM_HEAD || b->kind == ITEM_TROUBLE ||
	    a->kind == ITEM_TROUBLE)
		return false;
	if (e->granularity == GRANULARITY_COMMAND)
		return true;
	return a->kind != ITEM_HEAD && a->by == b->by;
}

/* Item @i and those that belong to it on one line, without reasons. */
static size_t show_joined(struct text *out, const struct effects *e, size_t i)
{
	struct text all = { 0 };
	size_t indent = e->item[i].kind == ITEM_HEAD ? 0 : INDENT;
	size_t n = i + 1;

	text_add(&all, effects_what(e, i));
	for (; n < e->count && joins(e, i, n); n++)
		text_addf(&all, "%s%s", n == i + 1 && !indent ? ": " : ", ",
			  effects_what(e, n));
	text_addc(out, ' ', indent);
	show_wrapped(out, text_string(&all), indent + INDENT, e->width);
	text_addc(out, '\n', 1);
	text_free(&all);
	return n;
}

static void show_human(struct text *out, const struct effects *e)
{
	size_t column = reason_column(e), i = 0;

	while (i < e->count)
		if (e->item[i].kind == ITEM_TROUBLE)
			text_add(out, effects_what(e, i++));
		else if (e->granularity != GRANULARITY_STATEMENT)
			i = show_joined(out, e, i);
		else
			show_line(out, e, i++, column);
}

/* --- sentences ------------------------------------------------------------ */

static void show_sentences(struct text *out, const struct effects *e)
{
	for (size_t i = 0; i < e->count; i++) {
		text_add(out, effects_what(e, i));
		if (e->item[i].kind == ITEM_TROUBLE)
			continue;
		text_add(out, ".");
		if (*why_of(e, i))
			text_addf(out, " Reason: %s.", why_of(e, i));
		text_addc(out, '\n', 1);
	}
}

/* --- all of them ---------------------------------------------------------- */

static void show_json(struct text *out, const struct effects *e)
{
	text_add(out, "[");
	for (size_t i = 0; i < e->count; i++)
		text_addf(out, "%s%s", i ? "," : "", effects_what(e, i));
	text_add(out, "]");
}

void effects_show(struct text *out, struct effects *e)
{
	if (e->form == FORM_JSON)
		show_json(out, e);
	else if (e->form == FORM_PLAIN)
		show_sentences(out, e);
	else
		show_human(out, e);
}
