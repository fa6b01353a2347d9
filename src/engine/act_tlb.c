/*
 * act_tlb.c - statements on what a CPU has loaded, and on cross-calls
 */
#include "engine/acts.h"

void act_enter_lazy(struct run *r)
{
	if (is_cpu(r) && ref_mm(cpu_of(r->w, r->actor)->loaded_mm) != MM_INIT)
		SET_CPU(r, r->actor, is_lazy, 1);
}

void act_leave_lazy(struct run *r)
{
	struct place prev = place_of(r, A);

	put_ref(r, &prev, mm_value(r, LOADED), OWNS_NOTHING);
	SET_CPU(r, r->actor, is_lazy, 0);
}

void act_loaded_switching(struct run *r)
{
	SET_CPU(r, r->actor, loaded_mm, ref_to(MM_SWITCHING, OWNS_NOTHING));
}

void act_mask_clear(struct run *r)
{
	change_bit(r, EV_MASK, mm_value(r, A), r->actor, false);
}

void act_mask_set(struct run *r)
{
	change_bit(r, EV_MASK, mm_value(r, A), r->actor, true);
}

void act_load_cr3(struct run *r)
{
	mm_id mm = mm_value(r, A);

	note(r, EV_CR3, r->actor, 0, mm, 0);
	SET_CPU(r, r->actor, loaded_mm, ref_to(mm, OWNS_NOTHING));
}

void act_init_tlbstate(struct run *r)
{
	SET_CPU(r, r->actor, loaded_mm, ref_to(MM_INIT, OWNS_NOTHING));
	SET_CPU(r, r->actor, is_lazy, 0);
}

void act_trace_wrong_cpu(struct run *r)
{
	note(r, EV_FLUSH, r->actor, 0, 0, 0)->arg = 5;
}

void act_tlb_ok(struct run *r)
{
	SET_CPU(r, r->actor, is_lazy, 0);
	SET_CPU(r, r->actor, tlb_mm, ref_to(mm_value(r, A), OWNS_NOTHING));
}

void act_tlb_begin(struct run *r)
{
	act_init_tlbstate(r);
	SET_CPU(r, r->actor, tlb_mm, ref_to(MM_INIT, OWNS_NOTHING));
}

void act_mask_test_and_set(struct run *r)
{
	const uint32_t *mask = mm_cpumask(r->w, mm_value(r, A));

	SET_STACK(r, r->stack, result, !bit_in(mask, r->actor));
	act_mask_set(r);
}

void act_local_flush_tlb(struct run *r)
{
	note(r, EV_FLUSH, mm_value(r, TLB_MM), 0, 0, 0)->arg =
		3; /* TLB_LOCAL_MM_SHOOTDOWN */
}

void act_bug_tlb_other(struct run *r)
{
	bug_if(r, mm_value(r, TLB_MM) != mm_value(r, A), TROUBLE_TLB_OTHER);
}

void act_bug_tlb_ok(struct run *r)
{
	const struct cpu *cpu = cpu_of(r->w, r->actor);

	bug_if(r, mm_value(r, LOADED) != MM_INIT && !cpu->is_lazy,
	       TROUBLE_LEAVE_NOT_LAZY);
}

void act_leave_mm_check(struct run *r)
{
	warn_if(r,
		mm_value(r, LOADED) != MM_INIT &&
			!cpu_of(r->w, r->actor)->is_lazy,
		TROUBLE_LEAVE_NOT_LAZY);
}

void act_get_flush_tlb_info(struct run *r)
{
	uint32_t pages = value_of(r, C);

	count_preempt(r, 1);
	SET_CALL(r, r->actor, func, CALL_FLUSH);
	SET_CALL(r, r->actor, mm, mm_value(r, A));
	SET_CALL(r, r->actor, freed_tables, value_of(r, B));
	SET_CALL(r, r->actor, end_lo, pages ? pages : UINT32_MAX);
}

void act_inc_mm_tlb_gen(struct run *r)
{
	mm_id mm = mm_value(r, A);
	uint32_t gen = mm_of(r->w, mm)->tlb_gen + 1;

	SET_MM(r, mm, tlb_gen, gen);
	SET_CALL(r, r->actor, new_tlb_gen, gen);
}

void act_test_others(struct run *r)
{
	const uint32_t *mask = mm_cpumask(r->w, mm_value(r, A));
	uint32_t c = mask_next(mask, r->w->max.cpus, 0);

	if (c == r->actor)
		c = mask_next(mask, r->w->max.cpus, c + 1);
	SET_STACK(r, r->stack, result, c < r->w->max.cpus);
}

void act_put_flush_tlb_info(struct run *r)
{
	SET_CALL(r, r->actor, func, CALL_NONE);
	SET_CALL(r, r->actor, mm, MM_NONE);
	SET_CALL(r, r->actor, freed_tables, 0);
	SET_CALL(r, r->actor, end_lo, 0);
	SET_CALL(r, r->actor, new_tlb_gen, 0);
	count_preempt(r, (uint32_t)-1);
}

