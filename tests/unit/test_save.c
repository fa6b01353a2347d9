/*
 * test_save.c - a file is the old one or the new one, whatever fails
 */
#include "test.h"

#include "base/save.h"
#include "scratch.h"

#include <errno.h>
#include <fcntl.h>

static struct text contents;

static int fill(void **state)
{
	scratch_setup(state);
	text_add(&contents, "new");
	return 0;
}

static int empty(void **state)
{
	text_free(&contents);
	return scratch_teardown(state);
}

static bool over(const char *name)
{
	return save_over(AT_FDCWD, name, &contents, &why);
}

static void the_new_file_takes_the_name(void **state)
{
	(void)state;
	scratch_put("f", "old and longer", 14);
	assert_true(over("f"));
	scratch_expect("f", "new");
	assert_true(over("g"));
	scratch_expect("g", "new");
	assert_int_equal(scratch_count("."), 2);
}

static void a_path_may_lead_elsewhere(void **state)
{
	(void)state;
	assert_int_equal(mkdir("sub", 0700), 0);
	assert_true(over("sub/f"));
	scratch_expect("sub/f", "new");
	assert_int_equal(scratch_count("sub"), 1);
	assert_false(over("none/f"));
	assert_string_equal(text_string(&why),
			    "cannot save 'none/f': No such file or directory");
}

static void the_temporary_file_is_beside_the_file(void **state)
{
	(void)state;
	assert_int_equal(mkdir("sub", 0700), 0);
	/* Neither to be renamed nor to be removed: it can be seen. */
	sys_fail_at(SYS_RENAME | SYS_UNLINK, 1, true, EIO);
	assert_false(over("sub/f"));
	assert_int_equal(scratch_count("sub"), 1);
	assert_int_equal(scratch_count("."), 1);
}

static void the_mode_does_not_depend_on_the_umask(void **state)
{
	static const mode_t masks[] = { 0, 0077, 0777 };
	char name[8];

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		umask(masks[i]);
		snprintf(name, sizeof name, "f%u", i);
		assert_true(over(name));
		assert_int_equal(scratch_mode(name), 0600);
	}
}

static void only_a_regular_file_is_replaced(void **state)
{
	(void)state;
	scratch_put("victim", "precious", 8);
	assert_int_equal(symlink("victim", "link"), 0);
	assert_int_equal(mkdir("dir", 0700), 0);
	assert_int_equal(mkfifo("fifo", 0600), 0);
	assert_false(over("link"));
	assert_false(over("dir"));
	assert_false(over("fifo"));
	assert_false(over("/dev/null"));
	assert_non_null(strstr(text_string(&why),
			       "'/dev/null': it is not a regular file"));
	scratch_expect("victim", "precious");
	assert_int_equal(scratch_count("."), 4);
}

static void a_new_file_needs_a_free_name(void **state)
{
	(void)state;
	assert_true(save_new(AT_FDCWD, "f", &contents, &why));
	scratch_expect("f", "new");
	assert_int_equal(scratch_mode("f"), 0600);
	assert_false(save_new(AT_FDCWD, "f", &contents, &why));
	assert_int_equal(errno, EEXIST);
	assert_int_equal(symlink("nowhere", "dangling"), 0);
	assert_false(save_new(AT_FDCWD, "dangling", &contents, &why));
	assert_false(scratch_has("nowhere"));
}

static void an_incomplete_text_is_not_saved(void **state)
{
	(void)state;
	scratch_put("f", "old", 3);
	contents.failed = true;
	assert_false(over("f"));
	assert_int_equal(errno, ENOMEM);
	scratch_expect("f", "old");
	assert_int_equal(scratch_count("."), 1);
}

static void a_temporary_name_in_the_way_is_passed_over(void **state)
{
	char name[64];

	(void)state;
	snprintf(name, sizeof name, ".activemm-%ld-0.tmp", (long)getpid());
	scratch_put("victim", "precious", 8);
	assert_int_equal(symlink("victim", name), 0);
	assert_true(over("f"));
	scratch_expect("f", "new");
	scratch_expect("victim", "precious");
}

/* After any single failure: the old file or the new one, and no other. */
static void expect_old_or_new(bool saved)
{
	char bytes[16] = "";

	assert_true(scratch_get("f", bytes, sizeof bytes) >= 0);
	if (saved)
		assert_string_equal(bytes, "new");
	else
		assert_true(strcmp(bytes, "old") == 0 ||
			    strcmp(bytes, "new") == 0);
	assert_int_equal(scratch_count("."), 1);
	if (!saved)
		assert_non_null(strstr(text_string(&why), "cannot save 'f': "));
}

