/*
 * view.c - everything that is on the screen, drawn at once
 */
#include <string.h>

#include "tui/cmdline.h"
#include "tui/tui_parts.h"

enum { LEAST_ROWS = 5, LEAST_COLUMNS = 20, TITLE_BYTES = 128 };

void view_free(struct tui *t)
{
	canvas_free(&t->canvas);
	canvas_free(&t->panes);
}

/* False: out of memory; what is on the screen stays. */
static bool fit(struct tui *t)
{
	struct extent size = term_size();

	if (t->canvas.rows == size.rows && t->canvas.columns == size.columns)
		return true;
	view_free(t);
	t->stale = true;
	return canvas_new(&t->canvas, size, term_is_ascii()) &&
	       canvas_new(&t->panes, size, term_is_ascii());
}

/* Panes change with the world, not with each key. */
static void draw_panes(struct tui *t, unsigned line_rows)
{
	const struct amm *a = t->talk->amm;
	const struct scene scene = {
		.amm = a,
		.since = amm_since(a),
		.pane = pane_list,
		.panes = PANES,
		.line_rows = line_rows,
	};

	if (t->stale || t->line_rows != line_rows)
		screen_draw(&t->panes, &scene, &t->layout);
	t->stale = false;
	t->line_rows = line_rows;
	memcpy(t->canvas.cell, t->panes.cell,
	       (size_t)t->canvas.rows * t->canvas.columns *
		       sizeof *t->canvas.cell);
}

static struct canvas part(struct tui *t, const struct rect *r)
{
	return canvas_part(&t->canvas, r->row, r->column,
			   (struct extent){ r->rows, r->columns });
}

/* What is not in the log yet: an answer in the making, a line that goes on. */
static void draw_log(struct tui *t)
{
	struct rect inside = layout_inside(&t->layout, &t->layout.log);
	struct canvas out = part(t, &inside);
	struct text growing = { 0 };

	if (t->running) {
		log_draw(&t->log, amm_text(t->talk->amm), &out);
		return;
	}
	if (t->talk->line.length) {
		text_add(&growing, amm_prompt(t->talk->amm));
		text_add(&growing, text_string(&t->talk->line));
	}
	log_draw(&t->log, text_string(&growing), &out);
	text_free(&growing);
}

static struct cmdline the_line(const struct tui *t)
{
	struct edit_view v;

	if (t->running)
		return (struct cmdline){ .prompt = "runs; ctrl-c stops it " };
	v = edit_view(t->edit);
	return (struct cmdline){ .prompt = talk_prompt(t->talk),
				 .typed = v.buffer,
				 .length = v.length,
				 .cursor = v.cursor };
}

static void draw_popup(struct tui *t, struct place cursor)
{
	char title[TITLE_BYTES];

	if (!t->popup.open)
		return;
	if (t->choice == CHOICE_WORD) {
		cursor.column -= cursor.column < t->typed ? cursor.column
							  : (unsigned)t->typed;
		popup_draw(&t->popup, "Tab, Enter, Esc", cursor.row,
			   cursor.column, &t->canvas);
		return;
	}
	snprintf(title, sizeof title, "search: %s", text_string(&t->filter));
	popup_draw(&t->popup, title, t->layout.line.row, 0, &t->canvas);
}

static void show_too_small(struct tui *t)
{
	canvas_clear(&t->canvas, STYLE_PLAIN);
	canvas_put(&t->canvas, 0, 0, STYLE_PLAIN, "window too small");
	term_show(&t->canvas, 0, 0);
}

void view_draw(struct tui *t)
{
	struct cmdline line = the_line(t);
	struct canvas out;
	struct place cursor;

	if (!fit(t))
		return;
	if (t->canvas.rows < LEAST_ROWS || t->canvas.columns < LEAST_COLUMNS) {
		show_too_small(t);
		return;
	}
	draw_panes(t, cmdline_rows(&line, t->canvas.columns));
	draw_log(t);
	out = part(t, &t->layout.line);
	cursor = cmdline_draw(&line, &out);
	cursor.row += t->layout.line.row;
	draw_popup(t, cursor);
	if (t->beeps != edit_beeps(t->edit))
		term_beep();
	t->beeps = edit_beeps(t->edit);
	term_show(&t->canvas, cursor.row, cursor.column);
}
