/*
 * test_narrate.c - what is told of the sessions that everybody meets first
 */
#include "test.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "machine.h"
#include "session/narrate.h"

struct story {
	struct machine *m;
	size_t told; /* events that were told before */
	enum form form;
	int granularity;
	struct text said;
};

static void tell(struct story *s)
{
	struct telling t = { .after = s->m->w,
			     .program = &s->m->program,
			     .events = s->m->log.events + s->told,
			     .count = s->m->log.count - s->told,
			     .form = s->form,
			     .granularity = s->granularity };

	assert_true(narrate(&s->said, &t));
	s->told = s->m->log.count;
}

static struct story *story_of(const char *profile, uint32_t cpus)
{
	static struct story s;

	s = (struct story){ .m = machine_new(profile, cpus) };
	s.told = s.m->log.count;
	return &s;
}

static void told_is(struct story *s, const char *expected)
{
	assert_string_equal(text_string(&s->said), expected);
	text_clear(&s->said);
}

static void over(struct story *s)
{
	text_free(&s->said);
	machine_free(s->m);
	assert_int_equal(mem_stats().live_blocks, 0);
}

static void act(struct story *s, enum verb verb, uint32_t cpu, uint32_t arg,
		const char *name)
{
	assert_true(machine_do(s->m, verb, cpu, arg, 0, name));
	tell(s);
}

static void let_run(struct story *s, uint32_t cpu, const char *name)
{
	assert_true(machine_switch(s->m, cpu, name));
	tell(s);
}

/* sh runs on CPU 0; kworker/1:0 on CPU 1 borrows its mm. */
static struct story *borrowed(const char *profile)
{
	struct story *s = story_of(profile, 2);

	act(s, VERB_spawn, 0, 0, "sh");
	act(s, VERB_spawn, 0, 0, "vi");
	act(s, VERB_spawn, 0, 0, "make");
	act(s, VERB_kthread, 0, 0, "kworker/1:0");
	let_run(s, 1, "sh");
	let_run(s, 1, "kworker/1:0");
	let_run(s, 0, "sh");
	return s;
}

static void spawn_and_kthread_say_what_they_made(void **state)
{
	struct story *s = story_of("6.12", 2);

	(void)state;
	act(s, VERB_spawn, 0, 0, "sh");
	act(s, VERB_kthread, 0, 0, "kworker/1:0");
	told_is(s, "task 100 sh: mm1   users 1  count 1\n"
		   "task 20 kworker/1:0: mm NULL, active_mm NULL "
		   "(not running)\n");
	over(s);
}

static void a_borrow_is_told_with_its_reasons(void **state)
{
	struct story *s = borrowed("6.12");
	const char *said = strstr(text_string(&s->said), "cpu1 swapper/1");

	(void)state;
	assert_non_null(said);
	assert_string_equal(
		said,
		"cpu1 swapper/1 -> sh\n"
		"  cpu1.loaded_mm init_mm -> mm1         switch_mm_irqs_off\n"
		"  swapper/1.active_mm init_mm -> NULL   gives the borrowed "
		"mm back\n"
		"  init_mm.mm_count 4 -> 3               mmdrop_lazy_tlb in "
		"finish_task_switch\n"
		"cpu1 sh -> kworker/1:0\n"
		"  cpu1.is_lazy 0 -> 1                 enter_lazy_tlb; CR3 "
		"not touched\n"
		"  kworker/1:0.active_mm NULL -> mm1   borrowed from sh\n"
		"  mm1.mm_count 1 -> 2                 mmgrab_lazy_tlb\n"
		"cpu0 swapper/0 -> sh\n"
		"  cpu0.loaded_mm init_mm -> mm1         switch_mm_irqs_off\n"
		"  swapper/0.active_mm init_mm -> NULL   gives the borrowed "
		"mm back\n"
		"  init_mm.mm_count 3 -> 2               mmdrop_lazy_tlb in "
		"finish_task_switch\n");
	over(s);
}

