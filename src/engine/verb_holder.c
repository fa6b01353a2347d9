/*
 * verb_holder.c - may an outside holder do this now?
 *
 * A holder is known by its mm and its label.
 */
#include "engine/verbs.h"

#include <string.h>

static bool is_holder(const struct world *w, uint32_t h, mm_id mm,
		      const uint32_t *label)
{
	return world_holder(w, h)->slot && world_holder(w, h)->mm == mm &&
	       memcmp(world_holder_shown(w, h)->label, label,
		      LABEL_WORDS * 4) == 0;
}

uint32_t holder_find(const struct world *w, mm_id mm, const uint32_t *label)
{
	for (uint32_t h = 1; h < w->max.holders; h++)
		if (is_holder(w, h, mm, label))
			return h;
	return 0;
}

static uint32_t units_to_give(const struct holder *holder, enum verb v)
{
	return v == VERB_mmdrop ? holder->counts : holder->users;
}

/* A label may stand twice: what get_task_mm found is a holder of its own. */
uint32_t holder_for(const struct world *w, const struct input *in)
{
	enum verb v = (enum verb)in->verb;

	for (uint32_t h = 1; h < w->max.holders; h++)
		if (is_holder(w, h, in->arg[0], in->name) &&
		    (!gives_back(v) || units_to_give(world_holder(w, h), v)))
			return h;
	return 0;
}

bool gives_back(enum verb v)
{
	return v == VERB_mmput || v == VERB_mmdrop || v == VERB_mmput_async;
}

struct verdict check_holder(const struct world *w, const struct program *p,
			    const struct input *in)
{
	bool wants_user = in->verb == VERB_mmget;
	struct verdict v = wants_user ? need_used_mm(w, p, in->arg[0])
				      : need_real_mm(w, p, in->arg[0]);
	uint32_t h = v.why == REFUSED_NOT ? holder_for(w, in) : 0;

	if (v.why != REFUSED_NOT)
		return v;
	if (h && world_holder(w, h)->stack)
		return REFUSE(.why = REFUSED_in_path,
			      .path = path_inside(w, p, holder_actor(w, h)));
	if (gives_back(in->verb) && !h)
		return REFUSE(.why = REFUSED_holds_nothing, .mm = in->arg[0]);
	if (in->verb == VERB_run_work && !world_mm(w, in->arg[0])->work)
		return REFUSE(.why = REFUSED_no_work, .mm = in->arg[0]);
	if (!h && !slot_lowest_free(w, MAP_HOLDER))
		return REFUSE(.why = REFUSED_holders_full,
			      .number = w->max.holders);
	return ok;
}

struct verdict check_get_task_mm(const struct world *w, const struct input *in)
{
	if (in->arg[0] >= w->max.tasks || !live_task(w, in->arg[0]))
		return REFUSE(.why = REFUSED_no_task);
	if (!slot_lowest_free(w, MAP_HOLDER))
		return REFUSE(.why = REFUSED_holders_full,
			      .number = w->max.holders);
	return ok;
}
