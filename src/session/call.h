/*
 * call.h - one command as typed, checked as far as no world is needed
 *
 * The words of a statement are matched with what its command takes: flags are
 * told from arguments, numbers and times are read, expressions are found to be
 * well formed, and everything missing or left over is an error.  Whether task
 * `sh` exists is asked later, by who has the world.
 *
 * A call points into the line it came from and into itself: it is not to be
 * copied, and dies with the line.
 */
#ifndef SESSION_CALL_H
#define SESSION_CALL_H

#include "session/command.h"
#include "session/lex.h"
#include "session/spec.h"
#include "session/timepos.h"

#define CALL_ARGS_MAX 32
#define CALL_FLAGS_MAX 16
#define CPU_NUMBER_MAX 4095

struct arg {
	enum arg_kind kind; /* which of the kinds it was taken as */
	const char *text;   /* without quotes; an expression as typed */
	uint32_t column, length;
	uint64_t number;            /* ARG_NUMBER, ARG_ADDR, ARG_CPU */
	struct timepos time, until; /* ARG_TIME; ARG_SPAN */
};

struct call_flag {
	const char *name; /* in the command's spec: not terminated */
	size_t length;
	struct arg value; /* ARG_NONE when it stands alone */
};

struct call {
	const struct command *command;
	bool has_cpu; /* @N */
	uint32_t cpu;
	bool full; /* the name was written out or is a fixed short form */
	bool json, plain, source, lua, help, dry_run;
	bool has_steps; /* --steps=N: stop inside, after N statements */
	uint64_t steps;
	const char *answer; /* CALL_ANSWER */
	unsigned args, flags;
	size_t used; /* of room */
	/* As many as the counts say; the first arguments are else ARG_NONE. */
	struct arg arg[CALL_ARGS_MAX];
	struct call_flag flag[CALL_FLAGS_MAX];
	char room[LINE_BYTES_MAX + CALL_ARGS_MAX + CALL_FLAGS_MAX];
};

enum call_result {
	CALL_READY,  /* @call can be done */
	CALL_ANSWER, /* a word from habit: say call->answer */
	CALL_WRONG,  /* @e says why */
};

/* call_read - reads command @index of @line */
enum call_result call_read(const struct line *line, unsigned index,
			   struct call *call, struct error *e);

/*
 * call_flag - the value of flag @name ("--cpu", "-k", "if"), or NULL
 *
 * For flags that repeat, call_flag_nth() counts from 0.
 */
const struct arg *call_flag(const struct call *call, const char *name);
const struct arg *call_flag_nth(const struct call *call, const char *name,
				unsigned nth);

/* call_common_spec - the flags that @c takes like all others: spec.h */
const char *call_common_spec(const struct command *c);

/* call_read_cpu - "1" or "cpu1"; false when it is neither */
bool call_read_cpu(const char *word, uint64_t *cpu);

#endif
