/*
 * test_bindings.c - keys find what they stand for, however many come and go
 */
#include "test.h"

#include "base/mem.h"
#include "trace/bindings.h"

static void a_key_stands_for_the_last_value(void **state)
{
	struct bindings b = { 0 };

	(void)state;
	assert_int_equal(bindings_get(&b, 7), 0);
	assert_true(bindings_set(&b, 7, 1));
	assert_true(bindings_set(&b, 7, 2));
	assert_int_equal(bindings_get(&b, 7), 2);
	bindings_drop(&b, 8);
	bindings_drop(&b, 7);
	assert_int_equal(bindings_get(&b, 7), 0);
	bindings_drop(&b, 7);
	bindings_free(&b);
	assert_int_equal(mem_stats().live_blocks, 0);
}

static uint32_t any(uint32_t below)
{
	static uint32_t seed = 1;

	seed = seed * 1664525 + 1013904223;
	return (uint32_t)((uint64_t)(seed >> 4) * below >> 28);
}

static uint64_t key_of(uint32_t k)
{
	return UINT64_C(0xff11000004058000) + (uint64_t)k * 0x580;
}

/* Against a plain array, with keys that look like addresses. */
static void many_keys_come_and_go(void **state)
{
	enum { KEYS = 500 };
	static uint32_t plain[KEYS];
	struct bindings b = { 0 };

	(void)state;
	for (uint32_t i = 1; i < 20000; i++) {
		uint32_t k = any(KEYS);

		if (any(3)) {
			plain[k] = i;
			assert_true(bindings_set(&b, key_of(k), i));
		} else {
			plain[k] = 0;
			bindings_drop(&b, key_of(k));
		}
		k = any(KEYS);
		assert_int_equal(bindings_get(&b, key_of(k)), plain[k]);
	}
	for (uint32_t k = 0; k < KEYS; k++)
		assert_int_equal(bindings_get(&b, key_of(k)), plain[k]);
	bindings_free(&b);
}

static void without_memory_nothing_changes(void **state)
{
	struct bindings b = { 0 };

	(void)state;
	mem_fail_at(1, true);
	assert_false(bindings_set(&b, 1, 1));
	mem_fail_at(0, false);
	for (uint32_t k = 1; k <= 32; k++)
		assert_true(bindings_set(&b, k, k));
	mem_fail_at(1, true);
	assert_false(bindings_set(&b, 33, 33));
	mem_fail_at(0, false);
	for (uint32_t k = 1; k <= 33; k++)
		assert_int_equal(bindings_get(&b, k), k == 33 ? 0 : k);
	bindings_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_stands_for_the_last_value),
		cmocka_unit_test(many_keys_come_and_go),
		cmocka_unit_test(without_memory_nothing_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
