/* test_resolve.c - names, functions and fields mean what the world says */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include "activemm.h"
#include "machine.h"
#include "session/error.h"
#include "session/fields.h"
#include "session/keep.h"
#include "session/resolve.h"

static struct machine *m;
static struct error error;
static struct value value;

/* CPU 1 runs kworker/1:0, which borrows mm1 of sh; PIDs as they come. */
static int setup(void **state)
{
	(void)state;
	m = machine_new("6.12", 2);
	machine_spawn(m, "sh");
	machine_spawn(m, "vi");
	machine_do(m, VERB_kthread, 0, 0, 0, "kworker/1:0");
	machine_switch(m, 1, "sh");
	machine_switch(m, 1, "kworker/1:0");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	machine_free(m);
	return 0;
}

static bool eval(const char *source)
{
	struct expr x;

	if (!expr_read_all(source, &x, &error))
		fail_msg("%s: %s", source, error.message);
	return resolve_eval(&x, &(struct viewpoint){ m->w, 1, NULL }, &value,
			    &error);
}

static void assert_number(const char *source, uint64_t number)
{
	if (!eval(source))
		fail_msg("%s: %s", source, error.message);
	assert_int_equal(value.kind, VALUE_NUMBER);
	assert_int_equal(value.number, number);
}

static void assert_object(const char *source, enum value_kind kind, uint32_t id)
{
	if (!eval(source))
		fail_msg("%s: %s", source, error.message);
	assert_int_equal(value.kind, kind);
	assert_int_equal(value.number, id);
}

static void assert_fails(const char *source, enum status status)
{
	assert_false(eval(source));
	assert_int_equal(error.status, status);
	assert_true(error.length > 0);
}

static void names_are_tasks_mms_and_cpus(void **state)
{
	(void)state;
	assert_object("sh", VALUE_TASK, machine_task(m, "sh"));
	assert_object("kworker/1:0", VALUE_TASK,
		      machine_task(m, "kworker/1:0"));
	assert_object("%", VALUE_TASK, machine_task(m, "kworker/1:0"));
	assert_object("mm2", VALUE_MM, machine_mm(m, 2));
	assert_object("init_mm", VALUE_MM, MM_INIT);
	assert_object("cpu1", VALUE_CPU, 1);
	assert_object("cpu0", VALUE_CPU, 0);
	assert_object("NULL", VALUE_NULL, 0);
	assert_fails("nobody", STATUS_NO_SUCH_TASK);
	assert_fails("mm7", STATUS_NO_SUCH_MM);
	assert_fails("cpu7", STATUS_NO_SUCH_CPU);
}

static void functions_find_by_number(void **state)
{
	unsigned pid = world_task_shown(m->w, machine_task(m, "sh"))->pid;
	char source[64];

	(void)state;
	snprintf(source, sizeof source, "task(%u) == sh", pid);
	assert_number(source, 1);
	snprintf(source, sizeof source, "$lx_task_by_pid(%u).mm == mm1", pid);
	assert_number(source, 1);
	snprintf(source, sizeof source, "%u.mm == mm(1)", pid);
	assert_number(source, 1);
	assert_object("task(4711)", VALUE_NULL, 0);
	assert_object("mm(4711)", VALUE_NULL, 0);
	assert_object("mm(0)", VALUE_MM, MM_INIT);
	assert_object("current(0)", VALUE_TASK, machine_task(m, "swapper/0"));
	assert_object("$lx_current()", VALUE_TASK,
		      machine_task(m, "kworker/1:0"));
	assert_number("current(1) == $lx_current()", 1);
	assert_number("task(sh) == sh && mm(mm1) == mm1 && mm(sh) == mm1", 1);
	assert_object("mm(kworker/1:0)", VALUE_NULL, 0);
	assert_number("name(sh) == \"sh\" && sh.name == sh.comm", 1);
	assert_number("cpu(cpu1).is_lazy", 1);
}

static void wrong_calls_are_explained(void **state)
{
	(void)state;
	assert_fails("cpu(2)", STATUS_NO_SUCH_CPU);
	assert_fails("cpu(sh)", STATUS_WRONG_KIND);
	assert_fails("mm(cpu0)", STATUS_WRONG_KIND);
	assert_fails("happened('zombie')", STATUS_WRONG_KIND);
	assert_fails("mm(4294967296)", STATUS_WRONG_KIND);
	assert_fails("task(mm1)", STATUS_WRONG_KIND);
	assert_fails("task()", STATUS_WRONG_KIND);
	assert_fails("task(1, 2)", STATUS_WRONG_KIND);
	assert_fails("$lx_current(1)", STATUS_WRONG_KIND);
	assert_fails("curent(1)", STATUS_UNKNOWN_FUNCTION);
	assert_string_equal(error.hint, "did you mean 'current'?");
	assert_fails("$1", STATUS_NO_SUCH_VALUE);
	assert_fails("$lx_nothing", STATUS_NO_SUCH_VALUE);
	assert_fails("4711.mm", STATUS_NO_SUCH_TASK);
}

