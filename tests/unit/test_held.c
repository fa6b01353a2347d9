/*
 * test_held.c - the holders that a world shows are as many as it counts
 */
#include "test.h"

#include <stdlib.h>

#include "machine.h"
#include "session/held.h"

static void balance(const struct machine *m)
{
	for (mm_id mm = MM_INIT; mm < m->w->max.mms; mm++) {
		if (!world_mm(m->w, mm)->slot)
			continue;
		assert_int_equal(held_count(m->w, mm, OWNS_USER),
				 world_mm(m->w, mm)->mm_users);
		assert_int_equal(held_count(m->w, mm, OWNS_COUNT),
				 world_mm(m->w, mm)->mm_count);
	}
}

static void holders_are_as_many_as_the_counts_at_each_statement(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	struct input next;

	(void)state;
	machine_spawn(m, "sh");
	balance(m);
	machine_switch(m, 0, "sh");
	machine_do(m, VERB_mmgrab, 0, machine_mm(m, 1), 0, "kvm");
	machine_do(m, VERB_mmget, 0, machine_mm(m, 1), 0, "ptrace");
	assert_true(machine_begin(m, VERB_exit, 0, 0, 0, NULL));
	while (drive_next(m->w, &m->program, 0, true, &next)) {
		assert_true(machine_input(m, &next));
		balance(m);
	}
	machine_free(m);
}

struct seen {
	uint32_t at[16];
	unsigned count;
};

static bool see(void *context, const struct held *h)
{
	struct seen *seen = context;

	seen->at[seen->count++] = h->at;
	return seen->count < 16;
}

static void users_come_first_then_counts_by_kind(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	struct seen seen = { 0 };

	(void)state;
	machine_spawn(m, "sh");
	machine_do(m, VERB_kthread, 0, 0, 0, "kworker/1:0");
	machine_switch(m, 1, "sh");
	machine_switch(m, 1, "kworker/1:0");
	machine_do(m, VERB_mmgrab, 0, machine_mm(m, 1), 0, "kvm");
	held_each(m->w, machine_mm(m, 1), see, &seen);
	assert_int_equal(seen.count, 4);
	assert_int_equal(seen.at[0], HELD_TASK_MM);
	assert_int_equal(seen.at[1], HELD_TASK_ACTIVE);
	assert_int_equal(seen.at[2], HELD_OUTSIDE);
	assert_int_equal(seen.at[3], HELD_BY_USERS);
	machine_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			holders_are_as_many_as_the_counts_at_each_statement),
		cmocka_unit_test(users_come_first_then_counts_by_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
