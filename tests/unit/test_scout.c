/*
 * test_scout.c - what a look over a recording tells
 */
#include "test.h"

#include "recordings.h"

#include "trace/scout.h"

static struct scout s;

static void look(const char *name)
{
	if (!scout_read(&s, recording(name), &why))
		fail_msg("%s", text_string(&why));
}

static void the_machine_is_as_big_as_its_highest_cpu(void **state)
{
	(void)state;
	look("zombie.smp2.txt");
	assert_int_equal(s.cpus, 2);
	look("threads.smp4.txt");
	assert_int_equal(s.cpus, 4);
	look("pcid-exec.smp1.txt");
	assert_int_equal(s.cpus, 1);
}

static void an_old_kernel_is_known_by_what_it_does_not_record(void **state)
{
	(void)state;
	look("exec-6.1.smp2.txt");
	assert_string_equal(scout_kernel(&s), "6.1");
	look("exec.smp2.txt");
	assert_string_equal(scout_kernel(&s), "6.12");
	assert_true(s.probes);
}

static void init_mm_is_what_is_loaded_with_id_1(void **state)
{
	(void)state;
	look("zombie.smp2.txt");
	assert_true(s.init_mm == UINT64_C(0xffffffff82d69140));
}

static void a_caller_is_known_by_what_comes_after(void **state)
{
	(void)state;
	look("exec.smp2.txt");
	assert_int_equal(scout_caller(&s, "copy_process+0x100f/0x2800 <- "
					  "mm_init"),
			 CALLER_FORK);
	assert_int_equal(s.callers, 2);
	assert_int_equal(s.caller[0].kind + s.caller[1].kind,
			 CALLER_FORK + CALLER_EXEC);
	assert_int_equal(scout_caller(&s, "elsewhere"), CALLER_UNKNOWN);
	look("zombie-b.smp2.report.txt");
	assert_int_equal(s.callers, 1);
	assert_int_equal(s.caller[0].kind, CALLER_FORK);
}

static void switches_alone_are_a_plain_recording(void **state)
{
	static const char line[] =
		" a-5 [002] d..2. 1.0: sched_switch: prev_comm=a prev_pid=5 "
		"prev_prio=1 prev_state=S ==> next_comm=b next_pid=6 "
		"next_prio=1\n";

	(void)state;
	scratch_put("plain.txt", line, sizeof line - 1);
	assert_true(scout_read(&s, "plain.txt", &why));
	assert_int_equal(s.cpus, 3);
	assert_false(s.probes);
	assert_string_equal(scout_kernel(&s), "6.12");
}

static void a_recording_must_say_something(void **state)
{
	(void)state;
	scratch_put("empty.txt", "#\n", 2);
	assert_false(scout_read(&s, "empty.txt", &why));
	assert_string_equal(text_string(&why), "empty.txt: no events");
	text_clear(&why);
	assert_false(scout_read(&s, "absent.txt", &why));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(the_machine_is_as_big_as_its_highest_cpu),
		SCRATCH_TEST(an_old_kernel_is_known_by_what_it_does_not_record),
		SCRATCH_TEST(init_mm_is_what_is_loaded_with_id_1),
		SCRATCH_TEST(a_caller_is_known_by_what_comes_after),
		SCRATCH_TEST(switches_alone_are_a_plain_recording),
		SCRATCH_TEST(a_recording_must_say_something),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
