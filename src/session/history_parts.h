/*
 * history_parts.h - what history.c (recording) and travel.c (going) share
 *
 * A position is how far the list of inputs has been run: all inputs before
 * `input`, and `steps` statements of that one.
 */
#ifndef SESSION_HISTORY_PARTS_H
#define SESSION_HISTORY_PARTS_H

#include "session/history.h"

enum { EVENTS_KEPT = 1 << 20, CHECKPOINT_STATEMENTS = 256 };
#define CHECKPOINT_BYTES ((size_t)128 << 20)

struct position {
	size_t input;
	uint32_t steps;
	struct moment at;
	uint64_t event;  /* number of the next event */
	uint64_t inputs; /* run since the last checkpoint: a measure of work */
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

	struct input *input;
	size_t inputs, input_room;
	struct recorded *entry;
	uint32_t entries, entry_room;

	struct event *event; /* the newest, up to now */
	uint64_t first_kept; /* number of event[0] */
	size_t kept, event_room;

	struct checkpoint *checkpoint;
	size_t checkpoints, checkpoint_room, checkpoint_bytes;
	uint64_t spacing; /* inputs between two */
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
