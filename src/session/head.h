/*
 * head.h - who does what: the lines that stand before and between effects
 */
#ifndef SESSION_HEAD_H
#define SESSION_HEAD_H

#include "session/effect.h"
#include "session/tell.h"

/* head_start - when a kernel path begins: who begins what */
void head_start(struct effects *out, const struct statement *s);

/* head_actor - when the next line is another actor's: whose, and where it is */
void head_actor(struct effects *out, const struct statement *s);

/* head_new_task - a task can run from now on */
void head_new_task(struct effects *out, const struct statement *s, task_id t);

/* head_note - an event that changes nothing but is worth a line */
void head_note(struct effects *out, const struct statement *s,
	       const struct event *e);

#endif
