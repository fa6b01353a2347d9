/*
 * lesson.h - a lesson as plain data
 *
 * Everything a lesson says and asks is a string or a list of them: commands
 * are lines of the command language, conditions are its expressions.  So a
 * lesson needs no code to run, and whoever can fill in this struct can write
 * one: the loader of Lua files, or a test.
 *
 * $A in a text or line stands for the name drawn for label A; in an expression
 * a quoted label does: mm('A').  All strings belong to the lesson and go with
 * it.
 */
#ifndef COURSE_LESSON_H
#define COURSE_LESSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum step_kind {
	STEP_SAY,     /* a text */
	STEP_TRY,     /* commands to try, any will do */
	STEP_PREDICT, /* a question, a locked answer, a command, the reveal */
	STEP_TASK,    /* facts to make true */
	STEP_RECAP    /* what to keep in mind */
};

struct lesson_lines {
	const char *const *line;
	uint32_t count;
};

/* Rungs: 1 where to look, 2 the rule, 3 what is needed next, 4 the command. */
struct hint {
	uint32_t rung;
	bool repeat;      /* may come again when its state does */
	const char *when; /* NULL: always */
	const char *text;
};

struct misconception {
	const char *got; /* the wrong answer, an expression */
	const char *say;
};

struct fact {
	const char *expr;
	const char *text; /* a sentence: "sh's mm is freed" */
	const char *now;  /* an expression that shows what is, or NULL */
	uint32_t points;
	bool optional;
};

struct step {
	enum step_kind kind;
	const char *id;   /* of a question or task, else NULL */
	const char *text; /* what is said, asked or wanted */
	/* A twist is a question or task on another machine: flags of boot; the
	 * step it repeats: its beginning is this one's. */
	const char *boot; /* NULL: no twist */
	uint32_t of;
	uint32_t points; /* of a question */
	/* try: what to type, and how many commands at least */
	struct lesson_lines suggest;
	uint32_t need;
	/* predict */
	const char *expr, *run, *because;
	const char *expect; /* what it will be, when the author says so */
	struct misconception *misconception;
	uint32_t misconceptions;
	/* task */
	struct fact *fact;
	uint32_t facts;
	struct hint *hint;
	uint32_t hints;
	uint32_t par; /* commands that a good solution takes */
	struct lesson_lines solution;
	struct lesson_lines *alt, *wrong;
	uint32_t alts, wrongs;
	/* recap */
	struct lesson_lines see; /* kernel files and functions */
	const char *drill;
};

struct label {
	const char *label, *name; /* "A", "sh" */
};

struct lesson {
	const char *id, *title;
	const char *engine; /* ">=0.1", or NULL */
	uint32_t format, version, minutes, seed;
	struct lesson_lines goals, needs;
	const char *kernel; /* flags of boot beside --cpus and --seed */
	uint32_t cpus;
	struct lesson_lines deny;  /* commands that it does without */
	struct lesson_lines setup; /* what makes its machine, after boot */
	struct label *label;
	uint32_t labels;
	struct step *step;
	uint32_t steps;
	/* places of texts that are not marked for translation: for lint */
	struct lesson_lines unmarked;
	bool failed; /* memory ran out, or it is too big */
	void *memory;
};

/* lesson_new - an empty one.  NULL: out of memory. */
struct lesson *lesson_new(void);
void lesson_free(struct lesson *l);

/*
 * What builds a lesson.  None fails loudly: when memory runs out, or a list
 * grows past what anyone reads, lesson->failed is set, and NULL comes back.
 */
const char *lesson_string(struct lesson *l, const char *bytes, size_t length);
void lesson_line(struct lesson *l, struct lesson_lines *to, const char *line);
void lesson_label(struct lesson *l, const char *label, const char *name);
struct step *lesson_step(struct lesson *l);
struct fact *lesson_fact(struct lesson *l, struct step *s);
struct hint *lesson_hint(struct lesson *l, struct step *s);
struct misconception *lesson_misconception(struct lesson *l, struct step *s);
struct lesson_lines *lesson_alt(struct lesson *l, struct step *s);
struct lesson_lines *lesson_wrong(struct lesson *l, struct step *s);

#endif
