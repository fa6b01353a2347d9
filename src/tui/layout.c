/*
 * layout.c - where panes, log and command line stand on a screen
 */
#include "tui/layout.h"

#include <assert.h>

enum {
	TITLE_ROWS = 1,
	LOG_ROWS = 6,            /* with its title, where there are panes */
	COLUMNS_FOR_MANY = 60,   /* narrower: one pane */
	COLUMNS_FOR_A_PANE = 40, /* below: none */
	ROWS_FOR_A_PANE = 10,
	COLUMNS_FOR_A_LOG = 20, /* below: the command line alone */
	ROWS_FOR_A_LOG = 5,
};

/* One pane across, or two beside each other. */
struct band {
	unsigned first, panes; /* which */
	unsigned rows, wished; /* with titles */
};

struct bands {
	struct band band[LAYOUT_PANES_MAX];
	unsigned count;
};

static unsigned most(unsigned a, unsigned b)
{
	return a > b ? a : b;
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

static bool are_neighbours(const struct need *left, unsigned columns)
{
	return left[0].minimal.columns + left[1].minimal.columns < columns;
}

static void add_band(struct bands *b, const struct need *need, unsigned first,
		     unsigned panes)
{
	struct band *band = &b->band[b->count++];

	*band = (struct band){ .first = first, .panes = panes };
	for (unsigned i = first; i < first + panes; i++) {
		band->rows = most(band->rows, need[i].minimal.rows);
		band->wished = most(band->wished, need[i].wished.rows);
	}
	band->rows += TITLE_ROWS;
	band->wished += TITLE_ROWS;
}

/* Of an odd number the first stands alone, so that the others have pairs. */
static void make_bands(struct bands *b, const struct need *need, unsigned panes,
		       unsigned columns)
{
	unsigned i = 0;

	b->count = 0;
	while (i < panes) {
		bool alone = i + 1 == panes || (panes % 2 == 1 && i == 0) ||
			     !are_neighbours(need + i, columns);

		add_band(b, need, i, alone ? 1 : 2);
		i += alone ? 1 : 2;
	}
}

static unsigned rows_of(const struct bands *b)
{
	unsigned rows = 0;

	for (unsigned i = 0; i < b->count; i++)
		rows += b->band[i].rows;
	return rows;
}

/* Leaves out the last ones until the rest and a log fit. */
static unsigned choose_panes(struct bands *b, struct extent room,
			     const struct need *need, unsigned panes)
{
	if (room.columns < COLUMNS_FOR_A_PANE)
		panes = 0;
	else if (room.columns < COLUMNS_FOR_MANY)
		panes = least(panes, 1);
	make_bands(b, need, panes, room.columns);
	while (panes > 0 && rows_of(b) + LOG_ROWS > room.rows)
		make_bands(b, need, --panes, room.columns);
	return panes;
}

/*
 * What is left goes round, a row at a time.  The log takes its turn with the
 * others; what they do not want is all the log's.
 */
static void grow_bands(struct bands *b, unsigned rows)
{
	unsigned log = rows - rows_of(b), kept = LOG_ROWS, grown;

	do {
		grown = 0;
		for (unsigned i = 0; i < b->count && log > kept; i++) {
			if (b->band[i].rows >= b->band[i].wished)
				continue;
			b->band[i].rows++;
			log--;
			grown++;
		}
		kept++;
	} while (grown > 0);
}

static void place_band(struct layout *l, const struct band *band,
		       const struct need *need, const struct rect *at)
{
	struct rect *left = &l->pane[band->first];

	*left = *at;
	if (band->panes < 2)
		return;
	need += band->first;
	left->columns =
		least(most(need[0].wished.columns, need[0].minimal.columns),
		      at->columns - 1 - need[1].minimal.columns);
	left[1] = *at;
	left[1].column += left->columns;
	left[1].columns -= left->columns;
}

void layout_place(struct layout *l, struct extent screen, unsigned line_rows,
		  const struct need *need, unsigned panes)
{
	struct rect at = { 0, 0, screen.rows, screen.columns };
	struct bands b = { .count = 0 };

	assert(panes <= LAYOUT_PANES_MAX);
	*l = (struct layout){ .panes = 0 };
	if (screen.rows < ROWS_FOR_A_LOG || screen.columns < COLUMNS_FOR_A_LOG)
		line_rows = screen.rows;
	else
		line_rows = least(most(line_rows, 1), screen.rows / 2);
	at.rows -= line_rows;
	if (at.rows + 1 >= ROWS_FOR_A_PANE)
		l->panes =
			choose_panes(&b, (struct extent){ at.rows, at.columns },
				     need, panes);
	grow_bands(&b, at.rows);
	for (unsigned i = 0; i < b.count; i++) {
		struct rect band = { at.row, 0, b.band[i].rows, at.columns };

		place_band(l, &b.band[i], need, &band);
		at.row += band.rows;
		at.rows -= band.rows;
	}
	l->log = at;
	l->line = (struct rect){ at.row + at.rows, 0, line_rows, at.columns };
}

struct rect layout_inside(const struct layout *l, const struct rect *framed)
{
	struct rect r = *framed;

	if (l->panes == 0 || r.rows == 0)
		return r;
	r.row += TITLE_ROWS;
	r.rows -= TITLE_ROWS;
	if (r.column > 0) {
		r.column++;
		r.columns--;
	}
	return r;
}

static void put_title(struct canvas *screen, const struct rect *r,
		      const char *title)
{
	struct extent room = { 1, r->columns > 6 ? r->columns - 6 : 0 };
	struct canvas place = canvas_part(screen, r->row, r->column + 2, room);
	unsigned end = canvas_put(&place, 0, 1, ROLE_FRAME | STYLE_BOLD, title);

	canvas_put(&place, 0, 0, ROLE_FRAME, " ");
	canvas_put(&place, 0, end, ROLE_FRAME, " ");
}

void layout_frames(const struct layout *l, const char *const *title,
		   struct canvas *screen)
{
	if (l->panes == 0)
		return;
	canvas_across(screen, l->log.row, 0, l->log.columns, ROLE_FRAME);
	for (unsigned i = 0; i < l->panes; i++)
		canvas_across(screen, l->pane[i].row, 0, l->log.columns,
			      ROLE_FRAME);
	for (unsigned i = 0; i < l->panes; i++)
		if (l->pane[i].column > 0)
			canvas_down(screen, l->pane[i].row, l->pane[i].column,
				    l->pane[i].rows + 1, ROLE_FRAME);
	for (unsigned i = 0; i < l->panes; i++)
		put_title(screen, &l->pane[i], title[i]);
	put_title(screen, &l->log, "log");
}
