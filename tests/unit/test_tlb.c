/*
 * test_tlb.c - entries are found, replaced in turn, and dropped as asked
 */
#include "test.h"

#include "memory_system.h"
#include "mmu/tlb.h"

static void fill(struct memory_system *s, uint64_t page, uint64_t pcid,
		 bool global)
{
	const struct mmu_entry e = { tlb_key(page, pcid, global), page << 12 };

	tlb_fill(&s->mmu, 0, PAGE_4K, &e);
}

static bool has(const struct memory_system *s, uint64_t page, uint64_t pcid)
{
	return tlb_find(&s->mmu, 0, page << 12, pcid).entry != NULL;
}

static void an_entry_is_found_under_its_pcid_alone(void **state)
{
	struct memory_system *s = memory_new();

	(void)state;
	fill(s, 5, 3, false);
	assert_true(has(s, 5, 3));
	assert_false(has(s, 5, 4));
	assert_false(has(s, 6, 3));
	memory_free(s);
}

static void a_global_entry_is_found_under_any_pcid(void **state)
{
	struct memory_system *s = memory_new();

	(void)state;
	fill(s, 5, 3, true);
	assert_true(has(s, 5, 3));
	assert_true(has(s, 5, 4));
	assert_false(has(s, 6, 4));
	memory_free(s);
}

/* 16 sets of 4 ways: pages 0, 16, 32, ... share a set. */
static void a_full_set_gives_up_its_ways_in_turn(void **state)
{
	struct memory_system *s = memory_new();

	(void)state;
	for (uint64_t i = 0; i < 4; i++)
		fill(s, i * 16, 1, false);
	fill(s, 64, 1, false);
	assert_false(has(s, 0, 1));
	assert_true(has(s, 16, 1));
	fill(s, 80, 1, false);
	assert_false(has(s, 16, 1));
	assert_true(has(s, 32, 1));
	assert_true(has(s, 64, 1));
	memory_free(s);
}

static void a_page_has_one_entry(void **state)
{
	struct memory_system *s = memory_new();
	unsigned count = 0;

	(void)state;
	for (unsigned i = 0; i < 4; i++)
		fill(s, 7, 1, false);
	for (uint32_t way = 0; way < 4; way++)
		count += key_valid(tlb_entry(&s->mmu, 0, PAGE_4K, 7, way)->key);
	assert_int_equal(count, 1);
	memory_free(s);
}

static void fill_all(struct memory_system *s)
{
	fill(s, 1, 1, false);
	fill(s, 2, 2, false);
	fill(s, 3, 1, true);
}

static void check(const struct drop *what, bool one, bool two, bool global)
{
	struct memory_system *s = memory_new();

	fill_all(s);
	tlb_drop(&s->mmu, 0, what);
	assert_int_equal(has(s, 1, 1), one);
	assert_int_equal(has(s, 2, 2), two);
	assert_int_equal(has(s, 3, 9), global);
	memory_free(s);
}

static void what_is_named_is_dropped_and_no_more(void **state)
{
	(void)state;
	check(&(struct drop){ .pcid = 1 }, false, true, true);
	check(&(struct drop){ .pcid = 1, .globals = true }, false, true, false);
	check(&(struct drop){ .any_pcid = true }, false, false, true);
	check(&(struct drop){ .any_pcid = true, .globals = true }, false, false,
	      false);
	check(&(struct drop){ .pcid = 7 }, true, true, true);
}

static void one_page_is_dropped_at_any_offset(void **state)
{
	const struct drop here = { .pcid = 1, .globals = true };
	struct memory_system *s = memory_new();

	(void)state;
	fill_all(s);
	tlb_drop_page(&s->mmu, 0, 0x1abc, &here);
	assert_false(has(s, 1, 1));
	tlb_drop_page(&s->mmu, 0, 0x2000, &here);
	assert_true(has(s, 2, 2));
	tlb_drop_page(&s->mmu, 0, 0x3000, &here);
	assert_false(has(s, 3, 1));
	memory_free(s);
}

static void no_tlb_at_all_is_a_tlb_that_misses(void **state)
{
	struct mmu_limits limits = mmu_limits_class(1);
	struct memory_system *s;

	(void)state;
	memset(limits.tlb, 0, sizeof limits.tlb);
	limits.structures = 0;
	s = memory_with(&limits);
	fill(s, 5, 1, false);
	assert_false(has(s, 5, 1));
	map_page(s, 0x5000, 0x9000 | USER_PAGE);
	assert_int_equal(touch(s, 0x5008, ACCESS_READ, 3).pa, 0x9008);
	assert_false(touch(s, 0x5008, ACCESS_READ, 3).hit);
	memory_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_entry_is_found_under_its_pcid_alone),
		cmocka_unit_test(a_global_entry_is_found_under_any_pcid),
		cmocka_unit_test(a_full_set_gives_up_its_ways_in_turn),
		cmocka_unit_test(a_page_has_one_entry),
		cmocka_unit_test(what_is_named_is_dropped_and_no_more),
		cmocka_unit_test(one_page_is_dropped_at_any_offset),
		cmocka_unit_test(no_tlb_at_all_is_a_tlb_that_misses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
