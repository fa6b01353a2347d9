/*
 * reason.h - why a field changed: the kernel statement, in people's words
 *
 * A change is known by what changed and by the functions it happened in, so
 * the reasons are one table (reason.c), read from the top.
 */
#ifndef SESSION_REASON_H
#define SESSION_REASON_H

#include "base/text.h"
#include "session/chain.h"
#include "session/error.h"

enum fact {
	FACT_USERS, /* object mm */
	FACT_COUNT,
	FACT_GEN,
	FACT_MM, /* object task; old and new are mms */
	FACT_ACTIVE,
	FACT_LOADED, /* object CPU; old and new are mms */
	FACT_LAZY,   /* object CPU */
	FACT_ONLINE,
	FACT_STATE,   /* object task; old and new are letters of ps */
	FACT_PTBR,    /* Alpha. object task: in its PCB; old and new are mms */
	FACT_PCB_ASN, /* object task */
	FACT_ASN,     /* object CPU: the one that is loaded */
	FACT_CONTEXT, /* object mm, on @cpu: an ASN word */
	FACTS
};

/* One changed field, and where the world stood right after it. */
struct happening {
	const struct world *w;
	const struct program *p;
	enum fact fact;
	uint32_t object, old, new;
	uint32_t cpu; /* FACT_CONTEXT */
	uint32_t actor;
	const char *label;         /* of the outside holder that acts, or "" */
	const struct chain *chain; /* empty: set-up, no kernel path */
};

/* reason_write - appends why; nothing when there is nothing to say */
void reason_write(struct text *out, const struct happening *h, enum form form);

/* happening_prev, happening_next - of the switch that the actor is in, or 0 */
task_id happening_prev(const struct happening *h);
task_id happening_next(const struct happening *h);

#endif
