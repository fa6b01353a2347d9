/*
 * test_golden.c - all golden scenarios
 */
#include "golden.h"

int main(void)
{
	static const struct golden *const lists[] = { GOLDEN_LISTS };
	int failed = 0;

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		failed +=
			_cmocka_run_group_tests(lists[i]->name, lists[i]->tests,
						lists[i]->count, NULL, NULL);
	return failed;
}
