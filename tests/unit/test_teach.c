/*
 * test_teach.c - a lesson from its first step to its last, in all forms
 */
#include "test.h"

#include <string.h>

#include "school.h"

/* --- without a lesson ------------------------------------------------------ */

static void without_a_lesson_its_commands_say_so(void **state)
{
	static const char *const lines[] = {
		"lesson",       "lesson next", "lesson prev", "lesson restart",
		"lesson leave", "goal",        "check",       "hint",
		"skip",         "solution",
	};

	(void)state;
	school(FORM_HUMAN);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		expect_says(lines[i], "E701");
	expect_says("answer", "E706");
	expect_says("predict 1", "E104");
	expect_says("lesson none", "E702");
	expect_says("lesson ../x", "E702");
	expect_says("lesson other.lua", "it is not small");
	assert_int_equal(status, AMM_FILE);
	expect_says("lesson small.lua --seed=0", "E109");
}

/* --- reading and trying ------------------------------------------------------ */

static void a_lesson_begins_with_its_machine_and_says_so(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	expect_says("lesson small.lua", "small: A small one (3 minutes)");
	expect_says("lesson", "step 1 of 6: read");
	expect_says("lesson", "CPU 1 borrowed sh's mm. What now?");
	assert_string_equal(amm_prompt(amm), "(amm 0 | small 1/6) ");
	expect_true("mm1.mm_count == 2 && current(0) == sh");
}

static void a_seed_draws_other_names(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	expect_says("lesson small.lua --seed=7", "CPU 1 borrowed cc's mm");
	expect_true("current(0)->name == \"cc\"");
}

static void enter_goes_on_from_a_text(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	ask("lesson small.lua");
	expect_says("", "step 2 of 6: try");
	assert_string_equal(ask(""), "");
}

static void something_is_to_be_tried(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(2);
	expect_says("lesson next", "E705");
	expect_says("lesson", "  why sh.mm\n");
	ask("ps");
	expect_says("lesson next", "step 3 of 6: predict");
}

static void what_was_tried_is_taken_back(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(2);
	ask("@0 exit; @0 switch B");
	expect_says("lesson next", "back where this step began");
	expect_true("current(0) == sh && mm1.mm_users == 1");
}

/* --- questions ----------------------------------------------------------------- */

static void an_answer_is_locked_run_and_revealed(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(3);
	expect_says("predict 2", "locked: 2\nnow: @0 exit\ncpu0 sh exits\n");
	assert_non_null(strstr(amm_text(amm), "right: it is 2.\n"));
	assert_null(strstr(amm_text(amm), "Who is running"));
	assert_non_null(strstr(amm_text(amm), "kw borrows it, and sh itself"));
	assert_non_null(strstr(amm_text(amm), "step 4 of 6: task"));
	assert_int_equal(course_points(amm->course), 2);
}

static void a_wrong_answer_is_spoken_to(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(3);
	expect_says("predict 1 -- sh is gone", "you said 1, it is 2.\n"
					       "  1 for sh itself");
	assert_non_null(strstr(amm_text(amm),
			       "Who is running on CPU 0? Try 'ps -r'.\n"));
	assert_int_equal(course_points(amm->course), 0);
	assert_string_equal(amm->course->mark[2].reason, "sh is gone");
}

static void an_answer_of_the_wrong_kind_is_not_locked(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(3);
	expect_says("predict sh", "E123");
	expect_says("predict nobody", "E201");
	expect_true("mm1.mm_users == 1");
	expect_says("lesson next", "the question is open");
	expect_says("predict 2 ", "right");
}

static void an_answer_may_be_any_expression(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(3);
	expect_says("predict 1 + 1", "right: it is 2");
}

static void the_question_is_asked_where_it_was(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(3);
	ask("@1 switch C");
	expect_true("mm1.mm_count == 1");
	expect_says("predict 2", "right: it is 2");
}

