/*
 * grid.h - rows of cells, in columns as wide as what stands in them
 *
 *	struct grid g;
 *
 *	grid_begin(&g, columns, COUNT);
 *	text_add(grid_open(&g), "mm1");
 *	grid_close(&g, ROLE_USER, false);
 *	... COUNT cells a row ...
 *	grid_draw(&g, out, row, 1);
 *	grid_end(&g);
 *
 * A changed cell has a * behind it.  One blank stands between two columns.
 */
#ifndef TUI_GRID_H
#define TUI_GRID_H

#include "tui/canvas.h"

struct grid_column {
	const char *head; /* NULL: the one before may stand here too */
	bool right;       /* numbers */
	unsigned most;    /* a wider cell is cut; 0: as wide as it wants */
};

enum { GRID_COLUMNS_MAX = 8 };

struct grid_cell {
	size_t text; /* in grid.words */
	unsigned style;
	bool changed;
};

struct grid {
	const struct grid_column *column;
	unsigned columns;
	struct text words; /* each ends with a NUL */
	struct grid_cell *cell;
	size_t count, room;
};

void grid_begin(struct grid *g, const struct grid_column *column,
		unsigned columns);
void grid_end(struct grid *g);

/* grid_open, grid_close - what is appended in between is the next cell */
struct text *grid_open(struct grid *g);
void grid_close(struct grid *g, unsigned style, bool changed);

/* grid_heads - the line above; grid_draw() says where the columns are, so
 * call this after the cells are there */
void grid_heads(const struct grid *g, struct canvas *out, unsigned row);

/*
 * grid_draw - draws row i of the grid on row @row + i * @step
 *
 * Returns the column behind the last one.
 */
unsigned grid_draw(const struct grid *g, struct canvas *out, unsigned row,
		   unsigned step);

#endif
