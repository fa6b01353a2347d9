/*
 * explain.c - why a count is what it is, for who predicted another
 */
#include "session/explain.h"

#include <string.h>

#include "session/held.h"
#include "session/resolve.h"
#include "session/show.h"

/* The mm whose mm_count an expression ends in, or MM_NONE. */
static mm_id counted_mm(const struct amm *a, const struct expr *x)
{
	struct expr object = *x;
	struct value v;
	struct error e;

	if (x->ops < 2 || x->op[x->ops - 1].code != EXPR_FIELD ||
	    strcmp(x->text + x->op[x->ops - 1].text, "mm_count") != 0)
		return MM_NONE;
	object.ops--;
	if (!resolve_here(a, &object, &v, &e) || v.kind != VALUE_MM)
		return MM_NONE;
	return (mm_id)v.number;
}

static void say_borrower(struct amm *a, task_id t)
{
	const struct world *w = amm_live(a);

	show_task(&a->out, w, t);
	if (world_task(w, t)->flags & PF_EXITING)
		text_add(&a->out,
			 " itself: it still runs, and borrows it until "
			 "it is switched away\n");
	else
		text_addf(&a->out, ", which borrows it on cpu%u\n",
			  world_task_shown(w, t)->cpu);
}

static bool say_unit(void *context, const struct held *h)
{
	struct amm *a = context;

	if (h->unit != OWNS_COUNT)
		return true;
	text_addf(&a->out, "  %u for ", h->number);
	switch ((enum held_at)h->at) {
	case HELD_BY_USERS:
		text_add(&a->out, "all its users together\n");
		break;
	case HELD_TASK_ACTIVE:
		say_borrower(a, h->object);
		break;
	case HELD_TASK_MM:
		show_task(&a->out, amm_live(a), h->object);
		text_add(&a->out, ", which uses it (kthread_use_mm)\n");
		break;
	case HELD_OUTSIDE:
		show_label(&a->out, amm_live(a), h->object);
		text_add(&a->out, "\n");
		break;
	case HELD_KEPT:
		text_add(&a->out, "ever: never given back\n");
		break;
	case HELD_BY_WORK:
		text_add(&a->out, "a queued mmput\n");
		break;
	case HELD_PREV_MM:
	case HELD_LOCAL:
		text_add(&a->out, "a path in progress, which gives it back\n");
		break;
	}
	return true;
}

void explain_count(struct amm *a, const struct expr *x)
{
	mm_id mm = counted_mm(a, x);

	if (mm != MM_NONE && a->form != FORM_JSON)
		held_each(amm_live(a), mm, say_unit, a);
}
