/*
 * test_wrong_rules.c - recordings tell a wrong rule from a right one
 *
 * Each rule of the kernel that the recordings can decide is broken by a patch
 * of the tables, and must then miss about as many readings as an independent
 * model does with the same rule broken.
 */
#include "test.h"

#include "recordings.h"

#include "engine/program.h"

/* The op of @path's table that is this one, the @nth from 0. */
static uint8_t op_index(const struct path *path, enum op_code code,
			uint8_t what, unsigned nth)
{
	uint8_t i = 0;

	while (path->ops[i].code != OP_END_OF_TABLE &&
	       !(path->ops[i].code == code && path->ops[i].what == what &&
		 nth-- == 0))
		i++;
	assert_int_not_equal(path->ops[i].code, OP_END_OF_TABLE);
	return i;
}

static struct patch drop_op(const struct profile *profile, enum path_id id,
			    enum op_code code, uint8_t what)
{
	const struct path *paths[PATHS] = { NULL };

	profile->paths(paths);
	return (struct patch){ PATCH_DROP, (uint8_t)id,
			       op_index(paths[id], code, what, 0) };
}

static const char *kernel_of(const char *name)
{
	return strstr(name, "6.1.smp") ? "6.1" : "6.12";
}

/* Scores of all exact recordings with one op dropped. */
static struct score without(enum path_id id, enum op_code code, uint8_t what)
{
	static struct program p;
	struct score sum = { 0 };

	for (int i = 0; i < EXACT; i++) {
		const struct profile *profile =
			profile_find(kernel_of(exact[i]));
		struct patch patch = drop_op(profile, id, code, what);

		assert_true(program_link(&p, profile, &patch, 1));
		add_score(&sum, recording(exact[i]), &p);
	}
	return sum;
}

/* The path whose table is another one, and what the others are. */
static struct path replaced;
static enum path_id replaced_id;
static const struct op *replaced_by;
static const struct profile *replaced_in;

static void paths_replaced(const struct path **path)
{
	replaced_in->paths(path);
	replaced = *path[replaced_id];
	replaced.ops = replaced_by;
	path[replaced_id] = &replaced;
}

/* Scores of all exact recordings with other @ops for @id, and a patch. */
static struct score with_ops(enum path_id id, const struct op *ops,
			     const struct patch *patch, uint32_t patches)
{
	static struct program p;
	struct score sum = { 0 };

	replaced_id = id;
	replaced_by = ops;
	for (int i = 0; i < EXACT; i++) {
		struct profile profile;

		replaced_in = profile_find(kernel_of(exact[i]));
		profile = *replaced_in;
		profile.paths = paths_replaced;
		assert_true(program_link(&p, &profile, patch, patches));
		add_score(&sum, recording(exact[i]), &p);
	}
	return sum;
}

static void show(const char *what, const struct score *s)
{
	print_message("%s:", what);
	for (int m = 0; m < MEASURES; m++)
		print_message(" %s %lu/%lu", measure_name((enum measure)m),
			      (unsigned long)s->right[m],
			      (unsigned long)s->read[m]);
	print_message(" divergences %lu\n", (unsigned long)s->divergences);
}

/* Misses @least or more of this measure. */
static void misses(const struct score *s, enum measure m, uint64_t least)
{
	assert_true(s->read[m] - s->right[m] >= least);
}

static void no_grab_from_user_to_kernel(void **state)
{
	struct score s =
		without(PATH_context_switch, OP_DO, ST_mmgrab_lazy_tlb);

	(void)state;
	show("no user to kernel grab", &s);
	misses(&s, MEASURE_count, 3400);
}

static void no_grab_at_exit(void **state)
{
	struct score s = without(PATH_exit_mm, OP_DO, ST_mmgrab_lazy_tlb);

	(void)state;
	show("no exit grab", &s);
	misses(&s, MEASURE_count, 1100);
}

