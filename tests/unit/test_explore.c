/*
 * test_explore.c - searches give the numbers that an independent one gave
 *
 * tests/data/explore/counts.txt: one search a line, its options as they are
 * typed and then what must come out.
 */
#include "test.h"

#include "explore/explore.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lines.h"
#include "base/mem.h"
#include "base/text.h"

/* Larger searches wait for AMM_LONG, but for those with all their levels. */
enum { QUICK_STATES = 60000 };

static struct text out, why;

static int tear_down(void **state)
{
	(void)state;
	text_free(&out);
	text_free(&why);
	return mem_stats().live_bytes != 0;
}

/* Sets "--name=value"; @word is cut up. */
static void set_option(struct explore_options *o, char *word)
{
	char *value = strchr(word, '=');

	assert_non_null(value);
	*value++ = '\0';
	if (!explore_option(o, word + 2, value, &why))
		fail_msg("%s", text_string(&why));
}

static void read_options(struct explore_options *o, const char *words)
{
	char copy[400], *rest, *word;

	snprintf(copy, sizeof copy, "%s", words);
	explore_options_init(o);
	for (word = strtok_r(copy, " ", &rest); word && word[0] == '-';
	     word = strtok_r(NULL, " ", &rest))
		set_option(o, word);
	if (!explore_options_check(o, &why))
		fail_msg("%s", text_string(&why));
}

static enum search_end explore(const char *options)
{
	struct explore_options o;

	read_options(&o, options);
	text_clear(&out);
	return explore_run(&o, &out);
}

/* Is @line a whole line of the output? */
static bool says(const char *line)
{
	const char *at = text_string(&out);
	size_t length = strlen(line);

	for (; (at = strstr(at, line)); at++)
		if ((at == out.bytes || at[-1] == '\n') && at[length] == '\n')
			return true;
	return false;
}

static void must_say(const char *line)
{
	if (!says(line))
		fail_msg("'%s' is no line of:\n%s", line, text_string(&out));
}

/* The number of levels after the first one. */
static unsigned depth(void)
{
	const char *at = strstr(text_string(&out), "levels ");
	unsigned n = 0;

	for (; *at != '\n'; at++)
		n += *at == ' ';
	return n - 1;
}

static unsigned number_after(const char *line, const char *word)
{
	const char *at = strstr(line, word);

	return at ? (unsigned)strtoul(at + strlen(word), NULL, 10) : 0;
}

static void must_say_number(const char *line, const char *word)
{
	char said[80];

	if (!strstr(line, word))
		return;
	snprintf(said, sizeof said, "%s%u", word, number_after(line, word));
	must_say(said);
}

static void must_say_levels(const char *line)
{
	const char *levels = strstr(line, " levels ");

	if (levels)
		must_say(levels + 1);
	if (strstr(line, " depth "))
		assert_int_equal(depth(), number_after(line, " depth "));
}

static void run_line(const char *line)
{
	unsigned steps = number_after(line, " counterexample ");
	char said[80];

	if (steps) {
		assert_int_equal(explore(line), SEARCH_WRONG);
		snprintf(said, sizeof said, "counterexample %u steps", steps);
		must_say(said);
		return;
	}
	assert_int_equal(explore(line), SEARCH_COMPLETE);
	must_say_number(line, "states ");
	must_say_number(line, "edges ");
	must_say_levels(line);
}

static bool is_to_run(const char *line)
{
	return line[0] == '-' &&
	       (strstr(line, " levels ") || getenv("AMM_LONG") ||
		number_after(line, " states ") <= QUICK_STATES);
}

static void counts_are_those_of_an_independent_search(void **state)
{
	const char *top = getenv("top_srcdir");
	char path[4096], *line;
	struct lines *lines;
	size_t length;
	unsigned run = 0;

	(void)state;
	snprintf(path, sizeof path, "%s/tests/data/explore/counts.txt",
		 top ? top : ".");
	lines = lines_open(path, &why);
	assert_non_null(lines);
	while (lines_next(lines, &line, &length) == LINES_OK) {
		if (!is_to_run(line))
			continue;
		run_line(line);
		run++;
	}
	lines_close(lines);
	assert_true(run >= 40);
}

