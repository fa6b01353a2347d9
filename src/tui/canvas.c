/*
 * canvas.c - a grid of cells that panes draw on
 */
#include "tui/canvas.h"

#include <assert.h>
#include <string.h>

#include "base/escape.h"
#include "base/mem.h"
#include "base/unicode.h"

enum { LINE_UP = 1, LINE_RIGHT = 2, LINE_DOWN = 4, LINE_LEFT = 8 };

bool canvas_new(struct canvas *c, struct extent size, bool ascii)
{
	*c = (struct canvas){ .ascii = ascii };
	c->cell = am_calloc((size_t)size.rows * size.columns, sizeof *c->cell);
	if (!c->cell)
		return false;
	c->rows = size.rows;
	c->columns = c->stride = size.columns;
	for (size_t i = 0; i < (size_t)size.rows * size.columns; i++)
		c->cell[i].base = ' ';
	return true;
}

void canvas_free(struct canvas *c)
{
	am_free(c->cell);
	*c = (struct canvas){ 0 };
}

static unsigned within(unsigned at, unsigned wanted, unsigned limit)
{
	if (at >= limit)
		return 0;
	return wanted < limit - at ? wanted : limit - at;
}

struct canvas canvas_part(const struct canvas *c, unsigned row, unsigned column,
			  struct extent size)
{
	struct canvas part = *c;

	part.rows = within(row, size.rows, c->rows);
	part.columns = within(column, size.columns, c->columns);
	part.top += row;
	part.left += column;
	return part;
}

/* Row @row of the whole; column 0 of the canvas is cell[c->left]. */
static struct cell *whole_row(const struct canvas *c, unsigned row)
{
	return c->cell + (size_t)(c->top + row) * c->stride;
}

const struct cell *canvas_cell(const struct canvas *c, unsigned row,
			       unsigned column)
{
	assert(row < c->rows && column < c->columns);
	return whole_row(c, row) + c->left + column;
}

static void blank(struct cell *cell)
{
	*cell = (struct cell){ .base = ' ', .style = cell->style };
}

/* The cell is about to be overwritten: no half of it may stay. */
static struct cell *take_cell(struct canvas *c, unsigned row, unsigned column)
{
	unsigned at = c->left + column;
	struct cell *cell = whole_row(c, row) + at;

	if (cell->base == 0)
		blank(cell - 1);
	if (at + 1 < c->stride && cell[1].base == 0)
		blank(cell + 1);
	return cell;
}

static void set_cell(struct canvas *c, unsigned row, unsigned column,
		     uint32_t base, unsigned style)
{
	*take_cell(c, row, column) =
		(struct cell){ .base = base, .style = (uint16_t)style };
}

void canvas_clear(struct canvas *c, unsigned style)
{
	for (unsigned row = 0; row < c->rows; row++)
		for (unsigned column = 0; column < c->columns; column++)
			set_cell(c, row, column, ' ', style);
}

/* --- text ----------------------------------------------------------------- */

/* Where a text is being put. */
struct pen {
	struct canvas *c;
	unsigned row, column, style;
	bool cut; /* it went over the edge */
};

static uint32_t ascii_of(uint32_t c)
{
	if (c < 0x80)
		return c;
	if (c == 0x2500) /* ─ */
		return '-';
	if (c == 0x25b6) /* ▶ */
		return '>';
	if (c == 0x2502) /* │ */
		return '|';
	return c >= 0x2503 && c < 0x2580 ? '+' : '?';
}

static void put_mark(struct pen *p, uint32_t mark)
{
	struct cell *cell = whole_row(p->c, p->row) + p->c->left + p->column;
	unsigned i = 0;

	if (p->c->ascii || p->column == 0)
		return;
	cell -= cell[-1].base ? 1 : 2;
	while (i < CELL_MARKS && cell->mark[i])
		i++;
	if (i < CELL_MARKS)
		cell->mark[i] = mark;
}

static void put_character(struct pen *p, uint32_t c, unsigned width)
{
	if (p->column + width > p->c->columns) {
		set_cell(p->c, p->row, p->c->columns - 1, '~', p->style);
		p->column = p->c->columns;
		p->cut = true;
		return;
	}
	if (p->c->ascii) {
		for (unsigned i = 0; i < width; i++)
			set_cell(p->c, p->row, p->column++, ascii_of(c),
				 p->style);
		return;
	}
	set_cell(p->c, p->row, p->column, c, p->style);
	if (width == 2)
		set_cell(p->c, p->row, p->column + 1, 0, p->style);
	p->column += width;
}

static void put_escaped(struct pen *p, const char *bytes, size_t length)
{
	size_t used;

	for (size_t i = 0; i < length && !p->cut; i += used) {
		uint32_t c = unicode_decode(bytes + i, length - i, &used);
		int width = unicode_width(c);

		if (width == 0)
			put_mark(p, c);
		else
			put_character(p, c, (unsigned)width);
	}
}

