/*
 * test_do_actions.c - each kernel action, as typed, does what it says
 */
#include "test.h"

#include "conversation.h"

static void spawn_makes_a_runnable_task(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	assert_string_equal(ask("spawn sh"),
			    "task 100 sh: mm1   users 1  count 1\n");
	expect_ok("spawn vi --cpu=1");
	expect_status("spawn vi --cpu=9", AMM_USAGE);
	expect_status("spawn ''", AMM_USAGE);
	expect_status("spawn", AMM_USAGE);
	expect_status("spawn a-name-of-16-byt", AMM_USAGE);
	expect_true("mm1.mm_users == 1 && mm2.mm_count == 1");
	hush();
}

static void threads_share_and_children_copy(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; switch sh");
	expect_ok("clone t");
	expect_true("mm1.mm_users == 2 && mm1.mm_count == 1");
	expect_ok("fork");
	expect_true("mm2.mm_users == 1 && mm1.mm_users == 2");
	expect_says("vfork kid", "sleeps in wait_for_vfork_done");
	expect_true("mm1.mm_users == 3");
	expect_ok("switch kid; exec ls");
	expect_true("current(0)->mm == mm3 && mm1.mm_users == 2");
	hush();
}

static void exec_replaces_the_mm(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; kthread kw; @1 switch sh; @1 switch kw; @0 switch sh");
	expect_ok("exec ls");
	/* The old one is a zombie that kw borrows. */
	expect_true("mm1.mm_users == 0 && mm1.mm_count == 1");
	expect_true("current(0)->mm == mm2");
	expect_status("@1 exec ls", AMM_USAGE);
	expect_says("@1 exec ls", "error[E310]");
	hush();
}

static void exit_group_takes_all_threads(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; spawn vi; switch sh; clone a; clone b; @1 switch a");
	expect_ok("exit --group");
	expect_true("mm1.mm_users == 0");
	expect_true("task(102)->mm == NULL && task(103)->mm == NULL");
	/* Each is a command of its own. */
	expect_says("history", "@1 exit\n");
	expect_says("history", "@0 switch 103\n");
	hush();
	talk(FORM_JSON);
	ask("spawn sh; switch sh; clone a");
	expect_says("exit --group", "\"parts\":[{");
	hush();
}

static void a_task_runs_in_one_place(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; @1 switch sh");
	assert_string_equal(ask("switch sh"),
			    "error[E301]: 'sh' (PID 100) is running on CPU 1; "
			    "a task runs on one CPU at a time\n"
			    "help: switch CPU 1 away first: @1 idle\n");
	expect_status("@1 switch sh", AMM_USAGE);
	expect_ok("@1 switch idle");
	expect_ok("switch sh");
	hush();
}

static void schedule_takes_turns(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	/* init and kthreadd are runnable from the start. */
	ask("spawn a; spawn b; schedule; schedule; schedule");
	expect_true("current(0) == task(100)");
	ask("schedule");
	expect_true("current(0) == task(101)");
	ask("block a; preempt");
	expect_true("current(0)->pid < 100");
	ask("idle");
	expect_true("current(0)->mm == NULL");
	hush();
}

static void sleepers_are_woken_and_moved(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; block sh");
	expect_says("switch sh", "error[E303]");
	expect_ok("wake sh; migrate sh 1");
	expect_ok("@1 schedule");
	expect_true("current(1) == task(100)");
	expect_status("migrate sh 9", AMM_USAGE);
	expect_ok("@1 idle; block sh");
	expect_status("@1 switch sh", AMM_USAGE);
	hush();
}

static void the_dead_are_reaped(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; switch sh");
	expect_says("wait sh", "error[E324]");
	ask("exit");
	expect_says("@1 wait sh", "error[E325]");
	expect_says("wait sh", "error[E304]");
	expect_ok("idle; wait sh");
	expect_status("task 100", AMM_USAGE);
	hush();
}

static void a_kernel_thread_uses_an_mm(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn qemu; kthread vhost; @1 switch vhost");
	expect_ok("@1 use_mm qemu.mm");
	expect_true("mm1.mm_users == 1 && mm1.mm_count == 2");
	expect_ok("@1 unuse_mm");
	expect_true("current(1)->mm == NULL && mm1.mm_count == 2");
	expect_says("@1 unuse_mm", "error[E312]");
	ask("switch qemu");
	expect_says("kthread_use_mm mm1", "error[E311]");
	ask("set strict off");
	expect_says("spawn other; kthread_use_mm mm2",
		    "warn[K-WARN kthread_use_mm]: current task 'qemu' is not");
	hush();
}

static void outside_holders_hold_by_their_label(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; switch sh");
	expect_ok("mmget mm1 --as=ptrace; mmgrab mm1 --as=/proc/100/mem");
	expect_true("mm1.mm_users == 2 && mm1.mm_count == 2");
	expect_says("mmdrop mm1 --as=ptrace", "error[E316]");
	expect_ok("exit");
	expect_true("mm1.mm_users == 1");
	expect_ok("mmput_async mm1 --as=ptrace");
	expect_true("mm1.mm_users == 0");
	expect_ok("run_work mm1");
	expect_says("run_work mm1", "error[E326]");
	expect_ok("mmget_not_zero mm1 --as=late");
	expect_true("mm1.mm_users == 0");
	expect_ok("idle; mmdrop mm1 --as=/proc/100/mem");
	expect_status("mmget mm1", AMM_USAGE);
	hush();
}

