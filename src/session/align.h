/*
 * align.h - two lists of lines beside each other, as few differences as can be
 *
 * The longest common subsequence: what both have stands on one row, the rest
 * on rows of its own, what the left one has first.
 */
#ifndef SESSION_ALIGN_H
#define SESSION_ALIGN_H

#include <stdbool.h>
#include <stddef.h>

/* A row: a line of the left list, of the right one, or of both. */
struct row {
	const char *left, *right; /* NULL: nothing there */
};

/*
 * align - the rows of two lists
 *
 * @rows has room for @n + @m.  Returns their number.
 * Errors: false when out of memory; *@count is then not set.
 */
bool align(const char *const *left, size_t n, const char *const *right,
	   size_t m, struct row *rows, size_t *count);

#endif
