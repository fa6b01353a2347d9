/*
 * glance.h - what front ends draw, read quickly from a machine of any size
 *
 * What commands answer may take time that grows with the machine; what is
 * drawn after each command may not.  So in a machine of more than
 * GLANCE_TASKS tasks nothing here looks at all of them: every task has its PID
 * behind its name, whether others share the name or not, and of the holders
 * of an mm those are found that are on a CPU, in a path in progress, or
 * outside; the rest is told as a number.
 */
#ifndef SESSION_GLANCE_H
#define SESSION_GLANCE_H

#include "base/text.h"
#include "engine/world.h"

enum { GLANCE_TASKS = 4096 };

/* glance_task - "sh", "sh(103)" */
void glance_task(struct text *out, const struct world *w, task_id t);

/*
 * glance_holders - who holds the units of @mm: OWNS_COUNT or OWNS_USER
 *
 * The users' one count comes first.  @seen gets a name and how many units it
 * has; the name is NULL for those of holders that were not looked for.  Until
 * it returns false.
 */
typedef bool glance_seen(void *context, const char *name, uint32_t units);
void glance_holders(const struct world *w, mm_id mm, uint32_t unit,
		    glance_seen *seen, void *context);

#endif
