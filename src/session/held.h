/*
 * held.h - who holds a unit of an mm now, read from the world alone
 *
 * A unit is one of mm_users or one of mm_count.  Each lies somewhere: in a
 * task's mm or active_mm, in rq->prev_mm, in a local of a path in progress,
 * with an outside holder.  One count belongs to all users together; a queued
 * mmput has one; some of init_mm's are never given back.
 */
#ifndef SESSION_HELD_H
#define SESSION_HELD_H

#include "engine/event.h"

enum held_at {
	HELD_TASK_MM,     /* object task */
	HELD_TASK_ACTIVE, /* object task: a borrow */
	HELD_PREV_MM,     /* object CPU */
	HELD_LOCAL,       /* object stack, index the local */
	HELD_OUTSIDE,     /* object holder */
	HELD_BY_USERS,    /* the users' one count */
	HELD_BY_WORK,     /* a queued mmput */
	HELD_KEPT,        /* never given back */
};

struct held {
	uint8_t unit; /* OWNS_USER or OWNS_COUNT */
	uint8_t at;   /* enum held_at */
	uint16_t index;
	uint32_t object;
	uint32_t number; /* how many: more than 1 only outside, or kept */
};

/*
 * held_each - calls @seen for each holder of @mm, users first, until false
 *
 * Within a kind, by slot.
 */
void held_each(const struct world *w, mm_id mm,
	       bool (*seen)(void *context, const struct held *h),
	       void *context);

/* held_kept - how many units nobody will give back */
uint32_t held_kept(const struct world *w, mm_id mm, uint32_t unit);

/* held_count - how many units of @unit are held */
uint32_t held_count(const struct world *w, mm_id mm, uint32_t unit);

#endif
