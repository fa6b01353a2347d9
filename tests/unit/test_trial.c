#include "test.h"
#include "school.h"
static void demo(void **state)
{
	static const char *const lines[] = { "lesson test small.lua --seeds=0..4", "lesson lint small.lua",  NULL };
	(void)state;
	school(getenv("F") ? atoi(getenv("F")) : FORM_HUMAN);
	for (int i = 0; lines[i]; i++) {
		printf("%s%s\n", amm_prompt(amm), lines[i]);
		fputs(ask(lines[i]), stdout);
	}
}
int main(void)
{
	const struct CMUnitTest tests[] = { TALK_TEST(demo) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
