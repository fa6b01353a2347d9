/*
 * checks.h - what the functions of the invariants share
 *
 * Inside engine/ only.  A check_<id> looks at the whole world and reports what
 * is broken; windows are those of the paths in progress (program.h), so "at
 * every statement" is meant.
 */
#ifndef ENGINE_CHECKS_H
#define ENGINE_CHECKS_H

#include "engine/check.h"

struct check {
	const struct world *w;
	const struct program *p;
	uint32_t invariant;
	struct broken *out;
	size_t size, n;
};

/* Broken, about @object, unless @found is what was expected; unless it holds. */
void report(struct check *k, uint32_t object, uint32_t expected,
	    uint32_t found);
void must(struct check *k, uint32_t object, bool holds);

/* CPU @c is online, and no window is open in which what it has loaded may lag. */
bool resting(const struct check *k, cpu_id c);

static inline bool is_live(const struct world *w, mm_id mm)
{
	return world_mm(w, mm)->slot == SLOT_LIVE;
}

#define INVARIANT(id, name, about, text) void check_##id(struct check *k);
#include "engine/invariant.def"
#undef INVARIANT

#endif
