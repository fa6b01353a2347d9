/*
 * names.h - what a recording calls a thing, and which thing of ours that is
 *
 * An address names an mm only from mm_new to free, a pid a task until it is
 * reaped, so names come and go all the time.  Room follows the live ones.
 */
#ifndef TRACE_NAMES_H
#define TRACE_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct names {
	struct name *name;
	size_t room; /* a power of two, or 0 */
	size_t used;
};

/* names_get - what @key stands for; 0 when it stands for nothing */
uint32_t names_get(const struct names *n, uint64_t key);

/*
 * names_set - @key (not 0) stands for @value (not 0) from now on
 *
 * Errors: false when out of memory; nothing has changed then.
 */
bool names_set(struct names *n, uint64_t key, uint32_t value);

/* names_drop - @key stands for nothing any more */
void names_drop(struct names *n, uint64_t key);

/* names_free - gives the memory back; the names are then empty and usable */
void names_free(struct names *n);

#endif
