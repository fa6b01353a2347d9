/*
 * test_alpha.c - Alpha: what is written into a PCB, and what swpctx loads
 */
#include "test.h"

#include "engine/world_alpha.h"
#include "expect.h"

static struct machine *alpha(uint32_t cpus)
{
	return machine_of(profile_find_for("6.12", ARCH_ALPHA), cpus, NULL, 0);
}

static uint32_t ptbr(const struct machine *m, const char *name)
{
	return world_pcb(m->w, machine_task(m, name))->ptbr;
}

static uint32_t context(const struct machine *m, mm_id mm, cpu_id c)
{
	return world_context(m->w, mm, c);
}

#define expect_loaded(m, c, mm) \
	assert_int_equal(ref_mm(world_cpu((m)->w, c)->loaded_mm), mm)

/* --- the seed's story ------------------------------------------------------ */

static void boot_takes_init_mm_once_for_each_cpu(void **state)
{
	struct machine *m = alpha(3);

	(void)state;
	expect_mm(m, MM_INIT, 2, 1 + 3);
	end(m);
}

static void a_switch_to_a_process_loads_its_page_table_base(void **state)
{
	struct machine *m = alpha(1);
	size_t from;

	(void)state;
	machine_spawn(m, "A");
	from = m->log.count;
	expect_switch(m, 0, "A");
	expect_loaded(m, 0, machine_mm(m, 1));
	assert_int_equal(machine_saw(m, from, EV_SWPCTX, 0), 1);
	assert_int_equal(machine_saw(m, from, EV_CR3, 0), 0);
	end(m);
}

static void switch_mm_only_prepares_and_swpctx_switches_all(void **state)
{
	struct machine *m = alpha(1);
	task_id a = machine_spawn(m, "A");

	(void)state;
	machine_begin(m, VERB_switch, 0, a, 0, NULL);
	machine_run_to(m, 0, ST_swpctx);
	assert_int_equal(world_pcb(m->w, a)->asn,
			 context(m, machine_mm(m, 1), 0) & HARDWARE_ASN_MASK);
	expect_loaded(m, 0, MM_INIT);
	assert_int_not_equal(world_cpu(m->w, 0)->current, a);
	machine_steps(m, 0, 1);
	expect_loaded(m, 0, machine_mm(m, 1));
	assert_int_equal(world_cpu(m->w, 0)->current, a);
	machine_finish(m, 0);
	end(m);
}

static void enter_lazy_tlb_writes_the_borrowed_base_into_the_pcb(void **state)
{
	struct machine *m = alpha(1);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	expect_switch(m, 0, "A");
	assert_int_equal(ptbr(m, "K"), MM_INIT);
	machine_begin(m, VERB_switch, 0, machine_task(m, "K"), 0, NULL);
	machine_run_to(m, 0, ST_set_pcb_ptbr);
	machine_steps(m, 0, 1);
	assert_int_equal(ptbr(m, "K"), mm);
	machine_finish(m, 0);
	expect_loaded(m, 0, mm);
	end(m);
}

static void process_kernel_thread_process_changes_no_base(void **state)
{
	struct machine *m = alpha(1);
	mm_id mm;
	size_t from;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	expect_switch(m, 0, "A");
	from = m->log.count;
	expect_switch(m, 0, "idle");
	expect_mm(m, mm, 1, 2);
	expect_switch(m, 0, "K");
	expect_mm(m, mm, 1, 2);
	expect_task(m, machine_task(m, "K"), MM_NONE, mm);
	expect_switch(m, 0, "A");
	expect_mm(m, mm, 1, 1);
	assert_int_equal(machine_saw(m, from, EV_SWPCTX, 0), 0);
	assert_int_equal(machine_saw(m, from, EV_TBI, 0), 0);
	end(m);
}

static void the_last_borrower_frees_a_dead_mm(void **state)
{
	struct machine *m = alpha(1);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	machine_spawn(m, "B");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_exit, 0, 0, 0, NULL);
	expect_mm(m, mm, 0, 1);
	expect_switch(m, 0, "idle");
	expect_loaded(m, 0, mm);
	expect_switch(m, 0, "B");
	expect_freed(m, mm);
	end(m);
}

/* --- the statement left out ------------------------------------------------ */

