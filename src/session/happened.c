/*
 * happened.c - what expressions ask of the way that led here
 */
#include "session/happened.h"

#include <string.h>

#include "session/fields.h"
#include "session/session.h"
#include "session/suggest.h"

/* Any command that changed something: no event of the engine. */
static const char any[] = "event";

const char *happened_event(unsigned nth)
{
	for (int kind = EV_STEP + 1; kind < EVENT_KINDS; kind++)
		if (nth-- == 0)
			return event_kind_name((enum event_kind)kind);
	return nth == 0 ? any : NULL;
}

bool happened_knows(const char *function)
{
	return strcmp(function, "happened") == 0 ||
	       strcmp(function, "never") == 0 ||
	       strcmp(function, "before") == 0 ||
	       strcmp(function, "count") == 0;
}

void happened_mm(const struct world *w, uint32_t serial, struct value *out)
{
	mm_id mm = mm_with_serial(w, serial);

	value_set_object(out, VALUE_MM, mm);
	if (mm != MM_NONE || serial >= w->next_mm_serial)
		return;
	out->kind = VALUE_FREED;
	out->number = serial;
}

/* --- the way here ----------------------------------------------------------- */

/* Where in the commands the world of @v stands. */
static struct moment moment_of(const struct viewpoint *v)
{
	const struct history *h = v->past->history;

	if (v->world == history_world(h))
		return history_now(h);
	return history_moment(h, v->world->time);
}

static uint64_t first_event(const struct amm *a)
{
	const struct entry *x = history_entry(a->history, a->origin + 1);

	return x ? x->first_event : UINT64_MAX;
}

/* One question, answered by going through all events once. */
struct question {
	uint64_t first;
	uint32_t until; /* world time */
	int kind, rival;
	bool one_mm;
	uint32_t serial;
	/* the slot of that mm, and when it lost it */
	mm_id slot;
	uint32_t gone;
	/* answers */
	uint64_t count;
	bool rival_was_first;
};

/* Slots are used again, so the mm is followed by its number. */
static void follow_mm(struct question *q, const struct event *e)
{
	if (e->kind != EV_MM_SHOWN || e->field != FIELD_OF(mm_shown, serial))
		return;
	if (e->new == q->serial) {
		q->slot = e->object;
		q->gone = UINT32_MAX;
	} else if (e->object == q->slot && e->old == q->serial) {
		q->gone = e->time;
	}
}

static bool seen(void *context, uint64_t number, const struct event *e)
{
	struct question *q = context;

	if (e->time > q->until)
		return false;
	if (q->one_mm && q->serial > 0)
		follow_mm(q, e);
	if (number < q->first ||
	    (q->one_mm && (e->object != q->slot || e->time > q->gone)))
		return true;
	if (e->kind == q->kind)
		q->count++;
	else if (e->kind == q->rival && q->count == 0)
		q->rival_was_first = true;
	return true;
}

static bool is_of_an_mm(int kind)
{
	return (kind >= EV_BORROW && kind <= EV_UNMAPPED) || kind == EV_FLUSH;
}

static bool no_such_event(const char *name, struct error *e)
{
	struct suggest s;
	char phrase[SUGGEST_PHRASE];

	suggest_init(&s, name, strlen(name));
	for (unsigned i = 0; happened_event(i); i++)
		suggest_offer(&s, happened_event(i));
	suggest_phrase(&s, phrase);
	error_set(e, STATUS_NO_SUCH_FUNCTION, "there is no event '%s'", name);
	error_hint(e, "%s", phrase[0] ? phrase : "'help expressions' tells");
	return false;
}

static bool read_kind(const struct value *v, int *kind, struct error *e)
{
	if (v->kind != VALUE_TEXT) {
		error_set(e, STATUS_WRONG_KIND,
			  "the name of an event is wanted, in quotes");
		error_hint(e, "happened('zombie', mm1)");
		return false;
	}
	for (*kind = EV_STEP + 1; *kind < EVENT_KINDS; ++*kind)
		if (strcmp(event_kind_name((enum event_kind) * kind),
			   v->text) == 0)
			return true;
	return no_such_event(v->text, e);
}

