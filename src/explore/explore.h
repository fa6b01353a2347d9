/*
 * explore.h - searches a small machine whole and says what it found
 */
#ifndef EXPLORE_EXPLORE_H
#define EXPLORE_EXPLORE_H

#include "explore/scenario.h"

/*
 * explore_run - appends to @out what the search found, a line each
 *
 *	states N		with the first one
 *	edges N			steps out of the states that were looked at
 *	levels A B C ...	states that 0, 1, 2 ... steps lead to
 *
 * and, when an invariant can be broken, the shortest way there:
 *
 *	counterexample N steps
 *	1 CPU 0, task 3 (idle): __schedule() picks task 0 (user)
 *	...
 *	broken I1: ...
 *
 * A search that a limit ended says so instead: "stopped ...".
 */
enum search_end explore_run(const struct explore_options *o, struct text *out);

/* explore_exit - exit status: 0 all seen, 1 counterexample, 6 a limit */
int explore_exit(enum search_end end);

#endif
