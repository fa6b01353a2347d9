/*
 * test_record.c - a line of a recording becomes the numbers it says
 */
#include "test.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "trace/record.h"

static struct trace_record record;

static enum record_result read_line(const char *line)
{
	return record_parse(&record, 7, line, strlen(line));
}

static void assert_event(const char *line, enum record_kind kind)
{
	if (read_line(line) == RECORD_BAD)
		fail_msg("column %zu: expected %s", record.column,
			 record.expected);
	assert_int_equal(record.kind, kind);
	assert_int_equal(record.line, 7);
}

/* @from is the rest of the line from where reading it stopped. */
static void assert_bad(const char *line, const char *from, const char *expected)
{
	assert_int_equal(read_line(line), RECORD_BAD);
	assert_string_equal(record.expected, expected);
	assert_true(record.column <= strlen(line) + 1);
	assert_string_equal(line + record.column - 1, from);
}

#define SWITCH_HEAD "       some name-12      [003] d..2.     9.000517: "
#define PROBE_HEAD "             amm-167     [000] .....     7.864225: "

static void a_switch_names_both_tasks(void **state)
{
	(void)state;
	assert_event(SWITCH_HEAD
		     "sched_switch: prev_comm=some name prev_pid=12 "
		     "prev_prio=120 prev_state=R+ ==> next_comm=a-b "
		     "next_pid=4194304 next_prio=-1",
		     REC_sched_switch);
	assert_int_equal(record.cpu, 3);
	assert_int_equal(record.pid, 12);
	assert_int_equal(record.time_us, 9000517);
	assert_int_equal(record.f.prev, 12);
	assert_int_equal(record.f.next, 4194304);
	assert_string_equal(record.comm, "some name");
	assert_string_equal(record.name, "a-b");
	assert_int_equal(record.state, 'R');
	assert_true(record.preempted);
}

static void a_report_says_a_switch_in_fewer_words(void **state)
{
	(void)state;
	assert_event("          <idle>-0     [001]     6.715261: sched_switch:"
		     "         swapper/1:0 [120] R ==> rcu_preempt:18 [120]",
		     REC_sched_switch);
	assert_string_equal(record.comm, "swapper/1");
	assert_string_equal(record.name, "rcu_preempt");
	assert_int_equal(record.f.next, 18);
	assert_int_equal(record.state, 'R');
	assert_false(record.preempted);
}

static void a_name_cannot_inject_a_field(void **state)
{
	(void)state;
	assert_event("   x next_pid=1-12      [003] d..2.     9.000517: "
		     "sched_switch: prev_comm=x next_pid=1 prev_pid=12 "
		     "prev_prio=120 prev_state=S ==> next_comm=y next_pid=1 "
		     "next_pid=34 next_prio=120",
		     REC_sched_switch);
	assert_int_equal(record.pid, 12);
	assert_int_equal(record.f.prev, 12);
	assert_int_equal(record.f.next, 34);
	assert_string_equal(record.comm, "x next_pid=1");
	assert_string_equal(record.name, "y next_pid=1");
}

static void an_arrow_in_a_name_is_not_the_arrow(void **state)
{
	(void)state;
	assert_event("  ==> next_comm=-12      [003] d..2.     9.000517: "
		     "sched_switch: prev_comm= ==> next_comm= prev_pid=12 "
		     "prev_prio=120 prev_state=S ==> next_comm= ==> next_comm= "
		     "next_pid=34 next_prio=120",
		     REC_sched_switch);
	assert_string_equal(record.comm, " ==> next_comm=");
	assert_string_equal(record.name, " ==> next_comm=");
	assert_event("               a-5     [001]     6.715261: sched_switch:"
		     "  a:5 [120] S ==> :1 [1] R ==> b:18 [120]",
		     REC_sched_switch);
	assert_string_equal(record.comm, "a");
	assert_string_equal(record.name, ":1 [1] R ==> b");
	assert_int_equal(record.f.next, 18);
}

