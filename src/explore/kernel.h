/*
 * kernel.h - a kernel as it is, as something to search
 *
 * The paths are those of an ordinary profile (6.12): each step begins a verb,
 * or runs one statement of a CPU, or lets a CPU take an interrupt.  In every
 * state the invariants of engine/check.h must hold.  Even small machines have
 * more states than can be seen, so such searches want a limit.
 */
#ifndef EXPLORE_KERNEL_H
#define EXPLORE_KERNEL_H

#include "engine/check.h"
#include "explore/model.h"
#include "explore/scenario.h"

enum { KERNEL_STEPS_MAX = 2048, KERNEL_EVENTS = 4 * STEP_EVENTS_MAX };

struct kernel {
	struct scenario scenario;
	struct limits limits;
	task_id first_kthread, first_user;
	struct program program;
	uint32_t steps;
	struct input step[KERNEL_STEPS_MAX];
	/* of the last step */
	uint32_t last;
	struct broken broken;
	struct event_log log;
	struct event events[KERNEL_EVENTS];
};

/*
 * kernel_new - @profile with @count patches; kernel_free() when done
 *
 * Errors: NULL when out of memory, or when a patch names no op.
 */
struct kernel *kernel_new(const struct scenario *s,
			  const struct profile *profile,
			  const struct patch *patches, uint32_t count);
void kernel_free(struct kernel *k);
/* kernel_model - what search_run() wants; valid as long as @k */
struct model kernel_model(struct kernel *k);

#endif
