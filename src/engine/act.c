/*
 * act.c - which function each statement of the vocabulary is
 */
#include "engine/acts.h"

void act(struct run *r)
{
	static void (*const acts[])(struct run *) = {
		[ST_none] = NULL,
#define STATEMENT(id, text) [ST_##id] = act_##id,
#define CONDITION(id, text)
#include "engine/vocabulary.def"
#undef STATEMENT
#undef CONDITION
	};

	acts[r->op->what](r);
}
