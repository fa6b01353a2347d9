/*
 * journal.c - a session survives whatever ends the program
 */
#include "session/journal.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/append.h"
#include "base/mem.h"
#include "base/save.h"
#include "session/journal_slot.h"

#define COPIES 1000 /* damaged or kept files of one slot */

struct journal {
	struct journal_slot slot;

	/* Where journal_next() is. */
	size_t next_at;
	struct journal_chain next_chain;
	char *ended; /* a newline that is a NUL for now */

	/* What is written. */
	struct append file;
	bool opened; /* file is open */
	bool resumed;
	bool copied; /* what opening the file would lose is kept elsewhere */
	bool durable;
	struct journal_chain chain;
	struct text waiting; /* records not yet in the file */
	bool warned;         /* the user knows that nothing is being saved */
};

static void note(struct text *notes, const struct text *why)
{
	text_add(notes, text_string(why));
	text_add(notes, "\n");
}

/* Takes a slot and tells what was in the way. */
static void take_slot(struct journal *j, struct text *notes)
{
	struct text why = { 0 };

	j->warned = !slot_take(&j->slot, &why);
	if (why.length > 0)
		note(notes, &why);
	if (j->warned)
		text_add(notes, "this session is not being saved\n");
	else if (slot_damaged(&j->slot))
		text_addf(notes, "%s is damaged after record %" PRIu64 "\n",
			  j->slot.name, j->slot.end.last);
	else if (j->slot.number > 1 && !slot_unfinished(&j->slot))
		text_addf(notes, "this session has its own journal: %s\n",
			  j->slot.name);
	text_free(&why);
}

bool journal_unfinished(const struct journal *j)
{
	return slot_unfinished(&j->slot);
}

struct journal *journal_open(struct text *notes)
{
	struct journal *j = am_calloc(1, sizeof *j);

	if (!j)
		return NULL;
	take_slot(j, notes);
	j->next_at = strlen(JOURNAL_MAGIC);
	j->next_chain = journal_chain_start();
	return j;
}

/* --- Reading what is offered --------------------------------------------- */

static void restore_newline(struct journal *j)
{
	if (j->ended)
		*j->ended = '\n';
	j->ended = NULL;
}

bool journal_next(struct journal *j, struct journal_record *record)
{
	size_t used;

	restore_newline(j);
	if (j->next_at >= j->slot.intact)
		return false;
	used = journal_decode(&j->next_chain, j->slot.found.bytes + j->next_at,
			      j->slot.intact - j->next_at, record);
	assert(used > 0);
	j->next_at += used;
	j->ended = j->slot.found.bytes + j->next_at - 1;
	*j->ended = '\0';
	return true;
}

/* --- Writing ------------------------------------------------------------- */

/* Keeps the file as it was found under the name journal-N.@as-K. */
static bool keep_copy(struct journal *j, const char *as, struct text *notes,
		      struct text *why)
{
	char copy[64];

	for (int k = 1; k <= COPIES && !j->copied; k++) {
		text_clear(why);
		(void)snprintf(copy, sizeof copy, "%s.%s-%d", j->slot.name, as,
			       k);
		j->copied = save_new(j->slot.dir, copy, &j->slot.found, why);
		if (!j->copied && errno != EEXIST)
			return false;
		if (j->copied)
			text_addf(notes, "%s is kept as %s\n", j->slot.name,
				  copy);
	}
	return j->copied;
}

/* Keeps what opening the file will take away. */
static bool keep(struct journal *j, struct text *notes, struct text *why)
{
	if (slot_damaged(&j->slot))
		return keep_copy(j, "damaged", notes, why);
	if (!j->resumed && journal_unfinished(j))
		return keep_copy(j, "kept", notes, why);
	return true;
}

/* Puts a journal without records in place of the old one. */
static bool begin_file(struct journal *j, struct text *why)
{
	struct text magic = { 0 };
	bool done;

	text_add(&magic, JOURNAL_MAGIC);
	done = save_over(j->slot.dir, j->slot.name, &magic, why);
	text_free(&magic);
	return done;
}

/* Makes the slot's file ready to be appended to, losing nothing of it. */
static bool open_file(struct journal *j, struct text *notes, struct text *why)
{
	uint64_t length = j->resumed ? j->slot.intact : strlen(JOURNAL_MAGIC);

	if (j->opened)
		return true;
	if (!keep(j, notes, why) || (!j->resumed && !begin_file(j, why)) ||
	    !append_open(&j->file, j->slot.dir, j->slot.name, length, why))
		return false;
	j->opened = true;
	slot_forget(&j->slot);
	return true;
}

/* Why nothing can be saved any more, come what may; or NULL. */
static const char *hopeless(const struct journal *j)
{
	if (j->slot.number == 0)
		return "there is no journal";
	if (j->waiting.failed)
		return "out of memory";
	if (j->file.length + j->waiting.length > JOURNAL_BYTES_MAX)
		return "the journal is full";
	return NULL;
}

static bool flush(struct journal *j, struct text *notes, struct text *why)
{
	if (hopeless(j)) {
		text_add(why, hopeless(j));
		return false;
	}
	if (!open_file(j, notes, why) ||
	    !append_piece(&j->file, &j->waiting, j->durable, why))
		return false;
	text_clear(&j->waiting);
	return true;
}

/* Writes what waits, and says when saving stops or is taken up again. */
static void save(struct journal *j, struct text *notes)
{
	struct text why = { 0 };
	bool saved = flush(j, notes, &why);

	if (!saved && !j->warned)
		text_addf(notes, "this session is not being saved: %s\n",
			  text_string(&why));
	if (saved && j->warned)
		text_add(notes, "this session is being saved again\n");
	j->warned = !saved;
	text_free(&why);
}

static void add(struct journal *j, enum journal_kind kind, const char *text,
		size_t length)
{
	const struct journal_record record = { 0, kind, text, length };

	if (!hopeless(j))
		journal_encode(&j->chain, &record, &j->waiting);
}

void journal_resume(struct journal *j, bool durable, struct text *notes)
{
	assert(journal_unfinished(j));
	restore_newline(j);
	j->resumed = true;
	j->durable = durable;
	j->chain = j->slot.end;
	save(j, notes);
}

static void add_lines(struct journal *j, enum journal_kind kind,
		      const char *lines)
{
	while (*lines != '\0') {
		size_t length = strcspn(lines, "\n");

		add(j, kind, lines, length);
		lines += length;
		lines += *lines == '\n';
	}
}

void journal_start(struct journal *j, const struct journal_start *start,
		   struct text *notes)
{
	char seed[32];

	restore_newline(j);
	j->durable = start->durable;
	j->chain = journal_chain_start();
	(void)snprintf(seed, sizeof seed, "%" PRIu64, start->seed);
	add(j, JOURNAL_ENGINE, start->engine, strlen(start->engine));
	add(j, JOURNAL_SEED, seed, strlen(seed));
	add_lines(j, JOURNAL_SETUP, start->setup);
	save(j, notes);
}

void journal_add(struct journal *j, enum journal_kind kind, const char *text,
		 struct text *notes)
{
	add(j, kind, text, strlen(text));
	save(j, notes);
}

bool journal_saving(const struct journal *j)
{
	return !j->warned;
}

void journal_finish(struct journal *j, struct text *notes)
{
	journal_add(j, JOURNAL_QUIT, "", notes);
}

void journal_close(struct journal *j)
{
	if (!j)
		return;
	if (j->opened)
		append_close(&j->file);
	slot_leave(&j->slot);
	text_free(&j->waiting);
	am_free(j);
}
