/*
 * file.c - files, opened and replaced so that nothing is lost or followed
 */
#include "base/file.h"

#include <errno.h>
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

/* Why the open file may not be read, or NULL. */
static const char *objection(const struct stat *st, enum file_kind kind,
			     uint64_t limit)
{
	if (S_ISDIR(st->st_mode))
		return "it is a directory";
	if (!S_ISREG(st->st_mode))
		return "it is not a regular file";
	if (st->st_size < 0 || (uint64_t)st->st_size > limit)
		return "it is too large";
	if (kind == FILE_ANY)
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

static const char *open_cause(void)
{
	return errno == ELOOP ? "it is a symbolic link" : strerror(errno);
}

/* Checks the open @fd; false and a complaint when it is not acceptable. */
static bool acceptable(int fd, const char *name, enum file_kind kind,
		       uint64_t limit, struct text *why)
{
	struct stat st;
	const char *cause;

	if (sys_stat(fd, &st) < 0) {
		file_complain(why, "open", name, strerror(errno));
		return false;
	}
	cause = objection(&st, kind, limit);
	if (!cause)
		return true;
	errno = EINVAL;
	file_complain(why, "open", name, cause);
	return false;
}

int file_open(int dir, const char *name, enum file_kind kind, uint64_t limit,
	      struct text *why)
{
	/* Without O_NONBLOCK a FIFO without a writer would hang us. */
	int fd = sys_open(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0);

	if (fd < 0) {
		file_complain(why, "open", name, open_cause());
		return -1;
	}
	if (acceptable(fd, name, kind, limit, why))
		return fd;
	close_quietly(fd);
	return -1;
}
