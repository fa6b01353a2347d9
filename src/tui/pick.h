/*
 * pick.h - which rows a pane shows when not all of them fit
 *
 * Candidates come in the order of their importance until there is no more
 * room; then they are put in their usual order, by number.
 */
#ifndef TUI_PICK_H
#define TUI_PICK_H

#include <stdbool.h>
#include <stdint.h>

enum { PICK_MAX = 512 };

struct pick {
	uint32_t id[PICK_MAX];
	unsigned count, room;
};

/*
 * pick_begin - an empty choice from @total that take @step of @rows rows each
 *
 * One row is kept free when not all fit: it tells how many more there are.
 */
void pick_begin(struct pick *p, uint32_t total, unsigned rows, unsigned step);

/* pick_add - one more, if it is not there yet.  False: there is no room. */
bool pick_add(struct pick *p, uint32_t id);

/* pick_sort - by number */
void pick_sort(struct pick *p);

#endif
