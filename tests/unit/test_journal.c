/*
 * test_journal.c - whatever ends the program, the accepted commands are kept
 */
#include "test.h"

#include "journals.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

static char bytes[65536], copy[65536];

static void a_crashed_session_is_offered_whole(void **state)
{
	struct journal_record record;
	struct journal *j;

	(void)state;
	journals_crash(200);
	j = journal_open(&notes);
	assert_true(journal_unfinished(j));
	assert_true(journal_next(j, &record));
	assert_int_equal(record.kind, JOURNAL_ENGINE);
	assert_string_equal(record.text, "0.1.0");
	assert_true(journal_next(j, &record));
	assert_int_equal(record.kind, JOURNAL_SEED);
	assert_string_equal(record.text, "42");
	assert_true(journal_next(j, &record));
	assert_int_equal(record.kind, JOURNAL_SETUP);
	assert_string_equal(record.text, "set profile 6.12");
	assert_true(journal_next(j, &record));
	assert_string_equal(record.text, "set cpus 2");
	assert_int_equal(journals_read(j), 200);
	journal_close(j);
	assert_string_equal(text_string(&notes), "");
}

static void a_finished_session_is_not_offered(void **state)
{
	struct journal *j = journals_run(5);

	(void)state;
	journal_finish(j, &notes);
	journal_close(j);
	assert_int_equal(journals_offered(), 0);
	/* Nor is one in which nothing was done. */
	journals_crash(0);
	assert_int_equal(journals_offered(), 0);
	/* The next session takes the place: nothing is piled up. */
	journals_crash(1);
	assert_int_equal(scratch_count("activemm"), 2);
}

static void a_resumed_session_goes_on_where_it_was(void **state)
{
	struct journal *j;

	(void)state;
	journals_crash(3);
	j = journal_open(&notes);
	assert_int_equal(journals_read(j), 3);
	journal_resume(j, true, &notes);
	assert_false(journal_unfinished(j));
	journals_add(j, 4);
	journal_add(j, JOURNAL_HASH, "00ff", &notes);
	assert_true(journal_saving(j));
	journal_close(j);
	assert_int_equal(journals_offered(), 4);
	assert_string_equal(text_string(&notes), "");
}

/* Syncs that a command costs, the session being durable or not. */
static uint64_t syncs(bool durable)
{
	struct journal_start start = journals_start;
	struct journal *j = journal_open(&notes);
	uint64_t count;

	start.durable = durable;
	journal_start(j, &start, &notes);
	sys_fail_at(SYS_SYNC, 0, false, 0);
	journals_add(j, 1);
	count = sys_calls();
	journal_finish(j, &notes);
	journal_close(j);
	return count;
}

static void a_durable_session_is_forced_to_the_disk(void **state)
{
	(void)state;
	assert_int_equal(syncs(true), 1);
	assert_int_equal(syncs(false), 0);
}

static void a_session_that_is_declined_is_kept(void **state)
{
	long length;

	(void)state;
	journals_crash(3);
	length = scratch_get(JOURNAL, bytes, sizeof bytes);
	journals_crash(1);
	assert_true(journals_noted("journal-1 is kept as journal-1.kept-1"));
	assert_int_equal(
		scratch_get("activemm/journal-1.kept-1", copy, sizeof copy),
		length);
	assert_memory_equal(bytes, copy, (size_t)length);
	assert_int_equal(journals_offered(), 1);
}

/* --- Damage ------------------------------------------------------------- */

/* The commands whose records are whole within the first @length bytes. */
static unsigned whole_commands(const char *journal, size_t length)
{
	unsigned lines = 0;

	for (size_t i = 0; i < length; i++)
		lines += journal[i] == '\n';
	/* The magic, engine, seed and two lines of setup come first. */
	return lines > 5 ? lines - 5 : 0;
}

/*
 * Opens a damaged journal whose first @good commands must be offered, goes on
 * with it, and checks that the damage is kept and gone.
 */