static void exit_zombie_and_free_are_told(void **state)
{
	struct story *s = borrowed("6.12");

	(void)state;
	text_clear(&s->said);
	act(s, VERB_exit, 0, 0, NULL);
	told_is(s,
		"cpu0 sh exits\n"
		"  mm1.mm_count 2 -> 3       exit_mm: sh becomes a lazy user "
		"of its own mm\n"
		"  sh.mm mm1 -> NULL         active_mm stays mm1\n"
		"  cpu0.is_lazy 0 -> 1       enter_lazy_tlb; CR3 not touched\n"
		"  mm1.mm_users 1 -> 0       mmput, last user: exit_mmap\n"
		"  page tables freed: cpu0 itself, IPI to cpu1\n"
		"                            both lazy: cpuN.loaded_mm mm1 -> "
		"init_mm\n"
		"  mm1.mm_count 3 -> 2       the users' one reference is "
		"dropped\n");
	let_run(s, 0, "idle");
	told_is(s, "cpu0 sh -> swapper/0\n"
		   "  swapper/0.active_mm NULL -> mm1   kernel to kernel: the "
		   "loan is handed on\n"
		   "  sh.active_mm mm1 -> NULL          no count changes\n");
	let_run(s, 0, "vi");
	text_clear(&s->said);
	let_run(s, 1, "make");
	told_is(s, "cpu1 kworker/1:0 -> make\n"
		   "  cpu1.loaded_mm init_mm -> mm3       switch_mm_irqs_off\n"
		   "  kworker/1:0.active_mm mm1 -> NULL   gives the borrowed "
		   "mm back\n"
		   "  mm1.mm_count 1 -> 0                 mmdrop_lazy_tlb in "
		   "finish_task_switch\n"
		   "  mm1 is freed                        __mmdrop: its struct "
		   "and its pgd\n");
	over(s);
}

static void shootdown_is_told_instead_of_counts(void **state)
{
	struct story *s = borrowed("6.12-shoot");

	(void)state;
	text_clear(&s->said);
	act(s, VERB_exit, 0, 0, NULL);
	told_is(s,
		"cpu0 sh exits\n"
		"  sh.mm mm1 -> NULL         active_mm stays mm1\n"
		"  cpu0.is_lazy 0 -> 1       enter_lazy_tlb; CR3 not touched\n"
		"  mm1.mm_users 1 -> 0       mmput, last user: exit_mmap\n"
		"  page tables freed: cpu0 itself, IPI to cpu1\n"
		"                            both lazy: cpuN.loaded_mm mm1 -> "
		"init_mm\n"
		"  mm1.mm_count 1 -> 0       the users' one reference is "
		"dropped\n"
		"  cleanup_lazy_tlbs: cpu0 itself, IPI to cpu1\n"
		"                            both lazy: active_mm mm1 -> "
		"init_mm\n"
		"  mm1 is freed              __mmdrop: its struct and its "
		"pgd\n");
	over(s);
}

static void a_real_use_is_told_apart_from_a_borrow(void **state)
{
	struct story *s = story_of("6.12", 2);

	(void)state;
	act(s, VERB_spawn, 0, 0, "qemu");
	act(s, VERB_kthread, 0, 0, "vhost-100");
	let_run(s, 0, "qemu");
	let_run(s, 1, "vhost-100");
	text_clear(&s->said);
	act(s, VERB_kthread_use_mm, 1, machine_mm(s->m, 1), NULL);
	act(s, VERB_kthread_unuse_mm, 1, 0, NULL);
	told_is(s, "cpu1 vhost-100: kthread_use_mm\n"
		   "  mm1.mm_count 1 -> 2                  mmgrab: a real use, "
		   "not a lazy one\n"
		   "  vhost-100.active_mm init_mm -> mm1   with IRQs off\n"
		   "  vhost-100.mm NULL -> mm1             with IRQs off\n"
		   "  cpu1.loaded_mm init_mm -> mm1        "
		   "switch_mm_irqs_off\n"
		   "  init_mm.mm_count 3 -> 2              mmdrop_lazy_tlb(old "
		   "active_mm)\n"
		   "cpu1 vhost-100: kthread_unuse_mm\n"
		   "  vhost-100.mm mm1 -> NULL   active_mm stays mm1\n"
		   "  mm1.mm_count 2 -> 3        mmgrab_lazy_tlb: now a "
		   "borrower\n"
		   "  cpu1.is_lazy 0 -> 1        enter_lazy_tlb; CR3 not "
		   "touched\n"
		   "  mm1.mm_count 3 -> 2        mmdrop: the real use ends\n");
	over(s);
}

