/*
 * act_2_2.c - statements of kernel 2.2 alone (path_2_2.c)
 */
#include "engine/acts.h"

/* What @b owned goes to @a, what @c owned goes to @b. */
void act_trade(struct run *r)
{
	struct place to = place_of(r, A), at = place_of(r, B);
	mm_id mm = mm_value(r, C);
	uint32_t owns = OWNS_NOTHING;
	ref old = *at.word;

	if (C != INIT) {
		struct place from = place_of(r, C);

		owns = ref_owns(*from.word);
		put_ref(r, &from, mm, OWNS_NOTHING);
	}
	/* A unit leaves its place before it comes to another: the ledger. */
	put_ref(r, &at, mm, OWNS_NOTHING);
	put_ref(r, &to, ref_mm(old), ref_owns(old));
	put_ref(r, &at, mm, owns);
}

/* Another page table in CR3: nothing of the TLB survives it. */
static void load(struct run *r, mm_id mm)
{
	note(r, EV_CR3, r->actor, 0, mm, 0);
	note(r, EV_FLUSH, mm, 0, 0, 0)->arg = 0; /* flush on task switch */
	SET_CPU(r, r->actor, loaded_mm, ref_to(mm, OWNS_NOTHING));
}

void act_load_pgd(struct run *r)
{
	load(r, mm_value(r, A));
}

void act_load_swapper(struct run *r)
{
	load(r, MM_INIT);
}

void act_load_tss_cr3(struct run *r)
{
	load(r, ref_mm(world_task(r->w, value_of(r, A))->mm));
}

static bool is_sole(const struct run *r, mm_id mm)
{
	return mm_of(r->w, mm)->mm_users == 1;
}

void act_test_sole(struct run *r)
{
	change(r, place_of(r, B), is_sole(r, mm_value(r, A)), 0);
}

void act_test_local(struct run *r)
{
	mm_id mm = mm_value(r, A);

	change(r, place_of(r, B), mm == mm_value(r, CUR_MM) && is_sole(r, mm),
	       0);
}

void act_no_memory(struct run *r)
{
	change(r, place_of(r, A), 12 /* ENOMEM */, 0);
}

/* The last count was the last of everything. */
void act_free_whole(struct run *r)
{
	struct place at = place_of(r, A);

	put_ref(r, &at, ref_mm(*at.word), OWNS_NOTHING);
	act_free_mm(r);
}
