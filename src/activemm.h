/*
 * activemm.h - a simulated Linux on simulated CPUs, for front ends
 *
 * Commands go in as lines, text comes out; the machine is seen through one
 * const pointer and changed through one function.  REPL, panes, Lua and pipes
 * use this and nothing below it.
 */
#ifndef ACTIVEMM_H
#define ACTIVEMM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "course/lesson.h"
#include "engine/event.h"
#include "engine/world.h"
#include "engine/world_alpha.h"

struct amm;

struct amm_config {
	uint32_t cpus;      /* 0: 2 */
	const char *kernel; /* NULL: "6.12" */
	uint32_t seed;      /* 0: 1 */
	bool json, plain;   /* form of the output */
	bool batch;         /* nobody is there to be asked */
	bool no_shell;      /* refuse !, |, > and >> */
	bool journal;       /* keep the session in the state directory */
};

/* What a line came to, as the program's exit status (see activemm(1)). */
enum amm_status {
	AMM_OK = 0,
	AMM_NO = 1,     /* ran, but the answer is no */
	AMM_USAGE = 2,  /* not understood or refused; nothing happened */
	AMM_LUA = 3,    /* an error in a Lua script or lesson */
	AMM_BROKEN = 4, /* the simulated kernel broke an invariant */
	AMM_FILE = 5,   /* a file is missing or not what it should be */
	AMM_LIMIT = 6,  /* a limit was reached before an answer */
	AMM_INTERNAL = 70,
	AMM_INTERRUPTED = 130,
};

/*
 * amm_new - a booted machine and a session around it
 *
 * Errors: NULL when out of memory or the kernel is unknown; *@why (which may
 * be NULL) is then a constant sentence.
 */
struct amm *amm_new(const struct amm_config *config, const char **why);
void amm_free(struct amm *a);

/* Runs one line as if typed.  On AMM_USAGE the machine is unchanged. */
enum amm_status amm_do(struct amm *a, const char *line, size_t length);
/* Runs a file of commands to its first error, whatever its name is. */
enum amm_status amm_source(struct amm *a, const char *name);
/* What the last line said, escaped for a terminal; valid until the next. */
const char *amm_text(const struct amm *a);
/* Does this line want another one behind it (it ends in a backslash)? */
bool amm_wants_more(const char *line, size_t length);
/* "(amm 0) "; valid until the next call. */
const char *amm_prompt(struct amm *a);
/* Has `quit` been said? */
bool amm_quits(const struct amm *a);
/* A clean end: nothing will be offered at the next start. */
void amm_finish(struct amm *a);
/* May be called from a signal handler: the running command stops. */
void amm_interrupt(struct amm *a);

/*
 * amm_watch - @tick is called while a line runs: after each command of it, of
 * a script, and after each statement
 *
 * It may look, and interrupt; it must be quick. NULL: nobody is called.
 */
void amm_watch(struct amm *a, void (*tick)(void *context), void *context);

/*
 * The full screen.  A front end that can have one says so with amm_set_tui(),
 * and looks after each line what `tui on|off` made of it.
 */
enum amm_tui {
	AMM_TUI_NONE, /* it cannot be had: `tui on` says so */
	AMM_TUI_OFF,
	AMM_TUI_ON
};
void amm_set_tui(struct amm *a, enum amm_tui tui);
enum amm_tui amm_tui(const struct amm *a);

/* Looking never changes anything. */
const struct world *amm_world(const struct amm *a);
/* Number of events so far; calls @seen for each from @first on. */
uint64_t amm_events(const struct amm *a);
/* From this event on, the last line that changed anything did so. */
uint64_t amm_since(const struct amm *a);
bool amm_scan(const struct amm *a, uint64_t first,
	      bool (*seen)(void *context, uint64_t number,
			   const struct event *e),
	      void *context);

/* What the kernel of this machine has, and others have not. */
struct amm_model {
	const char *base; /* its word for where the page tables begin */
	bool one_count;   /* 2.2: users alone are counted, nobody borrows */
	bool cpumask;     /* it looks at mm_cpumask */
	bool asn;         /* Alpha: address space numbers */
};
struct amm_model amm_model(const struct amm *a);

/*
 * What panes draw.  Names are appended as answers give them.  All of this is
 * quick in a machine of any size; session/glance.h says at what price.
 */
void amm_say_task(const struct amm *a, struct text *out, task_id t);
/* Its name alone, as beside its PID. */
void amm_say_comm(const struct amm *a, struct text *out, task_id t);
void amm_say_mm(const struct amm *a, struct text *out, mm_id mm);
/* The kernel function that statement @pc is in. */
void amm_say_function(const struct amm *a, struct text *out, uint32_t pc);
char amm_state_letter(uint32_t state, uint32_t exit_state);
/* The CPU that commands act on: `cpu N`. */
cpu_id amm_selected(const struct amm *a);
/* Who holds the counts of @mm (the users where there is one count): a name,
 * or NULL for those not looked for. */
