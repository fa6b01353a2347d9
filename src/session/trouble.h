/*
 * trouble.h - what goes wrong, in words: refused, complained of, broken
 *
 * Three kinds that are never mixed: the learner asked for what cannot be done
 * (an error, nothing happened); the simulated kernel complains (an event);
 * an invariant is broken (a bug in the modelled kernel, explained).
 */
#ifndef SESSION_TROUBLE_H
#define SESSION_TROUBLE_H

#include "base/text.h"
#include "engine/check.h"
#include "session/error.h"

/*
 * trouble_refused - the error for an input that the machine refused
 *
 * Returns false, so that a caller can end with it.
 */
bool trouble_refused(struct error *e, const struct world *w,
		     const struct program *p, const struct verdict *v);

/* trouble_show - appends the complaint of an EV_WARN or EV_OOPS event */
void trouble_show(struct text *out, const struct world *w,
		  const struct event *e, enum form form);

/* trouble_code, trouble_message - what follows K-, and the sentence */
const char *trouble_code(const struct event *e);
void trouble_message(struct text *out, const struct world *w,
		     const struct event *e);

/*
 * trouble_broken - appends what is said of a broken invariant
 *
 * @where is the moment: "t8.3".
 */
void trouble_broken(struct text *out, const struct world *w,
		    const struct broken *b, const char *where, enum form form);

#endif
