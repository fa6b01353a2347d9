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

/*
 * save_keeping - save_over(), and the @keep last contents stay beside it
 *
 * NAME.1 becomes the one before, @old, and is what NAME.2 was called: at every
 * moment there is a whole @name.
 */
bool save_keeping(int dir, const char *name, unsigned keep,
		  const struct text *old, const struct text *contents,
		  struct text *why);

/*
 * save_aside - gives @name the first free name of NAME.damaged-N
 *
 * That name is added to @aside.
 */
bool save_aside(int dir, const char *name, struct text *aside,
		struct text *why);

#endif