static void exec_writes_both_pointers_at_once(void **state)
{
	struct story *s = borrowed("6.12");

	(void)state;
	text_clear(&s->said);
	act(s, VERB_exec, 0, 0, "ls");
	told_is(s, "cpu0 sh -> ls (same task 100)\n"
		   "  new mm4: users 1, count 1\n"
		   "  task 100.active_mm and .mm mm1 -> mm4   exec_mmap, IRQs "
		   "off\n"
		   "  cpu0.loaded_mm mm1 -> mm4               "
		   "switch_mm_irqs_off\n"
		   "  mm1.mm_users 1 -> 0                     mmput(old): "
		   "exit_mmap\n"
		   "  page tables freed: IPI to cpu1          lazy: "
		   "cpu1.loaded_mm mm1 -> init_mm\n"
		   "  mm1.mm_count 2 -> 1                     only "
		   "kworker/1:0 holds it: zombie\n");
	over(s);
}

static void the_first_exec_of_init_gives_init_mm_back(void **state)
{
	struct story *s = story_of("6.12", 2);

	(void)state;
	assert_true(machine_do(s->m, VERB_switch, 0, 3, 0, NULL));
	s->told = s->m->log.count;
	act(s, VERB_exec, 0, 0, "init");
	assert_non_null(
		strstr(text_string(&s->said), "init_mm.mm_count 4 -> 3 "));
	assert_non_null(
		strstr(text_string(&s->said), "mmdrop_lazy_tlb(active_mm)\n"));
	over(s);
}

static void plain_form_speaks_in_sentences(void **state)
{
	struct story *s = story_of("6.12", 2);

	(void)state;
	s->form = FORM_PLAIN;
	act(s, VERB_spawn, 0, 0, "sh");
	act(s, VERB_kthread, 0, 0, "kworker/1:0");
	let_run(s, 1, "sh");
	text_clear(&s->said);
	let_run(s, 1, "kworker/1:0");
	told_is(s, "CPU 1 switches from sh to kworker/1:0.\n"
		   "cpu1 is_lazy: from 0 to 1. Reason: enter_lazy_tlb; CR3 "
		   "not touched.\n"
		   "kworker/1:0 active_mm: from NULL to mm1. Reason: borrowed "
		   "from sh.\n"
		   "mm1 mm_count: from 1 to 2. Reason: kworker/1:0 borrows it "
		   "on CPU 1.\n");
	over(s);
}

static void json_form_has_the_kernels_spelling(void **state)
{
	struct story *s = story_of("6.12", 2);

	(void)state;
	s->form = FORM_JSON;
	act(s, VERB_spawn, 0, 0, "sh");
	act(s, VERB_kthread, 0, 0, "kworker/1:0");
	let_run(s, 1, "sh");
	text_clear(&s->said);
	let_run(s, 1, "kworker/1:0");
	told_is(s,
		"[{\"obj\":\"cpu1\",\"field\":\"is_lazy\",\"old\":0,\"new\":1,"
		"\"by\":\"enter_lazy_tlb\"},"
		"{\"obj\":\"task:20\",\"field\":\"active_mm\",\"old\":null,"
		"\"new\":\"mm1\",\"by\":\"context_switch\"},"
		"{\"obj\":\"mm1\",\"field\":\"mm_count\",\"old\":1,\"new\":2,"
		"\"by\":\"context_switch\",\"holder\":\"task:20\"}]");
	over(s);
}

static void coarser_granularity_joins_lines(void **state)
{
	struct story *s = borrowed("6.12");

	(void)state;
	text_clear(&s->said);
	s->granularity = GRANULARITY_COMMAND;
	let_run(s, 0, "idle");
	told_is(s, "cpu0 sh -> swapper/0: cpu0.is_lazy 0 -> 1, "
		   "swapper/0.active_mm NULL -> mm1,\n"
		   "  mm1.mm_count 2 -> 3\n");
	s->granularity = GRANULARITY_FUNCTION;
	let_run(s, 1, "idle");
	told_is(s, "cpu1 kworker/1:0 -> swapper/1\n"
		   "  swapper/1.active_mm NULL -> mm1, "
		   "kworker/1:0.active_mm mm1 -> NULL\n");
	over(s);
}

