/*
 * test_look.c - looking: what it says, and that it touches nothing
 */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "activemm.h"
#include "base/mem.h"
#include "shown.h"

static struct amm *machine_of(const char *kernel, uint32_t cpus)
{
	struct amm_config config = { .cpus = cpus,
				     .kernel = kernel,
				     .batch = true };
	struct amm *a = amm_new(&config, NULL);

	assert_non_null(a);
	return a;
}

static enum amm_status say(struct amm *a, const char *line)
{
	return amm_do(a, line, strlen(line));
}

static void done(struct amm *a, const char *line)
{
	if (say(a, line) != AMM_OK)
		fail_msg("%s: %s", line, amm_text(a));
}

static void answer_is(struct amm *a, const char *line, const char *expected)
{
	say(a, line);
	assert_string_equal(amm_text(a), expected);
}

static void answer_has(struct amm *a, const char *line, const char *part)
{
	say(a, line);
	if (!strstr(amm_text(a), part))
		fail_msg("%s: no '%s' in:\n%s", line, part, amm_text(a));
}

/* sh exited on CPU 0 and still runs there; kworker/1:0 borrows its mm too. */
static struct amm *zombie(void)
{
	struct amm *a = machine_of("6.12", 2);

	done(a, "spawn sh; kthread kworker/1:0");
	done(a, "@1 switch sh; @1 switch kworker/1:0; @0 switch sh; exit");
	return a;
}

/* --- nothing is touched --------------------------------------------------- */

static const char *const looks[] = {
	"ps",
	"ps -k",
	"ps -u -r",
	"ps 1",
	"task",
	"task 1 -R mm,pid",
	"mm",
	"mm init_mm --ledger",
	"mm --ledger",
	"why init_mm",
	"why mm1",
	"why mm1 dead",
	"why mm1 alive",
	"why t1",
	"why t2.3",
	"why .",
	"ledger",
	"ledger mm1",
	"ledger --cpu=1",
	"ledger --holder=kvm",
	"runq",
	"runq -c 1",
	"list",
	"list context_switch",
	"bt",
	"bt 1",
	"log",
	"log -n 2",
	"print 1 + 1",
	"print mm(1)->mm_count",
	"info cpus",
	"info model",
	"info invariants",
	"info bookmarks",
	"diff",
	"diff @start .",
	"diff t1 t2.3",
	"timeline",
	"timeline t1,.",
	"context",
	"context cpus mms",
	"history",
	"show",
	"help ps",
};

enum { LOOKS = sizeof looks / sizeof *looks };

struct picture {
	void *world;
	size_t size;
	uint64_t events;
};

static struct picture picture_of(const struct amm *a)
{
	struct picture p = { .size = (size_t)amm_world(a)->words * 4,
			     .events = amm_events(a) };

	p.world = am_alloc(p.size);
	assert_non_null(p.world);
	memcpy(p.world, amm_world(a), p.size);
	return p;
}

/* Everything that can be looked at, in every form; the answers are safe. */
static void look_at_everything(struct amm *a)
{
	static const char *const forms[] = { "", " --plain", " --json" };
	struct picture p = picture_of(a);

	for (size_t i = 0; i < LOOKS * 3; i++) {
		char line[100];

		snprintf(line, sizeof line, "%s%s", looks[i / 3], forms[i % 3]);
		say(a, line);
		assert_int_equal((size_t)amm_world(a)->words * 4, p.size);
		assert_memory_equal(amm_world(a), p.world, p.size);
		assert_int_equal(amm_events(a), p.events);
		assert_true(
			shown_accepts(amm_text(a), strlen(amm_text(a)), true));
	}
	am_free(p.world);
}

static uint32_t next_random(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % below;
}

