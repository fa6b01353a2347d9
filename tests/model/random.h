/*
 * random.h - random commands on a small machine, everything checked
 *
 * An episode is a machine of one profile and its commands.  Each command may
 * begin while other CPUs are in the middle of theirs.  After each statement:
 * all invariants, unfold, fold; after each command: the naive model.  At the
 * end all inputs are replayed.  All chance comes from the seed.
 */
#ifndef MODEL_RANDOM_H
#define MODEL_RANDOM_H

#include "engine/check.h"
#include "engine/drive.h"
#include "watch.h"

struct dice {
	uint64_t state;
};
uint32_t dice_below(struct dice *d, uint32_t sides);

/* Statements that ran at least once, by path and number. */
struct coverage {
	uint8_t ran[PATHS][PATH_OPS_MAX];
};

struct episode {
	struct world *w, *before, *folded;
	size_t size;
	const struct program *p;
	struct limits limits;
	struct event_log log;
	struct dice dice;
	struct watch watch;
	struct coverage *coverage;
	struct input *input;
	size_t inputs, input_room;
	uint32_t actor;  /* of the last input that was done */
	uint64_t events; /* since boot, */
	uint32_t digest; /* and all their bytes */
	char fault[160]; /* what went wrong, or "" */
	/* how it went */
	uint64_t commands, accepted, in_between, statements;
	uint64_t refused_seen[REFUSALS];
};

/*
 * episode_run - @commands random commands on a machine of @cpus CPUs
 *
 * False when anything went wrong: e->fault says what, and e->input is the
 * shortest prefix that shows it.
 */
bool episode_run(struct episode *e, const struct program *p, uint32_t cpus,
		 uint64_t seed, uint32_t commands);
void episode_free(struct episode *e);

#endif
