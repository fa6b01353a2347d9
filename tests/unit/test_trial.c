/*
 * test_trial.c - lesson test finds what a lesson promises and does not keep
 */
#include "test.h"

#include <string.h>

#include "school.h"

#define TEST "lesson test small.lua --seeds=1..2"

static void a_good_lesson_passes_for_every_seed(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	expect_status("lesson test small.lua --seeds=5..8", AMM_OK);
	assert_string_equal(amm_text(amm), "seed 5: ok\nseed 6: ok\nseed 7: ok"
					   "\nseed 8: ok\n4 seeds, 0 faults\n");
	expect_says("lesson test small.lua --seeds=7", "1 seed, 0 faults\n");
	expect_says("lesson test small.lua", "seed 99: ok\n100 seeds");
}

static void the_session_that_asks_is_not_touched(void **state)
{
	struct world *before;

	(void)state;
	school(FORM_HUMAN);
	go_to_step(4);
	ask("@0 switch B");
	before = world_now();
	ask(TEST);
	assert_true(world_is(before));
	am_free(before);
	expect_says("@1 switch C", "solved");
}

/* One thing about the lesson is wrong; what the test must say of it. */
static void must_find(const char *what)
{
	char line[256];

	snprintf(line, sizeof line, "seed 1: %s", what);
	school(FORM_HUMAN);
	expect_status(TEST, AMM_NO);
	if (!strstr(amm_text(amm), line))
		fail_msg("says: %s", amm_text(amm));
	hush();
	school_lesson = small_lesson;
}

#define BAD(name, ...) \
	static struct lesson *name##_lesson(uint32_t seed) \
	{ \
		struct lesson *l = small_lesson(seed); \
		struct step *question = &l->step[2], *task = &l->step[3], \
			    *twist = &l->step[4]; \
\
		(void)question; \
		(void)task; \
		(void)twist; \
		__VA_ARGS__; \
		return l; \
	} \
	static void name(void **state) \
	{ \
		(void)state; \
		school_lesson = name##_lesson; \
		must_find(name##_says); \
	}

static const char a_task_solved_at_its_start_is_told_says[] =
	"step 4: solved before anything is done";
BAD(a_task_solved_at_its_start_is_told, task->fact[0].expr = "1 == 1")

static const char a_solution_that_does_not_solve_is_told_says[] =
	"step 4: not solved by its solution; missing: $A's mm is freed";
BAD(a_solution_that_does_not_solve_is_told, task->solution.count = 1)

static const char a_solution_with_a_bad_line_is_told_says[] =
	"step 4: the solution: this line fails: @0 switch nobody";
static const char *const bad_lines[] = { "@0 switch nobody" };
BAD(a_solution_with_a_bad_line_is_told, task->solution.line = bad_lines,
    task->solution.count = 1)

static const char an_alternative_that_does_not_solve_is_told_says[] =
	"step 4: not solved by an alternative";
BAD(an_alternative_that_does_not_solve_is_told, task->alt[0].count = 2)

static const char a_wrong_path_that_solves_is_told_says[] =
	"step 4: wrong path 1 solves it, at: @1 switch C";
BAD(a_wrong_path_that_solves_is_told, task->wrong[0] = task->solution)

static const char a_wrong_path_that_cannot_be_walked_is_told_says[] =
	"step 4: wrong path 1: this line fails: @0 switch nobody";
BAD(a_wrong_path_that_cannot_be_walked_is_told, task->wrong[0].line = bad_lines,
    task->wrong[0].count = 1)

static const char a_question_whose_command_fails_is_told_says[] =
	"step 3: its command fails: @0 nonsense";
BAD(a_question_whose_command_fails_is_told, question->run = "@0 nonsense",
    l->steps = 3)

static const char a_question_without_an_answer_is_told_says[] =
	"step 3: it cannot be asked: NULL has no field mm_count";
BAD(a_question_without_an_answer_is_told,
    question->expr = "task('A')->mm->mm_count")

static const char an_answer_that_is_not_as_promised_is_told_says[] =
	"step 5: the answer is not 1, as it says";
BAD(an_answer_that_is_not_as_promised_is_told, twist->expect = "1")

static const char a_misconception_that_is_right_is_told_says[] =
	"step 3: misconception 2 is the right answer";
BAD(a_misconception_that_is_right_is_told, question->misconception[0].got = "2")

static const char a_setup_that_fails_is_told_says[] =
	"a line of lesson small fails: ";
static const char *const bad_setup[] = { "spawn $A", "spawn" };
BAD(a_setup_that_fails_is_told, l->setup.line = bad_setup, l->setup.count = 2)

static const char a_lesson_that_does_not_go_on_is_told_says[] =
	"step 2: played as it says, it does not go on";
BAD(a_lesson_that_does_not_go_on_is_told, lesson_line(l, &l->deny, "ps"))

static struct lesson *loads_for_one_seed(uint32_t seed)
{
	struct lesson *l = small_lesson(seed);

	l->cpus = seed == 1 ? 2 : 0;
	return l;
}

static void a_seed_with_which_it_does_not_load_is_an_error(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	school_lesson = loads_for_one_seed;
	expect_says(TEST, "error[E703]");
	assert_int_equal(status, AMM_FILE);
	school_lesson = small_lesson;
}

static void seeds_are_two_numbers(void **state)
{
	static const char *const wrong[] = {
		"x", "1..", "2..1", "1-2", "..", "0..99999", "1..2x", "-1..2"
	};
	char line[64];

	(void)state;
	school(FORM_HUMAN);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		snprintf(line, sizeof line, "lesson test small.lua --seeds=%s",
			 wrong[i]);
		expect_says(line, "E107");
	}
	expect_says("lesson test", "E104");
	expect_says("lesson lint", "E104");
	expect_says("lesson test none", "E702");
}

