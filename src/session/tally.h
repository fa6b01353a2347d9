/*
 * tally.h - what a run cost: the figures by which kernels are compared
 *
 * All four are counted from the events, so they say what the machine did and
 * not what a profile is known for.
 */
#ifndef SESSION_TALLY_H
#define SESSION_TALLY_H

#include "engine/program.h"

/*	COST(field, "key in JSON", "one of them", "many of them") */
#define COSTS(X) \
	X(cr3_loads, "cr3_loads", "CR3 load", "CR3 loads") \
	X(full_flushes, "full_flushes", "full flush", "full flushes") \
	X(ipis, "ipis", "IPI", "IPIs") \
	X(atomics, "atomic_operations", "atomic operation", "atomic operations")

enum cost {
#define X(field, key, one, many) COST_##field,
	COSTS(X)
#undef X
		COST_COUNT
};

struct tally {
	uint64_t cost[COST_COUNT];
};

/*
 * tally_event - adds what one event cost
 *
 * An atomic operation is a locked one on mm_users, mm_count, tlb_gen or a bit
 * of mm_cpumask; what set-up and mm_init() write is not.  Where there are no
 * PCIDs each load of CR3 is a full flush; where there are, it may keep
 * everything, and only a flush that was asked for is counted.
 */
void tally_event(struct tally *t, const struct program *p,
		 const struct event *e);

const char *cost_key(enum cost c, enum arch arch);
/* "CR3 load" or "CR3 loads"; on an Alpha "PTBR loads" */
const char *cost_name(enum cost c, uint64_t n, enum arch arch);

#endif
