/*
 * file.c - files, opened and replaced so that nothing is lost or followed
 */
#include "base/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/sys.h"

void file_complain(struct text *why, const char *verb, const char *name,
		   const char *cause)
{
	int error = errno;

	text_addf(why, "cannot %s '", verb);
	escape_text(why, name, strlen(name));
	text_addf(why, "': %s", cause);
	errno = error;
}

/* How a file is to be opened, and what it has to be. */
struct wanted {
	int flags;
	enum file_kind kind;
	uint64_t limit;
};

/* Why the open file is not what is wanted, or NULL. */
static const char *objection(const struct stat *st, const struct wanted *want)
{
	if (S_ISDIR(st->st_mode))
		return "it is a directory";
	if (!S_ISREG(st->st_mode))
		return "it is not a regular file";
	if (st->st_size < 0 || (uint64_t)st->st_size > want->limit)
		return "it is too large";
	if (want->kind == FILE_ANY)
		return NULL;
	if (st->st_uid != geteuid())
		return "it belongs to someone else";
	if (st->st_nlink != 1)
		return "it has another name (a hard link)";
	if (st->st_mode & (S_IWGRP | S_IWOTH))
		return "others may write to it";
	return NULL;
}

/* Closes @fd and keeps errno for the caller. */
static void close_quietly(int fd)
{
	int error = errno;

	(void)sys_close(fd);
	errno = error;
}

void file_close(int fd)
{
	close_quietly(fd);
}

/* Checks the open @fd; false and a complaint when it is not acceptable. */
static bool acceptable(int fd, const char *name, const struct wanted *want,
		       struct text *why)
{
	struct stat st;
	const char *cause;

	if (sys_stat(fd, &st) < 0) {
		file_complain(why, "open", name, strerror(errno));
		return false;
	}
	cause = objection(&st, want);
	if (!cause)
		return true;
	errno = EINVAL;
	file_complain(why, "open", name, cause);
	return false;
}

static int open_checked(int dir, const char *name, const struct wanted *want,
			struct text *why)
{
	/* Without O_NONBLOCK a FIFO without a writer would hang us. */
	int fd = sys_open(dir, name, want->flags | O_NOFOLLOW | O_NONBLOCK);

	if (fd < 0) {
		file_complain(why, "open", name,
			      errno == ELOOP ? "it is a symbolic link"
					     : strerror(errno));
		return -1;
	}
	if (acceptable(fd, name, want, why))
		return fd;
	close_quietly(fd);
	return -1;
}

int file_open(int dir, const char *name, enum file_kind kind, uint64_t limit,
	      struct text *why)
{
	const struct wanted want = { O_RDONLY, kind, limit };

	return open_checked(dir, name, &want, why);
}

int file_open_append(int dir, const char *name, struct text *why)
{
	const struct wanted want = { O_WRONLY | O_APPEND, FILE_OWN,
				     UINT64_MAX };

	return open_checked(dir, name, &want, why);
}

bool file_exists(int dir, const char *name)
{
	struct stat st;

	return sys_stat_name(dir, name, &st) == 0 || errno != ENOENT;
}

bool file_read(int fd, const char *name, struct text *contents,
	       struct text *why)
{
	char chunk[8192];
	ssize_t count;

	while ((count = sys_read(fd, chunk, sizeof chunk)) > 0)
		text_append(contents, chunk, (size_t)count);
	if (count == 0 && contents->failed)
		errno = ENOMEM;
	if (count == 0 && !contents->failed)
		return true;
	file_complain(why, "read", name, strerror(errno));
	return false;
}

/* Says who holds the lock, as far as its file tells. */
static void complain_of_holder(int fd, const char *name, struct text *why)
{
	char pid[16] = "";
	ssize_t count = sys_read(fd, pid, sizeof pid - 1);
	size_t digits = strspn(pid, "0123456789");

	errno = EWOULDBLOCK;
	file_complain(why, "lock", name, "it is in use");
	if (count > 0 && digits > 0)
		text_addf(why, " by process %.*s", (int)digits, pid);
}

static bool take_lock(int fd, const char *name, struct text *why)
{
	char pid[16];
	int length = snprintf(pid, sizeof pid, "%ld\n", (long)getpid());

	if (sys_lock(fd) < 0) {
		if (errno == EWOULDBLOCK)
			complain_of_holder(fd, name, why);
		else
			file_complain(why, "lock", name, strerror(errno));
		return false;
	}
	/* Only for people who meet the lock: no failure if the disk is full. */
	if (sys_truncate(fd, 0) == 0)
		(void)sys_write_all(fd, pid, (size_t)length, SYS_WRITE);
	return true;
}

int file_lock(int dir, const char *name, struct text *why)
{
	const struct wanted want = { O_RDWR | O_CREAT, FILE_OWN, UINT64_MAX };
	int fd = open_checked(dir, name, &want, why);

	if (fd < 0)
		return -1;
	if (take_lock(fd, name, why))
		return fd;
	close_quietly(fd);
	return -1;
}
