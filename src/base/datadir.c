/*
 * datadir.c - where the files that come with the program are
 */
#include "base/datadir.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Fills @path with DIR/SUB/NAME; true if that is a file we can read. */
static bool readable(const char *dir, const char *sub, const char *name,
		     char *path, size_t size)
{
	int length = snprintf(path, size, "%s/%s%s", dir, sub, name);

	if (length >= 0 && (size_t)length < size && access(path, R_OK) == 0)
		return true;
	path[0] = '\0';
	return false;
}

bool datadir_find_beside(const char *bindir, const char *name, char *path,
			 size_t size)
{
	return readable(bindir, "", name, path, size) ||
	       readable(bindir, "../share/activemm/", name, path, size);
}

/* The directory of the running program; false if the system does not say. */
static bool own_bindir(char *dir, size_t size)
{
	ssize_t length = readlink("/proc/self/exe", dir, size - 1);
	char *slash;

	if (length < 0)
		return false;
	dir[length] = '\0';
	slash = strrchr(dir, '/');
	if (!slash)
		return false;
	*slash = '\0';
	return true;
}

bool datadir_find(const char *name, char *path, size_t size)
{
	const char *chosen = getenv("AMM_DATADIR");
	char bindir[PATH_MAX];

	if (chosen)
		return readable(chosen, "", name, path, size);
	if (own_bindir(bindir, sizeof bindir) &&
	    datadir_find_beside(bindir, name, path, size))
		return true;
	return readable(PKGDATADIR, "", name, path, size);
}
