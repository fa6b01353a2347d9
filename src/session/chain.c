/*
 * chain.c - the calls that linking inlined, found again
 */
#include "session/chain.h"

struct walk {
	const struct program *p;
	uint32_t at; /* flat op that the walk has come to */
	uint32_t target;
	struct chain *chain;
};

static bool written_for(const struct walk *k, enum path_id path, uint32_t index)
{
	const struct flat_op *f = &k->p->flat[k->at];

	return k->at < k->p->flats && f->path == path && f->index == index;
}

/* Goes over the flat ops of one op; true when the target is among them. */
static bool pass(struct walk *k, enum path_id path, uint32_t index)
{
	while (written_for(k, path, index)) {
		if (k->at == k->target)
			return true;
		k->at++;
	}
	return false;
}

static bool find(struct walk *k, enum path_id path)
{
	struct op ops[PATH_OPS_MAX];
	uint32_t n = path_ops(k->p, path, ops);
	unsigned depth = k->chain->depth;

	if (depth == CHAIN_MAX)
		return false;
	k->chain->depth = depth + 1;
	for (uint32_t i = 0; i < n; i++) {
		k->chain->frame[depth] =
			(struct frame){ (uint16_t)path, (uint16_t)i };
		if (pass(k, path, i))
			return true;
		if (ops[i].code != OP_CALL)
			continue;
		if (find(k, (enum path_id)ops[i].what) || pass(k, path, i))
			return true;
	}
	k->chain->depth = depth;
	return false;
}

enum path_id chain_root(const struct program *p, uint32_t pc)
{
	enum path_id root = PATH_NONE;

	for (int id = 1; id < PATHS; id++)
		if (p->path[id] && p->entry[id] <= pc &&
		    (root == PATH_NONE || p->entry[id] > p->entry[root]))
			root = (enum path_id)id;
	return root;
}

void chain_at(const struct program *p, uint32_t pc, struct chain *c)
{
	enum path_id root = chain_root(p, pc);
	struct walk k = { .p = p, .target = pc, .chain = c };

	c->depth = 0;
	if (root == PATH_NONE || pc >= p->flats)
		return;
	k.at = p->entry[root];
	if (find(&k, root) || pc != k.at)
		return;
	/* The return that ends a path belongs to no op of its table. */
	c->frame[c->depth++] =
		(struct frame){ (uint16_t)root, p->flat[pc].index };
}

bool chain_has(const struct chain *c, enum path_id path)
{
	for (unsigned i = 0; i < c->depth; i++)
		if (c->frame[i].path == path)
			return true;
	return false;
}
