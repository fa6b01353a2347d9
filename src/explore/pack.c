/*
 * pack.c - words, most of them zero or small, in few bytes
 */
#include "explore/pack.h"

enum { DIGIT = 0x7f, MORE = 0x80, DIGIT_BITS = 7, ZEROS_MAX = 255 };

size_t pack_room(size_t words)
{
	return words * 5;
}

static size_t zeros_after(const uint32_t *from, size_t words)
{
	size_t n = 0;

	while (n < words && n < ZEROS_MAX && from[n] == 0)
		n++;
	return n;
}

size_t pack_words(const uint32_t *from, size_t words, uint8_t *to)
{
	size_t n = 0;

	for (size_t i = 0; i < words; i++) {
		uint32_t word = from[i];

		for (; word > DIGIT; word >>= DIGIT_BITS)
			to[n++] = (uint8_t)(word & DIGIT) | MORE;
		to[n++] = (uint8_t)word;
		if (from[i] == 0) {
			size_t zeros = zeros_after(from + i + 1, words - i - 1);

			to[n++] = (uint8_t)zeros;
			i += zeros;
		}
	}
	return n;
}

void unpack_words(const uint8_t *from, uint32_t *to, size_t words)
{
	for (size_t i = 0; i < words; i++) {
		uint32_t shift = 0;

		to[i] = 0;
		do {
			to[i] |= (uint32_t)(*from & DIGIT) << shift;
			shift += DIGIT_BITS;
		} while (*from++ & MORE);
		if (to[i] == 0)
			for (size_t zeros = *from++; zeros > 0; zeros--)
				to[++i] = 0;
	}
}
