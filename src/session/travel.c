/*
 * travel.c - going to another time: checkpoints, and running inputs again
 */
#include "session/history_parts.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"

bool make_room(void **array, size_t *room, size_t count, size_t bytes)
{
	size_t wanted = *room ? *room : 64;
	void *bigger;

	if (count <= *room)
		return true;
	while (wanted < count)
		wanted += wanted / 2;
	bigger = am_realloc(*array, wanted, bytes);
	if (!bigger)
		return false;
	*array = bigger;
	*room = wanted;
	return true;
}

struct world *world_copy(const struct world *w)
{
	struct world *copy = am_alloc(world_bytes(w));

	if (copy)
		memcpy(copy, w, world_bytes(w));
	return copy;
}

struct world *world_fresh(const struct limits *limits, const struct program *p)
{
	size_t size = world_size(limits);
	struct world *w = size ? am_alloc(size) : NULL;

	if (!w)
		return NULL;
	world_init(w, limits);
	w->program = p->hash;
	return w;
}

static bool grow(struct world **w, const struct input *in)
{
	struct limits max = { .cpus = (*w)->max.cpus,
			      .tasks = in->arg[0],
			      .mms = in->arg[1],
			      .stacks = in->arg[2],
			      .holders = in->arg[3],
			      .alpha = (*w)->max.alpha };
	size_t size = world_size(&max);
	struct world *bigger = size ? am_alloc(size) : NULL;

	if (!bigger)
		return false;
	world_grow(bigger, &max, *w);
	am_free(*w);
	*w = bigger;
	return true;
}

struct verdict run_input(const struct history *h, struct world **w,
			 const struct input *in, struct event_log *log,
			 uint32_t *ran)
{
	if (in->kind != IN_GROW)
		return engine_input(*w, h->program, in, log, ran);
	if (grow(w, in))
		return (struct verdict){ .why = REFUSED_NOT };
	return (struct verdict){ .why = REFUSED_tasks_full,
				 .number = in->arg[0] };
}

/* --- checkpoints -------------------------------------------------------- */

/* Every second one goes, and they stand twice as far apart from now on. */
static void thin_out(struct history *h)
{
	size_t kept = 1;

	h->spacing *= 2;
	for (size_t i = 1; i < h->checkpoints; i++) {
		if (i % 2 == 0) {
			h->checkpoint[kept++] = h->checkpoint[i];
			continue;
		}
		h->checkpoint_bytes -= world_bytes(h->checkpoint[i].world);
		am_free(h->checkpoint[i].world);
	}
	h->checkpoints = kept;
}

/* A step that is still being recorded may get longer. */
static void stay_inside(const struct history *h, struct position *where)
{
	const struct input *last = reel_last(&h->reel);

	if (!last || last->kind != IN_STEP)
		return;
	where->spot = h->reel.last;
	where->steps = last->count;
}

/* A copy must not cost more than what was done since the last one. */
static bool is_near(const struct history *h)
{
	return h->now.work < h->spacing ||
	       h->now.work < world_bytes(h->world) / CHECKPOINT_SHARE;
}

/* Without memory for it there is none: going back then takes longer. */
void checkpoint_here(struct history *h)
{
	struct world *copy;

	if (h->checkpoints && is_near(h))
		return;
	if (!make_room((void **)&h->checkpoint, &h->checkpoint_room,
		       h->checkpoints + 1, sizeof *h->checkpoint))
		return;
	copy = world_copy(h->world);
	if (!copy)
		return;
	h->now.work = 0;
	h->checkpoint[h->checkpoints] =
		(struct checkpoint){ .where = h->now, .world = copy };
	stay_inside(h, &h->checkpoint[h->checkpoints].where);
	h->checkpoints++;
	h->checkpoint_bytes += world_bytes(copy);
	if (h->checkpoint_bytes > CHECKPOINT_BYTES)
		thin_out(h);
}

static bool later(const struct position *a, const struct position *b)
{
	return a->spot.input != b->spot.input ? a->spot.input > b->spot.input
					      : a->steps > b->steps;
}

void checkpoints_forget(struct history *h)
{
	while (h->checkpoints > 1 &&
	       later(&h->checkpoint[h->checkpoints - 1].where, &h->now)) {
		struct world *w = h->checkpoint[--h->checkpoints].world;

		h->checkpoint_bytes -= world_bytes(w);
		am_free(w);
	}
}

