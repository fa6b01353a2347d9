/*
 * golden_edge.c - what goes wrong in the kernel, and what hardly ever happens
 */
#include "golden.h"

static void fill_mms(struct machine *m, uint32_t left)
{
	for (uint32_t mm = MM_INIT + 1; mm + left < m->w->max.mms; mm++)
		if (!world_mm(m->w, mm)->slot)
			machine_spawn(m, "filler");
}

static void fill_tasks(struct machine *m, uint32_t left)
{
	for (task_id t = 1; t + left < m->w->max.tasks; t++)
		if (!world_task(m->w, t)->slot)
			expect_done(m, VERB_kthread, 0, 0, 0, "filler");
}

/* A on CPU 0 and B on CPU 1. */
static struct machine *two_users(void)
{
	struct machine *m = machine_new("6.12", 2);

	machine_spawn(m, "A");
	machine_spawn(m, "B");
	expect_switch(m, 0, "A");
	expect_switch(m, 1, "B");
	return m;
}

static void of_two_forks_for_the_last_mm_one_fails(void **state)
{
	struct machine *m = two_users();
	mm_id b = machine_mm(m, 2);
	uint32_t pid;

	(void)state;
	fill_mms(m, 1);
	assert_true(machine_begin(m, VERB_fork, 0, 0, 0, "F"));
	assert_true(machine_begin(m, VERB_fork, 1, 0, 0, "G"));
	machine_finish(m, 0);
	pid = m->w->next_pid;
	machine_finish(m, 1);
	assert_int_not_equal(machine_task(m, "F"), TASK_NONE);
	assert_int_equal(machine_task(m, "G"), TASK_NONE);
	expect_mm(m, b, 1, 1);
	assert_int_equal(world_mm(m->w, b)->tlb_gen, 0);
	assert_int_equal(m->w->next_pid, pid);
	end(m);
}

static void of_two_execs_for_the_last_mm_one_keeps_its_mm(void **state)
{
	struct machine *m = two_users();
	task_id b = machine_task(m, "B");
	mm_id mm = machine_mm(m, 2);

	(void)state;
	fill_mms(m, 1);
	assert_true(machine_begin(m, VERB_exec, 0, 0, 0, "x"));
	assert_true(machine_begin(m, VERB_exec, 1, 0, 0, "y"));
	machine_steps(m, 0, 1);
	machine_finish(m, 1);
	machine_finish(m, 0);
	expect_task(m, b, mm, mm);
	expect_mm(m, mm, 1, 1);
	assert_int_equal(machine_task(m, "B"), b);
	end(m);
}

static void of_two_children_for_the_last_slot_one_is_not_made(void **state)
{
	static const enum verb verbs[] = { VERB_clone, VERB_vfork, VERB_kthread,
					   VERB_user_mode_thread, VERB_fork };

	(void)state;
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
		struct machine *m = two_users();
		uint32_t pid, kernel_pid;

		if (verbs[i] == VERB_user_mode_thread)
			expect_switch(m, 1, "idle");
		fill_tasks(m, 1);
		assert_true(machine_begin(m, VERB_clone, 0, 0, 0, "F"));
		assert_true(machine_begin(m, verbs[i], 1, 0, 0, "G"));
		machine_finish(m, 0);
		pid = m->w->next_pid;
		kernel_pid = m->w->next_kernel_pid;
		machine_finish(m, 1);
		assert_int_equal(machine_task(m, "G"), TASK_NONE);
		assert_int_equal(m->w->next_pid, pid);
		assert_int_equal(m->w->next_kernel_pid, kernel_pid);
		expect_mm(m, machine_mm(m, 2), 1,
			  verbs[i] == VERB_user_mode_thread ? 2 : 1);
		assert_int_equal(actor_state(m->w, &m->program, 1), ACTOR_IDLE);
		end(m);
	}
}

