/*
 * test_popup.c - a list to choose from, over the rest of the screen
 */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "tui/popup.h"

static struct popup list;

static int clear(void **state)
{
	(void)state;
	popup_clear(&list);
	popup_free(&list);
	assert_int_equal(mem_stats().live_blocks, 0);
	return 0;
}

static const char *drawn(struct extent size, const char *title, unsigned above,
			 unsigned column)
{
	static char shown[2048];
	struct canvas c;
	struct text t = { 0 };

	assert_true(canvas_new(&c, size, true));
	popup_draw(&list, title, above, column, &c);
	canvas_text(&c, &t);
	canvas_free(&c);
	snprintf(shown, sizeof shown, "%s", text_string(&t));
	text_free(&t);
	return shown;
}

static void one_is_chosen_and_the_list_is_round(void **state)
{
	(void)state;
	assert_null(popup_word(&list));
	popup_move(&list, 1);
	popup_add(&list, "one", "first");
	popup_add(&list, "two", NULL);
	assert_string_equal(popup_word(&list), "one");
	popup_move(&list, 1);
	assert_string_equal(popup_word(&list), "two");
	popup_move(&list, 1);
	assert_string_equal(popup_word(&list), "one");
	popup_move(&list, -1);
	assert_string_equal(popup_word(&list), "two");
	assert_true(popup_has(&list, "one"));
	assert_false(popup_has(&list, "first"));
	popup_clear(&list);
	assert_null(popup_word(&list));
}

static void it_stands_above_the_line(void **state)
{
	const struct extent size = { 6, 24 };

	(void)state;
	popup_add(&list, "init", "PID 1");
	popup_add(&list, "sh", "PID 100");
	popup_move(&list, 1);
	assert_string_equal(drawn(size, "T", 5, 2), "\n"
						    "  +- T ----------+\n"
						    "  | init  PID 1  |\n"
						    "  |>sh    PID 100|\n"
						    "  +--------------+\n"
						    "\n");
	assert_string_equal(drawn(size, "T", 5, 23),
			    "\n"
			    "        +- T ----------+\n"
			    "        | init  PID 1  |\n"
			    "        |>sh    PID 100|\n"
			    "        +--------------+\n"
			    "\n");
}

static void a_long_list_shows_what_is_chosen(void **state)
{
	char word[8];

	(void)state;
	for (int i = 0; i < 30; i++) {
		snprintf(word, sizeof word, "w%d", i);
		popup_add(&list, word, NULL);
	}
	assert_non_null(
		strstr(drawn((struct extent){ 20, 30 }, "", 19, 0), ">w0 "));
	popup_move(&list, -1);
	assert_non_null(
		strstr(drawn((struct extent){ 20, 30 }, "", 19, 0), ">w29"));
	assert_non_null(
		strstr(drawn((struct extent){ 4, 30 }, "", 3, 0), ">w29"));
}

static void what_finds_no_room_is_counted(void **state)
{
	char word[8];

	(void)state;
	for (int i = 0; i < POPUP_ITEMS + 3; i++) {
		snprintf(word, sizeof word, "w%d", i);
		popup_add(&list, word, NULL);
	}
	assert_int_equal(list.count, POPUP_ITEMS);
	assert_non_null(strstr(drawn((struct extent){ 20, 40 }, "T", 19, 0),
			       "T, 3 more"));
}

static void no_screen_is_too_small(void **state)
{
	(void)state;
	drawn((struct extent){ 5, 20 }, "nothing", 4, 3);
	popup_add(&list, "a\033[2J\xe6\x97\xa5", "about");
	for (unsigned rows = 1; rows < 6; rows++)
		for (unsigned columns = 1; columns < 12; columns++)
			for (unsigned above = 0; above < rows; above++)
				drawn((struct extent){ rows, columns }, "title",
				      above, columns - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(one_is_chosen_and_the_list_is_round,
					  clear),
		cmocka_unit_test_teardown(it_stands_above_the_line, clear),
		cmocka_unit_test_teardown(a_long_list_shows_what_is_chosen,
					  clear),
		cmocka_unit_test_teardown(what_finds_no_room_is_counted, clear),
		cmocka_unit_test_teardown(no_screen_is_too_small, clear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
