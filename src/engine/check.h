/*
 * check.h - the invariants, as one named table
 *
 * The same list serves tests, lessons, the explorer and `invariant`.  F1..F26
 * are the numbers of the reference; those about TLB contents come with the MMU.
 * A kernel that does not keep one says so in its profile.
 */
#ifndef ENGINE_CHECK_H
#define ENGINE_CHECK_H

#include "engine/step.h"

enum invariant_id {
#define INVARIANT(id, name, about, text) INVARIANT_##id,
#include "engine/invariant.def"
#undef INVARIANT
	INVARIANTS
};

/* A broken invariant: which, and about what. */
struct broken {
	uint32_t invariant; /* index into the table */
	uint32_t object;    /* mm, task or CPU, as invariant_about() says */
	uint32_t expected, found;
};

uint32_t invariant_count(void);
const char *invariant_name(uint32_t i);      /* "F1" */
const char *invariant_text(uint32_t i);      /* one sentence */
enum event_kind invariant_about(uint32_t i); /* EV_MM, EV_TASK or EV_CPU */

/*
 * check_world - all invariants that this kernel keeps (profile.waived: not)
 *
 * Fills at most @size entries, returns how many are broken.  @mask: bit i set
 * checks invariant i.  It holds at every statement: what the kernel breaks for
 * a moment on purpose is a window of the path that is inside it (program.h).
 *
 * Needs:  nothing: a world made wrong by hand is what it is for.
 */
size_t check_world(const struct world *w, const struct program *p,
		   uint64_t mask, struct broken *out, size_t size);

#endif
