/*
 * test_glance.c - holders are found quickly, and all of them where it counts
 */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "chatter.h"
#include "conversation.h"
#include "session/glance.h"
#include "session/held.h"

struct seen {
	uint32_t named, unnamed;
	struct text names;
};

static bool see(void *context, const char *name, uint32_t counts)
{
	struct seen *s = context;

	if (!name) {
		s->unnamed += counts;
		return true;
	}
	s->named += counts;
	text_addf(&s->names, "%s x%u;", name, counts);
	return true;
}

static void all_are_named(const struct world *w, mm_id mm)
{
	static const uint32_t units[] = { OWNS_USER, OWNS_COUNT };

	for (unsigned i = 0; i < 2; i++) {
		struct seen s = { 0 };

		glance_holders(w, mm, units[i], see, &s);
		assert_int_equal(s.named, held_count(w, mm, units[i]));
		assert_int_equal(s.unnamed, 0);
		text_free(&s.names);
	}
}

static void every_unit_has_its_holder(void **state)
{
	(void)state;
	for (unsigned n = 1; n <= 6; n++) {
		struct chatter c = { .state = n * 31337, .cpus = 1 + n % 3 };
		char line[128];

		talk(FORM_HUMAN);
		snprintf(line, sizeof line, "boot --cpus=%u", c.cpus);
		ask(line);
		for (unsigned i = 0; i < 80; i++) {
			const struct world *w = amm_world(amm);

			for (mm_id mm = 1; mm < w->max.mms; mm++)
				if (world_mm(w, mm)->slot)
					all_are_named(w, mm);
			chatter_line(&c, line, sizeof line);
			ask(line);
		}
		hush();
	}
}

static void users_come_first_and_what_is_kept_last(void **state)
{
	struct seen s = { 0 };

	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; kthread kw; switch sh; mmgrab mm1 --as=kvm");
	ask("mmgrab mm1 --as=kvm; switch kw");
	glance_holders(amm_world(amm), 2, OWNS_COUNT, see, &s);
	assert_string_equal(text_string(&s.names), "users x1;kw x1;kvm x2;");
	text_clear(&s.names);
	glance_holders(amm_world(amm), MM_INIT, OWNS_COUNT, see, &s);
	assert_string_equal(text_string(&s.names), "swapper/1 x1;kept x2;");
	text_free(&s.names);
}

static void a_sleeper_that_uses_an_mm_is_found_once(void **state)
{
	struct seen s = { 0 };

	(void)state;
	talk(FORM_HUMAN);
	ask("spawn qemu; kthread vhost; switch qemu; @1 switch vhost");
	ask("@1 kthread_use_mm mm1; @1 idle");
	glance_holders(amm_world(amm), 2, OWNS_COUNT, see, &s);
	assert_string_equal(text_string(&s.names),
			    "users x1;swapper/1 x1;vhost x1;");
	text_free(&s.names);
}

static bool stop(void *context, const char *name, uint32_t counts)
{
	unsigned *calls = context;

	(void)name;
	(void)counts;
	++*calls;
	return false;
}

static void nothing_is_told_after_a_stop(void **state)
{
	unsigned calls = 0;

	(void)state;
	talk(FORM_HUMAN);
	glance_holders(amm_world(amm), MM_INIT, OWNS_COUNT, stop, &calls);
	assert_int_equal(calls, 1);
}

/* A machine of a million tasks, of which one holds a count and is nowhere. */
static struct world *big_world(task_id holder)
{
	struct limits max = limits_trace(4);
	struct world *w;

	max.tasks = 1000000;
	w = am_calloc(world_size(&max), 1);
	assert_non_null(w);
	world_init(w, &max);
	mm_of(w, 2)->slot = SLOT_LIVE;
	mm_of(w, 2)->mm_users = 1;
	mm_of(w, 2)->mm_count = 3;
	slot_mark(w, MAP_MM, 2, true);
	task_of(w, holder)->slot = SLOT_LIVE;
	task_of(w, holder)->mm = ref_to(2, OWNS_COUNT);
	task_of(w, 3)->active_mm = ref_to(2, OWNS_COUNT);
	slot_mark(w, MAP_TASK, holder, true);
	return w;
}

static void in_a_big_machine_sleepers_are_only_counted(void **state)
{
	struct world *w = big_world(999999);
	struct seen s = { 0 };

	(void)state;
	glance_holders(w, 2, OWNS_COUNT, see, &s);
	assert_string_equal(text_string(&s.names), "users x1;swapper/2 x1;");
	assert_int_equal(s.unnamed, 1);
	text_free(&s.names);
	am_free(w);
}

static void in_a_big_machine_every_task_has_its_pid(void **state)
{
	struct world *w = big_world(999999);
	struct text name = { 0 };

	(void)state;
	memcpy(task_shown_of(w, 999999)->name, "sh", 2);
	task_shown_of(w, 999999)->pid = 4242;
	glance_task(&name, w, 999999);
	assert_string_equal(text_string(&name), "sh(4242)");
	text_free(&name);
	am_free(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(every_unit_has_its_holder),
		TALK_TEST(users_come_first_and_what_is_kept_last),
		TALK_TEST(a_sleeper_that_uses_an_mm_is_found_once),
		TALK_TEST(nothing_is_told_after_a_stop),
		TALK_TEST(in_a_big_machine_sleepers_are_only_counted),
		TALK_TEST(in_a_big_machine_every_task_has_its_pid),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
