/*
 * complete.h - what the word at the cursor can become
 *
 * The line is read as it would be when typed, so what is offered fits: verbs
 * first; then by what the command takes at this place (tasks, with those that
 * may be switched to first; mms; files; settings; events and functions ...);
 * flags after a dash; fields of what stands before `.` or `->`.
 *
 * Looking for completions changes nothing and never fails: what cannot be
 * understood has none.
 */
#ifndef SESSION_COMPLETE_H
#define SESSION_COMPLETE_H

#include "engine/program.h"
#include "session/names.h"
#include "session/spec.h"

struct command;
struct shelf;

/* Who is told of each completion: a word, and a line about it. */
struct offers {
	void (*offer)(void *context, const char *word, const char *about);
	void *context;
};

/* What there is to choose from. */
struct scene {
	struct viewpoint view;
	const struct program *program;
	const struct shelf *shelf; /* bookmarks, aliases, rules; or NULL */
};

/*
 * complete_line - offers what can stand before byte @at of @line
 *
 * Returns where the word begins that an offer replaces.
 */
size_t complete_line(const struct scene *s, const char *line, size_t at,
		     const struct offers *to);

/* One word that is being completed. */
struct partial {
	const struct scene *scene;
	const struct command *command; /* whose argument it is, or NULL */
	const char *before;            /* the argument before it, or "" */
	const char *word;              /* as far as it is typed */
	const struct offers *to;
};

/* candidate_offer - offers @word if it begins as what is typed */
void candidate_offer(const struct partial *p, const char *word,
		     const char *about);

/* candidates_kind - offers all that the kinds of a spec item allow */
void candidates_kind(const struct partial *p, const struct spec_item *item);

/* candidates_expression - offers names and functions of expressions */
void candidates_expression(const struct partial *p);

/* candidates_command - offers the first words of commands */
void candidates_command(const struct partial *p, bool actions_only);

#endif
