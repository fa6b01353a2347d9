/* test_names.c - words name tasks, mms and CPUs of a world */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include "machine.h"
#include "session/error.h"
#include "session/names.h"

static struct machine *m;
static struct viewpoint view;
static struct error error;

/* sh and vi on their mms, two kworkers; CPU 1 runs sh, then kworker/1:0. */
static int setup(void **state)
{
	(void)state;
	m = machine_new("6.12", 2);
	machine_spawn(m, "sh");
	machine_spawn(m, "vi");
	machine_do(m, VERB_kthread, 0, 0, 0, "kworker/1:0");
	machine_do(m, VERB_kthread, 0, 0, 0, "kworker/0:1");
	machine_switch(m, 1, "sh");
	machine_switch(m, 1, "kworker/1:0");
	view = (struct viewpoint){ m->w, 1, NULL };
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	machine_free(m);
	return 0;
}

static void assert_task(const char *word, const char *comm)
{
	task_id task;

	if (!name_task(&view, word, &task, &error))
		fail_msg("%s: %s", word, error.message);
	assert_int_equal(task, machine_task(m, comm));
}

static void assert_no_task(const char *word, enum status status)
{
	task_id task;

	assert_false(name_task(&view, word, &task, &error));
	assert_int_equal(error.status, status);
	assert_true(error.hint[0] != '\0');
}

static void tasks_have_names_and_pids(void **state)
{
	char word[32];
	unsigned pid = world_task_shown(m->w, machine_task(m, "sh"))->pid;

	(void)state;
	assert_task("sh", "sh");
	snprintf(word, sizeof word, "%u", pid);
	assert_task(word, "sh");
	snprintf(word, sizeof word, "sh(%u)", pid);
	assert_task(word, "sh");
	assert_task("kworker/1:0", "kworker/1:0");
	assert_task("kworker/1", "kworker/1:0");
}

static void cpus_name_the_tasks_they_run(void **state)
{
	(void)state;
	assert_task("%", "kworker/1:0");
	assert_task("%1", "kworker/1:0");
	assert_task("%0", "swapper/0");
	assert_task("idle", "swapper/1");
	assert_task("swapper/0", "swapper/0");
}

static void unknown_tasks_get_a_suggestion(void **state)
{
	(void)state;
	assert_no_task("kworkr/1:0", STATUS_NO_SUCH_TASK);
	assert_non_null(strstr(error.hint, "did you mean 'kworker/1:0'"));
	assert_no_task("4711", STATUS_NO_SUCH_TASK);
	assert_no_task("0", STATUS_NO_SUCH_TASK);
	assert_non_null(strstr(error.hint, "swapper/0"));
	assert_no_task("%7", STATUS_NO_SUCH_CPU);
	assert_no_task("swapper/7", STATUS_NO_SUCH_CPU);
	assert_no_task("%x", STATUS_NO_SUCH_TASK);
	assert_string_equal(error.message, "there is no task '%x'");
	assert_no_task("", STATUS_NO_SUCH_TASK);
	assert_no_task("sh(x)", STATUS_NO_SUCH_TASK);
	assert_no_task("(1)", STATUS_NO_SUCH_TASK);
	assert_no_task("sh()", STATUS_NO_SUCH_TASK);
}

static void an_ambiguous_name_lists_the_pids(void **state)
{
	unsigned one =
		world_task_shown(m->w, machine_task(m, "kworker/1:0"))->pid;
	unsigned two =
		world_task_shown(m->w, machine_task(m, "kworker/0:1"))->pid;
	char expected[128];

	(void)state;
	assert_no_task("kworker", STATUS_AMBIGUOUS_TASK);
	snprintf(expected, sizeof expected,
		 "2 tasks are named kworker*: %u kworker/1:0, %u kworker/0:1",
		 one, two);
	assert_string_equal(error.message, expected);
	machine_spawn(m, "sh");
	assert_no_task("sh", STATUS_AMBIGUOUS_TASK);
	assert_non_null(strstr(error.message, "2 tasks are named sh: "));
}

static void assert_mm(const char *word, mm_id mm)
{
	mm_id found;

	if (!name_mm(&view, word, &found, &error))
		fail_msg("%s: %s", word, error.message);
	assert_int_equal(found, mm);
}

static void assert_no_mm(const char *word, enum status status)
{
	mm_id mm;

	assert_false(name_mm(&view, word, &mm, &error));
	assert_int_equal(error.status, status);
	assert_true(error.hint[0] != '\0');
}