static void warnings_of_paths_that_do_not_fit(void **state)
{
	struct machine *m = machine_new("6.12", 1);
	struct input path = { .kind = IN_PATH, .verb = PATH_idle_task_exit };

	(void)state;
	m->checked = false;
	m->may_warn = true;
	assert_true(machine_input(m, &path)); /* the CPU is online */
	machine_steps(m, 0, 1);
	assert_int_equal(machine_saw(m, 0, EV_WARN, 1), 1);
	machine_finish(m, 0);
	machine_free(m);
	m = machine_new("6.12", 1);
	m->checked = false;
	m->may_warn = true;
	path.verb = PATH_kthread_unuse_mm; /* there is no mm to unuse */
	assert_true(machine_input(m, &path));
	machine_steps(m, 0, 1);
	assert_int_equal(machine_saw(m, 0, EV_WARN, 1), 1);
	machine_free(m);
}

/* LOADED_MM_SWITCHING: a flush in between must not miss this CPU. */
static void a_cpu_says_that_it_is_switching(void **state)
{
	struct machine *m = two_users();
	mm_id b = machine_mm(m, 2);

	(void)state;
	expect_switch(m, 0, "idle");
	expect_done(m, VERB_clone, 1, 0, 0, "B2");
	assert_true(machine_begin(m, VERB_switch, 0, machine_task(m, "B2"), 0,
				  NULL));
	machine_run_to(m, 0, ST_load_cr3);
	expect_cpu(m, 0, MM_SWITCHING, 0);
	expect_mask(m, b, 3);
	assert_true(machine_begin(m, VERB_flush, 1, b, 0, NULL));
	machine_finish(m, 1);
	assert_true(bit_in(cpu_pending(m->w, 0), 1));
	machine_finish(m, 0);
	machine_finish(m, 1);
	end(m);
}

/* How often @actor flushed, other than to trace that it calls others. */
static uint32_t flushes_by(const struct machine *m, size_t from, uint32_t actor)
{
	uint32_t n = 0;

	for (size_t i = from; i < m->log.count; i++)
		n += m->log.events[i].kind == EV_FLUSH &&
		     m->log.events[i].actor == actor &&
		     m->log.events[i].arg != 4;
	return n;
}

/* CPU 1 borrows from A2, and a flush of its mm with freed tables is pending. */
static struct machine *late_ipi(mm_id *mm)
{
	struct machine *m = machine_new("6.12", 2);

	machine_spawn(m, "A");
	machine_spawn(m, "B");
	*mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_clone, 0, 0, 0, "A2");
	expect_switch(m, 1, "A2");
	expect_switch(m, 1, "idle");
	m->auto_ipi = false;
	assert_true(machine_do(m, VERB_flush, 0, *mm, 1, NULL));
	return m;
}

static void a_lazy_cpu_leaves_and_does_not_flush(void **state)
{
	mm_id mm;
	struct machine *m = late_ipi(&mm);

	(void)state;
	expect_done(m, VERB_ipi, 1, 0, 0, NULL);
	expect_cpu(m, 1, MM_INIT, 0);
	assert_int_equal(flushes_by(m, 0, 1), 0);
	machine_finish(m, 0);
	assert_int_equal(flushes_by(m, 0, 0), 1);
	end(m);
}

static void a_flush_of_another_mm_is_ignored(void **state)
{
	mm_id mm;
	struct machine *m = late_ipi(&mm);

	(void)state;
	expect_switch(m, 1, "B");
	expect_switch(m, 1, "idle");
	expect_done(m, VERB_ipi, 1, 0, 0, NULL);
	expect_cpu(m, 1, machine_mm(m, 2), 1);
	assert_int_equal(flushes_by(m, 0, 1), 0);
	machine_finish(m, 0);
	end(m);
}

/* It was sent to init_mm while it was calling others for a flush of its own. */
static void there_is_nothing_to_flush_on_init_mm(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_switch(m, 1, "A");
	expect_done(m, VERB_clone, 1, 0, 0, "A2");
	expect_switch(m, 0, "A2");
	expect_switch(m, 0, "idle");
	assert_true(machine_begin(m, VERB_flush, 0, mm, 1, NULL));
	machine_run_to(m, 0, ST_call_one);
	assert_true(machine_begin(m, VERB_flush, 1, mm, 1, NULL));
	machine_run_to(m, 1, ST_local_irq_disable);
	expect_done(m, VERB_ipi, 0, 1, 0, NULL);
	while (world_cpu(m->w, 0)->irq_stack)
		machine_steps(m, 0, 1);
	expect_cpu(m, 0, MM_INIT, 0);
	machine_finish(m, 0);
	machine_finish(m, 1);
	machine_finish(m, 0);
	assert_int_equal(flushes_by(m, 0, 0), 0);
	end(m);
}

