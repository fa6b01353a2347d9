/*
 * narrate.h - what happened, told from the events
 *
 * First who did what, then one line for each effect in order, `field old ->
 * new` and the reason.  Only what the modelled kernel has is an effect: where
 * a path stands, its locals and locks are not.  The events are unfolded from
 * the world after them and folded again, so that every name and every reason
 * is that of its moment.
 */
#ifndef SESSION_NARRATE_H
#define SESSION_NARRATE_H

#include "base/text.h"
#include "engine/step.h"
#include "session/error.h"
#include "session/effect.h"
#include "session/setting.h"

struct telling {
	const struct world *after; /* the world that the events led to */
	const struct program *program;
	const struct event *events;
	size_t count;
	enum form form;
	unsigned width;  /* columns of a line; 0: 79 */
	int granularity; /* GRANULARITY_* */
};

/*
 * narrate - appends the effects of some events; nothing when there are none
 *
 * In JSON the list alone, `[...]`, without a line end.
 * Errors: false when out of memory.
 */
bool narrate(struct text *out, const struct telling *t);
/* narrate_effects - the same as a list; effects_free() it in any case */
bool narrate_effects(struct effects *out, const struct telling *t);

/* narrate_boot - what a machine is, after boot: settings and idle tasks */
void narrate_boot(struct text *out, const struct world *w,
		  const struct program *p, uint32_t seed, enum form form);

#endif
