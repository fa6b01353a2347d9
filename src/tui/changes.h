/*
 * changes.h - what the events since a number came to
 *
 * A word that went there and back has not changed.  So the world before can
 * be read word by word, without a copy of it: view_word() gives a word as it
 * is now, or as it was.  A pane reads a row in both views with the same
 * function, and marks what differs.
 *
 * Of very many events only the last ones are read; what changed before them is
 * then not marked.
 */
#ifndef TUI_CHANGES_H
#define TUI_CHANGES_H

#include "activemm.h"

enum { CHANGES_EVENTS_MAX = 1 << 15 };

struct change {
	uint32_t kind, object, index; /* index: field, or bit */
	uint32_t order;
	uint32_t old, new;
};

struct changes {
	struct change *change; /* by kind, object, index */
	size_t count;
};

/* changes_read - empty when out of memory; changes_free() ends it */
void changes_read(struct changes *ch, const struct amm *a, uint64_t since);
void changes_free(struct changes *ch);

/* changes_any - did anything of this object change? */
bool changes_any(const struct changes *ch, enum event_kind kind,
		 uint32_t object);

/* changes_next - the first changed object >= @from, or UINT32_MAX */
uint32_t changes_next(const struct changes *ch, enum event_kind kind,
		      uint32_t from);

struct view {
	const struct world *world;
	const struct changes *undone; /* NULL: as it is now */
};

/* view_word - word @field of an object: EV_CPU, EV_TASK, EV_MM, EV_STACK or
 * one of the shown ones */
uint32_t view_word(const struct view *v, enum event_kind kind, uint32_t object,
		   uint32_t field);
/* VIEW(v, EV_CPU, c, cpu, current) */
#define VIEW(v, kind, object, type, member) \
	view_word(v, kind, object, FIELD_OF(type, member))

#endif
