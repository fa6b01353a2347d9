/*
 * command.h - the table of commands, and how a typed word finds its command
 *
 * One entry each, from command.def (what acts on the machine) and meta.def
 * (everything else).  A word finds a command by its exact name, then by a
 * fixed short form, then as the beginning of exactly one name: so a short
 * form never changes its meaning when a command is added.
 *
 * Some names have two words (`info cpus`).  Their first word is a family.
 */
#ifndef SESSION_COMMAND_H
#define SESSION_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

struct error;
struct suggest;
struct word;

/*	X(GROUP, "name for help", "heading") */
#define COMMAND_GROUPS(X) \
	X(MACHINE, "machine", "The machine") \
	X(ACTIONS, "actions", "Kernel actions (they change the state)") \
	X(LOOK, "looking", "Looking (never changes anything)") \
	X(TIME, "time", "Time") \
	X(TRUTH, "truth", "Truth") \
	X(LEARN, "learning", "Learning") \
	X(SHARE, "sharing", "Files, settings, help")

enum command_group {
#define X(id, name, heading) GROUP_##id,
	COMMAND_GROUPS(X)
#undef X
		GROUP_COUNT
};

/* What meta.def calls traits; all of command.def ACTS and CHANGES. */
#define TRAIT_ACTS 1u
#define TRAIT_CHANGES 2u
#define TRAIT_REPEATS 4u
#define TRAIT_KEPT 8u
#define TRAIT_TYPED 16u

enum cmd {
#define COMMAND(id, ...) CMD_##id,
#include "session/command.def"
#undef COMMAND
#define META(id, ...) CMD_##id,
#include "session/meta.def"
#undef META
	CMD_COUNT
};

struct command {
	enum cmd id;
	enum command_group group;
	unsigned traits;
	const char *name;    /* one or two words */
	const char *aliases; /* with blanks between */
	const char *spec;    /* what it takes: spec.h */
	const char *summary, *body;
	const char *example[2];
	const char *see; /* with ", " between */
};

const struct command *command_get(enum cmd id);

/* Does @c stand without any argument? */
bool command_needs_nothing(const struct command *c);

/* The name and the heading under which help lists a group. */
const char *group_name(enum command_group group);
const char *group_heading(enum command_group group);

/* command_head - the bytes of the first word of its name */
size_t command_head(const struct command *c);

/*
 * command_find - the command that begins with @word
 *
 * *@used is the number of words its name took, 1 or 2; *@full says that they
 * were written out.
 * Errors: NULL with @e filled and its place set.
 */
const struct command *command_find(const struct word *word, unsigned words,
				   unsigned *used, bool *full, struct error *e);

/* command_named - the command with exactly this name, or NULL */
const struct command *command_named(const char *name);

/* command_offer - offers all first words to @s */
void command_offer(struct suggest *s);

/*
 * command_takes_expression - for lex_rules: does `>` compare in it?
 *
 * As command_find() would understand the one word @verb.
 */
bool command_takes_expression(const char *verb, size_t length);

/* command_takes_chunk - for lex_rules: is all behind @verb one word? */
bool command_takes_chunk(const char *verb, size_t length);

/*
 * habit_answer - a line for words that people type out of habit (`ls`, `top`,
 * `info threads`), or NULL
 */
const char *habit_answer(const struct word *word, unsigned words);

#endif
