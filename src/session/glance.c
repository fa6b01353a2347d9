/*
 * glance.c - what front ends draw, read quickly from a machine of any size
 */
#include "session/glance.h"

#include "session/held.h"
#include "session/show.h"
#include "session/state.h"

void glance_task(struct text *out, const struct world *w, task_id t)
{
	if (w->max.tasks <= GLANCE_TASKS || t == TASK_NONE ||
	    t >= w->max.tasks || world_task(w, t)->flags & PF_IDLE) {
		show_task(out, w, t);
		return;
	}
	show_comm(out, w, t);
	text_addf(out, "(%u)", world_task_shown(w, t)->pid);
}

struct search {
	const struct world *w;
	mm_id mm;
	uint32_t unit; /* OWNS_COUNT or OWNS_USER */
	uint32_t found;
	glance_seen *seen;
	void *context;
	bool stopped;
};

static void tell(struct search *s, const char *name, uint32_t counts)
{
	if (counts == 0 || s->stopped)
		return;
	s->found += counts;
	s->stopped = !s->seen(s->context, name, counts);
}

static void tell_held(struct search *s, const struct held *h)
{
	struct held one = *h;
	struct text name = { 0 };

	one.number = 1;
	if (h->at == HELD_TASK_MM || h->at == HELD_TASK_ACTIVE)
		glance_task(&name, s->w, h->object);
	else
		state_holder(&name, s->w, &one);
	tell(s, text_string(&name), h->number);
	text_free(&name);
}

static bool holds(const struct search *s, ref r)
{
	return ref_mm(r) == s->mm && ref_owns(r) == s->unit;
}

static void tell_if(struct search *s, bool held, enum held_at at,
		    uint32_t object)
{
	struct held h = { .at = (uint8_t)at, .object = object, .number = 1 };

	if (held && !s->stopped)
		tell_held(s, &h);
}

static void in_task(struct search *s, task_id t)
{
	const struct task *task = world_task(s->w, t);

	tell_if(s, holds(s, task->mm), HELD_TASK_MM, t);
	tell_if(s, holds(s, task->active_mm), HELD_TASK_ACTIVE, t);
}

static void on_cpus(struct search *s)
{
	for (cpu_id c = 0; c < s->w->max.cpus; c++) {
		const struct cpu *cpu = world_cpu(s->w, c);

		in_task(s, cpu->current);
		tell_if(s, holds(s, cpu->prev_mm), HELD_PREV_MM, c);
	}
}

static void in_paths(struct search *s)
{
	for (uint32_t i = 1; i < s->w->max.stacks; i++)
		for (uint32_t k = 0; k < STACK_REFS; k++)
			tell_if(s, holds(s, world_stack(s->w, i)->mm[k]),
				HELD_LOCAL, i);
}

static void outside(struct search *s)
{
	for (uint32_t i = 1; i < s->w->max.holders; i++) {
		const struct holder *o = world_holder(s->w, i);
		struct held h = { .at = HELD_OUTSIDE,
				  .object = i,
				  .number = s->unit == OWNS_USER ? o->users
								 : o->counts };

		if (o->slot && o->mm == s->mm)
			tell_held(s, &h);
	}
}

/* Off all CPUs: a kernel thread that uses an mm sleeps with it. */
static void elsewhere(struct search *s, uint32_t count)
{
	if (s->w->max.tasks > GLANCE_TASKS) {
		tell(s, NULL, count - s->found);
		return;
	}
	for (task_id t = 1; t < s->w->max.tasks; t++) {
		cpu_id c = world_task_shown(s->w, t)->cpu;

		if (c >= s->w->max.cpus || world_cpu(s->w, c)->current != t)
			in_task(s, t);
	}
}

void glance_holders(const struct world *w, mm_id mm, uint32_t unit,
		    glance_seen *seen, void *context)
{
	const struct mm *m = world_mm(w, mm);
	struct search s = { w, mm, unit, 0, seen, context, false };
	uint32_t all = unit == OWNS_USER ? m->mm_users : m->mm_count;
	uint32_t kept = held_kept(w, mm, unit);

	if (unit == OWNS_COUNT) {
		tell(&s, "users", mm != MM_INIT && m->mm_users > 0);
		tell(&s, "queued mmput", m->work != WORK_NONE);
	}
	on_cpus(&s);
	in_paths(&s);
	outside(&s);
	if (s.found + kept < all && !s.stopped)
		elsewhere(&s, all - kept);
	tell(&s, "kept", kept);
}
