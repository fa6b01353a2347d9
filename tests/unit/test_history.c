/*
 * test_history.c - every state can be gone back to and continued from
 */
#include "test.h"

#include <string.h>

#include "base/mem.h"
#include "session/history.h"

static struct program program;

struct tape {
	struct history *h;
	size_t n;
	struct world *seen[4096]; /* the world after each statement */
	struct moment at[4096];
};

static void drive(struct history *h, const struct input *in, struct tape *t);

static void keep(struct tape *t)
{
	const struct world *w = history_world(t->h);
	struct world *copy = am_alloc((size_t)w->words * 4);

	assert_non_null(copy);
	memcpy(copy, w, (size_t)w->words * 4);
	t->seen[t->n] = copy;
	t->at[t->n++] = history_now(t->h);
}

static void drive(struct history *h, const struct input *in, struct tape *t)
{
	struct verdict v = history_input(h, in);
	struct input next;

	assert_int_equal(v.why, REFUSED_NOT);
	while (drive_next(history_world(h), &program, v.actor, true, &next)) {
		assert_int_equal(history_input(h, &next).why, REFUSED_NOT);
		if (t)
			keep(t);
	}
}

static void act(struct history *h, struct tape *t, enum verb verb, uint32_t cpu,
		uint32_t a, const char *name)
{
	struct input in = { .kind = IN_VERB,
			    .verb = (uint8_t)verb,
			    .actor = (uint16_t)cpu,
			    .arg = { a } };

	name_pack(in.name, LABEL_WORDS, name);
	assert_true(history_begin(h, name, cpu));
	drive(h, &in, t);
	history_commit(h, false);
}

static struct history *booted(uint32_t cpus)
{
	struct limits max = limits_class(cpus);
	struct history *h;
	struct input in;

	assert_true(program_link(&program, profile_find("6.12"), NULL, 0));
	h = history_new(&program, &max);
	assert_non_null(h);
	assert_true(history_begin(h, "boot", 0));
	for (uint32_t i = 0; drive_boot(history_world(h), i, &in); i++)
		drive(h, &in, NULL);
	history_commit(h, false);
	return h;
}

/* Long enough for several checkpoints. */
static void play(struct tape *t)
{
	act(t->h, t, VERB_spawn, 0, 0, "sh");
	act(t->h, t, VERB_spawn, 0, 0, "vi");
	for (int i = 0; i < 40; i++) {
		act(t->h, t, VERB_switch, 0, 5, "to sh");
		act(t->h, t, VERB_switch, 0, 1, "idle");
		act(t->h, t, VERB_switch, 0, 6, "to vi");
	}
	act(t->h, t, VERB_exit, 0, 0, "exit");
}

static void tape_free(struct tape *t)
{
	for (size_t i = 0; i < t->n; i++)
		am_free(t->seen[i]);
	history_free(t->h);
	am_free(t);
}

static struct tape *recorded(void)
{
	struct tape *t = am_calloc(1, sizeof *t);

	assert_non_null(t);
	t->h = booted(2);
	play(t);
	assert_true(t->n > 600);
	return t;
}

static void every_statement_can_be_gone_back_to(void **state)
{
	struct tape *t = recorded();

	(void)state;
	for (size_t i = 0; i < t->n; i++) {
		size_t k = (i * 7919) % t->n;

		assert_true(history_goto(t->h, t->at[k]));
		assert_memory_equal(history_world(t->h), t->seen[k],
				    (size_t)t->seen[k]->words * 4);
	}
	assert_true(history_goto(t->h, history_last(t->h)));
	assert_memory_equal(history_world(t->h), t->seen[t->n - 1],
			    (size_t)t->seen[0]->words * 4);
	tape_free(t);
}

static void looking_at_the_past_leaves_the_present(void **state)
{
	struct tape *t = recorded();
	struct world *past = history_peek(t->h, t->at[10]);

	(void)state;
	assert_non_null(past);
	assert_memory_equal(past, t->seen[10], (size_t)past->words * 4);
	assert_memory_equal(history_world(t->h), t->seen[t->n - 1],
			    (size_t)past->words * 4);
	history_drop(past);
	tape_free(t);
}

