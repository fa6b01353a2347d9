/*
 * check_count.c - F1 to F7 and F23: the two counters of an mm, unit by unit
 *
 * Each unit is owned by a ref, by an outside holder, or by what is set aside;
 * so the counters are compared with a sum over the whole world.
 */
#include "engine/checks.h"

/* Units of @mm that refs of tasks, CPUs and paths in progress own. */
static uint32_t owned_by_refs(const struct world *w, mm_id mm, uint32_t unit)
{
	uint32_t sum = 0;
	ref whole = ref_to(mm, 0);

	for (task_id t = 1; t < w->max.tasks; t++) {
		const struct task *task = world_task(w, t);

		sum += (task->mm & ~3u) == whole && task->mm & unit;
		sum += (task->active_mm & ~3u) == whole &&
		       task->active_mm & unit;
	}
	for (cpu_id c = 0; c < w->max.cpus; c++)
		sum += (world_cpu(w, c)->prev_mm & ~3u) == whole &&
		       world_cpu(w, c)->prev_mm & unit;
	for (uint32_t s = 1; s < w->max.stacks; s++)
		for (uint32_t i = 0; i < STACK_REFS; i++)
			sum += (world_stack(w, s)->mm[i] & ~3u) == whole &&
			       world_stack(w, s)->mm[i] & unit;
	return sum;
}

static uint32_t owned_outside(const struct world *w, mm_id mm, uint32_t unit)
{
	uint32_t sum = 0;

	for (uint32_t h = 1; h < w->max.holders; h++) {
		const struct holder *holder = world_holder(w, h);

		if (holder->slot && holder->mm == mm)
			sum += unit == OWNS_USER ? holder->users
						 : holder->counts;
	}
	return sum;
}

static uint32_t units_held(const struct world *w, mm_id mm, uint32_t unit)
{
	return owned_by_refs(w, mm, unit) + owned_outside(w, mm, unit);
}

/* The users' one count, counts that nobody gives back, a queued mmput's. */
static uint32_t expected_count(const struct world *w, mm_id mm)
{
	const struct mm *m = world_mm(w, mm);

	return units_held(w, mm, OWNS_COUNT) + m->kept +
	       (mm != MM_INIT && m->mm_users > 0) + (m->work != WORK_NONE);
}

/* Whoever runs without an mm must own what it borrows, but in W-switch etc. */
static bool pays_for_its_borrow(const struct check *k, cpu_id c)
{
	const struct cpu *cpu = world_cpu(k->w, c);
	const struct task *t = world_task(k->w, cpu->current);

	if (cpu->online != CPU_ONLINE || ref_mm(t->mm) != MM_NONE ||
	    !k->p->profile.lazy_refcount ||
	    cpu_windows(k->w, k->p, c) & (W_SWITCH | W_EXIT | W_EXEC | W_USE))
		return true;
	return ref_owns(t->active_mm) == OWNS_COUNT;
}

void check_f1(struct check *k)
{
	for (mm_id mm = MM_INIT + 1; mm < k->w->max.mms; mm++)
		if (is_live(k->w, mm))
			report(k, mm, expected_count(k->w, mm),
			       world_mm(k->w, mm)->mm_count);
	for (cpu_id c = 0; c < k->w->max.cpus; c++)
		if (!pays_for_its_borrow(k, c))
			report(k,
			       ref_mm(world_task(k->w,
						 world_cpu(k->w, c)->current)
					      ->active_mm),
			       1, 0);
}

void check_f2(struct check *k)
{
	report(k, MM_INIT, expected_count(k->w, MM_INIT),
	       world_mm(k->w, MM_INIT)->mm_count);
}

void check_f3(struct check *k)
{
	if (k->p->profile.lazy_refcount)
		return;
	for (task_id t = 1; t < k->w->max.tasks; t++)
		must(k, ref_mm(world_task(k->w, t)->active_mm),
		     ref_owns(world_task(k->w, t)->active_mm) == 0);
	for (cpu_id c = 0; c < k->w->max.cpus; c++)
		must(k, ref_mm(world_cpu(k->w, c)->prev_mm),
		     ref_owns(world_cpu(k->w, c)->prev_mm) == 0);
}

void check_f4(struct check *k)
{
	for (mm_id mm = MM_INIT + 1; mm < k->w->max.mms; mm++)
		if (is_live(k->w, mm))
			report(k, mm, units_held(k->w, mm, OWNS_USER),
			       world_mm(k->w, mm)->mm_users);
	for (task_id t = 1; t < k->w->max.tasks; t++) {
		const struct task *task = world_task(k->w, t);

		if (ref_mm(task->mm) != MM_NONE && !(task->flags & PF_KTHREAD))
			must(k, ref_mm(task->mm),
			     ref_owns(task->mm) & OWNS_USER);
	}
}

void check_f5(struct check *k)
{
	for (mm_id mm = MM_INIT; mm < k->w->max.mms; mm++)
		must(k, mm,
		     world_mm(k->w, mm)->mm_users == 0 ||
			     world_mm(k->w, mm)->mm_count > 0);
}

void check_f6(struct check *k)
{
	for (mm_id mm = MM_INIT; mm < k->w->max.mms; mm++)
		must(k, mm,
		     (int32_t)world_mm(k->w, mm)->mm_users >= 0 &&
			     (int32_t)world_mm(k->w, mm)->mm_count >= 0);
}

void check_f7(struct check *k)
{
	report(k, MM_INIT, 2, world_mm(k->w, MM_INIT)->mm_users);
	must(k, MM_INIT, world_mm(k->w, MM_INIT)->mm_count >= 1);
}

void check_f23(struct check *k)
{
	for (mm_id mm = MM_INIT + 1; mm < k->w->max.mms; mm++) {
		const struct mm *m = world_mm(k->w, mm);
		bool tearing_down = units_held(k->w, mm, OWNS_COUNT) > 0;

		must(k, mm,
		     !m->tables || m->mm_users > 0 || m->work != WORK_NONE ||
			     (m->mm_count > 0 && tearing_down));
	}
}

/* init_mm: also what kernel threads that ended took along (path_2_2.c). */
static uint32_t expected_one_count(const struct world *w, mm_id mm)
{
	return units_held(w, mm, OWNS_USER) +
	       (mm == MM_INIT ? world_mm(w, mm)->kept : 0);
}

void check_o1(struct check *k)
{
	if (!k->p->profile.one_count)
		return;
	for (mm_id mm = MM_INIT; mm < k->w->max.mms; mm++)
		if (is_live(k->w, mm))
			report(k, mm, expected_one_count(k->w, mm),
			       world_mm(k->w, mm)->mm_users);
	for (task_id t = 1; t < k->w->max.tasks; t++) {
		const struct task *task = world_task(k->w, t);

		if (ref_mm(task->mm) != MM_NONE && !(task->flags & PF_EXITING))
			must(k, ref_mm(task->mm),
			     ref_owns(task->mm) == OWNS_USER);
	}
}