/* x86 has interrupts on between the pointers and activate_mm(). */
static void exec_lets_interrupts_in_between(void **state)
{
	struct machine *m = two_users();
	bool seen_on = false;

	(void)state;
	assert_true(machine_begin(m, VERB_exec, 0, 0, 0, "x"));
	machine_run_to(m, 0, ST_take);
	while (actor_op(m->w, &m->program, 0)->what != ST_leave_lazy) {
		machine_steps(m, 0, 1);
		seen_on |= !world_cpu(m->w, 0)->irqs_off;
	}
	assert_true(seen_on);
	assert_int_equal(world_cpu(m->w, 0)->irqs_off, 1);
	machine_finish(m, 0);
	assert_int_equal(world_mm(m->w, machine_mm(m, 3))->tables, 1);
	end(m);
}

/* A thread without an mm exits: exit_mm() has nothing to do. */
static void a_kernel_thread_exits_without_touching_an_mm(void **state)
{
	struct machine *m = machine_new("6.12", 1);
	task_id k;

	(void)state;
	machine_spawn(m, "A");
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	k = machine_task(m, "K");
	expect_switch(m, 0, "A");
	expect_switch(m, 0, "K");
	expect_done(m, VERB_exit, 0, 0, 0, NULL);
	expect_task(m, k, MM_NONE, machine_mm(m, 1));
	expect_mm(m, machine_mm(m, 1), 1, 2);
	expect_switch(m, 0, "A");
	expect_task(m, k, MM_NONE, MM_NONE);
	expect_mm(m, machine_mm(m, 1), 1, 1);
	end(m);
}

static void a_forked_child_can_run(void **state)
{
	struct machine *m = two_users();
	mm_id child;

	(void)state;
	expect_done(m, VERB_fork, 0, 0, 0, "F");
	child = machine_mm(m, 3);
	assert_int_equal(world_task(m->w, machine_task(m, "F"))->slot,
			 SLOT_LIVE);
	expect_switch(m, 0, "F");
	expect_cpu(m, 0, child, 0);
	expect_mask(m, child, 1);
	end(m);
}

/* Where a recording sees these functions return. */
static void returns_are_seen_where_they_are(void **state)
{
	static const struct {
		enum path_id path;
		uint8_t tracepoint;
	} at[] = {
		{ PATH_mmput, TP_mmput_ret },
		{ PATH_kthread_use_mm, TP_use_mm_ret },
		{ PATH_kthread_unuse_mm, TP_unuse_mm_ret },
		{ PATH_get_task_mm, TP_get_task_mm },
	};
	struct machine *m = machine_new("6.12", 1);
	const struct program *p = &m->program;

	(void)state;
	for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
		uint32_t found = 0;

		for (uint32_t pc = 0; pc < p->flats; pc++) {
			if (p->flat[pc].tracepoint != at[i].tracepoint)
				continue;
			found++;
			assert_int_equal(p->flat[pc].path, at[i].path);
			assert_int_equal(p->flat[pc].what, ST_ret);
		}
		assert_true(found > 0);
	}
	machine_free(m);
}

static const struct CMUnitTest edge[] = {
	cmocka_unit_test(of_two_forks_for_the_last_mm_one_fails),
	cmocka_unit_test(of_two_execs_for_the_last_mm_one_keeps_its_mm),
	cmocka_unit_test(of_two_children_for_the_last_slot_one_is_not_made),
	cmocka_unit_test(warnings_of_paths_that_do_not_fit),
	cmocka_unit_test(a_cpu_says_that_it_is_switching),
	cmocka_unit_test(a_lazy_cpu_leaves_and_does_not_flush),
	cmocka_unit_test(a_flush_of_another_mm_is_ignored),
	cmocka_unit_test(there_is_nothing_to_flush_on_init_mm),
	cmocka_unit_test(exec_lets_interrupts_in_between),
	cmocka_unit_test(a_kernel_thread_exits_without_touching_an_mm),
	cmocka_unit_test(a_forked_child_can_run),
	cmocka_unit_test(returns_are_seen_where_they_are),
};

const struct golden golden_edge = GOLDEN(edge);
