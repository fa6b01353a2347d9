/*
 * test_canon.c - the canonical model keeps the rules of the engine
 *
 * In every state of a small scenario the engine's own invariants hold, and the
 * events of each step, folded over the old state, give the new one.
 */
#include "test.h"

#include "machine.h"

#include "explore/canon.h"

#include <string.h>

#include "base/mem.h"
#include "engine/check.h"
#include "explore/model.h"

/* Looks at each step that the search takes. */
struct watched {
	struct canon *canon;
	struct model model;
	uint32_t *folded;
	uint64_t taken;
	bool seen[STATEMENTS];
};

static void must_fold(struct watched *w, const uint32_t *from,
		      const uint32_t *to)
{
	const struct event_log *log = &w->canon->log;

	memcpy(w->folded, from, w->model.words * sizeof *from);
	for (size_t i = 0; i < log->count; i++)
		event_fold((struct world *)w->folded, &log->events[i]);
	assert_memory_equal(w->folded, to, w->model.words * sizeof *to);
	for (size_t i = log->count; i-- > 0;)
		event_unfold((struct world *)w->folded, &log->events[i]);
	assert_memory_equal(w->folded, from, w->model.words * sizeof *from);
}

static void must_hold(const struct watched *w, const uint32_t *state)
{
	struct broken b;

	if (check_world((const struct world *)state, &w->canon->program,
			~(uint64_t)0, &b, 1))
		fail_msg("%s: object %u, expected %u, found %u after %u steps",
			 invariant_name(b.invariant), b.object, b.expected,
			 b.found, (unsigned)w->taken);
}

static void note_statements(struct watched *w)
{
	const struct canon *c = w->canon;

	for (size_t i = 0; i < c->log.count; i++) {
		const struct event *e = &c->log.events[i];

		if (e->path != PATH_NONE)
			w->seen[c->program.path[e->path]
					->ops[e->statement]
					.what] = true;
	}
}

static enum taken watch(void *self, const uint32_t *from, uint32_t step,
			uint32_t *to)
{
	struct watched *w = self;
	enum taken taken = w->model.next(w->canon, from, step, to);

	if (taken == STEP_TAKEN) {
		must_fold(w, from, to);
		must_hold(w, to);
		note_statements(w);
		w->taken++;
	}
	return taken;
}

static size_t key(void *self, const uint32_t *state, uint32_t *out)
{
	const struct watched *w = self;

	return w->model.key(w->canon, state, out);
}

static void init(void *self, uint32_t *state)
{
	const struct watched *w = self;

	w->model.init(w->canon, state);
}

static void watch_all(const struct scenario *s, struct watched *w,
		      uint32_t states)
{
	struct search_result r;
	struct model m;

	w->canon = canon_new(s);
	assert_non_null(w->canon);
	m = w->model = canon_model(w->canon);
	w->folded = am_calloc(m.words, sizeof *w->folded);
	assert_non_null(w->folded);
	m.self = w;
	m.init = init;
	m.next = watch;
	m.key = key;
	search_run(&m, &(struct search_limits){ .states = states }, &r);
	assert_true(r.end == SEARCH_COMPLETE || r.end == SEARCH_STATES);
	assert_int_equal(r.edges, w->taken);
	search_result_free(&r);
	am_free(w->folded);
	canon_free(w->canon);
}

static void exits_of_two_threads_keep_all_rules(void **state)
{
	static struct watched w;
	const struct scenario s = { .users = 2,
				    .kthreads = 1,
				    .cpus = 2,
				    .mms = 1,
				    .live = 2,
				    .share = true,
				    .ops = OP_EXIT };

	(void)state;
	watch_all(&s, &w, 0);
	assert_int_equal(w.taken, 52740);
}

static void all_operations_keep_all_rules(void **state)
{
	static struct watched w;
	const struct scenario s = { .users = 2,
				    .kthreads = 1,
				    .cpus = 2,
				    .mms = 2,
				    .live = 1,
				    .ops = OP_EXIT | OP_CLONE | OP_FORK |
					   OP_EXEC | OP_USEMM };

	(void)state;
	watch_all(&s, &w, 30000);
}

static void page_tables_keep_all_rules(void **state)
{
	static struct watched w;
	const struct scenario s = { .users = 1,
				    .kthreads = 1,
				    .cpus = 2,
				    .mms = 2,
				    .live = 1,
				    .ops = OP_EXIT | OP_EXEC | OP_USEMM |
					   OP_PT };

	(void)state;
	watch_all(&s, &w, 30000);
	assert_true(w.seen[ST_send_flush] && w.seen[ST_ack]);
	assert_true(w.seen[ST_walk] && w.seen[ST_set_tables]);
}