static void
without_the_base_in_the_pcb_a1_breaks_at_the_next_borrow(void **state)
{
	const struct patch patch = { PATCH_DROP, PATH_enter_lazy_tlb, 0 };
	struct machine *m =
		machine_of(profile_find_for("6.12", ARCH_ALPHA), 1, &patch, 1);

	(void)state;
	machine_spawn(m, "A");
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	expect_switch(m, 0, "A");
	assert_int_equal(m->broken, 0);
	expect_switch(m, 0, "K");
	assert_true(m->broken > 0);
	assert_string_equal(invariant_name(m->first.invariant), "A1");
	assert_int_equal(m->first.object, 0);
	assert_int_equal(m->first.expected, machine_mm(m, 1));
	assert_int_equal(m->first.found, MM_INIT);
	machine_free(m);
}

/* --- life ------------------------------------------------------------------ */

static void a_forked_child_gets_its_own_base_and_a_thread_the_same(void **state)
{
	struct machine *m = alpha(1);

	(void)state;
	machine_spawn(m, "A");
	expect_switch(m, 0, "A");
	expect_done(m, VERB_fork, 0, 0, 0, "F");
	expect_done(m, VERB_clone, 0, 0, 0, "T");
	assert_int_equal(ptbr(m, "F"), machine_mm(m, 2));
	assert_int_equal(ptbr(m, "T"), machine_mm(m, 1));
	expect_switch(m, 0, "F");
	expect_loaded(m, 0, machine_mm(m, 2));
	end(m);
}

static void exec_switches_to_itself_to_load_the_new_mm(void **state)
{
	struct machine *m = alpha(1);
	size_t from;

	(void)state;
	machine_spawn(m, "A");
	expect_switch(m, 0, "A");
	from = m->log.count;
	expect_done(m, VERB_exec, 0, 0, 0, "E");
	expect_loaded(m, 0, machine_mm(m, 2));
	assert_int_equal(ptbr(m, "E"), machine_mm(m, 2));
	assert_int_equal(machine_saw(m, from, EV_SWPCTX, 0), 1);
	end(m);
}

static void a_kernel_thread_that_uses_an_mm_loads_it_and_keeps_it(void **state)
{
	struct machine *m = alpha(1);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	expect_switch(m, 0, "K");
	expect_done(m, VERB_kthread_use_mm, 0, mm, 1, NULL);
	expect_loaded(m, 0, mm);
	expect_switch(m, 0, "idle");
	expect_switch(m, 0, "K");
	expect_loaded(m, 0, mm);
	expect_done(m, VERB_kthread_unuse_mm, 0, 0, 0, NULL);
	expect_task(m, machine_task(m, "K"), MM_NONE, mm);
	expect_switch(m, 0, "A");
	end(m);
}

static void a_cpu_goes_to_init_mm_and_comes_back(void **state)
{
	struct machine *m = alpha(2);
	mm_id mm;
	uint32_t before;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_switch(m, 1, "A");
	expect_switch(m, 1, "idle");
	before = world_cpu_data(m->w, 1)->last_asn;
	expect_done(m, VERB_cpu_down, 0, 1, 0, NULL);
	expect_loaded(m, 1, MM_INIT);
	expect_mm(m, mm, 1, 1);
	expect_mm(m, MM_INIT, 2, 2);
	expect_done(m, VERB_cpu_up, 0, 1, 0, NULL);
	expect_mm(m, MM_INIT, 2, 3);
	assert_true(world_cpu_data(m->w, 1)->last_asn > before);
	expect_switch(m, 1, "A");
	expect_loaded(m, 1, mm);
	end(m);
}

/* --- ASNs ------------------------------------------------------------------ */

static void an_mm_has_an_asn_of_its_own_on_each_cpu(void **state)
{
	struct machine *m = alpha(2);
	mm_id a, b;

	(void)state;
	machine_spawn(m, "A");
	machine_spawn(m, "B");
	a = machine_mm(m, 1);
	b = machine_mm(m, 2);
	expect_switch(m, 0, "B");
	expect_switch(m, 0, "A");
	expect_switch(m, 1, "B");
	assert_int_equal(context(m, b, 0), ASN_FIRST_VERSION + 1);
	assert_int_equal(context(m, a, 0), ASN_FIRST_VERSION + 2);
	assert_int_equal(context(m, b, 1), ASN_FIRST_VERSION + 1);
	assert_int_equal(context(m, a, 1), 0);
	end(m);
}

static void going_back_to_an_mm_finds_its_asn_again(void **state)
{
	struct machine *m = alpha(1);
	uint32_t asn;

	(void)state;
	machine_spawn(m, "A");
	machine_spawn(m, "B");
	expect_switch(m, 0, "A");
	asn = context(m, machine_mm(m, 1), 0);
	expect_switch(m, 0, "B");
	expect_switch(m, 0, "A");
	assert_int_equal(context(m, machine_mm(m, 1), 0), asn);
	assert_int_equal(world_cpu_data(m->w, 0)->asn, asn & HARDWARE_ASN_MASK);
	end(m);
}

