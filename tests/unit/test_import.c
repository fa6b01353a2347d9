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
	return watch(&scout, limits_class(scout.cpus));
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

static void follow_all(struct import *im)
{
	enum import_result r;

	do
		r = import_next(im, &why);
	while (r == IMPORT_RECORD);
	if (r != IMPORT_END)
		fail_msg("%s", text_string(&why));
}

static void events_tell_all_and_invariants_hold(void **state)
{
	(void)state;
	for (size_t i = 0; i < EXACT; i++) {
		struct watched *h = watch_recording(recording(exact[i]));
		struct import *im = open_import(h, recording(exact[i]));

		while (import_next(im, &why) == IMPORT_RECORD)
			no_invariant_breaks(h, import_line(im));
		assert_false(score_differs(import_score(im)));
		assert_int_equal(h->refused, 0);
		import_close(im);
		unwatch(h);
	}
}

static void records_are_places_in_the_file(void **state)
{
	struct watched *h = watch_recording(recording("zombie.smp2.txt"));
	struct import *im = open_import(h, recording("zombie.smp2.txt"));
	uint64_t before = 12;

	(void)state;
	do {
		assert_int_equal(import_next(im, &why), IMPORT_RECORD);
		assert_int_equal(import_line(im), ++before);
	} while (import_line(im) < 240);
	assert_string_equal(import_event(im), "enter_lazy");
	/* pid 168 has left its mm, and borrows it; idle/1 borrows it too */
	assert_int_equal(
		world_mm(h->w,
			 ref_mm(world_task(h->w, world_cpu(h->w, 0)->current)
					->active_mm))
			->mm_count,
		3);
	import_close(im);
	unwatch(h);
}

static void a_world_grows_with_the_recording(void **state)
{
	struct watched *h;
	struct import *im;

	(void)state;
	assert_true(scout_read(&scout, recording("zombie.smp2.txt"), &why));
	h = watch(&scout, limits_tiny(scout.cpus));
	im = open_import(h, recording("zombie.smp2.txt"));
	follow_all(im);
	assert_true(h->grown > 0);
	assert_false(score_differs(import_score(im)));
	import_close(im);
	unwatch(h);
}

/* --- recordings with nothing but sched_switch ----------------------------- */

static void put_plain(const char *from, const char *name)
{
	struct lines *l = lines_open(recording(from), &why);
	FILE *f = fopen(name, "w");
	char *line;
	size_t length;

	assert_non_null(l);
	while (lines_next(l, &line, &length) == LINES_OK)
		if (line[0] == '#' || strstr(line, ": sched_switch: "))
			fprintf(f, "%s\n", line);
	lines_close(l);
	assert_int_equal(fclose(f), 0);
}

static task_id task_of_pid(const struct world *w, uint32_t pid)
{
	for (task_id t = 1; t < w->max.tasks; t++)
		if (world_task(w, t)->slot &&
		    world_task_shown(w, t)->pid == pid)
			return t;
	return TASK_NONE;
}

static void plain_switches_run_with_assumed_mms(void **state)
{
	struct watched *h;
	struct import *im;
	task_id amm, kernel;

	(void)state;
	put_plain("zombie.smp2.txt", "plain.txt");
	h = watch_recording("plain.txt");
	assert_false(scout.probes);
	im = open_import(h, "plain.txt");
	while (import_next(im, &why) == IMPORT_RECORD)
		no_invariant_breaks(h, import_line(im));
	assert_false(score_differs(import_score(im)));
	assert_true(import_score(im)->adoptions > 0);
	amm = task_of_pid(h->w, 167);
	kernel = task_of_pid(h->w, 18);
	assert_int_equal(world_mm_shown(h->w, ref_mm(world_task(h->w, amm)->mm))
				 ->assumed,
			 1);
	assert_int_equal(world_task(h->w, kernel)->mm, 0);
	import_close(im);
	unwatch(h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(events_tell_all_and_invariants_hold),
		SCRATCH_TEST(records_are_places_in_the_file),
		SCRATCH_TEST(a_world_grows_with_the_recording),
		SCRATCH_TEST(plain_switches_run_with_assumed_mms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
