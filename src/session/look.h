/*
 * look.h - what the looking commands share
 *
 * They read the live world or a copy of a past one (history_peek) and append
 * to a->out; none changes anything.
 */
#ifndef SESSION_LOOK_H
#define SESSION_LOOK_H

#include "session/commands.h"
#include "session/table.h"
#include "session/units.h"

/* look_width - columns that a line may take */
unsigned look_width(const struct amm *a);

/* look_table - shows @t as the answer of the command, and empties it */
void look_table(struct amm *a, struct table *t);

/* look_when - the moment of an event, by its number and its world time */
struct moment look_when(const struct amm *a, uint64_t number, uint32_t time);

/*
 * look_units - the book of mm @serial (UINT32_MAX: all) up to now
 *
 * Errors: false with @e filled when out of memory.  units_end() ends it.
 */
bool look_units(const struct amm *a, uint32_t serial, struct units *u,
		struct error *e);

/*
 * look_before - a copy of the world before the last command, to mark changes
 *
 * NULL when there is none, or nobody looks for marks (JSON).  history_drop()
 * ends it.
 */
struct world *look_before(const struct amm *a);

/* look_moment - "t12" after the whole command, else "t12.3" */
void look_moment(const struct amm *a, struct text *out, struct moment at);

/*
 * look_replay - the events from the beginning of command @from on
 *
 * @seen gets each with the world right after it, until it returns false.
 * Errors: false with @e filled when out of memory.
 */
typedef bool look_seen(void *context, const struct world *w, uint64_t number,
		       const struct event *event);
bool look_replay(const struct amm *a, uint32_t from, look_seen *seen,
		 void *context, struct error *e);

/* look_no_memory - the error for that; returns false */
bool look_no_memory(struct error *e);

/* The tables of look_state.c, with what changed marked. */
struct chosen_tasks;
void look_tasks(struct amm *a, const struct chosen_tasks *only);
void look_mms(struct amm *a);
void look_cpus(struct amm *a);

/* look_ledger_of - the lines and the balance of one mm (look_ledger.c) */
bool look_ledger_of(struct amm *a, uint32_t serial, struct error *e);

/* look_list_of - the listing of one function (look_list.c) */
void look_list_of(struct amm *a, enum path_id path, uint32_t actor);

#endif
