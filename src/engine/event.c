/*
 * event.c - events turned back into changes
 */
#include "engine/event.h"

#include <assert.h>
#include <string.h>

#include "engine/world_alpha.h"

static uint32_t *changed_word(struct world *w, const struct event *e)
{
	switch ((enum event_kind)e->kind) {
	case EV_WORLD:
		return (uint32_t *)w + e->field;
	case EV_CPU:
		return (uint32_t *)cpu_of(w, e->object) + e->field;
	case EV_TASK:
		return (uint32_t *)task_of(w, e->object) + e->field;
	case EV_MM:
		return (uint32_t *)mm_of(w, e->object) + e->field;
	case EV_CALL:
		return (uint32_t *)cross_call_of(w, e->object) + e->field;
	case EV_STACK:
		return (uint32_t *)stack_of(w, e->object) + e->field;
	case EV_HOLDER:
		return (uint32_t *)holder_of(w, e->object) + e->field;
	case EV_PCB:
		return (uint32_t *)pcb_of(w, e->object) + e->field;
	case EV_CPU_DATA:
		return (uint32_t *)cpu_data_of(w, e->object) + e->field;
	case EV_CONTEXT:
		return (uint32_t *)context_of(w, e->object) + e->field;
	case EV_TASK_SHOWN:
		return (uint32_t *)task_shown_of(w, e->object) + e->field;
	case EV_MM_SHOWN:
		return (uint32_t *)mm_shown_of(w, e->object) + e->field;
	case EV_HOLDER_SHOWN:
		return (uint32_t *)holder_shown_of(w, e->object) + e->field;
	default:
		return NULL;
	}
}

uint32_t *event_mask(struct world *w, enum event_kind kind, uint32_t object)
{
	switch (kind) {
	case EV_MASK:
		return WORLD_WORD(w, w->mask_at) +
		       (size_t)object * w->mask_words;
	case EV_TODO:
		return WORLD_WORD(w, w->todo_at) +
		       (size_t)object * w->mask_words;
	case EV_PENDING:
		return WORLD_WORD(w, w->pending_at) +
		       (size_t)object * pending_words(w);
	default:
		return NULL;
	}
}

/* The stacks of the CPUs come first and are nobody else's: no map has them. */
void slot_changed(struct world *w, uint8_t kind, uint32_t slot, bool used)
{
	if (kind == EV_TASK)
		slot_mark(w, MAP_TASK, slot, used);
	else if (kind == EV_MM)
		slot_mark(w, MAP_MM, slot, used);
	else if (kind == EV_STACK && slot >= first_pool_stack(w))
		slot_mark(w, MAP_STACK, slot, used);
	else if (kind == EV_HOLDER)
		slot_mark(w, MAP_HOLDER, slot, used);
}

static void apply(struct world *w, const struct event *e, uint32_t value)
{
	uint32_t *word = changed_word(w, e);
	uint32_t *mask = event_mask(w, (enum event_kind)e->kind, e->object);

	if (word) {
		*word = value;
		if (e->field == 0)
			slot_changed(w, e->kind, e->object, value != 0);
	} else if (mask) {
		mask += e->arg / 32;
		*mask = (*mask & ~(1u << e->arg % 32)) | value << e->arg % 32;
	}
}

uint32_t event_value(const struct world *w, const struct event *e)
{
	struct world *same;
	const uint32_t *word, *mask;

	memcpy(&same, &w, sizeof w); /* only read through */
	word = changed_word(same, e);
	mask = event_mask(same, (enum event_kind)e->kind, e->object);
	return word ? *word : mask ? bit_in(mask, e->arg) : 0;
}

void event_fold(struct world *w, const struct event *e)
{
	if (e->kind == EV_STEP) {
		stack_of(w, e->object)->pc = e->new;
		w->time = e->time;
	}
	apply(w, e, e->new);
}

void event_unfold(struct world *w, const struct event *e)
{
	apply(w, e, e->old);
	if (e->kind == EV_STEP) {
		stack_of(w, e->object)->pc = e->old;
		w->time = e->time - 1;
	}
}

const char *event_kind_name(enum event_kind kind)
{
	static const char *const names[] = {
#define CHANGE(kind, type) #type,
#define BIT(kind, array) #array,
#define NOTE(kind, name) name,
#include "engine/event.def"
#undef CHANGE
#undef BIT
#undef NOTE
	};

	assert(kind < EVENT_KINDS);
	return names[kind];
}