static void the_sandbox_form_of_predict_stays(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(3);
	expect_says("predict mm1.mm_count 1", "locked: after the next");
	expect_says("@1 switch C", "prediction: right");
	expect_says("lesson", "step 3 of 6");
}

static void a_question_can_be_given_up(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(3);
	expect_says("answer", "it is 2.\n");
	assert_int_equal(amm->course->mark[2].state, STEP_SHOWN);
	expect_says("lesson prev", "step 3 of 6");
	expect_says("skip", "Skipped.");
	assert_int_equal(amm->course->mark[2].state, STEP_SKIPPED);
	expect_true("mm1.mm_users == 0 && current(0) == sh");
	assert_int_equal(course_points(amm->course), 0);
}

/* Nothing of the learner's stands in the way of the question's command. */
static void own_stops_and_settings_do_not_disturb_a_question(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(3);
	ask("break exit_mm; watch mm1.mm_users; set ipi manual");
	ask("invariant add all mm1.mm_users > 0; cpu 1");
	expect_says("predict 2", "right: it is 2");
	expect_says("info breakpoints", "exit_mm");
	expect_says("show ipi", "manual");
	expect_says("cpu", "cpu1 is selected");
}

/* --- tasks ---------------------------------------------------------------------- */

static void a_task_is_solved_by_what_is_true(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(4);
	expect_not("@0 switch B", "solved");
	expect_says("@1 switch C", "solved: all facts hold (6 points).");
	assert_non_null(strstr(amm_text(amm), "step 5 of 6: twist, predict"));
}

static void any_path_will_do(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(4);
	ask("@0 idle; @1 switch C; @0 switch swapper/0");
	ask("spawn x; @0 switch x");
	assert_int_equal(amm->course->step, 4);
	assert_int_equal(amm->course->mark[3].score, 5);
}

static void check_names_the_fact_and_not_the_fix(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(4);
	expect_status("check", AMM_NO);
	assert_string_equal(
		amm_text(amm),
		"  missing  sh's mm is freed (mm(1)->mm_count is 2)\n"
		"  holds    nothing went wrong\n"
		"  holds    in three commands, if you can\n"
		"goal: 1 of 2 facts hold. Missing: sh's mm is freed.\n");
	expect_says("check", "A hint is there");
	expect_not("check", "A hint is there");
}

static void goal_can_stay_in_view(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(4);
	expect_says("goal", "  missing  sh's mm is freed");
	expect_not("@0 idle", "missing");
	ask("goal show");
	expect_says("@1 idle", "  missing  sh's mm is freed");
	expect_not("ps", "missing");
	ask("goal hide");
	expect_not("undo", "missing");
}

static void a_looking_command_solves_nothing(void **state)
{
	struct world *before;

	(void)state;
	school(FORM_HUMAN);
	go_to_step(4);
	before = world_now();
	ask("check; hint");
	ask("goal; hint; lesson; progress; lesson list");
	assert_true(world_is(before));
	am_free(before);
}

static void undo_ends_where_the_step_began(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(4);
	ask("@0 switch B");
	expect_says("undo 5", "now t");
	expect_true("current(0) == sh && mm1.mm_users == 0");
	assert_string_equal(ask("undo"), "No more history.\n");
	ask("redo");
	expect_says("@1 switch C", "solved");
}

static void reset_goes_where_the_step_began(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(4);
	ask("@0 idle; @1 idle; spawn x; reset");
	expect_true("current(0) == sh && count('event') == 0");
	ask("undo");
	expect_true("current(1) == swapper/1 && count('event') == 3");
	ask("reset; @0 switch B; @1 switch C");
	assert_int_equal(amm->course->mark[3].score, 6);
}

static void the_past_before_a_step_is_for_looking(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(4);
	ask("goto @start; ps");
	expect_says("spawn x", "E708");
	expect_says("step", "E708");
	expect_says("reset", "now t");
	expect_ok("spawn x");
}

