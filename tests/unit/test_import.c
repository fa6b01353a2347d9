/*
 * test_import.c - a recording becomes inputs, and nothing else happens
 *
 * The host here keeps a second world that is told only the events.
 */
#include "test.h"

#include "recordings.h"

#include "engine/check.h"
#include "trace/import.h"

enum { EVENTS = 4 * STEP_EVENTS_MAX };

struct watched {
	struct world *w, *folded;
	struct program program;
	size_t size;
	uint64_t inputs, refused, grown;
	struct event event[EVENTS];
};

static const struct world *watched_world(void *ctx)
{
	return ((struct watched *)ctx)->w;
}

static enum host_result watched_input(void *ctx, const struct input *in)
{
	struct watched *h = ctx;
	struct event_log log = { .events = h->event, .capacity = EVENTS };
	struct verdict v = engine_input(h->w, &h->program, in, &log, NULL);

	for (size_t i = 0; i < log.count; i++)
		event_fold(h->folded, &h->event[i]);
	assert_memory_equal(h->w, h->folded, h->size);
	h->inputs++;
	h->refused += v.why != REFUSED_NOT;
	return v.why == REFUSED_NOT ? HOST_DONE : HOST_REFUSED;
}

static struct world *bigger(const struct world *w, const struct limits *max)
{
	struct world *more = am_alloc(world_size(max));

	assert_non_null(more);
	world_grow(more, max, w);
	return more;
}

static enum host_result watched_grow(void *ctx, const struct limits *max)
{
	struct watched *h = ctx;
	struct world *w = bigger(h->w, max), *folded = bigger(h->folded, max);

	am_free(h->w);
	am_free(h->folded);
	h->w = w;
	h->folded = folded;
	h->size = world_size(max);
	h->grown++;
	return HOST_DONE;
}

static struct watched *watch(const struct scout *scout, struct limits max)
{
	struct watched *h = am_calloc(1, sizeof *h);

	assert_non_null(h);
	assert_true(program_link(&h->program, profile_find(scout_kernel(scout)),
				 NULL, 0));
	h->size = world_size(&max);
	h->w = am_alloc(h->size);
	h->folded = am_alloc(h->size);
	world_init(h->w, &max);
	world_init(h->folded, &max);
	return h;
}

static void unwatch(struct watched *h)
{
	am_free(h->w);
	am_free(h->folded);
	am_free(h);
}

static struct scout scout;

static struct import *open_import(struct watched *h, const char *path)
{
	struct import_host host = { .ctx = h,
				    .program = &h->program,
				    .world = watched_world,
				    .input = watched_input,
				    .grow = watched_grow };
	struct import *im = import_open(path, &scout, &host, &why);

	if (!im)
		fail_msg("%s", text_string(&why));
	return im;
}

static struct watched *watch_recording(const char *path)
{
	if (!scout_read(&scout, path, &why))
		fail_msg("%s", text_string(&why));
	return watch(&scout, limits_trace(scout.cpus));
}

static void no_invariant_breaks(const struct watched *h, uint64_t line)
{
	struct broken b[4];
	size_t n = check_world(h->w, &h->program, ~(uint64_t)0, b, 4);

	for (size_t i = 0; i < n && i < 4; i++)
		print_message("line %lu: %s of %u: expected %u, found %u\n",
			      (unsigned long)line,
			      invariant_name(b[i].invariant), b[i].object,
			      b[i].expected, b[i].found);
	assert_int_equal(n, 0);
}

static void events_tell_all_and_invariants_hold(void **state)
{
	static const char *const names[] = { "zombie.smp2.txt",
					     "usemm.smp2.txt",
					     "holders.smp2.txt",
					     "hotplug.smp2.txt",
					     "exec-6.1.smp2.txt",
					     "churn-seed1.smp4.txt" };

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct watched *h;
		struct import *im;

		print_message("%s\n", names[i]);
		h = watch_recording(recording(names[i]));
		im = open_import(h, recording(names[i]));

		while (import_next(im, &why) == IMPORT_RECORD)
			no_invariant_breaks(h, import_line(im));
		assert_false(score_differs(import_score(im)));
		assert_int_equal(h->refused, 0);
		import_close(im);
		unwatch(h);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(events_tell_all_and_invariants_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
