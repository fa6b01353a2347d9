/*
 * test_reel.c - inputs come back as they were put in
 */
#include "test.h"

#include <string.h>

#include "base/mem.h"
#include "session/reel.h"

static const struct input inputs[] = {
	{ .kind = IN_VERB, .verb = VERB_boot },
	{ .kind = IN_STEP, .count = 14 },
	{ .kind = IN_STEP, .actor = 3, .count = 15 },
	{ .kind = IN_STEP, .actor = 3, .count = UINT32_MAX },
	{ .kind = IN_VERB,
	  .verb = VERB_spawn,
	  .actor = 65535,
	  .name = { 0x6c6c6568, 0x6f } },
	{ .kind = IN_FORCE,
	  .verb = EV_TASK,
	  .actor = 1,
	  .arg = { 127, 128, 0, UINT32_MAX } },
	{ .kind = IN_PATH, .verb = PATH___schedule, .arg = { 0, 0, 1 } },
	{ .kind = IN_TASK,
	  .arg = { 4194304, 1, 2, 3 },
	  .name = { 1, 1, 1, 1, 1, 1, 1, 0x01000000 } },
	{ .kind = IN_MM, .arg = { 1 } },
	{ .kind = IN_GROW, .arg = { 1, 2, 3, 4 } },
};
enum { INPUTS = sizeof inputs / sizeof *inputs };

static void add(struct reel *r, const struct input *in)
{
	assert_true(reel_room(r));
	reel_add(r, in);
}

static struct reel filled(void)
{
	struct reel r = { 0 };

	for (int i = 0; i < INPUTS; i++)
		add(&r, &inputs[i]);
	return r;
}

static void must_read(const struct reel *r, struct spot at, int from, int to)
{
	struct input in;

	for (int i = from; i < to; i++) {
		assert_true(reel_read(r, &at, &in));
		assert_memory_equal(&in, &inputs[i], sizeof in);
	}
	assert_false(reel_read(r, &at, &in));
}

static void every_kind_of_input_comes_back(void **state)
{
	struct reel r = filled();

	(void)state;
	must_read(&r, (struct spot){ 0 }, 0, INPUTS);
	reel_free(&r);
}

static void reading_goes_on_at_a_spot(void **state)
{
	struct reel r = filled();
	struct spot at = { 0 };
	struct input in;

	(void)state;
	for (int i = 0; i <= INPUTS; i++) {
		must_read(&r, at, i, INPUTS);
		assert_int_equal(reel_read(&r, &at, &in), i < INPUTS);
	}
	reel_free(&r);
}

static void what_is_cut_off_is_written_anew(void **state)
{
	struct reel r = filled();
	struct spot at = { 0 };
	struct input in;

	(void)state;
	for (int i = 0; i < 4; i++)
		reel_read(&r, &at, &in);
	reel_cut(&r, at);
	assert_null(reel_last(&r));
	must_read(&r, (struct spot){ 0 }, 0, 4);
	for (int i = 4; i < INPUTS; i++)
		add(&r, &inputs[i]);
	must_read(&r, (struct spot){ 0 }, 0, INPUTS);
	reel_free(&r);
}

static void the_last_input_can_grow(void **state)
{
	struct reel r = { 0 };
	struct input in = inputs[1], found;
	struct spot at = { 0 };

	(void)state;
	add(&r, &in);
	for (in.count = 15; in.count < 100000; in.count *= 3) {
		assert_true(reel_room(&r));
		reel_replace_last(&r, &in);
		assert_int_equal(reel_last(&r)->count, in.count);
	}
	assert_int_equal(r.end.input, 1);
	assert_true(reel_read(&r, &at, &found));
	assert_int_equal(found.count, in.count / 3);
	reel_free(&r);
}

static void a_switch_and_its_steps_take_few_bytes(void **state)
{
	struct reel r = { 0 };
	struct input verb = {
		.kind = IN_VERB, .verb = VERB_switch, .actor = 2, .arg = { 100 }
	};
	struct input step = { .kind = IN_STEP, .actor = 2, .count = 13 };

	(void)state;
	add(&r, &verb);
	add(&r, &step);
	assert_in_range(r.end.byte, 1, 5);
	reel_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_input_comes_back),
		cmocka_unit_test(reading_goes_on_at_a_spot),
		cmocka_unit_test(what_is_cut_off_is_written_anew),
		cmocka_unit_test(the_last_input_can_grow),
		cmocka_unit_test(a_switch_and_its_steps_take_few_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
