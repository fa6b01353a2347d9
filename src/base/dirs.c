/*
 * dirs.c - the user's own directories, as the XDG rules say
 */
#include "base/dirs.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/sys.h"

static const struct place {
	const char *variable, *below_home;
} places[] = {
	[DIRS_STATE] = { "XDG_STATE_HOME", "/.local/state" },
	[DIRS_CONFIG] = { "XDG_CONFIG_HOME", "/.config" },
	[DIRS_CACHE] = { "XDG_CACHE_HOME", "/.cache" },
};

/* The value of @variable if it is an absolute path of a usable length. */
static const char *absolute(const char *variable)
{
	const char *value = getenv(variable);
	/* Room for what comes below, and for file names. */
	const size_t longest = PATH_MAX - NAME_MAX - 64;

	return value && value[0] == '/' && strlen(value) <= longest ? value
								    : NULL;
}

bool dirs_find(enum dirs_kind kind, struct text *path, struct text *why)
{
	const struct place *p = &places[kind];
	const char *base = absolute(p->variable);
	const char *home = absolute("HOME");

	if (!base && !home) {
		text_addf(why, "neither $%s nor $HOME names a usable directory",
			  p->variable);
		return false;
	}
	text_addf(path, "%s%s/activemm", base ? base : home,
		  base ? "" : p->below_home);
	if (path->failed)
		text_add(why, "out of memory");
	return !path->failed;
}

/* Makes @path and its parents; they may exist. */
static bool make(const char *path)
{
	char part[PATH_MAX];
	size_t length = strlen(path);

	if (length >= sizeof part) {
		errno = ENAMETOOLONG;
		return false;
	}
	for (size_t i = 1; i <= length; i++) {
		if (path[i] != '/' && path[i] != '\0')
			continue;
		memcpy(part, path, i);
		part[i] = '\0';
		if (sys_mkdir(part) < 0 && errno != EEXIST)
			return false;
	}
	return true;
}

static const char *objection(const struct stat *st)
{
	if (st->st_uid != geteuid())
		return "it belongs to someone else";
	if (st->st_mode & (S_IWGRP | S_IWOTH))
		return "others may write to it";
	return NULL;
}

static int refuse(int dir, const char *path, const char *cause,
		  struct text *why)
{
	file_complain(why, "use", path, cause);
	if (dir >= 0)
		dirs_close(dir);
	return -1;
}

int dirs_open(const char *path, struct text *why)
{
	struct stat st;
	int dir;

	if (!make(path))
		return refuse(-1, path, strerror(errno), why);
	dir = sys_open(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
	if (dir < 0)
		return refuse(dir, path, strerror(errno), why);
	if (sys_stat(dir, &st) < 0)
		return refuse(dir, path, strerror(errno), why);
	if (objection(&st))
		return refuse(dir, path, objection(&st), why);
	return dir;
}

void dirs_close(int dir)
{
	(void)sys_close(dir);
}
