/*
 * test_predictor.c - translation and permission, worked out another way
 *
 * The walker goes down the levels and stops at the first reason.  Here all
 * four entries are taken together: a rule is a sentence about the set of them,
 * as the manual states it.  Every combination of the flags that matter, at
 * every page size, is compared for every kind of access in every mode.
 *
 * Source: SDM Vol. 3, 4.6.1, 4.6.2, 4.7
 */
#include "../unit/test.h"

#include "../unit/memory_system.h"

#define LA 0x7f1234567000ull

/* The flags of one entry, as four bits. */
enum { F_P = 1, F_RW = 2, F_US = 4, F_NX = 8, FLAGS = 16 };

struct setting {
	bool wp, nxe, smep, smap, pke;
	uint32_t pkru; /* rights of key 5, which the leaf has */
};

struct question {
	unsigned flags[5]; /* by level; [0] is not used */
	unsigned leaf;     /* level: 1, 2 or 3 */
	struct setting set;
	enum access_kind kind;
	bool user, ac;
};

static bool all(const struct question *q, unsigned flag)
{
	for (unsigned level = q->leaf; level <= 4; level++)
		if (!(q->flags[level] & flag))
			return false;
	return true;
}

static bool any(const struct question *q, unsigned flag)
{
	for (unsigned level = q->leaf; level <= 4; level++)
		if (q->flags[level] & flag)
			return true;
	return false;
}

static bool writes(const struct question *q)
{
	return q->kind == ACCESS_WRITE || q->kind == ACCESS_RMW;
}

/* Is the highest entry that is wrong one with a reserved bit (NX)? */
static bool reserved_first(const struct question *q)
{
	for (unsigned level = 4; level >= q->leaf; level--) {
		if (!(q->flags[level] & F_P))
			return false;
		if (q->flags[level] & F_NX && !q->set.nxe)
			return true;
	}
	return false;
}

static bool key_denies(const struct question *q)
{
	bool data = q->kind != ACCESS_FETCH, user_page = all(q, F_US);
	bool ad = q->set.pkru & 1, wd = q->set.pkru & 2;

	return q->set.pke && data && user_page &&
	       (ad || (wd && writes(q) && (q->user || q->set.wp)));
}

static bool page_denies(const struct question *q)
{
	bool user_page = all(q, F_US), writable = all(q, F_RW);
	bool no_execute = any(q, F_NX);

	if (q->user && !user_page)
		return true;
	if (q->kind == ACCESS_FETCH)
		return no_execute || (!q->user && user_page && q->set.smep);
	if (!q->user && user_page && q->set.smap && !q->ac)
		return true;
	return writes(q) && !writable && (q->user || q->set.wp);
}

/* The error code; -1: no fault. */
static int predicted(const struct question *q)
{
	int who = (writes(q) ? 2 : 0) | (q->user ? 4 : 0) |
		  (q->kind == ACCESS_FETCH && (q->set.nxe || q->set.smep) ? 16
									  : 0);

	if (reserved_first(q))
		return 1 | 8 | who;
	if (!all(q, F_P))
		return who;
	if (key_denies(q))
		return 1 | 32 | who;
	return page_denies(q) ? 1 | who : -1;
}

/* --- the same question to the machine ------------------------------------------- */

static uint64_t entry_of(const struct question *q, unsigned level,
			 uint64_t frame)
{
	unsigned f = q->flags[level];

	return frame | (f & F_P ? PTE_P : 0) | (f & F_RW ? PTE_RW : 0) |
	       (f & F_US ? PTE_US : 0) | (f & F_NX ? PTE_NX : 0) |
	       (level == q->leaf ? 5ull << PTE_PKEY_SHIFT : 0) |
	       (level == q->leaf && level > 1 ? PTE_PS : 0);
}

static void build(struct memory_system *s, const struct question *q)
{
	uint64_t table = ROOT;

	for (unsigned level = 4; level >= q->leaf; level--) {
		uint64_t at = table + (LA >> (12 + 9 * (level - 1)) & 511) * 8;
		uint64_t next = level == q->leaf ? 0x40000000 : table + 0x1000;

		ram_write64(&s->mmu, at, entry_of(q, level, next));
		table = next;
	}
}