static void any_call_may_fail_with_any_error(void **state)
{
	static const int errors[] = { EIO,    ENOSPC, EDQUOT,   EROFS,
				      EACCES, EINTR,  SYS_SHORT };

	(void)state;
	for (size_t e = 0; e < sizeof errors / sizeof *errors; e++) {
		uint64_t nth = 1, calls;

		do {
			bool saved;

			scratch_put("f", "old", 3);
			/* Failing to tidy up is looked at by hand below. */
			sys_fail_at(SYS_ANY & ~(unsigned)SYS_UNLINK, nth++,
				    false, errors[e]);
			saved = over("f");
			calls = sys_calls();
			sys_fail_at(0, 0, false, 0);
			expect_old_or_new(saved);
			text_clear(&why);
		} while (nth <= calls + 1);
		assert_true(calls >= 8);
	}
}

static void no_failure_passes_for_success(void **state)
{
	const unsigned calls = SYS_OPEN | SYS_WRITE | SYS_SYNC | SYS_RENAME;
	bool saved = false;
	uint64_t nth;

	(void)state;
	for (nth = 1; !saved; nth++) {
		sys_fail_at(calls, nth, false, EIO);
		saved = over("f");
		assert_int_equal(saved, sys_calls() < nth);
		text_clear(&why);
	}
	/* Two openings, a writing, two syncs and a renaming. */
	assert_int_equal(nth - 1, 7);
}

static void when_all_fails_the_old_file_stays(void **state)
{
	uint64_t nth = 1, calls;

	(void)state;
	do {
		char bytes[16] = "";

		scratch_put("f", "old", 3);
		sys_fail_at(SYS_ANY, nth++, true, EIO);
		over("f");
		calls = sys_calls();
		sys_fail_at(0, 0, false, 0);
		scratch_get("f", bytes, sizeof bytes);
		assert_true(strcmp(bytes, "old") == 0 ||
			    strcmp(bytes, "new") == 0);
	} while (nth <= calls + 1);
}

static void any_allocation_may_fail(void **state)
{
	bool saved = false;

	(void)state;
	for (uint64_t nth = 1; !saved; nth++) {
		scratch_put("f", "old", 3);
		mem_fail_at(nth, false);
		saved = over("f");
		mem_fail_at(0, false);
		scratch_expect("f", saved ? "new" : "old");
		assert_int_equal(scratch_count("."), 1);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fill, empty)

static void put(struct text *t, const char *bytes)
{
	text_clear(t);
	text_add(t, bytes);
}

static void the_last_ones_can_be_kept(void **state)
{
	static const char *const all[] = { "", "one", "two", "three", "four" };
	struct text old = { 0 }, now = { 0 };

	(void)state;
	for (int i = 1; i < 5; i++) {
		put(&old, all[i - 1]);
		put(&now, all[i]);
		assert_true(save_keeping(AT_FDCWD, "f", 2, &old, &now, &why));
	}
	scratch_expect("f", "four");
	scratch_expect("f.1", "three");
	scratch_expect("f.2", "two");
	assert_int_equal(scratch_count("."), 3);
	text_free(&old);
	text_free(&now);
}

static void what_is_put_aside_takes_a_free_name(void **state)
{
	struct text aside = { 0 };

	(void)state;
	scratch_put("f", "bad", 3);
	scratch_put("f.damaged-1", "worse", 5);
	assert_true(save_aside(AT_FDCWD, "f", &aside, &why));
	assert_string_equal(text_string(&aside), "f.damaged-2");
	scratch_expect("f.damaged-1", "worse");
	scratch_expect("f.damaged-2", "bad");
	assert_false(save_aside(AT_FDCWD, "f", &aside, &why));
	text_free(&aside);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_new_file_takes_the_name),
		TEST(a_path_may_lead_elsewhere),
		TEST(the_temporary_file_is_beside_the_file),
		TEST(the_mode_does_not_depend_on_the_umask),
		TEST(only_a_regular_file_is_replaced),
		TEST(a_new_file_needs_a_free_name),
		TEST(an_incomplete_text_is_not_saved),
		TEST(a_temporary_name_in_the_way_is_passed_over),
		TEST(any_call_may_fail_with_any_error),
		TEST(no_failure_passes_for_success),
		TEST(when_all_fails_the_old_file_stays),
		TEST(any_allocation_may_fail),
		TEST(the_last_ones_can_be_kept),
		TEST(what_is_put_aside_takes_a_free_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
