/*
 * journals.h - journals for tests: sessions of numbered commands
 *
 * Command N of a session is "command N", so what is read back can be checked
 * without keeping it.
 */
#ifndef UNIT_JOURNALS_H
#define UNIT_JOURNALS_H

#include "scratch.h"
#include "session/journal.h"

#define JOURNAL "activemm/journal-1"

/* What the journal tells the user. */
static struct text notes;

static const struct journal_start journals_start = {
	.engine = "0.1.0",
	.seed = 42,
	.setup = "set profile 6.12\nset cpus 2\n",
};

static inline int journals_setup(void **state)
{
	return scratch_setup(state);
}

static inline int journals_teardown(void **state)
{
	mem_fail_at(0, false);
	text_free(&notes);
	return scratch_teardown(state);
}

static inline void journals_add(struct journal *j, unsigned number)
{
	char line[32];

	snprintf(line, sizeof line, "command %u", number);
	journal_add(j, JOURNAL_COMMAND, line, &notes);
}

/* Begins a session and runs @count commands in it. */
static inline struct journal *journals_run(unsigned count)
{
	struct journal *j = journal_open(&notes);

	assert_non_null(j);
	journal_start(j, &journals_start, &notes);
	for (unsigned i = 1; i <= count; i++)
		journals_add(j, i);
	return j;
}

/* As after kill -9: the locks go, nothing more is written. */
static inline void journals_crash(unsigned count)
{
	journal_close(journals_run(count));
}

/* Reads all that @j offers; returns the number of commands. */
static inline unsigned journals_read(struct journal *j)
{
	struct journal_record record;
	unsigned commands = 0;
	char line[32];

	while (journal_next(j, &record)) {
		assert_int_equal(strlen(record.text), record.length);
		if (record.kind != JOURNAL_COMMAND)
			continue;
		snprintf(line, sizeof line, "command %u", ++commands);
		assert_string_equal(record.text, line);
	}
	return commands;
}

/* What the next start would offer. */
static inline unsigned journals_offered(void)
{
	struct journal *j = journal_open(&notes);
	unsigned commands;

	assert_non_null(j);
	commands = journal_unfinished(j) ? journals_read(j) : 0;
	journal_close(j);
	return commands;
}

static inline bool journals_noted(const char *words)
{
	return strstr(text_string(&notes), words) != NULL;
}

#define JOURNAL_TEST(name) \
	cmocka_unit_test_setup_teardown(name, journals_setup, journals_teardown)

#endif
