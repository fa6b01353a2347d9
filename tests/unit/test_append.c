/*
 * test_append.c - a piece is in the file as a whole or not at all
 */
#include "test.h"

#include "base/append.h"
#include "scratch.h"

#include <errno.h>
#include <fcntl.h>

static struct append file;
static struct text piece;

static int fill(void **state)
{
	file.fd = -1;
	scratch_setup(state);
	scratch_put("f", "one\n", 4);
	text_add(&piece, "second piece\n");
	return 0;
}

static int empty(void **state)
{
	append_close(&file);
	/* Also what is closed may be closed. */
	append_close(&file);
	text_free(&piece);
	return scratch_teardown(state);
}

static void pieces_follow_what_is_there(void **state)
{
	(void)state;
	assert_true(append_open(&file, AT_FDCWD, "f", 4, &why));
	assert_true(append_piece(&file, &piece, true, &why));
	assert_true(append_piece(&file, &piece, false, &why));
	scratch_expect("f", "one\nsecond piece\nsecond piece\n");
	assert_int_equal(file.length, 4 + 2 * piece.length);
}

static void what_stands_behind_is_cut_off(void **state)
{
	(void)state;
	scratch_put("f", "one\ngarb", 8);
	assert_true(append_open(&file, AT_FDCWD, "f", 4, &why));
	assert_true(append_piece(&file, &piece, true, &why));
	scratch_expect("f", "one\nsecond piece\n");
}

static void a_link_or_a_missing_file_is_refused(void **state)
{
	(void)state;
	assert_int_equal(symlink("f", "link"), 0);
	assert_false(append_open(&file, AT_FDCWD, "link", 0, &why));
	assert_false(append_open(&file, AT_FDCWD, "none", 0, &why));
	assert_int_equal(mkfifo("fifo", 0600), 0);
	assert_false(append_open(&file, AT_FDCWD, "fifo", 0, &why));
	scratch_expect("f", "one\n");
}

static void a_file_that_cannot_be_cut_is_not_appended_to(void **state)
{
	(void)state;
	sys_fail_at(SYS_TRUNCATE, 1, false, EIO);
	assert_false(append_open(&file, AT_FDCWD, "f", 4, &why));
	assert_string_equal(text_string(&why),
			    "cannot shorten 'f': Input/output error");
	assert_int_equal(file.fd, -1);
}

/* The disk is full after half of the piece. */
static void fail_after_half(void)
{
	sys_fail_at(SYS_WRITE, 1, false, SYS_SHORT);
}

static void a_failed_piece_leaves_nothing(void **state)
{
	(void)state;
	assert_true(append_open(&file, AT_FDCWD, "f", 4, &why));
	/* All bytes are written, but not safe. */
	sys_fail_at(SYS_SYNC, 1, false, EIO);
	assert_false(append_piece(&file, &piece, true, &why));
	assert_string_equal(text_string(&why), "Input/output error");
	scratch_expect("f", "one\n");
	sys_fail_at(SYS_WRITE, 1, false, ENOSPC);
	assert_false(append_piece(&file, &piece, true, &why));
	scratch_expect("f", "one\n");
	fail_after_half();
	assert_true(append_piece(&file, &piece, true, &why));
	scratch_expect("f", "one\nsecond piece\n");
}

static void nothing_is_written_behind_half_a_piece(void **state)
{
	(void)state;
	assert_true(append_open(&file, AT_FDCWD, "f", 4, &why));
	/* Neither safe nor to be cut back. */
	sys_fail_at(SYS_SYNC | SYS_TRUNCATE, 1, true, EIO);
	assert_false(append_piece(&file, &piece, true, &why));
	scratch_expect("f", "one\nsecond piece\n");
	assert_false(append_piece(&file, &piece, true, &why));
	scratch_expect("f", "one\nsecond piece\n");
	sys_fail_at(0, 0, false, 0);
	assert_true(append_piece(&file, &piece, true, &why));
	scratch_expect("f", "one\nsecond piece\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fill, empty)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(pieces_follow_what_is_there),
		TEST(what_stands_behind_is_cut_off),
		TEST(a_link_or_a_missing_file_is_refused),
		TEST(a_file_that_cannot_be_cut_is_not_appended_to),
		TEST(a_failed_piece_leaves_nothing),
		TEST(nothing_is_written_behind_half_a_piece),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