static void times_and_moments_are_two_names_of_one_thing(void **state)
{
	struct tape *t = recorded();

	(void)state;
	for (size_t i = 0; i < t->n; i++) {
		struct moment m =
			history_moment(t->h, history_time(t->h, t->at[i]));

		assert_int_equal(m.command, t->at[i].command);
		assert_int_equal(m.statement, t->at[i].statement);
	}
	assert_false(history_goto(t->h, (struct moment){ 1000, 0 }));
	assert_false(history_goto(t->h, (struct moment){ 3, 1000 }));
	tape_free(t);
}

static void a_new_command_goes_on_from_inside_an_old_one(void **state)
{
	struct tape *t = recorded();
	struct moment inside = { 6, 3 };

	(void)state;
	assert_true(history_goto(t->h, inside));
	act(t->h, NULL, VERB_spawn, 1, 0, "make");
	assert_int_equal(history_entries(t->h), 8);
	assert_true(history_entry(t->h, 6)->cut);
	assert_int_equal(history_entry(t->h, 6)->statements, 3);
	assert_true(history_goto(t->h, (struct moment){ 7, 0 }));
	assert_true(history_goto(t->h, (struct moment){ 2, 0 }));
	assert_true(history_goto(t->h, history_last(t->h)));
	assert_string_equal(history_entry(t->h, 7)->line, "make");
	tape_free(t);
}

struct counted {
	uint64_t next;
	struct world *w;
};

static bool fold_one(void *context, uint64_t number, const struct event *e)
{
	struct counted *c = context;

	assert_int_equal(number, c->next);
	c->next++;
	event_fold(c->w, e);
	return true;
}

static void all_events_of_the_session_give_its_world(void **state)
{
	struct tape *t = recorded();
	struct counted c = { 0, history_peek(t->h, (struct moment){ 0, 0 }) };

	(void)state;
	world_init(c.w, &c.w->max);
	c.w->program = program.hash;
	assert_true(history_scan(t->h, 0, UINT64_MAX, fold_one, &c));
	assert_int_equal(c.next, history_events(t->h));
	assert_memory_equal(c.w, history_world(t->h), (size_t)c.w->words * 4);
	history_drop(c.w);
	tape_free(t);
}

static void undone_events_are_made_again(void **state)
{
	struct tape *t = recorded();
	struct counted c = { 0, NULL };
	struct moment early = { 1, 0 };

	(void)state;
	assert_true(history_goto(t->h, early));
	assert_true(history_goto(t->h, history_last(t->h)));
	c.w = history_peek(t->h, early);
	world_init(c.w, &c.w->max);
	c.w->program = program.hash;
	assert_true(history_scan(t->h, 0, UINT64_MAX, fold_one, &c));
	assert_memory_equal(c.w, history_world(t->h), (size_t)c.w->words * 4);
	history_drop(c.w);
	tape_free(t);
}

static void a_refused_command_leaves_no_trace(void **state)
{
	struct history *h = booted(2);
	struct input in = { .kind = IN_VERB, .verb = VERB_fork };
	struct moment before = history_now(h);

	(void)state;
	assert_true(history_begin(h, "fork", 0));
	assert_int_equal(history_input(h, &in).why, REFUSED_no_mm);
	history_cancel(h);
	assert_int_equal(history_entries(h), 1);
	assert_int_equal(history_now(h).statement, before.statement);
	history_free(h);
}

static void a_world_that_grew_can_be_gone_back_before(void **state)
{
	struct history *h = booted(2);
	struct limits max = history_world(h)->max;
	uint32_t words = history_world(h)->words;

	(void)state;
	max.tasks += 100;
	assert_true(history_begin(h, "grow", 0));
	assert_true(history_grow(h, &max));
	history_commit(h, false);
	act(h, NULL, VERB_spawn, 0, 0, "sh");
	assert_int_equal(history_world(h)->max.tasks, max.tasks);
	assert_true(history_goto(h, (struct moment){ 0, 5 }));
	assert_int_equal(history_world(h)->words, words);
	assert_true(history_goto(h, history_last(h)));
	assert_int_equal(history_world(h)->max.tasks, max.tasks);
	history_free(h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_statement_can_be_gone_back_to),
		cmocka_unit_test(looking_at_the_past_leaves_the_present),
		cmocka_unit_test(times_and_moments_are_two_names_of_one_thing),
		cmocka_unit_test(a_new_command_goes_on_from_inside_an_old_one),
		cmocka_unit_test(all_events_of_the_session_give_its_world),
		cmocka_unit_test(undone_events_are_made_again),
		cmocka_unit_test(a_refused_command_leaves_no_trace),
		cmocka_unit_test(a_world_that_grew_can_be_gone_back_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
