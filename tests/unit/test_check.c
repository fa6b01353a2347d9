/*
 * test_check.c - each invariant is seen to fail, in a world made wrong by hand
 */
#include "test.h"

#include <string.h>

#include "engine/world_alpha.h"
#include "expect.h"

/* A runs on CPU 0; CPU 1's idle task borrows A's mm; B waits for a CPU. */
static struct machine *at_rest(const char *profile)
{
	const struct profile *alpha = profile_find_for("6.12", ARCH_ALPHA);
	struct machine *m = strcmp(profile, "alpha") == 0
				    ? machine_of(alpha, 2, NULL, 0)
				    : machine_new(profile, 2);

	machine_spawn(m, "A");
	machine_spawn(m, "B");
	expect_switch(m, 0, "A");
	expect_done(m, VERB_clone, 0, 0, 0, "A2");
	expect_switch(m, 1, "A2");
	expect_switch(m, 1, "idle");
	m->by_hand = true;
	return m;
}

enum { MM_A = 2, MM_B = 3, MM_FREE = 5, IDLE_1 = 2 };

static struct task *a(struct machine *m)
{
	return task_of(m->w, machine_task(m, "A"));
}

static struct task *b(struct machine *m)
{
	return task_of(m->w, machine_task(m, "B"));
}

static void flip_mask(struct machine *m, mm_id mm, cpu_id c)
{
	WORLD_WORD(m->w, m->w->mask_at)[mm * m->w->mask_words] ^= 1u << c;
}

