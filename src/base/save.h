/*
 * save.h - files written as a whole or not at all
 *
 * The new bytes go to a file of their own, are forced to the disk, and only
 * then take the name: whoever reads the name finds the old file or the new
 * one.  After an error the old file is still there and no other is left.
 *
 * Errors: as in base/file.h.
 */
#ifndef BASE_SAVE_H
#define BASE_SAVE_H

#include <stdbool.h>

#include "base/text.h"

/*
 * save_new - writes @contents to the new file @name in @dir
 *
 * Errors: EEXIST when there is such a file.
 */
bool save_new(int dir, const char *name, const struct text *contents,
	      struct text *why);

/*
 * save_over - writes @contents to @name, which may exist as a regular file
 *
 * @dir may be AT_FDCWD, and @name a path.
 */
bool save_over(int dir, const char *name, const struct text *contents,
	       struct text *why);

#endif
