/*
 * school.h - a small lesson, written in C, and a session that has it
 *
 * Its name is "small".  Steps: 1 read, 2 try, 3 predict, 4 task, 5 twist of
 * the question, 6 recap.  With seed 7 its task A is called "cc", else "sh".
 */
#ifndef UNIT_SCHOOL_H
#define UNIT_SCHOOL_H

#include "conversation.h"
#include "course/course.h"

/* school - a session with lessons, in the form wanted */
void school(enum form form);
void school_with(const struct amm_config *config);

/* small_lesson - the lesson, for who wants to change it; the caller's */
struct lesson *small_lesson(uint32_t seed);

/* What a load gives instead, when it is set: to be called with the seed. */
extern struct lesson *(*school_lesson)(uint32_t seed);

/* Goes to step @n of the lesson, from the start. */
void go_to_step(unsigned n);

#endif