static void act_at_random(struct amm *a, uint32_t *seed)
{
	static const char *const acts[] = {
		"spawn sh",
		"kthread kworker",
		"fork",
		"clone io",
		"vfork",
		"exec ls",
		"exit",
		"schedule",
		"idle",
		"step 3",
		"finish",
		"begin exit",
		"begin schedule",
		"begin exec vi",
		"cpu_down 1",
		"cpu_up 1",
		"mmgrab mm1 --as=kvm",
		"mmget mm2 --as=ptrace",
		"mmdrop mm1 --as=kvm",
		"mmput mm2 --as=ptrace",
		"switch 100",
		"switch 20",
		"use_mm mm1",
		"unuse_mm",
		"flush",
		"undo",
		"redo",
		"wait 100",
		"set ipi manual",
		"set ipi auto",
		"ipi all",
	};
	char line[80];

	snprintf(line, sizeof line, "@%u %s", next_random(seed, 2),
		 acts[next_random(seed, sizeof acts / sizeof *acts)]);
	say(a, line);
}

static void looking_touches_nothing(const char *kernel, uint32_t seed)
{
	struct amm *a = machine_of(kernel, 2);

	for (int i = 0; i < 160; i++) {
		act_at_random(a, &seed);
		if (i % 8 == 0)
			look_at_everything(a);
	}
	amm_free(a);
	assert_int_equal(mem_stats().live_blocks, 0);
}

static void looking_touches_nothing_in_6_12(void **state)
{
	(void)state;
	looking_touches_nothing("6.12", 1);
	looking_touches_nothing("6.12", 2);
}

static void looking_touches_nothing_in_other_kernels(void **state)
{
	(void)state;
	looking_touches_nothing("6.1", 3);
	looking_touches_nothing("6.12-shoot", 4);
}

static void hostile_names_are_shown_escaped(void **state)
{
	(void)state;
	for (size_t i = 0; i < SHOWN_ATTACKS; i++) {
		struct amm *a = machine_of("6.12", 2);
		char line[80];

		snprintf(line, sizeof line, "spawn '%.15s'; switch 100",
			 shown_attacks[i]);
		say(a, line);
		assert_true(
			shown_accepts(amm_text(a), strlen(amm_text(a)), true));
		look_at_everything(a);
		amm_free(a);
	}
}

static void no_memory_is_no_reason_to_crash(void **state)
{
	struct amm *a = zombie();

	(void)state;
	for (size_t i = 0; i < LOOKS; i++)
		for (uint64_t n = 1; n < 40; n++) {
			mem_fail_at(n, n % 2);
			say(a, looks[i]);
			mem_fail_at(0, false);
		}
	answer_has(a, "why mm1", "mm1 is a zombie");
	amm_free(a);
	assert_int_equal(mem_stats().live_blocks, 0);
}

/* --- what is said --------------------------------------------------------- */

static void ps_marks_what_runs_and_what_changed(void **state)
{
	struct amm *a = zombie();

	(void)state;
	answer_is(a, "ps 100 20",
		  "   PID  CPU  ST  MM     ACTIVE_MM  NAME\n"
		  ">  100    0  Z*  NULL*  mm1        sh\n"
		  ">   20    1  R   NULL   mm1        kworker/1:0\n");
	answer_has(a, "ps -u -r", ">  100    0  Z*  NULL*  mm1        sh\n");
	amm_free(a);
}

static void task_shows_the_fields_that_are_asked_for(void **state)
{
	struct amm *a = zombie();

	(void)state;
	answer_is(a, "task sh -R mm,active_mm",
		  "task 100 sh\n"
		  "  mm             NULL\n"
		  "  active_mm      mm1\n");
	assert_int_equal(say(a, "task sh -R activ_mm"), AMM_USAGE);
	assert_non_null(strstr(amm_text(a), "did you mean 'active_mm'?"));
	amm_free(a);
}

static void mm_names_who_holds_it(void **state)
{
	struct amm *a = zombie();

	(void)state;
	answer_has(a, "mm",
		   "mm1         0*      2  -*        1*  -*       sh, "
		   "kworker/1:0*\n");
	answer_has(a, "mm mm1", "  holders        sh, kworker/1:0\n");
	amm_free(a);
}

