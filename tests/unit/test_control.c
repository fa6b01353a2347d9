/*
 * test_control.c - what each privileged instruction drops, keeps and refuses
 */
#include "test.h"

#include "memory_system.h"
#include "mmu/structure.h"

#define MINE 0x7f0000001000ull   /* not global */
#define GLOBAL 0x7f0000002000ull /* global */

/* Two pages cached under PCID 1, then PCID 2 is current; both mapped alike. */
static struct memory_system *cached(bool pcids)
{
	struct memory_system *s = memory_new();

	map_page(s, MINE, 0x105000 | USER_PAGE);
	map_page(s, GLOBAL, 0x106000 | USER_PAGE | PTE_G);
	if (pcids)
		assert_int_equal(
			mmu_write_register(&s->mmu, 0, REG_CR4,
					   CR4_PAE | CR4_PGE | CR4_PCIDE, 0),
			MMU_OK);
	assert_int_equal(mmu_write_register(&s->mmu, 0, REG_CR3,
					    ROOT | (pcids ? 1 : 0), 0),
			 MMU_OK);
	touch(s, MINE, ACCESS_READ, 3);
	touch(s, GLOBAL, ACCESS_READ, 3);
	return s;
}

static bool keeps(const struct memory_system *s, uint64_t la, uint64_t pcid)
{
	return tlb_find(&s->mmu, 0, la, pcid).entry != NULL;
}

static void cr3(struct memory_system *s, uint64_t value)
{
	assert_int_equal(mmu_write_register(&s->mmu, 0, REG_CR3, value, 0),
			 MMU_OK);
}

static void without_pcids_a_load_of_cr3_keeps_only_global_entries(void **state)
{
	struct memory_system *s = cached(false);

	(void)state;
	cr3(s, ROOT);
	assert_false(keeps(s, MINE, 0));
	assert_true(keeps(s, GLOBAL, 0));
	assert_null(structure_find(&s->mmu, 0, 2, MINE, 0));
	memory_free(s);
}

static void with_pcids_a_load_of_cr3_drops_the_new_pcid_only(void **state)
{
	struct memory_system *s = cached(true);

	(void)state;
	cr3(s, ROOT | 2);
	assert_true(keeps(s, MINE, 1));
	cr3(s, ROOT | 1);
	assert_false(keeps(s, MINE, 1));
	assert_true(keeps(s, GLOBAL, 1));
	memory_free(s);
}

static void bit_63_keeps_everything_and_is_not_stored(void **state)
{
	struct memory_system *s = cached(true);

	(void)state;
	cr3(s, CR3_NOFLUSH | ROOT | 1);
	assert_true(keeps(s, MINE, 1));
	assert_int_equal(mmu_regs(&s->mmu, 0)->cr3, ROOT | 1);
	memory_free(s);
}

static void a_change_of_pge_drops_everything(void **state)
{
	struct memory_system *s = cached(true);

	(void)state;
	mmu_write_register(&s->mmu, 0, REG_CR4, CR4_PAE | CR4_PCIDE, 0);
	assert_false(keeps(s, MINE, 1));
	assert_false(keeps(s, GLOBAL, 1));
	memory_free(s);
}

static void invpcid(unsigned type, uint64_t pcid, bool mine, bool global)
{
	struct memory_system *s = cached(true);

	assert_int_equal(mmu_invpcid(&s->mmu, 0, type, pcid, MINE, 0), MMU_OK);
	assert_int_equal(keeps(s, MINE, 1), mine);
	assert_int_equal(keeps(s, GLOBAL, 1), global);
	memory_free(s);
}

static void each_type_of_invpcid_drops_what_it_says(void **state)
{
	(void)state;
	invpcid(0, 1, false, true);
	invpcid(0, 2, true, true);
	invpcid(1, 1, false, true);
	invpcid(1, 2, true, true);
	invpcid(2, 0, false, false);
	invpcid(3, 0, false, true);
}

