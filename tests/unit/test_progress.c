/*
 * test_progress.c - what is done is kept, whatever happens to program and file
 */
#include "test.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "course/progress.h"
#include "school.h"

#define FILE_NAME "activemm/progress.json"

static struct text contents;

static const char *kept(const char *name)
{
	static char bytes[65536];
	long n = scratch_get(name, bytes, sizeof bytes - 1);

	bytes[n < 0 ? 0 : n] = '\0';
	return bytes;
}

/* The session is over, as by quit. */
static void again(void)
{
	if (amm)
		hush();
	school(FORM_HUMAN);
}

/* Steps one and two done; all in a process that is killed without notice. */
static void learn_and_die(void (*learn)(void))
{
	pid_t child = fork();
	int how;

	assert_true(child >= 0);
	if (child == 0) {
		school_with(&(struct amm_config){ .journal = true });
		learn();
		raise(SIGKILL);
	}
	assert_int_equal(waitpid(child, &how, 0), child);
	assert_true(WIFSIGNALED(how) && WTERMSIG(how) == SIGKILL);
}

/* --- resumed ---------------------------------------------------------------- */

static unsigned died_at;

static void go_to_its_step(void)
{
	go_to_step(died_at);
}

static void whoever_is_killed_comes_back_to_the_very_step(void **state)
{
	(void)state;
	for (died_at = 1; died_at < 6; died_at++) {
		char step[32];

		scratch_remove("activemm");
		learn_and_die(go_to_its_step);
		school(FORM_HUMAN);
		snprintf(step, sizeof step, "step %u of 6", died_at);
		expect_says("lesson small.lua", step);
		assert_int_equal(amm->course->step + 1, died_at);
		hush();
	}
}

static void use_two_hints(void)
{
	go_to_step(3);
	ask("predict 1 -- it is gone");
	ask("check");
	ask("hint; hint; @0 idle");
	ask("check");
}

static void score_hints_and_machine_come_back_too(void **state)
{
	struct marks *m;

	(void)state;
	learn_and_die(use_two_hints);
	school(FORM_HUMAN);
	expect_says("lesson small.lua", "You left it here");
	m = amm->course->mark;
	assert_string_equal(m[2].said, "1");
	assert_string_equal(m[2].was, "2");
	assert_string_equal(m[2].reason, "it is gone");
	assert_int_equal(m[3].hints, 2);
	assert_int_equal(m[3].checks, 2);
	expect_true("current(0) == swapper/0 && count('event') == 1");
	expect_says("@0 switch B; @1 switch C", "solved");
}

static void a_killed_session_can_also_be_resumed_as_a_whole(void **state)
{
	(void)state;
	learn_and_die(use_two_hints);
	school_with(&(struct amm_config){ .journal = true });
	assert_non_null(amm_unfinished(amm));
	assert_int_equal(amm_resume(amm), AMM_OK);
	assert_int_equal(amm->course->step, 3);
	assert_int_equal(amm->course->mark[3].hints, 2);
	expect_true("current(0) == swapper/0");
	expect_says("@0 switch B; @1 switch C", "step 5 of 6");
}

static void the_seed_comes_back(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	ask("lesson small.lua --seed=7; lesson next");
	again();
	ask("lesson small.lua");
	expect_true("current(0)->name == \"cc\"");
}

static void a_lesson_that_is_done_starts_anew(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(6);
	again();
	expect_says("progress", "small: done, step 6 of 6, 10 of 10 points, "
				"0 hints\n1 of 1 done.");
	expect_says("lesson small.lua", "step 1 of 6");
	expect_says("progress", "0 of 1 done");
}

static struct lesson *newer_lesson(uint32_t seed)
{
	struct lesson *l = small_lesson(seed);

	l->version = 2;
	return l;
}

static void a_lesson_that_changed_starts_over_and_says_so(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(4);
	school_lesson = newer_lesson;
	again();
	expect_says("lesson small.lua", "It has changed since");
	assert_int_equal(amm->course->step, 0);
	school_lesson = small_lesson;
}

static struct lesson *other_lesson(uint32_t seed)
{
	struct lesson *l = small_lesson(seed);

	l->id = "other";
	return l;
}

static void lessons_do_not_disturb_each_other(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(3);
	school_lesson = other_lesson;
	ask("lesson small.lua");
	ask("lesson next");
	school_lesson = small_lesson;
	again();
	expect_says("progress", "other: open, step 2");
	expect_says("progress", "small: open, step 3");
	expect_says("lesson small.lua", "step 3 of 6");
}

/* --- the file ----------------------------------------------------------------- */

static void the_last_three_are_kept(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(5);
	assert_non_null(strstr(kept(FILE_NAME), "\"step\":5"));
	assert_non_null(strstr(kept(FILE_NAME ".1"), "\"step\":4"));
	assert_non_null(strstr(kept(FILE_NAME ".2"), "\"step\":3"));
	assert_non_null(strstr(kept(FILE_NAME ".3"), "\"step\":2"));
	assert_false(scratch_has(FILE_NAME ".4"));
	assert_int_equal(scratch_mode(FILE_NAME), 0600);
}

static void a_damaged_file_is_put_aside_and_said(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(4);
	hush();
	scratch_put(FILE_NAME, "{\"format\":1,\"less", 17);
	school(FORM_HUMAN);
	expect_says("lesson small.lua", "is not what activemm wrote");
	assert_non_null(
		strstr(amm_text(amm), "it is kept as progress.json.damaged-1"));
	assert_non_null(strstr(amm_text(amm), "going on from progress.json.1"));
	scratch_expect(FILE_NAME ".damaged-1", "{\"format\":1,\"less");
	assert_int_equal(amm->course->step + 1, 3);
	ask("predict 2");
	assert_non_null(strstr(kept(FILE_NAME), "\"step\":4"));
	hush();
	scratch_put(FILE_NAME, "[]", 2);
	school(FORM_HUMAN);
	expect_says("lesson small.lua", "progress.json.damaged-2");
}

