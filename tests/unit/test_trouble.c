/*
 * test_trouble.c - refusals, complaints and broken invariants, in words
 */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "machine.h"
#include "session/trouble.h"

static void a_refusal_names_task_and_cpu(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	struct error e = { 0 };

	(void)state;
	machine_spawn(m, "sh");
	assert_true(machine_switch(m, 1, "sh"));
	assert_false(machine_switch(m, 0, "sh"));
	assert_false(trouble_refused(&e, m->w, &m->program, &m->last));
	assert_string_equal(e.message, "'sh' (PID 100) is running on CPU 1; "
				       "a task runs on one CPU at a time");
	assert_string_equal(e.hint, "switch CPU 1 away first: @1 idle");
	assert_int_equal(status_info(e.status)->number, 301);
	machine_free(m);
}

static void every_refusal_has_a_code_with_a_help_page(void **state)
{
	struct machine *m = machine_new("6.12", 2);

	(void)state;
	for (int why = REFUSED_NOT + 1; why < REFUSALS; why++) {
		struct verdict v = { .why = (enum refusal)why,
				     .task = 1,
				     .mm = MM_INIT };
		struct error e = { 0 };

		trouble_refused(&e, m->w, &m->program, &v);
		assert_true(e.status != STATUS_OK);
		assert_true(strlen(status_info(e.status)->page) > 20);
		assert_null(strchr(e.message, '%'));
		assert_null(strchr(e.hint, '%'));
		assert_true(e.message[0] && e.hint[0]);
	}
	machine_free(m);
}

static void a_hostile_name_is_escaped(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	struct error e = { 0 };

	(void)state;
	machine_spawn(m, "\033[31m");
	assert_true(machine_do(m, VERB_switch, 1, machine_task(m, "\033[31m"),
			       0, NULL));
	assert_false(machine_do(m, VERB_switch, 0, machine_task(m, "\033[31m"),
				0, NULL));
	trouble_refused(&e, m->w, &m->program, &m->last);
	assert_null(strchr(e.message, '\033'));
	assert_non_null(strstr(e.message, "^[[31m"));
	machine_free(m);
}

static void the_kernels_warning_has_its_own_form(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	struct text said = { 0 };

	(void)state;
	machine_spawn(m, "sh");
	machine_spawn(m, "qemu");
	assert_true(machine_switch(m, 1, "sh"));
	m->checked = false;
	m->may_warn = true;
	assert_true(machine_do(m, VERB_kthread_use_mm, 1, machine_mm(m, 2), 0,
			       NULL));
	for (size_t i = 0; i < m->log.count; i++)
		if (m->log.events[i].kind == EV_WARN)
			trouble_show(&said, m->w, &m->log.events[i],
				     FORM_HUMAN);
	assert_non_null(strstr(
		text_string(&said),
		"warn[K-WARN kthread_use_mm]: current task 'sh' is not a "
		"kernel thread (PF_KTHREAD)\n"));
	text_free(&said);
	machine_free(m);
}

static void a_broken_invariant_says_what_was_expected(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	struct broken b = { 0, MM_INIT, 4, 3 };
	struct text said = { 0 };

	(void)state;
	trouble_broken(&said, m->w, &b, "t8.3", FORM_HUMAN);
	assert_string_equal(text_string(&said),
			    "broken[F1] at t8.3: init_mm\n"
			    "  mm_count is one for all users together, one "
			    "for each borrower and each explicit holder\n"
			    "  expected 4, found 3\n");
	text_clear(&said);
	trouble_broken(&said, m->w, &b, "t8.3", FORM_JSON);
	assert_non_null(strstr(text_string(&said),
			       "\"expected\":4,\"found\":3,\"t\":\"t8.3\"}}"));
	text_free(&said);
	machine_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_refusal_names_task_and_cpu),
		cmocka_unit_test(every_refusal_has_a_code_with_a_help_page),
		cmocka_unit_test(a_hostile_name_is_escaped),
		cmocka_unit_test(the_kernels_warning_has_its_own_form),
		cmocka_unit_test(a_broken_invariant_says_what_was_expected),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
