/*
 * effect.h - what a command did, one line for each thing that changed
 *
 * A list of items in the order they happened.  Each is kept as a sentence part
 * that says what changed and one that says why; only when the list is shown
 * do they become lines in columns, sentences, or JSON.
 */
#ifndef SESSION_EFFECT_H
#define SESSION_EFFECT_H

#include "base/text.h"
#include "session/error.h"
#include "session/setting.h"

enum item_kind {
	ITEM_HEAD,   /* stands at the margin: who does what */
	ITEM_CHANGE, /* a field has another value */
	ITEM_LINE,   /* anything else that happened */
	ITEM_TROUBLE /* the simulated kernel complains: shown as it is */
};

/* Offsets of C strings in effects.words. */
struct item {
	enum item_kind kind;
	unsigned by; /* the function that did it: groups lines */
	size_t what, why;
};

#define ACTOR_NOBODY UINT32_MAX

struct effects {
	enum form form;
	unsigned width;  /* columns of a line */
	int granularity; /* GRANULARITY_* */
	uint32_t actor;  /* whose the last lines are, or ACTOR_NOBODY */
	struct text words;
	struct item *item;
	size_t count, room;
	bool failed; /* out of memory: something is missing */
};

void effects_free(struct effects *e);

/*
 * effects_add - a new item, whose `what` is empty
 *
 * The caller appends to e->words; effects_why() ends `what` and begins `why`,
 * effects_end() ends the item.
 */
void effects_add(struct effects *e, enum item_kind kind, unsigned by);
void effects_why(struct effects *e);
void effects_end(struct effects *e);

/* effects_what - what item @i says happened, without the reason */
const char *effects_what(const struct effects *e, size_t i);

/* effects_show - appends the list; JSON: `[...]` without a line end */
void effects_show(struct text *out, struct effects *e);

#endif
