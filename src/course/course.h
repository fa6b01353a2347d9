/*
 * course.h - the lesson that is open, and where the learner is in it
 *
 * A step begins at a state of the machine, and the command after which it
 * begins is the session's origin: undo ends there, reset goes there, and what
 * happened() tells begins there.  A step is passed by going on from the state
 * it ended in; whoever skips a step, or comes back to one, gets the state that
 * the lesson makes: course_stage().
 *
 * The way of the learner is the list of lines that the journal would keep.
 * Typed again into a fresh lesson it leads to the same step, state and score,
 * and that is all that progress keeps.
 */
#ifndef COURSE_COURSE_H
#define COURSE_COURSE_H

#include "course/label.h"
#include "course/lesson.h"
#include "session/session.h"

enum step_state { STEP_OPEN, STEP_PASSED, STEP_SKIPPED, STEP_SHOWN };

/* What the learner did in a step. */
struct marks {
	enum step_state state;
	uint32_t score;
	uint32_t commands;
	uint32_t checks, failed_checks;
	uint32_t rung;     /* of the last hint */
	uint32_t hints;    /* how many were given */
	uint64_t given[4]; /* bit i: hint i is past */
	bool solution;     /* it was shown */
	uint32_t held;     /* facts that held when last judged */
	char said[80], was[80], reason[160];
};

struct progress; /* progress.h: what is kept */

struct course {
	struct lesson *lesson;
	struct bound bound;
	const struct history *machine; /* of the step; another one: left */
	uint32_t step;                 /* from 0 */
	struct marks *mark;            /* one for each step */
	struct text name;              /* by which it was opened */
	struct text path;              /* the learner's lines */
	bool busy;                     /* the lesson's own lines run */
	bool resumes;                  /* lines that were kept run again */
	bool show_goal;                /* after each command */
	bool done;
	bool dirty;                /* something is to be kept: see teach.c */
	struct progress *progress; /* or NULL: nothing is kept */
	/* JSON: what this command said of the lesson, and the lesson's lines */
	struct text says, more;
};

static inline const struct step *course_step(const struct course *c)
{
	return &c->lesson->step[c->step];
}
static inline struct marks *course_marks(struct course *c)
{
	return &c->mark[c->step];
}

/*
 * course_open - @l becomes the lesson of this session, at its first step
 *
 * Takes @l over, also when it fails.
 * Errors: false with @e: no memory, or a line of the lesson fails.
 */
bool course_open(struct amm *a, struct lesson *l, struct error *e);
void course_close(struct amm *a);

/* course_stage - makes the machine on which step @step begins */
bool course_stage(struct amm *a, uint32_t step, struct error *e);

/* course_enter - the present state is where step @step begins; says it */
void course_enter(struct amm *a, uint32_t step);

/*
 * course_pass - the step ends as @state; goes to the next one
 *
 * Errors: false with @e when the machine of the next step cannot be made.
 */
bool course_pass(struct amm *a, enum step_state state, struct error *e);

/* course_rewind - back to where the step began; false: it was there already */
bool course_rewind(struct amm *a);

/*
 * course_run - one of the lesson's own lines, with labels in it
 *
 * Nothing of the learner's stops it or hears of it: no breakpoints, rules or
 * settings, no journal.  What it says is added to @said.
 */
enum outcome course_run(struct amm *a, const char *raw, struct text *said);

/* course_run_lines - several; false with @e at the first that fails */
bool course_run_lines(struct amm *a, const struct lesson_lines *lines,
		      struct error *e);

/* course_points - the points of the lesson so far, and those there are */
uint32_t course_points(const struct course *c);
uint32_t course_points_max(const struct lesson *l);

#endif
