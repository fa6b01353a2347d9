/*
 * run.h - a command that runs statements: started, driven on, stopped, told
 *
 * One such command is one entry of history, one line of the journal and one
 * narration.  Whatever stops it early (a breakpoint, a broken invariant,
 * ctrl-c, --steps) leaves it inside its path, where step and finish go on.
 */
#ifndef SESSION_RUN_H
#define SESSION_RUN_H

#include "session/session.h"

/* What to drive after the start. */
enum drive_scope {
	DRIVE_NONE,  /* only start it */
	DRIVE_ACTOR, /* whoever was started, until done or waiting */
	DRIVE_ALL,   /* every actor with work, lowest first */
};

struct run {
	struct amm *a;
	const struct input *start; /* NULL: only drive */
	enum drive_scope scope;
	uint32_t actor;        /* DRIVE_ACTOR without a start */
	uint64_t limit;        /* statements the line asks for; 0: no limit */
	const uint16_t *order; /* DRIVE_ALL: these CPUs first */
	uint32_t orders;
	/* Asked after each statement of @actor: stop here? */
	bool (*enough)(const struct run *r, void *context);
	/* Says how it ended: text into stop_text, JSON into members. */
	void (*last)(struct run *r, void *context);
	void *context;
	/* results */
	uint64_t first_event;
	uint32_t stack; /* what the start pushed */
	bool cut;       /* it could have gone on */
};

/*
 * run_command - does @r as one entry named by the line that runs
 *
 * Errors: false with @e when the start is refused or memory is out; then
 * nothing happened.
 */
bool run_command(struct run *r, struct error *e);

/* run_verb - starts @in and drives it to its end: what most actions are */
bool run_verb(struct amm *a, const struct input *in, struct error *e);

#endif
