/*
 * walk.h - whoever knows nothing should not solve a task
 *
 * A walk does as many commands as a good solution takes, each a random one of
 * those that the machine accepts.  When many walks solve a task, its goal is
 * too weak.
 */
#ifndef COURSE_WALK_H
#define COURSE_WALK_H

#include "course/trial.h"

/*
 * walk_solves - walks @commands commands from the present state of @x's step
 *
 * True as soon as the task is solved.  @chance is the walk's only luck.
 */
bool walk_solves(struct trial *x, uint32_t commands, uint64_t *chance);

#endif