/* --- moments ------------------------------------------------------------ */

struct moment history_last(const struct history *h)
{
	if (h->entries == 0)
		return (struct moment){ 0, 0 };
	return (struct moment){ h->entries - 1,
				h->entry[h->entries - 1].entry.statements };
}

static bool exists(const struct history *h, struct moment at)
{
	return at.command < h->entries &&
	       at.statement <= h->entry[at.command].entry.statements;
}

uint32_t history_time(const struct history *h, struct moment at)
{
	if (!exists(h, at))
		return UINT32_MAX;
	return h->entry[at.command].entry.first_time + at.statement;
}

/* The last command that began before @time, so that t5 is t5 and not t6.0. */
struct moment history_moment(const struct history *h, uint32_t time)
{
	uint32_t low = 0, high = h->entries;

	while (low + 1 < high) {
		uint32_t middle = low + (high - low) / 2;

		if (h->entry[middle].entry.first_time < time)
			low = middle;
		else
			high = middle;
	}
	if (h->entries == 0)
		return (struct moment){ 0, 0 };
	return (struct moment){ low, time - h->entry[low].entry.first_time };
}

/* --- running again ------------------------------------------------------ */

enum { REPLAY_EVENTS = 4 * STEP_EVENTS_MAX };

struct replay {
	const struct history *h;
	struct world *world;
	struct position where;
	struct input input; /* the one that goes on, or the next one */
	struct spot behind; /* it */
	bool at_end;        /* there is none */
	struct event event[REPLAY_EVENTS];
	bool (*seen)(void *context, uint64_t number, const struct event *e);
	void *context;
	bool stopped;
};

static void load(struct replay *r)
{
	r->behind = r->where.spot;
	r->at_end = !reel_read(&r->h->reel, &r->behind, &r->input);
}

static void pass(struct replay *r)
{
	r->where.spot = r->behind;
	r->where.steps = 0;
	load(r);
}

/* A run of steps that is done is behind us. */
static void settle(struct replay *r)
{
	if (!r->at_end && r->input.kind == IN_STEP &&
	    r->where.steps == r->input.count)
		pass(r);
}

static bool replay_start(struct replay *r, const struct history *h,
			 const struct checkpoint *from)
{
	*r = (struct replay){ .h = h,
			      .where = from->where,
			      .world = world_copy(from->world) };
	load(r);
	settle(r);
	return r->world != NULL;
}

static const struct checkpoint *checkpoint_before(const struct history *h,
						  uint64_t event)
{
	size_t i = h->checkpoints - 1;

	while (i > 0 && h->checkpoint[i].where.event > event)
		i--;
	return &h->checkpoint[i];
}

static void enter_entries(struct replay *r)
{
	const struct history *h = r->h;

	while (r->where.at.command + 1 < h->entries &&
	       r->where.spot.input >=
		       h->entry[r->where.at.command + 1].first_input)
		r->where.at = (struct moment){ r->where.at.command + 1, 0 };
}

static void tell_events(struct replay *r, const struct event_log *log)
{
	for (size_t i = 0; i < log->count && !r->stopped; i++)
		if (r->seen &&
		    !r->seen(r->context, r->where.event + i, &log->events[i]))
			r->stopped = true;
	r->where.event += log->count;
}

/* Statements of the input, but not beyond @at. */
static uint32_t steps_to(const struct replay *r, struct moment at)
{
	uint32_t left = r->input.count - r->where.steps, ahead;

	if (r->where.at.command != at.command)
		return left;
	ahead = at.statement - r->where.at.statement;
	return at.statement > r->where.at.statement && ahead < left ? ahead
								    : left;
}

static bool replay_one(struct replay *r, struct moment at)
{
	struct event_log log = { .events = r->event,
				 .capacity = REPLAY_EVENTS };
	struct input in = r->input;
	uint32_t ran = 0;
	struct verdict v;

	enter_entries(r);
	if (in.kind == IN_STEP)
		in.count = steps_to(r, at);
	v = run_input(r->h, &r->world, &in, &log, &ran);
	if (v.why != REFUSED_NOT)
		return false; /* only when there is no memory to grow */
	tell_events(r, &log);
	r->where.work += ran ? ran : 1;
	r->where.at.statement += ran;
	r->where.steps += ran;
	if (in.kind == IN_STEP)
		settle(r);
	else
		pass(r);
	return true;
}

