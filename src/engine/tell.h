/*
 * tell.h - every change of a world, told as it is made
 *
 * The only way in which statements write: change() and change_bit() tell an
 * event and apply it.  They run some forty times in one context switch, so
 * they stand here to be inlined, where the compiler knows the kind of word.
 *
 * Inside engine/ only.
 */
#ifndef ENGINE_TELL_H
#define ENGINE_TELL_H

#include <assert.h>

#include "engine/step.h"

struct run {
	struct world *w;
	const struct program *p;
	uint32_t actor; /* CPU, or ncpus + holder */
	uint32_t stack; /* the one that runs: see run_on() */
	struct stack *top;
	const struct flat_op *op;
	struct event *next, *end; /* room in the caller's log */
	uint32_t time;            /* of the statement; where it is written */
	uint16_t path, statement;
};

/* A word of the world and its name in events. */
struct place {
	uint32_t *word;
	uint32_t object;
	uint8_t kind, field;
};

/* On which stack it runs from now on. */
static inline void run_on(struct run *r, uint32_t stack)
{
	r->stack = stack;
	r->top = stack_of(r->w, stack);
}

/* What runs: the op at @pc. */
static inline void run_at(struct run *r, uint32_t pc)
{
	r->op = &r->p->flat[pc];
	r->path = r->op->path;
	r->statement = r->op->index;
}

/*
 * An event of the statement that runs.  Its words are stored one by one: a copy
 * of what was itself just stored word by word would wait for it.
 */
static inline struct event *tell(struct run *r, enum event_kind kind,
				 uint8_t field, uint32_t object)
{
	struct event *e = r->next;

	assert(e < r->end);
	r->next = e + 1;
	e->time = r->time;
	e->actor = (uint16_t)r->actor;
	e->kind = (uint8_t)kind;
	e->field = field;
	e->path = r->path;
	e->statement = r->statement;
	e->object = object;
	e->old = e->new = e->holder = e->arg = 0;
	return e;
}

/* Tells an event that changes nothing. */
static inline struct event *note(struct run *r, enum event_kind kind,
				 uint32_t object, uint32_t old, uint32_t new,
				 uint32_t holder)
{
	struct event *e = tell(r, kind, 0, object);

	e->old = old;
	e->new = new;
	e->holder = holder;
	return e;
}

/* Nobody's slots (task 0, mm 0) are never written: a wrong path may try. */
static inline bool is_nobody(const struct run *r, const struct place *at)
{
	if (at->kind == EV_MM || at->kind == EV_MM_SHOWN)
		return at->object == 0 || at->object >= r->w->max.mms;
	return at->object == 0 &&
	       (at->kind == EV_TASK || at->kind == EV_TASK_SHOWN ||
		at->kind == EV_STACK || at->kind == EV_HOLDER ||
		at->kind == EV_PCB);
}

/* Changes a word, and tells it; no event when it has that value already. */
static inline void change(struct run *r, struct place at, uint32_t value,
			  uint32_t holder)
{
	struct event *e;

	if (*at.word == value || is_nobody(r, &at))
		return;
	e = tell(r, (enum event_kind)at.kind, at.field, at.object);
	e->old = *at.word;
	e->new = value;
	e->holder = holder;
	*at.word = value;
	if (at.field == 0)
		slot_changed(r->w, at.kind, at.object, value != 0);
}

/* The same for a bit of a mask (tell.c). */
void change_bit(struct run *r, enum event_kind kind, uint32_t object,
		uint32_t bit, bool value);

#endif
