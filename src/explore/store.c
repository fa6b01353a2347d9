/*
 * store.c - a hash set of byte strings; the strings never move
 */
#include "explore/store.h"

#include <stdbool.h>
#include <string.h>

#include "base/mem.h"

enum { CHUNK = 1 << 20, FIRST_SLOTS = 1 << 12, FIRST_ROOM = 1 << 11 };

static uint32_t hash_bytes(const uint8_t *bytes, size_t length)
{
	uint64_t h = 0x9e3779b97f4a7c15u ^ length;

	for (size_t i = 0; i < length; i++)
		h = (h ^ bytes[i]) * 0x100000001b3u;
	return (uint32_t)(h ^ h >> 32);
}

/* The slot of this key, or the free one where it would stand. */
static uint32_t find_slot(const struct store *s, const uint8_t *key,
			  size_t length, uint32_t hash)
{
	uint32_t at = hash & (s->slot_count - 1);

	for (; s->slots[at]; at = (at + 1) & (s->slot_count - 1)) {
		const struct stored *known = &s->stored[s->slots[at] - 1];

		if (known->hash == hash && known->length == length &&
		    memcmp(known->bytes, key, length) == 0)
			break;
	}
	return at;
}

/* At least half of the slots stay free. */
static bool grow_slots(struct store *s)
{
	uint32_t count = s->slot_count ? s->slot_count * 2 : FIRST_SLOTS;
	uint32_t *slots = am_calloc(count, sizeof *slots);

	if (!slots)
		return false;
	for (uint32_t id = 0; id < s->count; id++) {
		uint32_t at = s->stored[id].hash & (count - 1);

		while (slots[at])
			at = (at + 1) & (count - 1);
		slots[at] = id + 1;
	}
	am_free(s->slots);
	s->slots = slots;
	s->slot_count = count;
	return true;
}

static bool grow_stored(struct store *s)
{
	uint32_t room = s->room ? s->room * 2 : FIRST_ROOM;
	struct stored *stored = am_realloc(s->stored, room, sizeof *stored);

	if (!stored)
		return false;
	s->stored = stored;
	s->room = room;
	return true;
}

static bool grow_chunks(struct store *s, size_t length)
{
	size_t size = length > CHUNK ? length : CHUNK;
	uint8_t **chunks =
		am_realloc(s->chunks, s->chunk_count + 1u, sizeof *chunks);

	if (!chunks)
		return false;
	s->chunks = chunks;
	chunks[s->chunk_count] = am_alloc(size);
	if (!chunks[s->chunk_count])
		return false;
	s->chunk_count++;
	s->chunk_left = size;
	return true;
}

static bool make_room(struct store *s, size_t length)
{
	if (s->count >= s->slot_count / 2 && !grow_slots(s))
		return false;
	if (s->count == s->room && !grow_stored(s))
		return false;
	return (s->chunk_count && s->chunk_left >= length) ||
	       grow_chunks(s, length);
}

/* Bytes are given out from the end of the newest chunk. */
static const uint8_t *keep(struct store *s, const uint8_t *key, size_t length)
{
	uint8_t *chunk = s->chunks[s->chunk_count - 1];

	s->chunk_left -= length;
	return memcpy(chunk + s->chunk_left, key, length);
}

enum store_result store_add(struct store *s, const uint8_t *key, size_t length,
			    struct arrival arrival)
{
	uint32_t hash = hash_bytes(key, length), at;

	if (s->count == UINT32_MAX / 4 || length > UINT32_MAX ||
	    !make_room(s, length))
		return STORE_NO_MEMORY;
	at = find_slot(s, key, length, hash);
	if (s->slots[at])
		return STORE_KNOWN;
	s->stored[s->count] = (struct stored){ .arrival = arrival,
					       .hash = hash,
					       .length = (uint32_t)length,
					       .bytes = keep(s, key, length) };
	s->slots[at] = ++s->count;
	return STORE_NEW;
}

void store_free(struct store *s)
{
	for (uint32_t i = 0; i < s->chunk_count; i++)
		am_free(s->chunks[i]);
	am_free(s->chunks);
	am_free(s->slots);
	am_free(s->stored);
	*s = (struct store){ 0 };
}
