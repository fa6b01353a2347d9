/*
 * test_layout.c - every size of screen is covered, once
 */
#include "test.h"

#include <string.h>

#include "tui/layout.h"

static const struct need needs[] = {
	{ { 2, 60 }, { 3, 78 } },  { { 5, 36 }, { 12, 46 } },
	{ { 5, 40 }, { 10, 78 } }, { { 1, 30 }, { 40, 200 } },
	{ { 9, 90 }, { 9, 90 } },
};
enum { NEEDS = sizeof needs / sizeof *needs };

static struct layout layout;

static void place(unsigned rows, unsigned columns, unsigned panes)
{
	struct extent screen = { rows, columns };

	layout_place(&layout, screen, 1, needs, panes);
}

/* Paints rectangles on a screen and counts what is painted twice. */
struct paint {
	struct extent screen;
	unsigned char cell[100][300];
	unsigned twice, painted;
};

static void paint_rect(struct paint *p, const struct rect *r)
{
	assert_true(r->row + r->rows <= p->screen.rows);
	assert_true(r->column + r->columns <= p->screen.columns);
	for (unsigned row = r->row; row < r->row + r->rows; row++)
		for (unsigned c = r->column; c < r->column + r->columns; c++) {
			p->twice += p->cell[row][c];
			p->painted += !p->cell[row][c];
			p->cell[row][c] = 1;
		}
}

static void is_covered_once(unsigned rows, unsigned columns, unsigned line_rows,
			    unsigned panes)
{
	static struct paint p;

	p.screen = (struct extent){ rows, columns };
	p.twice = p.painted = 0;
	for (unsigned row = 0; row < rows; row++)
		memset(p.cell[row], 0, columns);
	layout_place(&layout, p.screen, line_rows, needs, panes);
	paint_rect(&p, &layout.log);
	paint_rect(&p, &layout.line);
	for (unsigned i = 0; i < LAYOUT_PANES_MAX; i++)
		paint_rect(&p, &layout.pane[i]);
	if (p.twice || p.painted != rows * columns)
		fail_msg("%ux%u, %u panes, %u rows of line: %u twice, %u "
			 "not at all",
			 columns, rows, panes, line_rows, p.twice,
			 rows * columns - p.painted);
}

static void shown_panes_have_what_they_need(unsigned columns)
{
	for (unsigned i = 0; i < LAYOUT_PANES_MAX; i++)
		assert_int_equal(layout.pane[i].rows > 0, i < layout.panes);
	for (unsigned i = 0; i < layout.panes; i++) {
		assert_true(layout.pane[i].rows > needs[i].minimal.rows);
		assert_true(layout.pane[i].columns >=
			    (needs[i].minimal.columns < columns
				     ? needs[i].minimal.columns
				     : columns));
	}
}

static void every_screen_is_covered_once(void **state)
{
	(void)state;
	for (unsigned panes = 0; panes <= NEEDS; panes++)
		for (unsigned rows = 1; rows <= 100; rows++)
			for (unsigned columns = 1; columns <= 300; columns++) {
				is_covered_once(rows, columns,
						1 + (rows + columns) % 3,
						panes);
				shown_panes_have_what_they_need(columns);
			}
}

static void a_common_window_shows_three_panes_log_and_line(void **state)
{
	(void)state;
	place(24, 80, 3);
	assert_int_equal(layout.panes, 3);
	assert_int_equal(layout.pane[0].columns, 80);
	assert_int_equal(layout.pane[1].row, layout.pane[2].row);
	assert_true(layout.log.rows >= 8);
	assert_int_equal(layout.line.rows, 1);
}

static void a_larger_window_gives_the_panes_more(void **state)
{
	struct layout small;

	(void)state;
	place(24, 80, 3);
	small = layout;
	place(40, 120, 3);
	assert_true(layout.pane[1].rows > small.pane[1].rows);
	assert_true(layout.pane[1].columns > small.pane[1].columns);
	assert_true(layout.log.rows > small.log.rows);
}

static void a_narrow_window_shows_the_first_pane_alone(void **state)
{
	(void)state;
	place(24, 59, 3);
	assert_int_equal(layout.panes, 1);
	place(24, 39, 3);
	assert_int_equal(layout.panes, 0);
}

static void a_low_window_shows_fewer_panes(void **state)
{
	(void)state;
	place(14, 80, 3);
	assert_true(layout.panes < 3);
	place(9, 80, 3);
	assert_int_equal(layout.panes, 0);
	assert_int_equal(layout.log.rows, 8);
}

static void a_tiny_window_is_all_command_line(void **state)
{
	(void)state;
	place(4, 80, 3);
	assert_int_equal(layout.line.rows, 4);
	assert_int_equal(layout.log.rows, 0);
	place(24, 19, 3);
	assert_int_equal(layout.line.rows, 24);
}

static void the_command_line_leaves_half_of_the_screen(void **state)
{
	struct extent screen = { 24, 80 };

	(void)state;
	layout_place(&layout, screen, 99, needs, 3);
	assert_int_equal(layout.line.rows, 12);
	layout_place(&layout, screen, 0, needs, 3);
	assert_int_equal(layout.line.rows, 1);
}

static void frames_join(void **state)
{
	static const char *const titles[] = { "cpus", "tasks", "mms" };
	struct extent screen = { 24, 80 };
	struct canvas c;
	struct text shown = { 0 };
	const char *text;

	(void)state;
	place(24, 80, 3);
	assert_true(canvas_new(&c, screen, false));
	layout_frames(&layout, titles, &c);
	canvas_text(&c, &shown);
	text = text_string(&shown);
	assert_memory_equal(text, "── cpus ───", strlen("── cpus ───"));
	assert_non_null(strstr(text, "── tasks ─"));
	assert_non_null(strstr(text, "┬─ mms ─"));
	assert_non_null(strstr(text, "┴"));
	assert_null(strstr(text, "┌"));
	text_free(&shown);
	canvas_free(&c);
}

static void the_inside_is_without_title_and_dividing_line(void **state)
{
	struct rect r;

	(void)state;
	place(24, 80, 3);
	r = layout_inside(&layout, &layout.pane[2]);
	assert_int_equal(r.row, layout.pane[2].row + 1);
	assert_int_equal(r.column, layout.pane[2].column + 1);
	assert_int_equal(r.columns, layout.pane[2].columns - 1);
	r = layout_inside(&layout, &layout.pane[0]);
	assert_int_equal(r.column, 0);
	place(9, 30, 3);
	r = layout_inside(&layout, &layout.log);
	assert_int_equal(r.rows, layout.log.rows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_screen_is_covered_once),
		cmocka_unit_test(
			a_common_window_shows_three_panes_log_and_line),
		cmocka_unit_test(a_larger_window_gives_the_panes_more),
		cmocka_unit_test(a_narrow_window_shows_the_first_pane_alone),
		cmocka_unit_test(a_low_window_shows_fewer_panes),
		cmocka_unit_test(a_tiny_window_is_all_command_line),
		cmocka_unit_test(the_command_line_leaves_half_of_the_screen),
		cmocka_unit_test(frames_join),
		cmocka_unit_test(the_inside_is_without_title_and_dividing_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
