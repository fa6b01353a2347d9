/*
 * chain.h - which kernel functions a place in the linked program is inside of
 *
 * Linking inlines calls (engine/program.h), so a path in progress is one
 * number; where each function came to stand is kept with the program.
 */
#ifndef SESSION_CHAIN_H
#define SESSION_CHAIN_H

#include "engine/program.h"

enum { CHAIN_MAX = 16 };

/* One function: its path, and the op in it: a call, or the place itself. */
struct frame {
	uint16_t path, index;
};

/* Outermost first. */
struct chain {
	unsigned depth;
	struct frame frame[CHAIN_MAX];
};

/* chain_at - the chain of flat op @pc; empty when there is none */
void chain_at(const struct program *p, uint32_t pc, struct chain *c);

/* chain_root - the path whose linked form holds flat op @pc */
enum path_id chain_root(const struct program *p, uint32_t pc);

/* chain_last - the innermost function, PATH_NONE of an empty chain */
static inline enum path_id chain_last(const struct chain *c)
{
	return c->depth ? (enum path_id)c->frame[c->depth - 1].path : PATH_NONE;
}

/* chain_has - is @path among its functions? */
bool chain_has(const struct chain *c, enum path_id path);

#endif
