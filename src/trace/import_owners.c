/*
 * import_owners.c - units of mm_users and mm_count that no task and no CPU has
 *
 * Each is kept by an outside holder with a label: "pid N" for what a system
 * call of that task took, "before recording" for what nobody explains.
 */
#include "trace/import_compare.h"
#include "trace/import_known.h"
#include "trace/import_walk.h"

#include <stdio.h>

#define BEFORE "before recording"

void pid_label(char label[LABEL_WORDS * 4], uint32_t pid)
{
	(void)snprintf(label, sizeof(uint32_t) * LABEL_WORDS, "pid %u", pid);
}

static uint32_t units_of(const struct world *w, uint32_t h, enum unit unit)
{
	return unit == UNIT_USER ? world_holder(w, h)->users
				 : world_holder(w, h)->counts;
}

static void force_units(struct import *im, uint32_t h, enum unit unit,
			uint32_t units)
{
	if (unit == UNIT_USER)
		FORCE(im, HOLDER, holder, h, users, units);
	else
		FORCE(im, HOLDER, holder, h, counts, units);
}

static uint32_t holder_named(const struct import *im, mm_id mm,
			     const char *label)
{
	uint32_t words[LABEL_WORDS];

	name_pack(words, LABEL_WORDS, label);
	return holder_find(world_now(im), mm, words);
}

static void force_label(struct import *im, uint32_t h, const uint32_t *words)
{
	for (uint32_t i = 0; i < LABEL_WORDS; i++)
		force(im, EV_HOLDER_SHOWN, h, i, words[i]);
}

static uint32_t make_before(struct import *im, mm_id mm)
{
	uint32_t words[LABEL_WORDS];
	uint32_t h = holder_named(im, mm, BEFORE);

	if (h)
		return h;
	ensure_room(im);
	h = slot_lowest_free(world_now(im), MAP_HOLDER);
	name_pack(words, LABEL_WORDS, BEFORE);
	FORCE(im, HOLDER, holder, h, slot, SLOT_LIVE);
	FORCE(im, HOLDER, holder, h, mm, mm);
	force_label(im, h, words);
	return h;
}

static void drop_if_empty(struct import *im, uint32_t h)
{
	static const uint32_t nothing[LABEL_WORDS];
	const struct holder *holder = world_holder(world_now(im), h);

	if (holder->users || holder->counts || holder->stack)
		return;
	force_label(im, h, nothing);
	FORCE(im, HOLDER, holder, h, mm, MM_NONE);
	FORCE(im, HOLDER, holder, h, slot, SLOT_FREE);
}

/* One unit less with holder @h. */
static bool take_from(struct import *im, uint32_t h, enum unit unit)
{
	uint32_t units = h ? units_of(world_now(im), h, unit) : 0;

	if (units == 0)
		return false;
	force_units(im, h, unit, units - 1);
	drop_if_empty(im, h);
	return true;
}

static void set_counter(struct import *im, mm_id mm, uint32_t field,
			uint32_t value, uint32_t who)
{
	force_for(im, (struct place_of_word){ EV_MM, mm, field }, value, who);
}

static void raise(struct import *im, mm_id mm, enum unit unit, uint32_t units,
		  uint32_t who)
{
	const struct mm *m = world_mm(world_now(im), mm);
	uint32_t users = m->mm_users, count = m->mm_count;

	if (unit == UNIT_COUNT) {
		set_counter(im, mm, FIELD_OF(mm, mm_count), count + units, who);
		return;
	}
	if (users == 0) /* all users together own one */
		set_counter(im, mm, FIELD_OF(mm, mm_count), count + 1,
			    holder_word(HOLDER_USERS, mm));
	set_counter(im, mm, FIELD_OF(mm, mm_users), users + units, who);
}

void explain_unit(struct import *im, mm_id mm, enum unit unit, uint32_t who)
{
	if (take_from(im, holder_named(im, mm, BEFORE), unit))
		return;
	if (im->mm[mm].counted && im->started && mm != MM_INIT)
		diverge(im, "nobody gave that task or CPU 0x%" PRIx64,
			im->mm[mm].address);
	raise(im, mm, unit, 1, who);
}

void leave_unexplained(struct import *im, mm_id mm, enum unit unit,
		       uint32_t units)
{
	uint32_t h = make_before(im, mm);

	raise(im, mm, unit, units, holder_word(HOLDER_LABEL, h));
	force_units(im, h, unit, units_of(world_now(im), h, unit) + units);
}

bool take_unit(struct import *im, mm_id mm, enum unit unit, const char *label)
{
	const struct world *w = world_now(im);

	if (take_from(im, holder_named(im, mm, label), unit) ||
	    take_from(im, holder_named(im, mm, BEFORE), unit))
		return true;
	for (uint32_t h = 1; h < w->max.holders; h++)
		if (world_holder(w, h)->slot && world_holder(w, h)->mm == mm &&
		    take_from(im, h, unit))
			return true;
	return false;
}

void hold(struct import *im, enum verb verb, mm_id mm, const char *label)
{
	struct input in = { .kind = IN_VERB,
			    .verb = (uint8_t)verb,
			    .actor = (uint16_t)im->r->cpu,
			    .arg = { mm } };
	uint32_t actor;

	name_pack(in.name, LABEL_WORDS, label);
	ensure_room(im);
	if (engine_check(world_now(im), im->p, &in).why != REFUSED_NOT) {
		diverge(im, "%s cannot take 0x%" PRIx64, label,
			address_of(im, mm));
		return;
	}
	give(im, &in);
	actor = holder_actor(world_now(im),
			     holder_find(world_now(im), mm, in.name));
	run_out(im, actor, actor_stack(world_now(im), actor));
}
