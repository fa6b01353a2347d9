/*
 * search.c - breadth-first search with exact states
 */
#include "explore/search.h"

#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/text.h"
#include "explore/pack.h"
#include "explore/store.h"

struct search {
	const struct model *m;
	const struct search_limits *limits;
	struct search_result *r;
	struct store store;
	struct text level, next_level; /* packed states, each with its length */
	uint32_t *from, *to, *key;
	uint8_t *packed;
	uint32_t level_room;
	time_t begun;
	bool over;
};

static void end(struct search *s, enum search_end why)
{
	s->r->end = why;
	s->over = true;
}

static bool prepare(struct search *s)
{
	size_t words =
		s->m->words > s->m->key_words ? s->m->words : s->m->key_words;

	s->from = am_calloc(s->m->words, sizeof *s->from);
	s->to = am_calloc(s->m->words, sizeof *s->to);
	s->key = am_calloc(s->m->key_words, sizeof *s->key);
	s->packed = am_alloc(pack_room(words));
	s->begun = time(NULL);
	return s->from && s->to && s->key && s->packed;
}

/* Puts the state s->to among those to be looked at on the next level. */
static void line_up(struct search *s)
{
	size_t length = pack_words(s->to, s->m->words, s->packed);

	text_append(&s->next_level, (const char *)&length, sizeof length);
	text_append(&s->next_level, (const char *)s->packed, length);
	if (s->next_level.failed)
		end(s, SEARCH_NO_MEMORY);
}

static void arrive(struct search *s, struct arrival arrival)
{
	size_t words = s->m->key(s->m->self, s->to, s->key);
	size_t length = pack_words(s->key, words, s->packed);

	switch (store_add(&s->store, s->packed, length, arrival)) {
	case STORE_KNOWN:
		return;
	case STORE_NO_MEMORY:
		end(s, SEARCH_NO_MEMORY);
		return;
	case STORE_NEW:
		s->r->states++;
		line_up(s);
	}
}

/* The way to state @at, and the step from there that was wrong. */
static void keep_trail(struct search *s, state_id at, uint32_t last)
{
	uint32_t n = 1;

	for (state_id i = at; i != 0; i = s->store.stored[i].arrival.from)
		n++;
	s->r->trail = am_calloc(n, sizeof *s->r->trail);
	if (!s->r->trail) {
		end(s, SEARCH_NO_MEMORY);
		return;
	}
	s->r->trail_count = n;
	s->r->trail[--n] = last;
	for (; at != 0; at = s->store.stored[at].arrival.from)
		s->r->trail[--n] = s->store.stored[at].arrival.step;
}

static void look_at(struct search *s, state_id at)
{
	for (uint32_t step = 0; step < s->m->steps && !s->over; step++) {
		switch (s->m->next(s->m->self, s->from, step, s->to)) {
		case STEP_OFF:
			break;
		case STEP_TAKEN:
			s->r->edges++;
			arrive(s, (struct arrival){ at, step });
			break;
		case STEP_WRONG:
			s->r->edges++;
			end(s, SEARCH_WRONG);
			keep_trail(s, at, step);
			break;
		}
	}
}

static void mind_limits(struct search *s, state_id at)
{
	enum { NOW_AND_THEN = 256 };
	const struct search_limits *l = s->limits;

	if (l->states && s->r->states > l->states) {
		end(s, SEARCH_STATES);
	} else if (at % NOW_AND_THEN == 0) {
		if (l->seconds && time(NULL) - s->begun > l->seconds)
			end(s, SEARCH_SECONDS);
		if (l->stop && l->stop(l->stop_arg))
			end(s, SEARCH_STOPPED);
	}
}

static bool count_level(struct search *s, uint32_t states)
{
	struct search_result *r = s->r;
	uint32_t *levels;

	if (r->level_count == s->level_room) {
		s->level_room = s->level_room * 2 + 64;
		levels = am_realloc(r->levels, s->level_room, sizeof *levels);
		if (!levels)
			return false;
		r->levels = levels;
	}
	r->levels[r->level_count++] = states;
	return true;
}

/* The states of a level, which have the ids from @first on. */
static void look_at_level(struct search *s, state_id first)
{
	struct text done = s->level;
	size_t at = 0;

	s->level = s->next_level;
	s->next_level = done;
	text_clear(&s->next_level);
	while (at < s->level.length && !s->over) {
		size_t length;

		memcpy(&length, s->level.bytes + at, sizeof length);
		at += sizeof length;
		unpack_words((const uint8_t *)s->level.bytes + at, s->from,
			     s->m->words);
		at += length;
		mind_limits(s, first);
		look_at(s, first++);
	}
}

static void run(struct search *s)
{
	uint32_t before = 0;

	s->m->init(s->m->self, s->to);
	arrive(s, (struct arrival){ 0, 0 });
	while (!s->over && s->r->states > before) {
		uint32_t first = before;

		before = s->r->states;
		if (!count_level(s, before - first))
			end(s, SEARCH_NO_MEMORY);
		else if (s->limits->depth &&
			 s->r->level_count > s->limits->depth)
			end(s, SEARCH_DEPTH);
		else
			look_at_level(s, first);
	}
	if (s->over && s->r->states > before)
		count_level(s, s->r->states - before);
}

void search_run(const struct model *m, const struct search_limits *limits,
		struct search_result *r)
{
	struct search s = { .m = m, .limits = limits, .r = r };

	*r = (struct search_result){ .end = SEARCH_COMPLETE };
	if (prepare(&s))
		run(&s);
	else
		end(&s, SEARCH_NO_MEMORY);
	store_free(&s.store);
	text_free(&s.level);
	text_free(&s.next_level);
	am_free(s.from);
	am_free(s.to);
	am_free(s.key);
	am_free(s.packed);
}

void search_result_free(struct search_result *r)
{
	am_free(r->levels);
	am_free(r->trail);
	*r = (struct search_result){ 0 };
}
