/*
 * test_file.c - no name is trusted, and a lock is gone with its process
 */
#include "test.h"

#include "base/file.h"
#include "scratch.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

static void expect_refused(const char *name, enum file_kind kind,
			   const char *cause)
{
	assert_int_equal(file_open(AT_FDCWD, name, kind, 100, &why), -1);
	assert_non_null(strstr(text_string(&why), name));
	assert_non_null(strstr(text_string(&why), cause));
	text_clear(&why);
}

static void expect_opened(const char *name, enum file_kind kind)
{
	int fd = file_open(AT_FDCWD, name, kind, 100, &why);

	assert_true(fd >= 0);
	assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
	file_close(fd);
}

static void only_regular_files_are_opened(void **state)
{
	(void)state;
	assert_int_equal(mkdir("dir", 0700), 0);
	assert_int_equal(mkfifo("fifo", 0600), 0);
	assert_int_equal(symlink("/etc/passwd", "link"), 0);
	assert_int_equal(symlink("nowhere", "dangling"), 0);
	scratch_put("good", "x", 1);
	expect_opened("good", FILE_ANY);
	expect_refused("dir", FILE_ANY, "it is a directory");
	expect_refused("fifo", FILE_ANY, "not a regular file");
	expect_refused("/dev/zero", FILE_ANY, "not a regular file");
	expect_refused("link", FILE_ANY, "symbolic link");
	expect_refused("dangling", FILE_ANY, "symbolic link");
	expect_refused("none", FILE_ANY, "No such file");
}

static void a_file_over_the_limit_is_refused(void **state)
{
	char bytes[101] = "";

	(void)state;
	scratch_put("fits", bytes, 100);
	scratch_put("not", bytes, 101);
	expect_opened("fits", FILE_ANY);
	expect_refused("not", FILE_ANY, "too large");
}

static void our_own_file_has_one_name_and_one_writer(void **state)
{
	(void)state;
	scratch_put("own", "x", 1);
	expect_opened("own", FILE_OWN);
	assert_int_equal(link("own", "second"), 0);
	expect_refused("own", FILE_OWN, "hard link");
	expect_opened("own", FILE_ANY);
	unlink("second");
	assert_int_equal(chmod("own", 0620), 0);
	expect_refused("own", FILE_OWN, "others may write");
	assert_int_equal(chmod("own", 0602), 0);
	expect_refused("own", FILE_OWN, "others may write");
}

static void someone_elses_file_is_not_ours(void **state)
{
	(void)state;
	if (geteuid() == 0) {
		scratch_put("theirs", "x", 1);
		assert_int_equal(chown("theirs", 12345, 12345), 0);
		expect_refused("theirs", FILE_OWN, "belongs to someone else");
		expect_opened("theirs", FILE_ANY);
	} else {
		struct stat st;

		assert_int_equal(stat("/etc/passwd", &st), 0);
		assert_int_equal(file_open(AT_FDCWD, "/etc/passwd", FILE_OWN,
					   UINT64_MAX, &why),
				 -1);
		assert_non_null(strstr(text_string(&why), "someone else"));
	}
}

static void a_file_is_read_whole(void **state)
{
	struct text got = { 0 };
	char bytes[20000];
	int fd;

	(void)state;
	memset(bytes, 'x', sizeof bytes);
	bytes[10000] = '\0';
	scratch_put("f", bytes, sizeof bytes);
	fd = file_open(AT_FDCWD, "f", FILE_ANY, UINT64_MAX, &why);
	sys_fail_at(SYS_READ, 1, true, SYS_SHORT);
	assert_true(file_read(fd, "f", &got, &why));
	assert_int_equal(got.length, sizeof bytes);
	assert_memory_equal(got.bytes, bytes, sizeof bytes);
	text_free(&got);
	file_close(fd);
}

static void reading_fails_with_the_cause(void **state)
{
	struct text got = { 0 };
	int fd;

	(void)state;
	scratch_put("f", "x", 1);
	fd = file_open(AT_FDCWD, "f", FILE_ANY, UINT64_MAX, &why);
	sys_fail_at(SYS_READ, 1, false, EIO);
	assert_false(file_read(fd, "f", &got, &why));
	assert_string_equal(text_string(&why),
			    "cannot read 'f': Input/output error");
	text_clear(&why);
	mem_fail_at(1, false);
	assert_false(file_read(fd, "f", &got, &why));
	assert_string_equal(text_string(&why),
			    "cannot read 'f': Cannot allocate memory");
	text_free(&got);
	file_close(fd);
}

