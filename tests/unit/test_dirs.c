/*
 * test_dirs.c - our directories are where the XDG rules say, and only ours
 */
#include "test.h"

#include "base/dirs.h"
#include "scratch.h"

#include <errno.h>

static const char *find(enum dirs_kind kind)
{
	static struct text path;
	static char found[PATH_MAX];

	found[0] = '\0';
	if (dirs_find(kind, &path, &why))
		snprintf(found, sizeof found, "%s", text_string(&path));
	text_free(&path);
	return found;
}

static void the_variables_are_followed(void **state)
{
	(void)state;
	setenv("HOME", "/h", 1);
	setenv("XDG_STATE_HOME", "/s", 1);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("XDG_CACHE_HOME");
	assert_string_equal(find(DIRS_STATE), "/s/activemm");
	assert_string_equal(find(DIRS_CONFIG), "/h/.config/activemm");
	assert_string_equal(find(DIRS_CACHE), "/h/.cache/activemm");
	unsetenv("XDG_STATE_HOME");
	assert_string_equal(find(DIRS_STATE), "/h/.local/state/activemm");
}

static void values_that_are_not_absolute_are_ignored(void **state)
{
	(void)state;
	setenv("HOME", "/h", 1);
	setenv("XDG_STATE_HOME", "relative", 1);
	assert_string_equal(find(DIRS_STATE), "/h/.local/state/activemm");
	setenv("XDG_STATE_HOME", "", 1);
	assert_string_equal(find(DIRS_STATE), "/h/.local/state/activemm");
}

static void a_useless_home_is_an_error(void **state)
{
	char longest[5001];

	(void)state;
	unsetenv("XDG_STATE_HOME");
	unsetenv("HOME");
	assert_string_equal(find(DIRS_STATE), "");
	assert_string_equal(text_string(&why),
			    "neither $XDG_STATE_HOME nor $HOME names a usable "
			    "directory");
	setenv("HOME", "home", 1);
	assert_string_equal(find(DIRS_STATE), "");
	memset(longest, '/', 5000);
	longest[5000] = '\0';
	setenv("HOME", longest, 1);
	assert_string_equal(find(DIRS_STATE), "");
}

static int open_below(const char *name)
{
	char path[PATH_MAX + 64];

	snprintf(path, sizeof path, "%s/%s", scratch_dir, name);
	return dirs_open(path, &why);
}

static void parents_are_made_private_whatever_the_umask(void **state)
{
	static const mode_t masks[] = { 0, 0077, 0777 };
	char name[32];

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		int dir;

		umask(masks[i]);
		snprintf(name, sizeof name, "a%u/b/c", i);
		dir = open_below(name);
		assert_true(dir >= 0);
		dirs_close(dir);
		assert_int_equal(scratch_mode(name), 0700);
		name[strlen(name) - 2] = '\0';
		assert_int_equal(scratch_mode(name), 0700);
	}
}

static void what_is_there_already_is_used_as_it_is(void **state)
{
	int dir;

	(void)state;
	assert_int_equal(mkdir("a", 0755), 0);
	dir = open_below("a");
	assert_true(dir >= 0);
	dirs_close(dir);
	assert_int_equal(scratch_mode("a"), 0755);
}

static void a_directory_that_others_control_is_refused(void **state)
{
	(void)state;
	assert_int_equal(mkdir("open", 0700), 0);
	assert_int_equal(chmod("open", 0777), 0);
	assert_int_equal(open_below("open"), -1);
	assert_non_null(strstr(text_string(&why), "others may write to it"));
	assert_int_equal(mkdir("real", 0700), 0);
	assert_int_equal(symlink("real", "link"), 0);
	assert_int_equal(open_below("link"), -1);
	scratch_put("file", "x", 1);
	assert_int_equal(open_below("file"), -1);
	assert_int_equal(open_below("file/below"), -1);
	if (geteuid() == 0) {
		assert_int_equal(mkdir("theirs", 0700), 0);
		assert_int_equal(chown("theirs", 12345, 12345), 0);
		assert_int_equal(open_below("theirs"), -1);
		assert_non_null(strstr(text_string(&why), "someone else"));
	}
}

static void a_path_that_is_too_long_is_refused(void **state)
{
	char path[PATH_MAX + 1];

	(void)state;
	memset(path, '/', PATH_MAX);
	path[PATH_MAX] = '\0';
	assert_int_equal(dirs_open(path, &why), -1);
	assert_non_null(strstr(text_string(&why), "name too long"));
}

static void any_call_may_fail(void **state)
{
	int dir = -1;

	(void)state;
	for (uint64_t nth = 1; dir < 0; nth++) {
		text_clear(&why);
		sys_fail_at(SYS_ANY & ~(unsigned)SYS_CLOSE, nth, false, EROFS);
		dir = open_below("a/b");
		assert_true(dir >= 0 || strstr(text_string(&why), "a/b"));
	}
	dirs_close(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(the_variables_are_followed),
		SCRATCH_TEST(values_that_are_not_absolute_are_ignored),
		SCRATCH_TEST(a_useless_home_is_an_error),
		SCRATCH_TEST(parents_are_made_private_whatever_the_umask),
		SCRATCH_TEST(what_is_there_already_is_used_as_it_is),
		SCRATCH_TEST(a_directory_that_others_control_is_refused),
		SCRATCH_TEST(a_path_that_is_too_long_is_refused),
		SCRATCH_TEST(any_call_may_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
