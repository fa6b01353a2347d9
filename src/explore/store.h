/*
 * store.h - the states seen so far, whole, each once
 *
 * A state is kept as the bytes of its key, not as a hash of them, so two
 * states are never taken for one.  With each stands how it was first come to,
 * which in a breadth-first search is a shortest way.
 *
 * Start with `struct store s = { 0 };` and end with store_free(&s).
 */
#ifndef EXPLORE_STORE_H
#define EXPLORE_STORE_H

#include <stddef.h>
#include <stdint.h>

typedef uint32_t state_id; /* in the order in which they were added, from 0 */

/* How a state was come to: by which step from which state. */
struct arrival {
	state_id from;
	uint32_t step;
};

struct stored {
	struct arrival arrival;
	uint32_t hash;
	uint32_t length;
	const uint8_t *bytes;
};

struct store {
	struct stored *stored;
	uint32_t count, room;
	uint32_t *slots; /* id + 1, found by hash; 0 is free */
	uint32_t slot_count;
	uint8_t **chunks; /* where the bytes are */
	uint32_t chunk_count;
	size_t chunk_left;
};

enum store_result { STORE_NEW, STORE_KNOWN, STORE_NO_MEMORY };

/*
 * store_add - remembers the state whose key is @length bytes at @key
 *
 * A new one gets the id count - 1 and @arrival.  Errors: STORE_NO_MEMORY, and
 * the store is as before.
 */
enum store_result store_add(struct store *s, const uint8_t *key, size_t length,
			    struct arrival arrival);

void store_free(struct store *s);

#endif
