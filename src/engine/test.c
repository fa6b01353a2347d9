/*
 * test.c - what each condition of the vocabulary asks
 *
 * Only locals, the result of the last test, and fields that this CPU or the
 * tasks of its switch write; WAIT may look at more, it is asked again.
 */
#include "engine/acts.h"
#include "engine/fault.h"

#include <assert.h>

static bool can_flush_here(const struct run *r, const struct flat_op *op)
{
	return value_of(r, op->arg[0]) && call_wanted(r->w, r->actor, r->actor);
}

static bool wrong_mm(const struct run *r, const struct flat_op *op)
{
	mm_id mm = mm_value(r, op->arg[0]);

	return value_of(r, op->arg[1]) != r->actor && mm != MM_NONE &&
	       mm != mm_value(r, LOADED);
}

/* stop_machine() needs every CPU; a cross-call runs with preemption off. */
static bool can_stop(const struct world *w, cpu_id c)
{
	const struct cpu *cpu = world_cpu(w, c);

	for (uint32_t a = 0; a < w->actors; a++)
		if (world_call(w, a)->func != CALL_NONE)
			return false;
	return cpu->curr == cpu->idle && !actor_stack(w, c);
}

static bool is_gone(const struct task *t)
{
	return !(t->flags & PF_KTHREAD) && ref_mm(t->mm) == MM_NONE &&
	       t->stack == STACK_NONE;
}

/* The error code of a page fault is a local; mm is the current task's. */
static bool about_fault(const struct run *r, const struct flat_op *op)
{
	uint32_t a = value_of(r, op->arg[0]);
	uint32_t code = op->arg[1] ? value_of(r, op->arg[1]) : a;

	switch ((enum condition_id)op->what) {
	case CO_kernel_half:
		return code & FAULT_KERNEL_HALF;
	case CO_user_mode:
		return code & X86_PF_USER;
	case CO_kernel_fetch:
		return !(code & X86_PF_USER) && code & X86_PF_INSTR;
	case CO_smap_violation:
		return !(code & X86_PF_USER) && !(code & FAULT_AC);
	case CO_handler_disabled:
	case CO_in_atomic:
	case CO_in_interrupt:
		return code & FAULT_DISABLED || ref_mm(a) == MM_NONE;
	case CO_in_interrupt_or_init_mm:
		return code & FAULT_DISABLED || ref_mm(a) == MM_INIT;
	default:
		assert(0 && "a condition of the vocabulary");
		return false;
	}
}

/* Alpha: fields that only this CPU writes, and its own locals. */
static bool truth_alpha(const struct run *r, const struct flat_op *op)
{
	uint8_t a = op->arg[0];
	const struct cpu_data *cpu = world_cpu_data(r->w, r->actor);

	switch ((enum condition_id)op->what) {
	case CO_is_current:
		return value_of(r, a) == current_task(r);
	case CO_asn_full:
		return (cpu->last_asn & HARDWARE_ASN_MASK) >= EV5_MAX_ASN;
	case CO_asn_stale:
		return (value_of(r, a) ^ cpu->last_asn) & ~HARDWARE_ASN_MASK;
	case CO_new_asn_needed:
		return cpu->need_new_asn;
	case CO_flush_current:
		return mm_value(r, a) == mm_value(r, op->arg[1]) &&
		       !cpu->asn_lock;
	default:
		return about_fault(r, op);
	}
}

/* What WAIT waits for: others may write these, so it asks again. */
static bool arrived(const struct run *r, const struct flat_op *op)
{
	uint8_t a = op->arg[0];

	switch ((enum condition_id)op->what) {
	case CO_acked:
		return world_call(r->w, r->actor)->waiting == 0;
	case CO_mmap_readable:
		return mm_of(r->w, mm_value(r, a))->mmap_lock != MMAP_WRITER;
	case CO_mmap_writable:
		return mm_of(r->w, mm_value(r, a))->mmap_lock == 0;
	case CO_task_unlocked:
		return task_of(r->w, value_of(r, a))->alloc_lock == 0;
	case CO_synced:
		return value_of(r, a) != 0;
	case CO_vfork_done:
		return task_of(r->w, current_task(r))->vfork_child == TASK_NONE;
	case CO_cpu_is_dead:
		return world_cpu(r->w, value_of(r, a))->online == CPU_OFFLINE;
	default:
		return truth_alpha(r, op);
	}
}

static bool truth(const struct run *r, const struct flat_op *op)
{
	uint8_t a = op->arg[0];

	switch ((enum condition_id)op->what) {
	case CO_null:
		return mm_value(r, a) == MM_NONE;
	case CO_nonnull:
		return mm_value(r, a) != MM_NONE;
	case CO_same:
		return mm_value(r, a) == mm_value(r, op->arg[1]);
	case CO_is_init:
		return mm_value(r, a) == MM_INIT;
	case CO_not_init:
		return mm_value(r, a) != MM_INIT;
	case CO_other_mm:
		return mm_value(r, a) != MM_NONE &&
		       mm_value(r, a) != mm_value(r, LOADED);
	case CO_not_in_mask:
		return !bit_in(mm_cpumask(r->w, mm_value(r, a)), r->actor);
	case CO_tlb_is:
		return mm_value(r, a) == mm_value(r, TLB_MM);
	case CO_result:
	case CO_was_clear:
	case CO_others:
	case CO_elsewhere:
		return r->top->result;
	case CO_nonzero:
		return value_of(r, a) != 0;
	case CO_at_most_one:
		return value_of(r, a) <= 1;
	case CO_no_task:
		return value_of(r, a) == TASK_NONE;
	case CO_sleeping:
		return world_task(r->w, value_of(r, a))->state != TASK_RUNNING;
	case CO_lazy:
		return world_cpu(r->w, r->actor)->is_lazy;
	case CO_wrong_mm:
		return wrong_mm(r, op);
	case CO_call_here:
		return can_flush_here(r, op);
	case CO_todo_left:
		return world_call(r->w, r->actor)->todo > 0;
	case CO_has_tables:
		return mm_of(r->w, mm_value(r, a))->tables != 0;
	case CO_has_vfork_parent:
		return task_of(r->w, value_of(r, a))->vfork_parent != TASK_NONE;
	case CO_still_borrows:
		return mm_value(r, CUR_MM) == MM_NONE &&
		       mm_value(r, CUR_ACTIVE) == mm_value(r, a);
	case CO_borrows:
		return mm_value(r, CUR_ACTIVE) == mm_value(r, a);
	case CO_gone:
		return is_gone(world_task(r->w, value_of(r, a)));
	case CO_other_cr3:
		return ref_mm(world_task(r->w, value_of(r, a))->mm) !=
		       mm_value(r, LOADED);
	case CO_never:
		return false;
	case CO_cpu_can_stop:
		return can_stop(r->w, value_of(r, a));
	default:
		return arrived(r, op);
	}
}

bool test(const struct run *r, const struct flat_op *op)
{
	return truth(r, op) != (op->negate != 0);
}
