/*
 * test_journal_slot.c - one writer a journal, and no trap is stepped into
 */
#include "test.h"

#include "journals.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

static void a_second_instance_has_a_journal_of_its_own(void **state)
{
	struct journal *first = journals_run(1), *second;
	char holder[64];

	(void)state;
	assert_string_equal(text_string(&notes), "");
	second = journals_run(2);
	snprintf(holder, sizeof holder, "in use by process %ld\n",
		 (long)getpid());
	assert_true(journals_noted(holder));
	assert_true(journals_noted("has its own journal: journal-2"));
	assert_true(journal_saving(second));
	journal_close(first);
	journal_close(second);
	/* After a crash of both, each is offered in turn. */
	first = journal_open(&notes);
	second = journal_open(&notes);
	assert_int_equal(journals_read(first), 1);
	assert_int_equal(journals_read(second), 2);
	journal_close(first);
	journal_close(second);
}

/* Starts @count instances at once; each tells one byte when it is ready. */
static void start_many(pid_t *pids, int count)
{
	int ends[2];
	char byte;

	assert_int_equal(pipe(ends), 0);
	for (int i = 0; i < count; i++) {
		pids[i] = fork();
		if (pids[i] == 0) {
			struct journal *j = journals_run(1);

			if (!journal_saving(j) || write(ends[1], "x", 1) != 1)
				_exit(1);
			pause();
		}
	}
	close(ends[1]);
	for (int i = 0; i < count; i++)
		assert_int_equal(read(ends[0], &byte, 1), 1);
	close(ends[0]);
}

static void twenty_instances_have_twenty_journals(void **state)
{
	char name[64];
	pid_t pids[20];

	(void)state;
	start_many(pids, 20);
	for (int i = 0; i < 20; i++) {
		kill(pids[i], SIGKILL);
		waitpid(pids[i], NULL, 0);
	}
	/* Exactly one journal each, and no lock is in the way afterwards. */
	assert_int_equal(scratch_count("activemm"), 2 * 20);
	for (int i = 1; i <= 20; i++) {
		snprintf(name, sizeof name, "activemm/journal-%d", i);
		assert_true(scratch_has(name));
	}
	assert_int_equal(journals_offered(), 1);
}

static void without_locks_nothing_is_written(void **state)
{
	struct journal *j;

	(void)state;
	journals_crash(2);
	sys_fail_at(SYS_LOCK, 1, true, ENOLCK);
	j = journals_run(5);
	assert_false(journal_unfinished(j));
	assert_false(journal_saving(j));
	assert_true(journals_noted("No locks available"));
	assert_true(journals_noted("this session is not being saved"));
	journal_finish(j, &notes);
	journal_close(j);
	sys_fail_at(0, 0, false, 0);
	assert_int_equal(journals_offered(), 2);
}

static void a_session_works_without_a_directory(void **state)
{
	static const char *const homes[] = { NULL, "relative", "/dev/null" };

	(void)state;
	unsetenv("XDG_STATE_HOME");
	for (size_t i = 0; i < sizeof homes / sizeof *homes; i++) {
		struct journal *j;

		text_clear(&notes);
		if (homes[i])
			setenv("HOME", homes[i], 1);
		else
			unsetenv("HOME");
		j = journals_run(10);
		assert_false(journal_unfinished(j));
		assert_false(journal_saving(j));
		assert_true(journals_noted("this session is not being saved"));
		journal_finish(j, &notes);
		journal_close(j);
	}
}

static void all_is_private_whatever_the_umask(void **state)
{
	static const mode_t masks[] = { 0, 0077, 0777 };

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		scratch_remove("activemm");
		umask(masks[i]);
		journals_crash(1);
		/* Declined, so a copy is kept. */
		journals_crash(1);
		umask(0022);
		assert_int_equal(scratch_mode("activemm"), 0700);
		assert_int_equal(scratch_mode(JOURNAL), 0600);
		assert_int_equal(scratch_mode("activemm/journal-1.lock"), 0600);
		assert_int_equal(scratch_mode("activemm/journal-1.kept-1"),
				 0600);
	}
}

/* Runs a session with @trap in place of journal-1 or its lock. */
static void expect_passed_over(const char *trap)
{
	text_clear(&notes);
	journals_crash(1);
	assert_true(journals_noted("journal-2"));
	scratch_expect("victim", "precious");
	assert_true(scratch_has(trap));
	scratch_remove("activemm");
	assert_int_equal(mkdir("activemm", 0700), 0);
}

static void traps_in_place_of_a_file_are_passed_over(void **state)
{
	static const char *const names[] = { JOURNAL,
					     "activemm/journal-1.lock" };

	(void)state;
	assert_int_equal(mkdir("activemm", 0700), 0);
	scratch_put("victim", "precious", 8);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(symlink("../victim", names[i]), 0);
		expect_passed_over(names[i]);
		assert_int_equal(symlink("../nowhere", names[i]), 0);
		expect_passed_over(names[i]);
		assert_false(scratch_has("nowhere"));
		assert_int_equal(link("victim", names[i]), 0);
		expect_passed_over(names[i]);
		assert_int_equal(mkfifo(names[i], 0600), 0);
		expect_passed_over(names[i]);
		assert_int_equal(mkdir(names[i], 0700), 0);
		expect_passed_over(names[i]);
		scratch_put(names[i], "x", 1);
		assert_int_equal(chmod(names[i], 0666), 0);
		expect_passed_over(names[i]);
	}
}

static void a_journal_of_another_version_is_left_alone(void **state)
{
	static const char later[] = "activemm journal 2\nwho knows\n";

	(void)state;
	assert_int_equal(mkdir("activemm", 0700), 0);
	scratch_put(JOURNAL, later, sizeof later - 1);
	journals_crash(1);
	assert_true(journals_noted("another version of activemm wrote it"));
	scratch_expect(JOURNAL, later);
	assert_true(scratch_has("activemm/journal-2"));
}

/* Swaps journal-1 for links to the victim and back, until killed. */
static pid_t start_swapper(void)
{
	pid_t child = fork();

	while (child == 0) {
		(void)!symlink("../victim", "activemm/swap");
		rename("activemm/swap", JOURNAL);
		(void)!link("victim", "activemm/swap");
		rename("activemm/swap", JOURNAL);
		unlink(JOURNAL);
		(void)!symlink("../nowhere", JOURNAL);
		unlink(JOURNAL);
	}
	return child;
}

static void swapping_names_leads_nowhere_else(void **state)
{
	pid_t swapper;

	(void)state;
	assert_int_equal(mkdir("activemm", 0700), 0);
	scratch_put("victim", "precious", 8);
	swapper = start_swapper();
	for (int i = 0; i < 300; i++) {
		struct journal *j = journals_run(1);

		journal_finish(j, &notes);
		journal_close(j);
		text_clear(&notes);
	}
	kill(swapper, SIGKILL);
	waitpid(swapper, NULL, 0);
	scratch_expect("victim", "precious");
	assert_false(scratch_has("nowhere"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(a_second_instance_has_a_journal_of_its_own),
		JOURNAL_TEST(twenty_instances_have_twenty_journals),
		JOURNAL_TEST(without_locks_nothing_is_written),
		JOURNAL_TEST(a_session_works_without_a_directory),
		JOURNAL_TEST(all_is_private_whatever_the_umask),
		JOURNAL_TEST(traps_in_place_of_a_file_are_passed_over),
		JOURNAL_TEST(a_journal_of_another_version_is_left_alone),
		JOURNAL_TEST(swapping_names_leads_nowhere_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
