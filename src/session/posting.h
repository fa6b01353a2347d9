/*
 * posting.h - the double entries of the ledger: what units.c calls
 *
 * Within a statement a lost unit floats until somebody gains it; at its end,
 * what still floats was given back.
 */
#ifndef SESSION_POSTING_H
#define SESSION_POSTING_H

#include "session/units.h"

/* posting_link_time - the units that are there before boot */
void posting_link_time(struct units *u);

void posting_begin(struct units *u);
void posting_loss(struct units *u, mm_id mm, const struct held *where);
void posting_gain(struct units *u, mm_id mm, const struct held *where,
		  uint64_t number, const struct event *e);
/* posting_counter - a word of an mm changes: maybe a counter */
void posting_counter(struct units *u, const struct event *e);
void posting_free(struct units *u, mm_id mm, uint64_t number,
		  const struct event *e);
void posting_end(struct units *u);

/* units_room - makes @array hold one item more than @count */
bool units_room(struct units *u, void **array, size_t *room, size_t count,
		size_t size);

#endif