static bool arrived(const struct replay *r, struct moment at)
{
	const struct recorded *e = &r->h->entry[at.command];
	size_t done = r->where.spot.input;

	if (at.statement == e->entry.statements)
		return done >= e->first_input + e->inputs;
	return r->where.at.command == at.command
		       ? r->where.at.statement >= at.statement
		       : done >= e->first_input && at.statement == 0;
}

/* The last checkpoint from which @at lies ahead. */
static const struct checkpoint *checkpoint_for(const struct history *h,
					       struct moment at)
{
	const struct recorded *e = &h->entry[at.command];
	size_t i = h->checkpoints - 1;

	for (; i > 0; i--) {
		const struct position *p = &h->checkpoint[i].where;

		if (p->spot.input < e->first_input ||
		    (p->at.command == at.command &&
		     p->at.statement <= at.statement &&
		     p->spot.input < e->first_input + e->inputs))
			break;
	}
	return &h->checkpoint[i];
}

static bool replay_to(struct replay *r, struct moment at)
{
	if (!replay_start(r, r->h, checkpoint_for(r->h, at)))
		return false;
	while (!arrived(r, at))
		if (!replay_one(r, at))
			return false;
	r->where.at = at;
	return true;
}

struct world *history_peek(const struct history *h, struct moment at)
{
	struct replay r = { .h = h };

	if (!exists(h, at))
		return NULL;
	if (replay_to(&r, at))
		return r.world;
	am_free(r.world);
	return NULL;
}

void history_drop(struct world *w)
{
	am_free(w);
}

bool history_goto(struct history *h, struct moment at)
{
	struct replay r = { .h = h };

	assert(!h->open);
	if (!exists(h, at))
		return false;
	if (!replay_to(&r, at)) {
		am_free(r.world);
		return false;
	}
	am_free(h->world);
	h->world = r.world;
	h->now = r.where;
	newest_cut(&h->newest, h->now.event);
	return true;
}

/* --- events ------------------------------------------------------------- */

struct span {
	uint64_t first, end;
	bool (*seen)(void *context, uint64_t number, const struct event *e);
	void *context;
};

static bool in_window(void *context, uint64_t number, const struct event *e)
{
	const struct span *w = context;

	if (number < w->first)
		return true;
	return number < w->end && w->seen(w->context, number, e);
}

/* Events that are no longer kept, made again from a checkpoint before them. */
static bool scan_old(const struct history *h, struct span *w)
{
	struct replay r;
	bool ok = true;

	if (!replay_start(&r, h, checkpoint_before(h, w->first)))
		return false;
	r.seen = in_window;
	r.context = w;
	while (ok && !r.stopped && r.where.event < w->end && !r.at_end)
		ok = replay_one(&r, history_last(h));
	am_free(r.world);
	return ok && !r.stopped;
}

bool history_scan(const struct history *h, uint64_t first, uint64_t end,
		  bool (*seen)(void *context, uint64_t number,
			       const struct event *e),
		  void *context)
{
	struct span old = { first, end, seen, context };
	uint64_t kept;

	if (end > h->now.event)
		end = old.end = h->now.event;
	kept = newest_first(&h->newest, h->now.event);
	if (first < kept && first < end) {
		old.end = end < kept ? end : kept;
		if (!scan_old(h, &old))
			return false;
		first = old.end;
	}
	for (uint64_t n = first; n < end; n++)
		if (!seen(context, n, newest_at(&h->newest, n)))
			return false;
	return true;
}

struct gathering {
	struct event *events;
	size_t n;
};

static bool gather(void *context, uint64_t number, const struct event *e)
{
	struct gathering *g = context;

	(void)number;
	g->events[g->n++] = *e;
	return true;
}

struct event *history_gather(const struct history *h, uint64_t first)
{
	size_t room = (size_t)(h->now.event - first);
	struct gathering g = { .events =
				       am_calloc(room + 1, sizeof *g.events) };

	if (g.events && !history_scan(h, first, h->now.event, gather, &g)) {
		am_free(g.events);
		return NULL;
	}
	return g.events;
}
