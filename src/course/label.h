/*
 * label.h - what labels of a lesson stand for
 *
 * A lesson calls its tasks A, B, K; each seed draws other names.  In texts and
 * lines $A becomes the name.  In expressions 'A' becomes what is sure to mean
 * the same later: the number of the mm that A had when the setup was over, its
 * PID, or its name, so that a goal can still be asked when the task is gone.
 */
#ifndef COURSE_LABEL_H
#define COURSE_LABEL_H

#include "base/text.h"
#include "course/lesson.h"
#include "session/session.h"

enum { BOUND_MAX = 32 };

/* What the labels of a lesson were when its setup was over. */
struct bound {
	uint32_t pid[BOUND_MAX], serial[BOUND_MAX];
};

/* label_bind - looks at the machine that the setup made */
void label_bind(const struct lesson *l, const struct world *w,
		struct bound *out);

/* label_text - @raw with each $A replaced */
void label_text(const struct lesson *l, const char *raw, struct text *out);

/*
 * label_expr - @raw with each quoted label replaced
 *
 * mm('A') is mm(1), task('A') is task(100), name('A') is "sh", and elsewhere
 * 'A' is 'sh'.
 */
void label_expr(const struct lesson *l, const struct bound *b, const char *raw,
		struct text *out);

#endif