static void
when_asns_run_out_the_tb_is_emptied_and_a_version_begins(void **state)
{
	struct machine *m = alpha(1);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	machine_spawn(m, "B");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "B");
	expect_switch(m, 0, "A");
	while (machine_saw(m, 0, EV_TBI, 0) == 0)
		expect_done(m, VERB_flush, 0, mm, 1, NULL);
	assert_int_equal(context(m, mm, 0), 2 * ASN_FIRST_VERSION);
	assert_int_equal(world_cpu_data(m->w, 0)->asn, 0);
	assert_int_equal(context(m, machine_mm(m, 2), 0),
			 ASN_FIRST_VERSION + 1);
	expect_switch(m, 0, "B"); /* whose ASN is of the version before */
	assert_int_equal(context(m, machine_mm(m, 2), 0),
			 2 * ASN_FIRST_VERSION + 1);
	end(m);
}

/* --- flushes --------------------------------------------------------------- */

/* A runs on CPU 0, its thread T on CPU 1. */
static struct machine *two_threads(void)
{
	struct machine *m = alpha(2);

	machine_spawn(m, "A");
	expect_switch(m, 0, "A");
	expect_done(m, VERB_clone, 0, 0, 0, "T");
	expect_switch(m, 1, "T");
	return m;
}

static void a_flush_gives_each_cpu_that_runs_the_mm_a_new_asn(void **state)
{
	struct machine *m = two_threads();
	mm_id mm = machine_mm(m, 1);
	uint32_t here = context(m, mm, 0), there = context(m, mm, 1);

	(void)state;
	expect_done(m, VERB_flush, 0, mm, 1, NULL);
	assert_int_equal(context(m, mm, 0), here + 1);
	assert_int_equal(context(m, mm, 1), there + 1);
	assert_int_equal(machine_saw(m, 0, EV_IPI_SENT, 1), 1);
	end(m);
}

static void a_flush_leaves_a_lazy_cpu_without_asn_until_it_runs_it(void **state)
{
	struct machine *m = two_threads();
	mm_id mm = machine_mm(m, 1);

	(void)state;
	expect_switch(m, 1, "idle");
	expect_done(m, VERB_flush, 0, mm, 1, NULL);
	assert_int_equal(context(m, mm, 1), 0);
	expect_loaded(m, 1, mm);
	expect_switch(m, 1, "T");
	assert_int_equal(context(m, mm, 1), ASN_FIRST_VERSION + 2);
	end(m);
}

static void a_flush_during_a_switch_is_made_good_right_after_it(void **state)
{
	struct machine *m = two_threads();
	mm_id mm = machine_mm(m, 1);

	(void)state;
	expect_switch(m, 1, "idle");
	machine_begin(m, VERB_switch, 1, machine_task(m, "T"), 0, NULL);
	machine_run_to(m, 1, ST_unlock_asn);
	expect_done(m, VERB_flush, 0, mm, 1, NULL);
	assert_int_equal(context(m, mm, 1), 0);
	machine_finish(m, 1);
	assert_int_equal(context(m, mm, 1), ASN_FIRST_VERSION + 2);
	assert_int_equal(world_cpu_data(m->w, 1)->asn, 2);
	end(m);
}

static void a_lone_user_flushes_without_calling_anybody(void **state)
{
	struct machine *m = alpha(2);

	(void)state;
	machine_spawn(m, "A");
	expect_switch(m, 0, "A");
	expect_done(m, VERB_flush, 0, machine_mm(m, 1), 1, NULL);
	assert_int_equal(machine_saw(m, 0, EV_IPI_SENT, 1), 0);
	end(m);
}

/* --- 2.4 ------------------------------------------------------------------- */

static struct machine *mail(uint32_t cpus)
{
	return machine_of(profile_find_for("2.4", ARCH_ALPHA), cpus, NULL, 0);
}