/* One wrong thing each. */
static void init_mm_short_of_a_user(struct machine *m)
{
	mm_of(m->w, MM_INIT)->mm_users--;
}
static void a_task_that_is_not_counted(struct machine *m)
{
	a(m)->mm = ref_to(MM_A, OWNS_NOTHING);
	mm_of(m->w, MM_A)->mm_users--;
}
static void a_task_without_an_mm(struct machine *m)
{
	b(m)->mm = MM_NONE;
}
static void an_exited_task_with_its_mm(struct machine *m)
{
	b(m)->exit_state = EXIT_ZOMBIE;
}
static void one_count_too_many(struct machine *m)
{
	mm_of(m->w, MM_A)->mm_count++;
}
static void one_count_missing(struct machine *m)
{
	mm_of(m->w, MM_A)->mm_count--;
}
static void a_borrow_that_owns_nothing(struct machine *m)
{
	task_of(m->w, IDLE_1)->active_mm = ref_to(MM_A, OWNS_NOTHING);
	mm_of(m->w, MM_A)->mm_count--;
}
static void a_count_that_nobody_gives_back(struct machine *m)
{
	mm_of(m->w, MM_A)->work = WORK_MMPUT;
}
static void init_mm_counts_too_much(struct machine *m)
{
	mm_of(m->w, MM_INIT)->mm_count++;
}
static void a_counted_borrow_without_refcount(struct machine *m)
{
	task_of(m->w, IDLE_1)->active_mm = ref_to(MM_A, OWNS_COUNT);
}
static void a_counted_prev_mm_without_refcount(struct machine *m)
{
	cpu_of(m->w, 1)->prev_mm = ref_to(MM_A, OWNS_COUNT);
}
static void one_user_too_many(struct machine *m)
{
	mm_of(m->w, MM_A)->mm_users++;
}
static void a_user_that_owns_nothing(struct machine *m)
{
	b(m)->mm = ref_to(MM_B, OWNS_NOTHING);
	mm_of(m->w, MM_B)->mm_users = 0;
}
static void users_without_a_count(struct machine *m)
{
	mm_of(m->w, MM_B)->mm_count = 0;
}
static void a_negative_count(struct machine *m)
{
	mm_of(m->w, MM_B)->mm_count = (uint32_t)-1;
}
static void negative_users(struct machine *m)
{
	mm_of(m->w, MM_B)->mm_users = (uint32_t)-1;
}
static void init_mm_with_three_users(struct machine *m)
{
	mm_of(m->w, MM_INIT)->mm_users = 3;
}
static void init_mm_without_a_count(struct machine *m)
{
	mm_of(m->w, MM_INIT)->mm_count = 0;
}
static void active_mm_other_than_mm(struct machine *m)
{
	b(m)->active_mm = ref_to(MM_A, OWNS_NOTHING);
}
static void a_running_task_that_borrows_nothing(struct machine *m)
{
	task_of(m->w, IDLE_1)->active_mm = MM_NONE;
}
static void a_borrow_off_the_cpu(struct machine *m)
{
	task_of(m->w, 1)->active_mm = ref_to(MM_A, OWNS_NOTHING);
}
static void init_mm_as_a_real_mm(struct machine *m)
{
	b(m)->mm = b(m)->active_mm = ref_to(MM_INIT, OWNS_NOTHING);
}
static void a_zombie_with_an_mm(struct machine *m)
{
	b(m)->exit_state = EXIT_ZOMBIE;
}
static void another_mm_loaded(struct machine *m)
{
	cpu_of(m->w, 1)->loaded_mm = ref_to(MM_B, OWNS_NOTHING);
}
static void a_user_without_its_mm_loaded(struct machine *m)
{
	cpu_of(m->w, 0)->loaded_mm = ref_to(MM_INIT, OWNS_NOTHING);
}
static void a_lazy_user(struct machine *m)
{
	cpu_of(m->w, 0)->is_lazy = 1;
}
static void lazy_on_init_mm(struct machine *m)
{
	cpu_of(m->w, 1)->loaded_mm = ref_to(MM_INIT, OWNS_NOTHING);
}
static void a_borrower_that_is_not_lazy(struct machine *m)
{
	cpu_of(m->w, 1)->is_lazy = 0;
}
static void a_users_bit_missing(struct machine *m)
{
	flip_mask(m, MM_A, 0);
}
static void a_lazy_bit_missing(struct machine *m)
{
	flip_mask(m, MM_A, 1);
}
static void a_bit_too_many(struct machine *m)
{
	flip_mask(m, MM_B, 1);
}
static void tables_without_a_user(struct machine *m)
{
	mm_of(m->w, MM_B)->mm_users = 0;
}
static void a_freed_mm_loaded(struct machine *m)
{
	cpu_of(m->w, 1)->loaded_mm = ref_to(MM_FREE, OWNS_NOTHING);
}
static void a_freed_mm_parked(struct machine *m)
{
	cpu_of(m->w, 1)->prev_mm = ref_to(MM_FREE, OWNS_NOTHING);
}
static void a_freed_mm_borrowed(struct machine *m)
{
	task_of(m->w, IDLE_1)->active_mm = ref_to(MM_FREE, OWNS_COUNT);
}
static void a_freed_mm_used(struct machine *m)
{
	b(m)->mm = b(m)->active_mm = ref_to(MM_FREE, OWNS_USER);
}
static void prev_mm_outside_of_a_switch(struct machine *m)
{
	cpu_of(m->w, 1)->prev_mm = ref_to(MM_A, OWNS_NOTHING);
}
static void nobody_on_a_cpu(struct machine *m)
{
	a(m)->on_cpu = 0;
}
static void two_on_a_cpu(struct machine *m)
{
	b(m)->on_cpu = 1;
}
static void the_base_of_init_mm_while_it_borrows(struct machine *m)
{
	cpu_of(m->w, 1)->loaded_mm = ref_to(MM_INIT, OWNS_NOTHING);
}
static void the_asn_of_another(struct machine *m)
{
	context_of(m->w, context_index(m->w, MM_B, 0))->asn =
		world_context(m->w, MM_A, 0);
}
static void a_flush_that_was_not_made_good(struct machine *m)
{
	context_of(m->w, context_index(m->w, MM_A, 0))->asn = 0;
}
static const struct wrong {
	const char *invariant;
	void (*make)(struct machine *m);
	const char *profile; /* NULL: 6.12 */
} wrongs[] = {
	{ "F1", one_count_too_many, NULL },
	{ "F1", one_count_missing, NULL },
	{ "F1", a_borrow_that_owns_nothing, NULL },
	{ "F1", a_count_that_nobody_gives_back, NULL },
	{ "F2", init_mm_counts_too_much, NULL },
	{ "F3", a_counted_borrow_without_refcount, "6.12-shoot" },
	{ "F3", a_counted_prev_mm_without_refcount, "6.12-shoot" },
	{ "F4", one_user_too_many, NULL },
	{ "F4", a_user_that_owns_nothing, NULL },
	{ "F5", users_without_a_count, NULL },
	{ "F6", a_negative_count, NULL },
	{ "F6", negative_users, NULL },
	{ "F7", init_mm_with_three_users, NULL },
	{ "F7", init_mm_without_a_count, NULL },
	{ "F8", active_mm_other_than_mm, NULL },
	{ "F9", a_running_task_that_borrows_nothing, NULL },
	{ "F10", a_borrow_off_the_cpu, NULL },
	{ "F11", init_mm_as_a_real_mm, NULL },
	{ "F12", a_zombie_with_an_mm, NULL },
	{ "F13", another_mm_loaded, NULL },
	{ "F14", a_user_without_its_mm_loaded, NULL },
	{ "F14L", a_lazy_user, NULL },
	{ "F15", lazy_on_init_mm, NULL },
	{ "F16", a_borrower_that_is_not_lazy, NULL },
	{ "F17", a_users_bit_missing, NULL },
	{ "F17", a_users_bit_missing, "6.18" },
	{ "F17", a_users_bit_missing, "2.4" },
	{ "F17L", a_lazy_bit_missing, NULL },
	{ "F17L", a_lazy_bit_missing, "6.12-shoot" },
	{ "F17L", a_lazy_bit_missing, "6.18" },
	{ "F17S", a_bit_too_many, NULL },
	{ "F17S", a_bit_too_many, "2.6" },
	{ "F23", tables_without_a_user, NULL },
	{ "F24", a_freed_mm_loaded, NULL },
	{ "F24", a_freed_mm_parked, NULL },
	{ "F24", a_freed_mm_borrowed, NULL },
	{ "F24", a_freed_mm_used, NULL },
	{ "F25", prev_mm_outside_of_a_switch, NULL },
	{ "O1", one_user_too_many, "2.2" },
	{ "O1", init_mm_short_of_a_user, "2.2" },
	{ "O1", a_task_that_is_not_counted, "2.2" },
	{ "O2", a_task_without_an_mm, "2.2" },
	{ "O2", an_exited_task_with_its_mm, "2.2" },
	{ "F14", a_user_without_its_mm_loaded, "2.2" },
	{ "F23", tables_without_a_user, "2.2" },
	{ "F24", a_freed_mm_loaded, "2.2" },
	{ "F26", nobody_on_a_cpu, NULL },
	{ "F26", two_on_a_cpu, NULL },
	{ "A1", the_base_of_init_mm_while_it_borrows, "alpha" },
	{ "A2", the_asn_of_another, "alpha" },
	{ "A2", a_flush_that_was_not_made_good, "alpha" },
};
enum { WRONGS = sizeof wrongs / sizeof *wrongs };