static void one_reference_short_in_use_mm(void **state)
{
	struct score s = without(PATH_kthread_use_mm, OP_DO, ST_mmgrab);

	(void)state;
	show("a reference short in use_mm", &s);
	misses(&s, MEASURE_count, 200);
}

static void no_drop_in_finish_cpu(void **state)
{
	struct score s =
		without(PATH_finish_cpu, OP_CALL, PATH_mmdrop_lazy_tlb);

	(void)state;
	show("no drop in finish_cpu", &s);
	misses(&s, MEASURE_count, 5);
}

static void a_lazy_cpu_stays_when_flushed(void **state)
{
	struct score s =
		without(PATH_flush_tlb_func, OP_CALL, PATH_switch_mm_irqs_off);

	(void)state;
	show("no leave for init_mm", &s);
	misses(&s, MEASURE_loaded_mm, 1400);
	misses(&s, MEASURE_is_lazy, 1400);
}

static void the_mask_is_not_cleared(void **state)
{
	struct score s = without(PATH_switch_mm_irqs_off, OP_DO, ST_mask_clear);

	(void)state;
	show("mask not cleared", &s);
	misses(&s, MEASURE_mm_cpumask, 70);
	misses(&s, MEASURE_flush, 25);
}

/* --- other tables -------------------------------------------------------- */

/* clang-format off */
static const struct op drop_first[] = {
	IF(null, T_MM(1)),
		CALL(enter_lazy_tlb),
		DO(set, T_ACTIVE(1), T_ACTIVE(0)),
		IF(nonnull, T_MM(0)),
			DO(mmgrab_lazy_tlb, T_ACTIVE(0), T_ACTIVE(1)),
		ELSE,
			DO(clear, T_ACTIVE(0)),
		END,
	ELSE,
		CALL(switch_mm_irqs_off, T_MM(1)),
		IF(null, T_MM(0)),
			DO(dec_lazy, T_ACTIVE(0)),
			DO(set, PREV_MM, T_ACTIVE(0)),
			DO(clear, T_ACTIVE(0)),
		END,
	END,
	DO(switch_to, T(0), T(1)),
	CALL(finish_task_switch, T(0)),
	PATH_END
};

static const struct op blind_to_freed_tables[] = {
	AT(flush_range), DO(get_flush_tlb_info, M(0), K(0), N(1)),
	DO(inc_mm_tlb_gen, M(0)),
	DO(test_others, M(0)),
	IF(result),
		CALL(native_flush_tlb_multi),
	ELSE,
		IF(same, LOADED, M(0)),
			DO(local_irq_disable),
			CALL(flush_tlb_func, SELF),
			DO(local_irq_enable),
		END,
	END,
	DO(put_flush_tlb_info),
	PATH_END
};
/* clang-format on */

static void dropped_before_switch_to(void **state)
{
	struct patch no_second =
		drop_op(profile_find("6.12"), PATH_finish_task_switch, OP_CALL,
			PATH_mmdrop_lazy_tlb);
	struct score s =
		with_ops(PATH_context_switch, drop_first, &no_second, 1);

	(void)state;
	show("drop before switch_to", &s);
	misses(&s, MEASURE_count, 390);
}

static void freed_tables_are_ignored(void **state)
{
	struct score s = with_ops(PATH_flush_tlb_mm_range,
				  blind_to_freed_tables, NULL, 0);

	(void)state;
	show("freed tables ignored", &s);
	misses(&s, MEASURE_flush, 40);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(no_grab_from_user_to_kernel),
		SCRATCH_TEST(no_grab_at_exit),
		SCRATCH_TEST(dropped_before_switch_to),
		SCRATCH_TEST(one_reference_short_in_use_mm),
		SCRATCH_TEST(no_drop_in_finish_cpu),
		SCRATCH_TEST(a_lazy_cpu_stays_when_flushed),
		SCRATCH_TEST(freed_tables_are_ignored),
		SCRATCH_TEST(the_mask_is_not_cleared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
