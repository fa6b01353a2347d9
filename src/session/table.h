/*
 * table.h - rows and columns, in the three forms
 *
 *	human	one header line, no boxes, as wide as the window at most
 *	plain	"3 tasks.", then one line of `name: value` for each row
 *	JSON	"tasks":[{"pid":100,...},...]
 *
 * A cell that table_mark() found changed has a * behind it, or the word
 * "changed"; programs compare for themselves.
 *
 * Cells are added row by row.  Their text is shown as it is: names pass
 * base/escape.h before (show.h does that).
 */
#ifndef SESSION_TABLE_H
#define SESSION_TABLE_H

#include "base/text.h"
#include "session/error.h"

enum cell_kind {
	CELL_WORD,   /* JSON: a string, or null for NULL */
	CELL_NUMBER, /* right-aligned; JSON: a number, or null for - */
	CELL_MARK,   /* ">" or nothing; JSON: true or false */
};

struct column {
	const char *head; /* human */
	const char *key;  /* plain, JSON */
	enum cell_kind kind;
};

struct table {
	const struct column *column;
	unsigned columns;
	const char *one, *many; /* "task", "tasks" */
	struct text cells;      /* each ends with a NUL */
	size_t count;
};

/* table_cell - the next cell, as printf() would write it */
void table_cell(struct table *t, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* table_open, table_close - the same for text that is appended in between */
struct text *table_open(struct table *t);
void table_close(struct table *t);

/*
 * table_mark - puts a * behind each cell that was different in @before
 *
 * Rows are found again by their cell in column @key; of several with the same,
 * the first is the first.  A row that is new is not marked.
 */
void table_mark(struct table *t, const struct table *before, unsigned key);

/*
 * table_show - appends the table and empties it
 *
 * JSON: `"tasks":[...]` alone.  What does not fit in @width is cut with ~.
 */
void table_show(struct text *out, struct table *t, enum form form,
		unsigned width);

#endif
