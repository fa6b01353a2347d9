/*
 * test_lesson.c - a lesson is built, checked and labelled
 */
#include "test.h"

#include <string.h>

#include "base/mem.h"
#include "course/label.h"
#include "course/lesson.h"
#include "course/library.h"
#include "school.h"

static struct lesson *l;
static struct text out;

static void over(void)
{
	lesson_free(l);
	l = NULL;
	text_free(&out);
	assert_int_equal(mem_stats().live_blocks, 0);
}

static const char *as_text(const char *raw)
{
	text_clear(&out);
	label_text(l, raw, &out);
	return text_string(&out);
}

static const char *as_expr(const char *raw)
{
	const struct bound b = { .pid = { 100, 20 }, .serial = { 1, 0 } };

	text_clear(&out);
	label_expr(l, &b, raw, &out);
	return text_string(&out);
}

static void labels_in_texts_become_names(void **state)
{
	(void)state;
	l = small_lesson(1);
	assert_string_equal(as_text("$A's mm, $K."), "sh's mm, kw.");
	assert_string_equal(as_text("$AB $ $9 $"), "$AB $ $9 $");
	assert_string_equal(as_text("why $A.mm"), "why sh.mm");
	over();
}

static void labels_in_expressions_become_what_lasts(void **state)
{
	(void)state;
	l = small_lesson(1);
	assert_string_equal(as_expr("mm('A').freed"), "mm(1).freed");
	assert_string_equal(as_expr("mm(\"A\")->mm_count"), "mm(1)->mm_count");
	assert_string_equal(as_expr("task('A')->mm"), "task(100)->mm");
	assert_string_equal(as_expr("current(0)->name == name('A')"),
			    "current(0)->name == \"sh\"");
	assert_string_equal(as_expr("current(0) == 'A'"), "current(0) == 'sh'");
	/* a label that has no mm is its task */
	assert_string_equal(as_expr("mm('K')"), "mm('kw')");
	assert_string_equal(as_expr("comm('A') mm('B') 'A"),
			    "comm('sh') mm('B') 'A");
	over();
}

static void what_cannot_be_played_is_named(void **state)
{
	(void)state;
	l = small_lesson(1);
	assert_null(lesson_fault(l));
	l->step[3].hint[0].rung = 5;
	assert_non_null(strstr(lesson_fault(l), "rung"));
	l->step[3].hint[0].rung = 1;
	l->step[3].solution.count = 0;
	assert_non_null(strstr(lesson_fault(l), "solution"));
	l->step[2].run = NULL;
	assert_non_null(strstr(lesson_fault(l), "run"));
	l->step[0].text = NULL;
	assert_non_null(strstr(lesson_fault(l), "text"));
	l->step[0].text = "x";
	l->step[2].run = "@0 exit";
	l->step[3].solution.count = 2;
	l->step[4].of = 4;
	assert_non_null(strstr(lesson_fault(l), "twist"));
	l->cpus = 0;
	assert_non_null(strstr(lesson_fault(l), "CPU"));
	l->cpus = 2;
	l->format = 2;
	assert_non_null(strstr(lesson_fault(l), "format"));
	l->id = "Bad id";
	assert_non_null(strstr(lesson_fault(l), "id"));
	over();
}

static void names_of_lessons_are_narrow(void **state)
{
	(void)state;
	assert_true(lesson_is_id("07-zombie"));
	assert_false(lesson_is_id(""));
	assert_false(lesson_is_id("../x"));
	assert_false(lesson_is_id("UPPER"));
	assert_false(lesson_is_id("a-name-of-more-than-31-characters"));
	assert_true(lesson_is_file("./a.lua") && lesson_is_file("a.lua"));
	assert_false(lesson_is_file(".lua") || lesson_is_file("07-zombie"));
}

/* A lesson that never ends is no lesson; nor is one too big for memory. */
static void size_has_an_end(void **state)
{
	struct lesson_lines lines = { 0 };
	static char big[20000];

	(void)state;
	l = lesson_new();
	memset(big, 'x', sizeof big - 1);
	assert_null(lesson_string(l, big, sizeof big - 1));
	assert_true(l->failed);
	l->failed = false;
	for (int i = 0; i < 1000; i++)
		lesson_line(l, &lines, "a line");
	assert_true(l->failed);
	assert_int_equal(lines.count, 256);
	assert_non_null(strstr(lesson_fault(l), "too big"));
	over();
}

static void memory_may_run_out_anywhere(void **state)
{
	(void)state;
	for (uint64_t nth = 2;; nth++) {
		uint64_t calls;

		l = lesson_new();
		mem_fail_at(nth, false);
		for (int i = 0; i < 20 && l->steps < 3; i++)
			(void)lesson_fact(l, &(struct step){ 0 });
		lesson_label(l, "A", "sh");
		lesson_line(l, &l->setup, "spawn sh");
		(void)lesson_step(l);
		calls = mem_stats().calls;
		mem_fail_at(0, false);
		assert_int_equal(l->failed, calls >= nth);
		over();
		if (calls < nth)
			return;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_in_texts_become_names),
		cmocka_unit_test(labels_in_expressions_become_what_lasts),
		cmocka_unit_test(what_cannot_be_played_is_named),
		cmocka_unit_test(names_of_lessons_are_narrow),
		cmocka_unit_test(size_has_an_end),
		cmocka_unit_test(memory_may_run_out_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
