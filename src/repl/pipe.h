/*
 * pipe.h - the interpreter without a terminal: lines in, answers out
 */
#ifndef REPL_PIPE_H
#define REPL_PIPE_H

#include "activemm.h"
#include "base/out.h"

struct pipe_options {
	bool batch;   /* stop at the first line that is not AMM_OK */
	bool prompts; /* show the prompt and the line, as a terminal would */
};

/*
 * pipe_run - reads commands from @fd to its end or to `quit`
 *
 * Returns AMM_OK or the first other status.
 */
enum amm_status pipe_run(struct amm *a, int fd, const struct pipe_options *how,
			 struct out *out, struct out *err);

/* pipe_line - one line, its answer on @out; the status as amm_do() */
enum amm_status pipe_line(struct amm *a, const char *line, size_t length,
			  struct out *out);

#endif