static void a_lesson_does_without_some_commands(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(1);
	expect_says("load x.amm", "E704");
	ask("lesson leave");
	expect_says("load x.amm", "E160");
}

/* --- hints ------------------------------------------------------------------------- */

static void hints_climb_and_fit_the_state(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(4);
	expect_says("hint", "hint 1 of 4: Look: 'why mm1'.");
	expect_says("hint", "hint 2 of 4: CPU 0 still runs sh.");
	expect_says("hint", "hint 3 of 4: Both run");
	expect_says("solution", "E707");
	expect_says("hint", "hint 4 of 4: '@0 switch B'");
	expect_says("hint", "That was the last hint");
	expect_says("solution", "This solves it:\n  @0 switch B\n");
	assert_non_null(strstr(amm_text(amm), "And so does this:\n  @0 idle"));
}

static void a_hint_fits_the_state_it_is_asked_in(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(4);
	ask("hint; @0 idle");
	expect_says("hint", "hint 2 of 4: A borrower keeps it.");
	/* the other one of this rung did not fit then, and does now */
	ask("undo");
	expect_says("hint", "hint 2 of 4: CPU 0 still runs sh.");
	expect_says("hint", "hint 3 of 4");
}

static void what_beat_a_hint_passes_it(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(4);
	ask("hint; hint; @0 idle");
	expect_says("hint", "hint 3 of 4");
}

static void all_hints_can_be_had_at_once(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(4);
	expect_says("hint --all", "hint 4 of 4: '@0 switch B'");
	assert_int_equal(amm->course->mark[3].hints, 4);
	expect_ok("solution");
}

static void only_tasks_have_hints(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(3);
	expect_says("hint", "E706");
	expect_says("check", "E706");
	expect_says("solution", "there was no task yet");
	ask("predict 2");
	expect_says("predict 2", "E104");
	expect_says("answer", "E706");
}

/* --- twist, recap, going about --------------------------------------------------- */

static void a_twist_is_another_machine(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(5);
	expect_says("info model", "6.12-shoot");
	expect_true("current(0) == sh && mm1.mm_users == 1");
	expect_says("predict 0", "right: it is 0.");
	assert_non_null(strstr(amm_text(amm), "step 6 of 6: recap"));
	assert_non_null(strstr(amm_text(amm), "Done: 10 of 10 points."));
	expect_says("info model", "kernel 6.12,");
}

static void steps_can_be_gone_back(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(5);
	expect_says("lesson prev", "step 4 of 6: task");
	expect_true("mm1.mm_count == 2 && mm1.mm_users == 0");
	expect_says("lesson prev", "step 3 of 6: predict");
	expect_says("predict 2", "right");
	expect_says("lesson restart", "step 1 of 6");
	assert_int_equal(course_points(amm->course), 0);
	expect_says("lesson prev", "This is the first step.");
}

static void a_task_can_be_skipped(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(4);
	expect_says("skip", "step 5 of 6");
	expect_says("skip", "step 6 of 6");
	expect_true("mm1.freed");
	expect_says("skip", "E706");
	expect_says("lesson next", "This was the last step.");
}

static void a_new_machine_leaves_the_lesson(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(4);
	expect_says("boot", "note: lesson small is left; 'lesson small.lua' "
			    "comes back to step 4");
	assert_string_equal(amm_prompt(amm), "(amm 0) ");
	expect_says("lesson small.lua", "step 4 of 6: task");
	expect_true("mm1.mm_users == 0 && current(0) == sh");
}

static void the_machine_stays_when_a_lesson_is_left(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(4);
	expect_says("lesson leave", "The lesson is left");
	expect_true("mm1.mm_users == 0 && current(0) == sh");
	expect_says("undo", "now t");
	expect_true("mm1.mm_users == 1");
}

