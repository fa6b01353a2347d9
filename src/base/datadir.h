/*
 * datadir.h - where the files that come with the program are
 *
 * The same program runs from its build tree, from an installed tree that was
 * moved, and from the place it was configured for.  So a file is looked for
 * in each possible data directory in turn, and the first readable one wins:
 *
 *	$AMM_DATADIR			only this one, when it is set
 *	beside the executable		the build tree
 *	BINDIR/../share/activemm	an installed tree, wherever it is
 *	the configured directory	any other layout
 */
#ifndef BASE_DATADIR_H
#define BASE_DATADIR_H

#include <stdbool.h>
#include <stddef.h>

/*
 * datadir_find - the full path of the data file @name, into @path
 *
 * Errors: false when no data directory has a readable @name, or when its path
 *         does not fit into @size bytes; @path is then empty.
 */
bool datadir_find(const char *name, char *path, size_t size);

/*
 * datadir_find_beside - the same, for an executable in the directory @bindir
 *
 * Kept apart so that a test can lay out trees of its own.
 */
bool datadir_find_beside(const char *bindir, const char *name, char *path,
			 size_t size);

#endif
