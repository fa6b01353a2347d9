/*
 * test_ram.c - memory that holds only what is not zero, in one layout
 */
#include "test.h"

#include "memory_system.h"

static uint64_t random_state;

static uint64_t draw(void)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return random_state;
}

static struct memory_system *small(void)
{
	struct mmu_limits limits = mmu_limits_class(1);

	limits.ram_lines = 64;
	return memory_with(&limits);
}

static uint64_t used(const struct memory_system *s)
{
	return mmu_head(&s->mmu)->ram_used;
}

static void what_was_written_is_read(void **state)
{
	struct memory_system *s = memory_new();

	(void)state;
	assert_true(ram_write64(&s->mmu, 0x1238, 7));
	assert_int_equal(ram_read64(&s->mmu, 0x1238), 7);
	assert_int_equal(ram_read64(&s->mmu, 0x1230), 0);
	assert_int_equal(ram_read64(&s->mmu, 0x1238 + ((uint64_t)1 << 40)), 0);
	memory_free(s);
}

static void zeros_take_no_room(void **state)
{
	struct memory_system *s = memory_new();

	(void)state;
	ram_write64(&s->mmu, 0x40, 0);
	assert_int_equal(used(s), 0);
	ram_write64(&s->mmu, 0x40, 1);
	ram_write64(&s->mmu, 0x48, 1);
	assert_int_equal(used(s), 1);
	ram_write64(&s->mmu, 0x40, 0);
	assert_int_equal(used(s), 1);
	ram_write64(&s->mmu, 0x48, 0);
	assert_int_equal(used(s), 0);
	memory_free(s);
}

/* A plain array of the same words; the table is compared with it. */
enum { PLAIN = 400 };

static void agree(const struct memory_system *s, const uint64_t *plain)
{
	for (uint64_t i = 0; i < PLAIN; i++)
		assert_int_equal(ram_read64(&s->mmu, i * 8), plain[i]);
}

static void random_writes_agree_with_a_plain_array(void **state)
{
	struct memory_system *s = small();
	uint64_t plain[PLAIN] = { 0 };

	(void)state;
	random_state = 1;
	for (unsigned i = 0; i < 20000; i++) {
		uint64_t at = draw() % PLAIN, value = draw() % 3;

		assert_true(ram_write64(&s->mmu, at * 8, value));
		plain[at] = value;
		if (i % 64 == 0) {
			agree(s, plain);
			s->told = 0;
		}
	}
	agree(s, plain);
	memory_free(s);
}

/* The same content by two ways: with detours, and straight from low to high. */
static void the_layout_depends_on_the_content_alone(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed < 200; seed++) {
		struct memory_system *a = small(), *b = small();

		random_state = seed;
		for (unsigned i = 0; i < 300; i++)
			ram_write64(&a->mmu, draw() % 50 * 64, draw() % 2);
		for (uint64_t line = 0; line < 50; line++)
			ram_write64(&b->mmu, line * 64,
				    ram_read64(&a->mmu, line * 64));
		assert_memory_equal(a->mmu.words, b->mmu.words, a->words * 8);
		memory_free(a);
		memory_free(b);
	}
}

static void a_full_table_refuses_and_is_unchanged(void **state)
{
	struct memory_system *s = small();
	uint64_t *before = calloc(s->words, 8);
	uint64_t pa = 0;

	(void)state;
	while (ram_write64(&s->mmu, pa, 1))
		pa += 64;
	assert_int_equal(used(s), 56);
	memcpy(before, s->mmu.words, s->words * 8);
	assert_false(ram_write64(&s->mmu, pa, 1));
	assert_memory_equal(before, s->mmu.words, s->words * 8);
	assert_true(ram_write64(&s->mmu, 0, 2)); /* what is there can change */
	free(before);
	memory_free(s);
}

static void changes_can_be_taken_back(void **state)
{
	struct memory_system *s = small();
	uint64_t *before = calloc(s->words, 8);

	(void)state;
	random_state = 5;
	for (unsigned i = 0; i < 100; i++)
		ram_write64(&s->mmu, draw() % 50 * 64, draw() % 2);
	s->told = 0;
	memcpy(before, s->mmu.words, s->words * 8);
	for (unsigned i = 0; i < 500; i++)
		ram_write64(&s->mmu, draw() % 50 * 64, draw() % 2);
	memory_undo(s);
	assert_memory_equal(before, s->mmu.words, s->words * 8);
	free(before);
	memory_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_written_is_read),
		cmocka_unit_test(zeros_take_no_room),
		cmocka_unit_test(random_writes_agree_with_a_plain_array),
		cmocka_unit_test(the_layout_depends_on_the_content_alone),
		cmocka_unit_test(a_full_table_refuses_and_is_unchanged),
		cmocka_unit_test(changes_can_be_taken_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
