/*
 * test_search.c - a small model whose states can be counted by hand
 *
 * A walker on a grid of 4 by 3 goes one to the right or one up.
 */
#include "test.h"

#include "explore/search.h"

#include <string.h>

#include "base/mem.h"

enum { RIGHT, UP, STEPS, WIDTH = 4, HEIGHT = 3 };

struct grid {
	uint32_t wrong_x, wrong_y; /* where it must not go */
	bool forgets_y;            /* in its key */
};

static void init(void *self, uint32_t *state)
{
	(void)self;
	state[0] = state[1] = 0;
}

static enum taken next(void *self, const uint32_t *from, uint32_t step,
		       uint32_t *to)
{
	const struct grid *g = self;

	memcpy(to, from, 2 * sizeof *to);
	to[step]++;
	if (to[0] == WIDTH || to[1] == HEIGHT)
		return STEP_OFF;
	return to[0] == g->wrong_x && to[1] == g->wrong_y ? STEP_WRONG
							  : STEP_TAKEN;
}

static size_t key(void *self, const uint32_t *state, uint32_t *out)
{
	const struct grid *g = self;

	memcpy(out, state, 2 * sizeof *out);
	return g->forgets_y ? 1 : 2;
}

static struct search_result result;

static void search(struct grid *g, const struct search_limits *limits)
{
	const struct model m = { .self = g,
				 .words = 2,
				 .key_words = 2,
				 .steps = STEPS,
				 .init = init,
				 .next = next,
				 .key = key };

	search_run(&m, limits, &result);
}

static void must_have_levels(const uint32_t *levels, uint32_t count)
{
	assert_int_equal(result.level_count, count);
	assert_memory_equal(result.levels, levels, count * sizeof *levels);
}

static const struct search_limits no_limits;
static const struct grid no_wrong = { UINT32_MAX, UINT32_MAX, false };

static int tear_down(void **state)
{
	(void)state;
	search_result_free(&result);
	return mem_stats().live_bytes != 0;
}

static void every_state_and_step_is_counted(void **state)
{
	static const uint32_t levels[] = { 1, 2, 3, 3, 2, 1 };
	struct grid g = no_wrong;

	(void)state;
	search(&g, &no_limits);
	assert_int_equal(result.end, SEARCH_COMPLETE);
	assert_int_equal(result.states, WIDTH * HEIGHT);
	assert_int_equal(result.edges, 3 * HEIGHT + 2 * WIDTH);
	must_have_levels(levels, 6);
}

static void states_with_the_same_key_are_one(void **state)
{
	struct grid g = no_wrong;

	(void)state;
	g.forgets_y = true;
	search(&g, &no_limits);
	assert_int_equal(result.states, WIDTH);
	assert_int_equal(result.edges, 3 + WIDTH);
}

static void the_trail_to_what_is_wrong_is_shortest(void **state)
{
	struct grid g = { 2, 1, false };
	uint32_t right = 0, up = 0;

	(void)state;
	search(&g, &no_limits);
	assert_int_equal(result.end, SEARCH_WRONG);
	assert_int_equal(result.trail_count, 3);
	for (uint32_t i = 0; i < 3; i++) {
		right += result.trail[i] == RIGHT;
		up += result.trail[i] == UP;
	}
	assert_int_equal(right, 2);
	assert_int_equal(up, 1);
}

static void the_first_step_may_be_the_wrong_one(void **state)
{
	struct grid g = { 0, 1, false };

	(void)state;
	search(&g, &no_limits);
	assert_int_equal(result.end, SEARCH_WRONG);
	assert_int_equal(result.trail_count, 1);
	assert_int_equal(result.trail[0], UP);
}

static void limits_stop_the_search(void **state)
{
	static const uint32_t levels[] = { 1, 2, 3 };
	struct grid g = no_wrong;

	(void)state;
	search(&g, &(struct search_limits){ .depth = 2 });
	assert_int_equal(result.end, SEARCH_DEPTH);
	must_have_levels(levels, 3);
	search_result_free(&result);
	search(&g, &(struct search_limits){ .states = 5 });
	assert_int_equal(result.end, SEARCH_STATES);
	assert_in_range(result.states, 6, 8);
}

static bool yes(void *arg)
{
	return ++*(int *)arg;
}

static void the_search_stops_when_asked_to(void **state)
{
	struct grid g = no_wrong;
	int asked = 0;

	(void)state;
	search(&g, &(struct search_limits){ .stop = yes, .stop_arg = &asked });
	assert_int_equal(result.end, SEARCH_STOPPED);
	assert_int_equal(asked, 1);
}

static void any_failed_allocation_ends_the_search(void **state)
{
	struct grid g = { 3, 2, false };
	uint64_t nth = 0;

	(void)state;
	do {
		search_result_free(&result);
		assert_int_equal(mem_stats().live_bytes, 0);
		mem_fail_at(++nth, true);
		search(&g, &no_limits);
		mem_fail_at(0, false);
		assert_true(result.end == SEARCH_NO_MEMORY ||
			    result.end == SEARCH_WRONG);
	} while (result.end == SEARCH_NO_MEMORY);
	assert_true(nth > 8);
}

int main(void)
{
#define SEARCH_TEST(name) cmocka_unit_test_teardown(name, tear_down)
	const struct CMUnitTest tests[] = {
		SEARCH_TEST(every_state_and_step_is_counted),
		SEARCH_TEST(states_with_the_same_key_are_one),
		SEARCH_TEST(the_trail_to_what_is_wrong_is_shortest),
		SEARCH_TEST(the_first_step_may_be_the_wrong_one),
		SEARCH_TEST(limits_stop_the_search),
		SEARCH_TEST(the_search_stops_when_asked_to),
		SEARCH_TEST(any_failed_allocation_ends_the_search),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