static void why_names_every_unit_and_its_end(void **state)
{
	struct amm *a = zombie();

	(void)state;
	answer_is(a, "why mm1",
		  "mm1 is a zombie: mm_users 0, mm_count 2. Memory is gone, "
		  "the struct is not.\n"
		  "  1  lazy  20 kworker/1:0    cpu1  taken t4.6 "
		  "context_switch\n"
		  "      freed when cpu1 runs a user task\n"
		  "  2  lazy  100 sh (exiting)  cpu0  taken t6.4 exit_mm\n"
		  "      freed when cpu0 runs a user task\n"
		  "note: cpu0.loaded_mm and cpu1.loaded_mm are init_mm: "
		  "nobody's CR3 points at mm1\n"
		  "      any more; active_mm is a reference, loaded_mm is the "
		  "hardware.\n");
	answer_has(a, "why sh.active_mm", "mm1 is a zombie");
	answer_has(a, "why mm1 dead", "last user: sh, t6.12 mmput\n");
	amm_free(a);
}

static void why_of_a_freed_mm_tells_its_end(void **state)
{
	struct amm *a = zombie();

	(void)state;
	done(a, "spawn vi; switch vi; spawn make; @1 switch make");
	answer_is(a, "why mm1",
		  "mm1 is freed: memory, struct and pgd are gone.\n"
		  "  last user: sh, t6.12 mmput\n"
		  "  last count: kworker/1:0, t10.14 release\n");
	amm_free(a);
}

static void why_of_a_time_tells_what_was_done(void **state)
{
	struct amm *a = zombie();

	(void)state;
	answer_is(a, "why t6.4",
		  "t6.4 cpu0, in exit_mm: "
		  "mmgrab_lazy_tlb(current->mm);\n"
		  "  from: @0 exit\n"
		  "  mm1.mm_count 2 -> 3       exit_mm: sh becomes a lazy "
		  "user of its own mm\n");
	amm_free(a);
}

static void the_ledger_balances(void **state)
{
	struct amm *a = zombie();

	(void)state;
	answer_is(a, "ledger mm1",
		  "TIME   MM   USERS  COUNT  WHO          WHAT\n"
		  "t1     mm1      -     +1  users        the users' one "
		  "reference\n"
		  "t1     mm1     +1      -  sh           the first user\n"
		  "t4.6   mm1      -     +1  kworker/1:0  borrow\n"
		  "t6.4   mm1      -     +1  sh           borrow (exit_mm)\n"
		  "t6.12  mm1     -1      -  sh           mmput\n"
		  "t6.36  mm1      -     -1  users        their one "
		  "reference, given up\n"
		  "balance: users 0, count 2\n");
	answer_has(a, "ledger mm1 --holder=sh --json",
		   "\"balance\":{\"users\":0,\"count\":2,\"freed\":false}}");
	amm_free(a);
}

static void list_marks_the_next_statement_and_breakpoints(void **state)
{
	struct amm *a = zombie();

	(void)state;
	done(a, "break __schedule; begin idle; step 2");
	answer_has(a, "list", "  =>   5  rq->curr = next;\n");
	answer_has(a, "list", "b      1  local_irq_disable();\n");
	assert_int_equal(say(a, "list context_switc"), AMM_USAGE);
	assert_non_null(strstr(amm_text(a), "did you mean 'context_switch'?"));
	amm_free(a);
}

