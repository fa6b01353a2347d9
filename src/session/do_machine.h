/*
 * do_machine.h - a new machine for a session
 */
#ifndef SESSION_DO_MACHINE_H
#define SESSION_DO_MACHINE_H

#include "session/session.h"

struct boot {
	uint32_t cpus, seed;
	bool recording; /* its world has to grow */
	enum arch arch; /* where kernels are looked up */
	const struct profile *profile;
};

/*
 * machine_boot - replaces the machine; the old time line becomes a branch
 *
 * Errors: false with @e, the old machine untouched.
 */
bool machine_boot(struct amm *a, const struct boot *b, struct error *e);

/* machine_profile - a kernel by name; false with @e when there is none */
bool machine_profile(const char *name, struct boot *b, struct error *e);

/* travel - goes to another time and says where */
bool travel(struct amm *a, struct moment to, struct error *e);
/* go_to - travel, and journaled (do_time.c) */
bool go_to(struct amm *a, struct moment to, struct error *e);

#endif
