/*
 * pack.h - words, most of them zero or small, in few bytes
 *
 * A word is written in base 128, low digits first; zero is followed by how
 * many more zeros stand there.  Equal words give equal bytes and different
 * ones different bytes, so that packed states can be compared as they are.
 */
#ifndef EXPLORE_PACK_H
#define EXPLORE_PACK_H

#include <stddef.h>
#include <stdint.h>

/* pack_room - bytes that @words words take at most */
size_t pack_room(size_t words);

/* pack_words - packs @words words into @to; returns the bytes written */
size_t pack_words(const uint32_t *from, size_t words, uint8_t *to);

/* unpack_words - fills @words words from what pack_words() wrote */
void unpack_words(const uint8_t *from, uint32_t *to, size_t words);

#endif
