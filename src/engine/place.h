/*
 * place.h - which word of the world is meant, by name or by operand
 *
 * Most operands are locals of the running stack: one word at a fixed place in
 * it, found here; the others are looked up in place.c.
 *
 * Inside engine/ only.
 */
#ifndef ENGINE_PLACE_H
#define ENGINE_PLACE_H

#include "engine/tell.h"
#include "engine/world_alpha.h"

#define PLACE(r, KIND, array, id, field) \
	((struct place){ &array##_of((r)->w, (id))->field, (id), EV_##KIND, \
			 FIELD_OF(array, field) })
#define SET_TASK(r, t, field, v) \
	change((r), PLACE(r, TASK, task, t, field), (v), 0)
#define SET_MM(r, m, field, v) change((r), PLACE(r, MM, mm, m, field), (v), 0)
#define SET_CPU(r, c, field, v) \
	change((r), PLACE(r, CPU, cpu, c, field), (v), 0)
#define SET_CALL(r, a, field, v) \
	change((r), PLACE(r, CALL, cross_call, a, field), (v), 0)
#define SET_STACK(r, s, field, v) \
	change((r), PLACE(r, STACK, stack, s, field), (v), 0)
#define SET_PCB(r, t, field, v) \
	change((r), PLACE(r, PCB, pcb, t, field), (v), 0)
#define SET_CPU_DATA(r, c, field, v) \
	change((r), PLACE(r, CPU_DATA, cpu_data, c, field), (v), 0)
#define SET_HOLDER(r, h, field, v) \
	change((r), PLACE(r, HOLDER, holder, h, field), (v), 0)
#define SET_WORLD(r, field, v) \
	change((r), \
	       (struct place){ &(r)->w->field, 0, EV_WORLD, \
			       FIELD_OF(world, field) }, \
	       (v), 0)

static inline bool is_cpu(const struct run *r)
{
	return r->actor < r->w->max.cpus;
}
static inline task_id current_task(const struct run *r)
{
	return is_cpu(r) ? cpu_of(r->w, r->actor)->current : TASK_NONE;
}

/* Operands that are locals of the stack; which word of it. */
static inline bool is_local(uint8_t operand)
{
	return operand < T_MM(0);
}
static inline uint32_t local_field(uint8_t operand)
{
	static const uint8_t first[] = { 0, FIELD_OF(stack, task),
					 FIELD_OF(stack, mm),
					 FIELD_OF(stack, number) };

	return first[operand >> 4] + (uint32_t)OPERAND_INDEX(operand);
}
static inline uint32_t *local_word(const struct run *r, uint8_t operand)
{
	return (uint32_t *)r->top + local_field(operand);
}

/* place.c: the same for the other operands */
struct place far_place_of(const struct run *r, uint8_t operand);
uint32_t far_value_of(const struct run *r, uint8_t operand);
mm_id far_mm_value(const struct run *r, uint8_t operand);

/* Operands: the word behind one; its value as a number or an mm id. */
static inline struct place place_of(const struct run *r, uint8_t operand)
{
	if (!is_local(operand))
		return far_place_of(r, operand);
	return (struct place){ local_word(r, operand), r->stack, EV_STACK,
			       (uint8_t)local_field(operand) };
}
static inline uint32_t value_of(const struct run *r, uint8_t operand)
{
	return is_local(operand) ? *local_word(r, operand)
				 : far_value_of(r, operand);
}
static inline mm_id mm_value(const struct run *r, uint8_t operand)
{
	return is_local(operand) ? ref_mm(*local_word(r, operand))
				 : far_mm_value(r, operand);
}

/* Who a place belongs to, for the ledger. */
uint32_t holder_of_place(const struct run *r, const struct place *at);
/* The word that names the top stack of this actor. */
struct place stack_place(const struct run *r, uint32_t actor);

#endif
