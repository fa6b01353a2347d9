/*
 * test_program.c - linking keeps what the tables say, patches and all
 */
#include "test.h"

#include <string.h>

#include "engine/program.h"

static struct program p, other;

static bool link_with(struct program *to, const struct patch *patch)
{
	return program_link(to, profile_find("6.12"), patch, patch ? 1 : 0);
}

static void every_profile_fits(void **state)
{
	(void)state;
	for (uint32_t i = 0; profile_at(i); i++)
		assert_true(program_link(&p, profile_at(i), NULL, 0));
}

static void jumps_stay_inside_their_entry(void **state)
{
	(void)state;
	assert_true(link_with(&p, NULL));
	for (enum path_id id = 1; id < PATHS; id++) {
		uint32_t end = p.entry[id];

		if (!p.path[id])
			continue;
		while (p.flat[end].code != FLAT_RET)
			end++;
		for (uint32_t i = p.entry[id]; i < end; i++)
			if (p.flat[i].code == FLAT_TEST ||
			    p.flat[i].code == FLAT_JUMP)
				assert_in_range(p.flat[i].to, p.entry[id], end);
	}
}

/* Statements of the path as written, without those of its callees. */
static uint32_t own_statements(const struct program *q, enum path_id id)
{
	uint32_t n = 0, i = q->entry[id];

	for (; q->flat[i].code != FLAT_RET; i++)
		n += q->flat[i].code == FLAT_DO && q->flat[i].path == id;
	return n;
}

static uint32_t written_statements(const struct program *q, enum path_id id)
{
	struct op ops[PATH_OPS_MAX];
	uint32_t n = path_ops(q, id, ops), dos = 0;

	for (uint32_t i = 0; i < n; i++)
		dos += ops[i].code == OP_DO;
	return dos;
}

static void each_statement_of_a_table_is_linked_once(void **state)
{
	(void)state;
	assert_true(link_with(&p, NULL));
	for (enum path_id id = 1; id < PATHS; id++)
		if (p.path[id])
			assert_int_equal(own_statements(&p, id),
					 written_statements(&p, id));
}

static void callees_stand_where_they_are_called(void **state)
{
	uint32_t pc, inside = 0;

	(void)state;
	assert_true(link_with(&p, NULL));
	pc = p.entry[PATH___schedule];
	for (; p.flat[pc].code != FLAT_RET; pc++) {
		if (p.flat[pc].path != PATH_finish_task_switch)
			continue;
		inside++;
		assert_true(program_inside(&p, pc, PATH_finish_task_switch));
		assert_true(program_inside(&p, pc, PATH_context_switch));
		assert_true(program_inside(&p, pc, PATH___schedule));
		assert_false(program_inside(&p, pc, PATH_exit_mm));
	}
	assert_true(inside > 0);
}

/* The first op of that kind in the table of @id. */
static uint8_t find_op(enum path_id id, enum op_code code)
{
	const struct op *ops = p.path[id]->ops;
	uint8_t i = 0;

	while (ops[i].code != (uint8_t)code) {
		assert_true(i < path_length(p.path[id]));
		i++;
	}
	return i;
}

static void a_dropped_statement_is_gone_and_the_numbers_stay(void **state)
{
	struct patch drop = { .kind = PATCH_DROP, .path = PATH_exit_mm };
	struct op ops[PATH_OPS_MAX];

	(void)state;
	assert_true(link_with(&p, NULL));
	drop.index = find_op(PATH_exit_mm, OP_DO);
	assert_true(link_with(&other, &drop));
	assert_int_equal(own_statements(&other, PATH_exit_mm),
			 own_statements(&p, PATH_exit_mm) - 1);
	assert_int_equal(path_ops(&other, PATH_exit_mm, ops),
			 path_length(p.path[PATH_exit_mm]));
	assert_int_not_equal(other.hash, p.hash);
}

static void a_negated_test_asks_the_reverse(void **state)
{
	struct patch turn = { .kind = PATCH_NEGATE,
			      .path = PATH_context_switch };
	struct op ops[PATH_OPS_MAX];

	(void)state;
	assert_true(link_with(&p, NULL));
	turn.index = find_op(PATH_context_switch, OP_IF);
	assert_true(link_with(&other, &turn));
	path_ops(&other, PATH_context_switch, ops);
	assert_int_equal(ops[turn.index].negate,
			 !p.path[PATH_context_switch]->ops[turn.index].negate);
	assert_int_equal(other.flats, p.flats);
	assert_int_not_equal(other.hash, p.hash);
}

