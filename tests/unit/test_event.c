/*
 * test_event.c - an event applied changes one word, and taken back, none
 */
#include "test.h"

#include <string.h>

#include "base/mem.h"
#include "engine/event.h"

struct pair {
	struct world *w, *old;
	size_t size;
};

static int setup(void **state)
{
	static struct pair p;
	struct limits max = limits_class(3);

	max.alpha = 1; /* all kinds have a place */
	p.size = world_size(&max);
	p.w = am_calloc(1, p.size);
	p.old = am_calloc(1, p.size);
	world_init(p.w, &max);
	memcpy(p.old, p.w, p.size);
	*state = &p;
	return 0;
}

static int teardown(void **state)
{
	struct pair *p = *state;

	am_free(p->w);
	am_free(p->old);
	return 0;
}

/* How many bits differ between the two worlds. */
static uint32_t bits_changed(const struct pair *p)
{
	const uint32_t *now = (const uint32_t *)p->w;
	const uint32_t *old = (const uint32_t *)p->old;
	uint32_t n = 0;

	for (size_t i = 0; i < p->size / 4; i++)
		n += (uint32_t)__builtin_popcount(now[i] ^ old[i]);
	return n;
}

/* Turns the lowest bit of what @e names round, and back. */
static void expect_one_bit(struct pair *p, struct event e)
{
	e.old = event_value(p->w, &e);
	e.new = e.old ^ 1;
	event_fold(p->w, &e);
	assert_int_equal(bits_changed(p), 1);
	assert_int_equal(event_value(p->w, &e), e.new);
	event_unfold(p->w, &e);
	assert_memory_equal(p->w, p->old, p->size);
}

static void each_kind_of_change_reaches_one_place_and_goes_back(void **state)
{
	for (uint8_t kind = EV_WORLD; kind < EV_STEP; kind++)
		expect_one_bit(*state, (struct event){ .kind = kind,
						       .field = 3,
						       .object = 2,
						       .arg = 1 });
}

static void kinds_do_not_share_a_place(void **state)
{
	struct pair *p = *state;
	struct event e = { .field = 2, .object = 1, .arg = 1, .new = 1 };

	for (e.kind = EV_CPU; e.kind < EV_STEP; e.kind++) {
		e.new = event_value(p->old, &e) ^ 1;
		event_fold(p->w, &e);
	}
	assert_int_equal(bits_changed(p), EV_STEP - EV_CPU);
}

static void a_slot_that_is_taken_is_no_longer_free(void **state)
{
	struct pair *p = *state;
	uint32_t slot = slot_lowest_free(p->w, MAP_MM);
	struct event e = { .kind = EV_MM,
			   .object = slot,
			   .field = FIELD_OF(mm, slot),
			   .old = SLOT_FREE,
			   .new = SLOT_LIVE };

	event_fold(p->w, &e);
	assert_int_equal(slot_lowest_free(p->w, MAP_MM), slot + 1);
	event_unfold(p->w, &e);
	assert_memory_equal(p->w, p->old, p->size);
}

static void a_stack_that_a_cpu_leaves_is_nobody_elses(void **state)
{
	struct pair *p = *state;
	struct event e = { .kind = EV_STACK,
			   .object = 2,
			   .field = FIELD_OF(stack, slot),
			   .old = SLOT_LIVE,
			   .new = SLOT_FREE };

	event_fold(p->w, &e);
	assert_memory_equal(p->w, p->old, p->size);
	assert_int_equal(slot_lowest_free(p->w, MAP_STACK), 2 * 3 + 1);
}

static void a_step_moves_its_stack_and_the_time(void **state)
{
	struct pair *p = *state;
	struct event e = {
		.kind = EV_STEP, .object = 4, .old = 0, .new = 17, .time = 1
	};

	event_fold(p->w, &e);
	assert_int_equal(world_stack(p->w, 4)->pc, 17);
	assert_int_equal(p->w->time, 1);
	event_unfold(p->w, &e);
	assert_memory_equal(p->w, p->old, p->size);
}

static void what_is_only_said_changes_nothing(void **state)
{
	struct pair *p = *state;
	struct event e = { .object = 1, .old = 5, .new = 7, .arg = 1 };

	for (e.kind = EV_STEP + 1; e.kind < EVENT_KINDS; e.kind++)
		event_fold(p->w, &e);
	assert_memory_equal(p->w, p->old, p->size);
}

static void kinds_have_names_for_people(void **state)
{
	(void)state;
	assert_string_equal(event_kind_name(EV_MM), "mm");
	assert_string_equal(event_kind_name(EV_MASK), "mm_cpumask");
	assert_string_equal(event_kind_name(EV_BORROW), "borrow");
	assert_string_equal(event_kind_name(EV_OOPS), "oops");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_kind_of_change_reaches_one_place_and_goes_back),
		TEST(kinds_do_not_share_a_place),
		TEST(a_slot_that_is_taken_is_no_longer_free),
		TEST(a_stack_that_a_cpu_leaves_is_nobody_elses),
		TEST(a_step_moves_its_stack_and_the_time),
		TEST(what_is_only_said_changes_nothing),
		TEST(kinds_have_names_for_people),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
