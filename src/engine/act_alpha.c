/*
 * act_alpha.c - statements on hardware PCBs and address space numbers (Alpha)
 *
 * Memory and hardware are two things here: a PCB is written at any time, and
 * only PAL_swpctx loads it, all of it at once.
 */
#include "engine/acts.h"

/* --- hardware ------------------------------------------------------------- */

/* The page-table base and the ASN of @t's PCB are in force from now on. */
static void load_pcb(struct run *r, task_id t)
{
	const struct pcb *pcb = world_pcb(r->w, t);
	mm_id old = ref_mm(cpu_of(r->w, r->actor)->loaded_mm);

	if (pcb->ptbr != old)
		note(r, EV_SWPCTX, r->actor, old, pcb->ptbr, 0);
	SET_CPU(r, r->actor, loaded_mm, ref_to(pcb->ptbr, OWNS_NOTHING));
	SET_CPU_DATA(r, r->actor, asn, pcb->asn);
}

/* Registers, stack and page-table base: one instruction, one statement. */
void act_swpctx(struct run *r)
{
	task_id next = value_of(r, A);

	if (!is_cpu(r))
		return;
	SET_CPU(r, r->actor, current, next);
	load_pcb(r, next);
}

void act_set_pcb_ptbr(struct run *r)
{
	SET_PCB(r, value_of(r, A), ptbr, mm_value(r, B));
}

void act_set_pcb_asn(struct run *r)
{
	SET_PCB(r, value_of(r, A), asn, value_of(r, B) & HARDWARE_ASN_MASK);
}

/* --- ASNs ----------------------------------------------------------------- */

static uint32_t last_asn(const struct run *r)
{
	return is_cpu(r) ? world_cpu_data(r->w, r->actor)->last_asn : 0;
}

/* What @mm has in the TB under its old ASN is never found again: a flush. */
static void set_context(struct run *r, mm_id mm, uint32_t asn)
{
	const struct cpu *cpu = world_cpu(r->w, r->actor);
	struct place at = PLACE(r, CONTEXT, context,
				context_index(r->w, mm, r->actor), asn);
	bool in_force = !((*at.word ^ last_asn(r)) & ~HARDWARE_ASN_MASK);

	if (mm == MM_NONE)
		return;
	if (*at.word != asn && in_force)
		note(r, EV_FLUSH, mm, 0, 0, 0)->arg = cpu->irq_stack ? 1 : 3;
	change(r, at, asn, 0);
}

void act_next_asn(struct run *r)
{
	change(r, place_of(r, A), last_asn(r) + 1, 0);
}

/* All ASNs are used up: what processes have in the TB goes, a version begins. */
void act_tbiap(struct run *r)
{
	note(r, EV_TBI, r->actor, 0, 0, 0)->arg = 1;
	change(r, place_of(r, A),
	       (last_asn(r) & ~HARDWARE_ASN_MASK) + ASN_FIRST_VERSION, 0);
}

void act_tbia(struct run *r)
{
	note(r, EV_TBI, r->actor, 0, 0, 0)->arg = 2;
}

void act_set_last_asn(struct run *r)
{
	if (is_cpu(r))
		SET_CPU_DATA(r, r->actor, last_asn, value_of(r, A));
}

void act_read_context(struct run *r)
{
	mm_id mm = mm_value(r, B);

	if (is_cpu(r))
		change(r, place_of(r, A), world_context(r->w, mm, r->actor), 0);
}

void act_set_context(struct run *r)
{
	if (is_cpu(r))
		set_context(r, mm_value(r, A), value_of(r, B));
}

void act_lock_asn(struct run *r)
{
	if (is_cpu(r))
		SET_CPU_DATA(r, r->actor, asn_lock, 1);
}

void act_unlock_asn(struct run *r)
{
	if (is_cpu(r))
		SET_CPU_DATA(r, r->actor, asn_lock, 0);
}

void act_need_new_asn(struct run *r)
{
	if (is_cpu(r))
		SET_CPU_DATA(r, r->actor, need_new_asn, 1);
}

void act_take_need_new_asn(struct run *r)
{
	struct place to = place_of(r, A);

	put_ref(r, &to, mm_value(r, CUR_ACTIVE), OWNS_NOTHING);
	if (is_cpu(r))
		SET_CPU_DATA(r, r->actor, need_new_asn, 0);
}

/* A CPU that comes back goes on counting: its old words must stay old. */
void act_store_cpu_info(struct run *r)
{
	const struct cpu_data *cpu = world_cpu_data(r->w, r->actor);

	if (!cpu->last_asn)
		SET_CPU_DATA(r, r->actor, last_asn, ASN_FIRST_VERSION);
	SET_CPU_DATA(r, r->actor, need_new_asn, 0);
	SET_CPU_DATA(r, r->actor, asn_lock, 0);
}

/* --- flushes -------------------------------------------------------------- */

/* The next switch to that mm on this CPU gives it a new ASN. */
void act_flush_tlb_other(struct run *r)
{
	if (is_cpu(r))
		set_context(r, mm_value(r, A), 0);
}

/* Of another CPU, without asking it. */
void act_clear_context(struct run *r)
{
	mm_id mm = mm_value(r, A);
	cpu_id c = mask_next(call_todo(r->w, r->actor), r->w->max.cpus, 0);

	change_bit(r, EV_TODO, r->actor, c, false);
	SET_CALL(r, r->actor, todo, world_call(r->w, r->actor)->todo - 1);
	if (mm != MM_NONE)
		change(r,
		       PLACE(r, CONTEXT, context, context_index(r->w, mm, c),
			     asn),
		       0, 0);
}

void act_begin_flush(struct run *r)
{
	count_preempt(r, 1);
	SET_CALL(r, r->actor, func, CALL_FLUSH);
	SET_CALL(r, r->actor, mm, mm_value(r, A));
	SET_CALL(r, r->actor, freed_tables, 1); /* no CPU is left out */
}

void act_end_flush(struct run *r)
{
	act_put_flush_tlb_info(r);
}

void act_read_users(struct run *r)
{
	change(r, place_of(r, A), mm_of(r->w, mm_value(r, B))->mm_users, 0);
}

void act_context_elsewhere(struct run *r)
{
	mm_id mm = mm_value(r, A);
	bool found = false;

	for (cpu_id c = 0; c < r->w->max.cpus; c++)
		found |= c != r->actor &&
			 world_cpu(r->w, c)->online == CPU_ONLINE &&
			 world_context(r->w, mm, c);
	SET_STACK(r, r->stack, result, found);
}

void act_all_others(struct run *r)
{
	uint32_t todo = 0;

	for (cpu_id c = 0; c < r->w->max.cpus; c++) {
		if (c == r->actor || world_cpu(r->w, c)->online != CPU_ONLINE)
			continue;
		change_bit(r, EV_TODO, r->actor, c, true);
		todo++;
	}
	SET_CALL(r, r->actor, todo, todo);
}
