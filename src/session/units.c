/*
 * units.c - keeping the book
 */
#include "session/units.h"

#include <string.h>

#include "base/mem.h"
#include "session/posting.h"
#include "session/show.h"

bool units_begin(struct units *u, const struct world *like,
		 const struct program *p, uint32_t only)
{
	*u = (struct units){ .p = p, .only = only };
	u->w = am_alloc(world_size(&like->max));
	if (!u->w)
		return false;
	memset(u->w, 0, world_size(&like->max));
	world_init(u->w, &like->max);
	text_append(&u->words, "", 1);
	posting_link_time(u);
	if (!u->failed && !u->words.failed)
		return true;
	units_end(u);
	return false;
}

void units_end(struct units *u)
{
	am_free(u->w);
	am_free(u->unit);
	am_free(u->posting);
	am_free(u->floating);
	am_free(u->moved);
	am_free(u->event);
	am_free(u->number);
	text_free(&u->words);
	*u = (struct units){ 0 };
}

uint32_t units_held(const struct units *u, mm_id mm, uint32_t unit)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < u->units; i++)
		sum += u->unit[i].mm == mm && u->unit[i].where.unit == unit;
	return sum;
}

/* --- what an event moves -------------------------------------------------- */

static void ref_changed(struct units *u, struct held where, uint64_t number,
			const struct event *e)
{
	static const uint8_t units[] = { OWNS_USER, OWNS_COUNT };

	for (size_t i = 0; i < 2; i++) {
		bool had = ref_owns(e->old) & units[i];
		bool has = ref_owns(e->new) & units[i];

		if (had && has && ref_mm(e->old) == ref_mm(e->new))
			continue;
		where.unit = units[i];
		if (had)
			posting_loss(u, ref_mm(e->old), &where);
		if (has)
			posting_gain(u, ref_mm(e->new), &where, number, e);
	}
}

static void number_changed(struct units *u, mm_id mm, struct held where,
			   uint64_t number, const struct event *e)
{
	for (uint32_t n = e->old; n < e->new; n++)
		posting_gain(u, mm, &where, number, e);
	for (uint32_t n = e->new; n < e->old; n++)
		posting_loss(u, mm, &where);
}

static struct held place(enum held_at at, uint32_t object, uint32_t unit)
{
	return (struct held){ .unit = (uint8_t)unit,
			      .at = (uint8_t)at,
			      .object = object,
			      .number = 1 };
}

static void see_task(struct units *u, uint64_t number, const struct event *e)
{
	if (e->field == FIELD_OF(task, mm))
		ref_changed(u, place(HELD_TASK_MM, e->object, 0), number, e);
	else if (e->field == FIELD_OF(task, active_mm))
		ref_changed(u, place(HELD_TASK_ACTIVE, e->object, 0), number,
			    e);
}

static void see_stack(struct units *u, uint64_t number, const struct event *e)
{
	struct held where = place(HELD_LOCAL, e->object, 0);

	if (e->field < FIELD_OF(stack, mm))
		return;
	where.index = (uint16_t)(e->field - FIELD_OF(stack, mm));
	ref_changed(u, where, number, e);
}

static void see_holder(struct units *u, uint64_t number, const struct event *e)
{
	mm_id mm = world_holder(u->w, e->object)->mm;
	bool users = e->field == FIELD_OF(holder, users);

	if (users || e->field == FIELD_OF(holder, counts))
		number_changed(u, mm,
			       place(HELD_OUTSIDE, e->object,
				     users ? OWNS_USER : OWNS_COUNT),
			       number, e);
}

/* All users together hold one count, while there are users. */
static void see_mm(struct units *u, uint64_t number, const struct event *e)
{
	struct held where = place(HELD_BY_USERS, e->object, OWNS_COUNT);

	posting_counter(u, e);
	if (e->field == FIELD_OF(mm, mm_users)) {
		if (e->object != MM_INIT && e->new && !e->old)
			posting_gain(u, e->object, &where, number, e);
		if (e->object != MM_INIT && !e->new && e->old)
			posting_loss(u, e->object, &where);
	} else if (e->field == FIELD_OF(mm, work)) {
		where.at = HELD_BY_WORK;
		number_changed(u, e->object, where, number, e);
	} else if (e->field == FIELD_OF(mm, kept)) {
		if (u->p->profile.one_count)
			where.unit = OWNS_USER;
		where.at = HELD_KEPT;
		number_changed(u, e->object, where, number, e);
	}
}

/* 2.2: what boot sets up of init_mm was so at link time. */
static bool is_link_time(const struct units *u, const struct event *e)
{
	return u->p->profile.one_count && e->time == 0 && e->path == PATH_NONE;
}

/* Reads an event while the world is as before it. */
static void see(struct units *u, uint64_t number, const struct event *e)
{
	if (is_link_time(u, e))
		return;
	switch ((enum event_kind)e->kind) {
	case EV_TASK:
		see_task(u, number, e);
		break;
	case EV_STACK:
		see_stack(u, number, e);
		break;
	case EV_CPU:
		if (e->field == FIELD_OF(cpu, prev_mm))
			ref_changed(u, place(HELD_PREV_MM, e->object, 0),
				    number, e);
		break;
	case EV_HOLDER:
		see_holder(u, number, e);
		break;
	case EV_MM:
		see_mm(u, number, e);
		break;
	case EV_FREE:
		posting_free(u, e->object, number, e);
		break;
	default:
		break;
	}
}

/* --- statements ----------------------------------------------------------- */

bool units_room(struct units *u, void **array, size_t *room, size_t count,
		size_t size)
{
	size_t more = *room ? *room * 2 : 16;
	void *bigger;

	if (count < *room)
		return true;
	bigger = am_realloc(*array, more, size);
	if (!bigger) {
		u->failed = true;
		return false;
	}
	*array = bigger;
	*room = more;
	return true;
}

static bool make_room(struct units *u)
{
	size_t room = u->event_room ? u->event_room * 2 : 256;
	struct event *event;
	uint64_t *number;

	if (u->events < u->event_room)
		return true;
	event = am_realloc(u->event, room, sizeof *event);
	u->event = event ? event : u->event;
	number = am_realloc(u->number, room, sizeof *number);
	u->number = number ? number : u->number;
	if (!event || !number) {
		u->failed = true;
		return false;
	}
	u->event_room = room;
	return true;
}

void units_settle(struct units *u)
{
	if (!u->events)
		return;
	posting_begin(u);
	for (size_t i = 0; i < u->events && !u->failed; i++) {
		see(u, u->number[i], &u->event[i]);
		event_fold(u->w, &u->event[i]);
	}
	posting_end(u);
	u->events = 0;
	u->failed |= u->words.failed;
}

void units_see(struct units *u, uint64_t number, const struct event *e)
{
	const struct event *first = u->event;

	if (u->events && (e->kind == EV_STEP ||
			  (e->path == PATH_NONE) != (first->path == PATH_NONE)))
		units_settle(u);
	if (u->failed || !make_room(u))
		return;
	u->event[u->events] = *e;
	u->number[u->events++] = number;
}
