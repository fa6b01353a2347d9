/* test_apropos.c - a word is found on whatever page has it */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "session/help.h"

static struct text text;

static const char *apropos(const char *word)
{
	text_clear(&text);
	help_apropos(&text, word);
	return text_string(&text);
}

static void every_kind_of_page_is_searched(void **state)
{
	(void)state;
	assert_non_null(strstr(apropos("finish_cpu"), "cpu_down "));
	assert_non_null(strstr(apropos("vfork_done"), "vfork "));
	assert_non_null(strstr(apropos("use_mm"), "kthread_use_mm "));
	assert_non_null(strstr(apropos("lx_task_by_pid"), "help expressions"));
	assert_non_null(strstr(apropos("screen reader"), "set plain"));
	assert_non_null(strstr(apropos("ambiguous"), "help E102"));
}

static void capitals_do_not_matter(void **state)
{
	char *small;

	(void)state;
	small = strdup(apropos("pf_kthread"));
	assert_string_equal(small, apropos("PF_KTHREAD"));
	assert_non_null(strstr(small, "kthread_use_mm"));
	free(small);
}

static void a_word_on_no_page_is_said(void **state)
{
	(void)state;
	assert_string_equal(apropos("xyzzy"), "no page has 'xyzzy' in it\n");
}

static int release(void **state)
{
	(void)state;
	text_free(&text);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_page_is_searched),
		cmocka_unit_test(capitals_do_not_matter),
		cmocka_unit_test(a_word_on_no_page_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, release);
}
