/*
 * test_datadir.c - the program finds its data from every kind of tree
 */
#include "test.h"

#include "base/datadir.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* An installed tree and a build tree in a directory of their own. */
struct trees {
	char top[32], installed_bin[64], installed_data[64], build[64];
};

static void make_dir(char *out, size_t size, const char *top, const char *sub)
{
	assert_true(snprintf(out, size, "%s/%s", top, sub) < (int)size);
	assert_int_equal(mkdir(out, 0700), 0);
}

static void make_file(const char *dir, const char *name)
{
	char path[PATH_MAX];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	file = fopen(path, "w");
	assert_non_null(file);
	fclose(file);
}

static int make_trees(void **state)
{
	static struct trees trees;
	char share[64];

	strcpy(trees.top, "datadir-XXXXXX");
	assert_non_null(mkdtemp(trees.top));
	make_dir(trees.build, sizeof trees.build, trees.top, "build");
	make_dir(trees.installed_bin, sizeof trees.installed_bin, trees.top,
		 "bin");
	make_dir(share, sizeof share, trees.top, "share");
	make_dir(trees.installed_data, sizeof trees.installed_data, share,
		 "activemm");
	make_file(trees.build, "built");
	make_file(trees.installed_data, "installed");
	*state = &trees;
	return 0;
}

static int remove_trees(void **state)
{
	const struct trees *trees = *state;
	char command[64];

	unsetenv("AMM_DATADIR");
	snprintf(command, sizeof command, "rm -r %s", trees->top);
	return system(command);
}

static void the_build_tree_has_data_beside_the_program(void **state)
{
	const struct trees *trees = *state;
	char path[PATH_MAX];

	assert_true(
		datadir_find_beside(trees->build, "built", path, sizeof path));
	assert_int_equal(access(path, R_OK), 0);
}

static void an_installed_tree_has_data_in_share(void **state)
{
	const struct trees *trees = *state;
	char path[PATH_MAX];

	assert_true(datadir_find_beside(trees->installed_bin, "installed", path,
					sizeof path));
	assert_int_equal(access(path, R_OK), 0);
}

static void the_environment_names_the_only_directory(void **state)
{
	const struct trees *trees = *state;
	char path[PATH_MAX];

	setenv("AMM_DATADIR", trees->build, 1);
	assert_true(datadir_find("built", path, sizeof path));
	setenv("AMM_DATADIR", trees->installed_bin, 1);
	assert_false(datadir_find("built", path, sizeof path));
}

static void a_missing_file_leaves_an_empty_path(void **state)
{
	char path[PATH_MAX] = "old";

	(void)state;
	assert_false(datadir_find("no such file", path, sizeof path));
	assert_string_equal(path, "");
}

static void a_path_that_does_not_fit_is_not_found(void **state)
{
	const struct trees *trees = *state;
	char path[8];

	assert_false(
		datadir_find_beside(trees->build, "built", path, sizeof path));
	assert_string_equal(path, "");
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, make_trees, remove_trees)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_build_tree_has_data_beside_the_program),
		TEST(an_installed_tree_has_data_in_share),
		TEST(the_environment_names_the_only_directory),
		TEST(a_missing_file_leaves_an_empty_path),
		TEST(a_path_that_does_not_fit_is_not_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