static void a_counterexample_is_told_step_by_step(void **state)
{
	(void)state;
	assert_int_equal(explore("--users=1 --kthreads=0 --cpus=1 --mms=1 "
				 "--ops=EXIT,BUG_EXITNOGRAB"),
			 SEARCH_WRONG);
	must_say("counterexample 10 steps");
	must_say("1 CPU 0, task 1 (idle): __schedule() picks task 0 (user)");
	must_say("5 CPU 0, task 0 (user): mmdrop_lazy_tlb(): "
		 "mmdrop_lazy_tlb(mm); [init_mm count 2 -> 1]");
	must_say("8 CPU 0, task 0 (user): mmput(): "
		 "atomic_dec_and_test(&mm->mm_users); [mm 2 users 1 -> 0]");
	must_say("10 CPU 0, task 0 (user): __mmdrop(): free_mm(mm);");
	must_say("broken I3: an mm is freed that a CPU has loaded");
}

static void a_flush_that_comes_too_late_is_told(void **state)
{
	(void)state;
	assert_int_equal(explore("--users=1 --kthreads=1 --cpus=2 --mms=1 "
				 "--ops=PT,BUG_LAZYPT"),
			 SEARCH_WRONG);
	must_say("6 CPU 0, task 0 (user): canon_walk(): walk_cache = 1;");
	must_say("17 CPU 1, task 0 (user): canon_unmap(): walk_cache = 0; "
		 "preempt_disable();");
	must_say("broken I5: page tables are freed that a CPU's walk cache "
		 "points into");
}

static void a_limit_is_told_and_nothing_is_claimed(void **state)
{
	enum search_end end = explore("--ops=EXIT --depth=14");

	(void)state;
	assert_int_equal(end, SEARCH_DEPTH);
	assert_int_equal(explore_exit(end), 6);
	must_say("stopped at depth 14 (--depth): "
		 "no counterexample up to depth 14");
	end = explore("--ops=EXIT --states=100");
	assert_int_equal(end, SEARCH_STATES);
	must_say("levels 1 6 12 18 24 34 7");
	must_say("stopped at 100 states (--states): "
		 "no counterexample up to depth 5");
}

static void the_answer_is_the_exit_status(void **state)
{
	(void)state;
	assert_int_equal(explore_exit(explore("--users=1 --ops=EXIT")), 0);
	assert_int_equal(explore_exit(explore("--ops=EXIT,BUG_NOGRAB")), 1);
}

static void any_failed_allocation_ends_the_search(void **state)
{
	enum search_end end;
	uint64_t nth = 0;

	(void)state;
	do {
		struct explore_options o;

		read_options(&o, "--users=1 --kthreads=0 --cpus=1 --mms=1");
		text_free(&out);
		assert_int_equal(mem_stats().live_bytes, 0);
		mem_fail_at(++nth, false);
		end = explore_run(&o, &out);
		mem_fail_at(0, false);
	} while (end == SEARCH_NO_MEMORY || out.failed);
	assert_int_equal(end, SEARCH_COMPLETE);
	assert_true(nth > 10);
}

int main(void)
{
#define EXPLORE_TEST(name) cmocka_unit_test_teardown(name, tear_down)
	const struct CMUnitTest tests[] = {
		EXPLORE_TEST(counts_are_those_of_an_independent_search),
		EXPLORE_TEST(a_counterexample_is_told_step_by_step),
		EXPLORE_TEST(a_flush_that_comes_too_late_is_told),
		EXPLORE_TEST(a_limit_is_told_and_nothing_is_claimed),
		EXPLORE_TEST(the_answer_is_the_exit_status),
		EXPLORE_TEST(any_failed_allocation_ends_the_search),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
