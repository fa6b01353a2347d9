/*
 * test_world_grow.c - a grown world holds the same and goes on the same
 */
#include "test.h"

#include <string.h>

#include "base/mem.h"
#include "machine.h"

/* Larger than a class in every way but the CPUs, so that all offsets move. */
static struct limits larger(uint32_t cpus)
{
	struct limits max = limits_class(cpus);

	max.tasks += 100;
	max.mms += 40;
	max.stacks += 10;
	max.holders += 70;
	return max;
}

static struct world *grown(const struct world *w)
{
	struct limits max = larger(w->max.cpus);
	struct world *to = am_calloc(1, world_size(&max));

	assert_non_null(to);
	world_grow(to, &max, w);
	return to;
}

#define SAME(array, count) \
	assert_memory_equal(world_##array(a, 0), world_##array(b, 0), \
			    (count) * sizeof *world_##array(a, 0))

/* All that @a has stands in @b, at its own place. */
static void expect_held(const struct world *a, const struct world *b)
{
	SAME(cpu, a->max.cpus);
	SAME(task, a->max.tasks);
	SAME(mm, a->max.mms);
	SAME(stack, a->max.stacks);
	SAME(holder, a->max.holders);
	SAME(call, a->actors);
	SAME(task_shown, a->max.tasks);
	SAME(mm_shown, a->max.mms);
	SAME(holder_shown, a->max.holders);
	assert_memory_equal(mm_cpumask(a, 0), mm_cpumask(b, 0),
			    4 * (size_t)a->mask_words * a->max.mms);
	assert_memory_equal(call_todo(a, 0), call_todo(b, 0),
			    4 * (size_t)a->mask_words * a->actors);
	for (cpu_id c = 0; c < a->max.cpus; c++)
		assert_memory_equal(cpu_pending(a, c), cpu_pending(b, c),
				    4 * (size_t)pending_words(a));
	for (int map = 0; map < 4; map++)
		assert_int_equal(slot_lowest_free(a, (enum slot_map)map),
				 slot_lowest_free(b, (enum slot_map)map));
	assert_int_equal(a->time, b->time);
	assert_int_equal(a->next_pid, b->next_pid);
	assert_int_equal(a->next_mm_serial, b->next_mm_serial);
}

/* A machine with something in every array: a flush waits, a holder holds. */
static struct machine *busy(void)
{
	struct machine *m = machine_new("6.12", 3);

	machine_spawn(m, "sh");
	machine_spawn(m, "vi");
	assert_true(machine_switch(m, 0, "sh"));
	assert_true(machine_do(m, VERB_clone, 0, 0, 0, "sh-2"));
	assert_true(machine_switch(m, 1, "sh-2"));
	assert_true(machine_do(m, VERB_mmgrab, 0, machine_mm(m, 1), 0, "kvm"));
	m->auto_ipi = false;
	assert_true(machine_do(m, VERB_flush, 0, machine_mm(m, 1), 0, NULL));
	return m;
}

static void a_grown_world_holds_all_that_the_old_one_had(void **state)
{
	struct machine *m = busy();
	struct world *more = grown(m->w);

	(void)state;
	assert_true(bit_in(cpu_pending(m->w, 1), 0));
	expect_held(m->w, more);
	assert_int_equal(more->max.tasks, larger(3).tasks);
	am_free(more);
	machine_free(m);
}

static void a_grown_world_goes_on_as_the_old_one_would(void **state)
{
	struct machine *old = busy(), *new = busy();

	(void)state;
	am_free(new->w);
	am_free(new->folded);
	am_free(new->unfolded);
	new->w = grown(old->w);
	new->folded = grown(old->folded);
	new->unfolded = grown(old->folded);
	new->by_hand = true;
	new->size = 4 * (size_t) new->w->words;
	for (struct machine *m = old;; m = new) {
		machine_do(m, VERB_ipi, 1, 0, 0, NULL);
		machine_finish(m, 0);
		machine_do(m, VERB_exit, 0, 0, 0, NULL);
		assert_true(machine_switch(m, 0, "vi"));
		machine_spawn(m, "make");
		if (m == new)
			break;
	}
	expect_held(old->w, new->w);
	machine_free(old);
	machine_free(new);
}

static void the_new_slots_are_free(void **state)
{
	struct machine *m = busy();
	struct world *more = grown(m->w);
	uint32_t taken = 0;

	(void)state;
	for (uint32_t s; (s = slot_lowest_free(more, MAP_MM)) != 0; taken++)
		slot_mark(more, MAP_MM, s, true);
	/* Slot 0, init_mm, and the mms of sh and vi are not free. */
	assert_int_equal(taken, more->max.mms - 4);
	am_free(more);
	machine_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_grown_world_holds_all_that_the_old_one_had),
		cmocka_unit_test(a_grown_world_goes_on_as_the_old_one_would),
		cmocka_unit_test(the_new_slots_are_free),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