void act_trace_tlb_flush(struct run *r)
{
	note(r, EV_FLUSH, cross_call_of(r->w, r->actor)->mm, 0, 0, 0)->arg =
		4; /* TLB_REMOTE_SEND_IPI */
}

void act_shoot_info(struct run *r)
{
	count_preempt(r, 1);
	SET_CALL(r, r->actor, func, CALL_SHOOT);
	SET_CALL(r, r->actor, mm, mm_value(r, A));
	SET_CALL(r, r->actor, freed_tables, 1);
}

void act_cond_mask(struct run *r)
{
	struct place local = place_of(r, A);
	const uint32_t *mask =
		mm_cpumask(r->w, cross_call_of(r->w, r->actor)->mm);
	uint32_t n = r->w->max.cpus, todo = 0;

	for (uint32_t c = mask_next(mask, n, 0); c < n;
	     c = mask_next(mask, n, c + 1)) {
		if (c == r->actor || cpu_of(r->w, c)->online != CPU_ONLINE)
			continue;
		change_bit(r, EV_TODO, r->actor, c, true);
		todo++;
	}
	SET_CALL(r, r->actor, todo, todo);
	change(r, local, is_cpu(r) && bit_in(mask, r->actor), 0);
}

/* native_flush_tlb_multi: should_flush_tlb(), unless tables were freed */
bool call_wanted(const struct world *w, uint32_t from, cpu_id c)
{
	const struct cross_call *call = world_call(w, from);
	const struct cpu *cpu = world_cpu(w, c);
	mm_id loaded = ref_mm(cpu->loaded_mm);

	if (call->freed_tables)
		return true;
	if (cpu->is_lazy)
		return false;
	return call->mm == MM_NONE || loaded == MM_SWITCHING ||
	       loaded == call->mm;
}

static cpu_id take_next(struct run *r)
{
	struct cross_call *call = cross_call_of(r->w, r->actor);
	cpu_id c = mask_next(call_todo(r->w, r->actor), r->w->max.cpus, 0);

	change_bit(r, EV_TODO, r->actor, c, false);
	SET_CALL(r, r->actor, todo, call->todo - 1);
	return c;
}

static void send_to(struct run *r, cpu_id c)
{
	struct cross_call *call = cross_call_of(r->w, r->actor);

	note(r, EV_IPI_SENT, c, 0, call->mm, 0);
	change_bit(r, EV_PENDING, c, r->actor, true);
	SET_CALL(r, r->actor, waiting, call->waiting + 1);
}

void act_call_one(struct run *r)
{
	cpu_id c = take_next(r);

	if (call_wanted(r->w, r->actor, c))
		send_to(r, c);
	else
		note(r, EV_IPI_SKIPPED, c, 0, cross_call_of(r->w, r->actor)->mm,
		     0);
}

/* Before 4.20 a lazy CPU was no reason to leave one out. */
void act_call_each(struct run *r)
{
	send_to(r, take_next(r));
}

void act_online_mask(struct run *r)
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

/* flush_tlb_mm_range ends its own call; a shootdown ends here. */
void act_call_done(struct run *r)
{
	if (cross_call_of(r->w, r->actor)->func == CALL_SHOOT)
		act_put_flush_tlb_info(r);
}

void act_ack(struct run *r)
{
	uint32_t from = value_of(r, A);

	note(r, EV_IPI_DONE, r->actor, 0, cross_call_of(r->w, from)->mm, 0);
	change_bit(r, EV_PENDING, r->actor, from, false);
	SET_CALL(r, from, waiting, cross_call_of(r->w, from)->waiting - 1);
}

void act_read_info(struct run *r)
{
	struct place to = place_of(r, A);

	put_ref(r, &to, cross_call_of(r->w, value_of(r, B))->mm, OWNS_NOTHING);
}

/* TLB_REMOTE_SHOOTDOWN, TLB_LOCAL_SHOOTDOWN, TLB_LOCAL_MM_SHOOTDOWN */
void act_flush_tlb_local(struct run *r)
{
	uint32_t from = value_of(r, A);
	mm_id mm = cross_call_of(r->w, from)->mm;

	note(r, EV_FLUSH, mm, 0, 0, 0)->arg = from != r->actor ? 1
					      : mm == MM_NONE  ? 2
							       : 3;
}

void act_shoot(struct run *r)
{
	struct place active = place_of(r, CUR_ACTIVE);

	if (mm_value(r, CUR_MM) != MM_NONE)
		note(r, EV_WARN, current_task(r), 0, 0, 0)->arg =
			TROUBLE_SHOOT_HAS_MM;
	put_ref(r, &active, MM_INIT, OWNS_NOTHING);
}
