/*
 * test_log.c - what was typed and answered, drawn
 */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "tui/log.h"

static struct log kept;

/* The rows of a window of this size, '/' between them. */
static const char *drawn(unsigned rows, unsigned columns, const char *growing)
{
	static char shown[512];
	struct canvas c;
	struct text t = { 0 };

	assert_true(canvas_new(&c, (struct extent){ rows, columns }, false));
	log_draw(&kept, growing, &c);
	canvas_text(&c, &t);
	canvas_free(&c);
	snprintf(shown, sizeof shown, "%s", text_string(&t));
	text_free(&t);
	for (char *at = shown; (at = strchr(at, '\n'));)
		*at = '/';
	return shown;
}

static int clear(void **state)
{
	(void)state;
	log_free(&kept);
	kept = (struct log){ .scrolled = 0 };
	assert_int_equal(mem_stats().live_blocks, 0);
	return 0;
}

static void a_short_log_stands_at_the_top(void **state)
{
	(void)state;
	log_add(&kept, LOG_TYPED, "(amm 0) ps");
	log_add(&kept, LOG_SAID, "one\ntwo\n");
	assert_string_equal(drawn(5, 20, ""), "(amm 0) ps/one/two///");
	assert_string_equal(drawn(2, 20, ""), "one/two/");
	assert_string_equal(drawn(0, 20, ""), "");
}

static void an_empty_line_is_a_row(void **state)
{
	(void)state;
	log_add(&kept, LOG_SAID, "one\n\ntwo\n");
	assert_string_equal(drawn(4, 20, ""), "one//two//");
	assert_string_equal(drawn(2, 20, ""), "/two/");
}

static void a_long_line_is_broken_where_the_window_ends(void **state)
{
	(void)state;
	log_add(&kept, LOG_SAID, "abcdefghij\n12\n");
	assert_string_equal(drawn(4, 4, ""), "abcd/efgh/ij/12/");
	assert_string_equal(drawn(3, 4, ""), "efgh/ij/12/");
	assert_string_equal(drawn(2, 10, ""), "abcdefghij/12/");
}

static void a_wide_character_is_not_broken(void **state)
{
	(void)state;
	log_add(&kept, LOG_SAID,
		"a\xe6\x97\xa5\xe6\x9c\xac"
		"e\xcc\x81z\n");
	assert_string_equal(drawn(3, 4, ""), "a\xe6\x97\xa5/\xe6\x9c\xac"
					     "e\xcc\x81z//");
}

static void one_scrolls_up_and_down_by_pages(void **state)
{
	(void)state;
	log_add(&kept, LOG_SAID, "1\n2\n3\n4\n5\n6\n7\n8\n");
	assert_string_equal(drawn(3, 20, ""), "6/7/8/");
	log_scroll(&kept, 1);
	assert_string_equal(drawn(3, 20, ""), "4/5/-- PgDn: newer --/");
	log_scroll(&kept, 1);
	log_scroll(&kept, 1);
	log_scroll(&kept, 1);
	assert_string_equal(drawn(3, 20, ""), "1/2/-- PgDn: newer --/");
	log_scroll(&kept, -1);
	assert_string_equal(drawn(3, 20, ""), "3/4/-- PgDn: newer --/");
	log_scroll(&kept, -1);
	log_scroll(&kept, -1);
	assert_string_equal(drawn(3, 20, ""), "6/7/8/");
}

static void something_new_is_shown(void **state)
{
	(void)state;
	log_add(&kept, LOG_SAID, "1\n2\n3\n4\n5\n6\n");
	drawn(3, 20, "");
	log_scroll(&kept, 1);
	log_add(&kept, LOG_SAID, "7\n");
	assert_string_equal(drawn(3, 20, ""), "5/6/7/");
}

static void what_grows_is_shown_but_not_kept(void **state)
{
	(void)state;
	log_add(&kept, LOG_SAID, "1\n2\n");
	assert_string_equal(drawn(3, 20, "3\n4"), "2/3/4/");
	assert_string_equal(drawn(3, 20, ""), "1/2//");
}

static void nothing_raw_is_kept(void **state)
{
	(void)state;
	log_add(&kept, LOG_TYPED, "a\033[2Jb\x9b");
	assert_string_equal(drawn(1, 20, ""), "a^[[2Jb\\x9b/");
}

static void only_the_newest_is_kept(void **state)
{
	char line[1001];

	(void)state;
	memset(line, 'x', 1000);
	line[1000] = '\0';
	for (int i = 0; i < 5000; i++)
		log_add(&kept, LOG_SAID, line);
	log_add(&kept, LOG_SAID, "last");
	assert_true(kept.lines.length <= 2 << 20);
	assert_true(kept.lines.length > 1 << 20);
	assert_string_equal(drawn(1, 20, ""), "last/");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_short_log_stands_at_the_top, clear),
		cmocka_unit_test_teardown(an_empty_line_is_a_row, clear),
		cmocka_unit_test_teardown(
			a_long_line_is_broken_where_the_window_ends, clear),
		cmocka_unit_test_teardown(a_wide_character_is_not_broken,
					  clear),
		cmocka_unit_test_teardown(one_scrolls_up_and_down_by_pages,
					  clear),
		cmocka_unit_test_teardown(something_new_is_shown, clear),
		cmocka_unit_test_teardown(what_grows_is_shown_but_not_kept,
					  clear),
		cmocka_unit_test_teardown(nothing_raw_is_kept, clear),
		cmocka_unit_test_teardown(only_the_newest_is_kept, clear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
