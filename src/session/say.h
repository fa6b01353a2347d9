/*
 * say.h - small things that several commands say
 */
#ifndef SESSION_SAY_H
#define SESSION_SAY_H

#include "session/stops.h"

/* say_value - a value of an expression: 1, mm1, sh, cpu0, NULL, "text" */
void say_value(struct text *out, const struct world *w, const struct value *v);
/* say_stop - one line of a list, or what was just made */
void say_stop(struct amm *a, uint32_t number, const struct stop *s);
/* say_where - "stop: now t11.3, cpu1 in __mmdrop" after going in time */
void say_where(struct amm *a);
/* say_page - a page of text, as it is or as a JSON string; frees @page */
void say_page(struct amm *a, const char *name, struct text *page);
/* say_mark - a bookmark and its time */
struct mark;
void say_mark(struct amm *a, const struct mark *m);
/*
 * say_json - {"schema":...,"cmd":...,"ok":true, and what @members add
 *
 * What was put into a->members before is added too, and then gone.
 */
void say_json(struct amm *a, const char *members);
void say_json_failed(struct amm *a, const char *members);
/* say_answer - a line that answers a word typed out of habit */
void say_answer(struct amm *a, const char *answer);
/* say_one - JSON: what the command said becomes exactly one object */
void say_one(struct amm *a, bool ok);
/* A value in JSON: a number, null or a string. */
void say_json_value(struct text *out, const struct world *w,
		    const struct value *v);

/* What events did, in the form of the command that runs. */
void narrate_events(struct amm *a, const struct world *after,
		    const struct event *events, size_t count);
/* What was done since event @first; in JSON the whole answer. */
void say_effects(struct amm *a, uint64_t first);
/* What a command did since event @first, why it stopped, what it showed. */
void say_done(struct amm *a, uint64_t first);
/* Why the actor does not go on, and what it would do next. */
void say_sleeps(struct amm *a, uint32_t actor);
void say_waits_for(struct amm *a, uint32_t actor, cpu_id owing);
void say_next(struct amm *a, uint32_t actor);
/* The refusal of an input as an error. */
void refusal_error(const struct amm *a, const struct verdict *v,
		   struct error *e);
/* A broken invariant: what it says, what is wrong, into stop_text. */
void broken_show(struct amm *a, const struct broken *b);

void text_copy(struct text *to, const struct text *from);
/* text_cut_to - copies what fits of @from, terminated */
void text_cut_to(char *to, size_t size, const char *from);

#endif
