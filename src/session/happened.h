/*
 * happened.h - what expressions ask of the way that led here
 *
 *	happened('zombie', mm1)	never('oops')	count('ipi')	before('free', 'oops')
 *
 * Answered from the events of the history, up to the moment that is looked at;
 * nothing is counted along the way, so it is right after undo, in a search of
 * the past and in a break condition alike.  Counting begins at a->origin.
 */
#ifndef SESSION_HAPPENED_H
#define SESSION_HAPPENED_H

#include "session/expr.h"
#include "session/names.h"

/* happened_knows - is it one of these functions? */
bool happened_knows(const char *function);

/*
 * happened_call - the answer of such a function, into values[0]
 *
 * Errors: false with @e filled: an unknown event, a wrong argument, or @v has
 *         no past.
 */
bool happened_call(const struct viewpoint *v, const char *function,
		   struct value *values, unsigned count, struct error *e);

/* happened_mm - mm @serial as a value: live, freed, or NULL: never there */
void happened_mm(const struct world *w, uint32_t serial, struct value *out);

/* happened_mm_of - replaces a task by the mm that it has or had last, or NULL;
 * returns true */
bool happened_mm_of(const struct viewpoint *v, struct value *task);

/* happened_event - event @nth that can be asked for; NULL after the last */
const char *happened_event(unsigned nth);

#endif
