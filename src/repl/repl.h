/*
 * repl.h - the conversation on a terminal: libedit in line mode
 */
#ifndef REPL_REPL_H
#define REPL_REPL_H

#include "base/out.h"
#include "repl/talk.h"

/* repl_offer - asks what to do with a session that a crash left, if any did */
void repl_offer(struct talk *t, struct out *out);

/* repl_run - reads and answers lines until it ends: see enum talk_end */
enum talk_end repl_run(struct talk *t, struct out *out);

#endif
