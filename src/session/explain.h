/*
 * explain.h - why a count is what it is, for who predicted another
 */
#ifndef SESSION_EXPLAIN_H
#define SESSION_EXPLAIN_H

#include "session/session.h"

/* explain_count - a line for each unit, when @x asks for an mm_count */
void explain_count(struct amm *a, const struct expr *x);

#endif
