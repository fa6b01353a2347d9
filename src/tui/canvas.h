/*
 * canvas.h - a grid of cells that panes draw on
 *
 * A canvas knows nothing of terminals: term.c copies it to one, tests compare
 * it as text.  A part of a canvas is a canvas again and shares its cells, so
 * whoever gets a part cannot draw outside of it.
 *
 * Text is escaped as it is put (base/escape.h) and never wrapped: what is cut
 * at the right edge ends in ~.  Widths are those of base/unicode.h.  Half of a
 * wide character is never left over: whatever overwrites one half blanks the
 * other.  All drawing is done in UTF-8; with @ascii, lines and arrows become
 * - | + > and what has no such form becomes ?, so that "──▶" is "-->".
 *
 * Colour is a role, never a meaning by itself: what has a role also has a
 * word, a sign or an attribute.
 */
#ifndef TUI_CANVAS_H
#define TUI_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* A style is attributes and one role. */
enum style {
	STYLE_PLAIN = 0,
	STYLE_BOLD = 1,
	STYLE_REVERSE = 2,
	STYLE_UNDERLINE = 4,
	STYLE_DIM = 8,
	STYLE_ATTRIBUTES = 15,

	ROLE_CHANGED = 1 << 4, /* since the last command; has a * too */
	ROLE_BORROW = 2 << 4,  /* an address space that is not one's own */
	ROLE_ZOMBIE = 3 << 4,  /* users gone, count left; tasks likewise */
	ROLE_USER = 4 << 4,    /* a task or mm of user space */
	ROLE_KERNEL = 5 << 4,  /* kernel threads, init_mm */
	ROLE_BROKEN = 6 << 4,  /* an invariant does not hold; freed, yet used */
	ROLE_FRAME = 7 << 4,   /* lines and titles */
	ROLES = 7 << 4,
};

enum { CELL_MARKS = 4 }; /* as many as base/escape.h lets follow */

struct cell {
	uint32_t base; /* 0: the right half of what stands to the left */
	uint32_t mark[CELL_MARKS]; /* combining marks, 0 behind the last */
	uint16_t style;
	uint16_t line; /* LINE_*: in which directions a line goes on here */
};

struct extent {
	unsigned rows, columns;
};

struct canvas {
	unsigned rows, columns;
	bool ascii;
	struct cell *cell; /* of the whole canvas that this is a part of */
	unsigned top, left;
	unsigned stride; /* columns of the whole */
};

/*
 * canvas_new - a blank canvas; canvas_free() ends it
 *
 * Errors: false when out of memory; @c then has no rows.
 */
bool canvas_new(struct canvas *c, struct extent size, bool ascii);
void canvas_free(struct canvas *c);

/* canvas_part - what of these rows and columns lies within @c */
struct canvas canvas_part(const struct canvas *c, unsigned row, unsigned column,
			  struct extent size);

/* canvas_cell - for readers: row < rows, column < columns */
const struct cell *canvas_cell(const struct canvas *c, unsigned row,
			       unsigned column);

/* canvas_clear - blanks it all, in @style */
void canvas_clear(struct canvas *c, unsigned style);

/* canvas_put - @text from this cell on.  Returns the column behind it. */
unsigned canvas_put(struct canvas *c, unsigned row, unsigned column,
		    unsigned style, const char *text);

/* canvas_style - gives @columns cells another style */
void canvas_style(struct canvas *c, unsigned row, unsigned column,
		  unsigned columns, unsigned style);

/*
 * canvas_across, canvas_down - a line of @length cells
 *
 * Where it meets another line, they join: ─ and │ become ┬, ├, ┼.
 */
void canvas_across(struct canvas *c, unsigned row, unsigned column,
		   unsigned length, unsigned style);
void canvas_down(struct canvas *c, unsigned row, unsigned column,
		 unsigned length, unsigned style);

/* canvas_box - a line around the whole canvas, with @title (or NULL) in it */
void canvas_box(struct canvas *c, unsigned style, const char *title);

/* canvas_text - appends its rows as lines, without blanks at their ends */
void canvas_text(const struct canvas *c, struct text *out);

/*
 * canvas_styles - appends two maps: a character a cell, a line a row
 *
 * First roles: . none, c changed, b borrow, z zombie, u user, k kernel,
 * x broken, f frame.  Then, behind a line "--", attributes as a hexadecimal
 * digit, . for none.
 */
void canvas_styles(const struct canvas *c, struct text *out);

#endif