static void a_name_cannot_forge_the_head_of_a_line(void **state)
{
	(void)state;
	assert_event("  -1 [0] 1.2: x:-167     [002] .....     7.864225: "
		     "mm_new: (f+0x4/0x30) mm=0x10 u=1 c=1 id=9",
		     REC_mm_new);
	assert_int_equal(record.pid, 167);
	assert_int_equal(record.cpu, 2);
	assert_string_equal(record.comm, "-1 [0] 1.2: x:");
}

static void a_name_in_a_fork_cannot_inject_a_child(void **state)
{
	(void)state;
	assert_event(SWITCH_HEAD
		     "sched_process_fork: comm=some child_pid=9 pid=12 "
		     "child_comm=a child_pid=9 child_pid=77",
		     REC_sched_process_fork);
	assert_int_equal(record.f.pid, 12);
	assert_int_equal(record.f.child, 77);
	assert_string_equal(record.name, "a child_pid=9");
}

static void escape_bytes_in_names_are_kept_for_the_printer(void **state)
{
	(void)state;
	assert_event("          \033[2Jevil-9       [000] .....     7.864225: "
		     "snap: (f+0x4/0x30) pid=9 tgid=9 mm=0x0 am=0x0 u=1 c=1 "
		     "id=2 comm=\"a\" mm=0x1\033[2J\"",
		     REC_snap);
	assert_string_equal(record.comm, "\033[2Jevil");
	assert_string_equal(record.name, "a\" mm=0x1\033[2J");
	assert_int_equal(record.f.mm, 0);
}

static void pasted_lines_without_leading_blanks_are_read(void **state)
{
	(void)state;
	assert_event("a-b c-12 [003] d..2. 9.5: mmput_ret: (f+0x1/0x2 <- g)",
		     REC_mmput_ret);
	assert_string_equal(record.comm, "a-b c");
	assert_int_equal(record.pid, 12);
	assert_int_equal(record.time_us, 9500000);
	assert_string_equal(record.text, "f+0x1/0x2 <- g");
}

static void a_thread_group_and_nanoseconds_are_passed_over(void **state)
{
	(void)state;
	assert_event("             amm-167   (    167) [000] ..... "
		     "7.864225999: mmput_ret: (f+0x1/0x2 <- g)",
		     REC_mmput_ret);
	assert_int_equal(record.time_us, 7864225);
	assert_event("             amm-167   (-------) [000] ..... "
		     "7864225: mmput_ret: (f+0x1/0x2 <- g)",
		     REC_mmput_ret);
	assert_int_equal(record.time_us, 7864225);
}

static void fields_of_each_cpu_are_read(void **state)
{
	(void)state;
	assert_event(PROBE_HEAD
		     "flush_func: (f+0x4/0x30) mm=0x10 start=0x0 "
		     "end=0xffffffffffffffff gen=10 from=0 p0=167 m0=0x20 "
		     "a0=0x20 l0=0x20 z0=0 v0=0x0 p1=0 m1=0x0 a1=0x30 l1=0x1 "
		     "z1=1 v1=0x40 s0=2 n0=6 o0=1 f0=0x24 "
		     "k0={1,2,3,4,5,6,7,8,9,10,11,12}",
		     REC_flush_func);
	assert_true(record.f.end == UINT64_MAX);
	assert_int_equal(record.cpus, 2);
	assert_int_equal(record.cpu_state[0].mm, 0x20);
	assert_int_equal(record.cpu_state[1].pid, 0);
	assert_int_equal(record.cpu_state[1].active_mm, 0x30);
	assert_int_equal(record.cpu_state[1].loaded_mm, 1);
	assert_int_equal(record.cpu_state[1].is_lazy, 1);
	assert_int_equal(record.cpu_state[1].prev_mm, 0x40);
	assert_int_equal(record.slots, 1);
	assert_int_equal(record.slot_state[0].asid, 2);
	assert_int_equal(record.slot_state[0].next_asid, 6);
	assert_int_equal(record.slot_state[0].invalidate_other, 1);
	assert_int_equal(record.slot_state[0].flush_mask, 0x24);
	assert_int_equal(record.slot_state[0].ctx_id[5], 11);
	assert_int_equal(record.slot_state[0].tlb_gen[5], 12);
}

