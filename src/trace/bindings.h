/*
 * bindings.h - what a recording calls a thing, and which thing of ours that is
 *
 * An address names an mm only from mm_new to free, a pid a task until it is
 * reaped, so names come and go all the time.  Room follows the live ones.
 */
#ifndef TRACE_BINDINGS_H
#define TRACE_BINDINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bindings {
	struct binding *at;
	size_t room; /* a power of two, or 0 */
	size_t used;
};

/* bindings_get - what @key stands for; 0 when it stands for nothing */
uint32_t bindings_get(const struct bindings *n, uint64_t key);

/*
 * bindings_set - @key (not 0) stands for @value (not 0) from now on
 *
 * Errors: false when out of memory; nothing has changed then.
 */
bool bindings_set(struct bindings *n, uint64_t key, uint32_t value);

/* bindings_drop - @key stands for nothing any more */
void bindings_drop(struct bindings *n, uint64_t key);

/* bindings_free - gives the memory back; the names are then empty and usable */
void bindings_free(struct bindings *n);

#endif
