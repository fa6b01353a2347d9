/*
 * golden_cpu.c - CPUs come and go, interrupts wait, tasks are preempted
 */
#include "golden.h"

static uint32_t hotplug(const struct machine *m)
{
	return m->last.actor;
}

static void cpu_down_returns_the_borrow_of_a_live_mm(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_switch(m, 1, "A");
	expect_switch(m, 1, "idle");
	expect_mm(m, mm, 1, 2);
	expect_mm(m, MM_INIT, 2, 3);
	expect_done(m, VERB_cpu_down, 0, 1, 0, NULL);
	expect_mm(m, mm, 1, 1);
	expect_mask(m, mm, 0);
	expect_mm(m, MM_INIT, 2, 3);
	/* old rule: it points at init_mm without a reference */
	expect_task(m, 2, MM_NONE, MM_INIT);
	assert_int_equal(ref_owns(world_task(m->w, 2)->active_mm), 0);
	assert_int_equal(world_cpu(m->w, 1)->online, CPU_OFFLINE);
	expect_done(m, VERB_cpu_up, 0, 1, 0, NULL);
	expect_mm(m, MM_INIT, 2, 4);
	expect_task(m, 2, MM_NONE, MM_INIT);
	assert_int_equal(ref_owns(world_task(m->w, 2)->active_mm), OWNS_COUNT);
	expect_cpu(m, 1, MM_INIT, 0);
	end(m);
}

static void cpu_down_frees_a_zombie_it_borrowed_last(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_switch(m, 1, "A");
	expect_done(m, VERB_exit, 1, 0, 0, NULL);
	expect_switch(m, 1, "idle");
	expect_mm(m, mm, 0, 1);
	expect_done(m, VERB_cpu_down, 0, 1, 0, NULL);
	expect_freed(m, mm);
	end(m);
}

/* The dying CPU only leaves in hardware; the CPU that waits gives it back. */
static void idle_task_exit_keeps_active_mm_and_count(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_switch(m, 1, "A");
	expect_switch(m, 1, "idle");
	assert_true(machine_begin(m, VERB_cpu_down, 0, 1, 0, NULL));
	machine_run_to(m, hotplug(m), ST_take_cpu_down);
	machine_steps(m, hotplug(m), 1);
	machine_finish(m, 1);
	assert_int_equal(world_cpu(m->w, 1)->online, CPU_OFFLINE);
	expect_cpu(m, 1, MM_INIT, 0);
	expect_task(m, 2, MM_NONE, mm);
	expect_mm(m, mm, 1, 2);
	expect_mask(m, mm, 0);
	m->auto_ipi = true;
	machine_free(m);
}

static void a_cpu_borrowing_init_mm_gives_it_back(void **state)
{
	struct machine *m = machine_new("6.12", 3);
	size_t from = m->log.count;

	(void)state;
	expect_mm(m, MM_INIT, 2, 5);
	expect_done(m, VERB_cpu_down, 0, 2, 0, NULL);
	expect_mm(m, MM_INIT, 2, 4);
	assert_int_equal(machine_saw(m, from, EV_CR3, 2), 0);
	expect_done(m, VERB_cpu_up, 0, 2, 0, NULL);
	expect_mm(m, MM_INIT, 2, 5);
	end(m);
}

static void cpus_come_and_go_one_at_a_time(void **state)
{
	struct machine *m = machine_new("6.12", 3);
	uint32_t actor;

	(void)state;
	assert_true(machine_begin(m, VERB_cpu_down, 0, 1, 0, NULL));
	actor = hotplug(m);
	assert_false(machine_begin(m, VERB_cpu_down, 0, 2, 0, NULL));
	expect_refused(m, hotplug);
	machine_steps(m, actor, 1);
	machine_finish(m, 1);
	assert_false(machine_begin(m, VERB_cpu_up, 0, 1, 0, NULL));
	expect_refused(m, hotplug);
	machine_finish(m, actor);
	expect_done(m, VERB_cpu_down, 0, 2, 0, NULL);
	expect_done(m, VERB_cpu_up, 0, 1, 0, NULL);
	end(m);
}