unsigned canvas_put(struct canvas *c, unsigned row, unsigned column,
		    unsigned style, const char *text)
{
	struct pen p = { .c = c, .row = row, .column = column, .style = style };
	struct escaper e = { .newlines = false };
	size_t length = strlen(text), step_length;
	char step[ESCAPE_BYTES];

	if (row >= c->rows || column >= c->columns)
		return column;
	for (size_t i = 0; i < length && !p.cut;) {
		i += escape_step(&e, text + i, length - i, step, &step_length);
		put_escaped(&p, step, step_length);
	}
	return p.column;
}

void canvas_style(struct canvas *c, unsigned row, unsigned column,
		  unsigned columns, unsigned style)
{
	if (row >= c->rows)
		return;
	columns = within(column, columns, c->columns);
	for (unsigned i = 0; i < columns; i++)
		whole_row(c, row)[c->left + column + i].style = (uint16_t)style;
}

/* --- lines ---------------------------------------------------------------- */

static uint32_t line_character(const struct canvas *c, unsigned line)
{
	/* clang-format off */
	static const uint16_t drawn[16] = {
		/* by LINE_UP + LINE_RIGHT + LINE_DOWN + LINE_LEFT */
		' ',    0x2502, 0x2500, 0x2514, 0x2502, 0x2502, 0x250c, 0x251c,
		0x2500, 0x2518, 0x2500, 0x2534, 0x2510, 0x2524, 0x252c, 0x253c,
	};
	/* clang-format on */

	return c->ascii ? ascii_of(drawn[line]) : drawn[line];
}

static void add_line(struct canvas *c, unsigned row, unsigned column,
		     unsigned style, unsigned line)
{
	struct cell *cell = take_cell(c, row, column);

	line |= cell->line;
	*cell = (struct cell){ .base = line_character(c, line),
			       .style = (uint16_t)style,
			       .line = (uint16_t)line };
}

void canvas_across(struct canvas *c, unsigned row, unsigned column,
		   unsigned length, unsigned style)
{
	length = row < c->rows ? within(column, length, c->columns) : 0;
	for (unsigned i = 0; i < length; i++)
		add_line(c, row, column + i, style,
			 (i > 0 ? LINE_LEFT : 0) |
				 (i + 1 < length ? LINE_RIGHT : 0));
}

void canvas_down(struct canvas *c, unsigned row, unsigned column,
		 unsigned length, unsigned style)
{
	length = column < c->columns ? within(row, length, c->rows) : 0;
	for (unsigned i = 0; i < length; i++)
		add_line(c, row + i, column, style,
			 (i > 0 ? LINE_UP : 0) |
				 (i + 1 < length ? LINE_DOWN : 0));
}

void canvas_box(struct canvas *c, unsigned style, const char *title)
{
	struct extent inside = { 1, c->columns > 4 ? c->columns - 4 : 0 };
	struct canvas top;
	unsigned end;

	if (c->rows == 0 || c->columns == 0)
		return;
	canvas_across(c, 0, 0, c->columns, style);
	canvas_across(c, c->rows - 1, 0, c->columns, style);
	canvas_down(c, 0, 0, c->rows, style);
	canvas_down(c, 0, c->columns - 1, c->rows, style);
	if (!title || !inside.columns)
		return;
	top = canvas_part(c, 0, 2, inside);
	end = canvas_put(&top, 0, 1, style, title);
	canvas_put(&top, 0, 0, style, " ");
	canvas_put(&top, 0, end, style, " ");
}

/* --- as text -------------------------------------------------------------- */

static void add_character(struct text *out, uint32_t c)
{
	char bytes[4];

	text_append(out, bytes, unicode_encode(c, bytes));
}

/* Columns up to the last one that is more than a blank. */
static unsigned used_columns(const struct canvas *c, unsigned row)
{
	unsigned n = c->columns;

	while (n > 0 && canvas_cell(c, row, n - 1)->base == ' ')
		n--;
	return n;
}

void canvas_text(const struct canvas *c, struct text *out)
{
	for (unsigned row = 0; row < c->rows; row++) {
		unsigned n = used_columns(c, row);

		for (unsigned column = 0; column < n; column++) {
			const struct cell *cell = canvas_cell(c, row, column);

			if (cell->base)
				add_character(out, cell->base);
			for (int i = 0; i < CELL_MARKS && cell->mark[i]; i++)
				add_character(out, cell->mark[i]);
		}
		text_add(out, "\n");
	}
}

static void add_map(const struct canvas *c, struct text *out,
		    const char *letters, unsigned shift)
{
	for (unsigned row = 0; row < c->rows; row++) {
		for (unsigned column = 0; column < c->columns; column++) {
			unsigned style = canvas_cell(c, row, column)->style;

			text_addc(out, letters[style >> shift & 15], 1);
		}
		text_add(out, "\n");
	}
}

void canvas_styles(const struct canvas *c, struct text *out)
{
	add_map(c, out, ".cbzukxf", 4);
	text_add(out, "--\n");
	add_map(c, out, ".123456789abcdef", 0);
}
