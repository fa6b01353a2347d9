/*
 * mem.h - the one allocator
 *
 * Every block knows its size, so that live bytes can be counted, capped, and
 * seen to be zero at the end of a test.  Sizes that overflow are refused like
 * sizes that do not fit.  Not safe for threads: the program has one.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * am_alloc - @bytes of memory that is not cleared; 0 bytes give a block too
 *
 * Errors: NULL when out of memory.
 */
void *am_alloc(size_t bytes) __attribute__((malloc));

/* am_calloc - like am_alloc(), for @count items of @size bytes, all zero */
void *am_calloc(size_t count, size_t size) __attribute__((malloc));

/*
 * am_realloc - makes @block (or NULL) hold @count items of @size bytes
 *
 * Errors: NULL when out of memory; @block is then as before.
 */
void *am_realloc(void *block, size_t count, size_t size);

/* am_free - gives @block back; NULL is fine */
void am_free(void *block);

/* am_strdup - a copy of @string.  Errors: NULL when out of memory. */
char *am_strdup(const char *string);

struct mem_stats {
	size_t live_bytes; /* as asked for, without our own headers */
	size_t live_blocks;
	size_t peak_bytes;
	uint64_t calls; /* allocations tried since mem_fail_at() */
};

/* mem_stats - what is allocated now */
struct mem_stats mem_stats(void);

/* mem_cap - lets live bytes grow to @bytes at most; SIZE_MAX lifts the cap */
void mem_cap(size_t bytes);

/*
 * mem_fail_at - makes allocation number @nth from now fail; 0: none
 *
 * With @onward all later ones fail too.  Starts counting calls anew.
 */
void mem_fail_at(uint64_t nth, bool onward);

#endif
