/*
 * test_access.c - what an access leaves behind, and that looking leaves nothing
 *
 * What is permitted is tests/mmu's: conformance vectors and the predictor.
 */
#include "test.h"

#include "memory_system.h"
#include "mmu/structure.h"

#define LA 0x7f0000001000ull
#define PA 0x105000ull

static uint64_t leaf(struct memory_system *s)
{
	return ram_read64(&s->mmu, entry_for(s, ROOT, LA, 1));
}

static void the_second_access_is_a_hit(void **state)
{
	struct memory_system *s = memory_new();
	struct mmu_result x;

	(void)state;
	map_page(s, LA, PA | USER_PAGE);
	x = touch(s, LA + 8, ACCESS_READ, 3);
	assert_int_equal(x.end, MMU_OK);
	assert_int_equal(x.pa, PA + 8);
	assert_false(x.hit);
	x = touch(s, LA + 16, ACCESS_READ, 3);
	assert_int_equal(x.pa, PA + 16);
	assert_true(x.hit);
	memory_free(s);
}

static void accessed_and_dirty_are_set_by_use(void **state)
{
	struct memory_system *s = memory_new();

	(void)state;
	map_page(s, LA, PA | USER_PAGE);
	touch(s, LA, ACCESS_READ, 3);
	assert_int_equal(leaf(s), PA | USER_PAGE | PTE_A);
	assert_int_equal(ram_read64(&s->mmu, entry_for(s, ROOT, LA, 3)) &
				 (PTE_A | PTE_D),
			 PTE_A);
	touch(s, LA, ACCESS_WRITE, 3);
	assert_int_equal(leaf(s), PA | USER_PAGE | PTE_A | PTE_D);
	memory_free(s);
}

static void a_read_modify_write_counts_as_a_write(void **state)
{
	struct memory_system *s = memory_new();
	struct mmu_result x;

	(void)state;
	map_page(s, LA, PA | PTE_P | PTE_US);
	x = touch(s, LA, ACCESS_RMW, 3);
	assert_int_equal(x.end, MMU_PF);
	assert_int_equal(x.error, PF_P | PF_W | PF_U);
	map_page(s, LA, PA | USER_PAGE);
	assert_int_equal(touch(s, LA, ACCESS_RMW, 3).end, MMU_OK);
	assert_true(leaf(s) & PTE_D);
	memory_free(s);
}

/* The tables change and nobody flushes: the old page, until INVLPG. */
static void a_stale_entry_is_used_until_it_is_flushed(void **state)
{
	struct memory_system *s = memory_new();

	(void)state;
	map_page(s, LA, PA | USER_PAGE);
	touch(s, LA, ACCESS_READ, 3);
	map_page(s, LA, 0);
	assert_int_equal(touch(s, LA, ACCESS_READ, 3).pa, PA);
	assert_int_equal(mmu_invlpg(&s->mmu, 0, LA, 0), MMU_OK);
	assert_int_equal(touch(s, LA, ACCESS_READ, 3).end, MMU_PF);
	assert_int_equal(mmu_regs(&s->mmu, 0)->cr2, LA);
	memory_free(s);
}

/* The same with a whole table: a remembered upper entry leads to it. */
static void a_freed_table_is_walked_until_it_is_flushed(void **state)
{
	struct memory_system *s = memory_new();
	uint64_t upper;

	(void)state;
	map_page(s, LA, PA | USER_PAGE);
	map_page(s, LA + 0x1000, (PA + 0x1000) | USER_PAGE);
	touch(s, LA, ACCESS_READ, 3);
	upper = entry_for(s, ROOT, LA, 2);
	ram_write64(&s->mmu, upper, 0);
	assert_int_equal(touch(s, LA + 0x1000, ACCESS_READ, 3).pa, PA + 0x1000);
	mmu_invlpg(&s->mmu, 0, 0, 0);
	mmu_invlpg(&s->mmu, 0, LA + 0x1000, 0);
	assert_int_equal(touch(s, LA + 0x1000, ACCESS_READ, 3).end, MMU_PF);
	memory_free(s);
}

static void more_rights_in_the_tables_are_seen_at_once(void **state)
{
	struct memory_system *s = memory_new();

	(void)state;
	map_page(s, LA, PA | PTE_P | PTE_US);
	touch(s, LA, ACCESS_READ, 3);
	map_page(s, LA, PA | USER_PAGE);
	assert_int_equal(touch(s, LA, ACCESS_WRITE, 3).end, MMU_OK);
	memory_free(s);
}