static void a_line_carries_64_cpus_and_no_more(void **state)
{
	static char line[8192] = PROBE_HEAD "leave_mm: (f)";
	size_t length = strlen(line);
	int cpu;

	(void)state;
	for (cpu = 0; cpu <= RECORD_SAMPLE_MAX; cpu++) {
		assert_event(line, REC_leave_mm);
		assert_int_equal(record.cpus, cpu);
		length += (size_t)snprintf(
			line + length, sizeof line - length,
			" p%d=1 m%d=0 a%d=0x9 l%d=1 z%d=1 v%d=0", cpu, cpu, cpu,
			cpu, cpu, cpu);
	}
	assert_bad(line, "1 m64=0 a64=0x9 l64=1 z64=1 v64=0",
		   "the fields of at most 64 CPUs");
}

static void garbage_counters_are_numbers_all_the_same(void **state)
{
	(void)state;
	assert_event(PROBE_HEAD
		     "get_task_mm: (f+0x49/0xbf0 <- get_task_mm) mm=0x0 "
		     "u=-2063597568 c=-1 id=18446744073709551615",
		     REC_get_task_mm);
	assert_true((int64_t)record.f.u == -2063597568);
	assert_true((int64_t)record.f.c == -1);
	assert_true(record.f.id == UINT64_MAX);
	assert_true(record.have & RF_BIT(mm));
	assert_false(record.have & RF_BIT(pid));
}

static void unknown_events_and_fields_are_passed_over(void **state)
{
	(void)state;
	assert_event(PROBE_HEAD "irq_handler: mm=none of our business",
		     REC_other);
	assert_event(PROBE_HEAD "do_syscall_64 <-entry_SYSCALL_64", REC_other);
	assert_event(PROBE_HEAD
		     "mm_new: (f+0x4/0x30) mm=0x10 u=1 c=1 id=9 news=5",
		     REC_mm_new);
}

static void headers_hold_no_event(void **state)
{
	(void)state;
	assert_int_equal(read_line(""), RECORD_NONE);
	assert_int_equal(read_line("# tracer: nop"), RECORD_NONE);
	assert_int_equal(read_line("cpus=2"), RECORD_NONE);
	assert_int_equal(read_line("CPU 1 is empty"), RECORD_NONE);
	assert_event("CPU:1 [LOST 500 EVENTS]", REC_lost);
	assert_int_equal(record.cpu, 1);
}

static void a_line_without_a_head_is_refused(void **state)
{
	(void)state;
	assert_bad("hello", "hello", "COMM-PID [CPU]");
	assert_bad("             amm-167     [000] .....     7.8x: mmput_ret:",
		   "7.8x: mmput_ret:", "flags and a time with :");
}

static void impossible_numbers_are_refused(void **state)
{
	(void)state;
	assert_event("             amm-167     [4095] ..... 7.8: mmput_ret:",
		     REC_mmput_ret);
	assert_bad("             amm-167     [4096] ..... 7.8: mmput_ret:",
		   " ..... 7.8: mmput_ret:", "a CPU number of at most 4095");
	assert_bad("             amm-4194305 [000] ..... 7.8: mmput_ret:",
		   " ..... 7.8: mmput_ret:", "a pid of at most 4194304");
	assert_bad("amm-99999999999999999999 [000] ..... 7.8: x:",
		   "amm-99999999999999999999 [000] ..... 7.8: x:",
		   "COMM-PID [CPU]");
	assert_bad(PROBE_HEAD "flush_one: (f) addr=0x10000000000000000",
		   "0x10000000000000000", "a number");
	assert_bad(SWITCH_HEAD "sched_switch: prev_comm=x prev_pid=12 "
			       "prev_prio=120 prev_state=S ==> next_comm=a "
			       "next_pid=-4 next_prio=120",
		   "prev_comm=x prev_pid=12 prev_prio=120 prev_state=S ==> "
		   "next_comm=a next_pid=-4 next_prio=120",
		   "the pid and priority of the next task at the end");
}