static void the_first_state_is_the_canonical_one(void **state)
{
	const struct scenario s = { .users = 3,
				    .kthreads = 2,
				    .cpus = 2,
				    .mms = 3,
				    .live = 2,
				    .ops = OP_EXIT };
	struct canon *c = canon_new(&s);
	struct model m = canon_model(c);
	struct world *w = am_calloc(m.words, 4);

	(void)state;
	m.init(c, (uint32_t *)w);
	assert_int_equal(world_mm(w, MM_INIT)->mm_users, 2);
	assert_int_equal(world_mm(w, MM_INIT)->mm_count, 1 + 2);
	assert_int_equal(world_mm(w, 2)->mm_users, 1);
	assert_int_equal(world_mm(w, 3)->mm_count, 1);
	assert_int_equal(world_mm(w, 4)->slot, SLOT_FREE);
	/* idle 1 2, kernel threads 3 4, users 5 6, and one unused slot */
	assert_int_equal(world_task(w, 4)->flags, PF_KTHREAD);
	assert_int_equal(ref_mm(world_task(w, 6)->active_mm), 3);
	assert_int_equal(world_task(w, 7)->slot, SLOT_FREE);
	assert_int_equal(slot_lowest_free(w, MAP_TASK), 7);
	am_free(w);
	canon_free(c);
}

/* What canon_broken() says of a step with this one event. */
static const char *broken_by(struct canon *c, const struct world *w,
			     struct event e)
{
	c->log.events[0] = e;
	c->log.count = 1;
	return canon_broken(c, w, w);
}

static void must_break(struct canon *c, const struct world *w, struct event e,
		       const char *invariant)
{
	const char *broken = broken_by(c, w, e);

	assert_non_null(broken);
	assert_memory_equal(broken, invariant, strlen(invariant));
}

#define COUNT_EVENT(mm_, field_, old_, new_, path_) \
	((struct event){ .kind = EV_MM, \
			 .object = (mm_), \
			 .field = FIELD_OF(mm, field_), \
			 .old = (old_), \
			 .new = (new_), \
			 .path = (path_) })

/* Even the deliberate mistakes fail in another way before these. */
static void every_assertion_can_fail(void **state)
{
	const struct scenario s = { .users = 1,
				    .kthreads = 1,
				    .cpus = 1,
				    .mms = 2,
				    .live = 1,
				    .ops = OP_EXIT };
	struct canon *c = canon_new(&s);
	struct model m = canon_model(c);
	struct world *w = am_calloc(m.words, 4);

	(void)state;
	m.init(c, (uint32_t *)w);
	must_break(c, w,
		   (struct event){ .kind = EV_OOPS, .arg = TROUBLE_DEAD_MM },
		   "I1: a counter of a freed mm");
	must_break(c, w, COUNT_EVENT(2, mm_count, 0, UINT32_MAX, PATH_mmdrop),
		   "I1: a counter goes below");
	must_break(c, w, COUNT_EVENT(2, mm_users, 0, 1, PATH_sys_clone),
		   "I1: an mm without users");
	must_break(c, w, COUNT_EVENT(2, mm_count, 1, 0, PATH_kthread_unuse_mm),
		   "I1: kthread_unuse_mm()");
	must_break(c, w, (struct event){ .kind = EV_FREE, .object = MM_INIT },
		   "I2");
	must_break(c, w, (struct event){ .kind = EV_FREE, .object = 2 }, "I2");
	must_break(c, w, (struct event){ .kind = EV_CR3, .new = 3 }, "I4");
	assert_null(
		broken_by(c, w, (struct event){ .kind = EV_CR3, .new = 2 }));
	assert_null(
		broken_by(c, w, COUNT_EVENT(2, mm_count, 1, 0, PATH_mmdrop)));
	mm_of(w, 2)->mm_users = mm_of(w, 2)->mm_count = 0;
	must_break(c, w, (struct event){ .kind = EV_FREE, .object = 2 },
		   "I3: an mm is freed that a task has as active_mm");
	cpu_of(w, 0)->loaded_mm = ref_to(2, OWNS_NOTHING);
	must_break(c, w, (struct event){ .kind = EV_FREE, .object = 2 },
		   "I3: an mm is freed that a CPU has loaded");
	am_free(w);
	canon_free(c);
}

static void it_boots_and_does_verbs_like_a_kernel(void **state)
{
	struct machine *m = machine_new("canon-tables", 2);

	(void)state;
	machine_spawn(m, "sh");
	assert_true(machine_switch(m, 0, "sh"));
	assert_true(machine_do(m, VERB_fork, 0, 0, 0, "child"));
	assert_true(machine_switch(m, 1, "child"));
	assert_true(machine_switch(m, 1, "idle"));
	assert_true(machine_switch(m, 1, "child"));
	assert_true(machine_do(m, VERB_exec, 1, 0, 0, "child"));
	assert_true(machine_do(m, VERB_exit, 1, 0, 0, NULL));
	assert_true(machine_switch(m, 1, "idle"));
	assert_int_equal(machine_task(m, "child"), TASK_NONE);
	assert_false(machine_do(m, VERB_vfork, 0, 0, 0, "no"));
	assert_int_equal(m->last.why, REFUSED_no_such_path);
	assert_int_equal(m->broken, 0);
	machine_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_state_is_the_canonical_one),
		cmocka_unit_test(every_assertion_can_fail),
		cmocka_unit_test(it_boots_and_does_verbs_like_a_kernel),
		cmocka_unit_test(exits_of_two_threads_keep_all_rules),
		cmocka_unit_test(all_operations_keep_all_rules),
		cmocka_unit_test(page_tables_keep_all_rules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