static void expect_recovery(const char *damaged, size_t length, unsigned good)
{
	struct journal *j;

	scratch_put(JOURNAL, damaged, length);
	text_clear(&notes);
	j = journal_open(&notes);
	assert_int_equal(journal_unfinished(j), good > 0);
	assert_int_equal(journals_read(j), good);
	if (good > 0)
		journal_resume(j, false, &notes);
	else
		journal_start(j, &journals_start, &notes);
	assert_true(journal_saving(j));
	journals_add(j, good + 1);
	journal_close(j);
	assert_int_equal(journals_offered(), good + 1);
}

static void expect_damage_kept(const char *damaged, size_t length)
{
	assert_int_equal(
		scratch_get("activemm/journal-1.damaged-1", copy, sizeof copy),
		length);
	assert_memory_equal(copy, damaged, length);
	assert_true(journals_noted("journal-1 is damaged after record "));
	assert_true(journals_noted("is kept as journal-1.damaged-1"));
	assert_int_equal(unlink("activemm/journal-1.damaged-1"), 0);
}

static void a_journal_cut_at_any_byte_gives_its_whole_records(void **state)
{
	long length;

	(void)state;
	journals_crash(200);
	length = scratch_get(JOURNAL, bytes, sizeof bytes);
	for (size_t cut = 0; cut < (size_t)length; cut++) {
		unsigned good = whole_commands(bytes, cut);
		bool whole = cut == 0 || bytes[cut - 1] == '\n';

		expect_recovery(bytes, cut, good);
		if (!whole)
			expect_damage_kept(bytes, cut);
		else if (good > 0)
			assert_int_equal(scratch_count("activemm"), 2);
	}
}

static void a_flipped_bit_never_changes_a_command(void **state)
{
	char *at = bytes;
	long length;

	(void)state;
	journals_crash(40);
	length = scratch_get(JOURNAL, bytes, sizeof bytes);
	for (int line = 0; line < 20; line++)
		at = memchr(at, '\n', 1000) + 1;
	for (int bit = 0; bit < 20 * 8; bit++, at += bit % 8 == 0) {
		unsigned good = whole_commands(bytes, (size_t)(at - bytes));

		*at ^= (char)(1 << bit % 8);
		expect_recovery(bytes, (size_t)length, good);
		expect_damage_kept(bytes, (size_t)length);
		*at ^= (char)(1 << bit % 8);
	}
}

static void garbage_behind_the_records_is_moved_aside(void **state)
{
	static const char garbage[] = "garbage\n\n1 2 3\n";
	long length;

	(void)state;
	journals_crash(3);
	length = scratch_get(JOURNAL, bytes, sizeof bytes);
	if (length < 0)
		fail();
	/* Words, NULs, and the whole journal a second time. */
	memcpy(bytes + length, garbage, sizeof garbage);
	expect_recovery(bytes, (size_t)length + sizeof garbage, 3);
	expect_damage_kept(bytes, (size_t)length + sizeof garbage);
	memset(bytes + length, 0, 5000);
	expect_recovery(bytes, (size_t)length + 5000, 3);
	expect_damage_kept(bytes, (size_t)length + 5000);
	memcpy(bytes + length, bytes, (size_t)length);
	expect_recovery(bytes, (size_t)length * 2, 3);
	expect_damage_kept(bytes, (size_t)length * 2);
}

static void what_is_no_journal_is_moved_aside(void **state)
{
	(void)state;
	journals_crash(1);
	memset(bytes, 0, 300);
	strcpy(bytes, "some other file\n");
	expect_recovery(bytes, 300, 0);
	expect_damage_kept(bytes, 300);
}

