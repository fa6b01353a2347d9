/*
 * repl.h - the conversation on a terminal: libedit in line mode
 */
#ifndef REPL_REPL_H
#define REPL_REPL_H

#include "activemm.h"
#include "base/out.h"

/*
 * repl_run - reads and answers lines until ctrl-d or `quit`
 *
 * Offers an unfinished session first.  Returns the status of the last line
 * that was not AMM_OK and not the learner's slip, else AMM_OK.
 */
enum amm_status repl_run(struct amm *a, struct out *out);

#endif