static void a_fault_drops_what_is_cached_for_its_address(void **state)
{
	struct memory_system *s = memory_new();

	(void)state;
	map_page(s, LA, PA | PTE_P | PTE_US);
	touch(s, LA, ACCESS_READ, 3);
	assert_non_null(tlb_find(&s->mmu, 0, LA, 0).entry);
	assert_int_equal(touch(s, LA, ACCESS_WRITE, 3).end, MMU_PF);
	assert_null(tlb_find(&s->mmu, 0, LA, 0).entry);
	assert_null(structure_find(&s->mmu, 0, 2, LA, 0));
	memory_free(s);
}

static void looking_touches_nothing_and_says_the_same(void **state)
{
	struct memory_system *s = memory_new();
	uint64_t *before = calloc(s->words, 8);

	(void)state;
	map_page(s, LA, PA | USER_PAGE);
	map_page(s, LA + 0x1000, PA | PTE_P);
	for (unsigned kind = ACCESS_READ; kind <= ACCESS_RMW; kind++) {
		for (unsigned page = 0; page < 3; page++) {
			uint64_t la = LA + page * 0x1000;
			struct mmu_result seen, done;

			memcpy(before, s->mmu.words, s->words * 8);
			seen = look(s, la, (enum access_kind)kind, 3);
			assert_memory_equal(before, s->mmu.words, s->words * 8);
			done = touch(s, la, (enum access_kind)kind, 3);
			assert_int_equal(seen.end, done.end);
			assert_int_equal(seen.error, done.error);
			assert_int_equal(seen.pa, done.pa);
			assert_int_equal(seen.hit, done.hit);
		}
	}
	free(before);
	memory_free(s);
}

static void speculation_fills_what_the_tables_have(void **state)
{
	struct memory_system *s = memory_new();

	(void)state;
	map_page(s, LA, PA | PTE_P);
	assert_true(mmu_speculate(&s->mmu, 0, LA));
	assert_int_equal(leaf(s), PA | PTE_P | PTE_A);
	assert_non_null(tlb_find(&s->mmu, 0, LA, 0).entry);
	assert_false(mmu_speculate(&s->mmu, 0, LA));
	assert_false(mmu_speculate(&s->mmu, 0, LA + 0x1000));
	assert_int_equal(touch(s, LA, ACCESS_READ, 3).end, MMU_PF);
	memory_free(s);
}

/* 2M page at the second gigabyte: one entry serves all its offsets. */
static void a_big_page_has_one_entry(void **state)
{
	struct memory_system *s = memory_new();
	uint64_t la = 0x40200000, at = entry_for(s, ROOT, la, 2);
	struct mmu_result x;

	(void)state;
	ram_write64(&s->mmu, at, 0x80000000 | USER_PAGE | PTE_PS);
	x = touch(s, la + 0x12345, ACCESS_READ, 3);
	assert_int_equal(x.size, PAGE_2M);
	assert_int_equal(x.pa, 0x80012345);
	assert_true(touch(s, la + 0x1ffff8, ACCESS_READ, 3).hit);
	mmu_invlpg(&s->mmu, 0, la + 0x100000, 0);
	assert_false(touch(s, la, ACCESS_READ, 3).hit);
	memory_free(s);
}

static void everything_can_be_taken_back(void **state)
{
	struct memory_system *s = memory_new();
	uint64_t *before = calloc(s->words, 8);

	(void)state;
	for (uint64_t i = 0; i < 40; i++)
		map_page(s, LA + i * 0x1000, (PA + i * 0x1000) | USER_PAGE);
	s->told = 0;
	memcpy(before, s->mmu.words, s->words * 8);
	for (uint64_t i = 0; i < 200; i++)
		touch(s, LA + i * 7 % 41 * 0x1000,
		      i % 3 ? ACCESS_READ : ACCESS_WRITE, 3);
	mmu_write_register(&s->mmu, 0, REG_CR3, ROOT, 0);
	assert_true(s->told > 0);
	memory_undo(s);
	assert_memory_equal(before, s->mmu.words, s->words * 8);
	free(before);
	memory_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_second_access_is_a_hit),
		cmocka_unit_test(accessed_and_dirty_are_set_by_use),
		cmocka_unit_test(a_read_modify_write_counts_as_a_write),
		cmocka_unit_test(a_stale_entry_is_used_until_it_is_flushed),
		cmocka_unit_test(a_freed_table_is_walked_until_it_is_flushed),
		cmocka_unit_test(more_rights_in_the_tables_are_seen_at_once),
		cmocka_unit_test(a_fault_drops_what_is_cached_for_its_address),
		cmocka_unit_test(looking_touches_nothing_and_says_the_same),
		cmocka_unit_test(speculation_fills_what_the_tables_have),
		cmocka_unit_test(a_big_page_has_one_entry),
		cmocka_unit_test(everything_can_be_taken_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
