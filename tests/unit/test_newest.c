/*
 * test_newest.c - the newest events stay, under their numbers
 */
#include "test.h"

#include "base/mem.h"
#include "session/newest.h"

/* Tells @count events, each with its number as its time. */
static void tell(struct newest *n, uint64_t *next, uint32_t count)
{
	while (count > 0) {
		struct event_log log;

		assert_true(newest_room(n, *next, &log));
		assert_true(log.capacity >= STEP_EVENTS_MAX);
		while (count > 0 && log.count < 200) {
			log.events[log.count++] =
				(struct event){ .time = (uint32_t)*next };
			++*next;
			count--;
		}
		newest_add(n, &log);
	}
}

static void must_have(const struct newest *n, uint64_t first, uint64_t end)
{
	assert_int_equal(newest_first(n, end), first);
	for (uint64_t i = first; i < end; i++)
		if (newest_at(n, i)->time != i)
			fail_msg("event %u is another", (unsigned)i);
}

static void a_few_are_all_kept(void **state)
{
	struct newest n = { .blocks = 0 };
	uint64_t next = 0;

	(void)state;
	assert_int_equal(newest_first(&n, 7), 7);
	tell(&n, &next, 50000);
	must_have(&n, 0, 50000);
	newest_free(&n);
}

static void of_many_the_last_million_is_kept_in_bounded_memory(void **state)
{
	struct newest n = { .blocks = 0 };
	uint64_t next = 0, first;
	size_t before = mem_stats().live_bytes, most;

	(void)state;
	tell(&n, &next, 3 * EVENTS_KEPT);
	first = newest_first(&n, next);
	assert_true(next - first >= EVENTS_KEPT);
	must_have(&n, first, next);
	most = mem_stats().live_bytes - before;
	assert_true(most < (size_t)EVENTS_KEPT * 34);
	newest_free(&n);
	assert_int_equal(mem_stats().live_bytes, before);
}

static void those_that_are_undone_are_told_anew(void **state)
{
	struct newest n = { .blocks = 0 };
	uint64_t next = 0;

	(void)state;
	tell(&n, &next, 60000);
	newest_cut(&n, 20001);
	must_have(&n, 0, 20001);
	next = 20001;
	tell(&n, &next, 60000);
	must_have(&n, 0, 80001);
	newest_free(&n);
}

static void behind_a_gap_none_is_kept(void **state)
{
	struct newest n = { .blocks = 0 };
	uint64_t next = 0;

	(void)state;
	tell(&n, &next, 1000);
	newest_cut(&n, 5000);
	assert_int_equal(newest_first(&n, 5000), 5000);
	next = 5000;
	tell(&n, &next, 1000);
	must_have(&n, 5000, 6000);
	newest_free(&n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_few_are_all_kept),
		cmocka_unit_test(
			of_many_the_last_million_is_kept_in_bounded_memory),
		cmocka_unit_test(those_that_are_undone_are_told_anew),
		cmocka_unit_test(behind_a_gap_none_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
