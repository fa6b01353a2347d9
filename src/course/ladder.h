/*
 * ladder.h - which hint comes next
 *
 * Rungs go from where to look to what to type.  Among the hints whose state is
 * the present one, the lowest rung not yet passed is taken, and on it the most
 * specific hint: the one with more conditions, then the later one.  What it
 * beat on its rung is passed too, and does not come back, unless it is marked
 * as repeating.
 */
#ifndef COURSE_LADDER_H
#define COURSE_LADDER_H

#include "course/course.h"

enum { RUNG_LAST = 4 };

/* ladder_next - the hint to give now, which is then past; NULL: none fits */
const struct hint *ladder_next(struct amm *a);

/* ladder_conditions - the parts of a condition that && joins; NULL has none */
unsigned ladder_conditions(const char *when);

#endif
