/*
 * test_chain.c - inlined calls are found again
 */
#include "test.h"

#include "base/mem.h"
#include "session/chain.h"

static void agree(const char *profile)
{
	struct program *p = am_alloc(sizeof *p);
	struct chain c;

	assert_non_null(p);
	assert_true(program_link(p, profile_find(profile), NULL, 0));
	for (uint32_t pc = 1; pc < p->flats; pc++) {
		chain_at(p, pc, &c);
		assert_int_equal(c.depth, p->flat[pc].depth + 1u);
		assert_int_equal(chain_last(&c), p->flat[pc].path);
		assert_int_equal(c.frame[c.depth - 1].index, p->flat[pc].index);
		assert_int_equal(chain_root(p, pc), c.frame[0].path);
		if (p->flat[pc].code == FLAT_RET)
			continue; /* the end of a path has no caller */
		for (unsigned d = 0; d < c.depth; d++) {
			assert_true(program_inside(
				p, pc, (enum path_id)c.frame[d].path));
			assert_true(
				chain_has(&c, (enum path_id)c.frame[d].path));
		}
	}
	am_free(p);
}

static void every_op_has_the_callers_that_the_linker_saw(void **state)
{
	(void)state;
	for (uint32_t i = 0; profile_at(i); i++)
		agree(profile_at(i)->name);
}

static void each_caller_stands_at_the_call(void **state)
{
	struct program *p = am_alloc(sizeof *p);
	struct chain c;

	(void)state;
	assert_non_null(p);
	assert_true(program_link(p, profile_find("6.12"), NULL, 0));
	for (uint32_t pc = 1; pc < p->flats; pc++) {
		chain_at(p, pc, &c);
		for (unsigned d = 0; d + 1 < c.depth; d++) {
			struct op ops[PATH_OPS_MAX];

			path_ops(p, (enum path_id)c.frame[d].path, ops);
			assert_int_equal(ops[c.frame[d].index].code, OP_CALL);
			assert_int_equal(ops[c.frame[d].index].what,
					 c.frame[d + 1].path);
		}
	}
	am_free(p);
}

static void nowhere_is_inside_nothing(void **state)
{
	struct program *p = am_alloc(sizeof *p);
	struct chain c;

	(void)state;
	assert_non_null(p);
	assert_true(program_link(p, profile_find("6.12"), NULL, 0));
	chain_at(p, p->flats, &c);
	assert_int_equal(c.depth, 0);
	assert_int_equal(chain_last(&c), PATH_NONE);
	am_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_op_has_the_callers_that_the_linker_saw),
		cmocka_unit_test(each_caller_stands_at_the_call),
		cmocka_unit_test(nowhere_is_inside_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
