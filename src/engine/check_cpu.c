/*
 * check_cpu.c - F13 to F17, F25 and F26: what a CPU runs and has loaded
 */
#include "engine/checks.h"

/* --- the switch ------------------------------------------------------------ */

void check_f25(struct check *k)
{
	for (cpu_id c = 0; c < k->w->max.cpus; c++)
		must(k, c,
		     ref_mm(world_cpu(k->w, c)->prev_mm) == MM_NONE ||
			     cpu_windows(k->w, k->p, c) & W_SWITCH);
}

/* One task on a CPU; prev and next while the switch is under way. */
void check_f26(struct check *k)
{
	uint32_t on_cpu = 0, curr = 0, switching = 0;

	for (task_id t = 1; t < k->w->max.tasks; t++)
		on_cpu += world_task(k->w, t)->on_cpu != 0;
	for (cpu_id c = 0; c < k->w->max.cpus; c++) {
		const struct cpu *cpu = world_cpu(k->w, c);

		curr += world_task(k->w, cpu->current)->on_cpu &&
			world_task(k->w, cpu->curr)->on_cpu;
		switching += cpu->sched_stack != STACK_NONE;
	}
	report(k, 0, k->w->max.cpus, curr);
	must(k, 0,
	     on_cpu >= k->w->max.cpus && on_cpu <= k->w->max.cpus + switching);
}

/* --- what is loaded -------------------------------------------------------- */

static bool outside_of(const struct check *k, cpu_id c, uint32_t windows)
{
	return world_cpu(k->w, c)->online == CPU_ONLINE &&
	       !(cpu_windows(k->w, k->p, c) & windows);
}

bool resting(const struct check *k, cpu_id c)
{
	return outside_of(k, c, W_SWITCH | W_EXEC | W_USE | W_LOAD);
}

void check_f13(struct check *k)
{
	for (cpu_id c = 0; c < k->w->max.cpus; c++) {
		const struct cpu *cpu = world_cpu(k->w, c);
		mm_id loaded = ref_mm(cpu->loaded_mm);

		if (resting(k, c) && loaded != MM_INIT)
			report(k, c,
			       ref_mm(world_task(k->w, cpu->current)
					      ->active_mm),
			       loaded);
	}
}

void check_f14(struct check *k)
{
	for (cpu_id c = 0; c < k->w->max.cpus; c++) {
		const struct cpu *cpu = world_cpu(k->w, c);
		mm_id mm = ref_mm(world_task(k->w, cpu->current)->mm);

		if (!resting(k, c) || mm == MM_NONE)
			continue;
		report(k, c, mm, ref_mm(cpu->loaded_mm));
	}
}

void check_f14l(struct check *k)
{
	for (cpu_id c = 0; c < k->w->max.cpus; c++) {
		const struct cpu *cpu = world_cpu(k->w, c);

		if (resting(k, c) &&
		    ref_mm(world_task(k->w, cpu->current)->mm) != MM_NONE)
			report(k, c, 0, cpu->is_lazy);
	}
}

void check_f15(struct check *k)
{
	for (cpu_id c = 0; c < k->w->max.cpus; c++)
		if (resting(k, c) && world_cpu(k->w, c)->is_lazy)
			must(k, c,
			     ref_mm(world_cpu(k->w, c)->loaded_mm) != MM_INIT);
}

void check_f16(struct check *k)
{
	for (cpu_id c = 0; c < k->w->max.cpus; c++) {
		const struct cpu *cpu = world_cpu(k->w, c);

		if (resting(k, c) && outside_of(k, c, W_EXIT) &&
		    ref_mm(world_task(k->w, cpu->current)->mm) == MM_NONE &&
		    ref_mm(cpu->loaded_mm) != MM_INIT)
			report(k, c, 1, cpu->is_lazy);
	}
}

static bool loaded_and(const struct check *k, cpu_id c, bool lazy)
{
	const struct cpu *cpu = world_cpu(k->w, c);

	return resting(k, c) && ref_mm(cpu->loaded_mm) != MM_INIT &&
	       (cpu->is_lazy != 0) == lazy;
}

static void check_own_bits(struct check *k, bool lazy)
{
	for (cpu_id c = 0; c < k->w->max.cpus; c++)
		if (loaded_and(k, c, lazy))
			must(k, c,
			     bit_in(mm_cpumask(k->w,
					       ref_mm(world_cpu(k->w, c)
							      ->loaded_mm)),
				    c));
}

void check_f17(struct check *k)
{
	check_own_bits(k, false);
}

void check_f17l(struct check *k)
{
	check_own_bits(k, true);
}

void check_f17s(struct check *k)
{
	for (cpu_id c = 0; c < k->w->max.cpus; c++) {
		mm_id loaded = ref_mm(world_cpu(k->w, c)->loaded_mm);

		if (!resting(k, c))
			continue;
		for (mm_id mm = MM_INIT + 1; mm < k->w->max.mms; mm++)
			must(k, c,
			     loaded == mm || !bit_in(mm_cpumask(k->w, mm), c));
	}
}
