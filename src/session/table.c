/*
 * table.c - tables in the three forms
 */
#include "session/table.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "base/escape.h"
#include "base/mem.h"
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

/* --- what changed --------------------------------------------------------- */

/* Beyond this many rows nobody reads marks. */
enum { MARKED_ROWS_MAX = 2000 };

/* The cells of a table by number. */
struct index {
	const struct table *t;
	const char **cell;
	size_t rows;
};

static bool make_index(struct index *x, const struct table *t)
{
	const char *cell = text_string(&t->cells);

	x->t = t;
	x->rows = t->count / t->columns;
	x->cell = am_calloc(t->count + 1, sizeof *x->cell);
	if (!x->cell || t->cells.failed)
		return false;
	for (size_t i = 0; i < t->count; i++, cell = next_cell(cell))
		x->cell[i] = cell;
	return true;
}

static const char *cell_of(const struct index *x, size_t row, unsigned column)
{
	return x->cell[row * x->t->columns + column];
}

/* How many rows above @row have the same key. */
static size_t rank_of(const struct index *x, size_t row, unsigned key)
{
	size_t rank = 0;

	for (size_t r = 0; r < row; r++)
		rank += strcmp(cell_of(x, r, key), cell_of(x, row, key)) == 0;
	return rank;
}

/* The row of @x that is row @row of @now; x->rows when there is none. */
static size_t row_like(const struct index *x, const struct index *now,
		       size_t row, unsigned key)
{
	size_t rank = rank_of(now, row, key), r = 0;

	for (; r < x->rows; r++)
		if (strcmp(cell_of(x, r, key), cell_of(now, row, key)) == 0 &&
		    rank-- == 0)
			break;
	return r;
}

static void copy_row(struct text *to, const struct index *now, size_t row,
		     const struct index *old, size_t old_row)
{
	for (unsigned c = 0; c < now->t->columns; c++) {
		const char *cell = cell_of(now, row, c);

		text_add(to, cell);
		if (old_row < old->rows &&
		    now->t->column[c].kind != CELL_MARK &&
		    strcmp(cell, cell_of(old, old_row, c)) != 0)
			text_add(to, "*");
		text_append(to, "", 1);
	}
}

void table_mark(struct table *t, const struct table *before, unsigned key)
{
	struct index now = { 0 }, old = { 0 };
	struct text marked = { 0 };
	bool ok = make_index(&now, t);

	ok = make_index(&old, before) && ok && now.rows < MARKED_ROWS_MAX;
	for (size_t r = 0; ok && r < now.rows; r++)
		copy_row(&marked, &now, r, &old, row_like(&old, &now, r, key));
	am_free(now.cell);
	am_free(old.cell);
	if (!ok || marked.failed) {
		text_free(&marked);
		return;
	}
	text_free(&t->cells);
	t->cells = marked;
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

static void add_plain_value(struct text *out, const struct column *c,
			    const char *cell)
{
	size_t n = strlen(cell);
	bool changed = n > 0 && cell[n - 1] == '*';

	if (c->kind == CELL_MARK)
		text_add(out, *cell ? "yes" : "no");
	else if (!*cell)
		text_add(out, "none");
	else
		text_append(out, cell, changed ? n - 1 : n);
	text_add(out, changed ? " (changed)" : "");
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

		text_addf(out, "%s%s: ", c ? ", " : "", t->column[c].key);
		add_plain_value(out, &t->column[c], cell);
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
