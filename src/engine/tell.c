/*
 * tell.c - changes of single bits, told as they are made
 */
#include "engine/run.h"

void change_bit(struct run *r, enum event_kind kind, uint32_t object,
		uint32_t bit, bool value)
{
	uint32_t *word;
	struct event *e;

	if (kind == EV_MASK && object >= r->w->max.mms)
		return;
	word = event_mask(r->w, kind, object) + bit / 32;
	if ((*word >> bit % 32 & 1) == value)
		return;
	e = tell(r, kind, 0, object);
	e->arg = bit;
	e->old = !value;
	e->new = value;
	*word ^= 1u << bit % 32;
}
