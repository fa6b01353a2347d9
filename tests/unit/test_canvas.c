/*
 * test_canvas.c - text, wide characters, lines, and what must not overlap
 */
#include "test.h"

#include <string.h>

#include "tui/canvas.h"

static struct canvas canvas;
static struct text shown;

static void begin(unsigned rows, unsigned columns, bool ascii)
{
	struct extent size = { rows, columns };

	assert_true(canvas_new(&canvas, size, ascii));
}

static void end(void)
{
	canvas_free(&canvas);
	text_free(&shown);
}

static void expect_text(const char *wanted)
{
	text_clear(&shown);
	canvas_text(&canvas, &shown);
	assert_string_equal(text_string(&shown), wanted);
}

static bool is_wide(uint32_t c)
{
	return c == 0x1f642 || (c > 0x3000 && c < 0xa000);
}

/* A wide character is a head with its right half behind it, never one alone. */
static void every_half_has_its_other(void)
{
	for (unsigned row = 0; row < canvas.rows; row++) {
		bool wide = false;

		for (unsigned column = 0; column < canvas.columns; column++) {
			uint32_t base = canvas_cell(&canvas, row, column)->base;

			assert_int_equal(base == 0, wide);
			wide = is_wide(base);
		}
		assert_false(wide);
	}
}

static void text_is_cut_at_the_edge_with_a_mark(void **state)
{
	(void)state;
	begin(2, 5, false);
	assert_int_equal(canvas_put(&canvas, 0, 0, 0, "12345"), 5);
	assert_int_equal(canvas_put(&canvas, 1, 0, 0, "123456"), 5);
	expect_text("12345\n1234~\n");
	end();
}

static void text_outside_is_not_drawn(void **state)
{
	(void)state;
	begin(1, 3, false);
	assert_int_equal(canvas_put(&canvas, 1, 0, 0, "x"), 0);
	assert_int_equal(canvas_put(&canvas, 0, 3, 0, "x"), 3);
	assert_int_equal(canvas_put(&canvas, 0, 77, 0, "x"), 77);
	expect_text("\n");
	end();
}

static void a_wide_character_takes_two_cells(void **state)
{
	(void)state;
	begin(1, 6, false);
	assert_int_equal(canvas_put(&canvas, 0, 0, 0, "日本a"), 5);
	expect_text("日本a\n");
	assert_int_equal(canvas_cell(&canvas, 0, 1)->base, 0);
	end();
}

static void a_wide_character_that_does_not_fit_is_cut(void **state)
{
	(void)state;
	begin(2, 3, false);
	canvas_put(&canvas, 0, 0, 0, "日本");
	canvas_put(&canvas, 1, 0, 0, "a日b");
	expect_text("日~\na ~\n");
	every_half_has_its_other();
	end();
}

static void overwriting_one_half_blanks_the_other(void **state)
{
	(void)state;
	begin(3, 4, false);
	for (unsigned row = 0; row < 3; row++)
		canvas_put(&canvas, row, 0, 0, "日本");
	canvas_put(&canvas, 0, 0, 0, "x");
	canvas_put(&canvas, 1, 1, 0, "x");
	canvas_put(&canvas, 2, 1, 0, "語");
	expect_text("x 本\n x本\n 語\n");
	every_half_has_its_other();
	end();
}

static void a_part_blanks_the_half_that_lies_outside_of_it(void **state)
{
	struct extent size = { 1, 2 };
	struct canvas part;

	(void)state;
	begin(1, 4, false);
	canvas_put(&canvas, 0, 0, 0, "日本");
	part = canvas_part(&canvas, 0, 1, size);
	canvas_put(&part, 0, 0, 0, "ab");
	expect_text(" ab\n");
	every_half_has_its_other();
	end();
}

static void a_part_lies_within_the_whole(void **state)
{
	struct extent size = { 9, 9 };
	struct canvas part;

	(void)state;
	begin(3, 5, false);
	part = canvas_part(&canvas, 1, 2, size);
	assert_int_equal(part.rows, 2);
	assert_int_equal(part.columns, 3);
	canvas_put(&part, 0, 0, 0, "abcdef");
	part = canvas_part(&part, 1, 1, size);
	canvas_put(&part, 0, 0, 0, "xyz");
	expect_text("\n  ab~\n   x~\n");
	part = canvas_part(&canvas, 3, 0, size);
	assert_int_equal(part.rows, 0);
	end();
}

static void combining_marks_stay_with_their_character(void **state)
{
	(void)state;
	begin(2, 4, false);
	assert_int_equal(canvas_put(&canvas, 0, 0, 0, "e\u0301x"), 2);
	assert_int_equal(canvas_put(&canvas, 1, 0, 0, "日\u0301x"), 3);
	assert_int_equal(canvas_cell(&canvas, 0, 0)->mark[0], 0x301);
	assert_int_equal(canvas_cell(&canvas, 1, 0)->mark[0], 0x301);
	expect_text("e\u0301x\n日\u0301x\n");
	end();
}