static bool read_mm(const struct viewpoint *v, const struct value *mm,
		    struct question *q, struct error *e)
{
	if (!is_of_an_mm(q->kind) ||
	    (q->rival != EVENT_KINDS && !is_of_an_mm(q->rival)))
		return error_set(e, STATUS_WRONG_KIND,
				 "this event is not about an mm");
	if (mm->kind != VALUE_MM && mm->kind != VALUE_FREED)
		return error_set(e, STATUS_WRONG_KIND, "an mm is wanted here");
	q->one_mm = true;
	q->serial = (uint32_t)mm->number;
	if (mm->kind == VALUE_MM)
		q->serial = world_mm_shown(v->world, (mm_id)mm->number)->serial;
	q->slot = q->serial == 0 ? MM_INIT : MM_NONE;
	q->gone = UINT32_MAX;
	return true;
}

/* Commands, not events: they have numbers already. */
static bool any_count(const struct viewpoint *v, uint64_t *count)
{
	uint32_t now = moment_of(v).command, from = v->past->origin;

	*count = now > from ? now - from : 0;
	return true;
}

static bool answer(const struct viewpoint *v, const struct value *values,
		   unsigned count, struct question *q, struct error *e)
{
	unsigned words = q->rival == EVENT_KINDS ? 1 : 2;

	if (!v->past)
		return error_set(e, STATUS_WRONG_KIND,
				 "here nothing has happened");
	if (words == 1 && count == 1 && values[0].kind == VALUE_TEXT &&
	    strcmp(values[0].text, any) == 0)
		return any_count(v, &q->count);
	if (!read_kind(&values[0], &q->kind, e) ||
	    (words == 2 && !read_kind(&values[1], &q->rival, e)) ||
	    (count > words && !read_mm(v, &values[words], q, e)))
		return false;
	q->first = first_event(v->past);
	q->until = v->world->time;
	history_scan(v->past->history, 0, UINT64_MAX, seen, q);
	return true;
}

bool happened_call(const struct viewpoint *v, const char *function,
		   struct value *values, unsigned count, struct error *e)
{
	bool before = strcmp(function, "before") == 0;
	struct question q = { .rival = before ? 0 : EVENT_KINDS };
	unsigned words = before ? 2 : 1;

	if (count < words || count > words + 1)
		return error_set(e, STATUS_WRONG_KIND,
				 "%s() takes %s and perhaps an mm", function,
				 before ? "two events" : "an event");
	if (!answer(v, values, count, &q, e))
		return false;
	if (before)
		value_set_number(values, q.count > 0 && !q.rival_was_first);
	else if (strcmp(function, "count") == 0)
		value_set_number(values, q.count);
	else
		value_set_number(values, (q.count > 0) == (function[0] == 'h'));
	return true;
}

/* --- the mm that a task had ------------------------------------------------- */

struct search {
	uint32_t until;
	task_id task;
	uint64_t at; /* of the event that gave it @mm */
	ref mm;
	uint32_t serial;
};

static bool last_mm(void *context, uint64_t number, const struct event *e)
{
	struct search *s = context;

	if (e->time > s->until)
		return false;
	if (e->object != s->task)
		return true;
	if (e->kind == EV_TASK && e->field == FIELD_OF(task, slot) && !e->new)
		s->mm = 0;
	if (e->kind == EV_TASK && e->field == FIELD_OF(task, mm) && e->new) {
		s->mm = e->new;
		s->at = number;
	}
	return true;
}

static bool last_serial(void *context, uint64_t number, const struct event *e)
{
	struct search *s = context;

	if (number > s->at)
		return false;
	if (e->kind == EV_MM_SHOWN && e->object == ref_mm(s->mm) &&
	    e->field == FIELD_OF(mm_shown, serial) && e->new)
		s->serial = e->new;
	return true;
}

bool happened_mm_of(const struct viewpoint *v, struct value *task)
{
	struct search s = { .until = v->world->time,
			    .task = (task_id)task->number };
	ref now = world_task(v->world, s.task)->mm;

	if (now) {
		value_set_object(task, VALUE_MM, ref_mm(now));
		return true;
	}
	memset(task, 0, sizeof *task);
	if (!v->past)
		return true;
	history_scan(v->past->history, 0, UINT64_MAX, last_mm, &s);
	if (!s.mm)
		return true;
	history_scan(v->past->history, 0, s.at + 1, last_serial, &s);
	happened_mm(v->world, s.serial, task);
	return true;
}
