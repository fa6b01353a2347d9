/*
 * test_lines.c - lines come whole, plain or gzip, and damage has a number
 */
#include "test.h"

#include "base/lines.h"
#include "scratch.h"

#include <errno.h>
#include <zlib.h>

static char *line;
static size_t length;

static struct lines *open_with(const void *bytes, size_t count)
{
	struct lines *l;

	scratch_put("file", bytes, count);
	l = lines_open("file", &why);
	assert_non_null(l);
	return l;
}

static struct lines *open_string(const char *string)
{
	return open_with(string, strlen(string));
}

static void expect_line(struct lines *l, const char *expected)
{
	assert_int_equal(lines_next(l, &line, &length), LINES_OK);
	assert_string_equal(line, expected);
	assert_int_equal(length, strlen(expected));
}

/* Packs @bytes as one gzip member; returns its length. */
static size_t pack(const char *bytes, size_t count, unsigned char *out,
		   size_t size)
{
	z_stream z = { 0 };

	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 16 + MAX_WBITS, 8,
				      Z_DEFAULT_STRATEGY),
			 Z_OK);
	z.next_in = (unsigned char *)(uintptr_t)bytes;
	z.avail_in = (unsigned)count;
	z.next_out = out;
	z.avail_out = (unsigned)size;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	deflateEnd(&z);
	return size - z.avail_out;
}

static void lines_end_with_lf_crlf_or_the_file(void **state)
{
	struct lines *l = open_string("one\n\r\n  two\r\nthree");

	(void)state;
	expect_line(l, "one");
	expect_line(l, "");
	expect_line(l, "  two");
	expect_line(l, "three");
	assert_int_equal(lines_number(l), 4);
	assert_int_equal(lines_next(l, &line, &length), LINES_END);
	assert_int_equal(lines_next(l, &line, &length), LINES_END);
	lines_close(l);
}

static void an_empty_file_has_no_line(void **state)
{
	struct lines *l = open_string("");

	(void)state;
	assert_int_equal(lines_next(l, &line, &length), LINES_END);
	lines_close(l);
}

static void a_line_of_a_mebibyte_is_read_and_a_longer_one_is_not(void **state)
{
	size_t count = 2 * LINES_BYTES_MAX + 10;
	char *bytes = malloc(count);
	struct lines *l;

	(void)state;
	memset(bytes, 'x', count);
	bytes[LINES_BYTES_MAX] = '\n';
	bytes[count - 3] = '\n';
	bytes[count - 2] = 'y';
	bytes[count - 1] = '\n';
	l = open_with(bytes, count);
	assert_int_equal(lines_next(l, &line, &length), LINES_OK);
	assert_int_equal(length, LINES_BYTES_MAX);
	assert_int_equal(lines_next(l, &line, &length), LINES_BAD);
	lines_complain(l, &why);
	assert_non_null(
		strstr(text_string(&why), ":2: the line is longer than 1 MiB"));
	expect_line(l, "y");
	assert_int_equal(lines_number(l), 3);
	assert_true(mem_stats().live_bytes < 4 * LINES_BYTES_MAX);
	lines_close(l);
	free(bytes);
}

static void an_endless_line_takes_bounded_memory(void **state)
{
	size_t before = mem_stats().peak_bytes;
	size_t count = 32 * LINES_BYTES_MAX;
	char *bytes = calloc(1, count);
	struct lines *l = open_with(bytes, count);

	(void)state;
	assert_int_equal(lines_next(l, &line, &length), LINES_BAD);
	assert_int_equal(lines_number(l), 1);
	assert_int_equal(lines_next(l, &line, &length), LINES_END);
	assert_true(mem_stats().peak_bytes < before + 4 * LINES_BYTES_MAX);
	lines_close(l);
	free(bytes);
}

static void a_nul_byte_makes_one_line_bad(void **state)
{
	struct lines *l = open_with("good\nb\0d\ngood\n", 14);

	(void)state;
	expect_line(l, "good");
	assert_int_equal(lines_next(l, &line, &length), LINES_BAD);
	lines_complain(l, &why);
	assert_non_null(strstr(text_string(&why), ":2: the line has a NUL"));
	expect_line(l, "good");
	lines_close(l);
}

static const char three[] = "first line\nsecond line\nthird line\n";

static void gzip_is_unpacked_also_in_members(void **state)
{
	unsigned char packed[512];
	size_t count = pack(three, strlen(three), packed, sizeof packed);
	struct lines *l;

	(void)state;
	count += pack("fourth", 6, packed + count, sizeof packed - count);
	l = open_with(packed, count);
	expect_line(l, "first line");
	expect_line(l, "second line");
	expect_line(l, "third line");
	expect_line(l, "fourth");
	assert_int_equal(lines_next(l, &line, &length), LINES_END);
	lines_close(l);
}

/* Reads to the end or the damage; returns the good lines before it. */
static size_t count_lines(struct lines *l, enum lines_result *last)
{
	size_t count = 0;

	while ((*last = lines_next(l, &line, &length)) == LINES_OK)
		count++;
	return count;
}

static void gzip_cut_at_any_byte_is_an_error_with_a_line(void **state)
{
	unsigned char packed[512];
	size_t count = pack(three, strlen(three), packed, sizeof packed);
	enum lines_result last;

	(void)state;
	for (size_t cut = 1; cut < count; cut++) {
		struct lines *l = open_with(packed, cut);
		size_t good = count_lines(l, &last);

		assert_int_equal(last, LINES_FAILED);
		assert_int_equal(lines_number(l), good + 1);
		lines_complain(l, &why);
		assert_non_null(strstr(text_string(&why), "ends too early"));
		text_clear(&why);
		lines_close(l);
	}
}

