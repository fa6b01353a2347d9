/*
 * help.h - the manual, made from the tables
 *
 * A page reads like a man page: name, synopsis, arguments, what the kernel
 * does, two examples, see also.  Everything in it comes from command.def,
 * meta.def, setting.def, status.def and topic.c, so nothing is said twice.
 */
#ifndef SESSION_HELP_H
#define SESSION_HELP_H

#include <stdbool.h>

struct arg;
struct command;
struct error;
struct text;

/* help_list - all commands by group, and the topics */
void help_list(struct text *out);

/* help_page - the page of one command */
void help_page(struct text *out, const struct command *c);

/*
 * help_about - the page that @words name
 *
 * A command of one or two words, a family, a group, a topic, an error code.
 * Errors: false with @e filled when there is none.
 */
bool help_about(struct text *out, const struct arg *words, unsigned count,
		struct error *e);

/* help_apropos - one line for each page that has @word in it */
void help_apropos(struct text *out, const char *word);

/* help_roff - the commands as the section of the man page that has them */
void help_roff(struct text *out);

#endif
