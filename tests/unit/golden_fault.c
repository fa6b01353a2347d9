/*
 * golden_fault.c - page faults: who may have user addresses is asked of mm
 */
#include "golden.h"

#include "base/mem.h"
#include "engine/fault.h"
#include "engine/paths.h"

enum { ADDRESS = 0x400000, GUARDED = FAULT_FIXUP | FAULT_AC };

/* How the fault ended that CPU 0's current task took with this error code. */
static uint32_t fault_at(struct machine *m, uint32_t code, uint32_t high)
{
	struct input in = { .kind = IN_VERB,
			    .verb = VERB_fault,
			    .arg = { code, ADDRESS, high } };
	size_t from = m->log.count;
	uint32_t ends = 0, end = UINT32_MAX;

	assert_true(machine_input(m, &in));
	machine_finish(m, 0);
	for (size_t i = from; i < m->log.count; i++)
		if (m->log.events[i].kind == EV_FAULTED) {
			end = m->log.events[i].arg;
			ends++;
		}
	assert_int_equal(ends, 1);
	assert_int_equal(world_cpu(m->w, 0)->irqs_off, 0);
	return end;
}

static uint32_t fault(struct machine *m, uint32_t code)
{
	return fault_at(m, code, 0);
}

static enum trouble last_oops(const struct machine *m)
{
	for (size_t i = m->log.count; i-- > 0;)
		if (m->log.events[i].kind == EV_OOPS)
			return (enum trouble)m->log.events[i].arg;
	return TROUBLE_NONE;
}

/* Task A ran on CPU 0 and K borrows its mm1 there. */
static struct machine *borrower_of(struct machine *m)
{
	machine_spawn(m, "A");
	expect_done(m, VERB_kthread, 0, 0, 0, "K");
	expect_switch(m, 0, "A");
	expect_switch(m, 0, "K");
	m->may_warn = true;
	return m;
}

static void j_the_test_is_current_mm_and_a_borrower_has_none(void **state)
{
	static const char *const kernels[] = { "6.12", "6.1", "6.12-shoot" };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct machine *m = borrower_of(machine_new(kernels[i], 1));

		expect_task(m, machine_task(m, "K"), MM_NONE, machine_mm(m, 1));
		assert_int_equal(fault(m, GUARDED), FAULT_EFAULT);
		end(m);
	}
}

static void a_borrower_without_a_fixup_oopses(void **state)
{
	struct machine *m = borrower_of(machine_new("6.12", 1));

	(void)state;
	assert_int_equal(fault(m, FAULT_AC), FAULT_OOPS);
	assert_int_equal(last_oops(m), TROUBLE_FAULT_NO_MM);
	end(m);
}

static void smap_stops_a_plain_pointer_before_mm_is_asked(void **state)
{
	struct machine *m = machine_new("6.12", 1);

	(void)state;
	machine_spawn(m, "A");
	expect_switch(m, 0, "A");
	m->may_warn = true;
	assert_int_equal(fault(m, 0), FAULT_OOPS);
	assert_int_equal(fault(m, FAULT_FIXUP), FAULT_OOPS);
	assert_int_equal(fault(m, GUARDED), FAULT_LOOKUP);
	end(m);
}

static void a_kernel_fetch_from_a_user_address_oopses_first(void **state)
{
	struct machine *m = machine_new("6.12", 1);

	(void)state;
	machine_spawn(m, "A");
	expect_switch(m, 0, "A");
	m->may_warn = true;
	assert_int_equal(fault(m, X86_PF_INSTR | GUARDED), FAULT_OOPS);
	assert_int_equal(fault(m, X86_PF_INSTR | X86_PF_USER), FAULT_LOOKUP);
	end(m);
}

static void a_task_with_an_mm_goes_on_to_its_vmas(void **state)
{
	struct machine *m = machine_new("6.12", 1);

	(void)state;
	machine_spawn(m, "A");
	expect_switch(m, 0, "A");
	assert_int_equal(fault(m, X86_PF_USER), FAULT_LOOKUP);
	end(m);
}

static void interrupts_are_off_until_mm_was_asked(void **state)
{
	struct machine *m = machine_new("6.12", 1);

	(void)state;
	machine_spawn(m, "A");
	expect_switch(m, 0, "A");
	assert_true(
		machine_begin(m, VERB_fault, 0, X86_PF_USER, ADDRESS, NULL));
	machine_run_to(m, 0, ST_local_irq_enable);
	assert_int_equal(world_cpu(m->w, 0)->irqs_off, 1);
	machine_run_to(m, 0, ST_find_vma);
	assert_int_equal(world_cpu(m->w, 0)->irqs_off, 0);
	machine_finish(m, 0);
	end(m);
}

