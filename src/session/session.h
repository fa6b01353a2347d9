/*
 * session.h - a conversation with one machine: what the commands share
 *
 * Inside session/, course/, trace/ and explore/ only; front ends see
 * activemm.h.  A command is a function that reads the call, looks at or
 * changes the machine through history.h, and appends what it has to say to
 * out.  It never prints.
 */
#ifndef SESSION_SESSION_H
#define SESSION_SESSION_H

#include "base/text.h"
#include "session/call.h"
#include "session/error.h"
#include "session/expr.h"
#include "session/history.h"
#include "session/setting.h"

struct amm;
struct stops; /* stops.h: breakpoints, watchpoints, displays */
struct shelf; /* shelf.h: bookmarks, branches, aliases, $N */
struct journal;

/* Exit statuses of the program (commands.md 8). */
enum outcome {
	OUTCOME_OK = 0,
	OUTCOME_NO = 1,
	OUTCOME_USAGE = 2,
	OUTCOME_BROKEN = 4,
	OUTCOME_FILE = 5,
	OUTCOME_LIMIT = 6,
	OUTCOME_INTERNAL = 70,
	OUTCOME_INTERRUPTED = 130
};

struct amm {
	struct history *history;
	struct program *program; /* of the running machine */
	struct settings settings;
	uint32_t seed;
	uint32_t boot_cpus;
	cpu_id cpu;             /* selected */
	enum form form;         /* of the command that runs */
	struct text out;        /* what the line has said so far */
	struct text shown_line; /* of the command that runs, as typed */
	enum outcome outcome;   /* worst of the line */
	struct stops *stops;
	struct shelf *shelf;
	struct journal *journal;  /* or NULL: not kept */
	uint64_t invariants;      /* bit i: invariant i is checked */
	volatile int interrupted; /* set by a signal handler */
	bool no_shell, quit, replaying;
	unsigned depth;       /* of source and load */
	char prediction[256]; /* "EXPR VALUE", empty: none is locked */
	char reason[128];
};

/* A command: false with @e filled (but for its place) when it is refused. */
typedef bool command_fn(struct amm *a, const struct call *call,
			struct error *e);

static inline const struct world *amm_live(const struct amm *a)
{
	return history_world(a->history);
}

#endif