static void in_json_it_is_one_object(void **state)
{
	(void)state;
	school(FORM_JSON);
	expect_says(TEST, "\"seeds\":[{\"seed\":1,\"faults\":[]},{\"seed\":2,"
			  "\"faults\":[]}],\"count\":2,\"total\":0");
	assert_int_equal(json_objects(amm_text(amm)), 1);
	school_lesson = a_misconception_that_is_right_is_told_lesson;
	expect_says(TEST, "\"faults\":[\"step 3: misconception 2 is the right "
			  "answer\"]");
	assert_int_equal(json_objects(amm_text(amm)), 1);
	assert_int_equal(json_objects(ask("lesson lint small.lua")), 1);
	school_lesson = small_lesson;
}

static void it_says_the_same_each_time(void **state)
{
	struct text first = { 0 };

	(void)state;
	school(FORM_HUMAN);
	school_lesson = an_answer_that_is_not_as_promised_is_told_lesson;
	text_add(&first, ask(TEST));
	text_add(&first, ask("lesson lint small.lua"));
	hush();
	school(FORM_HUMAN);
	ask("spawn own; boot --cpus=4");
	assert_non_null(strstr(text_string(&first), ask(TEST)));
	assert_non_null(
		strstr(text_string(&first), ask("lesson lint small.lua")));
	text_free(&first);
	school_lesson = small_lesson;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(a_good_lesson_passes_for_every_seed),
		TALK_TEST(the_session_that_asks_is_not_touched),
		TALK_TEST(a_task_solved_at_its_start_is_told),
		TALK_TEST(a_solution_that_does_not_solve_is_told),
		TALK_TEST(a_solution_with_a_bad_line_is_told),
		TALK_TEST(an_alternative_that_does_not_solve_is_told),
		TALK_TEST(a_wrong_path_that_solves_is_told),
		TALK_TEST(a_wrong_path_that_cannot_be_walked_is_told),
		TALK_TEST(a_question_whose_command_fails_is_told),
		TALK_TEST(a_question_without_an_answer_is_told),
		TALK_TEST(an_answer_that_is_not_as_promised_is_told),
		TALK_TEST(a_misconception_that_is_right_is_told),
		TALK_TEST(a_setup_that_fails_is_told),
		TALK_TEST(a_lesson_that_does_not_go_on_is_told),
		TALK_TEST(a_seed_with_which_it_does_not_load_is_an_error),
		TALK_TEST(seeds_are_two_numbers),
		TALK_TEST(in_json_it_is_one_object),
		TALK_TEST(it_says_the_same_each_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
