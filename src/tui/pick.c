/*
 * pick.c - which rows a pane shows when not all of them fit
 */
#include "tui/pick.h"

#include <stdlib.h>

void pick_begin(struct pick *p, uint32_t total, unsigned rows, unsigned step)
{
	unsigned room = rows / step;

	if (total > room)
		room = rows > 0 ? (rows - 1) / step : 0;
	p->count = 0;
	p->room = room < PICK_MAX ? room : PICK_MAX;
}

bool pick_add(struct pick *p, uint32_t id)
{
	for (unsigned i = 0; i < p->count; i++)
		if (p->id[i] == id)
			return true;
	if (p->count == p->room)
		return false;
	p->id[p->count++] = id;
	return true;
}

static int by_number(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

void pick_sort(struct pick *p)
{
	qsort(p->id, p->count, sizeof *p->id, by_number);
}
