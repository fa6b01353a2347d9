/*
 * dirs.h - the user's own directories, as the XDG rules say
 *
 *	state	$XDG_STATE_HOME or ~/.local/state	journals, history
 *	config	$XDG_CONFIG_HOME or ~/.config		start-up commands
 *	cache	$XDG_CACHE_HOME or ~/.cache		what can be made again
 *
 * each with /activemm behind it.  Values that are not absolute are ignored.
 */
#ifndef BASE_DIRS_H
#define BASE_DIRS_H

#include <stdbool.h>

#include "base/text.h"

enum dirs_kind { DIRS_STATE, DIRS_CONFIG, DIRS_CACHE };

/*
 * dirs_find - appends the path of our directory to @path; makes nothing
 *
 * Errors: false and a sentence in @why when no variable names a usable place.
 */
bool dirs_find(enum dirs_kind kind, struct text *path, struct text *why);

/*
 * dirs_open - opens our directory @path, made with its parents when missing
 *
 * Directories are made 0700.  Errors: -1 and a sentence in @why, also when it
 * is a link, belongs to someone else, or others may write to it.
 */
int dirs_open(const char *path, struct text *why);

/* dirs_close - closes what dirs_open() opened */
void dirs_close(int dir);

#endif
