/*
 * canon_check.c - the invariants of the canonical model, step by step
 *
 * They are asked of the events of a step, as assertions inside it would be.
 */
#include "explore/canon.h"

static const char touches_dead[] = "I1: a counter of a freed mm is touched";
static const char below_zero[] = "I1: a counter goes below zero";
static const char from_zero[] = "I1: an mm without users gets one again";
static const char last_by_unuse[] =
	"I1: kthread_unuse_mm() drops the last count of an mm with users";
static const char frees_used[] =
	"I2: an mm is freed that is not a user mm, alive and without counts";
static const char frees_loaded[] = "I3: an mm is freed that a CPU has loaded";
static const char frees_active[] =
	"I3: an mm is freed that a task has as active_mm";
static const char loads_dead[] = "I4: a CPU loads a freed mm";
static const char walks_freed[] =
	"I5: page tables are freed that a CPU's walk cache points into";
static const char leaks[] = "ACCT: users, counts and lives do not add up while "
			    "nothing is under way";

static bool loaded_anywhere(const struct world *w, mm_id mm, bool walking)
{
	for (cpu_id c = 0; c < w->max.cpus; c++)
		if (ref_mm(world_cpu(w, c)->loaded_mm) == mm &&
		    (!walking || world_cpu(w, c)->walk))
			return true;
	return false;
}

static bool active_anywhere(const struct world *w, mm_id mm)
{
	for (task_id t = 1; t < w->max.tasks; t++)
		if (ref_mm(world_task(w, t)->active_mm) == mm)
			return true;
	return false;
}

static const char *check_counter(const struct event *e)
{
	bool users = e->field == FIELD_OF(mm, mm_users);

	if (e->old == 0 && e->new == UINT32_MAX)
		return below_zero;
	if (users && e->old == 0 && e->path == PATH_sys_clone)
		return from_zero;
	if (!users && e->new == 0 && e->path == PATH_kthread_unuse_mm)
		return last_by_unuse;
	return NULL;
}

static const char *check_change(const struct world *w, const struct event *e)
{
	switch (e->field) {
	case FIELD_OF(mm, mm_users):
	case FIELD_OF(mm, mm_count):
		return check_counter(e);
	case FIELD_OF(mm, tables):
		return e->new == 0 && loaded_anywhere(w, e->object, true)
			       ? walks_freed
			       : NULL;
	default:
		return NULL;
	}
}

static const char *check_free(const struct world *w, mm_id mm)
{
	const struct mm *m = world_mm(w, mm);

	if (mm <= MM_INIT || !m->slot || m->mm_users || m->mm_count)
		return frees_used;
	if (loaded_anywhere(w, mm, false))
		return frees_loaded;
	return active_anywhere(w, mm) ? frees_active : NULL;
}

static const char *check_event(const struct world *from, const struct world *to,
			       const struct event *e)
{
	switch ((enum event_kind)e->kind) {
	case EV_OOPS:
		return e->arg == TROUBLE_DEAD_MM ? touches_dead : NULL;
	case EV_MM:
		return check_change(to, e);
	case EV_FREE:
		return check_free(from, e->object);
	case EV_CR3:
		return world_mm(to, e->new)->slot ? NULL : loads_dead;
	default:
		return NULL;
	}
}

/* --- the accounts ------------------------------------------------------------ */

static bool under_way(const struct world *w)
{
	for (cpu_id c = 0; c < w->max.cpus; c++)
		if (world_cpu(w, c)->sched_stack)
			return true;
	for (task_id t = 1; t < w->max.tasks; t++)
		if (world_task(w, t)->stack)
			return true;
	return false;
}

static bool adds_up(const struct world *w, mm_id mm)
{
	const struct mm *m = world_mm(w, mm);
	uint32_t users = 0, count = 0;

	for (task_id t = 1; t < w->max.tasks; t++) {
		const struct task *task = world_task(w, t);

		if (ref_mm(task->mm) == mm) {
			users++;
			count += (task->flags & PF_KTHREAD) != 0;
		} else if (ref_mm(task->mm) == MM_NONE) {
			count += ref_mm(task->active_mm) == mm;
		}
	}
	count += users > 0;
	return m->mm_users == users && m->mm_count == count &&
	       (m->slot != SLOT_FREE) == (count > 0);
}

static const char *check_accounts(const struct world *w)
{
	if (under_way(w))
		return NULL;
	for (mm_id mm = MM_INIT + 1; mm < w->max.mms; mm++)
		if (!adds_up(w, mm))
			return leaks;
	return NULL;
}

const char *canon_broken(const struct canon *c, const struct world *from,
			 const struct world *to)
{
	const char *broken = NULL;

	for (size_t i = 0; i < c->log.count && !broken; i++)
		broken = check_event(from, to, &c->log.events[i]);
	if (!broken && c->scenario.ops & OP_ACCT && canon_is_pick(c->last))
		broken = check_accounts(from);
	return broken;
}
