/*
 * test_step.c - one input, one statement: reject, replay, fold, peek
 */
#include "test.h"

#include <string.h>

#include "base/mem.h"
#include "expect.h"

/* A, B and kernel thread K; A runs on CPU 0, CPU 1 borrows from A2. */
static struct machine *busy_machine(void)
{
	struct machine *m = machine_new("6.12", 2);

	machine_spawn(m, "A");
	machine_spawn(m, "B");
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	expect_switch(m, 0, "A");
	expect_done(m, VERB_clone, 0, 0, 0, "A2");
	expect_switch(m, 1, "A2");
	expect_switch(m, 1, "idle");
	return m;
}

/* Every verb with every small argument: what is refused changes nothing. */
static void a_refused_input_leaves_the_world_bytewise_equal(void **state)
{
	struct machine *m = busy_machine();
	struct world *before = am_calloc(1, m->size);
	struct event_log log = { m->log.events, 0, MACHINE_EVENTS };
	uint32_t refused = 0;

	(void)state;
	assert_true(machine_begin(m, VERB_fork, 0, 0, 0, "F"));
	machine_steps(m, 0, 4);
	memcpy(before, m->w, m->size);
	for (uint32_t i = 0; i < VERBS * 3 * 12 * 3; i++) {
		struct input in = { .kind = IN_VERB,
				    .verb = (uint8_t)(i % VERBS),
				    .actor = (uint16_t)(i / VERBS % 3),
				    .arg = { i / VERBS / 3 % 12,
					     i / VERBS / 36 } };

		if (engine_check(m->w, &m->program, &in).why == REFUSED_NOT)
			continue;
		log.count = 0;
		refused++;
		assert_int_not_equal(
			engine_input(m->w, &m->program, &in, &log, NULL).why,
			REFUSED_NOT);
		assert_memory_equal(m->w, before, m->size);
		assert_int_equal(log.count, 0);
	}
	assert_true(refused > 1000);
	am_free(before);
	m->by_hand = true; /* the log was used for something else */
	machine_free(m);
}

static void looking_changes_nothing(void **state)
{
	struct machine *m = busy_machine();
	struct world *before = am_calloc(1, m->size);
	uint32_t *canonical = am_calloc(world_canonical_words(m->w), 4);
	struct broken broken[8];
	struct input next;

	(void)state;
	assert_true(machine_begin(m, VERB_fork, 0, 0, 0, "F"));
	machine_run_to(m, 0, ST_call_one);
	memcpy(before, m->w, m->size);
	world_canonical(m->w, canonical);
	check_world(m->w, &m->program, ~(uint64_t)0, broken, 8);
	for (uint32_t actor = 0; actor < m->w->actors; actor++) {
		drive_next(m->w, &m->program, actor, true, &next);
		actor_state(m->w, &m->program, actor);
		actor_op(m->w, &m->program, actor);
		ipi_deliverable(m->w, actor);
		ipi_owing(m->w, actor);
	}
	for (cpu_id c = 0; c < 2; c++)
		cpu_windows(m->w, &m->program, c);
	assert_memory_equal(m->w, before, m->size);
	am_free(before);
	am_free(canonical);
	machine_finish(m, 0);
	end(m);
}

static void a_step_is_one_statement_with_one_time(void **state)
{
	struct machine *m = busy_machine();

	(void)state;
	assert_true(machine_begin(m, VERB_exec, 0, 0, 0, "E"));
	for (;;) {
		size_t from = m->log.count;
		uint32_t time = m->w->time, steps = 0;

		if (!machine_steps(m, 0, 1))
			break;
		for (size_t i = from; i < m->log.count; i++)
			steps += m->log.events[i].kind == EV_STEP;
		assert_int_equal(steps, 1);
		assert_int_equal(m->w->time, time + 1);
		assert_int_equal(m->log.events[from].kind, EV_STEP);
	}
	end(m);
}

/* exec writes both pointers in one step: no statement sees them differ. */
static void an_atomic_group_is_one_step(void **state)
{
	struct machine *m = busy_machine();
	task_id a = machine_task(m, "A");
	mm_id old = machine_mm(m, 1);

	(void)state;
	assert_true(machine_begin(m, VERB_exec, 0, 0, 0, "E"));
	machine_run_to(m, 0, ST_take);
	expect_task(m, a, old, old);
	assert_int_equal(machine_steps(m, 0, 1), 1);
	expect_task(m, a, machine_mm(m, 3), machine_mm(m, 3));
	machine_finish(m, 0);
	end(m);
}

static void stepping_nothing_or_a_waiter_is_refused(void **state)
{
	struct machine *m = busy_machine();
	struct input step = { .kind = IN_STEP, .actor = 1, .count = 1 };

	(void)state;
	assert_false(machine_input(m, &step));
	expect_refused(m, nothing_to_step);
	m->auto_ipi = false;
	assert_true(machine_begin(m, VERB_fork, 0, 0, 0, "F"));
	machine_finish(m, 0);
	step.actor = 0;
	assert_false(machine_input(m, &step));
	expect_refused(m, waits);
	step.actor = 999;
	assert_false(machine_input(m, &step));
	expect_refused(m, no_cpu);
	machine_free(m);
}

/* machine_free() compares; here the worlds of two machines. */
static void the_same_inputs_give_the_same_bytes(void **state)
{
	struct machine *a = busy_machine(), *b = busy_machine();

	(void)state;
	assert_int_equal(a->size, b->size);
	assert_memory_equal(a->w, b->w, a->size);
	assert_int_equal(a->log.count, b->log.count);
	end(a);
	end(b);
}

/* The whole log backwards leads to the machine before boot, and back again. */
static void the_log_unfolds_to_the_start_and_folds_to_the_end(void **state)
{
	struct machine *m = busy_machine();
	struct world *w = am_calloc(1, m->size);

	(void)state;
	memcpy(w, m->w, m->size);
	world_init(m->folded, &m->limits);
	for (size_t i = m->log.count; i > 0; i--)
		event_unfold(w, &m->log.events[i - 1]);
	assert_memory_equal(w, m->folded, m->size);
	for (size_t i = 0; i < m->log.count; i++)
		event_fold(w, &m->log.events[i]);
	assert_memory_equal(w, m->w, m->size);
	am_free(w);
	end(m);
}

/* A CPU's two fixed stacks are never lent to a task. */
static void a_switch_does_not_take_the_stack_of_a_path_in_progress(void **state)
{
	struct machine *m = busy_machine();
	uint32_t s;

	(void)state;
	assert_true(machine_begin(m, VERB_clone, 0, 0, 0, "A3"));
	s = actor_stack(m->w, 0);
	assert_true(s >= first_pool_stack(m->w));
	expect_switch(m, 0, "B");
	assert_int_equal(world_task(m->w, machine_task(m, "A"))->stack, s);
	expect_switch(m, 0, "A");
	machine_finish(m, 0);
	expect_mm(m, machine_mm(m, 1), 3, 2);
	end(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_refused_input_leaves_the_world_bytewise_equal),
		cmocka_unit_test(looking_changes_nothing),
		cmocka_unit_test(a_step_is_one_statement_with_one_time),
		cmocka_unit_test(an_atomic_group_is_one_step),
		cmocka_unit_test(stepping_nothing_or_a_waiter_is_refused),
		cmocka_unit_test(the_same_inputs_give_the_same_bytes),
		cmocka_unit_test(
			the_log_unfolds_to_the_start_and_folds_to_the_end),
		cmocka_unit_test(
			a_switch_does_not_take_the_stack_of_a_path_in_progress),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