static void each_call_of_opening_may_fail(void **state)
{
	(void)state;
	scratch_put("f", "x", 1);
	sys_fail_at(SYS_OPEN, 1, false, EACCES);
	expect_refused("f", FILE_OWN, "Permission denied");
	sys_fail_at(SYS_STAT, 1, false, EIO);
	expect_refused("f", FILE_OWN, "Input/output error");
	sys_fail_at(0, 0, false, 0);
	expect_opened("f", FILE_OWN);
}

/* Starts a child that holds the lock until it is killed. */
static pid_t start_holder(void)
{
	int ends[2];
	pid_t child;
	char byte;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (child == 0) {
		if (file_lock(AT_FDCWD, "lock", &why) >= 0 &&
		    write(ends[1], "x", 1) == 1)
			pause();
		_exit(1);
	}
	close(ends[1]);
	assert_int_equal(read(ends[0], &byte, 1), 1);
	close(ends[0]);
	return child;
}

static void a_lock_names_its_holder_and_dies_with_it(void **state)
{
	pid_t holder = start_holder();
	char expected[64];
	int lock, second;

	(void)state;
	assert_int_equal(file_lock(AT_FDCWD, "lock", &why), -1);
	assert_int_equal(errno, EWOULDBLOCK);
	snprintf(expected, sizeof expected, "in use by process %ld",
		 (long)holder);
	assert_non_null(strstr(text_string(&why), expected));
	kill(holder, SIGKILL);
	waitpid(holder, NULL, 0);
	lock = file_lock(AT_FDCWD, "lock", &why);
	assert_true(lock >= 0);
	/* Not even the same process gets it twice. */
	second = file_lock(AT_FDCWD, "lock", &why);
	assert_int_equal(second, -1);
	file_close(lock);
	assert_true(scratch_has("lock"));
	assert_int_equal(scratch_mode("lock"), 0600);
}

static void what_a_lock_file_says_is_not_trusted(void **state)
{
	int lock = file_lock(AT_FDCWD, "lock", &why);

	(void)state;
	assert_true(lock >= 0);
	scratch_put("lock", "12\033[2J", 6);
	assert_int_equal(file_lock(AT_FDCWD, "lock", &why), -1);
	assert_string_equal(text_string(&why),
			    "cannot lock 'lock': it is in use by process 12");
	text_clear(&why);
	scratch_put("lock", "\033[2J", 4);
	assert_int_equal(file_lock(AT_FDCWD, "lock", &why), -1);
	assert_string_equal(text_string(&why),
			    "cannot lock 'lock': it is in use");
	file_close(lock);
}

static void a_lock_file_that_is_a_trap_is_refused(void **state)
{
	(void)state;
	scratch_put("victim", "precious", 8);
	assert_int_equal(symlink("victim", "lock"), 0);
	assert_int_equal(file_lock(AT_FDCWD, "lock", &why), -1);
	unlink("lock");
	assert_int_equal(link("victim", "lock"), 0);
	assert_int_equal(file_lock(AT_FDCWD, "lock", &why), -1);
	unlink("lock");
	assert_int_equal(mkfifo("lock", 0600), 0);
	assert_int_equal(file_lock(AT_FDCWD, "lock", &why), -1);
	scratch_expect("victim", "precious");
}

static void a_filesystem_without_locks_gives_none(void **state)
{
	(void)state;
	sys_fail_at(SYS_LOCK, 1, true, ENOLCK);
	assert_int_equal(file_lock(AT_FDCWD, "lock", &why), -1);
	assert_int_equal(errno, ENOLCK);
	assert_string_equal(text_string(&why),
			    "cannot lock 'lock': No locks available");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(only_regular_files_are_opened),
		SCRATCH_TEST(a_file_over_the_limit_is_refused),
		SCRATCH_TEST(our_own_file_has_one_name_and_one_writer),
		SCRATCH_TEST(someone_elses_file_is_not_ours),
		SCRATCH_TEST(a_file_is_read_whole),
		SCRATCH_TEST(reading_fails_with_the_cause),
		SCRATCH_TEST(each_call_of_opening_may_fail),
		SCRATCH_TEST(a_lock_names_its_holder_and_dies_with_it),
		SCRATCH_TEST(what_a_lock_file_says_is_not_trusted),
		SCRATCH_TEST(a_lock_file_that_is_a_trap_is_refused),
		SCRATCH_TEST(a_filesystem_without_locks_gives_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
