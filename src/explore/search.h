/*
 * search.h - all states of a model, nearest first
 *
 * Breadth first: the states of level n are those that n steps lead to and
 * fewer do not.  So the first broken invariant that is met has a shortest way
 * to it.  Memory holds every state's key, and the states of two levels.
 */
#ifndef EXPLORE_SEARCH_H
#define EXPLORE_SEARCH_H

#include <stdbool.h>

#include "explore/model.h"

/* 0 means no limit. */
struct search_limits {
	uint32_t states;
	uint32_t depth;
	uint32_t seconds;
	bool (*stop)(void *arg); /* asked now and then; may be NULL */
	void *stop_arg;
};

enum search_end {
	SEARCH_COMPLETE, /* every state was seen, nothing is broken */
	SEARCH_WRONG,    /* the trail breaks an invariant */
	SEARCH_STATES,   /* a limit was reached */
	SEARCH_DEPTH,
	SEARCH_SECONDS,
	SEARCH_STOPPED,
	SEARCH_NO_MEMORY,
};

struct search_result {
	enum search_end end;
	uint32_t states;
	uint64_t edges;   /* steps taken from the states that were looked at */
	uint32_t *levels; /* states on each level */
	uint32_t level_count;
	uint32_t *trail; /* step numbers; the last one breaks the invariant */
	uint32_t trail_count;
};

/* search_run - fills @r, which search_result_free() empties in every case */
void search_run(const struct model *m, const struct search_limits *limits,
		struct search_result *r);
void search_result_free(struct search_result *r);

#endif
