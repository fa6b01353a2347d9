/*
 * look.c - what the looking commands share
 */
#include "session/look.h"

#include <string.h>

#include "base/mem.h"

#include "session/say.h"
#include "session/show.h"

unsigned look_width(const struct amm *a)
{
	int width = a->settings.value[SET_WIDTH];

	return width > 0 ? (unsigned)width : 79;
}

void look_table(struct amm *a, struct table *t)
{
	struct text members = { 0 };

	if (a->form != FORM_JSON) {
		table_show(&a->out, t, a->form, look_width(a));
		return;
	}
	text_add(&members, ",");
	table_show(&members, t, a->form, 0);
	say_json(a, text_string(&members));
	a->out.failed |= members.failed;
	text_free(&members);
}

bool look_no_memory(struct error *e)
{
	return error_set(e, STATUS_OUT_OF_MEMORY, "out of memory");
}

/* The last entry that begins at or before event @number. */
static uint32_t entry_of(const struct amm *a, uint64_t number)
{
	uint32_t low = 0, high = history_now(a->history).command;

	while (low < high) {
		uint32_t middle = low + (high - low + 1) / 2;

		if (history_entry(a->history, middle)->first_event <= number)
			low = middle;
		else
			high = middle - 1;
	}
	return low;
}

struct moment look_when(const struct amm *a, uint64_t number, uint32_t time)
{
	uint32_t n = number == NUMBER_NONE ? 0 : entry_of(a, number);
	const struct entry *entry = history_entry(a->history, n);

	return (struct moment){ n, entry && time > entry->first_time
					   ? time - entry->first_time
					   : 0 };
}

static bool see(void *context, uint64_t number, const struct event *e)
{
	struct units *u = context;

	units_see(u, number, e);
	return !u->failed;
}

bool look_units(const struct amm *a, uint32_t serial, struct units *u,
		struct error *e)
{
	if (!units_begin(u, amm_live(a), a->program, serial))
		return look_no_memory(e);
	if (history_scan(a->history, 0, history_events(a->history), see, u))
		units_settle(u);
	if (!u->failed)
		return true;
	units_end(u);
	return look_no_memory(e);
}

struct world *look_before(const struct amm *a)
{
	struct moment now = history_now(a->history);
	const struct entry *last;
	struct world *w;

	if (now.command == 0 || a->form == FORM_JSON)
		return NULL;
	last = history_entry(a->history, now.command - 1);
	w = history_peek(a->history,
			 (struct moment){ now.command - 1, last->statements });
	if (w && w->words == amm_live(a)->words)
		return w;
	history_drop(w);
	return NULL;
}

void look_moment(const struct amm *a, struct text *out, struct moment at)
{
	const struct entry *entry = history_entry(a->history, at.command);

	if (entry && at.statement >= entry->statements)
		text_addf(out, "t%u", at.command);
	else
		text_addf(out, "t%u.%u", at.command, at.statement);
}

/* --- once more from the past ---------------------------------------------- */

struct replay {
	struct world *w;
	look_seen *seen;
	void *context;
};

static bool replay_event(void *context, uint64_t number,
			 const struct event *event)
{
	struct replay *r = context;

	event_fold(r->w, event);
	return r->seen(r->context, r->w, number, event);
}

/* The machine before any command, or as command @from - 1 left it. */
static struct world *world_before(const struct amm *a, uint32_t from)
{
	const struct limits *max = &amm_live(a)->max;
	const struct entry *before = history_entry(a->history, from - 1);
	struct world *w, *past;

	w = am_alloc(world_size(max));
	if (!w || from == 0) {
		if (w) {
			memset(w, 0, world_size(max));
			world_init(w, max);
		}
		return w;
	}
	past = history_peek(a->history,
			    (struct moment){ from - 1, before->statements });
	if (past && past->words == amm_live(a)->words)
		memcpy(w, past, (size_t)past->words * 4);
	else if (past)
		world_grow(w, max, past);
	if (!past) {
		am_free(w);
		w = NULL;
	}
	history_drop(past);
	return w;
}

bool look_replay(const struct amm *a, uint32_t from, look_seen *seen,
		 void *context, struct error *e)
{
	struct replay r = { .seen = seen, .context = context };
	const struct entry *entry = history_entry(a->history, from);

	if (!entry)
		return true;
	r.w = world_before(a, from);
	if (!r.w)
		return look_no_memory(e);
	history_scan(a->history, entry->first_event, history_events(a->history),
		     replay_event, &r);
	am_free(r.w);
	return true;
}
