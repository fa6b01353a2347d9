/*
 * test_unpack.c - gzip is unpacked, and damage never passes for the end
 */
#include "test.h"

#include "base/unpack.h"
#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <zlib.h>

static const char plain[] = "the quick brown fox jumps over the lazy dog";

static unsigned char packed[4096];
static char got[200000];

/* Packs @bytes as one gzip member; returns its length. */
static size_t pack(const void *bytes, size_t length, unsigned char *out)
{
	z_stream z = { 0 };

	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 16 + MAX_WBITS, 8,
				      Z_DEFAULT_STRATEGY),
			 Z_OK);
	z.next_in = (unsigned char *)(uintptr_t)bytes;
	z.avail_in = (unsigned)length;
	z.next_out = out;
	z.avail_out = 2048;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	deflateEnd(&z);
	return 2048 - z.avail_out;
}

/* Unpacks a file of these bytes, @step at a time, into got[]; returns the
 * bytes before the end or the damage, and says in *@cause which. */
static size_t unpack(const void *bytes, size_t length, size_t step,
		     const char **cause)
{
	struct unpack *u;
	size_t total = 0;
	ssize_t count;
	int fd;

	scratch_put("f", bytes, length);
	fd = open("f", O_RDONLY);
	u = unpack_new(fd);
	assert_non_null(u);
	while ((count = unpack_read(u, got + total, step)) > 0)
		total += (size_t)count;
	*cause = count < 0 ? unpack_cause(u) : NULL;
	/* The end and the damage stay what they are. */
	assert_int_equal(unpack_read(u, got + total, step), count);
	unpack_free(u);
	close(fd);
	return total;
}

static void expect_whole(const void *bytes, size_t length, size_t step)
{
	const char *cause;

	assert_int_equal(unpack(bytes, length, step, &cause), strlen(plain));
	assert_null(cause);
	assert_memory_equal(got, plain, strlen(plain));
}

static void what_is_not_gzip_is_given_as_it_is(void **state)
{
	const char *cause;

	(void)state;
	expect_whole(plain, strlen(plain), 1000);
	expect_whole(plain, strlen(plain), 1);
	assert_int_equal(unpack("", 0, 10, &cause), 0);
	assert_null(cause);
	/* Half of the magic, then something else. */
	assert_int_equal(unpack("\x1fx", 2, 10, &cause), 2);
	assert_null(cause);
}

static void gzip_is_unpacked_in_steps_of_any_size(void **state)
{
	size_t length = pack(plain, strlen(plain), packed);

	(void)state;
	for (size_t step = 1; step < 50; step++)
		expect_whole(packed, length, step);
}

static void members_follow_each_other(void **state)
{
	size_t length = pack(plain, 10, packed);

	(void)state;
	length += pack("", 0, packed + length);
	length += pack(plain + 10, strlen(plain) - 10, packed + length);
	expect_whole(packed, length, 1000);
}

static void a_reader_that_gives_little_is_enough(void **state)
{
	size_t length = pack(plain, strlen(plain), packed);

	(void)state;
	sys_fail_at(SYS_READ, 1, true, SYS_SHORT);
	expect_whole(packed, length, 1000);
	sys_fail_at(SYS_READ, 1, false, EINTR);
	expect_whole(packed, length, 1000);
}

static void the_magic_may_come_in_two_reads(void **state)
{
	size_t length = pack(plain, strlen(plain), packed);
	struct unpack *u;
	int ends[2];

	(void)state;
	/* A pipe that keeps its writes apart. */
	assert_int_equal(pipe2(ends, O_DIRECT), 0);
	assert_int_equal(write(ends[1], packed, 1), 1);
	assert_int_equal(write(ends[1], packed + 1, length - 1), length - 1);
	close(ends[1]);
	u = unpack_new(ends[0]);
	assert_int_equal(unpack_read(u, got, sizeof got), strlen(plain));
	assert_memory_equal(got, plain, strlen(plain));
	assert_int_equal(unpack_read(u, got, sizeof got), 0);
	unpack_free(u);
	close(ends[0]);
}

static void a_cut_at_any_byte_is_noticed(void **state)
{
	size_t length = pack(plain, strlen(plain), packed);
	const char *cause;

	(void)state;
	for (size_t cut = 1; cut < length; cut++) {
		unpack(packed, cut, 1000, &cause);
		assert_string_equal(cause, "the gzip data ends too early");
	}
}

static void a_changed_bit_never_changes_what_is_read(void **state)
{
	size_t length = pack(plain, strlen(plain), packed), unnoticed = 0;
	const char *cause;

	(void)state;
	/* The ten bytes of header hold a time and such: no matter. */
	for (size_t bit = 10 * 8; bit < length * 8; bit++) {
		packed[bit / 8] ^= (unsigned char)(1 << bit % 8);
		unpack(packed, length, 1000, &cause);
		packed[bit / 8] ^= (unsigned char)(1 << bit % 8);
		if (cause)
			continue;
		assert_memory_equal(got, plain, strlen(plain));
		unnoticed++;
	}
	/* Only the bits that fill up the last byte of the data mean nothing. */
	assert_true(unnoticed < 8);
}

static void bytes_after_gzip_are_damage(void **state)
{
	size_t length = pack(plain, strlen(plain), packed);
	const char *cause;

	(void)state;
	memcpy(packed + length, "garbage", 7);
	assert_int_equal(unpack(packed, length + 7, 1000, &cause),
			 strlen(plain));
	assert_string_equal(cause, "the gzip data is damaged");
}

static void little_memory_unpacks_much(void **state)
{
	size_t length, before = mem_stats().peak_bytes;
	static char zeros[150000];
	const char *cause;

	(void)state;
	length = pack(zeros, sizeof zeros, packed);
	assert_true(length < 1000);
	assert_int_equal(unpack(packed, length, 100, &cause), sizeof zeros);
	assert_null(cause);
	assert_true(mem_stats().peak_bytes < before + 150000);
}

static void any_allocation_may_fail(void **state)
{
	size_t length = pack(plain, strlen(plain), packed);
	const char *cause = "";

	(void)state;
	mem_fail_at(1, false);
	assert_null(unpack_new(0));
	for (uint64_t nth = 2; cause; nth++) {
		mem_fail_at(nth, false);
		unpack(packed, length, 5, &cause);
		assert_true(!cause || strcmp(cause, "out of memory") == 0);
	}
}

static void a_failing_read_gives_its_cause(void **state)
{
	const char *cause;

	(void)state;
	sys_fail_at(SYS_READ, 1, true, EIO);
	unpack(plain, strlen(plain), 1000, &cause);
	assert_string_equal(cause, "Input/output error");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(what_is_not_gzip_is_given_as_it_is),
		SCRATCH_TEST(gzip_is_unpacked_in_steps_of_any_size),
		SCRATCH_TEST(members_follow_each_other),
		SCRATCH_TEST(a_reader_that_gives_little_is_enough),
		SCRATCH_TEST(the_magic_may_come_in_two_reads),
		SCRATCH_TEST(a_cut_at_any_byte_is_noticed),
		SCRATCH_TEST(a_changed_bit_never_changes_what_is_read),
		SCRATCH_TEST(bytes_after_gzip_are_damage),
		SCRATCH_TEST(little_memory_unpacks_much),
		SCRATCH_TEST(any_allocation_may_fail),
		SCRATCH_TEST(a_failing_read_gives_its_cause),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