static void interrupts_wait_when_they_are_manual(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("boot --cpus=3; spawn sh; switch sh; clone a; clone b");
	ask("@1 switch a; @2 switch b; set ipi manual");
	expect_says("flush", "waits for cpu1");
	expect_ok("@1 ipi");
	expect_says("finish", "error[E329]: CPU 0 waits");
	expect_ok("@2 ipi all; finish");
	expect_says("@1 ipi", "error[E322]");
	hush();
}

static void an_interrupt_leaves_the_path_below_where_it_is(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; switch sh; clone a; @1 switch a; set ipi manual");
	ask("@1 begin exit; @1 step; flush");
	expect_ok("@1 ipi");
	/* cpu1 is still inside exit, not past its end. */
	expect_true("current(1)->mm == mm1");
	expect_says("@1 step", "next: cpu1 in ");
	hush();
}

static void cpus_come_and_go(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_ok("cpu_down 1");
	expect_true("init_mm.mm_count == 3");
	expect_status("cpu_down 1", AMM_USAGE);
	expect_status("cpu_down 0", AMM_USAGE);
	expect_status("@1 idle", AMM_USAGE);
	expect_ok("cpu_up 1");
	expect_true("init_mm.mm_count == 4");
	hush();
}

static void only_2_4_gives_its_mm_up(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_says("start_lazy_tlb", "kernel 6.12 has no start_lazy_tlb");
	expect_status("end_lazy_tlb", AMM_USAGE);
	expect_says("anon on", "boot --kernel=2.4");
	ask("boot --kernel=2.4; spawn sh; switch sh");
	expect_says("anon off", "error[E337]");
	expect_says("anon on", "cpu0 waits in sys_bdflush: anon off ends it");
	expect_true("mm1.mm_users == 1 && mm1.mm_count == 2");
	expect_says("exec vi", "error[E305]");
	expect_says("anon off", "end_lazy_tlb: what the caller kept");
	expect_true("mm1.mm_users == 1 && mm1.mm_count == 1");
	expect_says("anon --source", "sync_old_buffers();");
	hush();
}

static void a_flush_says_who_leaves_the_mask_and_how(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("boot --kernel=2.4; spawn sh; switch sh; clone t; @1 switch t; "
	    "@1 idle");
	expect_says("flush", "cpu1 lazy: out of the mask, CR3 stays");
	ask("boot --kernel=2.6; spawn sh; switch sh; clone t; @1 switch t; "
	    "@1 idle");
	expect_says("flush", "cpu1 lazy: cpu1.loaded_mm mm1 -> init_mm");
	ask("boot --kernel=6.18; spawn sh; spawn vi; switch sh; clone t; "
	    "@1 switch t; @1 switch vi");
	expect_says("flush --freed-tables", "cpu1 elsewhere: out of the mask");
	hush();
}

static void what_nobody_opened_is_unverified(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("boot --kernel=4.14");
	expect_says("kthread_use_mm --source",
		    "use_mm()  mm/mmu_context.c  unverified\n");
	expect_says("list context_switch", "kernel 4.14  unverified\n");
	expect_says("list context_switch --json", "\"verified\":false");
	expect_says("list mmput --json", "\"verified\":true");
	hush();
}

static void names_are_found_as_people_write_them(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("kthread kworker/1:0; kthread kworker/0:1; spawn sh; spawn sh");
	expect_says("switch kworker",
		    "error[E203]: 2 tasks are named kworker*");
	expect_says("switch sh", "error[E203]: 2 tasks are named sh");
	expect_ok("switch 100; @1 switch 101; @1 switch kworker/1:0");
	expect_status("switch nobody", AMM_USAGE);
	expect_says("mmgrab mm77 --as=x", "error[E202]");
	hush();
}

static void a_dry_run_says_what_would_change(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; switch sh");
	expect_says("exit -n", "mm1.mm_users 1 -> 0");
	expect_says("exit -n", "nothing was changed (--dry-run)");
	expect_true("mm1.mm_users == 1");
	assert_int_equal(history_entries(amm->history), 3);
	expect_says("exit -n --json", "\"dry_run\":true");
	hush();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(spawn_makes_a_runnable_task),
		TALK_TEST(threads_share_and_children_copy),
		TALK_TEST(exec_replaces_the_mm),
		TALK_TEST(exit_group_takes_all_threads),
		TALK_TEST(a_task_runs_in_one_place),
		TALK_TEST(schedule_takes_turns),
		TALK_TEST(sleepers_are_woken_and_moved),
		TALK_TEST(the_dead_are_reaped),
		TALK_TEST(a_kernel_thread_uses_an_mm),
		TALK_TEST(outside_holders_hold_by_their_label),
		TALK_TEST(interrupts_wait_when_they_are_manual),
		TALK_TEST(an_interrupt_leaves_the_path_below_where_it_is),
		TALK_TEST(cpus_come_and_go),
		TALK_TEST(only_2_4_gives_its_mm_up),
		TALK_TEST(a_flush_says_who_leaves_the_mask_and_how),
		TALK_TEST(what_nobody_opened_is_unverified),
		TALK_TEST(names_are_found_as_people_write_them),
		TALK_TEST(a_dry_run_says_what_would_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
