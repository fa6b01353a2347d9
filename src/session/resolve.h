/*
 * resolve.h - what the names, functions and fields of expressions mean
 *
 * Values name things by their ids in the world: a value is good for that
 * world.
 */
#ifndef SESSION_RESOLVE_H
#define SESSION_RESOLVE_H

#include "session/expr.h"
#include "session/names.h"

struct amm;

/*
 * resolve_eval - the value of @x, seen from @v
 *
 * There is no $N: use resolve_here() for what the learner types.
 * Errors: false with @e filled; its place is counted from the expression.
 */
bool resolve_eval(const struct expr *x, const struct viewpoint *v,
		  struct value *result, struct error *e);

/* resolve_here - the same in the live world of @a, from its selected CPU */
bool resolve_here(const struct amm *a, const struct expr *x,
		  struct value *result, struct error *e);

#endif