static void a_patch_must_name_an_op_of_its_kind(void **state)
{
	struct patch patch = { .kind = PATCH_NEGATE, .path = PATH_exit_mm };

	(void)state;
	assert_true(link_with(&p, NULL));
	patch.index = find_op(PATH_exit_mm, OP_DO);
	assert_false(link_with(&other, &patch));
	patch = (struct patch){ .kind = PATCH_DROP,
				.path = PATH_exit_mm,
				.index = 200 };
	assert_false(link_with(&other, &patch));
	patch.path = PATHS;
	assert_false(link_with(&other, &patch));
	patch.path = PATH_cleanup_lazy_tlbs; /* 6.12 has none */
	patch.index = 0;
	assert_false(link_with(&other, &patch));
}

static void linking_twice_gives_the_same_program(void **state)
{
	(void)state;
	assert_true(link_with(&p, NULL));
	assert_true(link_with(&other, NULL));
	assert_int_equal(p.hash, other.hash);
	assert_int_equal(p.flats, other.flats);
	assert_memory_equal(p.flat, other.flat, p.flats * sizeof *p.flat);
}

static void a_listing_reads_like_the_kernel(void **state)
{
	char text[120];
	struct op ops[PATH_OPS_MAX];
	uint32_t n;
	int depth = 0, after;
	bool seen = false;

	(void)state;
	assert_true(link_with(&p, NULL));
	n = path_ops(&p, PATH_context_switch, ops);
	for (uint32_t i = 0; i < n; i++) {
		depth += op_text(&p, PATH_context_switch, i, text, sizeof text,
				 &after);
		assert_true(depth >= 0);
		depth += after;
		seen |= strcmp(text, "mmgrab_lazy_tlb(prev->active_mm);") == 0;
	}
	assert_int_equal(depth, 0);
	assert_true(seen);
}

static void names_are_found_whole(void **state)
{
	(void)state;
	assert_true(link_with(&p, NULL));
	for (enum path_id id = 1; id < PATHS; id++)
		assert_int_equal(path_find(&p, path_name(&p, id)),
				 p.path[id] ? id : PATH_NONE);
	assert_int_equal(path_find(&p, "mmpu"), PATH_NONE);
	assert_int_equal(path_find(&p, "mmputt"), PATH_NONE);
	assert_int_equal(path_find(&p, ""), PATH_NONE);
}

static void an_older_kernel_says_it_in_its_own_words(void **state)
{
	enum path_id lazy = PATH_mmdrop_lazy_tlb;

	(void)state;
	assert_true(program_link(&p, profile_find("6.1"), NULL, 0));
	assert_string_equal(statement_template(&p, ST_mmgrab_lazy_tlb),
			    "mmgrab(%a)");
	assert_string_equal(statement_template(&p, ST_mmget), "mmget(%a)");
	assert_string_equal(path_name(&p, lazy), "mmdrop");
	assert_int_equal(path_find(&p, "mmdrop"), PATH_mmdrop);
	assert_int_equal(path_find(&p, "mmdrop_lazy_tlb"), PATH_NONE);
	assert_true(program_link(&p, profile_find("6.12"), NULL, 0));
	assert_string_equal(path_name(&p, lazy), "mmdrop_lazy_tlb");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_profile_fits),
		cmocka_unit_test(jumps_stay_inside_their_entry),
		cmocka_unit_test(each_statement_of_a_table_is_linked_once),
		cmocka_unit_test(callees_stand_where_they_are_called),
		cmocka_unit_test(
			a_dropped_statement_is_gone_and_the_numbers_stay),
		cmocka_unit_test(a_negated_test_asks_the_reverse),
		cmocka_unit_test(a_patch_must_name_an_op_of_its_kind),
		cmocka_unit_test(linking_twice_gives_the_same_program),
		cmocka_unit_test(a_listing_reads_like_the_kernel),
		cmocka_unit_test(names_are_found_whole),
		cmocka_unit_test(an_older_kernel_says_it_in_its_own_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