/* The stopper thread gets onto a CPU only when it runs nothing else. */
static void a_cpu_is_stopped_only_when_it_is_idle(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	uint32_t actor;

	(void)state;
	machine_spawn(m, "A");
	assert_true(machine_begin(m, VERB_cpu_down, 0, 1, 0, NULL));
	actor = hotplug(m);
	expect_switch(m, 1, "A");
	assert_int_equal(machine_finish(m, actor), 0);
	assert_int_equal(world_cpu(m->w, 1)->online, CPU_ONLINE);
	expect_switch(m, 1, "idle");
	machine_finish(m, actor);
	assert_int_equal(world_cpu(m->w, 1)->online, CPU_OFFLINE);
	end(m);
}

/* A cross-call runs with preemption off: the stopper waits for it. */
static void no_cpu_is_stopped_during_a_cross_call(void **state)
{
	struct machine *m = machine_new("6.12", 3);
	uint32_t actor;

	(void)state;
	machine_spawn(m, "A");
	expect_switch(m, 1, "A");
	expect_done(m, VERB_clone, 1, 0, 0, "A2");
	expect_switch(m, 2, "A2");
	expect_switch(m, 2, "idle");
	assert_true(machine_begin(m, VERB_fork, 1, 0, 0, "F"));
	machine_run_to(m, 1, ST_call_one);
	assert_true(machine_begin(m, VERB_cpu_down, 0, 2, 0, NULL));
	actor = hotplug(m);
	assert_int_equal(machine_finish(m, actor), 0);
	machine_finish(m, 1);
	machine_finish(m, actor);
	assert_int_equal(world_cpu(m->w, 2)->online, CPU_OFFLINE);
	end(m);
}

static void an_ipi_waits_while_interrupts_are_off(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	struct input ipi = { .kind = IN_VERB, .verb = VERB_ipi, .actor = 1 };
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	machine_spawn(m, "B");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_clone, 0, 0, 0, "A2");
	expect_switch(m, 1, "A2");
	expect_switch(m, 1, "idle");
	assert_true(machine_begin(m, VERB_switch, 1, machine_task(m, "B"), 0,
				  NULL));
	machine_run_to(m, 1, ST_set_rq_curr);
	assert_int_equal(world_cpu(m->w, 1)->irqs_off, 1);
	assert_true(machine_begin(m, VERB_flush, 0, mm, 1, NULL));
	machine_finish(m, 0);
	assert_int_equal(actor_state(m->w, &m->program, 0), ACTOR_WAITS);
	assert_int_equal(ipi_owing(m->w, 0), 1);
	assert_int_equal(ipi_deliverable(m->w, 0), CPU_NONE);
	assert_false(machine_input(m, &ipi));
	expect_refused(m, irqs_off);
	/* it comes as soon as they are on again, and then is not for B's mm */
	machine_finish(m, 1);
	assert_int_equal(ipi_deliverable(m->w, 0), 1);
	machine_finish(m, 0);
	assert_int_equal(actor_state(m->w, &m->program, 0), ACTOR_IDLE);
	expect_cpu(m, 1, machine_mm(m, 2), 0);
	expect_mask(m, mm, 1);
	end(m);
}

static void by_hand_an_ipi_waits_until_it_is_typed(void **state)
{
	struct machine *m = machine_new("6.12", 2);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_clone, 0, 0, 0, "A2");
	expect_switch(m, 1, "A2");
	m->auto_ipi = false;
	expect_done(m, VERB_flush, 0, mm, 0, NULL);
	assert_int_equal(machine_place(m, 0), PATH_native_flush_tlb_multi);
	assert_true(bit_in(cpu_pending(m->w, 1), 0));
	expect_done(m, VERB_ipi, 1, 0, 0, NULL);
	assert_false(bit_in(cpu_pending(m->w, 1), 0));
	machine_finish(m, 0);
	assert_int_equal(machine_saw(m, 0, EV_IPI_DONE, 1), 1);
	assert_int_equal(machine_saw(m, 0, EV_FLUSH, mm), 3);
	assert_int_equal(actor_state(m->w, &m->program, 0), ACTOR_IDLE);
	end(m);
}

