/*
 * progress.h - what a learner has done, kept from one day to the next
 *
 * progress.json in the state directory holds, for each lesson, the lines that
 * lead to where the learner is (course.h), with the version and seed they were
 * typed in; all else in it is for reading and is made from them.  It is
 * written after each step, as a whole or not at all, and the last three are
 * kept beside it.  A file that cannot be read is put aside, never written
 * over.  One program at a time writes it: another one says so and goes on
 * without.
 */
#ifndef COURSE_PROGRESS_H
#define COURSE_PROGRESS_H

#include "base/json.h"
#include "base/text.h"
#include "course/course.h"

struct progress;

/*
 * progress_open - reads the file, and becomes its writer when nobody is
 *
 * @notes gets a line for each thing that is not as it should be.
 * Errors: NULL when out of memory.
 */
struct progress *progress_open(struct text *notes);
void progress_close(struct progress *p);

/* progress_all - the object of all lessons, or none */
struct json progress_all(const struct progress *p);

/* What is known of a lesson from before. */
struct kept {
	bool known, done;
	uint64_t version, seed, step, steps, score, max, hints;
	struct json path; /* lines */
};
void progress_read(struct json lesson, struct kept *out);

/* progress_find - of the lesson @id */
void progress_find(const struct progress *p, const char *id, struct kept *out);

/*
 * progress_write - keeps where the learner of @a is now
 *
 * Does nothing while a session is replayed, or when nothing is kept.  Trouble
 * is said once.
 */
void progress_write(struct amm *a);

#endif