static void fields_have_the_kernels_names(void **state)
{
	(void)state;
	assert_number("mm1.mm_users", 1);
	assert_number("mm1.mm_count", 2);
	assert_number("cpu(1)->loaded_mm == current(1)->active_mm", 1);
	assert_number("current(1)->mm == NULL", 1);
	assert_number("sh->mm->context.tlb_gen == mm1.tlb_gen", 1);
	assert_number("sh.comm == \"sh\"", 1);
	assert_number("sh.flags & 0x200000", 0);
	assert_number("(%.flags & 0x200000) != 0", 1);
	assert_number("kworker/1:0.on_cpu", 1);
	assert_number("cpu1.curr == cpu1.current", 1);
	assert_number("cpu1.idle == idle", 1);
	/* sh, and kworker/1:0 that borrows */
	assert_number("mm(1)->holders", 2);
	assert_number("mm2.holders", 1);
	assert_number("mm1.mm_cpumask", 2);
	assert_number("mm1.mm_cpumask[1]", 1);
	assert_number("mm1.mm_cpumask[0]", 0);
	assert_number("sh.pid == sh.tgid", 1);
	assert_number("cpu1.prev_mm == NULL", 1);
}

/* Each name in the list can be asked, so completion offers nothing false. */
static void every_listed_field_can_be_read(void **state)
{
	static const struct {
		enum value_kind kind;
		const char *object;
	} things[] = { { VALUE_TASK, "sh" },
		       { VALUE_MM, "mm1" },
		       { VALUE_CPU, "cpu1" } };
	char source[64];
	const char *name;

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		for (unsigned n = 0;
		     (name = field_name(NULL, things[i].kind, n)); n++) {
			snprintf(source, sizeof source, "%s.%s",
				 things[i].object, name);
			assert_true(eval(source));
		}
		assert_null(field_name(NULL, VALUE_NUMBER, 0));
	}
	assert_string_equal(function_name(0), "task");
	assert_null(function_name(100));
}

static void wrong_fields_are_explained(void **state)
{
	(void)state;
	assert_fails("sh.mm_users", STATUS_NO_SUCH_FIELD);
	assert_fails("mm1.mm_user", STATUS_NO_SUCH_FIELD);
	assert_non_null(strstr(error.hint, "did you mean 'mm_users'?"));
	assert_fails("sh.comm.mm", STATUS_WRONG_KIND);
	assert_fails("current(1)->mm->mm_users", STATUS_NULL_POINTER);
	assert_fails("sh[1]", STATUS_WRONG_KIND);
	assert_fails("1[64]", STATUS_OUT_OF_RANGE);
}

static void printed_values_have_numbers(void **state)
{
	static const char *const sources[] = { "$1", "$2", "$", "$$" };
	static const uint64_t expected[] = { 10, 20, 20, 10 };
	struct amm *a = amm_new(&(struct amm_config){ .no_shell = true }, NULL);
	struct expr x;

	(void)state;
	assert_non_null(a);
	assert_true(expr_read_all("$$", &x, &error));
	value = (struct value){ .kind = VALUE_NUMBER, .number = 10 };
	keep_new_value(a, &value);
	assert_false(resolve_here(a, &x, &value, &error));
	value.number = 20;
	keep_new_value(a, &value);
	for (unsigned i = 0; i < 4; i++) {
		assert_true(expr_read_all(sources[i], &x, &error));
		assert_true(resolve_here(a, &x, &value, &error));
		assert_int_equal(value.number, expected[i]);
	}
	assert_true(expr_read_all("$3 + $0", &x, &error));
	assert_false(resolve_here(a, &x, &value, &error));
	assert_true(expr_read_all("$0", &x, &error));
	assert_false(resolve_here(a, &x, &value, &error));
	assert_int_equal(error.status, STATUS_NO_SUCH_VALUE);
	amm_free(a);
}

static void looking_changes_nothing(void **state)
{
	void *before = test_malloc(m->size);

	(void)state;
	memcpy(before, m->w, m->size);
	assert_true(eval("mm1.mm_users == 0 || mm1.mm_cpumask[1]"));
	assert_memory_equal(before, m->w, m->size);
	test_free(before);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(names_are_tasks_mms_and_cpus),
		TEST(functions_find_by_number),
		TEST(wrong_calls_are_explained),
		TEST(fields_have_the_kernels_names),
		TEST(every_listed_field_can_be_read),
		TEST(wrong_fields_are_explained),
		TEST(printed_values_have_numbers),
		TEST(looking_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
