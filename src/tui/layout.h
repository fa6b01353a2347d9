/*
 * layout.h - where panes, log and command line stand on a screen
 *
 *	cpus			the first of an odd number of panes: across
 *	tasks | mms		two beside each other, where both fit
 *	log
 *	command line
 *
 * The rectangles cover the screen without a gap and do not overlap.  From
 * 80x24 on the three panes are there; a smaller window shows fewer, those
 * wanted first; one narrower than 60 columns shows one; one below 40x10 only
 * log and command line, one below 20x5 only the command line.
 *
 * A pane stands below its title, which is a line across, and to the right of
 * the line that parts it from its neighbour: both belong to its rectangle.
 */
#ifndef TUI_LAYOUT_H
#define TUI_LAYOUT_H

#include "tui/pane.h"

enum { LAYOUT_PANES_MAX = 9 };

/* No rows: not shown. */
struct rect {
	unsigned row, column, rows, columns;
};

struct layout {
	struct rect pane[LAYOUT_PANES_MAX]; /* in the order wanted */
	unsigned panes;                     /* shown: the first so many */
	struct rect log, line;
};

/*
 * layout_place - fills @l for a screen
 *
 * @line_rows is what the command line asks for; it gets at least one and
 * leaves at least half of the screen.
 */
void layout_place(struct layout *l, struct extent screen, unsigned line_rows,
		  const struct need *need, unsigned panes);

/* layout_inside - what is left of the rectangle of a pane or of the log when
 * its frame is drawn */
struct rect layout_inside(const struct layout *l, const struct rect *framed);

/* layout_frames - draws all lines and titles; @title[i] is that of pane i */
void layout_frames(const struct layout *l, const char *const *title,
		   struct canvas *screen);

#endif
