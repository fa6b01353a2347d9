/*
 * changes.c - what the events since a number came to
 */
#include "tui/changes.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"

static bool is_bit(uint8_t kind)
{
	return kind == EV_MASK || kind == EV_TODO || kind == EV_PENDING;
}

/* The beginning of a statement moves a pc; other notes change nothing. */
static bool is_note(uint8_t kind)
{
	return kind > EV_STEP;
}

/* The place in the world that an event changes. */
static struct change place_of(const struct event *e)
{
	struct change place = { .kind = e->kind,
				.object = e->object,
				.index = is_bit(e->kind) ? e->arg : e->field };

	if (e->kind == EV_STEP) {
		place.kind = EV_STACK;
		place.index = FIELD_OF(stack, pc);
	}
	return place;
}

static bool gather(void *context, uint64_t number, const struct event *e)
{
	struct changes *ch = context;
	struct change *change;

	(void)number;
	if (is_note(e->kind))
		return true;
	change = &ch->change[ch->count];
	*change = place_of(e);
	change->order = (uint32_t)ch->count++;
	change->old = e->old;
	change->new = e->new;
	return true;
}

static int by_number(uint32_t a, uint32_t b)
{
	return a < b ? -1 : a > b;
}

static int by_place(const struct change *a, const struct change *b)
{
	if (a->kind != b->kind)
		return by_number(a->kind, b->kind);
	if (a->object != b->object)
		return by_number(a->object, b->object);
	return by_number(a->index, b->index);
}

static int by_place_and_time(const void *a, const void *b)
{
	const struct change *x = a, *y = b;
	int place = by_place(x, y);

	return place ? place : by_number(x->order, y->order);
}

/* From the changes of each word keeps one: its first old, its last new. */
static void fold_words(struct changes *ch)
{
	size_t kept = 0;

	for (size_t i = 0; i < ch->count;) {
		struct change net = ch->change[i];

		for (i++; i < ch->count && !by_place(&net, &ch->change[i]); i++)
			net.new = ch->change[i].new;
		if (net.old != net.new)
			ch->change[kept++] = net;
	}
	ch->count = kept;
}

void changes_read(struct changes *ch, const struct amm *a, uint64_t since)
{
	uint64_t events = amm_events(a);

	*ch = (struct changes){ NULL, 0 };
	if (since >= events)
		return;
	if (events - since > CHANGES_EVENTS_MAX)
		since = events - CHANGES_EVENTS_MAX;
	ch->change = am_calloc((size_t)(events - since), sizeof *ch->change);
	if (!ch->change)
		return;
	amm_scan(a, since, gather, ch);
	qsort(ch->change, ch->count, sizeof *ch->change, by_place_and_time);
	fold_words(ch);
}

void changes_free(struct changes *ch)
{
	am_free(ch->change);
	*ch = (struct changes){ NULL, 0 };
}

/* The first change that is not before this place. */
static const struct change *find(const struct changes *ch,
				 const struct change *place)
{
	size_t low = 0, high = ch->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (by_place(&ch->change[middle], place) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < ch->count ? &ch->change[low] : NULL;
}

uint32_t changes_next(const struct changes *ch, enum event_kind kind,
		      uint32_t from)
{
	struct change place = { .kind = kind, .object = from };
	const struct change *found = find(ch, &place);

	return found && found->kind == kind ? found->object : UINT32_MAX;
}

bool changes_any(const struct changes *ch, enum event_kind kind,
		 uint32_t object)
{
	return changes_next(ch, kind, object) == object;
}

/* Where the words of an object begin in the world. */
static const uint32_t *words_of(const struct world *w, enum event_kind kind,
				uint32_t object)
{
	/* clang-format off */
	switch (kind) {
	case EV_CPU:        return (const uint32_t *)world_cpu(w, object);
	case EV_TASK:       return (const uint32_t *)world_task(w, object);
	case EV_MM:         return (const uint32_t *)world_mm(w, object);
	case EV_STACK:      return (const uint32_t *)world_stack(w, object);
	case EV_CPU_DATA:   return (const uint32_t *)world_cpu_data(w, object);
	case EV_TASK_SHOWN: return (const uint32_t *)world_task_shown(w, object);
	case EV_MM_SHOWN:   return (const uint32_t *)world_mm_shown(w, object);
	default:            assert(0 && "not a struct that panes read");
	}
	/* clang-format on */
	return NULL;
}

uint32_t view_word(const struct view *v, enum event_kind kind, uint32_t object,
		   uint32_t field)
{
	struct change place = { .kind = kind,
				.object = object,
				.index = field };
	const struct change *found = v->undone ? find(v->undone, &place) : NULL;

	if (found && by_place(found, &place) == 0)
		return found->old;
	return words_of(v->world, kind, object)[field];
}
