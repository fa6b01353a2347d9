/*
 * tally.c - counting what events cost
 */
#include "session/tally.h"

static const char *const keys[] = {
#define X(field, key, one, many) key,
	COSTS(X)
#undef X
};
static const char *const names[][2] = {
#define X(field, key, one, many) { one, many },
	COSTS(X)
#undef X
};

/* Set-up and mm_init() write words that nobody else can see yet. */
static bool is_shared(const struct program *p, const struct event *e)
{
	const struct path *path = p->path[e->path];

	return path && path->ops[e->statement].what != ST_mm_init;
}

static bool is_atomic(const struct program *p, const struct event *e)
{
	if (e->kind == EV_MASK)
		return is_shared(p, e);
	return e->kind == EV_MM &&
	       (e->field == FIELD_OF(mm, mm_users) ||
		e->field == FIELD_OF(mm, mm_count) ||
		e->field == FIELD_OF(mm, tlb_gen)) &&
	       is_shared(p, e);
}

/* enum tlb_flush_reason: 1 to 3 are flushes, 4 is the sending of IPIs. */
static bool is_flush(const struct event *e)
{
	return e->kind == EV_FLUSH && e->arg >= 1 && e->arg <= 3;
}

void tally_event(struct tally *t, const struct program *p,
		 const struct event *e)
{
	bool loads = e->kind == EV_CR3 || e->kind == EV_SWPCTX;
	bool all = e->kind == EV_CR3 && !p->profile.pcid;

	t->cost[COST_cr3_loads] += loads;
	t->cost[COST_full_flushes] += is_flush(e) || e->kind == EV_TBI || all;
	t->cost[COST_ipis] += e->kind == EV_IPI_SENT;
	t->cost[COST_atomics] += is_atomic(p, e);
}

/* An Alpha loads another page-table base by swpctx. */
static bool is_ptbr(enum cost c, enum arch arch)
{
	return c == COST_cr3_loads && arch == ARCH_ALPHA;
}

const char *cost_key(enum cost c, enum arch arch)
{
	return is_ptbr(c, arch) ? "ptbr_loads" : keys[c];
}

const char *cost_name(enum cost c, uint64_t n, enum arch arch)
{
	if (is_ptbr(c, arch))
		return n == 1 ? "PTBR load" : "PTBR loads";
	return names[c][n != 1];
}