static void malformed_events_say_what_was_expected(void **state)
{
	(void)state;
	assert_bad(PROBE_HEAD "mm_new: (f+0x4/0x30) mm=0x10 u=1 c=1", "",
		   "more fields in this event");
	assert_bad(PROBE_HEAD "mm_new: (f+0x4/0x30) mm=0x10 mm=0x11", "0x11",
		   "each field once");
	assert_bad(PROBE_HEAD "mm_new: (f+0x4/0x30) mm=0x10;", ";",
		   "a blank behind the number");
	assert_bad(PROBE_HEAD "mm_new: (f+0x4/0x30", "f+0x4/0x30",
		   "a closing parenthesis");
	assert_bad(PROBE_HEAD "leave_mm: (f) p0=1 m0=0x0", "",
		   "all the fields of the last CPU");
	assert_bad(PROBE_HEAD "leave_mm: (f) p0=1 a0=0x0", "0x0",
		   "the per-CPU fields in the order p m a l z v");
	assert_bad(PROBE_HEAD "leave_mm: (f) p1=1", "1",
		   "the fields of each CPU in order, from 0");
	assert_bad(PROBE_HEAD "tlb_flush: pages:-1 reason:words", "words",
		   "the number of the reason, in parentheses");
}

static void a_switch_from_another_task_is_refused(void **state)
{
	(void)state;
	assert_bad(SWITCH_HEAD "sched_switch: x:13 [120] S ==> a:4 [120]",
		   "x:13 [120] S ==> a:4 [120]",
		   "the task of this line, its state, and ==> the next task");
}

static void long_text_is_cut_and_long_lines_are_refused(void **state)
{
	static char line[RECORD_LINE_MAX + 2];
	size_t head = strlen(PROBE_HEAD "tracing_mark_write: ");

	(void)state;
	memset(line, 'x', sizeof line - 1);
	memcpy(line, PROBE_HEAD "tracing_mark_write: ", head);
	assert_int_equal(record_parse(&record, 1, line, RECORD_LINE_MAX),
			 RECORD_EVENT);
	assert_int_equal(strlen(record.text), RECORD_TEXT_MAX);
	assert_bad(line, line, "a line of at most 65536 bytes");
}

static void a_glance_reads_no_more_of_a_switch_than_its_head(void **state)
{
	static const char odd[] =
		"            bash-4711  [003] d..2.     4.5: sched_switch: odd";

	(void)state;
	assert_int_equal(record_parse(&record, 7, odd, sizeof odd - 1),
			 RECORD_BAD);
	assert_int_equal(record_glance(&record, 7, odd, sizeof odd - 1),
			 RECORD_EVENT);
	assert_int_equal(record.kind, REC_sched_switch);
	assert_int_equal(record.cpu, 3);
	assert_int_equal(record.pid, 4711);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_switch_names_both_tasks),
		cmocka_unit_test(a_report_says_a_switch_in_fewer_words),
		cmocka_unit_test(a_name_cannot_inject_a_field),
		cmocka_unit_test(an_arrow_in_a_name_is_not_the_arrow),
		cmocka_unit_test(a_name_cannot_forge_the_head_of_a_line),
		cmocka_unit_test(a_name_in_a_fork_cannot_inject_a_child),
		cmocka_unit_test(
			escape_bytes_in_names_are_kept_for_the_printer),
		cmocka_unit_test(pasted_lines_without_leading_blanks_are_read),
		cmocka_unit_test(
			a_thread_group_and_nanoseconds_are_passed_over),
		cmocka_unit_test(fields_of_each_cpu_are_read),
		cmocka_unit_test(a_line_carries_64_cpus_and_no_more),
		cmocka_unit_test(garbage_counters_are_numbers_all_the_same),
		cmocka_unit_test(unknown_events_and_fields_are_passed_over),
		cmocka_unit_test(headers_hold_no_event),
		cmocka_unit_test(a_line_without_a_head_is_refused),
		cmocka_unit_test(impossible_numbers_are_refused),
		cmocka_unit_test(malformed_events_say_what_was_expected),
		cmocka_unit_test(a_switch_from_another_task_is_refused),
		cmocka_unit_test(long_text_is_cut_and_long_lines_are_refused),
		cmocka_unit_test(
			a_glance_reads_no_more_of_a_switch_than_its_head),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
