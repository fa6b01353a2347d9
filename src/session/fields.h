/*
 * fields.h - the fields that tasks, mms and CPUs have in expressions
 *
 * They have the kernel's names and come from one table, which also serves
 * help and completion.
 */
#ifndef SESSION_FIELDS_H
#define SESSION_FIELDS_H

#include "engine/world.h"
#include "session/expr.h"

/*
 * field_name - field @nth of a kind of value, NULL after the last
 *
 * As the kernel of @w has them, or today's when it is NULL.
 */
const char *field_name(const struct world *w, enum value_kind kind,
		       unsigned nth);

/* function_name - function @nth of expressions, NULL after the last */
const char *function_name(unsigned nth);

/*
 * field_get - replaces @object, a task, an mm or a CPU, by its field @name
 *
 * Errors: false with @e filled, but for its place.
 */
bool field_get(const struct world *w, const char *name, struct value *object,
	       struct error *e);

/* value_set_object - an id as a value; the id 0 is NULL */
void value_set_object(struct value *v, enum value_kind kind, uint32_t id);

void value_set_number(struct value *v, uint64_t number);

#endif