static void mms_have_numbers(void **state)
{
	(void)state;
	assert_mm("init_mm", MM_INIT);
	assert_mm("mm1", machine_mm(m, 1));
	assert_mm("2", machine_mm(m, 2));
	assert_no_mm("mm3", STATUS_NO_SUCH_MM);
	assert_string_equal(error.message, "there is no mm3 yet");
	assert_no_mm("mm4294967297", STATUS_NO_SUCH_MM);
	assert_no_mm("mm", STATUS_NO_SUCH_MM);
	assert_no_mm("", STATUS_NO_SUCH_MM);
}

static void mms_are_named_by_who_has_them(void **state)
{
	(void)state;
	assert_mm("sh.mm", machine_mm(m, 1));
	assert_mm("vi->active_mm", machine_mm(m, 2));
	assert_mm("kworker/1:0.active_mm", machine_mm(m, 1));
	assert_mm("%1.active_mm", machine_mm(m, 1));
	assert_mm("cpu1.loaded_mm", machine_mm(m, 1));
	assert_mm("swapper/0.active_mm", MM_INIT);
	machine_spawn(m, "a.out");
	assert_mm("a.out.mm", machine_mm(m, 3));
	assert_mm("a.out->mm", machine_mm(m, 3));
	assert_no_mm("sh>mm", STATUS_NO_SUCH_MM);
}

static void what_leads_to_no_mm_is_explained(void **state)
{
	(void)state;
	assert_no_mm("kworker/1:0.mm", STATUS_NO_SUCH_MM);
	assert_string_equal(error.message, "kworker/1:0.mm is NULL now");
	assert_string_equal(error.hint,
			    "what it runs on is kworker/1:0.active_mm");
	assert_no_mm("cpu1.prev_mm", STATUS_NO_SUCH_MM);
	assert_no_mm("cpu9.loaded_mm", STATUS_NO_SUCH_CPU);
	assert_no_mm("cpu1.mm", STATUS_NO_SUCH_FIELD);
	assert_no_mm("sh.pgd", STATUS_NO_SUCH_FIELD);
	assert_no_mm("nobody.mm", STATUS_NO_SUCH_TASK);
	assert_no_mm("sh", STATUS_NO_SUCH_MM);
	assert_string_equal(error.hint,
			    "did you mean 'sh.mm' or 'sh.active_mm'?");
	assert_no_mm(".mm", STATUS_NO_SUCH_MM);
	assert_no_mm("->mm", STATUS_NO_SUCH_MM);
}

static void a_freed_mm_keeps_its_number(void **state)
{
	uint32_t serial;

	(void)state;
	machine_switch(m, 0, "vi");
	machine_do(m, VERB_exit, 0, 0, 0, "");
	machine_switch(m, 0, "idle");
	machine_switch(m, 0, "sh");
	assert_no_mm("mm2", STATUS_NO_SUCH_MM);
	assert_string_equal(error.message, "mm2 is freed");
	assert_true(name_mm_serial(&view, "mm2", &serial, &error));
	assert_int_equal(serial, 2);
	assert_true(name_mm_serial(&view, "sh.mm", &serial, &error));
	assert_int_equal(serial, 1);
	assert_true(name_mm_serial(&view, "init_mm", &serial, &error));
	assert_int_equal(serial, 0);
	assert_false(name_mm_serial(&view, "mm9", &serial, &error));
}

static void long_words_name_nothing(void **state)
{
	char word[2000];

	(void)state;
	memset(word, 'x', sizeof word);
	memcpy(word + sizeof word - 4, ".mm", 4);
	assert_no_mm(word, STATUS_NO_SUCH_MM);
	word[sizeof word - 4] = ')';
	word[sizeof word - 3] = '\0';
	word[10] = '(';
	assert_no_task(word, STATUS_NO_SUCH_TASK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(tasks_have_names_and_pids,
						setup, teardown),
		cmocka_unit_test_setup_teardown(cpus_name_the_tasks_they_run,
						setup, teardown),
		cmocka_unit_test_setup_teardown(unknown_tasks_get_a_suggestion,
						setup, teardown),
		cmocka_unit_test_setup_teardown(
			an_ambiguous_name_lists_the_pids, setup, teardown),
		cmocka_unit_test_setup_teardown(mms_have_numbers, setup,
						teardown),
		cmocka_unit_test_setup_teardown(mms_are_named_by_who_has_them,
						setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_leads_to_no_mm_is_explained, setup, teardown),
		cmocka_unit_test_setup_teardown(a_freed_mm_keeps_its_number,
						setup, teardown),
		cmocka_unit_test_setup_teardown(long_words_name_nothing, setup,
						teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
