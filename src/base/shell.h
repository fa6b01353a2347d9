/*
 * shell.h - a command of the user's shell, fed with text
 */
#ifndef BASE_SHELL_H
#define BASE_SHELL_H

#include <stdbool.h>

#include "base/text.h"

/*
 * shell_run - runs @command with @input on its standard input
 *
 * What it prints is appended to @output, at most 16 MiB of it.
 * Errors: false and a sentence in @why when it cannot be started or ends with
 * another status than 0.
 */
bool shell_run(const char *command, const char *input, struct text *output,
	       struct text *why);

#endif
