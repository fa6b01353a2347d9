/*
 * test_sys.c - system calls fail when a test asks, and go on when they can
 */
#include "test.h"

#include "scratch.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

static void only_the_nth_of_the_chosen_calls_fails(void **state)
{
	int fd;

	(void)state;
	sys_fail_at(SYS_MKDIR | SYS_UNLINK, 2, false, EROFS);
	assert_int_equal(sys_mkdir("a"), 0);
	fd = sys_open(AT_FDCWD, ".", O_RDONLY);
	assert_int_equal(sys_close(fd), 0);
	assert_int_equal(sys_unlink(AT_FDCWD, "none"), -1);
	assert_int_equal(errno, EROFS);
	assert_int_equal(sys_mkdir("b"), 0);
	assert_int_equal(sys_calls(), 3);
}

static void all_fail_from_the_nth_on(void **state)
{
	(void)state;
	sys_fail_at(SYS_MKDIR, 2, true, EROFS);
	assert_int_equal(sys_mkdir("a"), 0);
	assert_int_equal(sys_mkdir("b"), -1);
	assert_int_equal(sys_mkdir("c"), -1);
	assert_int_equal(scratch_count("."), 1);
}

static void a_failing_close_closes_nevertheless(void **state)
{
	int fd = sys_open(AT_FDCWD, ".", O_RDONLY);

	(void)state;
	sys_fail_at(SYS_CLOSE, 1, false, EIO);
	assert_int_equal(sys_close(fd), -1);
	assert_int_equal(errno, EIO);
	assert_int_equal(fcntl(fd, F_GETFD), -1);
}

static void opened_files_do_not_reach_other_programs(void **state)
{
	int fd = sys_open(AT_FDCWD, "new", O_RDWR | O_CREAT);

	(void)state;
	assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
	assert_int_equal(sys_close(fd), 0);
}

static void a_full_pipe_is_waited_for(void **state)
{
	static char bytes[200000], got[sizeof bytes];
	size_t total = 0;
	int ends[2];
	pid_t child;

	(void)state;
	memset(bytes, 'x', sizeof bytes);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
	child = fork();
	if (child == 0)
		_exit(sys_write_all(ends[1], bytes, sizeof bytes, SYS_PRINT) <
		      0);
	close(ends[1]);
	while (total < sizeof got) {
		ssize_t count = sys_read(ends[0], got, sizeof got - total);

		assert_true(count > 0);
		total += (size_t)count;
	}
	assert_int_equal(waitpid(child, NULL, 0), child);
	close(ends[0]);
}

static void an_empty_pipe_is_waited_for(void **state)
{
	int ends[2];
	pid_t child;
	char byte;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
	child = fork();
	if (child == 0)
		_exit(sys_write_all(ends[1], "x", 1, SYS_WRITE) < 0);
	assert_int_equal(sys_read(ends[0], &byte, 1), 1);
	waitpid(child, NULL, 0);
	close(ends[0]);
	close(ends[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(only_the_nth_of_the_chosen_calls_fails),
		SCRATCH_TEST(all_fail_from_the_nth_on),
		SCRATCH_TEST(a_failing_close_closes_nevertheless),
		SCRATCH_TEST(opened_files_do_not_reach_other_programs),
		SCRATCH_TEST(a_full_pipe_is_waited_for),
		SCRATCH_TEST(an_empty_pipe_is_waited_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