static void no_damage_does_harm(void **state)
{
	char whole[65536];
	long n;

	(void)state;
	school(FORM_HUMAN);
	go_to_step(3);
	hush();
	n = scratch_get(FILE_NAME, whole, sizeof whole);
	assert_true(n > 0);
	for (long cut = 0; cut < n; cut += 37) {
		scratch_remove("activemm");
		assert_int_equal(mkdir("activemm", 0700), 0);
		scratch_put(FILE_NAME, whole, (size_t)cut);
		school(FORM_HUMAN);
		expect_ok("lesson small.lua");
		assert_int_equal(amm->course->step, 0);
		hush();
	}
	for (long i = 0; i < n; i += 11) {
		char damaged[65536];

		memcpy(damaged, whole, (size_t)n);
		damaged[i] ^= 0x15;
		scratch_remove("activemm");
		assert_int_equal(mkdir("activemm", 0700), 0);
		scratch_put(FILE_NAME, damaged, (size_t)n);
		school(FORM_HUMAN);
		ask("lesson small.lua");
		ask("progress; lesson next");
		hush();
	}
}

/* Lines that lead out of the lesson, or nowhere, are no lines of ours. */
static void a_file_edited_by_hand_does_no_harm(void **state)
{
	static const char file[] =
		"{\"format\":1,\"lessons\":{\"small\":{\"version\":1,"
		"\"state\":\"open\",\"seed\":1,\"path\":[\"quit\","
		"\"! touch here\",\"ps > there\",\"save there\",5]}}}";

	(void)state;
	assert_int_equal(mkdir("activemm", 0700), 0);
	scratch_put(FILE_NAME, file, strlen(file));
	school(FORM_HUMAN);
	ask("lesson small.lua");
	expect_ok("ps");
	assert_false(amm_quits(amm));
	assert_false(scratch_has("here"));
	assert_false(scratch_has("there"));
}

static void a_second_program_says_that_it_does_not_keep(void **state)
{
	struct amm *first;

	(void)state;
	school(FORM_HUMAN);
	go_to_step(3);
	first = amm;
	school(FORM_HUMAN);
	expect_says("lesson small.lua", "note: progress is not kept: ");
	assert_int_equal(amm->course->step + 1, 3);
	ask("predict 2");
	assert_int_equal(amm->course->step + 1, 4);
	assert_non_null(strstr(kept(FILE_NAME), "\"step\":3"));
	hush();
	amm = first;
	ask("predict 1");
	assert_non_null(strstr(kept(FILE_NAME), "\"said\":\"1\""));
}

static void without_a_place_to_keep_it_a_lesson_goes_on(void **state)
{
	(void)state;
	scratch_put("activemm", "a file", 6);
	school(FORM_HUMAN);
	expect_says("lesson small.lua", "note: progress is not kept: ");
	ask("lesson next; ps; lesson next");
	expect_says("predict 2", "right");
	expect_says("progress", "No lesson was begun.");
}

static void trouble_with_writing_is_said_once(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(2);
	sys_fail_at(SYS_WRITE, 1, true, ENOSPC);
	ask("ps");
	expect_says("lesson next", "note: cannot save");
	expect_not("predict 2", "cannot save");
	sys_fail_at(0, 0, false, 0);
	assert_non_null(strstr(kept(FILE_NAME), "\"step\":2"));
}

/* Every write fails once: the old file or the new one is there, whole. */
static void a_failing_disk_leaves_a_whole_file(void **state)
{
	(void)state;
	for (uint64_t nth = 1;; nth++) {
		struct json j;
		uint64_t calls;

		scratch_remove("activemm");
		school(FORM_HUMAN);
		go_to_step(3);
		sys_fail_at(SYS_ANY, nth, true, EIO);
		ask("predict 2");
		calls = sys_calls();
		sys_fail_at(0, 0, false, 0);
		hush();
		text_clear(&contents);
		text_add(&contents, kept(FILE_NAME));
		assert_true(
			json_read(text_string(&contents), contents.length, &j));
		text_free(&contents);
		school(FORM_HUMAN);
		ask("lesson small.lua");
		assert_in_range(amm->course->step + 1, 3, 4);
		hush();
		if (calls < nth)
			return;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(whoever_is_killed_comes_back_to_the_very_step),
		TALK_TEST(score_hints_and_machine_come_back_too),
		TALK_TEST(a_killed_session_can_also_be_resumed_as_a_whole),
		TALK_TEST(the_seed_comes_back),
		TALK_TEST(a_lesson_that_is_done_starts_anew),
		TALK_TEST(a_lesson_that_changed_starts_over_and_says_so),
		TALK_TEST(lessons_do_not_disturb_each_other),
		TALK_TEST(the_last_three_are_kept),
		TALK_TEST(a_damaged_file_is_put_aside_and_said),
		TALK_TEST(no_damage_does_harm),
		TALK_TEST(a_file_edited_by_hand_does_no_harm),
		TALK_TEST(a_second_program_says_that_it_does_not_keep),
		TALK_TEST(without_a_place_to_keep_it_a_lesson_goes_on),
		TALK_TEST(trouble_with_writing_is_said_once),
		TALK_TEST(a_failing_disk_leaves_a_whole_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