static void a_lesson_whose_line_fails_is_not_opened(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	ask("spawn own");
	go_to_step(1);
	amm->course->lesson->step[2].run = "@0 nonsense";
	ask("lesson next; ps; lesson next");
	expect_says("predict 2", "E703");
	expect_says("skip", "E703");
	ask("ps");
	expect_says("lesson", "E701");
}

/* --- forms -------------------------------------------------------------------------- */

static void in_json_each_command_is_one_object(void **state)
{
	static const char *const lines[] = {
		"lesson small.lua",
		"lesson",
		"lesson next",
		"ps",
		"lesson next",
		"hint",
		"predict 1 -- so",
		"goal show",
		"check",
		"hint",
		"@0 switch B",
		"hint --all",
		"solution",
		"@1 switch C",
		"answer",
		"progress",
		"lesson list",
		"boot",
	};

	(void)state;
	school(FORM_JSON);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		const char *said = ask(lines[i]);

		if (json_objects(said) != 1)
			fail_msg("'%s' says %s", lines[i], said);
	}
}

static void json_says_what_people_are_told(void **state)
{
	(void)state;
	school(FORM_JSON);
	expect_says("lesson small.lua", "\"lesson\":{\"id\":\"small\","
					"\"step\":1,\"steps\":6,\"kind\":"
					"\"read\",\"done\":false");
	ask("lesson next; ps");
	ask("lesson next");
	expect_says("predict 1", "\"ran\":[{\"schema\":\"activemm/1\"");
	assert_non_null(strstr(amm_text(amm), "\"said\":\"1\",\"was\":\"2\","
					      "\"right\":false"));
	assert_non_null(strstr(amm_text(amm), "\"facts\":[{\"fact\":\"sh's mm "
					      "is freed\",\"holds\":false,"
					      "\"optional\":false}"));
	expect_says("@0 switch B", "\"cmd\":\"switch B\"");
	expect_says("@1 switch C", "\"step\":5");
	expect_says("progress", "\"small\":{\"version\":1");
}

static void plain_form_has_its_own_prompt_and_no_signs(void **state)
{
	(void)state;
	school(FORM_PLAIN);
	go_to_step(3);
	assert_string_equal(amm_prompt(amm), "amm> ");
	expect_says("predict 1", "now: @0 exit\n");
	expect_says("check", "missing");
	ask("@0 switch B");
	expect_says("@1 switch C", "solved: all facts hold (6 points).");
}

/* Hostile texts are shown, not obeyed; values in texts are looked up. */
static void texts_of_a_lesson_are_only_text(void **state)
{
	(void)state;
	school(FORM_HUMAN);
	go_to_step(1);
	amm->course->lesson->step[0].text =
		"\x1b[2J ${mm('A')} has ${mm('A')->mm_users} user, ${x.y} $A "
		"$Z "
		"$";
	expect_says("lesson", "^[[2J mm1 has 1 user, ? sh $Z $\n");
}

/* --- anything ---------------------------------------------------------------------- */

static const char *const anything[] = {
	"lesson next",
	"lesson next",
	"lesson prev",
	"lesson restart",
	"lesson",
	"lesson leave",
	"predict 2",
	"predict 1 -- so",
	"predict NULL",
	"predict mm1",
	"answer",
	"skip",
	"check",
	"hint",
	"hint --all",
	"solution",
	"goal",
	"goal show",
	"goal hide",
	"progress",
	"lesson list",
	"lesson small.lua",
	"lesson small.lua --new --seed=7",
	"@0 exit",
	"@1 exit",
	"@0 switch B",
	"@1 switch C",
	"@0 idle",
	"@1 idle",
	"spawn x",
	"@0 switch x",
	"fork",
	"undo",
	"redo",
	"undo 9",
	"reset",
	"reset --all",
	"goto @start",
	"goto @end",
	"begin exit",
	"step",
	"step 5",
	"finish",
	"continue",
	"break exit_mm",
	"delete",
	"set ipi manual",
	"set ipi auto",
	"@1 ipi",
	"boot",
	"config MMU_LAZY_TLB_REFCOUNT n",
	"ps",
	"why mm1",
	"alias zz=hint",
	"zz",
	"",
	"invariant add y mm1.mm_users > 0",
	"cpu 1",
	"cpu 0",
	"begin switch B",
	"@1 cpu_down 1",
	"cpu_down 1",
	"source nothing",
	"predict mm1.mm_count 3",
	"exec ls",
};

