/*
 * test_units.c - the book balances with the counters at every statement
 */
#include "test.h"

#include <string.h>

#include "base/mem.h"
#include "session/units.h"
#include "wander.h"

struct reader {
	struct units u;
	size_t read; /* events */
};

static void read_on(struct reader *r, const struct machine *m)
{
	for (; r->read < m->log.count; r->read++)
		units_see(&r->u, r->read, &m->log.events[r->read]);
	units_settle(&r->u);
	assert_false(r->u.failed);
}

static bool known(void *context, const struct held *h)
{
	const struct units *u = context;
	uint32_t n = 0;

	for (size_t i = 0; i < u->units; i++)
		n += u->unit[i].where.at == h->at &&
		     u->unit[i].where.unit == h->unit &&
		     u->unit[i].where.object == h->object &&
		     u->unit[i].where.index == h->index;
	assert_int_equal(n, h->number);
	return true;
}

static void balance(struct reader *r, const struct machine *m)
{
	for (mm_id mm = MM_INIT; mm < m->w->max.mms; mm++) {
		if (!world_mm(m->w, mm)->slot)
			continue;
		assert_int_equal(units_held(&r->u, mm, OWNS_USER),
				 world_mm(m->w, mm)->mm_users);
		assert_int_equal(units_held(&r->u, mm, OWNS_COUNT),
				 world_mm(m->w, mm)->mm_count);
		held_each(m->w, mm, known, &r->u);
	}
}

static void postings_add_up(const struct reader *r, const struct machine *m)
{
	for (mm_id mm = MM_INIT + 1; mm < m->w->max.mms; mm++) {
		int32_t users = 0, count = 0;
		uint32_t serial = world_mm_shown(m->w, mm)->serial;

		for (size_t i = 0; serial && i < r->u.postings; i++)
			if (r->u.posting[i].serial == serial) {
				users += r->u.posting[i].users;
				count += r->u.posting[i].count;
			}
		assert_int_equal(users, world_mm(m->w, mm)->mm_users);
		assert_int_equal(count, world_mm(m->w, mm)->mm_count);
	}
}

static void wander_and_balance(const char *profile, uint32_t cpus,
			       uint32_t seed)
{
	struct wanderer k = { machine_new(profile, cpus), seed, 0 };
	struct reader r = { 0 };

	assert_true(units_begin(&r.u, k.m->w, &k.m->program, UINT32_MAX));
	for (int i = 0; i < 6000 && k.m->log.capacity - k.m->log.count > 1024;
	     i++) {
		wander(&k);
		read_on(&r, k.m);
		balance(&r, k.m);
	}
	assert_true(k.accepted > 1000);
	assert_int_equal(k.m->broken, 0);
	assert_memory_equal(r.u.w, k.m->w, k.m->size);
	postings_add_up(&r, k.m);
	for (size_t i = 0; i < r.u.postings; i++)
		assert_null(strstr(units_word(&r.u, r.u.posting[i].who),
				   "nobody known"));
	units_end(&r.u);
	machine_free(k.m);
}

static void the_book_balances_on_long_random_runs(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed <= 3; seed++) {
		wander_and_balance("6.12", 3, seed);
		wander_and_balance("6.1", 2, seed);
		wander_and_balance("6.12-shoot", 2, seed);
	}
	assert_int_equal(mem_stats().live_blocks, 0);
}

static void a_loan_remembers_who_handed_it_on(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	struct reader r = { 0 };
	const struct unit *loan = NULL;

	(void)state;
	machine_spawn(m, "sh");
	machine_do(m, VERB_kthread, 0, 0, 0, "kworker/1:0");
	machine_switch(m, 1, "sh");
	machine_switch(m, 1, "kworker/1:0");
	machine_switch(m, 1, "idle");
	assert_true(units_begin(&r.u, m->w, &m->program, 1));
	read_on(&r, m);
	for (size_t i = 0; i < r.u.units; i++)
		if (r.u.unit[i].where.at == HELD_TASK_ACTIVE)
			loan = &r.u.unit[i];
	assert_non_null(loan);
	assert_string_equal(units_word(&r.u, loan->who), "swapper/1");
	assert_string_equal(units_word(&r.u, loan->handed), "kworker/1:0");
	assert_int_equal(loan->taken.path, PATH_context_switch);
	units_end(&r.u);
	machine_free(m);
}

/* After mmgrab_lazy_tlb() in exit_mm(), before mm = NULL. */
static void a_task_preempted_in_exit_keeps_its_unit(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	struct reader r = { 0 };

	(void)state;
	machine_spawn(m, "sh");
	machine_switch(m, 0, "sh");
	assert_true(machine_begin(m, VERB_exit, 0, 0, 0, NULL));
	while (world_mm(m->w, machine_mm(m, 1))->mm_count == 1)
		machine_steps(m, 0, 1);
	assert_true(machine_switch(m, 0, "idle"));
	assert_int_equal(world_mm(m->w, machine_mm(m, 1))->mm_count, 3);
	assert_int_equal(m->broken, 0);
	assert_true(units_begin(&r.u, m->w, &m->program, UINT32_MAX));
	read_on(&r, m);
	balance(&r, m);
	units_end(&r.u);
	machine_free(m);
}

static void only_the_wanted_mm_is_kept(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	struct reader r = { 0 };

	(void)state;
	machine_spawn(m, "sh");
	machine_spawn(m, "vi");
	assert_true(units_begin(&r.u, m->w, &m->program, 2));
	read_on(&r, m);
	assert_int_equal(r.u.units, 2);
	assert_int_equal(r.u.postings, 2);
	assert_int_equal(r.u.posting[0].serial, 2);
	units_end(&r.u);
	machine_free(m);
}

/* A counter that nobody explains is booked as such: an mm from a recording. */
static void what_nobody_explains_is_booked(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	struct reader r = { 0 };
	struct input in = { .kind = IN_MM, .arg = { 3, 2 } };

	(void)state;
	m->checked = false;
	assert_true(machine_input(m, &in));
	assert_true(units_begin(&r.u, m->w, &m->program, 1));
	read_on(&r, m);
	postings_add_up(&r, m);
	assert_string_equal(units_word(&r.u, r.u.posting[r.u.postings - 1].who),
			    "nobody known");
	units_end(&r.u);
	machine_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_book_balances_on_long_random_runs),
		cmocka_unit_test(a_loan_remembers_who_handed_it_on),
		cmocka_unit_test(a_task_preempted_in_exit_keeps_its_unit),
		cmocka_unit_test(only_the_wanted_mm_is_kept),
		cmocka_unit_test(what_nobody_explains_is_booked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