static void bt_shows_the_calls_that_were_inlined(void **state)
{
	struct amm *a = zombie();

	(void)state;
	answer_is(a, "bt", "nobody is inside a kernel path\n");
	done(a, "spawn vi; switch vi; spawn make; @1 begin switch make");
	done(a, "@1 step 14");
	answer_is(a, "bt 1",
		  "WHO        #  FUNCTION                NEXT\n"
		  "cpu1 make  0  __mmdrop                mm_free_pgd(mm); "
		  "free_mm(mm);\n"
		  "cpu1 make  1  mmdrop_lazy_tlb         __mmdrop(mm);\n"
		  "cpu1 make  2  finish_task_switch      "
		  "mmdrop_lazy_tlb(mm);\n"
		  "cpu1 make  3  context_switch          "
		  "finish_task_switch(prev);\n"
		  "cpu1 make  4  __schedule (scheduler)  context_switch(prev, "
		  "next);\n");
	amm_free(a);
}

static void diff_lists_facts_between_any_two_times(void **state)
{
	struct amm *a = zombie();

	(void)state;
	answer_is(a, "diff t3 t4",
		  "t3 -> t4:\n"
		  "  cpu1.current sh -> kworker/1:0\n"
		  "  cpu1.is_lazy 0 -> 1\n"
		  "  sh.on_cpu 1 -> 0\n"
		  "  kworker/1:0.active_mm NULL -> mm1\n"
		  "  kworker/1:0.on_cpu 0 -> 1\n"
		  "  mm1.mm_count 1 -> 2\n");
	answer_is(a, "diff . .", "t6 -> t6: nothing differs\n");
	answer_has(a, "diff --json",
		   "\"from\":\"t5\",\"to\":\"t6\","
		   "\"differences\":[{");
	amm_free(a);
}

static void the_timeline_has_a_lane_for_each_cpu(void **state)
{
	struct amm *a = zombie();

	(void)state;
	answer_is(a, "timeline t4,t4",
		  "TIME  cpu0  cpu1\n"
		  "t4.3  .     switch kworker/1:0\n"
		  "t4.6  .     borrow mm1\n");
	answer_has(a, "timeline t4,t4 --plain",
		   "t: t4.6, who: cpu1, event: borrow mm1\n");
	amm_free(a);
}

static void log_keeps_what_the_kernel_complained_about(void **state)
{
	struct amm *a = zombie();

	(void)state;
	answer_is(a, "log", "the kernel has not complained\n");
	done(a, "spawn vi; spawn make; @0 switch vi");
	say(a, "set strict off");
	say(a, "@0 use_mm make.mm");
	answer_has(a, "log -n 1",
		   "WARN kthread_use_mm: current task 'vi' "
		   "has an mm already\n");
	amm_free(a);
}

static void printed_values_are_numbered(void **state)
{
	struct amm *a = zombie();

	(void)state;
	answer_is(a, "print mm1.mm_count", "$1 = 2\n");
	answer_is(a, "p sh.active_mm", "$2 = mm1\n");
	answer_is(a, "p $1 == 2", "$3 = 1\n");
	answer_has(a, "p sh.mm --json", "\"number\":4,\"value\":null}");
	amm_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(looking_touches_nothing_in_6_12),
		cmocka_unit_test(looking_touches_nothing_in_other_kernels),
		cmocka_unit_test(hostile_names_are_shown_escaped),
		cmocka_unit_test(no_memory_is_no_reason_to_crash),
		cmocka_unit_test(ps_marks_what_runs_and_what_changed),
		cmocka_unit_test(task_shows_the_fields_that_are_asked_for),
		cmocka_unit_test(mm_names_who_holds_it),
		cmocka_unit_test(why_names_every_unit_and_its_end),
		cmocka_unit_test(why_of_a_freed_mm_tells_its_end),
		cmocka_unit_test(why_of_a_time_tells_what_was_done),
		cmocka_unit_test(the_ledger_balances),
		cmocka_unit_test(list_marks_the_next_statement_and_breakpoints),
		cmocka_unit_test(bt_shows_the_calls_that_were_inlined),
		cmocka_unit_test(diff_lists_facts_between_any_two_times),
		cmocka_unit_test(the_timeline_has_a_lane_for_each_cpu),
		cmocka_unit_test(log_keeps_what_the_kernel_complained_about),
		cmocka_unit_test(printed_values_are_numbered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
