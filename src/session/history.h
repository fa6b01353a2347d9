/*
 * history.h - time: what was asked of the machine, and every state on the way
 *
 * The live world is the product of a list of inputs (engine/step.h) since an
 * empty machine.  An entry is one command that changed something: its line,
 * its inputs, the statements they ran.  Entry 0 is the boot.  Going back puts a
 * checkpoint back and runs the inputs again, so every state can be reached, to
 * the statement, and continued from.  Nothing else ever writes the live world.
 *
 *	t12	after command 12	t12.3	after statement 3 of it
 */
#ifndef SESSION_HISTORY_H
#define SESSION_HISTORY_H

#include "engine/check.h"
#include "engine/drive.h"

struct history;

/* A place in time; t12 is { 12, all its statements }. */
struct moment {
	uint32_t command;
	uint32_t statement;
};

/* One command.  The line is as typed, without output redirection. */
struct entry {
	const char *line;
	cpu_id cpu; /* selected when it was typed */
	uint32_t statements;
	uint32_t first_time;  /* world time before its first statement */
	uint64_t first_event; /* number of its first event */
	bool cut;             /* it was stopped before its end */
	uint8_t mode;         /* settings it ran under: for its owner */
};

/* history_new - an empty machine.  NULL: out of memory or limits too big. */
struct history *history_new(const struct program *program,
			    const struct limits *limits);
void history_free(struct history *h);

const struct world *history_world(const struct history *h);
const struct program *history_program(const struct history *h);

/*
 * Recording.  history_begin drops what was undone (ask history_tail first) and
 * opens an entry; history_input runs one input in it; history_commit closes it.
 * When nothing was changed, history_cancel leaves no trace.
 * Errors: history_begin: false when out of memory.
 */
bool history_begin(struct history *h, const char *line, cpu_id cpu);
struct verdict history_input(struct history *h, const struct input *in);
bool history_grow(struct history *h, const struct limits *limits);
/* Keeps @mode with the open entry. */
void history_note(struct history *h, uint8_t mode);
void history_commit(struct history *h, bool cut);
void history_cancel(struct history *h);
/* False once memory ran out while recording: the last input was not done. */
bool history_healthy(const struct history *h);

/* How many entries there are; how many are done now (the rest was undone). */
uint32_t history_entries(const struct history *h);
struct moment history_now(const struct history *h);
struct moment history_last(const struct history *h);
/* Entry @n, or NULL. */
const struct entry *history_entry(const struct history *h, uint32_t n);

/* Where in the commands world time @time (statements since boot) lies. */
struct moment history_moment(const struct history *h, uint32_t time);
/* World time of a moment; UINT32_MAX when there is no such moment. */
uint32_t history_time(const struct history *h, struct moment at);

/* history_goto - the live world becomes that of @at.  False: no such moment. */
bool history_goto(struct history *h, struct moment at);

/*
 * history_peek - a copy of the world at @at, for looking
 *
 * The caller gives it back with history_drop().  NULL: no such moment, or out
 * of memory.  The live world is untouched.
 */
struct world *history_peek(const struct history *h, struct moment at);
void history_drop(struct world *w);

/*
 * Events are numbered from 0 at boot.  The newest 2^20 are kept; older ones are
 * made again by running the inputs: history_scan does not show the difference.
 * @seen is called for events first <= number < end, in order, until it returns
 * false.
 */
uint64_t history_events(const struct history *h);
bool history_scan(const struct history *h, uint64_t first, uint64_t end,
		  bool (*seen)(void *context, uint64_t number,
			       const struct event *e),
		  void *context);
/* history_gather - those from @first to the last, to be am_free()d; or NULL */
struct event *history_gather(const struct history *h, uint64_t first);

#endif
