/*
 * test_store.c - every state is kept whole, once, with how it was come to
 */
#include "test.h"

#include "explore/store.h"

#include <string.h>

#include "base/mem.h"

/* A key of 1 to 200 bytes that says which it is. */
static size_t make_key(uint32_t i, uint8_t *key)
{
	size_t length = 4 + i % 197;

	memset(key, 'k', length);
	memcpy(key, &i, sizeof i);
	return length;
}

static enum store_result add(struct store *s, uint32_t i)
{
	uint8_t key[256];
	size_t length = make_key(i, key);

	return store_add(s, key, length, (struct arrival){ i / 2, i + 1 });
}

static void must_hold(const struct store *s, uint32_t i)
{
	uint8_t key[256];
	size_t length = make_key(i, key);

	assert_int_equal(s->stored[i].length, length);
	assert_memory_equal(s->stored[i].bytes, key, length);
	assert_int_equal(s->stored[i].arrival.from, i / 2);
	assert_int_equal(s->stored[i].arrival.step, i + 1);
}

static void many_states_are_each_kept_once(void **state)
{
	enum { MANY = 50000 };
	struct store s = { 0 };

	(void)state;
	for (uint32_t i = 0; i < MANY; i++) {
		assert_int_equal(add(&s, i), STORE_NEW);
		assert_int_equal(add(&s, i / 3), STORE_KNOWN);
	}
	assert_int_equal(s.count, MANY);
	for (uint32_t i = 0; i < MANY; i++)
		must_hold(&s, i);
	store_free(&s);
	assert_int_equal(mem_stats().live_bytes, 0);
}

static void a_beginning_of_a_key_is_another_key(void **state)
{
	static const uint8_t key[] = { 1, 0, 0, 0 };
	struct store s = { 0 };

	(void)state;
	for (size_t n = 0; n <= sizeof key; n++)
		assert_int_equal(store_add(&s, key, n, (struct arrival){ 0 }),
				 STORE_NEW);
	assert_int_equal(s.count, 5);
	store_free(&s);
}

static void a_key_may_be_larger_than_a_chunk(void **state)
{
	enum { LARGE = 3 << 20 };
	uint8_t *key = am_calloc(LARGE, 1);
	struct store s = { 0 };

	(void)state;
	assert_non_null(key);
	key[LARGE - 1] = 1;
	assert_int_equal(store_add(&s, key, LARGE, (struct arrival){ 0 }),
			 STORE_NEW);
	assert_int_equal(add(&s, 1), STORE_NEW);
	assert_int_equal(store_add(&s, key, LARGE, (struct arrival){ 0 }),
			 STORE_KNOWN);
	assert_memory_equal(s.stored[0].bytes, key, LARGE);
	store_free(&s);
	am_free(key);
}

static void without_memory_the_store_is_as_before(void **state)
{
	enum { SOME = 5000 };
	struct store s = { 0 };
	uint32_t refused = 0;

	(void)state;
	for (uint32_t i = 0; i < SOME;) {
		mem_fail_at(1, true);
		if (add(&s, i) == STORE_NO_MEMORY) {
			refused++;
			assert_int_equal(s.count, i);
			mem_fail_at(0, false);
			assert_int_equal(add(&s, i), STORE_NEW);
		}
		i++;
	}
	mem_fail_at(0, false);
	assert_int_equal(refused, 3);
	for (uint32_t i = 0; i < SOME; i++)
		must_hold(&s, i);
	store_free(&s);
	assert_int_equal(mem_stats().live_bytes, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(many_states_are_each_kept_once),
		cmocka_unit_test(a_beginning_of_a_key_is_another_key),
		cmocka_unit_test(a_key_may_be_larger_than_a_chunk),
		cmocka_unit_test(without_memory_the_store_is_as_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
