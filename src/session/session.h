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

#include "activemm.h"
#include "base/text.h"
#include "session/call.h"
#include "session/error.h"
#include "session/expr.h"
#include "session/history.h"
#include "session/setting.h"
#include "session/upper.h"

struct amm;
struct amm_script; /* activemm.h */
struct amm_request;
struct recording;
struct stops; /* stops.h: breakpoints, watchpoints, displays */
struct shelf; /* shelf.h: bookmarks, branches, aliases, $N */
struct journal;
struct course; /* course/course.h: the lesson that is open */

/* Exit statuses of the program (commands.md 8). */
enum outcome {
	OUTCOME_OK = 0,
	OUTCOME_NO = 1,
	OUTCOME_USAGE = 2,
	OUTCOME_LUA = 3,
	OUTCOME_BROKEN = 4,
	OUTCOME_FILE = 5,
	OUTCOME_LIMIT = 6,
	OUTCOME_INTERNAL = 70,
	OUTCOME_INTERRUPTED = 130
};

struct amm {
	const struct upper *upper;
	struct history *history;
	struct program *program; /* of the running machine */
	struct settings settings;
	const struct profile *held; /* `boot` boots no other kernel; or NULL */
	uint32_t seed;
	cpu_id selected;      /* `cpu N` */
	cpu_id cpu;           /* of the command that runs: @N, or selected */
	enum form form;       /* of the command that runs */
	struct text out;      /* what the line has said so far */
	enum outcome outcome; /* worst of the line */

	/* of the command that runs */
	struct text typed;      /* as typed, without its @N */
	struct text repeat;     /* what an empty line does again, or empty */
	struct text transcript; /* all lines and answers */
	struct text prompt;
	struct text spare, kept; /* room that lines take in turn */
	struct text stop_text;   /* why it stopped */
	struct text members;     /* for the JSON object of its answer */
	size_t answer;           /* where in out its answer begins */
	uint64_t steps;          /* --steps, or UINT64_MAX */

	struct stops *stops;
	struct shelf *shelf;
	struct journal *journal;     /* or NULL: not kept */
	uint64_t invariants;         /* bit i: invariant i is checked */
	uint64_t broken;             /* those that are broken now */
	volatile int interrupted;    /* set by a signal handler */
	void (*tick)(void *context); /* amm_watch(), or NULL */
	void *tick_context;
	enum amm_tui tui;
	struct moment reset_from; /* where `undo` goes after `reset` */
	/* Where reset goes, undo ends and happened() begins to count: the boot,
	 * or the command after which the step of a lesson began. */
	uint32_t origin;
	struct course *course;       /* or NULL: no lesson */
	struct recording *recording; /* this time line is one, or NULL */
	struct text notes;           /* said before the first line */
	uint64_t line_event;         /* events when this line began */
	uint64_t changed_event;      /* when the last one that changed began */
	const struct amm_script *script; /* or NULL: none in this program */
	unsigned scripted;               /* depth of lines that a script runs */
	const struct amm_request *request; /* whose line runs, or NULL */
	struct text said;                  /* by the last of them */
	char code[8];                      /* of the last error: "E203" */
	bool script_prompt;                /* lines are the script's */
	bool committed;                    /* commands changed the machine: */
	uint32_t committed_at;             /* those from this one on */
	struct text complaint;             /* why a script failed */
	uint32_t boots;                    /* machines so far */
	uint64_t changed_at; /* first event of the line that it ran */
	bool json, no_shell, quit, replaying, batch;
	bool unfinished; /* the journal holds a session to offer */
	bool dry;        /* -n: on a copy of the machine */
	bool begin;      /* only start it */
	unsigned depth;  /* of source and load */
};

/* Whoever watches may look now: the world is between two statements. */
static inline void session_tick(const struct amm *a)
{
	if (a->tick)
		a->tick(a->tick_context);
}

static inline const struct world *amm_live(const struct amm *a)
{
	return history_world(a->history);
}

#endif