static void damage_that_cannot_be_kept_is_not_cut_off(void **state)
{
	struct journal *j;
	long length;

	(void)state;
	journals_crash(3);
	length = scratch_get(JOURNAL, bytes, sizeof bytes);
	scratch_put(JOURNAL, bytes, (size_t)length - 1);
	j = journal_open(&notes);
	sys_fail_at(SYS_WRITE, 1, true, ENOSPC);
	journal_resume(j, true, &notes);
	journals_add(j, 3);
	assert_false(journal_saving(j));
	assert_true(journals_noted("not being saved"));
	assert_int_equal(scratch_get(JOURNAL, copy, sizeof copy), length - 1);
	/* There is space again: all that was done is saved. */
	sys_fail_at(0, 0, false, 0);
	journals_add(j, 4);
	assert_true(journal_saving(j));
	assert_true(journals_noted("is being saved again"));
	journal_close(j);
	assert_int_equal(journals_offered(), 4);
}

/* --- Full and broken disks ---------------------------------------------- */

static void a_full_disk_stops_nothing_and_space_heals(void **state)
{
	struct journal *j = journals_run(2);

	(void)state;
	sys_fail_at(SYS_WRITE, 1, true, ENOSPC);
	for (unsigned i = 3; i <= 1000; i++)
		journals_add(j, i);
	assert_false(journal_saving(j));
	assert_string_equal(text_string(&notes),
			    "this session is not being saved: No space left "
			    "on device\n");
	sys_fail_at(0, 0, false, 0);
	journals_add(j, 1001);
	assert_true(journal_saving(j));
	journal_close(j);
	assert_int_equal(journals_offered(), 1001);
}

static void a_size_limit_of_the_system_is_a_full_disk(void **state)
{
	struct rlimit before, small;
	struct journal *j = journals_run(1);

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = 300;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	for (unsigned i = 2; i <= 100; i++)
		journals_add(j, i);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_false(journal_saving(j));
	/* The file ends with a whole record, though the limit cut one. */
	assert_true(scratch_get(JOURNAL, bytes, sizeof bytes) <= 300);
	assert_true(scratch_get(JOURNAL, bytes, sizeof bytes) > 200);
	assert_int_equal(bytes[scratch_get(JOURNAL, bytes, sizeof bytes) - 1],
			 '\n');
	journal_finish(j, &notes);
	assert_true(journal_saving(j));
	journal_close(j);
}

static void a_full_journal_stops_nothing(void **state)
{
	static char line[1 << 20];
	struct journal *j = journals_run(1);

	(void)state;
	memset(line, '#', sizeof line - 1);
	for (int i = 0; i < 64; i++)
		journal_add(j, JOURNAL_COMMAND, line, &notes);
	assert_false(journal_saving(j));
	journals_add(j, 66);
	assert_false(journal_saving(j));
	assert_string_equal(text_string(&notes),
			    "this session is not being saved: the journal is "
			    "full\n");
	journal_close(j);
	/* What is in it can still be read. */
	j = journal_open(&notes);
	assert_true(journal_unfinished(j));
	journal_close(j);
}

/* A session of three commands that quits; what it did must be in the file,
 * unless the user was told. */
static bool run_and_quit(void)
{
	struct journal *j = journal_open(&notes);
	unsigned saved = 0;
	bool all;

	if (!j) {
		journal_close(j);
		return false;
	}
	journal_start(j, &journals_start, &notes);
	for (unsigned i = 1; i <= 3; i++) {
		journals_add(j, i);
		if (journal_saving(j))
			saved = i;
	}
	journal_close(j);
	all = saved == 3;
	mem_fail_at(0, false);
	sys_fail_at(0, 0, false, 0);
	assert_true(all || notes.failed || journals_noted("not being saved"));
	assert_true(journals_offered() >= saved);
	return all;
}

static void forget(void)
{
	text_free(&notes);
	scratch_remove("activemm");
}

