/*
 * library.h - lessons by name
 */
#ifndef COURSE_LIBRARY_H
#define COURSE_LIBRARY_H

#include "course/lesson.h"
#include "session/session.h"

enum { LESSON_ID_MAX = 31 };

/*
 * lesson_load - the lesson called @name, or in the file @name if it ends in
 * .lua, with what @seed draws
 *
 * It is sound (lesson_fault).  Errors: NULL with @e.
 */
struct lesson *lesson_load(struct amm *a, const char *name, uint32_t seed,
			   struct error *e);

/* lesson_is_file - is @name a file, and not the name of a lesson? */
bool lesson_is_file(const char *name);

/* lesson_is_id - small letters, digits and dashes, not too many */
bool lesson_is_id(const char *word);

/* lesson_names - the names of all lessons there are, in order */
void lesson_names(struct lesson *into, struct lesson_lines *names);

/* lesson_fault - what keeps @l from being played, in a sentence; or NULL */
const char *lesson_fault(const struct lesson *l);

#endif
