/*
 * history_parts.h - what history.c (recording) and travel.c (going) share
 *
 * A position is how far the list of inputs has been run: all inputs before its
 * spot, and `steps` statements of the one behind it.
 */
#ifndef SESSION_HISTORY_PARTS_H
#define SESSION_HISTORY_PARTS_H

#include "session/history.h"
#include "session/newest.h"
#include "session/reel.h"

enum { CHECKPOINT_INPUTS = 256, CHECKPOINT_SHARE = 16 };
#define CHECKPOINT_BYTES ((size_t)4 << 20)

struct position {
	struct spot spot; /* before the input that goes on, or the next one */
	uint32_t steps;
	struct moment at;
	uint64_t event; /* number of the next event */
	uint64_t work;  /* inputs and statements since the last checkpoint */
};

struct checkpoint {
	struct position where;
	struct world *world;
};

struct recorded {
	struct entry entry;
	char *line;
	size_t first_input, inputs;
};

struct history {
	const struct program *program;
	struct limits limits; /* at the start */
	struct world *world;  /* live */
	struct position now;
	bool open, healthy;

	struct reel reel; /* all inputs */
	struct recorded *entry;
	uint32_t entries, entry_room;

	struct newest newest; /* events, up to now */

	struct checkpoint *checkpoint;
	size_t checkpoints, checkpoint_room, checkpoint_bytes;
	uint64_t spacing; /* work between two */
};

/* Size of a world in bytes. */
static inline size_t world_bytes(const struct world *w)
{
	return (size_t)w->words * 4;
}

/* travel.c */
struct world *world_copy(const struct world *w);
struct world *world_fresh(const struct limits *limits, const struct program *p);
/* Makes room for @bytes-long things one longer than @count; false: no memory. */
bool make_room(void **array, size_t *room, size_t count, size_t bytes);
/* A checkpoint here, when the last one is far enough away. */
void checkpoint_here(struct history *h);
/* Forgets what lies after now: checkpoints, events. */
void checkpoints_forget(struct history *h);
/* Runs one input on @w (which may be replaced by a bigger one). */
struct verdict run_input(const struct history *h, struct world **w,
			 const struct input *in, struct event_log *log,
			 uint32_t *ran);

#endif
