/*
 * verbs.h - what the checks of the verbs share
 *
 * Inside engine/ only.
 */
#ifndef ENGINE_VERBS_H
#define ENGINE_VERBS_H

#include "engine/run.h"

#define REFUSE(...) \
	(struct verdict) \
	{ \
		__VA_ARGS__ \
	}
static const struct verdict ok;

/* The path that @actor is in the middle of, or PATH_NONE. */
enum path_id path_inside(const struct world *w, const struct program *p,
			 uint32_t actor);
/* A live mm that is not init_mm; one that has users too. */
struct verdict need_real_mm(const struct world *w, const struct program *p,
			    mm_id mm);
struct verdict need_used_mm(const struct world *w, const struct program *p,
			    mm_id mm);
bool live_task(const struct world *w, task_id t);

/* verb_holder.c */
struct verdict check_holder(const struct world *w, const struct program *p,
			    const struct input *in);
struct verdict check_get_task_mm(const struct world *w, const struct input *in);

#endif
