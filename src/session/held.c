/*
 * held.c - the holders of an mm, found in the world
 */
#include "session/held.h"

#include "session/show.h"

struct search {
	const struct world *w;
	mm_id mm;
	uint32_t unit;
	bool (*seen)(void *context, const struct held *h);
	void *context;
	bool stopped;
};

static void tell(struct search *s, enum held_at at, uint32_t object,
		 uint32_t index, uint32_t number)
{
	struct held h = { .unit = (uint8_t)s->unit,
			  .at = (uint8_t)at,
			  .index = (uint16_t)index,
			  .object = object,
			  .number = number };

	if (number && !s->stopped)
		s->stopped = !s->seen(s->context, &h);
}

static bool owns(const struct search *s, ref r)
{
	return ref_mm(r) == s->mm && ref_owns(r) & s->unit;
}

static void in_tasks(struct search *s)
{
	for (task_id t = 1; t < s->w->max.tasks; t++) {
		const struct task *task = world_task(s->w, t);

		tell(s, HELD_TASK_MM, t, 0, owns(s, task->mm));
		tell(s, HELD_TASK_ACTIVE, t, 0, owns(s, task->active_mm));
	}
}

static void in_paths(struct search *s)
{
	for (cpu_id c = 0; c < s->w->max.cpus; c++)
		tell(s, HELD_PREV_MM, c, 0,
		     owns(s, world_cpu(s->w, c)->prev_mm));
	for (uint32_t i = 1; i < s->w->max.stacks; i++)
		for (uint32_t k = 0; k < STACK_REFS; k++)
			tell(s, HELD_LOCAL, i, k,
			     owns(s, world_stack(s->w, i)->mm[k]));
}

static void outside(struct search *s)
{
	for (uint32_t i = 1; i < s->w->max.holders; i++) {
		const struct holder *h = world_holder(s->w, i);

		if (h->slot && h->mm == s->mm)
			tell(s, HELD_OUTSIDE, i, 0,
			     s->unit == OWNS_USER ? h->users : h->counts);
	}
}

uint32_t held_kept(const struct world *w, mm_id mm, uint32_t unit)
{
	if (has_one_count(w))
		return unit == OWNS_USER ? world_mm(w, mm)->kept : 0;
	if (unit == OWNS_USER)
		return mm == MM_INIT ? 2 : 0;
	return world_mm(w, mm)->kept;
}

static void without_owner(struct search *s)
{
	const struct mm *m = world_mm(s->w, s->mm);

	if (s->unit == OWNS_COUNT && !has_one_count(s->w)) {
		tell(s, HELD_BY_USERS, s->mm, 0,
		     s->mm != MM_INIT && m->mm_users > 0);
		tell(s, HELD_BY_WORK, s->mm, 0, m->work != WORK_NONE);
	}
	tell(s, HELD_KEPT, s->mm, 0, held_kept(s->w, s->mm, s->unit));
}

void held_each(const struct world *w, mm_id mm,
	       bool (*seen)(void *context, const struct held *h), void *context)
{
	static const uint32_t units[] = { OWNS_USER, OWNS_COUNT };

	for (size_t i = 0; i < 2; i++) {
		struct search s = { .w = w,
				    .mm = mm,
				    .unit = units[i],
				    .seen = seen,
				    .context = context };

		in_tasks(&s);
		in_paths(&s);
		outside(&s);
		without_owner(&s);
		if (s.stopped)
			return;
	}
}

struct sum {
	uint32_t unit, total;
};

static bool add(void *context, const struct held *h)
{
	struct sum *sum = context;

	sum->total += h->unit == sum->unit ? h->number : 0;
	return true;
}

uint32_t held_count(const struct world *w, mm_id mm, uint32_t unit)
{
	struct sum sum = { .unit = unit };

	held_each(w, mm, add, &sum);
	return sum.total;
}
