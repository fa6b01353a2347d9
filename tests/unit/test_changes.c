/*
 * test_changes.c - the world before can be read from the events
 */
#include "test.h"

#include <string.h>

#include "base/mem.h"
#include "chatter.h"
#include "conversation.h"
#include "tui/changes.h"

static void a_word_that_came_back_has_not_changed(void **state)
{
	uint64_t since;
	struct changes ch;
	mm_id mm = 2;

	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh");
	since = amm_events(amm);
	ask("mmgrab mm1 --as=x; mmdrop mm1 --as=x");
	changes_read(&ch, amm, since);
	assert_true(amm_events(amm) > since);
	assert_false(changes_any(&ch, EV_MM, mm));
	changes_free(&ch);
	ask("mmgrab mm1 --as=x");
	changes_read(&ch, amm, since);
	assert_true(changes_any(&ch, EV_MM, mm));
	changes_free(&ch);
}

/* Reads all words of the structs that panes read. */
static void compare_words(const struct view *was, const struct world *before)
{
	const struct limits *max = &before->max;

	for (uint32_t i = 0; i < max->cpus; i++)
		for (uint32_t k = 0; k < sizeof(struct cpu) / 4; k++)
			assert_int_equal(
				view_word(was, EV_CPU, i, k),
				((const uint32_t *)world_cpu(before, i))[k]);
	for (uint32_t i = 1; i < max->tasks; i++)
		for (uint32_t k = 0; k < sizeof(struct task) / 4; k++)
			assert_int_equal(
				view_word(was, EV_TASK, i, k),
				((const uint32_t *)world_task(before, i))[k]);
	for (uint32_t i = 1; i < max->mms; i++)
		for (uint32_t k = 0; k < sizeof(struct mm) / 4; k++)
			assert_int_equal(
				view_word(was, EV_MM, i, k),
				((const uint32_t *)world_mm(before, i))[k]);
	for (uint32_t i = 1; i < max->stacks; i++)
		for (uint32_t k = 0; k < sizeof(struct stack) / 4; k++)
			assert_int_equal(
				view_word(was, EV_STACK, i, k),
				((const uint32_t *)world_stack(before, i))[k]);
	for (uint32_t i = 1; i < max->tasks; i++)
		for (uint32_t k = 0; k < sizeof(struct task_shown) / 4; k++)
			assert_int_equal(view_word(was, EV_TASK_SHOWN, i, k),
					 ((const uint32_t *)world_task_shown(
						 before, i))[k]);
}

static void each_word_can_be_read_as_it_was(void **state)
{
	struct chatter c = { .state = 4711, .cpus = 2 };
	char line[128];

	(void)state;
	talk(FORM_HUMAN);
	for (unsigned i = 0; i < 120; i++) {
		uint64_t since = amm_events(amm);
		struct world *before = world_now();

		chatter_line(&c, line, sizeof line);
		ask(line);
		if (amm_events(amm) > since && !strstr(line, "boot") &&
		    before->words == amm_world(amm)->words &&
		    !strstr(line, "undo") && !strstr(line, "goto") &&
		    !strstr(line, "redo") && !strstr(line, "reverse")) {
			struct changes ch;
			struct view was = { amm_world(amm), &ch };

			changes_read(&ch, amm, since);
			compare_words(&was, before);
			changes_free(&ch);
		}
		am_free(before);
	}
}

static void going_back_leaves_nothing_to_mark(void **state)
{
	uint64_t since;
	struct changes ch;

	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; switch sh");
	since = amm_events(amm);
	ask("undo");
	changes_read(&ch, amm, since);
	assert_int_equal(ch.count, 0);
	changes_free(&ch);
}

static void objects_are_found_in_order(void **state)
{
	struct changes ch;

	(void)state;
	talk(FORM_HUMAN);
	changes_read(&ch, amm, 0);
	assert_int_equal(changes_next(&ch, EV_CPU, 0), 0);
	assert_int_equal(changes_next(&ch, EV_CPU, 1), 1);
	assert_int_equal(changes_next(&ch, EV_CPU, 2), UINT32_MAX);
	assert_int_equal(changes_next(&ch, EV_HOLDER_SHOWN, 0), UINT32_MAX);
	changes_free(&ch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(a_word_that_came_back_has_not_changed),
		TALK_TEST(each_word_can_be_read_as_it_was),
		TALK_TEST(going_back_leaves_nothing_to_mark),
		TALK_TEST(objects_are_found_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
