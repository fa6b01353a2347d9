/*
 * journal.h - a session survives whatever ends the program
 *
 * Each accepted command is appended to a journal before its result is shown.
 * A journal that does not end with a quit is what a crash left behind: the
 * next start offers it.  So the life of a journal is
 *
 *	journal_open		finds one to offer, or a free one
 *	  journal_next ...	the records to offer, if any
 *	journal_resume		goes on with the one offered
 *	journal_start		or begins a new one
 *	  journal_add ...
 *	journal_finish		a clean quit: nothing will be offered
 *	journal_close
 *
 * The files are journal-N in our state directory.  A journal has one writer,
 * by a lock that ends with the process; further instances take further N.
 * Nothing is deleted: a damaged file is kept as journal-N.damaged-K before it
 * is cut back to its intact records, and one that was not resumed as
 * journal-N.kept-K.
 *
 * A journal never stops the work.  While the disk is full or cannot be
 * written, records wait in memory and every further one tries again;
 * journal_saving() says whether the session is safe.
 *
 * Errors: @notes gets sentences for the user, one a line.
 */
#ifndef SESSION_JOURNAL_H
#define SESSION_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "session/journal_format.h"

struct journal;

/* How a session begins; the setup is any number of lines. */
struct journal_start {
	const char *engine;
	uint64_t seed;
	const char *setup;
	bool durable; /* records survive the machine too, not only a kill */
};

/* journal_open - looks for a journal.  NULL: out of memory. */
struct journal *journal_open(struct text *notes);

/* journal_unfinished - whether a crash left commands to offer */
bool journal_unfinished(const struct journal *j);

/*
 * journal_next - the next record of the journal to offer, from the first
 *
 * Its text is a C string, valid until the next call on @j; false at the end.
 */
bool journal_next(struct journal *j, struct journal_record *record);

/* journal_resume - goes on behind the last record of the journal offered */
void journal_resume(struct journal *j, bool durable, struct text *notes);

/* journal_start - begins a new journal */
void journal_start(struct journal *j, const struct journal_start *start,
		   struct text *notes);

/*
 * journal_add - appends a record; on return it survives kill -9
 *
 * Needs: journal_start() or journal_resume() before; a text without newline.
 */
void journal_add(struct journal *j, enum journal_kind kind, const char *text,
		 struct text *notes);

/* journal_saving - whether all records so far are in the file */
bool journal_saving(const struct journal *j);

/* journal_finish - the user quits: this session is not to be offered */
void journal_finish(struct journal *j, struct text *notes);

void journal_close(struct journal *j);

#endif
