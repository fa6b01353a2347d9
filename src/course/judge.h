/*
 * judge.h - do the facts of a task hold?
 *
 * Judging looks at the machine and at what happened since the step began; it
 * never changes anything.  A fact that cannot be asked (a field of NULL) does
 * not hold.
 */
#ifndef COURSE_JUDGE_H
#define COURSE_JUDGE_H

#include "course/course.h"

/* judge_value - an expression of the lesson, labels and all; false with @e */
bool judge_value(const struct amm *a, const char *raw, struct value *out,
		 struct error *e);

/* judge_holds - is it true now? */
bool judge_holds(const struct amm *a, const char *raw);

/* judge_count - how many facts of @s hold; @optional: of those that may */
uint32_t judge_count(const struct amm *a, const struct step *s, bool optional);

/* judge_solved - do all facts of @s hold that must? */
bool judge_solved(const struct amm *a, const struct step *s);

/* judge_points - the points of the facts of @s that hold */
uint32_t judge_points(const struct amm *a, const struct step *s);

#endif
