/*
 * check.c - the table of invariants, and all of them at once
 */
#include "engine/checks.h"

#include <assert.h>

static const struct invariant {
	const char *name, *text;
	enum event_kind about;
	void (*check)(struct check *k);
} invariants[] = {
#define INVARIANT(id, name, about, text) { name, text, about, check_##id },
#include "engine/invariant.def"
#undef INVARIANT
};

_Static_assert(INVARIANTS <= 64, "a set of invariants is one word");

void report(struct check *k, uint32_t object, uint32_t expected, uint32_t found)
{
	if (expected == found)
		return;
	if (k->n < k->size)
		k->out[k->n] = (struct broken){ k->invariant, object, expected,
						found };
	k->n++;
}

void must(struct check *k, uint32_t object, bool holds)
{
	report(k, object, true, holds);
}

uint32_t invariant_count(void)
{
	return INVARIANTS;
}

const char *invariant_name(uint32_t i)
{
	assert(i < INVARIANTS);
	return invariants[i].name;
}

const char *invariant_text(uint32_t i)
{
	assert(i < INVARIANTS);
	return invariants[i].text;
}

enum event_kind invariant_about(uint32_t i)
{
	assert(i < INVARIANTS);
	return invariants[i].about;
}

size_t check_world(const struct world *w, const struct program *p,
		   uint64_t mask, struct broken *out, size_t size)
{
	struct check k = { .w = w, .p = p, .out = out, .size = size };

	mask &= ~p->profile.waived;
	for (k.invariant = 0; k.invariant < INVARIANTS; k.invariant++)
		if (mask >> k.invariant & 1)
			invariants[k.invariant].check(&k);
	return k.n;
}
