/*
 * tell.h - the effects of one statement
 */
#ifndef SESSION_TELL_H
#define SESSION_TELL_H

#include "session/chain.h"
#include "session/effect.h"

/* One statement, or the set-up before the first one of a path. */
struct statement {
	const struct world *w; /* folded: the world after it */
	const struct program *p;
	const struct event *batch; /* all that is told */
	size_t batch_count;
	size_t at, count;            /* its events in the batch */
	struct chain chain;          /* empty: set-up */
	char label[LABEL_WORDS * 4]; /* of the outside holder that acts */
	bool in_call;                /* belongs to the cross-call of `from` */
	uint32_t from;
};

static inline const struct event *statement_events(const struct statement *s)
{
	return s->batch + s->at;
}

/* statement_begin - fills chain, in_call and from, before the events are
 * folded */
void statement_begin(struct statement *s);

/* tell_effects - what changed, but for what its cross-call will say */
void tell_effects(struct effects *out, const struct statement *s);

#endif
