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
static bool in_force(const struct world *w, mm_id mm, cpu_id c)
{
	return !((world_context(w, mm, c) ^ world_cpu_data(w, c)->last_asn) &
		 ~HARDWARE_ASN_MASK);
}

static bool is_its_own(const struct world *w, mm_id mm, cpu_id c)
{
	for (mm_id other = MM_INIT; other < w->max.mms; other++)
		if (other != mm && in_force(w, other, c) &&
		    (world_context(w, other, c) & HARDWARE_ASN_MASK) ==
			    world_cpu_data(w, c)->asn)
			return false;
	return true;
}

/*
 * It need not be the very one that its mm has now: a flush that interrupts
 * __load_new_mm_context() gives the mm another one, and what it interrupted
 * goes on with the first.  Nothing is in the TB under that one yet; it may even
 * be of the version before, when the flush had to begin a new one.
 */
void check_a2(struct check *k)
{
	const struct world *w = k->w;

	for (cpu_id c = 0; w->max.alpha && c < w->max.cpus; c++) {
		mm_id mm = ref_mm(world_task(w, world_cpu(w, c)->current)->mm);

		if (mm != MM_NONE && resting(k, c))
			must(k, c,
			     world_context(w, mm, c) && is_its_own(w, mm, c));
	}
}
