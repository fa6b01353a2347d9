/*
 * journal_slot.h - the places where journals are kept, and what is in them
 *
 * Slot N is the file journal-N in our state directory with the lock
 * journal-N.lock beside it.  Who has the lock owns the file; the lock file is
 * never deleted.
 */
#ifndef SESSION_JOURNAL_SLOT_H
#define SESSION_JOURNAL_SLOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "session/journal_format.h"

#define JOURNAL_BYTES_MAX ((size_t)64 << 20)

struct journal_slot {
	int dir, lock;   /* -1: none */
	unsigned number; /* N; 0: no slot is taken */
	char name[32];   /* of the file */

	struct text found; /* the bytes of the file; empty when missing */
	size_t intact;     /* those of whole records, and of the first line */
	uint64_t commands;
	bool quit;                /* the last record is a quit */
	struct journal_chain end; /* behind the intact records */
};

/*
 * slot_take - finds, locks and reads a slot
 *
 * The first with something to offer is taken, or else the first free one.
 *
 * Errors: false when no slot can be had.  @why says what was in the way of
 *         the first slot passed over, also when another one is taken.
 */
bool slot_take(struct journal_slot *s, struct text *why);

/* slot_leave - unlocks the slot, if one is taken, and forgets the rest */
void slot_leave(struct journal_slot *s);

/* slot_forget - forgets what was found: the file is about to change */
void slot_forget(struct journal_slot *s);

/* slot_unfinished - whether a crash left commands here */
bool slot_unfinished(const struct journal_slot *s);

/* slot_damaged - whether there is something behind the intact records */
bool slot_damaged(const struct journal_slot *s);

#endif
