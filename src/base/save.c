/*
 * save.c - files written as a whole or not at all
 */
#include "base/save.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/sys.h"

#define TRIES 100 /* temporary names, should some be taken */

static bool complain(struct text *why, const char *name)
{
	file_complain(why, "save", name,
		      errno == EINVAL ? "it is not a regular file"
				      : strerror(errno));
	return false;
}

/* Forces the names in the directory @path to the disk. */
static bool sync_dir(int dir, const char *path)
{
	int fd = sys_open(dir, path, O_RDONLY | O_DIRECTORY);
	int result, error;

	if (fd < 0)
		return false;
	result = sys_sync(fd);
	error = errno;
	(void)sys_close(fd);
	errno = error;
	/* Some filesystems do not do this for directories. */
	return result == 0 || error == EINVAL;
}

static bool write_and_close(int fd, const struct text *contents)
{
	bool written = sys_write_all(fd, text_string(contents),
				     contents->length, SYS_WRITE) == 0 &&
		       sys_sync(fd) == 0;
	int error = errno;
	bool closed = sys_close(fd) == 0;

	if (!written)
		errno = error;
	return written && closed;
}

/* Makes the file @name and fills it; leaves none behind on failure. */
static bool create(int dir, const char *name, const struct text *contents)
{
	int fd, error;

	if (contents->failed) {
		errno = ENOMEM;
		return false;
	}
	fd = sys_open(dir, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
	if (fd < 0)
		return false;
	if (write_and_close(fd, contents))
		return true;
	error = errno;
	(void)sys_unlink(dir, name);
	errno = error;
	return false;
}

/* The directory part of @name with its slash, or "./". */
static void directory_of(const char *name, struct text *path)
{
	const char *slash = strrchr(name, '/');

	if (slash)
		text_append(path, name, (size_t)(slash - name) + 1);
	else
		text_add(path, "./");
}

bool save_new(int dir, const char *name, const struct text *contents,
	      struct text *why)
{
	if (create(dir, name, contents) && sync_dir(dir, "."))
		return true;
	return complain(why, name);
}

/* Fills a file with a name of its own, which is put into @temp. */
static bool create_temp(int dir, const char *path, struct text *temp,
			const struct text *contents)
{
	for (int i = 0; i < TRIES; i++) {
		text_clear(temp);
		text_addf(temp, "%s.activemm-%ld-%d.tmp", path, (long)getpid(),
			  i);
		if (temp->failed) {
			errno = ENOMEM;
			return false;
		}
		if (create(dir, text_string(temp), contents))
			return true;
		if (errno != EEXIST)
			return false;
	}
	return false;
}

/* A device or link of that name is not ours to replace. */
static bool may_replace(int dir, const char *name)
{
	struct stat st;

	if (sys_stat_name(dir, name, &st) < 0)
		return errno == ENOENT;
	errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
	return S_ISREG(st.st_mode);
}

static bool replace(int dir, const char *name, const char *path,
		    const struct text *contents)
{
	struct text temp = { 0 };
	bool done = create_temp(dir, path, &temp, contents);
	int error;

	if (done && sys_rename(dir, text_string(&temp), name) < 0) {
		error = errno;
		(void)sys_unlink(dir, text_string(&temp));
		errno = error;
		done = false;
	}
	error = errno;
	text_free(&temp);
	errno = error;
	return done && sync_dir(dir, path);
}

bool save_over(int dir, const char *name, const struct text *contents,
	       struct text *why)
{
	struct text path = { 0 };
	bool done;

	directory_of(name, &path);
	errno = ENOMEM;
	done = !path.failed && may_replace(dir, name) &&
	       replace(dir, name, text_string(&path), contents);
	if (!done)
		complain(why, name);
	text_free(&path);
	return done;
}

/* NAME.2 becomes NAME.3, and so on; what is not there leaves a gap. */
static bool shift(int dir, const char *name, unsigned keep)
{
	struct text from = { 0 }, to = { 0 };
	bool ok = true;

	for (unsigned n = keep; ok && n > 1; n--) {
		text_clear(&from);
		text_clear(&to);
		text_addf(&from, "%s.%u", name, n - 1);
		text_addf(&to, "%s.%u", name, n);
		ok = sys_rename(dir, text_string(&from), text_string(&to)) ==
			     0 ||
		     errno == ENOENT;
	}
	text_free(&from);
	text_free(&to);
	return ok;
}

bool save_keeping(int dir, const char *name, unsigned keep,
		  const struct text *old, const struct text *contents,
		  struct text *why)
{
	struct text before = { 0 };
	bool ok = true;

	text_addf(&before, "%s.1", name);
	if (old->length > 0)
		ok = (shift(dir, name, keep) || complain(why, name)) &&
		     save_over(dir, text_string(&before), old, why);
	text_free(&before);
	return ok && save_over(dir, name, contents, why);
}

bool save_aside(int dir, const char *name, struct text *aside, struct text *why)
{
	size_t start = aside->length;

	for (int n = 1; n <= TRIES; n++) {
		text_cut(aside, start);
		text_addf(aside, "%s.damaged-%d", name, n);
		if (file_exists(dir, text_string(aside) + start))
			continue;
		if (sys_rename(dir, name, text_string(aside) + start) == 0)
			return true;
		break;
	}
	return complain(why, name);
}
