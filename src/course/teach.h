/*
 * teach.h - the commands of a lesson, and what it does around others
 */
#ifndef COURSE_TEACH_H
#define COURSE_TEACH_H

#include "session/session.h"

extern const struct teaching course_teaching;

/* teach_step - the open step; NULL with @e when no lesson is open */
const struct step *teach_step(const struct amm *a, struct error *e);

/* do_lesson.c */
command_fn do_lesson;
/* question.c */
command_fn do_guess, do_answer;
/* task.c */
command_fn do_goal, do_check, do_skip, do_solution;
/* ladder.c */
command_fn do_hint;
/* do_progress.c */
command_fn do_progress;

/* task_judge - after a command: is the task solved?  @changed: it may have
 * changed the machine, or gone to another time */
void task_judge(struct amm *a, bool changed);

#endif
