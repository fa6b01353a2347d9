/*
 * repl.c - the conversation on a terminal
 */
#include "repl/repl.h"

#include "repl/pipe.h"

enum amm_status repl_run(struct amm *a, struct out *out)
{
	struct pipe_options how = { .prompts = false };

	return pipe_run(a, 0, &how, out, out);
}
