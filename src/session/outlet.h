/*
 * outlet.h - where the output of a line goes: the screen, a file, a command
 */
#ifndef SESSION_OUTLET_H
#define SESSION_OUTLET_H

#include "session/session.h"

/*
 * outlet_send - takes what @line said (a->out from byte @from) to its target
 *
 * Errors: false with @e; the output then stays where it was.
 */
bool outlet_send(struct amm *a, const struct line *line, size_t from,
		 struct error *e);

/* outlet_shell - runs `! command`; what it prints is part of the output */
bool outlet_shell(struct amm *a, const char *command);

#endif
