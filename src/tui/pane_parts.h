/*
 * pane_parts.h - what the panes share
 */
#ifndef TUI_PANE_PARTS_H
#define TUI_PANE_PARTS_H

#include <string.h>

#include "tui/changes.h"
#include "tui/grid.h"
#include "tui/pane.h"

/* The machine as a pane sees it: now, and before the events. */
struct pane_view {
	const struct amm *amm;
	const struct world *world;
	struct amm_model model;
	struct changes changes;
	struct view now, was;
};

/* pane_look - fills @p; pane_end() ends it */
void pane_look(struct pane_view *p, const struct amm *a, uint64_t since);
void pane_end(struct pane_view *p);

/* pane_mm_style - of the name of an mm: user, kernel, zombie, or freed */
unsigned pane_mm_style(const struct pane_view *p, mm_id mm);

/* pane_empty_cells - the rest of a row that has nothing to say */
void pane_empty_cells(struct grid *g, unsigned count);

/* pane_more - "5 more CPUs", when there are, on @row */
void pane_more(struct canvas *out, unsigned row, uint32_t more,
	       const char *what);

#endif
