/*
 * crosscall.h - one CPU asks others to flush, told in one line
 *
 * A cross-call is many statements on many CPUs.  Their effects are gathered
 * here, from the statement that begins the call to the one that ends it:
 *
 *	page tables freed: IPI to cpu1   lazy: cpu1.loaded_mm mm1 -> init_mm
 *
 * What a CPU does in answer belongs to the call of the CPU that asked.
 */
#ifndef SESSION_CROSSCALL_H
#define SESSION_CROSSCALL_H

#include "session/chain.h"
#include "session/effect.h"

struct crosscall {
	uint32_t from; /* the actor that asked */
	enum path_id cause;
	mm_id mm;
	bool shoot, tables; /* page tables are freed */
	bool begun;         /* its first statement is among those told */
	bool here;          /* the caller's CPU is among those reached */
	unsigned sent, skipped, left, flushed;
	uint32_t first_left;         /* a CPU that left for init_mm */
	struct text to, not_to, who; /* lists of CPUs: sent, skipped, left */
	unsigned stay, away; /* out of the mask: lazy (2.4), elsewhere (6.18) */
	struct text staying, gone;
	uint32_t cpus;
	unsigned renewed, ended;     /* Alpha: new ASNs; taken away until */
	struct text new_asn, no_asn; /* the mm runs there again */
};

/* crosscall_begin - a call by @from, as the world knows it */
void crosscall_begin(struct crosscall *c, const struct world *w,
		     const struct program *p, uint32_t from);
/* crosscall_see - the events of one statement of it */
void crosscall_see(struct crosscall *c, const struct program *p,
		   const struct event *e, size_t count);
/*
 * crosscall_tell - adds it to the effects and forgets it
 *
 * A call that is still under way and has reached nobody yet has no line.
 */
void crosscall_tell(struct crosscall *c, const struct world *w, bool ended,
		    struct effects *out);

/*
 * crosscall_of - the actor whose call a step of @actor belongs to
 *
 * Returns: false when the step belongs to none.  @stack is the running stack.
 */
bool crosscall_of(const struct world *w, const struct chain *chain,
		  uint32_t actor, uint32_t stack, uint32_t *from);

/* crosscall_ends - is this statement the last of the call? */
bool crosscall_ends(const struct crosscall *c, const struct program *p,
		    const struct event *step);

#endif
