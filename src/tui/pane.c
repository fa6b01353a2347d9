/*
 * pane.c - the list of panes, and what they share
 */
#include "tui/pane_parts.h"

#include <inttypes.h>
#include <stdio.h>

const struct pane *const pane_list[PANES] = { &pane_cpus, &pane_tasks,
					      &pane_mms };

const struct pane *pane_named(const char *name)
{
	for (unsigned i = 0; i < PANES; i++)
		if (strcmp(pane_list[i]->name, name) == 0)
			return pane_list[i];
	return NULL;
}

void pane_look(struct pane_view *p, const struct amm *a, uint64_t since)
{
	p->amm = a;
	p->world = amm_world(a);
	p->model = amm_model(a);
	changes_read(&p->changes, a, since);
	p->now = (struct view){ p->world, NULL };
	p->was = (struct view){ p->world, &p->changes };
}

void pane_end(struct pane_view *p)
{
	changes_free(&p->changes);
}

unsigned pane_mm_style(const struct pane_view *p, mm_id mm)
{
	if (mm == MM_NONE || mm == MM_SWITCHING)
		return STYLE_DIM;
	if (mm == MM_INIT)
		return ROLE_KERNEL;
	if (mm >= p->world->max.mms || !world_mm(p->world, mm)->slot)
		return ROLE_BROKEN | STYLE_REVERSE;
	return world_mm(p->world, mm)->mm_users ? ROLE_USER
						: ROLE_ZOMBIE | STYLE_BOLD;
}

void pane_empty_cells(struct grid *g, unsigned count)
{
	while (count-- > 0) {
		grid_open(g);
		grid_close(g, STYLE_PLAIN, false);
	}
}

void pane_more(struct canvas *out, unsigned row, uint32_t more,
	       const char *what)
{
	char said[64];

	if (!more)
		return;
	snprintf(said, sizeof said, "%" PRIu32 " more %s%s", more, what,
		 more > 1 ? "s" : "");
	canvas_put(out, row < out->rows ? row : out->rows - 1, 1, STYLE_DIM,
		   said);
}
