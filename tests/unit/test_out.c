/*
 * test_out.c - all output is escaped, and a loss is never forgotten
 */
#include "test.h"

#include "base/mem.h"
#include "base/out.h"
#include "base/sys.h"
#include "shown.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static struct text seen;
static struct out out;

static int clear(void **state)
{
	(void)state;
	mem_fail_at(0, false);
	sys_fail_at(0, 0, false, 0);
	text_free(&seen);
	out_init_text(&out, &seen);
	assert_int_equal(mem_stats().live_blocks, 0);
	return 0;
}

static void lines_pass_and_the_rest_is_escaped(void **state)
{
	(void)state;
	out_puts(&out, "one\n\033two\n");
	out_printf(&out, "%s%d\n", "\r", 3);
	assert_true(out_flush(&out));
	assert_string_equal(text_string(&seen), "one\n^[two\n^M3\n");
}

static void every_attack_is_harmless_also_between_our_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < SHOWN_ATTACKS; i++) {
		out_puts(&out, "before ");
		out_puts(&out, shown_attacks[i]);
		out_printf(&out, " %s after\n", shown_attacks[i]);
	}
	assert_true(out_flush(&out));
	assert_true(shown_accepts(seen.bytes, seen.length, true));
}

static void much_output_arrives_whole(void **state)
{
	struct text big = { 0 };

	(void)state;
	for (int i = 0; i < 100000; i++)
		text_addf(&big, "%d\n", i);
	out_text(&out, &big);
	assert_true(out_flush(&out));
	assert_int_equal(seen.length, big.length);
	assert_memory_equal(seen.bytes, big.bytes, big.length);
	text_free(&big);
}

static void short_writes_are_continued(void **state)
{
	int ends[2];
	char got[16] = "";

	(void)state;
	assert_int_equal(pipe(ends), 0);
	out_init(&out, ends[1]);
	sys_fail_at(SYS_PRINT, 1, true, SYS_SHORT);
	out_puts(&out, "hello world");
	assert_true(out_flush(&out));
	assert_true(sys_calls() >= 3);
	assert_int_equal(read(ends[0], got, sizeof got - 1), 11);
	assert_string_equal(got, "hello world");
	close(ends[0]);
	close(ends[1]);
}

static void an_interrupted_write_is_made_again(void **state)
{
	int ends[2];
	char got[16] = "";

	(void)state;
	assert_int_equal(pipe(ends), 0);
	out_init(&out, ends[1]);
	sys_fail_at(SYS_PRINT, 1, false, EINTR);
	out_puts(&out, "hello");
	assert_true(out_flush(&out));
	assert_int_equal(read(ends[0], got, sizeof got - 1), 5);
	close(ends[0]);
	close(ends[1]);
}

static void a_reader_who_left_is_an_error_that_stays(void **state)
{
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	signal(SIGPIPE, SIG_IGN);
	close(ends[0]);
	out_init(&out, ends[1]);
	out_puts(&out, "lost");
	assert_false(out_flush(&out));
	assert_int_equal(out_error(&out), EPIPE);
	close(ends[1]);
	out_puts(&out, "more");
	assert_false(out_flush(&out));
	assert_int_equal(out_error(&out), EPIPE);
}

static void nothing_is_written_after_a_loss(void **state)
{
	int ends[2];
	char got[8];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	out_init(&out, ends[1]);
	sys_fail_at(SYS_PRINT, 1, false, EIO);
	out_puts(&out, "first");
	assert_false(out_flush(&out));
	out_puts(&out, "second");
	assert_false(out_flush(&out));
	close(ends[1]);
	assert_int_equal(read(ends[0], got, sizeof got), 0);
	close(ends[0]);
}

static void a_closed_stdout_is_an_error(void **state)
{
	(void)state;
	out_init(&out, -1);
	out_puts(&out, "x");
	assert_false(out_flush(&out));
	assert_int_equal(out_error(&out), EBADF);
}

static void a_text_without_memory_is_a_loss_and_more_can_be_said(void **state)
{
	struct text t = { 0 };

	(void)state;
	mem_fail_at(1, false);
	text_add(&t, "lost");
	out_text(&out, &t);
	out_puts(&out, "out of memory\n");
	assert_false(out_flush(&out));
	assert_int_equal(out_error(&out), ENOMEM);
	assert_string_equal(text_string(&seen), "out of memory\n");
	text_free(&t);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, clear, clear)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(lines_pass_and_the_rest_is_escaped),
		TEST(every_attack_is_harmless_also_between_our_texts),
		TEST(much_output_arrives_whole),
		TEST(short_writes_are_continued),
		TEST(an_interrupted_write_is_made_again),
		TEST(a_reader_who_left_is_an_error_that_stays),
		TEST(nothing_is_written_after_a_loss),
		TEST(a_closed_stdout_is_an_error),
		TEST(a_text_without_memory_is_a_loss_and_more_can_be_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
