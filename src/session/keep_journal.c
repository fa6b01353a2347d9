/*
 * keep_journal.c - the session's journal: opened, offered, resumed, finished
 */
#include <string.h>

#include "session/commands.h"
#include "session/conversation.h"
#include "session/do_files.h"
#include "session/journal.h"
#include "session/keep.h"

static void start(struct amm *a)
{
	struct text notes = { 0 };

	journal_start(a->journal,
		      &(struct journal_start){ .engine = ENGINE_VERSION,
					       .seed = a->seed,
					       .setup = "" },
		      &notes);
	text_add(&a->out, text_string(&notes));
	text_free(&notes);
}

void keep_open_journal(struct amm *a)
{
	struct text notes = { 0 };

	a->journal = journal_open(&notes);
	a->unfinished = a->journal && journal_unfinished(a->journal);
	text_add(&a->notes, text_string(&notes));
	text_free(&notes);
	if (a->journal && !a->unfinished)
		start(a);
}

void keep_close_journal(struct amm *a)
{
	if (a->journal)
		journal_close(a->journal);
	a->journal = NULL;
}

bool keep_saving(const struct amm *a)
{
	return !a->journal || a->unfinished || journal_saving(a->journal);
}

const char *session_unfinished(const struct amm *a)
{
	return a->unfinished ? "the last session was not ended by quit; "
			       "its commands are kept"
			     : NULL;
}

static void say_resumed(struct amm *a, uint64_t done, const struct text *notes)
{
	if (a->json)
		text_addf(&a->out,
			  "{\"schema\":\"activemm/1\",\"ok\":true,"
			  "\"resumed\":%llu}\n",
			  (unsigned long long)done);
	else
		text_addf(&a->out, "%s%llu command%s brought back\n",
			  text_string(notes), (unsigned long long)done,
			  done == 1 ? "" : "s");
}

/* The lines of the journal are typed again, without being journaled twice. */
void session_resume(struct amm *a)
{
	struct journal_record r;
	struct text notes = { 0 };
	uint64_t done = 0;

	text_clear(&a->out);
	a->outcome = OUTCOME_OK;
	a->replaying = true;
	while (journal_next(a->journal, &r)) {
		a->outcome = OUTCOME_OK;
		if (r.kind != JOURNAL_COMMAND)
			continue;
		session_line(a, r.text, strlen(r.text));
		text_clear(&a->out);
		done++;
	}
	a->outcome = OUTCOME_OK;
	a->replaying = false;
	a->unfinished = false;
	journal_resume(a->journal, false, &notes);
	say_resumed(a, done, &notes);
	text_free(&notes);
}

void session_discard(struct amm *a)
{
	a->unfinished = false;
	start(a);
}

void session_finish(struct amm *a)
{
	struct text notes = { 0 };

	text_clear(&a->out);
	if (a->journal && !a->unfinished)
		journal_finish(a->journal, &notes);
	text_add(&a->out, text_string(&notes));
	text_free(&notes);
}
