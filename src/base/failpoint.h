/*
 * failpoint.h - makes the Nth call of something fail, for tests
 *
 * A test runs one piece of work again and again, failing call 1, 2, 3 ...
 * until the work no longer reaches the failing call.  A failpoint with
 * nth = 0 never fails; it still counts.
 */
#ifndef BASE_FAILPOINT_H
#define BASE_FAILPOINT_H

#include <stdbool.h>
#include <stdint.h>

struct failpoint {
	uint64_t nth;   /* the first call that fails, from 1; 0: none */
	bool onward;    /* all later calls fail as well */
	uint64_t calls; /* calls so far */
};

/* failpoint_hit - counts one call and says whether it has to fail */
static inline bool failpoint_hit(struct failpoint *f)
{
	f->calls++;
	if (f->nth == 0)
		return false;
	return f->onward ? f->calls >= f->nth : f->calls == f->nth;
}

#endif