static void invlpg_drops_the_page_of_this_pcid_or_a_global_one(void **state)
{
	struct memory_system *s = cached(true);

	(void)state;
	cr3(s, CR3_NOFLUSH | ROOT | 2);
	mmu_invlpg(&s->mmu, 0, MINE, 0);
	assert_true(keeps(s, MINE, 1));
	mmu_invlpg(&s->mmu, 0, GLOBAL + 8, 0);
	assert_false(keeps(s, GLOBAL, 1));
	memory_free(s);
}

/* Refused, and nothing has changed. */
static void refused(enum mmu_register reg, uint64_t value, unsigned cpl)
{
	struct memory_system *s = cached(true);
	uint64_t *before = calloc(s->words, 8);

	memcpy(before, s->mmu.words, s->words * 8);
	assert_int_equal(mmu_write_register(&s->mmu, 0, reg, value, cpl),
			 MMU_GP);
	assert_memory_equal(before, s->mmu.words, s->words * 8);
	free(before);
	memory_free(s);
}

static void what_the_manual_forbids_is_refused(void **state)
{
	const uint64_t cr4 = CR4_PAE | CR4_PGE | CR4_PCIDE;

	(void)state;
	refused(REG_CR3, ROOT, 3);
	refused(REG_CR3, BIT64(40), 0);
	refused(REG_CR3, BIT64(62), 0);
	refused(REG_CR0, CR0_PE | CR0_ET | CR0_WP, 0);
	refused(REG_CR0, CR0_PG | CR0_ET, 0);
	refused(REG_CR0, CR0_PE | CR0_PG | CR0_NW, 0);
	refused(REG_CR0, BIT64(32) | CR0_PE | CR0_PG, 0);
	refused(REG_CR4, cr4 & ~CR4_PAE, 0);
	refused(REG_CR4, cr4 | CR4_LA57, 0);
	refused(REG_CR4, cr4 | BIT64(15), 0);
	refused(REG_EFER, EFER_LMA | EFER_NXE, 0);
	refused(REG_EFER, EFER_LME | EFER_LMA | BIT64(20), 0);
}

static void pcids_are_turned_on_under_pcid_0_only(void **state)
{
	struct memory_system *s = memory_new();

	(void)state;
	cr3(s, ROOT | 0x18); /* PWT and PCD, without PCIDs */
	assert_int_equal(
		mmu_write_register(&s->mmu, 0, REG_CR4, CR4_PAE | CR4_PCIDE, 0),
		MMU_GP);
	cr3(s, ROOT);
	assert_int_equal(
		mmu_write_register(&s->mmu, 0, REG_CR4, CR4_PAE | CR4_PCIDE, 0),
		MMU_OK);
	memory_free(s);
}

static void keys_need_cr4_pke(void **state)
{
	struct memory_system *s = memory_new();

	(void)state;
	assert_int_equal(mmu_wrpkru(&s->mmu, 0, 0, 0), MMU_UD);
	mmu_write_register(&s->mmu, 0, REG_CR4, CR4_PAE | CR4_PKE, 0);
	assert_int_equal(mmu_wrpkru(&s->mmu, 0, 1, 0), MMU_GP);
	assert_int_equal(mmu_wrpkru(&s->mmu, 0, 0, 12), MMU_OK);
	assert_int_equal(mmu_regs(&s->mmu, 0)->pkru, 12);
	memory_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			without_pcids_a_load_of_cr3_keeps_only_global_entries),
		cmocka_unit_test(
			with_pcids_a_load_of_cr3_drops_the_new_pcid_only),
		cmocka_unit_test(bit_63_keeps_everything_and_is_not_stored),
		cmocka_unit_test(a_change_of_pge_drops_everything),
		cmocka_unit_test(each_type_of_invpcid_drops_what_it_says),
		cmocka_unit_test(
			invlpg_drops_the_page_of_this_pcid_or_a_global_one),
		cmocka_unit_test(what_the_manual_forbids_is_refused),
		cmocka_unit_test(pcids_are_turned_on_under_pcid_0_only),
		cmocka_unit_test(keys_need_cr4_pke),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