static uint32_t number_of(const char *name)
{
	uint32_t i = 0;

	while (i < invariant_count() && strcmp(invariant_name(i), name) != 0)
		i++;
	return i;
}

static size_t broken(const struct machine *m, const char *name,
		     struct broken *first)
{
	uint64_t only = (uint64_t)1 << number_of(name);

	return check_world(m->w, &m->program, only, first, 1);
}

static void each_invariant_is_seen_broken(void **state)
{
	(void)state;
	for (int i = 0; i < WRONGS; i++) {
		const struct wrong *wrong = &wrongs[i];
		struct machine *m =
			at_rest(wrong->profile ? wrong->profile : "6.12");
		struct broken first;

		assert_int_equal(broken(m, wrong->invariant, &first), 0);
		wrong->make(m);
		if (!broken(m, wrong->invariant, &first))
			fail_msg("%s (%d) is not seen broken", wrong->invariant,
				 i);
		assert_string_equal(invariant_name(first.invariant),
				    wrong->invariant);
		machine_free(m);
	}
}

static void no_invariant_is_left_out(void **state)
{
	(void)state;
	for (uint32_t n = 0; n < invariant_count(); n++) {
		int seen = 0;

		for (int i = 0; i < WRONGS; i++)
			seen += strcmp(wrongs[i].invariant,
				       invariant_name(n)) == 0;
		if (!seen)
			fail_msg("%s is not tested", invariant_name(n));
		assert_true(invariant_text(n)[0] != '\0');
		assert_true(invariant_about(n) == EV_MM ||
			    invariant_about(n) == EV_TASK ||
			    invariant_about(n) == EV_CPU);
	}
}

static void it_says_about_what_and_how_much(void **state)
{
	struct machine *m = at_rest("6.12");
	struct broken first;

	(void)state;
	one_count_too_many(m);
	assert_int_equal(broken(m, "F1", &first), 1);
	assert_int_equal(first.object, MM_A);
	assert_int_equal(first.expected, 2);
	assert_int_equal(first.found, 3);
	machine_free(m);
}

static void only_what_fits_is_told_but_all_is_counted(void **state)
{
	struct machine *m = at_rest("6.12");
	struct broken two[3] = { { 0 } };

	(void)state;
	one_count_too_many(m);
	one_user_too_many(m);
	active_mm_other_than_mm(m);
	two[2].found = 77;
	assert_true(check_world(m->w, &m->program, ~(uint64_t)0, two, 2) > 2);
	assert_int_equal(two[2].found, 77);
	machine_free(m);
}

/* Inside a window only what the window says is let pass. */
static void exit_suspends_less_than_a_switch(void **state)
{
	struct machine *m = at_rest("6.12");
	struct broken first;

	(void)state;
	assert_true(machine_begin(m, VERB_exit, 0, 0, 0, NULL));
	machine_run_to(m, 0, ST_null_into);
	machine_steps(m, 0, 1);
	assert_true(cpu_windows(m->w, &m->program, 0) & W_EXIT);
	assert_int_equal(broken(m, "F16", &first), 0); /* not lazy yet */
	cpu_of(m->w, 0)->loaded_mm = ref_to(MM_B, OWNS_NOTHING);
	assert_int_equal(broken(m, "F13", &first), 1);
	machine_free(m);
}

static void a_kernel_may_waive_an_invariant(void **state)
{
	struct machine *m = at_rest("6.12");
	struct broken first;

	(void)state;
	one_count_too_many(m);
	assert_int_equal(broken(m, "F1", &first), 1);
	m->program.profile.waived = (uint64_t)1 << INVARIANT_f1;
	assert_int_equal(broken(m, "F1", &first), 0);
	machine_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_invariant_is_seen_broken),
		cmocka_unit_test(no_invariant_is_left_out),
		cmocka_unit_test(it_says_about_what_and_how_much),
		cmocka_unit_test(only_what_fits_is_told_but_all_is_counted),
		cmocka_unit_test(exit_suspends_less_than_a_switch),
		cmocka_unit_test(a_kernel_may_waive_an_invariant),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
