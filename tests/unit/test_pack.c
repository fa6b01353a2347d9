/*
 * test_pack.c - packed words come back, and different ones pack differently
 */
#include "test.h"

#include "explore/pack.h"

#include <stdbool.h>
#include <string.h>

enum { WORDS = 700 };

static size_t must_return(const uint32_t *words, size_t n)
{
	static uint8_t packed[WORDS * 5];
	uint32_t back[WORDS + 1];
	size_t length = pack_words(words, n, packed);

	assert_true(length <= pack_room(n));
	memset(back, 0xa5, sizeof back);
	unpack_words(packed, back, n);
	assert_memory_equal(words, back, n * sizeof *words);
	assert_int_equal(back[n], 0xa5a5a5a5);
	return length;
}

static void words_of_every_size_come_back(void **state)
{
	uint32_t words[32];

	(void)state;
	for (uint32_t bits = 0; bits < 32; bits++)
		words[bits] = (1u << bits) - 1;
	must_return(words, 32);
	for (uint32_t bits = 0; bits < 32; bits++)
		words[bits] = UINT32_MAX >> bits;
	must_return(words, 32);
	must_return(words, 1);
	assert_int_equal(must_return(words, 0), 0);
}

static void zeros_take_next_to_nothing(void **state)
{
	uint32_t words[WORDS] = { 0 };

	(void)state;
	for (size_t n = 1; n <= 256; n++)
		assert_int_equal(must_return(words, n), 2);
	assert_int_equal(must_return(words, 257), 4);
	words[300] = 7;
	assert_int_equal(must_return(words, WORDS), 2 + 2 + 1 + 2 + 2);
}

static void different_words_pack_differently(void **state)
{
	static const uint32_t some[][3] = {
		{ 0, 0, 1 },   { 0, 1, 0 },     { 1, 0, 0 },   { 0, 0, 0 },
		{ 128, 0, 0 }, { 0, 128, 0 },   { 1, 128, 0 }, { 128, 1, 0 },
		{ 0, 0, 256 }, { 1, 1, 0 },     { 0, 1, 1 },   { 2, 0, 0 },
		{ 0, 2, 0 },   { 16384, 0, 0 }, { 255, 0, 0 }, { 0, 0, 255 },
	};
	enum { SOME = sizeof some / sizeof *some };
	uint8_t packed[SOME][16];
	size_t length[SOME];

	(void)state;
	for (size_t i = 0; i < SOME; i++) {
		length[i] = pack_words(some[i], 3, packed[i]);
		for (size_t k = 0; k < i; k++)
			assert_false(length[k] == length[i] &&
				     memcmp(packed[k], packed[i], length[i]) ==
					     0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_every_size_come_back),
		cmocka_unit_test(zeros_take_next_to_nothing),
		cmocka_unit_test(different_words_pack_differently),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
