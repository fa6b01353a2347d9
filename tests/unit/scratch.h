/*
 * scratch.h - a directory of its own for each test of files
 *
 * It is the working directory while the test runs, and removed after it.
 * $HOME and $XDG_STATE_HOME point into it.
 */
#ifndef UNIT_SCRATCH_H
#define UNIT_SCRATCH_H

#include <dirent.h>
#include <ftw.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/sys.h"
#include "base/text.h"

static char scratch_before[PATH_MAX], scratch_dir[PATH_MAX];
static int scratch_fds;

/* What functions under test complain of; emptied after each test. */
static struct text why;

/* How many names the directory @dir has. */
static inline int scratch_count(const char *dir)
{
	DIR *d = opendir(dir);
	int count = 0;

	assert_non_null(d);
	while (readdir(d))
		count++;
	closedir(d);
	return count - 2; /* without . and .. */
}

static inline int scratch_setup(void **state)
{
	(void)state;
	scratch_fds = scratch_count("/proc/self/fd");
	assert_non_null(getcwd(scratch_before, sizeof scratch_before));
	/* In memory where possible: the tests force much to the disk. */
	strcpy(scratch_dir, access("/dev/shm", W_OK) == 0
				    ? "/dev/shm/activemm-test-XXXXXX"
				    : "/tmp/activemm-test-XXXXXX");
	assert_non_null(mkdtemp(scratch_dir));
	assert_int_equal(chdir(scratch_dir), 0);
	setenv("HOME", scratch_dir, 1);
	setenv("XDG_STATE_HOME", scratch_dir, 1);
	return 0;
}

static inline int scratch_remove_one(const char *name, const struct stat *st,
				     int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(name);
}

/* Removes @name with all that is in it, if there is such. */
static inline void scratch_remove(const char *name)
{
	struct stat st;

	if (lstat(name, &st) == 0)
		assert_int_equal(nftw(name, scratch_remove_one, 16,
				      FTW_DEPTH | FTW_PHYS),
				 0);
}

static inline int scratch_teardown(void **state)
{
	(void)state;
	umask(0022);
	mem_fail_at(0, false);
	mem_cap(SIZE_MAX);
	sys_fail_at(0, 0, false, 0);
	text_free(&why);
	assert_int_equal(chdir(scratch_before), 0);
	scratch_remove(scratch_dir);
	/* Whatever the test did, no memory and no open file may be left. */
	assert_int_equal(mem_stats().live_blocks, 0);
	assert_int_equal(scratch_count("/proc/self/fd"), scratch_fds);
	return 0;
}

static inline void scratch_put(const char *name, const void *bytes,
			       size_t length)
{
	FILE *f = fopen(name, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, length, f), length);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(chmod(name, 0600), 0);
}

/* The bytes of @name, at most @size; returns their number, -1: no file. */
static inline long scratch_get(const char *name, char *bytes, size_t size)
{
	FILE *f = fopen(name, "r");
	size_t length;

	if (!f)
		return -1;
	length = fread(bytes, 1, size, f);
	fclose(f);
	return (long)length;
}

static inline void scratch_expect(const char *name, const char *contents)
{
	char bytes[4096] = "";

	assert_true(scratch_get(name, bytes, sizeof bytes - 1) >= 0);
	assert_string_equal(bytes, contents);
}

static inline bool scratch_has(const char *name)
{
	struct stat st;

	return lstat(name, &st) == 0;
}

static inline unsigned scratch_mode(const char *name)
{
	struct stat st;

	assert_int_equal(lstat(name, &st), 0);
	return st.st_mode & 07777;
}

#define SCRATCH_TEST(name) \
	cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

#endif
