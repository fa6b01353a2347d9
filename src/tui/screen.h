/*
 * screen.h - the panes that are wanted, on one canvas
 *
 * All but what stands in the log and on the command line, whose places are
 * then known from the layout.
 */
#ifndef TUI_SCREEN_H
#define TUI_SCREEN_H

#include "tui/layout.h"

struct scene {
	const struct amm *amm;
	uint64_t
		since; /* number of the event from which on changes are marked */
	const struct pane *const *pane; /* the wanted ones, first is first */
	unsigned panes;
	unsigned line_rows; /* what the command line asks for */
};

/* screen_draw - clears @screen, places, draws; fills @l */
void screen_draw(struct canvas *screen, const struct scene *scene,
		 struct layout *l);

#endif
