/*
 * record.h - what the learner did in a lesson, as JSON
 */
#ifndef COURSE_RECORD_H
#define COURSE_RECORD_H

#include "course/course.h"

/* record_lesson - "07-zombie":{...}, one member of the lessons object */
void record_lesson(struct text *out, const struct course *c);

#endif
