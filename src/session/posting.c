/*
 * posting.c - taking, handing on, giving back
 */
#include "session/posting.h"

#include <string.h>

#include "session/show.h"

#define GROW(u, array, room, count) \
	units_room((u), (void **)&(u)->array, &(u)->room, (u)->count, \
		   sizeof *(u)->array)

static struct stamp stamp_of(uint64_t number, const struct event *e)
{
	return (struct stamp){ number, e->time, e->path, e->statement };
}

static uint32_t serial_of(const struct units *u, mm_id mm)
{
	return mm < u->w->max.mms ? world_mm_shown(u->w, mm)->serial : 0;
}

/* An mm is not named before the end of the statement that makes it. */
static bool wanted(const struct units *u, mm_id mm)
{
	uint32_t serial = serial_of(u, mm);

	return mm != MM_NONE && mm < u->w->max.mms &&
	       (u->only == UINT32_MAX || serial == u->only ||
		(serial == 0 && mm != MM_INIT));
}

/* --- words ---------------------------------------------------------------- */

static size_t word_begin(struct units *u)
{
	return u->words.length;
}

static void word_end(struct units *u)
{
	text_append(&u->words, "", 1);
}

static size_t word(struct units *u, const char *s)
{
	size_t at = word_begin(u);

	text_add(&u->words, s);
	word_end(u);
	return at;
}

static size_t actor_word(struct units *u, uint32_t actor)
{
	size_t at = word_begin(u);

	if (actor < u->w->max.cpus)
		show_task(&u->words, u->w, world_cpu(u->w, actor)->current);
	else
		show_label(&u->words, u->w, actor - u->w->max.cpus);
	word_end(u);
	return at;
}

/* Who has what lies at @where; a place on the way belongs to who had it. */
static size_t who_has(struct units *u, const struct held *where, uint32_t actor,
		      size_t before)
{
	size_t at = word_begin(u);

	switch ((enum held_at)where->at) {
	case HELD_TASK_MM:
	case HELD_TASK_ACTIVE:
		show_task(&u->words, u->w, where->object);
		break;
	case HELD_OUTSIDE:
		show_label(&u->words, u->w, where->object);
		break;
	case HELD_BY_USERS:
		text_add(&u->words, "users");
		break;
	case HELD_KEPT:
		text_add(&u->words, "nobody");
		break;
	default:
		return before ? before : actor_word(u, actor);
	}
	word_end(u);
	return at;
}

static enum statement_id statement_at(const struct units *u,
				      const struct stamp *at)
{
	const struct path *path = u->p->path[at->path];

	if (at->path == PATH_NONE || !path ||
	    at->statement >= path_length(path))
		return ST_none;
	return (enum statement_id)path->ops[at->statement].what;
}

static void add_reason(struct units *u, const char *what, enum path_id path)
{
	text_add(&u->words, what);
	if (path == PATH_NONE)
		return;
	text_add(&u->words, " (");
	show_function(&u->words, u->p, path);
	text_add(&u->words, ")");
}

/* What is there when an mm or a task is made, or first seen. */
static const char *made_with(const struct held *where)
{
	if (where->at == HELD_BY_USERS)
		return "the users' one reference";
	if (where->at == HELD_TASK_ACTIVE)
		return "a borrow, as first seen";
	return where->unit == OWNS_USER ? "the first user"
					: "held, as first seen";
}

static size_t taken_why(struct units *u, const struct unit *unit)
{
	enum path_id path = (enum path_id)unit->taken.path;
	size_t at = word_begin(u);

	switch (statement_at(u, &unit->taken)) {
	case ST_mmgrab_lazy_tlb:
		add_reason(
			u, unit->where.at == HELD_KEPT ? "surplus" : "borrow",
			path == PATH_context_switch || path == PATH___schedule
				? PATH_NONE
				: path);
		break;
	case ST_mmgrab:
		add_reason(u, path == PATH_cpu_init ? "borrow" : "mmgrab",
			   path == PATH_holder_mmgrab ? PATH_NONE : path);
		break;
	case ST_mm_init:
	case ST_none:
		add_reason(u, made_with(&unit->where), PATH_NONE);
		break;
	default:
		add_reason(u, "mmget", path);
		break;
	}
	word_end(u);
	return at;
}

/* A word may lie anywhere: the text that it is added to moves as it grows. */
static void add_word(struct units *u, const char *before, size_t word_at)
{
	struct text copy = { 0 };

	text_add(&copy, before);
	text_add(&copy, units_word(u, word_at));
	text_add(&u->words, text_string(&copy));
	u->words.failed |= copy.failed;
	text_free(&copy);
}