static void bytes_after_gzip_are_damage(void **state)
{
	unsigned char packed[512];
	size_t count = pack(three, strlen(three), packed, sizeof packed);
	enum lines_result last;
	struct lines *l;

	(void)state;
	memcpy(packed + count, "garbage", 7);
	l = open_with(packed, count + 7);
	assert_int_equal(count_lines(l, &last), 3);
	assert_int_equal(last, LINES_FAILED);
	lines_complain(l, &why);
	assert_non_null(strstr(text_string(&why), ":4: the gzip data is dam"));
	lines_close(l);
}

static void what_is_no_regular_file_is_refused(void **state)
{
	(void)state;
	assert_null(lines_open(".", &why));
	assert_non_null(strstr(text_string(&why), "is a directory"));
	text_clear(&why);
	assert_null(lines_open("/dev/null", &why));
	assert_non_null(strstr(text_string(&why), "not a regular file"));
	text_clear(&why);
	assert_int_equal(symlink("/etc/passwd", "file"), 0);
	assert_null(lines_open("file", &why));
	assert_non_null(strstr(text_string(&why), "symbolic link"));
	text_clear(&why);
	unlink("file");
	/* Without a writer this would wait for ever. */
	assert_int_equal(mkfifo("file", 0600), 0);
	assert_null(lines_open("file", &why));
	unlink("file");
	assert_null(lines_open("file", &why));
	assert_non_null(strstr(text_string(&why), "No such file"));
}

static void a_pipe_can_be_read(void **state)
{
	int ends[2];
	struct lines *l;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "a\nb", 3), 3);
	l = lines_open_fd(ends[0], "standard input", &why);
	expect_line(l, "a");
	close(ends[1]);
	expect_line(l, "b");
	assert_int_equal(lines_next(l, &line, &length), LINES_END);
	lines_close(l);
	assert_int_equal(close(ends[0]), 0);
}

static void a_hostile_name_is_escaped_in_the_error(void **state)
{
	struct lines *l;
	int ends[2];

	(void)state;
	assert_null(lines_open("no\033[2Jfile", &why));
	assert_non_null(strstr(text_string(&why), "'no^[[2Jfile'"));
	text_clear(&why);
	assert_int_equal(pipe(ends), 0);
	l = lines_open_fd(ends[0], "x\ny", &why);
	sys_fail_at(SYS_READ, 1, false, EIO);
	assert_int_equal(lines_next(l, &line, &length), LINES_FAILED);
	lines_complain(l, &why);
	assert_string_equal(text_string(&why), "x^Jy:1: Input/output error");
	lines_close(l);
	close(ends[0]);
	close(ends[1]);
}

/* Reads the packed file; true when all three lines came. */
static bool read_three(void)
{
	struct lines *l = lines_open("file", &why);
	enum lines_result last;
	size_t count;

	if (!l)
		return false;
	count = count_lines(l, &last);
	if (last == LINES_FAILED)
		lines_complain(l, &why);
	lines_close(l);
	assert_true(last == LINES_FAILED || (last == LINES_END && count == 3));
	return last == LINES_END;
}

static void any_allocation_may_fail(void **state)
{
	unsigned char packed[512];
	uint64_t nth = 1;

	(void)state;
	scratch_put("file", packed,
		    pack(three, strlen(three), packed, sizeof packed));
	for (bool done = false; !done; nth++) {
		mem_fail_at(nth, false);
		done = read_three();
		assert_int_equal(mem_stats().live_blocks, why.bytes != NULL);
		assert_true(done || why.failed ||
			    strstr(text_string(&why), "out of memory"));
		text_free(&why);
	}
	assert_true(nth > 6);
}

static void any_system_call_may_fail(void **state)
{
	unsigned char packed[512];
	uint64_t nth = 1;

	(void)state;
	scratch_put("file", packed,
		    pack(three, strlen(three), packed, sizeof packed));
	for (bool done = false; !done; nth++) {
		sys_fail_at(SYS_ANY & ~(unsigned)SYS_CLOSE, nth, false, EIO);
		done = read_three();
		assert_true(done ||
			    strstr(text_string(&why), "Input/output error"));
		text_free(&why);
	}
	assert_true(nth > 4);
	sys_fail_at(SYS_READ, 1, true, SYS_SHORT);
	assert_true(read_three());
	sys_fail_at(SYS_READ, 1, false, EINTR);
	assert_true(read_three());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(lines_end_with_lf_crlf_or_the_file),
		SCRATCH_TEST(an_empty_file_has_no_line),
		SCRATCH_TEST(
			a_line_of_a_mebibyte_is_read_and_a_longer_one_is_not),
		SCRATCH_TEST(an_endless_line_takes_bounded_memory),
		SCRATCH_TEST(a_nul_byte_makes_one_line_bad),
		SCRATCH_TEST(gzip_is_unpacked_also_in_members),
		SCRATCH_TEST(gzip_cut_at_any_byte_is_an_error_with_a_line),
		SCRATCH_TEST(bytes_after_gzip_are_damage),
		SCRATCH_TEST(what_is_no_regular_file_is_refused),
		SCRATCH_TEST(a_pipe_can_be_read),
		SCRATCH_TEST(a_hostile_name_is_escaped_in_the_error),
		SCRATCH_TEST(any_allocation_may_fail),
		SCRATCH_TEST(any_system_call_may_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
