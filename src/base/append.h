/*
 * append.h - a file that only grows, by whole pieces
 *
 * A piece is in the file as a whole or not at all: after a failure the file
 * is cut back to where it was.  While it cannot be cut back nothing more is
 * appended, so nothing good ever stands behind garbage.
 *
 * Errors: as in base/file.h.
 */
#ifndef BASE_APPEND_H
#define BASE_APPEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct append {
	int fd;
	uint64_t length; /* all pieces that are in */
	bool torn;       /* part of a piece may stand behind them */
};

/*
 * append_open - opens our file @name in @dir, to grow after @length bytes
 *
 * What the file has behind them is cut off.
 */
bool append_open(struct append *a, int dir, const char *name, uint64_t length,
		 struct text *why);

/*
 * append_piece - appends @piece; with @durable it is on the disk on return
 *
 * @why gets the cause alone.
 */
bool append_piece(struct append *a, const struct text *piece, bool durable,
		  struct text *why);

void append_close(struct append *a);

#endif
