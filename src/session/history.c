/*
 * history.c - recording: inputs, entries and events as they happen
 */
#include "session/history_parts.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"

struct history *history_new(const struct program *program,
			    const struct limits *limits)
{
	struct history *h = am_calloc(1, sizeof *h);

	if (!h)
		return NULL;
	h->program = program;
	h->limits = *limits;
	h->spacing = CHECKPOINT_STATEMENTS;
	h->healthy = true;
	h->world = world_fresh(limits, program);
	if (h->world)
		checkpoint_here(h);
	if (!h->world || h->checkpoints == 0) {
		history_free(h);
		return NULL;
	}
	return h;
}

void history_free(struct history *h)
{
	if (!h)
		return;
	for (uint32_t i = 0; i < h->entries; i++)
		am_free(h->entry[i].line);
	for (size_t i = 0; i < h->checkpoints; i++)
		am_free(h->checkpoint[i].world);
	am_free(h->entry);
	am_free(h->checkpoint);
	am_free(h->input);
	am_free(h->event);
	am_free(h->world);
	am_free(h);
}

const struct world *history_world(const struct history *h)
{
	return h->world;
}

const struct program *history_program(const struct history *h)
{
	return h->program;
}

bool history_healthy(const struct history *h)
{
	return h->healthy;
}

uint32_t history_entries(const struct history *h)
{
	return h->entries;
}

struct moment history_now(const struct history *h)
{
	return h->now.at;
}

const struct entry *history_entry(const struct history *h, uint32_t n)
{
	return n < h->entries ? &h->entry[n].entry : NULL;
}

uint64_t history_events(const struct history *h)
{
	return h->now.event;
}

/* What was undone goes; a command that we stand inside of ends here. */
static void drop_tail(struct history *h)
{
	uint32_t last = h->now.at.command;
	struct recorded *r;

	if (h->entries == 0)
		return;
	while (h->entries > last + 1)
		am_free(h->entry[--h->entries].line);
	r = &h->entry[last];
	if (h->now.at.statement == 0 && r->entry.statements > 0 && last > 0) {
		/* Nothing of it was done, not even its start. */
		am_free(h->entry[--h->entries].line);
		r = &h->entry[--last];
		h->now.at = (struct moment){ last, r->entry.statements };
	}
	if (h->now.at.statement < r->entry.statements) {
		r->entry.cut = true;
		r->entry.statements = h->now.at.statement;
	}
	if (h->now.steps) {
		h->input[h->now.input].count = h->now.steps;
		h->now.input++;
		h->now.steps = 0;
	}
	h->inputs = h->now.input;
	r->inputs = h->inputs - r->first_input;
	checkpoints_forget(h);
}

bool history_begin(struct history *h, const char *line, cpu_id cpu)
{
	size_t room = h->entry_room;
	char *copy = am_strdup(line);
	struct recorded *r;

	assert(!h->open);
	if (!copy || !make_room((void **)&h->entry, &room, h->entries + 1,
				sizeof *h->entry)) {
		am_free(copy);
		return false;
	}
	h->entry_room = (uint32_t)room;
	drop_tail(h);
	r = &h->entry[h->entries];
	*r = (struct recorded){
		.entry = { .line = copy,
			   .cpu = cpu,
			   .first_time = h->world->time,
			   .first_event = h->now.event },
		.line = copy,
		.first_input = h->inputs,
	};
	h->now.at = (struct moment){ h->entries++, 0 };
	h->open = true;
	return true;
}

/* The newest events stay: the older half goes when the room is full. */
static bool events_room(struct history *h)
{
	size_t half = h->kept / 2, wanted = h->kept + STEP_EVENTS_MAX;

	if (wanted <= h->event_room)
		return true;
	if (h->kept < EVENTS_KEPT)
		return make_room((void **)&h->event, &h->event_room, wanted,
				 sizeof *h->event);
	memmove(h->event, h->event + half, (h->kept - half) * sizeof *h->event);
	h->kept -= half;
	h->first_kept += half;
	return true;
}

static bool merges(const struct history *h, const struct input *in)
{
	const struct recorded *r = &h->entry[h->now.at.command];
	const struct input *last;

	if (in->kind != IN_STEP || h->inputs <= r->first_input)
		return false;
	last = &h->input[h->inputs - 1];
	return last->kind == IN_STEP && last->actor == in->actor &&
	       last->count < UINT32_MAX;
}

static void record(struct history *h, const struct input *in, uint32_t ran)
{
	if (merges(h, in)) {
		h->input[h->inputs - 1].count += ran;
	} else {
		h->input[h->inputs] = *in;
		if (in->kind == IN_STEP)
			h->input[h->inputs].count = ran;
		h->inputs++;
	}
	h->now.input = h->inputs;
	h->now.inputs++;
	h->entry[h->now.at.command].inputs =
		h->inputs - h->entry[h->now.at.command].first_input;
	h->entry[h->now.at.command].entry.statements += ran;
	h->now.at.statement += ran;
}

static struct verdict one_input(struct history *h, const struct input *in)
{
	struct event_log log;
	struct verdict v = { .why = REFUSED_NOT };
	uint32_t ran = 0;

	if (!make_room((void **)&h->input, &h->input_room, h->inputs + 1,
		       sizeof *h->input) ||
	    !events_room(h)) {
		h->healthy = false;
		return v;
	}
	log = (struct event_log){ .events = h->event + h->kept,
				  .capacity = h->event_room - h->kept };
	v = run_input(h, &h->world, in, &log, &ran);
	if (v.why != REFUSED_NOT)
		return v;
	h->kept += log.count;
	h->now.event += log.count;
	record(h, in, ran);
	checkpoint_here(h);
	return v;
}

struct verdict history_input(struct history *h, const struct input *in)
{
	struct input one = *in;
	struct verdict v;

	assert(h->open);
	if (in->kind != IN_STEP)
		return one_input(h, in);
	one.count = 1;
	v = one_input(h, &one);
	for (uint32_t i = 1;
	     i < in->count && h->healthy && v.why == REFUSED_NOT; i++) {
		if (actor_state(h->world, h->program, in->actor) != ACTOR_READY)
			break;
		v = one_input(h, &one);
	}
	return v;
}

bool history_grow(struct history *h, const struct limits *limits)
{
	struct input in = { .kind = IN_GROW,
			    .arg = { limits->tasks, limits->mms, limits->stacks,
				     limits->holders } };

	assert(h->open);
	one_input(h, &in);
	return h->healthy;
}

void history_note(struct history *h, uint8_t mode)
{
	assert(h->open);
	h->entry[h->now.at.command].entry.mode = mode;
}

void history_commit(struct history *h, bool cut)
{
	assert(h->open);
	h->entry[h->now.at.command].entry.cut = cut;
	h->open = false;
}

void history_cancel(struct history *h)
{
	struct recorded *r = &h->entry[h->entries - 1];

	assert(h->open && r->inputs == 0);
	am_free(r->line);
	h->entries--;
	h->open = false;
	h->now.at = (struct moment){ 0, 0 };
	if (h->entries) {
		h->now.at.command = h->entries - 1;
		h->now.at.statement = h->entry[h->entries - 1].entry.statements;
	}
}
