/*
 * sys.c - the system calls that may fail, each with a place to make it fail
 */
#include "base/sys.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/failpoint.h"

static struct failpoint failpoint;
static unsigned failing_calls;
static int failing_error;

void sys_fail_at(unsigned calls, uint64_t nth, bool onward, int error)
{
	failpoint = (struct failpoint){ .nth = nth, .onward = onward };
	failing_calls = calls;
	failing_error = error;
}

uint64_t sys_calls(void)
{
	return failpoint.calls;
}

/* 0, or what has gone wrong with this call: an errno or SYS_SHORT. */
static int failure_of(enum sys_call call)
{
	if (!(failing_calls & call) || !failpoint_hit(&failpoint))
		return 0;
	return failing_error;
}

/* Whether this call fails; sets errno.  A short count is no failure here. */
static bool fails(enum sys_call call)
{
	int error = failure_of(call);

	if (error > 0)
		errno = error;
	return error > 0;
}

/* After a failed read() or write(): whether to make the call again. */
static bool try_again(int fd, short events)
{
	struct pollfd p = { .fd = fd, .events = events };

	if (errno == EINTR)
		return true;
	if (errno != EAGAIN)
		return false;
	return poll(&p, 1, -1) >= 0 || errno == EINTR;
}

int sys_open(int dir, const char *name, int flags)
{
	mode_t mask;
	int fd;

	if (fails(SYS_OPEN))
		return -1;
	/* A new file has its mode whatever the umask. */
	mask = umask(0);
	do
		fd = openat(dir, name, flags | O_CLOEXEC, 0600);
	while (fd < 0 && errno == EINTR);
	umask(mask);
	return fd;
}

int sys_close(int fd)
{
	int error = failure_of(SYS_CLOSE);
	int result = close(fd);

	if (error > 0) {
		errno = error;
		return -1;
	}
	/* Linux has closed it also when it says EINTR. */
	return result < 0 && errno == EINTR ? 0 : result;
}

static size_t halved(int error, size_t length)
{
	return error == SYS_SHORT && length > 1 ? length / 2 : length;
}

static ssize_t read_once(int fd, void *bytes, size_t length)
{
	int error = failure_of(SYS_READ);

	if (error > 0) {
		errno = error;
		return -1;
	}
	return read(fd, bytes, halved(error, length));
}

ssize_t sys_read(int fd, void *bytes, size_t length)
{
	ssize_t count;

	do
		count = read_once(fd, bytes, length);
	while (count < 0 && try_again(fd, POLLIN));
	return count;
}

static ssize_t write_once(int fd, const char *bytes, size_t length,
			  enum sys_call as)
{
	int error = failure_of(as);

	if (error > 0) {
		errno = error;
		return -1;
	}
	return write(fd, bytes, halved(error, length));
}

int sys_write_all(int fd, const char *bytes, size_t length, enum sys_call as)
{
	while (length > 0) {
		ssize_t count = write_once(fd, bytes, length, as);

		if (count < 0 && !try_again(fd, POLLOUT))
			return -1;
		if (count <= 0)
			continue;
		bytes += count;
		length -= (size_t)count;
	}
	return 0;
}

int sys_stat(int fd, struct stat *st)
{
	return fails(SYS_STAT) ? -1 : fstat(fd, st);
}

int sys_stat_name(int dir, const char *name, struct stat *st)
{
	if (fails(SYS_STAT))
		return -1;
	return fstatat(dir, name, st, AT_SYMLINK_NOFOLLOW);
}

int sys_sync(int fd)
{
	return fails(SYS_SYNC) ? -1 : fsync(fd);
}

int sys_sync_data(int fd)
{
	return fails(SYS_SYNC) ? -1 : fdatasync(fd);
}

int sys_rename(int dir, const char *from, const char *to)
{
	return fails(SYS_RENAME) ? -1 : renameat(dir, from, dir, to);
}

int sys_unlink(int dir, const char *name)
{
	return fails(SYS_UNLINK) ? -1 : unlinkat(dir, name, 0);
}

int sys_mkdir(const char *path)
{
	mode_t mask;
	int result;

	if (fails(SYS_MKDIR))
		return -1;
	mask = umask(0);
	result = mkdir(path, 0700);
	umask(mask);
	return result;
}

int sys_truncate(int fd, off_t length)
{
	return fails(SYS_TRUNCATE) ? -1 : ftruncate(fd, length);
}

/* Open-file-description locks belong to the opening, not the process, and
 * vanish with it.  A filesystem without them may still know flock(). */
int sys_lock(int fd)
{
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	if (fails(SYS_LOCK))
		return -1;
	if (fcntl(fd, F_OFD_SETLK, &whole) == 0)
		return 0;
	if (errno == EAGAIN || errno == EACCES) {
		errno = EWOULDBLOCK;
		return -1;
	}
	return flock(fd, LOCK_EX | LOCK_NB);
}
