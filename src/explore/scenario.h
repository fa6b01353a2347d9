/*
 * scenario.h - which small machine is searched, and how far
 *
 * Read from options as they are typed: explore_option() for each, then
 * explore_options_check() once for what they mean together.
 */
#ifndef EXPLORE_SCENARIO_H
#define EXPLORE_SCENARIO_H

#include "explore/search.h"

/* What tasks may do, what is done wrongly, what is checked besides. */
enum scenario_op {
#define OP(id, bit, meaning) OP_##id = 1 << (bit),
#include "explore/op.def"
#undef OP
};

/* What only the canonical model knows. */
enum {
	OPS_OF_CANON = OP_BUG_NOGRAB | OP_BUG_DROPFIRST | OP_BUG_EXITNOGRAB |
		       OP_BUG_EXEC | OP_BUG_LAZYPT | OP_ACCT
};

enum { SCENARIO_MAX = 8 }; /* of each kind */

struct scenario {
	uint32_t users; /* slots of user tasks */
	uint32_t kthreads;
	uint32_t cpus;
	uint32_t mms;  /* besides init_mm */
	uint32_t live; /* user tasks at boot */
	bool share;    /* they share one mm; else each has its own */
	uint32_t ops;  /* enum scenario_op */
};

struct profile;

struct explore_options {
	struct scenario scenario;
	const struct profile *kernel; /* NULL: the canonical model */
	struct search_limits limits;
	bool live_given;
};

/* Two users with their own mms, one kernel thread, two CPUs; only EXIT. */
void explore_options_init(struct explore_options *o);

/*
 * explore_option - sets what "--@name=@value" says
 *
 * Errors: false and a sentence in @why; @o is as before.
 */
bool explore_option(struct explore_options *o, const char *name,
		    const char *value, struct text *why);

/* explore_options_check - false and a sentence in @why when they contradict */
bool explore_options_check(struct explore_options *o, struct text *why);

#endif
