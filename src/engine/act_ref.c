/*
 * act_ref.c - statements that move references, and what they own
 */
#include "engine/acts.h"

void put_ref(struct run *r, const struct place *at, mm_id mm, uint32_t owns)
{
	change(r, *at, ref_to(mm, owns), holder_of_place(r, at));
}

void act_copy(struct run *r)
{
	struct place to = place_of(r, A);

	put_ref(r, &to, mm_value(r, B), OWNS_NOTHING);
}

/* A borrow that goes from one task's active_mm to another's is handed on. */
static void note_move(struct run *r, const struct place *to, ref moved)
{
	if (ref_owns(moved) == OWNS_COUNT && to->kind == EV_TASK &&
	    to->field == FIELD_OF(task, active_mm))
		note(r, EV_HAND_ON, ref_mm(moved), 0, 0,
		     holder_of_place(r, to));
}

/*
 * A task preempted inside exit_mm() has a lazy reference and still its mm: what
 * it took stays its own, and who borrows from it takes one more.
 */
static bool keeps_its_unit(const struct run *r, const struct place *from)
{
	return from->kind == EV_TASK &&
	       from->field == FIELD_OF(task, active_mm) &&
	       ref_mm(world_task(r->w, from->object)->mm) != MM_NONE;
}

void act_set(struct run *r)
{
	struct place to = place_of(r, A), from = place_of(r, B);
	ref moved = *from.word;

	if (keeps_its_unit(r, &from)) {
		put_ref(r, &to, ref_mm(moved), OWNS_NOTHING);
		return;
	}
	put_ref(r, &from, ref_mm(moved), OWNS_NOTHING);
	put_ref(r, &to, ref_mm(moved), ref_owns(moved));
	note_move(r, &to, moved);
}

void act_take(struct run *r)
{
	struct place to = place_of(r, A), from = place_of(r, B);
	ref moved = *from.word;

	put_ref(r, &from, MM_NONE, OWNS_NOTHING);
	put_ref(r, &to, ref_mm(moved), ref_owns(moved));
}

void act_clear(struct run *r)
{
	struct place to = place_of(r, A);

	put_ref(r, &to, MM_NONE, OWNS_NOTHING);
}

void act_null_into(struct run *r)
{
	struct place from = place_of(r, A), to = place_of(r, B);
	ref moved = *from.word;

	put_ref(r, &from, MM_NONE, OWNS_NOTHING);
	put_ref(r, &to, ref_mm(moved), ref_owns(moved) | ref_owns(*to.word));
}