static void control_bytes_become_visible(void **state)
{
	(void)state;
	begin(1, 20, false);
	canvas_put(&canvas, 0, 0, 0, "a\033[2Jb\x9bz\n");
	expect_text("a^[[2Jb\\x9bz^J\n");
	end();
}

static void in_ascii_arrows_and_lines_have_a_form(void **state)
{
	(void)state;
	begin(1, 12, true);
	canvas_put(&canvas, 0, 0, 0, "──▶ mm1 日ż");
	expect_text("--> mm1 ???\n");
	end();
}

static void a_box_has_its_title_in_it(void **state)
{
	(void)state;
	begin(3, 12, false);
	canvas_box(&canvas, ROLE_FRAME, "cpus");
	expect_text("┌─ cpus ───┐\n│          │\n└──────────┘\n");
	end();
	begin(3, 8, true);
	canvas_box(&canvas, ROLE_FRAME, "too long");
	expect_text("+- to~-+\n|      |\n+------+\n");
	end();
}

static void a_box_of_any_size_is_drawn(void **state)
{
	(void)state;
	for (unsigned rows = 0; rows < 5; rows++)
		for (unsigned columns = 0; columns < 9; columns++) {
			begin(rows, columns, false);
			canvas_box(&canvas, ROLE_FRAME, "日本語");
			every_half_has_its_other();
			end();
		}
}

static void lines_join_where_they_meet(void **state)
{
	(void)state;
	begin(3, 5, false);
	canvas_across(&canvas, 0, 0, 5, 0);
	canvas_across(&canvas, 2, 0, 5, 0);
	canvas_down(&canvas, 0, 2, 3, 0);
	expect_text("──┬──\n  │\n──┴──\n");
	canvas_down(&canvas, 0, 0, 3, 0);
	canvas_across(&canvas, 1, 0, 5, 0);
	expect_text("┌─┬──\n├─┼──\n└─┴──\n");
	end();
}

static void styles_are_told_as_two_maps(void **state)
{
	(void)state;
	begin(2, 4, false);
	canvas_put(&canvas, 0, 0, ROLE_BORROW | STYLE_BOLD, "ab");
	canvas_put(&canvas, 1, 1, ROLE_ZOMBIE | STYLE_DIM, "日");
	canvas_style(&canvas, 0, 3, 9, STYLE_REVERSE);
	canvas_style(&canvas, 7, 0, 1, STYLE_REVERSE);
	canvas_styles(&canvas, &shown);
	assert_string_equal(text_string(&shown),
			    "bb..\n.zz.\n--\n11.2\n.88.\n");
	end();
}

static void clearing_gives_every_cell_a_style(void **state)
{
	(void)state;
	begin(1, 3, false);
	canvas_put(&canvas, 0, 0, 0, "日x");
	canvas_clear(&canvas, STYLE_REVERSE);
	canvas_styles(&canvas, &shown);
	assert_string_equal(text_string(&shown), "...\n--\n222\n");
	expect_text("\n");
	end();
}

static void random_drawing_leaves_no_half(void **state)
{
	static const char *const words[] = { "日本語", "a",    "é\u0301",
					     "xyz",    "🙂", "──▶" };
	uint32_t seed = 1;

	(void)state;
	begin(6, 23, false);
	for (unsigned i = 0; i < 4000; i++) {
		struct canvas part;
		struct extent size;
		unsigned row, column;

		seed = seed * 1664525 + 1013904223;
		row = seed >> 8 & 7;
		column = seed >> 12 & 31;
		size = (struct extent){ seed >> 17 & 3, seed >> 19 & 15 };
		part = canvas_part(&canvas, row, column, size);
		if (seed >> 23 & 1)
			canvas_put(&part, 0, seed >> 24 & 3, 0,
				   words[(seed >> 26) % 6]);
		else if (seed >> 24 & 1)
			canvas_down(&part, 0, seed >> 25 & 1, size.rows, 0);
		else
			canvas_across(&part, 0, 0, size.columns, 0);
	}
	every_half_has_its_other();
	end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_cut_at_the_edge_with_a_mark),
		cmocka_unit_test(text_outside_is_not_drawn),
		cmocka_unit_test(a_wide_character_takes_two_cells),
		cmocka_unit_test(a_wide_character_that_does_not_fit_is_cut),
		cmocka_unit_test(overwriting_one_half_blanks_the_other),
		cmocka_unit_test(
			a_part_blanks_the_half_that_lies_outside_of_it),
		cmocka_unit_test(a_part_lies_within_the_whole),
		cmocka_unit_test(combining_marks_stay_with_their_character),
		cmocka_unit_test(control_bytes_become_visible),
		cmocka_unit_test(in_ascii_arrows_and_lines_have_a_form),
		cmocka_unit_test(a_box_has_its_title_in_it),
		cmocka_unit_test(a_box_of_any_size_is_drawn),
		cmocka_unit_test(lines_join_where_they_meet),
		cmocka_unit_test(styles_are_told_as_two_maps),
		cmocka_unit_test(clearing_gives_every_cell_a_style),
		cmocka_unit_test(random_drawing_leaves_no_half),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
