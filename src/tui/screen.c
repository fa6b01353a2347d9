/*
 * screen.c - the panes that are wanted, on one canvas
 */
#include "tui/screen.h"

static void draw_pane(struct canvas *screen, const struct scene *scene,
		      const struct pane *pane, struct rect inside)
{
	struct extent size = { inside.rows, inside.columns };
	struct canvas out =
		canvas_part(screen, inside.row, inside.column, size);

	if (out.rows > 0 && out.columns > 0)
		pane->draw(scene->amm, scene->since, &out);
}

void screen_draw(struct canvas *screen, const struct scene *scene,
		 struct layout *l)
{
	struct extent size = { screen->rows, screen->columns };
	struct need need[LAYOUT_PANES_MAX];
	const char *title[LAYOUT_PANES_MAX];

	for (unsigned i = 0; i < scene->panes; i++) {
		need[i] = scene->pane[i]->need(scene->amm);
		title[i] = scene->pane[i]->name;
	}
	layout_place(l, size, scene->line_rows, need, scene->panes);
	canvas_clear(screen, STYLE_PLAIN);
	layout_frames(l, title, screen);
	for (unsigned i = 0; i < l->panes; i++)
		draw_pane(screen, scene, scene->pane[i],
			  layout_inside(l, &l->pane[i]));
}
