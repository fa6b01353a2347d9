/*
 * trial.h - is a lesson what its author says, for every seed?
 *
 * Each step is set on a machine of its own and played: the solution and every
 * alternative must solve a task, every wrong path and doing nothing must not,
 * also after undo and redo; a question's command must run and its answer be
 * what was promised; and the whole lesson can be played from start to end.
 * The session of whoever asks is not touched.
 */
#ifndef COURSE_TRIAL_H
#define COURSE_TRIAL_H

#include "course/course.h"
#include "session/session.h"

/* Played on a session of its own. */
struct trial {
	struct amm *a;        /* plays */
	const struct amm *by; /* asks */
	uint64_t statements;  /* of all that was played */
	uint32_t faults;
	/* Hears of each fault: of step @step, or of none: UINT32_MAX. */
	void (*fault)(struct trial *x, uint32_t step, const char *what);
	void *context;
};

/* trial_open - a session to play on; false with @e when memory is out */
bool trial_open(struct trial *x, struct amm *by, struct error *e);
void trial_close(struct trial *x);

/* trial_lesson - plays @l, which it takes over, in every way */
void trial_lesson(struct trial *x, struct lesson *l);

/* trial_begin - on @x's session, @l at its start; false: told as a fault */
bool trial_begin(struct trial *x, struct lesson *l);
/* trial_at - the machine on which step @i begins; false: told as a fault */
bool trial_at(struct trial *x, uint32_t i);
/* trial_line - one line; false: it fails, which is not told */
bool trial_line(struct trial *x, const char *line);

/* do_trial - `lesson test NAME --seeds=0..99` */
command_fn do_trial;

#endif
