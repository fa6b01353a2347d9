/*
 * act_count.c - statements that touch mm_users and mm_count
 */
#include "engine/acts.h"

static bool touch_mm(struct run *r, mm_id mm)
{
	if (mm < r->w->max.mms && mm_of(r->w, mm)->slot == SLOT_LIVE)
		return true;
	note(r, EV_OOPS, current_task(r), 0, mm, 0)->arg = TROUBLE_DEAD_MM;
	return mm > MM_NONE && mm < r->w->max.mms;
}

/* Gives a unit to the place or the outside holder that operand @to names. */
uint32_t give_unit(struct run *r, uint8_t to, mm_id mm, uint32_t unit)
{
	struct place at;

	if (OPERAND_KIND(to) == H(0)) {
		uint32_t h = value_of(r, to);
		const struct holder *holder = world_holder(r->w, h);

		SET_HOLDER(r, h, mm, mm);
		if (unit == OWNS_USER)
			SET_HOLDER(r, h, users, holder->users + 1);
		else
			SET_HOLDER(r, h, counts, holder->counts + 1);
		return holder_word(HOLDER_LABEL, h);
	}
	if (to == KEPT) {
		SET_MM(r, mm, kept, mm_of(r->w, mm)->kept + 1);
		return holder_word(HOLDER_NOBODY, 0);
	}
	at = place_of(r, to);
	change(r, at, ref_to(mm, ref_owns(*at.word) | unit),
	       holder_of_place(r, &at));
	return holder_of_place(r, &at);
}

static uint32_t grab(struct run *r)
{
	mm_id mm = mm_value(r, A);
	struct place count;
	uint32_t who;

	if (!touch_mm(r, mm))
		return 0;
	count = PLACE(r, MM, mm, mm, mm_count);
	who = give_unit(r, B, mm, OWNS_COUNT);
	change(r, count, *count.word + 1, who);
	return who;
}

void act_mmgrab(struct run *r)
{
	grab(r);
}

void act_mmgrab_lazy_tlb(struct run *r)
{
	mm_id mm = mm_value(r, A);

	if (!r->p->profile.lazy_refcount)
		return full_barrier(r);
	note(r, EV_BORROW, mm, 0, 0, grab(r));
}

static void get_user(struct run *r, mm_id mm, uint8_t to)
{
	struct place users;

	if (!touch_mm(r, mm))
		return;
	users = PLACE(r, MM, mm, mm, mm_users);
	change(r, users, *users.word + 1, give_unit(r, to, mm, OWNS_USER));
}

void act_mmget(struct run *r)
{
	get_user(r, mm_value(r, A), B);
}

void act_mmget_not_zero(struct run *r)
{
	mm_id mm = mm_value(r, A);
	bool got = mm_of(r->w, mm)->mm_users > 0;

	if (got)
		get_user(r, mm, B);
	SET_STACK(r, r->stack, result, got);
}

void act_get_mm_of(struct run *r)
{
	const struct task *t = world_task(r->w, value_of(r, A));
	bool got = !(t->flags & PF_KTHREAD) && ref_mm(t->mm) != MM_NONE;

	if (got)
		get_user(r, ref_mm(t->mm), B);
	SET_STACK(r, r->stack, result, got);
}

/* The unit that the reference in operand A owned is gone. */
static void lose_unit(struct run *r, uint32_t unit)
{
	struct place at = place_of(r, A);

	put_ref(r, &at, ref_mm(*at.word), ref_owns(*at.word) & ~unit);
}

static void drop_count(struct run *r)
{
	mm_id mm = mm_value(r, A);
	struct place at = place_of(r, A), count;

	SET_STACK(r, r->stack, result, 0);
	if (!touch_mm(r, mm))
		return;
	count = PLACE(r, MM, mm, mm, mm_count);
	change(r, count, *count.word - 1, holder_of_place(r, &at));
	lose_unit(r, OWNS_COUNT);
	SET_STACK(r, r->stack, result, *count.word == 0);
}

void act_dec_count(struct run *r)
{
	drop_count(r);
}

void act_dec_lazy(struct run *r)
{
	struct place at = place_of(r, A);

	if (!r->p->profile.lazy_refcount) {
		SET_STACK(r, r->stack, result, 0);
		return full_barrier(r);
	}
	note(r, EV_RELEASE, mm_value(r, A), 0, 0, holder_of_place(r, &at));
	drop_count(r);
}

/* At the last user the count that all users shared goes to this path. */
void act_dec_users(struct run *r)
{
	mm_id mm = mm_value(r, A);
	struct place at = place_of(r, A), users;
	bool last;

	SET_STACK(r, r->stack, result, 0);
	if (!touch_mm(r, mm))
		return;
	users = PLACE(r, MM, mm, mm, mm_users);
	last = *users.word == 1;
	change(r, users, *users.word - 1, holder_of_place(r, &at));
	put_ref(r, &at, mm,
		(ref_owns(*at.word) & ~(uint32_t)OWNS_USER) |
			(last ? OWNS_COUNT : OWNS_NOTHING));
	SET_STACK(r, r->stack, result, last);
}

void act_mm_init(struct run *r)
{
	struct place to = place_of(r, A);
	mm_id mm = make_mm(r, 1);

	put_ref(r, &to, mm, mm ? OWNS_USER : OWNS_NOTHING);
}

void act_copy_strings(struct run *r)
{
	SET_MM(r, mm_value(r, A), tables, 1);
}

void act_dup_mmap(struct run *r)
{
	SET_MM(r, mm_value(r, A), tables, 1);
}

void act_unmap_vmas(struct run *r)
{
	mm_id mm = mm_value(r, A);

	note(r, EV_UNMAPPED, mm, mm_of(r->w, mm)->tables != 0, 0, 0);
	if (mm_of(r->w, mm)->mm_count > 1)
		note(r, EV_ZOMBIE, mm, 0, 0, 0);
}

void act_free_pgtables(struct run *r)
{
	SET_MM(r, mm_value(r, A), tables, 0);
}

static void complain_about_drop(struct run *r, mm_id mm)
{
	const struct task *t = world_task(r->w, current_task(r));

	if (mm == MM_INIT)
		note(r, EV_OOPS, mm, 0, 0, 0)->arg = TROUBLE_DROP_INIT_MM;
	if (ref_mm(t->mm) == mm)
		note(r, EV_WARN, mm, 0, 0, 0)->arg = TROUBLE_DROP_CURRENT_MM;
	if (ref_mm(t->active_mm) == mm)
		note(r, EV_WARN, mm, 0, 0, 0)->arg =
			TROUBLE_DROP_CURRENT_ACTIVE;
}

void act_free_mm(struct run *r)
{
	mm_id mm = mm_value(r, A);

	if (mm == MM_NONE)
		return;
	complain_about_drop(r, mm);
	if (mm == MM_INIT)
		return;
	note(r, EV_FREE, mm, 0, 0, 0);
	free_mm_slot(r, mm);
}

void act_queue_mmput(struct run *r)
{
	lose_unit(r, OWNS_COUNT);
	SET_MM(r, mm_value(r, A), work, WORK_MMPUT);
}

void act_take_work(struct run *r)
{
	mm_id mm = mm_value(r, A);
	bool queued = mm_of(r->w, mm)->work != WORK_NONE;

	SET_STACK(r, r->stack, result, queued);
	if (!queued)
		return;
	SET_MM(r, mm, work, WORK_NONE);
	give_unit(r, A, mm, OWNS_COUNT);
}