static void vfork_and_outside_holders_have_their_reasons(void **state)
{
	struct story *s = story_of("6.12", 2);

	(void)state;
	act(s, VERB_spawn, 0, 0, "sh");
	let_run(s, 0, "sh");
	text_clear(&s->said);
	act(s, VERB_vfork, 0, 0, "child");
	told_is(s, "cpu0 sh: vfork\n"
		   "  mm1.mm_users 1 -> 2       mmget: the child shares it for "
		   "now\n"
		   "  task 101 child: mm1   users 2  count 1\n"
		   "  sh sleeps                 vfork: until the child leaves "
		   "its mm\n");
	act(s, VERB_mmgrab, 0, machine_mm(s->m, 1), "kvm");
	told_is(s, "kvm: mmgrab\n"
		   "  mm1.mm_count 1 -> 2       mmgrab by kvm\n");
	act(s, VERB_mmdrop, 0, machine_mm(s->m, 1), "kvm");
	told_is(s, "kvm: mmdrop\n"
		   "  mm1.mm_count 2 -> 1       mmdrop by kvm\n");
	over(s);
}

/* Told statement by statement, nothing is said twice and nothing is lost. */
static void single_steps_tell_their_own_effects(void **state)
{
	struct story *s = borrowed("6.12");
	struct input next;

	(void)state;
	text_clear(&s->said);
	assert_true(machine_begin(s->m, VERB_exit, 0, 0, 0, NULL));
	tell(s);
	told_is(s, "cpu0 sh exits\n");
	while (drive_next(s->m->w, &s->m->program, 0, true, &next)) {
		assert_true(machine_input(s->m, &next));
		tell(s);
	}
	assert_non_null(strstr(text_string(&s->said),
			       "  page tables freed: IPI to cpu1\n"));
	assert_non_null(strstr(text_string(&s->said),
			       "lazy: cpu1.loaded_mm mm1 -> init_mm\n"));
	assert_non_null(strstr(text_string(&s->said), "mm1.mm_count 3 -> 2"));
	over(s);
}

static void telling_leaves_the_world_untouched(void **state)
{
	struct story *s = borrowed("6.12");
	void *before = am_alloc(s->m->size);

	(void)state;
	memcpy(before, s->m->w, s->m->size);
	s->told = 0;
	tell(s);
	assert_memory_equal(before, s->m->w, s->m->size);
	am_free(before);
	over(s);
}

static void boot_prints_every_setting(void **state)
{
	struct story *s = story_of("6.12", 2);

	(void)state;
	narrate_boot(&s->said, s->m->w, &s->m->program, 1, FORM_HUMAN);
	told_is(s,
		"x86_64, kernel 6.12, 2 CPUs, MMU_LAZY_TLB_REFCOUNT=y, seed 1\n"
		"cpu0 swapper/0, cpu1 swapper/1: mm NULL, active_mm init_mm\n");
	over(s);
}

static void out_of_memory_is_said(void **state)
{
	struct story *s = borrowed("6.12");
	struct telling t = { .after = s->m->w,
			     .program = &s->m->program,
			     .events = s->m->log.events,
			     .count = s->m->log.count };

	(void)state;
	for (uint64_t n = 1;; n++) {
		bool done;

		text_free(&s->said);
		mem_fail_at(n, false);
		done = narrate(&s->said, &t);
		mem_fail_at(0, false);
		if (done)
			break;
		assert_true(n < 100);
	}
	over(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spawn_and_kthread_say_what_they_made),
		cmocka_unit_test(a_borrow_is_told_with_its_reasons),
		cmocka_unit_test(exit_zombie_and_free_are_told),
		cmocka_unit_test(shootdown_is_told_instead_of_counts),
		cmocka_unit_test(a_real_use_is_told_apart_from_a_borrow),
		cmocka_unit_test(exec_writes_both_pointers_at_once),
		cmocka_unit_test(the_first_exec_of_init_gives_init_mm_back),
		cmocka_unit_test(plain_form_speaks_in_sentences),
		cmocka_unit_test(json_form_has_the_kernels_spelling),
		cmocka_unit_test(coarser_granularity_joins_lines),
		cmocka_unit_test(vfork_and_outside_holders_have_their_reasons),
		cmocka_unit_test(single_steps_tell_their_own_effects),
		cmocka_unit_test(telling_leaves_the_world_untouched),
		cmocka_unit_test(boot_prints_every_setting),
		cmocka_unit_test(out_of_memory_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