static void
in_2_4_each_borrower_counts_and_the_one_before_pays_at_once(void **state)
{
	struct machine *m = mail(1);
	mm_id mm;
	size_t from;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	expect_switch(m, 0, "A");
	expect_switch(m, 0, "idle");
	expect_mm(m, mm, 1, 2);
	from = m->log.count;
	machine_begin(m, VERB_switch, 0, machine_task(m, "K"), 0, NULL);
	machine_run_to(m, 0, ST_swpctx);
	expect_mm(m, mm, 1, 2);
	assert_int_equal(machine_saw(m, from, EV_BORROW, mm), 1);
	assert_int_equal(machine_saw(m, from, EV_RELEASE, mm), 1);
	machine_finish(m, 0);
	expect_loaded(m, 0, mm);
	expect_switch(m, 0, "A");
	expect_mm(m, mm, 1, 1);
	end(m);
}

static void
in_2_4_the_last_borrower_frees_what_its_cpu_still_has_loaded(void **state)
{
	struct machine *m = mail(1);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	machine_spawn(m, "B");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_exit, 0, 0, 0, NULL);
	expect_switch(m, 0, "idle");
	machine_begin(m, VERB_switch, 0, machine_task(m, "B"), 0, NULL);
	machine_run_to(m, 0, ST_swpctx);
	expect_freed(m, mm);
	expect_loaded(m, 0, mm);
	machine_finish(m, 0);
	expect_loaded(m, 0, machine_mm(m, 2));
	end(m);
}

static void in_2_4_a_flush_that_takes_a_new_asn_away_is_lost(void **state)
{
	struct machine *m = mail(2);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_clone, 0, 0, 0, "T");
	machine_begin(m, VERB_switch, 1, machine_task(m, "T"), 0, NULL);
	machine_run_to(m, 1, ST_swpctx);
	expect_done(m, VERB_flush, 0, mm, 0, NULL);
	machine_finish(m, 1);
	assert_int_equal(context(m, mm, 1), 0); /* and T runs on */
	expect_task(m, world_cpu(m->w, 1)->current, mm, mm);
	end(m);
}

static void in_2_4_a_lone_user_writes_into_the_contexts_of_others(void **state)
{
	struct machine *m = mail(2);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_switch(m, 1, "A");
	expect_switch(m, 1, "idle");
	expect_switch(m, 0, "A");
	assert_int_not_equal(context(m, mm, 1), 0);
	expect_done(m, VERB_flush, 0, mm, 0, NULL);
	assert_int_equal(context(m, mm, 1), 0);
	assert_int_equal(machine_saw(m, 0, EV_IPI_SENT, 1), 0);
	end(m);
}

static void in_2_4_exec_of_a_sole_user_keeps_the_mm(void **state)
{
	struct machine *m = mail(1);

	(void)state;
	machine_spawn(m, "A");
	expect_switch(m, 0, "A");
	expect_done(m, VERB_exec, 0, 0, 0, "E");
	expect_loaded(m, 0, machine_mm(m, 1));
	expect_done(m, VERB_vfork, 0, 0, 0, "V");
	expect_switch(m, 0, "V");
	expect_done(m, VERB_exec, 0, 0, 0, "W");
	expect_loaded(m, 0, machine_mm(m, 2));
	end(m);
}

/* --- 2.2 ------------------------------------------------------------------- */

static struct machine *old(uint32_t cpus)
{
	return machine_of(profile_find_for("2.2", ARCH_ALPHA), cpus, NULL, 0);
}

static void in_2_2_every_switch_loads_a_base_and_empties_the_tb(void **state)
{
	struct machine *m = old(1);
	size_t from;

	(void)state;
	machine_spawn(m, "A");
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	expect_switch(m, 0, "A");
	from = m->log.count;
	expect_switch(m, 0, "K");
	expect_loaded(m, 0, MM_INIT);
	expect_switch(m, 0, "A");
	expect_loaded(m, 0, machine_mm(m, 1));
	assert_int_equal(machine_saw(m, from, EV_SWPCTX, 0), 2);
	assert_int_equal(machine_saw(m, from, EV_TBI, 0), 2);
	end(m);
}

static void in_2_2_fork_exec_and_exit_set_the_page_dir(void **state)
{
	struct machine *m = old(2);

	(void)state;
	machine_spawn(m, "A");
	expect_switch(m, 0, "A");
	expect_done(m, VERB_fork, 0, 0, 0, "F");
	assert_int_equal(ptbr(m, "F"), machine_mm(m, 2));
	expect_done(m, VERB_vfork, 0, 0, 0, "V");
	expect_switch(m, 0, "V");
	expect_done(m, VERB_exec, 0, 0, 0, "E");
	expect_loaded(m, 0, machine_mm(m, 3));
	assert_int_equal(ptbr(m, "E"), machine_mm(m, 3));
	expect_switch(m, 1, "F");
	expect_done(m, VERB_exec, 1, 0, 0, "G"); /* alone: keeps its mm */
	expect_loaded(m, 1, machine_mm(m, 2));
	expect_done(m, VERB_exit, 1, 0, 0, NULL);
	expect_loaded(m, 1, MM_INIT);
	expect_freed(m, 3);
	expect_switch(m, 1, "idle");
	end(m);
}

