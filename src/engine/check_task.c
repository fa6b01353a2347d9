/*
 * check_task.c - F8 to F12 and F24: what tasks point at
 */
#include "engine/checks.h"

void check_f8(struct check *k)
{
	for (task_id t = 1; t < k->w->max.tasks; t++) {
		const struct task *task = world_task(k->w, t);

		if (ref_mm(task->mm) != MM_NONE)
			report(k, t, ref_mm(task->mm), ref_mm(task->active_mm));
	}
}

static bool runs_somewhere(const struct world *w, task_id t)
{
	cpu_id c = world_task_shown(w, t)->cpu;

	return c < w->max.cpus && world_cpu(w, c)->current == t;
}

void check_f9(struct check *k)
{
	for (cpu_id c = 0; c < k->w->max.cpus; c++) {
		const struct cpu *cpu = world_cpu(k->w, c);
		const struct task *t = world_task(k->w, cpu->current);

		if (cpu->online == CPU_ONLINE && ref_mm(t->mm) == MM_NONE &&
		    !(cpu_windows(k->w, k->p, c) & W_SWITCH))
			must(k, cpu->current, ref_mm(t->active_mm) != MM_NONE);
	}
}

/* Off a CPU, and not on the way to or from one. */
void check_f10(struct check *k)
{
	for (task_id t = 1; t < k->w->max.tasks; t++) {
		const struct task *task = world_task(k->w, t);

		if (task->slot && ref_mm(task->mm) == MM_NONE &&
		    !task->on_cpu && !runs_somewhere(k->w, t))
			report(k, t, MM_NONE, ref_mm(task->active_mm));
	}
}

void check_f11(struct check *k)
{
	for (task_id t = 1; t < k->w->max.tasks; t++)
		must(k, t, ref_mm(world_task(k->w, t)->mm) != MM_INIT);
}

void check_f12(struct check *k)
{
	for (task_id t = 1; t < k->w->max.tasks; t++)
		must(k, t,
		     !world_task(k->w, t)->exit_state ||
			     ref_mm(world_task(k->w, t)->mm) == MM_NONE);
}

/* A freed mm: nobody has it loaded, as mm, as active_mm, or on the way out. */
void check_f24(struct check *k)
{
	const struct world *w = k->w;

	for (cpu_id c = 0; c < w->max.cpus; c++) {
		mm_id loaded = ref_mm(world_cpu(w, c)->loaded_mm);
		mm_id prev = ref_mm(world_cpu(w, c)->prev_mm);

		if (loaded != MM_SWITCHING &&
		    !(cpu_windows(w, k->p, c) & W_FREED))
			must(k, loaded, is_live(w, loaded));
		must(k, prev, prev == MM_NONE || is_live(w, prev));
	}
	for (task_id t = 1; t < w->max.tasks; t++) {
		mm_id mm = ref_mm(world_task(w, t)->mm);
		mm_id active = ref_mm(world_task(w, t)->active_mm);

		must(k, mm, mm == MM_NONE || is_live(w, mm));
		must(k, active, active == MM_NONE || is_live(w, active));
	}
}

/* The idle task of a CPU that was not started yet has nothing. */
void check_o2(struct check *k)
{
	if (!k->p->profile.one_count)
		return;
	for (task_id t = 1; t < k->w->max.tasks; t++) {
		const struct task *task = world_task(k->w, t);

		if (task->slot != SLOT_LIVE || task->flags & PF_IDLE)
			continue;
		must(k, t, ref_mm(task->mm) != MM_NONE);
		if (task->exit_state)
			report(k, t, MM_INIT, ref_mm(task->mm));
	}
}
