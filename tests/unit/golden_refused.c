/*
 * golden_refused.c - every reason for which an input is refused, once
 *
 * machine_input() compares the world before and after, byte by byte.
 */
#include "golden.h"

#include "engine/fault.h"

#define refused(m, reason, ...) \
	do { \
		assert_false(machine_begin(m, __VA_ARGS__)); \
		expect_refused(m, reason); \
		seen[REFUSED_##reason] = true; \
	} while (0)

static bool seen[REFUSALS];

/* A runs on CPU 0, B on CPU 1; K and the user thread U are ready. */
static struct machine *people(void)
{
	struct machine *m = machine_new("6.12", 2);

	machine_spawn(m, "A");
	machine_spawn(m, "B");
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	expect_done(m, VERB_user_mode_thread, 0, 0, 0, "U");
	expect_switch(m, 0, "A");
	expect_switch(m, 1, "B");
	return m;
}

static void switches(void **state)
{
	struct machine *m = people();
	task_id a = machine_task(m, "A"), b = machine_task(m, "B");
	task_id k = machine_task(m, "K");

	(void)state;
	refused(m, running_elsewhere, VERB_switch, 0, b, 0, NULL);
	assert_int_equal(m->last.task, b);
	assert_int_equal(m->last.cpu, 1);
	refused(m, already_current, VERB_switch, 0, a, 0, NULL);
	refused(m, is_idle, VERB_switch, 0, 2, 0, NULL);
	refused(m, no_task, VERB_switch, 0, 60, 0, NULL);
	refused(m, no_task, VERB_switch, 0, 6000, 0, NULL);
	expect_done(m, VERB_block, 0, k, 0, NULL);
	refused(m, not_runnable, VERB_switch, 0, k, 0, NULL);
	expect_done(m, VERB_wake, 0, k, 0, NULL);
	assert_true(machine_begin(m, VERB_switch, 0, k, 0, NULL));
	refused(m, no_preempt, VERB_switch, 0, 1, 0, NULL);
	machine_finish(m, 0);
	expect_done(m, VERB_exit, 0, 0, 0, NULL);
	refused(m, task_dead, VERB_exit, 0, 0, 0, NULL);
	expect_switch(m, 0, "A");
	refused(m, task_dead, VERB_switch, 0, k, 0, NULL);
	refused(m, no_cpu, VERB_switch, 9, a, 0, NULL);
	end(m);
}

static void who_may_do_what(void **state)
{
	struct machine *m = people();

	(void)state;
	refused(m, has_mm, VERB_user_mode_thread, 0, 0, 0, "x");
	refused(m, has_mm, VERB_leave_mm, 0, 0, 0, NULL);
	refused(m, not_kthread, VERB_kthread_use_mm, 0, 3, 1, NULL);
	refused(m, not_in_use, VERB_kthread_unuse_mm, 0, 0, 0, NULL);
	expect_switch(m, 0, "idle");
	refused(m, is_idle, VERB_exit, 0, 0, 0, NULL);
	refused(m, no_mm, VERB_fork, 0, 0, 0, "F");
	expect_switch(m, 0, "K");
	refused(m, is_kthread, VERB_exec, 0, 0, 0, "x");
	refused(m, mm_init, VERB_kthread_use_mm, 0, MM_INIT, 1, NULL);
	refused(m, mm_dead, VERB_kthread_use_mm, 0, 20, 1, NULL);
	refused(m, mm_dead, VERB_mmget, 0, 2000, 0, "x");
	expect_done(m, VERB_kthread_use_mm, 0, 2, 1, NULL);
	refused(m, has_mm, VERB_kthread_use_mm, 0, 2, 1, NULL);
	refused(m, has_mm, VERB_exit, 0, 0, 0, NULL);
	refused(m, is_kthread, VERB_clone, 0, 0, 0, "x");
	end(m);
}

static void holders(void **state)
{
	struct machine *m = people();
	mm_id mm = machine_mm(m, 1);
	uint32_t actor;

	(void)state;
	refused(m, holds_nothing, VERB_mmput, 0, mm, 0, "x");
	expect_done(m, VERB_mmget, 0, mm, 0, "x");
	refused(m, holds_nothing, VERB_mmdrop, 0, mm, 0, "x");
	refused(m, no_work, VERB_run_work, 0, mm, 0, "w");
	assert_true(machine_begin(m, VERB_mmput, 0, mm, 0, "x"));
	actor = m->last.actor;
	expect_done(m, VERB_mmget, 0, mm, 0, "y");
	assert_true(machine_begin(m, VERB_mmgrab, 0, mm, 0, "y"));
	refused(m, in_path, VERB_mmgrab, 0, mm, 0, "y");
	machine_finish(m, m->last.actor);
	machine_finish(m, actor);
	refused(m, no_task, VERB_get_task_mm, 0, 60, 0, "y");
	machine_free(m);
}

static void zombies(void **state)
{
	struct machine *m = people();
	task_id a = machine_task(m, "A");

	(void)state;
	refused(m, not_zombie, VERB_wait, 1, a, 0, NULL);
	expect_done(m, VERB_exit, 0, 0, 0, NULL);
	refused(m, mm_zombie, VERB_mmget, 0, machine_mm(m, 1), 0, "x");
	refused(m, still_running, VERB_wait, 1, a, 0, NULL);
	refused(m, no_task, VERB_wait, 1, 60, 0, NULL);
	refused(m, task_dead, VERB_wake, 1, a, 0, NULL);
	end(m);
}

static void cpus(void **state)
{
	struct machine *m = people();
	task_id b = machine_task(m, "B");
	uint32_t actor;

	(void)state;
	refused(m, cpu_online, VERB_cpu_up, 0, 1, 0, NULL);
	refused(m, cpu_online, VERB_boot, 0, 0, 0, NULL);
	refused(m, cpu_last, VERB_cpu_down, 0, 0, 0, NULL);
	refused(m, cpu_busy, VERB_cpu_down, 0, 1, 0, NULL);
	refused(m, no_cpu, VERB_cpu_down, 0, 9, 0, NULL);
	refused(m, no_cpu, VERB_cpu_up, 0, 9, 0, NULL);
	refused(m, no_cpu, VERB_migrate, 0, machine_task(m, "K"), 9, NULL);
	refused(m, running_elsewhere, VERB_migrate, 0, b, 0, NULL);
	refused(m, is_idle, VERB_migrate, 0, 1, 1, NULL);
	refused(m, no_pending, VERB_ipi, 1, 0, 0, NULL);
	refused(m, no_pending, VERB_ipi, 1, 9999, 0, NULL);
	expect_switch(m, 1, "idle");
	assert_true(machine_begin(m, VERB_cpu_down, 0, 1, 0, NULL));
	actor = m->last.actor;
	refused(m, hotplug, VERB_cpu_down, 0, 1, 0, NULL);
	machine_finish(m, actor);
	assert_int_equal(world_cpu(m->w, 1)->online, CPU_OFFLINE);
	end(m);
}

static void an_offline_cpu(void **state)
{
	struct machine *m = machine_new("6.12", 2);

	(void)state;
	expect_done(m, VERB_cpu_down, 0, 1, 0, NULL);
	refused(m, cpu_offline, VERB_cpu_down, 0, 1, 0, NULL);
	refused(m, cpu_offline, VERB_kthread, 1, 0, 0, "x");
	refused(m, cpu_offline, VERB_switch, 1, 3, 0, NULL);
	end(m);
}

static void in_the_middle(void **state)
{
	struct machine *m = people();
	struct input step = { .kind = IN_STEP, .actor = 1, .count = 1 };
	mm_id mm = machine_mm(m, 1);

	(void)state;
	assert_false(machine_input(m, &step));
	expect_refused(m, nothing_to_step);
	seen[REFUSED_nothing_to_step] = true;
	expect_done(m, VERB_clone, 0, 0, 0, "A2");
	expect_switch(m, 1, "A2");
	assert_true(machine_begin(m, VERB_fork, 1, 0, 0, "F"));
	refused(m, in_path, VERB_exit, 1, 0, 0, NULL);
	assert_int_equal(m->last.path, PATH_sys_fork);
	expect_switch(m, 1, "idle");
	refused(m, cpu_pinned, VERB_block, 0, machine_task(m, "A2"), 0, NULL);
	expect_switch(m, 1, "A2");
	machine_finish(m, 1);
	m->auto_ipi = false;
	assert_true(machine_begin(m, VERB_flush, 0, mm, 1, NULL));
	machine_finish(m, 0);
	step.actor = 0;
	assert_false(machine_input(m, &step));
	expect_refused(m, waits);
	seen[REFUSED_waits] = true;
	assert_true(machine_begin(m, VERB_switch, 1, 2, 0, NULL));
	machine_steps(m, 1, 1);
	refused(m, irqs_off, VERB_ipi, 1, 0, 0, NULL);
	machine_free(m);
}

static void rooms_are_full(void **state)
{
	struct machine *m = people();
	char name[] = "h00";

	(void)state;
	while (machine_begin(m, VERB_spawn, 0, 0, 0, "s"))
		;
	expect_refused(m, mms_full);
	seen[REFUSED_mms_full] = true;
	refused(m, mms_full, VERB_exec, 0, 0, 0, "x");
	refused(m, mms_full, VERB_fork, 0, 0, 0, "x");
	while (machine_do(m, VERB_kthread, 0, 0, 0, "k"))
		;
	expect_refused(m, tasks_full);
	seen[REFUSED_tasks_full] = true;
	refused(m, tasks_full, VERB_clone, 0, 0, 0, "x");
	for (uint32_t h = 1; h < m->w->max.holders; h++) {
		name[1] = (char)('0' + h / 10);
		name[2] = (char)('0' + h % 10);
		expect_done(m, VERB_mmgrab, 0, 2, 0, name);
	}
	refused(m, holders_full, VERB_mmgrab, 0, 2, 0, "more");
	refused(m, holders_full, VERB_get_task_mm, 0, 3, 0, "more");
	machine_free(m);
}

/* Each holder that has begun has a stack of the pool, each preempted task too. */
static void all_stacks_are_taken(void **state)
{
	struct machine *m = people();
	char name[] = "h00";

	(void)state;
	for (int i = 0; i < 20; i++)
		expect_done(m, VERB_kthread, 0, 0, 0, "k");
	for (uint32_t h = 1; h < m->w->max.holders; h++) {
		name[1] = (char)('0' + h / 10);
		name[2] = (char)('0' + h % 10);
		assert_true(machine_begin(m, VERB_mmgrab, 0, 2, 0, name));
	}
	for (task_id t = 3; m->last.why == REFUSED_NOT; t++) {
		assert_true(t < m->w->max.tasks);
		if (!(world_task(m->w, t)->flags & PF_KTHREAD))
			continue;
		expect_done(m, VERB_switch, 0, t, 0, NULL);
		machine_begin(m, VERB_kthread, 0, 0, 0, "x");
	}
	expect_refused(m, stacks_full);
	seen[REFUSED_stacks_full] = true;
	end(m);
}

/* Kernel 2.2: kernel threads have init_mm; addresses have 32 bits. */
static void with_init_mm_as_an_mm(void **state)
{
	struct machine *m = machine_new("2.2", 1);
	struct input far = { .kind = IN_VERB,
			     .verb = VERB_fault,
			     .arg = { 0, 0, 1 } };

	(void)state;
	refused(m, on_init_mm, VERB_fork, 0, 0, 0, "x");
	refused(m, mm_kernel, VERB_mmget, 0, MM_INIT, 0, "x");
	assert_false(machine_input(m, &far));
	expect_refused(m, address_size);
	seen[REFUSED_address_size] = true;
	end(m);
}

static void no_user_mode(void **state)
{
	struct machine *m = people();

	(void)state;
	expect_switch(m, 1, "K");
	refused(m, no_user_mode, VERB_fault, 1, X86_PF_USER, 0, NULL);
	end(m);
}

static void what_this_kernel_has_not(void **state)
{
	struct machine *m = people();
	struct input path = { .kind = IN_PATH, .verb = PATH_cleanup_lazy_tlbs };

	(void)state;
	assert_false(machine_input(m, &path));
	expect_refused(m, no_such_path);
	seen[REFUSED_no_such_path] = true;
	end(m);
}

static void anon_off_ends_what_anon_on_began(void **state)
{
	struct machine *m = machine_new("2.4", 1);

	(void)state;
	machine_spawn(m, "A");
	expect_switch(m, 0, "A");
	refused(m, not_anon, VERB_anon_off, 0, 0, 0, NULL);
	expect_done(m, VERB_anon_on, 0, 0, 0, NULL);
	refused(m, in_path, VERB_anon_on, 0, 0, 0, NULL);
	expect_done(m, VERB_anon_off, 0, 0, 0, NULL);
	refused(m, not_anon, VERB_anon_off, 0, 0, 0, NULL);
	end(m);
	m = machine_new("6.12", 1);
	refused(m, no_such_path, VERB_anon_on, 0, 0, 0, NULL);
	refused(m, no_such_path, VERB_anon_off, 0, 0, 0, NULL);
	end(m);
}

/* Runs last: no reason is left out. */
static void every_reason_was_given(void **state)
{
	static const char *const names[] = {
		"",
#define REFUSAL(id, code, text, help) #id,
#include "engine/refusal.def"
#undef REFUSAL
	};

	(void)state;
	for (int i = 1; i < REFUSALS; i++)
		if (!seen[i])
			fail_msg("never refused with %s", names[i]);
}

static const struct CMUnitTest refusals[] = {
	cmocka_unit_test(switches),
	cmocka_unit_test(who_may_do_what),
	cmocka_unit_test(holders),
	cmocka_unit_test(zombies),
	cmocka_unit_test(cpus),
	cmocka_unit_test(an_offline_cpu),
	cmocka_unit_test(in_the_middle),
	cmocka_unit_test(rooms_are_full),
	cmocka_unit_test(all_stacks_are_taken),
	cmocka_unit_test(with_init_mm_as_an_mm),
	cmocka_unit_test(no_user_mode),
	cmocka_unit_test(what_this_kernel_has_not),
	cmocka_unit_test(anon_off_ends_what_anon_on_began),
	cmocka_unit_test(every_reason_was_given),
};

const struct golden golden_refused = GOLDEN(refusals);
