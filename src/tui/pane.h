/*
 * pane.h - a pane is a pure drawing of the world
 *
 * It reads the const world and the events since a number, and draws on the
 * canvas that it is given, however small.  It keeps nothing between two
 * drawings, changes nothing, and looks at no more of a big machine than it can
 * show: the CPUs, what the events name, and the first slots in use.
 *
 * What has changed since the event has a * behind it, as in the tables that
 * commands answer with.
 */
#ifndef TUI_PANE_H
#define TUI_PANE_H

#include "activemm.h"
#include "tui/canvas.h"

/* Without the frame.  Below the minimum a pane is not worth its place. */
struct need {
	struct extent minimal, wished;
};

struct pane {
	const char *name; /* its title, and what `layout` calls it */
	struct need (*need)(const struct amm *a);
	void (*draw)(const struct amm *a, uint64_t since, struct canvas *out);
};

extern const struct pane pane_cpus, pane_tasks, pane_mms;

/* All panes, in the order of the keys 1 to 9. */
enum { PANES = 3 };
extern const struct pane *const pane_list[PANES];

/* pane_named - the pane called so, or NULL */
const struct pane *pane_named(const char *name);

#endif