static size_t given_why(struct units *u, const struct unit *unit,
			const struct stamp *at)
{
	enum path_id path = (enum path_id)at->path;
	size_t word_at = word_begin(u);

	switch (statement_at(u, at)) {
	case ST_dec_lazy:
		add_reason(u, "release", PATH_NONE);
		break;
	case ST_dec_users:
		add_reason(u, "mmput", PATH_NONE);
		break;
	case ST_dec_count:
		add_reason(u,
			   strcmp(units_word(u, unit->who), "users") == 0
				   ? "their one reference, given up"
				   : "mmdrop",
			   PATH_NONE);
		break;
	default:
		add_reason(u, "lost", path);
		break;
	}
	if (unit->handed)
		add_word(u, ", handed on by ", unit->handed);
	word_end(u);
	return word_at;
}

/* --- postings ------------------------------------------------------------- */

static struct posting *post(struct units *u, uint32_t serial,
			    const struct stamp *at, uint32_t actor)
{
	struct posting *p;

	if (!GROW(u, posting, posting_room, postings))
		return NULL;
	p = &u->posting[u->postings++];
	*p = (struct posting){ .at = *at, .serial = serial, .actor = actor };
	return p;
}

static struct moved *moved_of(struct units *u, mm_id mm)
{
	for (size_t i = 0; i < u->moves; i++)
		if (u->moved[i].mm == mm)
			return &u->moved[i];
	if (!GROW(u, moved, move_room, moves))
		return NULL;
	u->moved[u->moves] =
		(struct moved){ .mm = mm, .serial = serial_of(u, mm) };
	return &u->moved[u->moves++];
}

static void count_unit(struct units *u, mm_id mm, uint32_t unit, int32_t by)
{
	struct moved *m = moved_of(u, mm);

	if (m && unit == OWNS_USER)
		m->users -= by;
	else if (m)
		m->count -= by;
}

void posting_counter(struct units *u, const struct event *e)
{
	int32_t by = (int32_t)(e->new - e->old);
	struct moved *m;

	if ((e->field != FIELD_OF(mm, mm_users) &&
	     e->field != FIELD_OF(mm, mm_count)) ||
	    !wanted(u, e->object))
		return;
	m = moved_of(u, e->object);
	if (m && e->field == FIELD_OF(mm, mm_users))
		m->users += by;
	else if (m)
		m->count += by;
}

/* --- units ---------------------------------------------------------------- */

static bool same_place(const struct held *a, const struct held *b)
{
	return a->unit == b->unit && a->at == b->at && a->object == b->object &&
	       a->index == b->index;
}

static void remove_unit(struct unit *array, size_t *count, size_t i)
{
	memmove(&array[i], &array[i + 1], (*count - i - 1) * sizeof *array);
	--*count;
}

void posting_loss(struct units *u, mm_id mm, const struct held *where)
{
	for (size_t i = 0; i < u->units; i++) {
		if (u->unit[i].mm != mm ||
		    !same_place(&u->unit[i].where, where))
			continue;
		if (!GROW(u, floating, float_room, floats))
			return;
		u->floating[u->floats++] = u->unit[i];
		remove_unit(u->unit, &u->units, i);
		return;
	}
}

static bool is_loan(const struct unit *from, const struct held *to)
{
	return from->where.at == HELD_TASK_ACTIVE && to->at == HELD_TASK_ACTIVE;
}

static void settle_at(struct units *u, struct unit *unit,
		      const struct held *where, uint64_t number,
		      const struct event *e)
{
	if (is_loan(unit, where)) {
		unit->handed = unit->who;
		unit->handed_at = stamp_of(number, e);
	}
	unit->who = who_has(u, where, e->actor, unit->who);
	unit->where = *where;
	unit->where.number = 1;
}

static void take_unit(struct units *u, mm_id mm, const struct held *where,
		      uint64_t number, const struct event *e)
{
	struct unit unit = { .mm = mm,
			     .serial = serial_of(u, mm),
			     .where = *where,
			     .taken = stamp_of(number, e) };

	unit.who = who_has(u, where, e->actor, 0);
	unit.where.number = 1;
	if (GROW(u, unit, unit_room, units))
		u->unit[u->units++] = unit;
	count_unit(u, mm, where->unit, 1);
}

void posting_gain(struct units *u, mm_id mm, const struct held *where,
		  uint64_t number, const struct event *e)
{
	if (!wanted(u, mm))
		return;
	for (size_t i = 0; i < u->floats; i++) {
		struct unit unit = u->floating[i];

		if (unit.mm != mm || unit.where.unit != where->unit)
			continue;
		remove_unit(u->floating, &u->floats, i);
		settle_at(u, &unit, where, number, e);
		if (GROW(u, unit, unit_room, units))
			u->unit[u->units++] = unit;
		return;
	}
	take_unit(u, mm, where, number, e);
}

void posting_free(struct units *u, mm_id mm, uint64_t number,
		  const struct event *e)
{
	struct stamp at = stamp_of(number, e);
	struct posting *p;

	if (!wanted(u, mm))
		return;
	p = post(u, serial_of(u, mm), &at, e->actor);
	if (p)
		p->freed = true;
}

/* --- a statement ends ----------------------------------------------------- */

