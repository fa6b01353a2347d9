/*
 * test_kernel.c - kernels as they are keep every invariant in every state
 */
#include "test.h"

#include "explore/kernel.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

static struct search_result result;
static struct kernel *kernel;

/* One CPU is enough to take turns; two tell what they do to each other. */
static const struct scenario one_cpu = { .users = 2,
					 .kthreads = 1,
					 .cpus = 1,
					 .mms = 2,
					 .live = 1,
					 .ops = OP_EXIT | OP_CLONE | OP_FORK |
						OP_EXEC | OP_PT };
static const struct scenario two_cpus = { .users = 1,
					  .kthreads = 1,
					  .cpus = 2,
					  .mms = 2,
					  .live = 1,
					  .ops = OP_EXIT | OP_EXEC | OP_PT };

static void search(const struct scenario *s, const char *profile,
		   const struct patch *patches, uint32_t count)
{
	const struct search_limits limits = { .states = getenv("AMM_LONG")
								? 2000000
								: 60000 };
	struct model m;

	kernel = kernel_new(s, profile_find(profile), patches, count);
	assert_non_null(kernel);
	m = kernel_model(kernel);
	search_run(&m, &limits, &result);
}

static int tear_down(void **state)
{
	(void)state;
	search_result_free(&result);
	kernel_free(kernel);
	return mem_stats().live_bytes != 0;
}

static void must_keep_all(const struct scenario *s, const char *profile)
{
	struct text why = { 0 };

	search(s, profile, NULL, 0);
	if (result.end == SEARCH_WRONG) {
		kernel_model(kernel).complain(kernel, &why);
		fail_msg("%s after %u steps: %s", profile, result.trail_count,
			 text_string(&why));
	}
	assert_true(result.end == SEARCH_COMPLETE ||
		    result.end == SEARCH_STATES);
	assert_true(result.states > 1000);
	search_result_free(&result);
	kernel_free(kernel);
	kernel = NULL;
}

static void every_kernel_keeps_every_invariant(void **state)
{
	static const char *const profiles[] = { "6.12", "6.1", "6.12-shoot" };

	(void)state;
	for (size_t i = 0; i < sizeof profiles / sizeof *profiles; i++) {
		must_keep_all(&one_cpu, profiles[i]);
		must_keep_all(&two_cpus, profiles[i]);
	}
}

static uint32_t index_of(enum path_id path, enum statement_id what)
{
	const struct path *paths[PATHS] = { 0 };
	uint32_t i = 0;

	profile_find("6.12")->paths(paths);
	while (paths[path]->ops[i].code != OP_DO ||
	       paths[path]->ops[i].what != what)
		i++;
	return i;
}

static void a_borrow_that_is_not_counted_is_found(void **state)
{
	const struct patch no_grab = { PATCH_DROP, PATH_context_switch,
				       (uint8_t)index_of(PATH_context_switch,
							 ST_mmgrab_lazy_tlb) };
	struct text words = { 0 };
	struct model m;

	(void)state;
	search(&two_cpus, "6.12", &no_grab, 1);
	assert_int_equal(result.end, SEARCH_WRONG);
	m = kernel_model(kernel);
	m.complain(kernel, &words);
	assert_non_null(strstr(text_string(&words), "F1: "));
	text_clear(&words);
	m.tell(kernel, &words);
	assert_non_null(strstr(text_string(&words), "CPU "));
	text_free(&words);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(every_kernel_keeps_every_invariant,
					  tear_down),
		cmocka_unit_test_teardown(a_borrow_that_is_not_counted_is_found,
					  tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
