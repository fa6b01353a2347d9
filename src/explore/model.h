/*
 * model.h - what can be searched: a start, and the steps from any state
 *
 * A state is a block of 32-bit words without pointers (a struct world is one).
 * Steps are numbered from 0, the same numbers in every state, so that a way
 * through the states is a list of numbers; a step that cannot be taken here is
 * STEP_OFF.  Two states are the same when their keys are.
 */
#ifndef EXPLORE_MODEL_H
#define EXPLORE_MODEL_H

#include <stddef.h>
#include <stdint.h>

struct text;

enum taken {
	STEP_OFF,   /* cannot be taken in this state */
	STEP_TAKEN, /* the new state is filled in */
	STEP_WRONG, /* it breaks an invariant; the new state is filled in */
};

struct model {
	void *self;
	size_t words;     /* of a state */
	size_t key_words; /* of a key, at most */
	uint32_t steps;   /* steps are numbered 0 ... steps - 1 */

	/* The state that all begins with. */
	void (*init)(void *self, uint32_t *state);
	/* Step number @step from @from. */
	enum taken (*next)(void *self, const uint32_t *from, uint32_t step,
			   uint32_t *to);
	/* All that decides what can happen next; returns its words. */
	size_t (*key)(void *self, const uint32_t *state, uint32_t *key);
	/* The step just taken by next(), in words; what was broken, if any. */
	void (*tell)(void *self, struct text *out);
	void (*complain)(void *self, struct text *out);
};

#endif
