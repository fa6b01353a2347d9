/*
 * test_journal_format.c - a record is intact only as it was written
 */
#include "test.h"

#include "base/mem.h"
#include "session/journal_format.h"

#include <string.h>

static const char *const commands[] = { "spawn sh", "", "switch @1 sh",
					"why mm2", "exit  # with a comment" };

#define COUNT (sizeof commands / sizeof *commands)

static struct text bytes;

static int encode_all(void **state)
{
	struct journal_chain chain = journal_chain_start();

	(void)state;
	for (size_t i = 0; i < COUNT; i++) {
		const struct journal_record record = {
			.kind = i == 0 ? JOURNAL_ENGINE : JOURNAL_COMMAND,
			.text = commands[i],
			.length = strlen(commands[i]),
		};

		journal_encode(&chain, &record, &bytes);
	}
	assert_false(bytes.failed);
	return 0;
}

static int free_all(void **state)
{
	(void)state;
	mem_fail_at(0, false);
	text_free(&bytes);
	assert_int_equal(mem_stats().live_blocks, 0);
	return 0;
}

/* Decodes as far as records are intact; each must be the one written. */
static size_t decode_all(size_t length)
{
	struct journal_chain chain = journal_chain_start();
	struct journal_record record;
	size_t used, at = 0, count = 0;

	while ((used = journal_decode(&chain, bytes.bytes + at, length - at,
				      &record)) > 0) {
		at += used;
		assert_true(count < COUNT);
		assert_int_equal(record.number, count + 1);
		assert_int_equal(record.length, strlen(commands[count]));
		assert_memory_equal(record.text, commands[count],
				    record.length);
		count++;
		assert_int_equal(chain.last, count);
	}
	return count;
}

/* How many records end within the first @length bytes. */
static size_t whole_records(size_t length)
{
	size_t count = 0;

	for (size_t i = 0; i < length; i++)
		count += bytes.bytes[i] == '\n';
	return count;
}

static void a_record_is_a_line_to_read(void **state)
{
	(void)state;
	assert_memory_equal(bytes.bytes, "8 1 e ", 6);
	assert_memory_equal(bytes.bytes + 14, " spawn sh\n0 2 c ", 16);
}

static void what_was_written_is_read(void **state)
{
	(void)state;
	assert_int_equal(decode_all(bytes.length), COUNT);
}

static void the_records_before_a_cut_are_read(void **state)
{
	(void)state;
	for (size_t cut = 0; cut < bytes.length; cut++)
		assert_int_equal(decode_all(cut), whole_records(cut));
}

static void a_flipped_bit_ends_what_is_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < bytes.length; i++) {
		/* Counted before the damage, which may be to a newline. */
		size_t before = whole_records(i);

		for (int bit = 0; bit < 8; bit++) {
			bytes.bytes[i] ^= (char)(1 << bit);
			assert_int_equal(decode_all(bytes.length), before);
			bytes.bytes[i] ^= (char)(1 << bit);
		}
	}
}

static void a_record_is_intact_only_in_its_place(void **state)
{
	struct journal_chain chain = journal_chain_start();
	struct journal_record record;
	size_t first =
		journal_decode(&chain, bytes.bytes, bytes.length, &record);

	(void)state;
	/* The same record again, or the third after the first. */
	assert_int_equal(
		journal_decode(&chain, bytes.bytes, bytes.length, &record), 0);
	assert_true(journal_decode(&chain, bytes.bytes + first,
				   bytes.length - first, &record) > 0);
	chain = journal_chain_start();
	assert_int_equal(journal_decode(&chain, bytes.bytes + first,
					bytes.length - first, &record),
			 0);
}

static void nonsense_is_no_record(void **state)
{
	static const char *const lines[] = {
		"\n",
		" 1 c 00000000 \n",
		"1",
		"18446744073709551617 1 c 00000000 x\n",
		"1048577 1 c 00000000 x\n",
		"01 1 c 00000000 x\n",
		"-1 1 c 00000000 x\n",
		"1 1 z 00000000 x\n",
		"1  1 c 00000000 x\n",
		"1 1 ",
		"1 111111111111111111111111111111111111111111111111111111111",
	};
	struct journal_chain chain = journal_chain_start();
	struct journal_record record;

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		assert_int_equal(journal_decode(&chain, lines[i],
						strlen(lines[i]), &record),
				 0);
	assert_int_equal(
		journal_decode(&chain, "1 1 \0 00000000 x\n", 17, &record), 0);
	assert_int_equal(chain.last, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, encode_all, free_all)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_record_is_a_line_to_read),
		TEST(what_was_written_is_read),
		TEST(the_records_before_a_cut_are_read),
		TEST(a_flipped_bit_ends_what_is_read),
		TEST(a_record_is_intact_only_in_its_place),
		TEST(nonsense_is_no_record),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