void amm_holders(const struct amm *a, mm_id mm,
		 bool (*seen)(void *context, const char *name, uint32_t counts),
		 void *context);

/*
 * amm_complete - what the word before byte @at of @line can become
 *
 * Calls @offer for each (a word and one line about it).  Returns where in the
 * line the word begins.
 */
size_t amm_complete(struct amm *a, const char *line, size_t at,
		    void (*offer)(void *context, const char *word,
				  const char *about),
		    void *context);

/*
 * A script language, as `lua`, `source x.lua` and the Lua prompt use it
 *
 * Each of the three runs to its end or fails with AMM_LUA, having said why
 * with amm_complain(); they run inside amm_do().  @line gets one line at the prompt
 * of the script, with NULL the end of input; @prompt is what stands before the
 * next one.  @committed hears of commands that changed
 * the machine: those from t@first on.  It is not called in replay, undo and
 * explore.  The struct and its context stay the caller's.
 */
struct amm_script {
	void *context;
	enum amm_status (*chunk)(void *context, const char *bytes,
				 size_t length);
	enum amm_status (*file)(void *context, const char *name);
	enum amm_status (*line)(void *context, const char *bytes,
				size_t length);
	const char *(*prompt)(void *context);
	void (*committed)(void *context, uint32_t first);
	/*
	 * The lesson in the file @path, with what @seed draws; the caller's,
	 * for lesson_free().  NULL, and why in @why of @size bytes, when it is
	 * no lesson.
	 */
	struct lesson *(*lesson)(void *context, const char *path, uint32_t seed,
				 char *why, size_t size);
};
void amm_set_script(struct amm *a, const struct amm_script *script);

/*
 * The commands, as functions of a script: the method's name, what people call
 * it, and the things it takes.  False: there are no more.
 */
struct amm_verb {
	const char *name; /* "info cpus" */
	char method[32];  /* "info_cpus"; "goto_" for a word of Lua */
};
struct amm_item {
	char key[24];    /* "task", "freed_tables" */
	char flag[24];   /* "--cpu=", "-R ", "if "; empty: it has a place */
	unsigned place;  /* which of the arguments, from 0 */
	bool alone;      /* the flag or the word @key itself is all of it */
	bool expression; /* goes as far as it makes sense */
	bool repeated;   /* may be given any number of times */
};
bool amm_verb_at(unsigned n, struct amm_verb *verb);
bool amm_item_at(unsigned n, unsigned item, struct amm_item *out);

/*
 * amm_run - one line, from a script that runs inside amm_do()
 *
 * As typed, but what only people may do is refused: files, the shell, another
 * script.  @spent (may be NULL) is asked now and then while it works: true
 * stops it.  amm_said() is what it said, for people or as one JSON object for
 * each command; amm_code() is the code of its error ("E203") or "".  After
 * amm_effects() what it said is instead the JSON object that has, as "effects",
 * what the line changed.  All are valid until the next amm_run().
 */
struct amm_request {
	const char *line;
	size_t length;
	bool json;
	bool (*spent)(void *context);
	void *context;
};
enum amm_status amm_run(struct amm *a, const struct amm_request *r);
void amm_effects(struct amm *a);
const char *amm_said(const struct amm *a);
const char *amm_code(const struct amm *a);
/* Adds to what the line that runs says; escaped; newlines pass. */
void amm_say(struct amm *a, const char *bytes, size_t length);
/* Why a call of amm_script fails: it becomes the error of the line. */
void amm_complain(struct amm *a, const char *why);
/*
 * amm_eval - the value of an expression, as JSON, in amm_said()
 *
 * Unlike `print` it numbers nothing.  Errors: AMM_USAGE; amm_said() is then
 * what the error would say.
 */
enum amm_status amm_eval(struct amm *a, const char *expression, size_t length);
/* "t12.3", where the machine is; valid until the next amm_now() or
 * amm_prompt(). */
const char *amm_now(struct amm *a);
/* How many machines this session has booted: names do not outlive theirs. */
uint32_t amm_generation(const struct amm *a);
/* Was ctrl-c pressed since the line that runs began? */
bool amm_interrupted(const struct amm *a);
/* The end of input: leaves the prompt of a script.  False: there was none. */
bool amm_leave(struct amm *a);

/*
 * A session that a crash left: amm_unfinished says so in a sentence, or is
 * NULL; amm_resume brings it back, amm_discard keeps it aside.
 */
const char *amm_unfinished(struct amm *a);
enum amm_status amm_resume(struct amm *a);
void amm_discard(struct amm *a);

#endif
