/*
 * chain.c - the calls that linking inlined
 */
#include "session/chain.h"

enum path_id chain_root(const struct program *p, uint32_t pc)
{
	enum path_id root = PATH_NONE;

	for (int id = 1; id < PATHS; id++)
		if (p->path[id] && p->entry[id] <= pc &&
		    (root == PATH_NONE || p->entry[id] > p->entry[root]))
			root = (enum path_id)id;
	return root;
}

static bool covers(const struct inlined *x, uint32_t pc)
{
	return pc >= x->from && pc < x->to;
}

/* Each function but the innermost stands at the call of the next. */
void chain_at(const struct program *p, uint32_t pc, struct chain *c)
{
	enum path_id root = chain_root(p, pc);

	c->depth = 0;
	if (root == PATH_NONE || pc >= p->flats)
		return;
	for (uint32_t i = 0; i < p->inlines; i++) {
		const struct inlined *x = &p->inlined[i];

		if (!covers(x, pc))
			continue;
		c->frame[x->depth].path = x->path;
		if (x->depth)
			c->frame[x->depth - 1].index = x->call;
		if (x->depth >= c->depth)
			c->depth = x->depth + 1u;
	}
	/* The return that ends a path belongs to no op of its table. */
	if (c->depth == 0)
		c->frame[c->depth++].path = (uint16_t)root;
	c->frame[c->depth - 1].index = p->flat[pc].index;
}

bool chain_has(const struct chain *c, enum path_id path)
{
	for (unsigned i = 0; i < c->depth; i++)
		if (c->frame[i].path == path)
			return true;
	return false;
}
