/*
 * test_profile.c - each profile is a whole kernel
 */
#include "test.h"

#include <string.h>

#include "engine/step.h"

static const enum path_id verb_paths[] = {
#define VERB(id, path) PATH_##path,
#include "engine/verb.def"
#undef VERB
};

static void profiles_are_found_by_name(void **state)
{
	(void)state;
	assert_string_equal(profile_find("6.12")->kernel, "6.12.117");
	assert_string_equal(profile_find("6.1")->kernel, "6.1.192");
	assert_non_null(profile_find("6.12-shoot"));
	assert_null(profile_find("6.1x"));
	assert_null(profile_find(""));
}

static void the_first_profile_is_the_default_6_12(void **state)
{
	(void)state;
	assert_ptr_equal(profile_at(0), profile_find("6.12"));
}

static void no_two_profiles_share_a_name(void **state)
{
	(void)state;
	for (uint32_t i = 0; profile_at(i); i++)
		assert_ptr_equal(profile_find_for(profile_at(i)->name,
						  profile_at(i)->arch),
				 profile_at(i));
}

static void a_choice_of_refcount_names_the_two_kernels(void **state)
{
	(void)state;
	for (uint32_t i = 0; profile_at(i); i++) {
		const struct profile *p = profile_at(i);

		if (!p->refcount_y) {
			assert_null(p->refcount_n);
			continue;
		}
		assert_true(profile_find_for(p->refcount_y, p->arch)
				    ->lazy_refcount);
		assert_false(profile_find_for(p->refcount_n, p->arch)
				     ->lazy_refcount);
		assert_string_equal(profile_find(p->refcount_n)->refcount_y,
				    p->refcount_y);
	}
}

static void lazy_users_are_counted_or_shot_but_not_both(void **state)
{
	(void)state;
	for (uint32_t i = 0; profile_at(i); i++)
		assert_false(profile_at(i)->lazy_refcount &&
			     profile_at(i)->lazy_shootdown);
}

/* What is newer than a kernel, or older. */
static bool has_not(const struct profile *p, enum path_id path)
{
	static const struct {
		const char *kernel;
		enum path_id path;
	} missing[] = {
		{ "4.14", PATH_user_mode_thread },
		{ "2.6", PATH_user_mode_thread },
		{ "2.6", PATH_leave_mm },
		{ "2.6", PATH_holder_mmget_not_zero },
		{ "2.6", PATH_holder_mmput_async },
		{ "2.6", PATH_run_work },
		{ "2.4", PATH_user_mode_thread },
		{ "2.4", PATH_leave_mm },
		{ "2.4", PATH_holder_mmget_not_zero },
		{ "2.4", PATH_holder_mmput_async },
		{ "2.4", PATH_run_work },
		{ "2.4", PATH_kthread_use_mm },
		{ "2.4", PATH_kthread_unuse_mm },
		{ "2.4", PATH_cpu_down },
	};

	/* tasks went lazy of their own will in 2.4 alone */
	if (path == PATH_sys_bdflush)
		return strcmp(p->name, "2.4") != 0;
	/* no kernel code of an Alpha leaves an mm for idle */
	if (p->arch == ARCH_ALPHA && path == PATH_leave_mm)
		return true;
	for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
		if (missing[i].path == path &&
		    strcmp(missing[i].kernel, p->name) == 0)
			return true;
	return false;
}

static void a_linux_profile_can_do_every_verb_of_its_time(void **state)
{
	static struct program p;

	(void)state;
	for (uint32_t i = 0; profile_at(i); i++) {
		const struct path *const *path = p.path;

		if (profile_at(i)->canon || profile_at(i)->one_count)
			continue;
		assert_true(program_link(&p, profile_at(i), NULL, 0));
		for (int verb = 0; verb < VERBS; verb++)
			assert_true(verb_paths[verb] == PATH_NONE ||
				    !path[verb_paths[verb]] ==
					    has_not(profile_at(i),
						    verb_paths[verb]));
	}
}

static void profiles_differ_in_the_tables_they_name(void **state)
{
	const struct path *new[PATHS] = { NULL }, *old[PATHS] = { NULL },
			  *shoot[PATHS] = { NULL };

	(void)state;
	profile_find("6.12")->paths(new);
	profile_find("6.1")->paths(old);
	profile_find("6.12-shoot")->paths(shoot);
	assert_ptr_equal(new[PATH_context_switch], old[PATH_context_switch]);
	assert_ptr_not_equal(new[PATH_kthread_use_mm],
			     old[PATH_kthread_use_mm]);
	assert_ptr_not_equal(new[PATH_finish_task_switch],
			     shoot[PATH_finish_task_switch]);
	assert_null(new[PATH_cleanup_lazy_tlbs]);
	assert_non_null(shoot[PATH_cleanup_lazy_tlbs]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(profiles_are_found_by_name),
		cmocka_unit_test(the_first_profile_is_the_default_6_12),
		cmocka_unit_test(no_two_profiles_share_a_name),
		cmocka_unit_test(a_choice_of_refcount_names_the_two_kernels),
		cmocka_unit_test(lazy_users_are_counted_or_shot_but_not_both),
		cmocka_unit_test(a_linux_profile_can_do_every_verb_of_its_time),
		cmocka_unit_test(profiles_differ_in_the_tables_they_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