static void set_up(struct memory_system *s, const struct setting *set)
{
	struct mmu_regs *r = (struct mmu_regs *)mmu_cpu_words(&s->mmu, 0);

	r->cr0 = CR0_PE | CR0_PG | (set->wp ? CR0_WP : 0);
	r->cr4 = CR4_PAE | (set->smep ? CR4_SMEP : 0) |
		 (set->smap ? CR4_SMAP : 0) | (set->pke ? CR4_PKE : 0);
	r->efer = EFER_LME | EFER_LMA | (set->nxe ? EFER_NXE : 0);
	r->pkru = (uint64_t)set->pkru << 10;
}

static int measured(struct memory_system *s, const struct question *q)
{
	const struct mmu_request ask = { .la = LA,
					 .kind = (uint8_t)q->kind,
					 .cpl = q->user ? 3 : 0,
					 .ac = q->ac };
	struct mmu_result x = mmu_peek(&s->mmu, 0, &ask, NULL);

	if (x.end == MMU_OK)
		assert_int_equal(
			x.pa,
			0x40000000 |
				(LA & (BIT64(page_shift(q->leaf - 1)) - 1)));
	return x.end == MMU_OK ? -1 : (int)x.error;
}

static void compare(struct memory_system *s, struct question *q)
{
	for (unsigned how = 0; how < 16; how++) {
		q->kind = (enum access_kind)(how & 3);
		q->user = how & 4;
		q->ac = how & 8;
		if (predicted(q) == measured(s, q))
			continue;
		fail_msg("leaf %u flags %x %x %x %x wp %d nxe %d smep %d "
			 "smap %d pke %d pkru %x kind %d user %d ac %d: "
			 "predicted %x, got %x",
			 q->leaf, q->flags[4], q->flags[3], q->flags[2],
			 q->flags[1], q->set.wp, q->set.nxe, q->set.smep,
			 q->set.smap, q->set.pke, q->set.pkru, q->kind, q->user,
			 q->ac, predicted(q), measured(s, q));
	}
}

/* All flags of all levels down to the leaf, under one setting. */
static void compare_all(const struct setting *set, unsigned leaf)
{
	struct memory_system *s = memory_new();
	struct question q = { .leaf = leaf, .set = *set };
	unsigned levels = 5 - leaf;

	set_up(s, set);
	for (unsigned n = 0; n < 1u << 4 * levels; n++) {
		for (unsigned i = 0; i < levels; i++)
			q.flags[leaf + i] = n >> 4 * i & (FLAGS - 1);
		build(s, &q);
		s->told = 0;
		compare(s, &q);
	}
	memory_free(s);
}

static const struct setting settings[] = {
	{ true, true, true, true, true, 0 },
	{ true, true, true, true, true, 1 },
	{ true, true, false, false, true, 2 },
	{ false, true, false, false, true, 2 },
	{ false, true, true, true, false, 3 },
	{ true, false, false, false, false, 0 },
	{ true, false, true, false, false, 0 },
	{ false, false, false, true, false, 0 },
};

static void every_flag_word_of_a_1g_page(void **state)
{
	(void)state;
	for (unsigned i = 0; i < sizeof settings / sizeof *settings; i++)
		compare_all(&settings[i], 3);
}

static void every_flag_word_of_a_2m_page(void **state)
{
	(void)state;
	for (unsigned i = 0; i < sizeof settings / sizeof *settings; i++)
		compare_all(&settings[i], 2);
}

static void every_flag_word_of_a_4k_page(void **state)
{
	(void)state;
	for (unsigned i = 0; i < sizeof settings / sizeof *settings; i++)
		compare_all(&settings[i], 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_flag_word_of_a_1g_page),
		cmocka_unit_test(every_flag_word_of_a_2m_page),
		cmocka_unit_test(every_flag_word_of_a_4k_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
