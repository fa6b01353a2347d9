/*
 * test_grid.c - cells stand in columns, and are marked and cut
 */
#include "test.h"

#include "base/mem.h"
#include "tui/grid.h"

static const struct grid_column columns[] = {
	{ "PID", true, 0 },
	{ "A_LONG_HEAD", false, 0 },
	{ NULL, false, 0 },
	{ "NAME", false, 6 },
};

static struct grid grid;
static struct canvas canvas;
static struct text shown;

static void add(const char *text, bool changed)
{
	text_add(grid_open(&grid), text);
	grid_close(&grid, STYLE_PLAIN, changed);
}

static void begin(void)
{
	struct extent size = { 3, 24 };

	grid_begin(&grid, columns, 4);
	assert_true(canvas_new(&canvas, size, false));
}

static void expect(const char *wanted)
{
	canvas_text(&canvas, &shown);
	assert_string_equal(text_string(&shown), wanted);
	text_free(&shown);
	canvas_free(&canvas);
	grid_end(&grid);
}

static void columns_are_as_wide_as_their_cells(void **state)
{
	(void)state;
	begin();
	add("1", false), add("mm1", true), add("lent", false), add("sh", false);
	add("100", false), add("init_mm", false), add("", false),
		add("vi", true);
	grid_heads(&grid, &canvas, 0);
	assert_int_equal(grid_draw(&grid, &canvas, 1, 1), 22);
	expect("PID A_LONG_HEAD  NAME\n"
	       "  1 mm1*    lent sh\n"
	       "100 init_mm      vi*\n");
}

static void an_empty_column_takes_no_room(void **state)
{
	(void)state;
	begin();
	add("1", false), add("mm1", false), add("", false), add("sh", false);
	grid_heads(&grid, &canvas, 0);
	grid_draw(&grid, &canvas, 1, 1);
	expect("PID A_LONG_HEAD NAME\n  1 mm1         sh\n\n");
}

static void a_cell_is_cut_and_keeps_its_mark(void **state)
{
	(void)state;
	begin();
	add("1", false), add("m", false), add("", false),
		add("0123456789", true);
	add("2", false), add("m", false), add("", false), add("日本語本", true);
	grid_draw(&grid, &canvas, 0, 2);
	expect("  1 m           0123~*\n\n  2 m           日本~*\n");
}

static void numbers_stand_to_the_right_with_their_mark(void **state)
{
	(void)state;
	begin();
	add("1", true), add("m", false), add("", false), add("a", false);
	add("1000", false), add("m", false), add("", false), add("b", false);
	grid_draw(&grid, &canvas, 0, 1);
	expect("  1* m           a\n1000 m           b\n\n");
}

static void without_memory_cells_are_missing(void **state)
{
	(void)state;
	for (unsigned nth = 1; nth < 6; nth++) {
		begin();
		mem_fail_at(nth, true);
		for (unsigned i = 0; i < 600; i++)
			add("x", true);
		mem_fail_at(0, false);
		grid_draw(&grid, &canvas, 0, 1);
		canvas_free(&canvas);
		grid_end(&grid);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_as_wide_as_their_cells),
		cmocka_unit_test(an_empty_column_takes_no_room),
		cmocka_unit_test(a_cell_is_cut_and_keeps_its_mark),
		cmocka_unit_test(numbers_stand_to_the_right_with_their_mark),
		cmocka_unit_test(without_memory_cells_are_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
