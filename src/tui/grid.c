/*
 * grid.c - rows of cells, in columns as wide as what stands in them
 */
#include "tui/grid.h"

#include <assert.h>
#include <string.h>

#include "base/escape.h"
#include "base/mem.h"

void grid_begin(struct grid *g, const struct grid_column *column,
		unsigned columns)
{
	assert(columns <= GRID_COLUMNS_MAX);
	*g = (struct grid){ .column = column, .columns = columns };
}

void grid_end(struct grid *g)
{
	text_free(&g->words);
	am_free(g->cell);
	*g = (struct grid){ 0 };
}

/* Without memory for it a cell is left out, and with it all behind it. */
static bool make_room(struct grid *g)
{
	size_t room = g->room ? 2 * g->room : 128;
	struct grid_cell *cell;

	if (g->count < g->room)
		return true;
	cell = am_realloc(g->cell, room, sizeof *cell);
	if (!cell)
		return false;
	g->cell = cell;
	g->room = room;
	return true;
}

struct text *grid_open(struct grid *g)
{
	if (make_room(g))
		g->cell[g->count].text = g->words.length;
	return &g->words;
}

void grid_close(struct grid *g, unsigned style, bool changed)
{
	text_addc(&g->words, '\0', 1);
	if (g->words.failed || g->count == g->room)
		return;
	g->cell[g->count].style = style;
	g->cell[g->count].changed = changed;
	g->count++;
}

static unsigned columns_of(const char *text)
{
	return (unsigned)escape_columns(text, strlen(text));
}

static const char *cell_text(const struct grid *g, const struct grid_cell *cell)
{
	return text_string(&g->words) + cell->text;
}

static unsigned cell_width(const struct grid *g, size_t i)
{
	unsigned most = g->column[i % g->columns].most;
	unsigned width = columns_of(cell_text(g, &g->cell[i]));

	width += g->cell[i].changed;
	return most && width > most ? most : width;
}

/* Columns of what stands from column @k on, as far as its head may go. */
static void fit_head(const struct grid *g, unsigned k, unsigned *width)
{
	unsigned head = columns_of(g->column[k].head ? g->column[k].head : "");

	if (k + 1 < g->columns && !g->column[k + 1].head && width[k + 1])
		head -= head > width[k + 1] + 1 ? width[k + 1] + 1 : head;
	if (head > width[k])
		width[k] = head;
}

static void widths(const struct grid *g, unsigned width[GRID_COLUMNS_MAX])
{
	memset(width, 0, GRID_COLUMNS_MAX * sizeof *width);
	for (size_t i = 0; i < g->count; i++) {
		unsigned w = cell_width(g, i);

		if (w > width[i % g->columns])
			width[i % g->columns] = w;
	}
	for (unsigned k = 0; k < g->columns; k++)
		fit_head(g, k, width);
}

/* Where column @k begins; an empty one takes no room. */
static unsigned column_at(const struct grid *g, const unsigned *width,
			  unsigned k)
{
	unsigned at = 0;

	for (unsigned i = 0; i < k && i < g->columns; i++)
		at += width[i] ? width[i] + 1 : 0;
	return at;
}

void grid_heads(const struct grid *g, struct canvas *out, unsigned row)
{
	unsigned width[GRID_COLUMNS_MAX];

	widths(g, width);
	for (unsigned k = 0; k < g->columns; k++) {
		const char *head = g->column[k].head;
		unsigned at = column_at(g, width, k);

		if (!head)
			continue;
		if (g->column[k].right)
			at += width[k] - columns_of(head);
		canvas_put(out, row, at, STYLE_BOLD, head);
	}
}

static void draw_cell(const struct grid *g, size_t i, struct canvas *place)
{
	const struct grid_cell *cell = &g->cell[i];
	unsigned at = 0, width = cell_width(g, i), last = place->columns;
	unsigned style = cell->style;
	struct canvas words = *place;

	if (g->column[i % g->columns].right && width < place->columns)
		at = place->columns - width;
	if (cell->changed && words.columns > 0)
		words.columns--;
	if (cell->changed)
		style = (style & ~(unsigned)STYLE_DIM) | STYLE_BOLD;
	at = canvas_put(&words, 0, at, style, cell_text(g, cell));
	if (cell->changed)
		canvas_put(place, 0, at < last ? at : last - 1,
			   ROLE_CHANGED | STYLE_BOLD, "*");
}

unsigned grid_draw(const struct grid *g, struct canvas *out, unsigned row,
		   unsigned step)
{
	unsigned width[GRID_COLUMNS_MAX];

	widths(g, width);
	for (size_t i = 0; i < g->count; i++) {
		unsigned k = (unsigned)(i % g->columns);
		struct extent size = { 1, width[k] };
		struct canvas place = canvas_part(
			out, row + (unsigned)(i / g->columns) * step,
			column_at(g, width, k), size);

		if (place.rows && place.columns)
			draw_cell(g, i, &place);
	}
	return column_at(g, width, g->columns);
}