static void any_allocation_may_fail(void **state)
{
	uint64_t calls;

	(void)state;
	mem_fail_at(0, false);
	journals_crash(3);
	calls = mem_stats().calls;
	assert_true(calls > 5);
	for (uint64_t nth = 1; nth <= calls; nth++) {
		for (int onward = 0; onward < 2; onward++) {
			forget();
			mem_fail_at(nth, onward);
			run_and_quit();
			forget();
			assert_int_equal(mem_stats().live_blocks, 0);
		}
	}
}

/* How many system calls run_and_quit() makes. */
static uint64_t count_calls(void)
{
	forget();
	sys_fail_at(SYS_ANY, 0, false, 0);
	journals_crash(3);
	return sys_calls();
}

static void any_system_call_may_fail_with_any_error(void **state)
{
	static const int errors[] = { EIO,    ENOSPC, EDQUOT,   EROFS,
				      EACCES, EINTR,  SYS_SHORT };
	uint64_t calls = count_calls();

	(void)state;
	for (size_t e = 0; e < sizeof errors / sizeof *errors; e++) {
		for (uint64_t nth = 1; nth <= calls; nth++) {
			forget();
			sys_fail_at(SYS_ANY, nth, false, errors[e]);
			run_and_quit();
		}
	}
}

static void all_system_calls_may_fail_from_any_on(void **state)
{
	uint64_t calls = count_calls();

	(void)state;
	for (uint64_t nth = 1; nth <= calls; nth++) {
		forget();
		sys_fail_at(SYS_ANY, nth, true, EROFS);
		run_and_quit();
	}
}

/* --- kill -9 ------------------------------------------------------------- */

/* A child that acknowledges each command once the journal has it. */
static void type_commands(int acknowledge)
{
	struct journal *j = journals_run(0);

	for (unsigned i = 1;; i++) {
		journals_add(j, i);
		if (write(acknowledge, &i, sizeof i) != sizeof i)
			_exit(1);
	}
}

/* Kills the child after @count acknowledged commands; returns how many it
 * acknowledged until it was dead. */
static unsigned kill_after(unsigned count)
{
	unsigned last = 0, next;
	int ends[2];
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (child == 0)
		type_commands(ends[1]);
	close(ends[1]);
	while (last < count && read(ends[0], &next, sizeof next) > 0)
		last = next;
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	while (read(ends[0], &next, sizeof next) == sizeof next)
		last = next;
	close(ends[0]);
	return last;
}

static void a_kill_loses_at_most_the_command_in_flight(void **state)
{
	(void)state;
	for (unsigned count = 1; count <= 60; count++) {
		unsigned acknowledged, offered;

		forget();
		acknowledged = kill_after(count);
		offered = journals_offered();
		assert_true(acknowledged >= count);
		assert_true(offered == acknowledged ||
			    offered == acknowledged + 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(a_crashed_session_is_offered_whole),
		JOURNAL_TEST(a_finished_session_is_not_offered),
		JOURNAL_TEST(a_resumed_session_goes_on_where_it_was),
		JOURNAL_TEST(a_durable_session_is_forced_to_the_disk),
		JOURNAL_TEST(a_session_that_is_declined_is_kept),
		JOURNAL_TEST(a_journal_cut_at_any_byte_gives_its_whole_records),
		JOURNAL_TEST(a_flipped_bit_never_changes_a_command),
		JOURNAL_TEST(garbage_behind_the_records_is_moved_aside),
		JOURNAL_TEST(what_is_no_journal_is_moved_aside),
		JOURNAL_TEST(damage_that_cannot_be_kept_is_not_cut_off),
		JOURNAL_TEST(a_full_disk_stops_nothing_and_space_heals),
		JOURNAL_TEST(a_size_limit_of_the_system_is_a_full_disk),
		JOURNAL_TEST(a_full_journal_stops_nothing),
		JOURNAL_TEST(any_allocation_may_fail),
		JOURNAL_TEST(any_system_call_may_fail_with_any_error),
		JOURNAL_TEST(all_system_calls_may_fail_from_any_on),
		JOURNAL_TEST(a_kill_loses_at_most_the_command_in_flight),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
