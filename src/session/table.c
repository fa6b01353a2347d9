/*
 * table.c - tables in the three forms
 */
#include "session/table.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "base/escape.h"
#include "session/show.h"

enum { COLUMNS_MAX = 12, GAP = 2 };

struct text *table_open(struct table *t)
{
	return &t->cells;
}

void table_close(struct table *t)
{
	size_t before = t->cells.length;

	text_append(&t->cells, "", 1);
	if (t->cells.length > before)
		t->count++;
}

void table_cell(struct table *t, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	text_addv(&t->cells, format, args);
	va_end(args);
	table_close(t);
}

/* Goes through the cells: @cell points at one, returns the next. */
static const char *next_cell(const char *cell)
{
	return cell + strlen(cell) + 1;
}

static size_t columns_of(const char *s)
{
	return escape_columns(s, strlen(s));
}

/* --- human ---------------------------------------------------------------- */

static void measure(const struct table *t, size_t width[COLUMNS_MAX])
{
	const char *cell = text_string(&t->cells);

	assert(t->columns > 0 && t->columns <= COLUMNS_MAX);
	for (unsigned c = 0; c < t->columns; c++)
		width[c] = columns_of(t->column[c].head);
	for (size_t i = 0; i < t->count; i++, cell = next_cell(cell))
		if (columns_of(cell) > width[i % t->columns])
			width[i % t->columns] = columns_of(cell);
}

/* The widest column of words gives way until the line fits. */
static void squeeze(const struct table *t, size_t width[COLUMNS_MAX],
		    size_t room)
{
	for (;;) {
		size_t sum = (size_t)GAP * (t->columns - 1);
		unsigned widest = 0;

		for (unsigned c = 0; c < t->columns; c++) {
			sum += width[c];
			if (t->column[c].kind == CELL_WORD &&
			    width[c] > width[widest])
				widest = c;
		}
		if (sum <= room || width[widest] <= 8)
			return;
		width[widest]--;
	}
}

static void add_cell(struct text *out, const struct table *t, unsigned c,
		     const char *cell, size_t width)
{
	size_t used = columns_of(cell);
	size_t blanks = used < width ? width - used : 0;
	bool right = t->column[c].kind == CELL_NUMBER;

	if (c)
		text_addc(out, ' ', GAP);
	if (right)
		text_addc(out, ' ', blanks);
	if (used > width)
		escape_name(out, cell, width);
	else
		text_add(out, cell);
	if (!right && c + 1 < t->columns)
		text_addc(out, ' ', blanks);
}

static void trim(struct text *out)
{
	while (out->length && out->bytes[out->length - 1] == ' ')
		text_cut(out, out->length - 1);
	text_add(out, "\n");
}

static void show_human(struct text *out, const struct table *t, size_t room)
{
	size_t width[COLUMNS_MAX];
	const char *cell = text_string(&t->cells);
	unsigned columns = t->columns;

	assert(columns > 0);
	if (!t->count) {
		text_addf(out, "no %s\n", t->many);
		return;
	}
	measure(t, width);
	squeeze(t, width, room);
	for (unsigned c = 0; c < t->columns; c++)
		add_cell(out, t, c, t->column[c].head, width[c]);
	trim(out);
	for (size_t i = 0; i < t->count; i++, cell = next_cell(cell)) {
		unsigned c = (unsigned)(i % columns);

		add_cell(out, t, c, cell, width[c]);
		if (c + 1 == columns)
			trim(out);
	}
}

/* --- plain ---------------------------------------------------------------- */

static const char *plain_value(const struct column *c, const char *cell)
{
	if (c->kind == CELL_MARK)
		return *cell ? "yes" : "no";
	return *cell ? cell : "none";
}

static void show_plain(struct text *out, const struct table *t)
{
	const char *cell = text_string(&t->cells);
	unsigned columns = t->columns;
	size_t rows;

	assert(columns > 0);
	rows = t->count / columns;
	text_addf(out, "%zu %s.\n", rows, rows == 1 ? t->one : t->many);
	for (size_t i = 0; i < t->count; i++, cell = next_cell(cell)) {
		unsigned c = (unsigned)(i % columns);

		text_addf(out, "%s%s: %s", c ? ", " : "", t->column[c].key,
			  plain_value(&t->column[c], cell));
		text_add(out, c + 1 == columns ? "\n" : "");
	}
}

/* --- JSON ----------------------------------------------------------------- */

static void add_value(struct text *out, const struct column *c,
		      const char *cell)
{
	if (c->kind == CELL_MARK)
		text_add(out, *cell ? "true" : "false");
	else if (strcmp(cell, "NULL") == 0 || *cell == '\0' ||
		 (c->kind == CELL_NUMBER && strcmp(cell, "-") == 0))
		text_add(out, "null");
	else if (c->kind == CELL_NUMBER)
		text_add(out, cell);
	else
		show_quoted(out, cell);
}

static void show_json(struct text *out, const struct table *t)
{
	const char *cell = text_string(&t->cells);
	unsigned columns = t->columns;

	assert(columns > 0);
	text_addf(out, "\"%s\":[", t->many);
	for (size_t i = 0; i < t->count; i++, cell = next_cell(cell)) {
		unsigned c = (unsigned)(i % columns);

		text_add(out, c ? "," : i ? ",{" : "{");
		text_addf(out, "\"%s\":", t->column[c].key);
		add_value(out, &t->column[c], cell);
		text_add(out, c + 1 == columns ? "}" : "");
	}
	text_add(out, "]");
}

void table_show(struct text *out, struct table *t, enum form form,
		unsigned width)
{
	out->failed |= t->cells.failed;
	if (form == FORM_JSON)
		show_json(out, t);
	else if (form == FORM_PLAIN)
		show_plain(out, t);
	else
		show_human(out, t, width ? width : 79);
	text_free(&t->cells);
	t->count = 0;
}