static uint32_t draw(uint64_t *x, uint32_t below)
{
	*x = *x * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*x >> 33) % below;
}

static void type_anything(enum form form, uint64_t luck, unsigned lines)
{
	const uint32_t n = sizeof anything / sizeof *anything;

	school(form);
	ask("lesson small.lua");
	for (unsigned i = 0; i < lines; i++) {
		ask(anything[draw(&luck, n)]);
		assert_int_not_equal(status, AMM_INTERNAL);
		if (amm->course && amm->course->machine == amm->history)
			assert_true(amm->course->step <
					    amm->course->lesson->steps &&
				    history_now(amm->history).command <=
					    history_entries(amm->history));
	}
	/* Whatever was done, the lesson can be played from its start. */
	ask("reset --all; set ipi auto");
	go_to_step(6);
	hush();
}

static void whatever_is_typed_a_lesson_stays_whole(void **state)
{
	(void)state;
	for (uint64_t luck = 1; luck <= 12; luck++)
		type_anything((enum form)(luck % 3), luck, 150);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(without_a_lesson_its_commands_say_so),
		TALK_TEST(a_lesson_begins_with_its_machine_and_says_so),
		TALK_TEST(a_seed_draws_other_names),
		TALK_TEST(enter_goes_on_from_a_text),
		TALK_TEST(something_is_to_be_tried),
		TALK_TEST(what_was_tried_is_taken_back),
		TALK_TEST(an_answer_is_locked_run_and_revealed),
		TALK_TEST(a_wrong_answer_is_spoken_to),
		TALK_TEST(an_answer_of_the_wrong_kind_is_not_locked),
		TALK_TEST(an_answer_may_be_any_expression),
		TALK_TEST(the_question_is_asked_where_it_was),
		TALK_TEST(the_sandbox_form_of_predict_stays),
		TALK_TEST(a_question_can_be_given_up),
		TALK_TEST(own_stops_and_settings_do_not_disturb_a_question),
		TALK_TEST(a_task_is_solved_by_what_is_true),
		TALK_TEST(any_path_will_do),
		TALK_TEST(check_names_the_fact_and_not_the_fix),
		TALK_TEST(goal_can_stay_in_view),
		TALK_TEST(a_looking_command_solves_nothing),
		TALK_TEST(undo_ends_where_the_step_began),
		TALK_TEST(reset_goes_where_the_step_began),
		TALK_TEST(the_past_before_a_step_is_for_looking),
		TALK_TEST(a_lesson_does_without_some_commands),
		TALK_TEST(hints_climb_and_fit_the_state),
		TALK_TEST(a_hint_fits_the_state_it_is_asked_in),
		TALK_TEST(what_beat_a_hint_passes_it),
		TALK_TEST(all_hints_can_be_had_at_once),
		TALK_TEST(only_tasks_have_hints),
		TALK_TEST(a_twist_is_another_machine),
		TALK_TEST(steps_can_be_gone_back),
		TALK_TEST(a_task_can_be_skipped),
		TALK_TEST(a_new_machine_leaves_the_lesson),
		TALK_TEST(the_machine_stays_when_a_lesson_is_left),
		TALK_TEST(a_lesson_whose_line_fails_is_not_opened),
		TALK_TEST(in_json_each_command_is_one_object),
		TALK_TEST(json_says_what_people_are_told),
		TALK_TEST(plain_form_has_its_own_prompt_and_no_signs),
		TALK_TEST(texts_of_a_lesson_are_only_text),
		TALK_TEST(whatever_is_typed_a_lesson_stays_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
