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
	h->spacing = CHECKPOINT_INPUTS;
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
	reel_free(&h->reel);
	newest_free(&h->newest);
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

/* Of the input that we stand inside of, the statements that were run stay. */
static void cut_inputs(struct history *h)
{
	struct spot at = h->now.spot;
	struct input in;

	if (h->now.steps == 0) {
		reel_cut(&h->reel, at);
		return;
	}
	reel_read(&h->reel, &at, &in);
	in.count = h->now.steps;
	reel_cut(&h->reel, h->now.spot);
	reel_add(&h->reel, &in); /* it had its room */
	h->now.spot = h->reel.end;
	h->now.steps = 0;
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
	cut_inputs(h);
	r->inputs = h->reel.end.input - r->first_input;
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
		.first_input = h->reel.end.input,
	};
	h->now.at = (struct moment){ h->entries++, 0 };
	h->open = true;
	return true;
}

/* The step that this one goes on with, or NULL. */
static const struct input *merges(const struct history *h,
				  const struct input *in)
{
	const struct recorded *r = &h->entry[h->now.at.command];
	const struct input *last = reel_last(&h->reel);

	if (in->kind != IN_STEP || !last || h->reel.end.input <= r->first_input)
		return NULL;
	return last->kind == IN_STEP && last->actor == in->actor &&
			       last->count < UINT32_MAX / 2
		       ? last
		       : NULL;
}

static void record(struct history *h, const struct input *in, uint32_t ran)
{
	struct recorded *r = &h->entry[h->now.at.command];
	const struct input *last = merges(h, in);
	struct input steps;

	if (in->kind == IN_STEP) {
		steps = (struct input){ .kind = IN_STEP,
					.actor = in->actor,
					.count = last ? last->count + ran
						      : ran };
		in = &steps;
	}
	if (last)
		reel_replace_last(&h->reel, in);
	else
		reel_add(&h->reel, in);
	h->now.spot = h->reel.end;
	h->now.work += ran ? ran : 1;
	h->now.at.statement += ran;
	r->inputs = h->reel.end.input - r->first_input;
	r->entry.statements += ran;
}

static struct verdict one_input(struct history *h, const struct input *in,
				uint32_t *ran)
{
	struct event_log log;
	struct verdict v = { .why = REFUSED_NOT };

	*ran = 0;
	if (!reel_room(&h->reel) ||
	    !newest_room(&h->newest, h->now.event, &log)) {
		h->healthy = false;
		return v;
	}
	v = run_input(h, &h->world, in, &log, ran);
	if (v.why != REFUSED_NOT)
		return v;
	newest_add(&h->newest, &log);
	h->now.event += log.count;
	record(h, in, *ran);
	checkpoint_here(h);
	return v;
}

/* As many statements at once as the log has room for. */
struct verdict history_input(struct history *h, const struct input *in)
{
	struct input rest;
	struct verdict v;
	uint32_t ran;

	assert(h->open);
	v = one_input(h, in, &ran);
	if (in->kind != IN_STEP)
		return v;
	rest = *in;
	while (h->healthy && v.why == REFUSED_NOT && ran < rest.count &&
	       actor_state(h->world, h->program, in->actor) == ACTOR_READY) {
		rest.count -= ran;
		v = one_input(h, &rest, &ran);
	}
	return v;
}

bool history_grow(struct history *h, const struct limits *limits)
{
	struct input in = { .kind = IN_GROW,
			    .arg = { limits->tasks, limits->mms, limits->stacks,
				     limits->holders } };
	uint32_t ran;

	assert(h->open);
	one_input(h, &in, &ran);
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