static void in_2_2_a_flush_asks_every_cpu(void **state)
{
	struct machine *m = old(2);
	mm_id mm;

	(void)state;
	machine_spawn(m, "A");
	mm = machine_mm(m, 1);
	expect_switch(m, 0, "A");
	expect_done(m, VERB_clone, 0, 0, 0, "T");
	expect_switch(m, 1, "T");
	expect_done(m, VERB_flush, 0, mm, 0, NULL);
	assert_int_equal(context(m, mm, 0), ASN_FIRST_VERSION + 2);
	assert_int_equal(context(m, mm, 1), ASN_FIRST_VERSION + 2);
	end(m);
}

/* --- what is not there ----------------------------------------------------- */

static void there_is_no_leave_mm(void **state)
{
	struct machine *m = alpha(1);

	(void)state;
	assert_false(machine_do(m, VERB_leave_mm, 0, 0, 0, NULL));
	expect_refused(m, no_such_path);
	end(m);
}

static void other_machines_have_no_room_for_any_of_it(void **state)
{
	struct limits max = limits_class(8), alpha = max;
	size_t x86 = world_size(&max);

	(void)state;
	alpha.alpha = 1;
	assert_true(world_size(&alpha) <= 64 * 1024);
	assert_true(world_size(&alpha) > x86);
	alpha.cpus = ALPHA_CPUS_MAX + 1;
	assert_int_equal(world_size(&alpha), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(boot_takes_init_mm_once_for_each_cpu),
		cmocka_unit_test(
			a_switch_to_a_process_loads_its_page_table_base),
		cmocka_unit_test(
			switch_mm_only_prepares_and_swpctx_switches_all),
		cmocka_unit_test(
			enter_lazy_tlb_writes_the_borrowed_base_into_the_pcb),
		cmocka_unit_test(process_kernel_thread_process_changes_no_base),
		cmocka_unit_test(the_last_borrower_frees_a_dead_mm),
		cmocka_unit_test(
			without_the_base_in_the_pcb_a1_breaks_at_the_next_borrow),
		cmocka_unit_test(
			a_forked_child_gets_its_own_base_and_a_thread_the_same),
		cmocka_unit_test(exec_switches_to_itself_to_load_the_new_mm),
		cmocka_unit_test(
			a_kernel_thread_that_uses_an_mm_loads_it_and_keeps_it),
		cmocka_unit_test(a_cpu_goes_to_init_mm_and_comes_back),
		cmocka_unit_test(an_mm_has_an_asn_of_its_own_on_each_cpu),
		cmocka_unit_test(going_back_to_an_mm_finds_its_asn_again),
		cmocka_unit_test(
			when_asns_run_out_the_tb_is_emptied_and_a_version_begins),
		cmocka_unit_test(
			a_flush_gives_each_cpu_that_runs_the_mm_a_new_asn),
		cmocka_unit_test(
			a_flush_leaves_a_lazy_cpu_without_asn_until_it_runs_it),
		cmocka_unit_test(
			a_flush_during_a_switch_is_made_good_right_after_it),
		cmocka_unit_test(a_lone_user_flushes_without_calling_anybody),
		cmocka_unit_test(
			in_2_2_every_switch_loads_a_base_and_empties_the_tb),
		cmocka_unit_test(in_2_2_fork_exec_and_exit_set_the_page_dir),
		cmocka_unit_test(in_2_2_a_flush_asks_every_cpu),
		cmocka_unit_test(
			in_2_4_each_borrower_counts_and_the_one_before_pays_at_once),
		cmocka_unit_test(
			in_2_4_the_last_borrower_frees_what_its_cpu_still_has_loaded),
		cmocka_unit_test(
			in_2_4_a_flush_that_takes_a_new_asn_away_is_lost),
		cmocka_unit_test(
			in_2_4_a_lone_user_writes_into_the_contexts_of_others),
		cmocka_unit_test(in_2_4_exec_of_a_sole_user_keeps_the_mm),
		cmocka_unit_test(there_is_no_leave_mm),
		cmocka_unit_test(other_machines_have_no_room_for_any_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
