/*
 * tell.c - every change of a world, told as it is made
 */
#include "engine/run.h"

#include <assert.h>

struct event *tell(struct run *r, enum event_kind kind, uint8_t field,
		   uint32_t object)
{
	struct event *e = &r->log->events[r->log->count];

	assert(r->log->count < r->log->capacity);
	r->log->count++;
	*e = (struct event){ .time = r->w->time,
			     .actor = (uint16_t)r->actor,
			     .kind = (uint8_t)kind,
			     .field = field,
			     .object = object,
			     .path = r->op ? r->op->path : PATH_NONE,
			     .statement = r->op ? r->op->index : 0 };
	return e;
}

struct event *note(struct run *r, enum event_kind kind, uint32_t object,
		   uint32_t old, uint32_t new, uint32_t holder)
{
	struct event *e = tell(r, kind, 0, object);

	e->old = old;
	e->new = new;
	e->holder = holder;
	return e;
}

/* Nobody's slots (task 0, mm 0) are never written: a wrong path may try. */
static bool is_nobody(const struct run *r, const struct place *at)
{
	if (at->kind == EV_MM || at->kind == EV_MM_SHOWN)
		return at->object == 0 || at->object >= r->w->max.mms;
	return at->object == 0 &&
	       (at->kind == EV_TASK || at->kind == EV_TASK_SHOWN ||
		at->kind == EV_STACK || at->kind == EV_HOLDER);
}

void change(struct run *r, struct place at, uint32_t value, uint32_t holder)
{
	struct event *e;

	if (is_nobody(r, &at) || *at.word == value)
		return;
	e = tell(r, (enum event_kind)at.kind, at.field, at.object);
	e->old = *at.word;
	e->new = value;
	e->holder = holder;
	*at.word = value;
	if (at.field == 0)
		slot_changed(r->w, at.kind, at.object, value != 0);
}

void change_bit(struct run *r, enum event_kind kind, uint32_t object,
		uint32_t bit, bool value)
{
	struct event e = { .kind = (uint8_t)kind,
			   .object = object,
			   .arg = bit,
			   .old = !value,
			   .new = value };
	struct event *told;

	if (kind == EV_MASK && object >= r->w->max.mms)
		return;
	if (event_value(r->w, &e) == value)
		return;
	told = tell(r, kind, 0, object);
	told->arg = bit;
	told->old = e.old;
	told->new = e.new;
	event_fold(r->w, &e);
}
