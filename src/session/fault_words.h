/*
 * fault_words.h - a page fault, and what became of it, in words
 */
#ifndef SESSION_FAULT_WORDS_H
#define SESSION_FAULT_WORDS_H

#include "session/effect.h"
#include "session/tell.h"

/* fault_head - who faults where: @stack is that of exc_page_fault */
void fault_head(struct text *out, const struct statement *s, cpu_id cpu,
		uint32_t stack, bool plain);

/* fault_note - EV_FAULT and EV_FAULTED; false when they need no line */
bool fault_note(struct effects *out, const struct statement *s,
		const struct event *e);

#endif
