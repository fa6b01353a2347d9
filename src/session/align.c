/*
 * align.c - the longest common subsequence, by the table
 */
#include "session/align.h"

#include <string.h>

#include "base/mem.h"

struct table {
	const char *const *left, *const *right;
	size_t n, m;
	size_t *common; /* (n + 1) x (m + 1): of what is left from i, j on */
};

static size_t *cell(const struct table *t, size_t i, size_t j)
{
	return &t->common[i * (t->m + 1) + j];
}

static bool equal(const struct table *t, size_t i, size_t j)
{
	return strcmp(t->left[i], t->right[j]) == 0;
}

static size_t larger(size_t a, size_t b)
{
	return a > b ? a : b;
}

static void fill(const struct table *t)
{
	for (size_t i = t->n; i-- > 0;)
		for (size_t j = t->m; j-- > 0;)
			*cell(t, i, j) = equal(t, i, j)
						 ? *cell(t, i + 1, j + 1) + 1
						 : larger(*cell(t, i + 1, j),
							  *cell(t, i, j + 1));
}

static bool takes_left(const struct table *t, size_t i, size_t j)
{
	return j == t->m ||
	       (i < t->n && *cell(t, i + 1, j) >= *cell(t, i, j + 1));
}

static size_t walk(const struct table *t, struct row *rows)
{
	size_t i = 0, j = 0, count = 0;

	while (i < t->n || j < t->m) {
		struct row *r = &rows[count++];

		*r = (struct row){ NULL, NULL };
		if (i < t->n && j < t->m && equal(t, i, j)) {
			r->left = t->left[i++];
			r->right = t->right[j++];
		} else if (takes_left(t, i, j)) {
			r->left = t->left[i++];
		} else {
			r->right = t->right[j++];
		}
	}
	return count;
}

bool align(const char *const *left, size_t n, const char *const *right,
	   size_t m, struct row *rows, size_t *count)
{
	struct table t = { left, right, n, m,
			   am_calloc((n + 1) * (m + 1), sizeof *t.common) };

	if (!t.common)
		return false;
	fill(&t);
	*count = walk(&t, rows);
	am_free(t.common);
	return true;
}