/* Leaf flushes skip a lazy CPU; freed page tables send it to init_mm. */
static void a_lazy_cpu_is_told_only_of_freed_tables(void **state)
{
	struct machine *m = machine_new("6.12", 3);
	mm_id mm;
	size_t from;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_clone, 0, 0, 0, "A2");
	expect_done(m, VERB_clone, 0, 0, 0, "A3");
	expect_switch(m, 1, "A2");
	expect_switch(m, 2, "A3");
	expect_switch(m, 1, "idle");
	from = m->log.count;
	expect_done(m, VERB_flush, 0, mm, 0, NULL);
	assert_int_equal(machine_saw(m, from, EV_IPI_SKIPPED, 1), 1);
	assert_int_equal(machine_saw(m, from, EV_IPI_SENT, 1), 0);
	assert_int_equal(machine_saw(m, from, EV_IPI_SENT, 2), 1);
	expect_cpu(m, 1, mm, 1);
	expect_mask(m, mm, 7);
	assert_int_equal(world_mm(m->w, mm)->tlb_gen, 1);
	from = m->log.count;
	expect_done(m, VERB_flush, 0, mm, 1, NULL);
	assert_int_equal(machine_saw(m, from, EV_IPI_SENT, 1), 1);
	assert_int_equal(machine_saw(m, from, EV_IPI_SENT, 2), 1);
	expect_cpu(m, 1, MM_INIT, 0);
	expect_cpu(m, 2, mm, 0);
	expect_mask(m, mm, 5);
	assert_int_equal(world_mm(m->w, mm)->tlb_gen, 2);
	end(m);
}

static void leave_mm_goes_to_init_mm_and_keeps_the_borrow(void **state)
{
	struct machine *m = machine_new("6.12", 1);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_done(m, VERB_leave_mm, 0, 0, 0, NULL);
	expect_switch(m, 0, "A");
	expect_switch(m, 0, "idle");
	expect_done(m, VERB_leave_mm, 0, 0, 0, NULL);
	expect_cpu(m, 0, MM_INIT, 0);
	expect_mask(m, mm, 0);
	expect_task(m, 1, MM_NONE, mm);
	expect_mm(m, mm, 1, 2);
	assert_int_equal(machine_saw(m, 0, EV_WARN, 1), 0);
	end(m);
}

/*
 * The old rule and shootdown do not go together: the dead CPU's idle task
 * borrows an mm that nobody counts and nobody can shoot.  Kernels from 6.13 on
 * go to init_mm first (sched_force_init_mm).
 */
static void with_shootdown_hotplug_races_with_the_last_user(void **state)
{
	struct machine *m = machine_new("6.12-shoot", 2);
	uint32_t actor;
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_clone, 0, 0, 0, "A2");
	expect_switch(m, 1, "A2");
	expect_switch(m, 1, "idle");
	assert_true(machine_begin(m, VERB_cpu_down, 0, 1, 0, NULL));
	actor = hotplug(m);
	machine_steps(m, actor, 1);
	machine_finish(m, 1);
	assert_int_equal(world_cpu(m->w, 1)->online, CPU_OFFLINE);
	expect_task(m, 2, MM_NONE, mm);
	expect_switch(m, 0, "A2");
	expect_done(m, VERB_exit, 0, 0, 0, NULL);
	expect_switch(m, 0, "A");
	assert_int_equal(m->broken, 0);
	expect_done(m, VERB_exit, 0, 0, 0, NULL);
	expect_freed(m, mm);
	expect_task(m, 2, MM_NONE, mm); /* gone, and still pointed at */
	assert_string_equal(invariant_name(m->first.invariant), "F24");
	machine_free(m);
}

static const struct CMUnitTest cpu[] = {
	cmocka_unit_test(cpu_down_returns_the_borrow_of_a_live_mm),
	cmocka_unit_test(cpu_down_frees_a_zombie_it_borrowed_last),
	cmocka_unit_test(idle_task_exit_keeps_active_mm_and_count),
	cmocka_unit_test(a_cpu_borrowing_init_mm_gives_it_back),
	cmocka_unit_test(cpus_come_and_go_one_at_a_time),
	cmocka_unit_test(a_cpu_is_stopped_only_when_it_is_idle),
	cmocka_unit_test(no_cpu_is_stopped_during_a_cross_call),
	cmocka_unit_test(an_ipi_waits_while_interrupts_are_off),
	cmocka_unit_test(by_hand_an_ipi_waits_until_it_is_typed),
	cmocka_unit_test(a_lazy_cpu_is_told_only_of_freed_tables),
	cmocka_unit_test(with_shootdown_hotplug_races_with_the_last_user),
	cmocka_unit_test(leave_mm_goes_to_init_mm_and_keeps_the_borrow),
};

const struct golden golden_cpu = GOLDEN(cpu);