void posting_begin(struct units *u)
{
	u->floats = 0;
	u->moves = 0;
	u->first_posting = u->postings;
}

/* Units taken in this statement are the newest in the list. */
static void post_taken(struct units *u, const struct stamp *from,
		       uint32_t actor)
{
	for (size_t i = 0; i < u->units && !u->failed; i++) {
		struct unit *unit = &u->unit[i];
		struct posting *p;

		if (unit->taken.number == NUMBER_NONE ||
		    unit->taken.number < from->number)
			continue;
		if (!unit->serial)
			unit->serial = serial_of(u, unit->mm);
		p = post(u, unit->serial, &unit->taken, actor);
		if (!p)
			return;
		p->users = unit->where.unit == OWNS_USER;
		p->count = unit->where.unit == OWNS_COUNT;
		p->who = unit->who;
		p->why = taken_why(u, unit);
	}
}

static void post_given(struct units *u, const struct stamp *at, uint32_t actor)
{
	for (size_t i = 0; i < u->floats && !u->failed; i++) {
		const struct unit *unit = &u->floating[i];
		struct posting *p = post(u, unit->serial, at, actor);

		if (!p)
			return;
		count_unit(u, unit->mm, unit->where.unit, -1);
		p->users = -(unit->where.unit == OWNS_USER);
		p->count = -(unit->where.unit == OWNS_COUNT);
		p->who = unit->who;
		p->why = given_why(u, unit, at);
	}
}

/* A counter moved and no unit with it. */
static void post_unexplained(struct units *u, const struct stamp *at,
			     uint32_t actor)
{
	for (size_t i = 0; i < u->moves && !u->failed; i++) {
		const struct moved *m = &u->moved[i];
		struct posting *p;

		if (!m->users && !m->count)
			continue;
		p = post(u, m->serial ? m->serial : serial_of(u, m->mm), at,
			 actor);
		if (!p)
			return;
		p->users = m->users;
		p->count = m->count;
		p->who = word(u, "nobody known");
		p->why = word(u, "");
	}
}

static mm_id mm_of_serial(const struct units *u, uint32_t serial)
{
	for (size_t i = 0; i < u->moves; i++)
		if (u->moved[i].serial == serial ||
		    serial_of(u, u->moved[i].mm) == serial)
			return u->moved[i].mm;
	return MM_NONE;
}

static void fill_balances(struct units *u)
{
	for (size_t i = u->first_posting; i < u->postings; i++) {
		struct posting *p = &u->posting[i];
		mm_id mm = p->serial ? mm_of_serial(u, p->serial) : MM_INIT;

		if (mm == MM_NONE)
			continue;
		p->users_after = (int32_t)world_mm(u->w, mm)->mm_users;
		p->count_after = (int32_t)world_mm(u->w, mm)->mm_count;
	}
}

static bool other_mm(const struct units *u, uint32_t serial)
{
	return u->only != UINT32_MAX && serial != u->only;
}

static void forget_others(struct units *u)
{
	size_t kept = u->first_posting;

	for (size_t i = u->units; i-- > 0;)
		if (other_mm(u, u->unit[i].serial))
			remove_unit(u->unit, &u->units, i);
	for (size_t i = u->first_posting; i < u->postings; i++)
		if (!other_mm(u, u->posting[i].serial))
			u->posting[kept++] = u->posting[i];
	u->postings = kept;
}

void posting_end(struct units *u)
{
	struct stamp at = stamp_of(u->number[0], &u->event[0]);
	uint32_t actor = u->event[0].actor;

	post_taken(u, &at, actor);
	at = stamp_of(u->number[u->events - 1], &u->event[u->events - 1]);
	post_given(u, &at, actor);
	post_unexplained(u, &at, actor);
	fill_balances(u);
	forget_others(u);
}

/* 2.2: the one count of INIT_MM. */
static void first_task_has_init_mm(struct units *u)
{
	struct unit unit = { .mm = MM_INIT,
			     .where = { .unit = OWNS_USER,
					.at = HELD_TASK_MM,
					.object = 1,
					.number = 1 },
			     .taken = { .number = NUMBER_NONE } };

	unit.who = word(u, "swapper/0");
	if (GROW(u, unit, unit_room, units))
		u->unit[u->units++] = unit;
}

void posting_link_time(struct units *u)
{
	static const uint8_t kinds[] = { OWNS_USER, OWNS_USER, OWNS_COUNT };

	if (u->only != UINT32_MAX && u->only != 0)
		return;
	if (u->p->profile.one_count) {
		first_task_has_init_mm(u);
		return;
	}
	for (size_t i = 0; i < sizeof kinds; i++) {
		struct unit unit = { .mm = MM_INIT,
				     .where = { .unit = kinds[i],
						.at = HELD_KEPT,
						.object = MM_INIT,
						.number = 1 },
				     .taken = { .number = NUMBER_NONE } };

		unit.who = word(u, "nobody");
		if (GROW(u, unit, unit_room, units))
			u->unit[u->units++] = unit;
	}
}
