/*
 * acts.h - what the statement functions share: operands, references, units
 *
 * Inside engine/ only.  A statement is total: a patched program may reach it
 * with an mm that is freed or a local that was never set, and then the
 * simulated kernel is wrong, not we.  The counters say so (check.c) and an
 * oops is told.
 */
#ifndef ENGINE_ACTS_H
#define ENGINE_ACTS_H

#include "engine/run.h"

/* The operands of the statement that runs. */
#define A (r->op->arg[0])
#define B (r->op->arg[1])
#define C (r->op->arg[2])

#define STATEMENT(id, text) void act_##id(struct run *r);
#define CONDITION(id, text)
#include "engine/vocabulary.def"
#undef STATEMENT
#undef CONDITION

/* act_ref.c: writes a reference to @mm that owns @owns. */
void put_ref(struct run *r, const struct place *at, mm_id mm, uint32_t owns);
/* act_count.c: gives a unit of @mm to what operand @to names; says to whom. */
uint32_t give_unit(struct run *r, uint8_t to, mm_id mm, uint32_t unit);
/* act_sched.c: preemption on this CPU; a full memory barrier stood here. */
void count_preempt(struct run *r, uint32_t by);
void full_barrier(struct run *r);
void warn_if(struct run *r, bool wrong, enum trouble what);
void bug_if(struct run *r, bool wrong, enum trouble what);
/* act_tlb.c: native_flush_tlb_multi: would @from call CPU @c? */
bool call_wanted(const struct world *w, uint32_t from, cpu_id c);

#endif