static void kthread_use_mm_makes_the_same_address_legal(void **state)
{
	struct machine *m = borrower_of(machine_new("6.12", 1));

	(void)state;
	assert_int_equal(fault(m, GUARDED), FAULT_EFAULT);
	expect_done(m, VERB_kthread_use_mm, 0, machine_mm(m, 1), 1, NULL);
	assert_int_equal(fault(m, GUARDED), FAULT_LOOKUP);
	expect_done(m, VERB_kthread_unuse_mm, 0, 0, 0, NULL);
	assert_int_equal(fault(m, GUARDED), FAULT_EFAULT);
	end(m);
}

static void with_page_faults_disabled_even_an_mm_does_not_help(void **state)
{
	struct machine *m = machine_new("6.12", 1);

	(void)state;
	machine_spawn(m, "A");
	expect_switch(m, 0, "A");
	assert_int_equal(fault(m, GUARDED | FAULT_DISABLED), FAULT_EFAULT);
	assert_int_equal(fault(m, X86_PF_USER | FAULT_DISABLED), FAULT_SIGSEGV);
	end(m);
}

static void the_kernel_half_is_no_user_address(void **state)
{
	struct machine *m = machine_new("6.12", 1);

	(void)state;
	machine_spawn(m, "A");
	expect_switch(m, 0, "A");
	assert_int_equal(fault_at(m, X86_PF_USER, 0xffffffff), FAULT_SIGSEGV);
	assert_int_equal(fault_at(m, GUARDED, 0xffffffff), FAULT_EFAULT);
	end(m);
}

static void only_a_task_with_a_user_mm_faults_in_user_mode(void **state)
{
	struct machine *m = borrower_of(machine_new("6.12", 1));

	(void)state;
	assert_false(machine_do(m, VERB_fault, 0, X86_PF_USER, ADDRESS, NULL));
	expect_refused(m, no_user_mode);
	expect_switch(m, 0, "idle");
	assert_false(machine_do(m, VERB_fault, 0, X86_PF_USER, ADDRESS, NULL));
	expect_refused(m, no_user_mode);
	end(m);
}

static void a_fault_changes_no_counter_and_no_pointer(void **state)
{
	struct machine *m = borrower_of(machine_new("6.12", 1));
	size_t words = world_canonical_words(m->w);
	uint32_t *before = am_calloc(words, 4), *after = am_calloc(words, 4);

	(void)state;
	assert_true(before && after);
	world_canonical(m->w, before);
	assert_int_equal(fault(m, GUARDED), FAULT_EFAULT);
	world_canonical(m->w, after);
	assert_memory_equal(before, after, words * 4);
	am_free(before);
	am_free(after);
	end(m);
}

/* 6.12 with the question of 2.2 in it. */
static void paths_with_the_old_test(const struct path **path)
{
	profile_find("6.12")->paths(path);
	path[PATH_do_user_addr_fault] = &path_do_user_addr_fault_init_mm;
}

static void the_test_of_2_2_takes_a_borrower_of_today_for_a_user(void **state)
{
	struct profile old = *profile_find("6.12");
	struct machine *m;

	(void)state;
	old.paths = paths_with_the_old_test;
	m = borrower_of(machine_of(&old, 1, NULL, 0));
	/* its mm is NULL, which is not &init_mm: the VMAs of NULL are wanted */
	assert_int_equal(fault(m, GUARDED), FAULT_OOPS);
	assert_int_equal(last_oops(m), TROUBLE_VMA_OF_NULL);
	end(m);
}

static const struct CMUnitTest fault_tests[] = {
	cmocka_unit_test(j_the_test_is_current_mm_and_a_borrower_has_none),
	cmocka_unit_test(a_borrower_without_a_fixup_oopses),
	cmocka_unit_test(smap_stops_a_plain_pointer_before_mm_is_asked),
	cmocka_unit_test(a_kernel_fetch_from_a_user_address_oopses_first),
	cmocka_unit_test(a_task_with_an_mm_goes_on_to_its_vmas),
	cmocka_unit_test(interrupts_are_off_until_mm_was_asked),
	cmocka_unit_test(kthread_use_mm_makes_the_same_address_legal),
	cmocka_unit_test(with_page_faults_disabled_even_an_mm_does_not_help),
	cmocka_unit_test(the_kernel_half_is_no_user_address),
	cmocka_unit_test(only_a_task_with_a_user_mm_faults_in_user_mode),
	cmocka_unit_test(a_fault_changes_no_counter_and_no_pointer),
	cmocka_unit_test(the_test_of_2_2_takes_a_borrower_of_today_for_a_user),
};

const struct golden golden_fault = GOLDEN(fault_tests);
