/*
 * check_alpha.c - A1 and A2: what swpctx has loaded
 *
 * F13 lets a CPU have init_mm loaded whatever it borrows, as x86 does.  An
 * Alpha loads a page-table base only with all of a PCB, so it must be right in
 * the PCB of each task that is switched to.
 */
#include "engine/checks.h"
#include "engine/world_alpha.h"

/* Before there was an active_mm a task ran on its mm. */
static mm_id runs_on(const struct check *k, const struct task *t)
{
	return ref_mm(k->p->profile.one_count ? t->mm : t->active_mm);
}

void check_a1(struct check *k)
{
	const struct world *w = k->w;

	for (cpu_id c = 0; w->max.alpha && c < w->max.cpus; c++) {
		const struct cpu *cpu = world_cpu(w, c);

		if (resting(k, c))
			report(k, c, runs_on(k, world_task(w, cpu->current)),
			       ref_mm(cpu->loaded_mm));
	}
}

/* A version that is over was thrown out of the TB; 0 is none at all. */
static bool in_force(const struct world *w, uint32_t asn, cpu_id c)
{
	return !((asn ^ world_cpu_data(w, c)->last_asn) & ~HARDWARE_ASN_MASK);
}

void check_a2(struct check *k)
{
	const struct world *w = k->w;

	for (cpu_id c = 0; w->max.alpha && c < w->max.cpus; c++) {
		mm_id mm = ref_mm(world_task(w, world_cpu(w, c)->current)->mm);
		uint32_t asn = world_context(w, mm, c);

		if (mm == MM_NONE || !resting(k, c))
			continue;
		must(k, c, in_force(w, asn, c));
		report(k, c, asn & HARDWARE_ASN_MASK,
		       world_cpu_data(w, c)->asn);
	}
}
