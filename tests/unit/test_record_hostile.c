/*
 * test_record_hostile.c - no damage to a line makes reading it unsafe
 *
 * Lines of every kind of event are cut, changed and joined in all the ways
 * below.  What must hold is the same each time: either the line is refused
 * with a place and a reason, or the record is one an import can rely on.  Each
 * damaged line is copied to an allocation of just its size, so a sanitizer
 * sees every byte read beyond it.
 */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trace/record.h"

#define LINES_MAX 200
#define LINE_BYTES 2048

static char lines[LINES_MAX][LINE_BYTES];
static size_t lengths[LINES_MAX];
static size_t line_count;
static struct trace_record record;

static uint64_t needs_of(enum record_kind kind)
{
	static const uint64_t needs[REC_KINDS] = {
#define TRACE_EVENT(name, body, need) [REC_##name] = (need),
#include "trace/record.def"
	};

	return needs[kind];
}

static void assert_reliable(void)
{
	assert_true(record.kind < REC_KINDS);
	assert_true((needs_of(record.kind) & ~record.have) == 0);
	assert_true(record.cpu <= RECORD_CPU_MAX);
	assert_true(record.pid <= RECORD_PID_MAX);
	assert_true(record.cpus <= RECORD_SAMPLE_MAX);
	assert_true(record.slots <= RECORD_SAMPLE_MAX);
	assert_non_null(memchr(record.comm, 0, sizeof record.comm));
	assert_non_null(memchr(record.name, 0, sizeof record.name));
	assert_non_null(memchr(record.text, 0, sizeof record.text));
	assert_null(record.expected);
}

static void read_damaged(const char *text, size_t length)
{
	char *exact = malloc(length + !length);
	enum record_result result;

	assert_non_null(exact);
	memcpy(exact, text, length);
	result = record_parse(&record, 1, exact, length);
	if (result == RECORD_BAD) {
		assert_non_null(record.expected);
		assert_in_range(record.column, 1, length + 1);
	} else if (result == RECORD_EVENT) {
		assert_reliable();
	}
	free(exact);
}

static int read_lines(void **state)
{
	const char *top = getenv("top_srcdir");
	char path[4096];
	FILE *file;

	(void)state;
	snprintf(path, sizeof path, "%s/tests/data/records.txt",
		 top ? top : ".");
	file = fopen(path, "r");
	if (!file)
		return -1;
	while (line_count < LINES_MAX &&
	       fgets(lines[line_count], LINE_BYTES, file)) {
		size_t length = strcspn(lines[line_count], "\n");

		if (lines[line_count][0] != '#')
			lengths[line_count++] = length;
	}
	fclose(file);
	return 0;
}

static void undamaged_lines_of_every_kind_are_events(void **state)
{
	bool seen[REC_KINDS] = { false };
	size_t i;
	int kind;

	(void)state;
	for (i = 0; i < line_count; i++) {
		assert_int_equal(record_parse(&record, 1, lines[i], lengths[i]),
				 RECORD_EVENT);
		seen[record.kind] = true;
	}
	for (kind = REC_lost + 1; kind < REC_KINDS; kind++)
		if (!seen[kind] && kind != REC_print)
			fail_msg("no line of %s",
				 record_event_name((enum record_kind)kind));
}

static void a_line_may_end_anywhere(void **state)
{
	size_t i;
	size_t cut;

	(void)state;
	for (i = 0; i < line_count; i++)
		for (cut = 0; cut <= lengths[i]; cut++)
			read_damaged(lines[i], cut);
}

static void any_byte_may_be_another(void **state)
{
	static const char other[] = { 0,   '\033', ' ',  '-',       '9', '=',
				      '[', ']',    '(',  ')',       '{', '}',
				      ',', ':',    '"',  '0',       'x', 'p',
				      's', '>',    '\n', (char)0xff };
	char text[LINE_BYTES];
	size_t i;
	size_t at;
	size_t k;

	(void)state;
	for (i = 0; i < line_count; i++) {
		memcpy(text, lines[i], lengths[i]);
		for (at = 0; at < lengths[i]; at++) {
			for (k = 0; k < sizeof other; k++) {
				text[at] = other[k];
				read_damaged(text, lengths[i]);
			}
			text[at] = lines[i][at];
		}
	}
}

/* Puts @number where the digits of @line from @at on stand. */
static void with_number(const char *line, size_t length, size_t at,
			const char *number)
{
	char text[LINE_BYTES + 64];
	size_t digits = strspn(line + at, "0123456789abcdefx");
	size_t put = strlen(number);

	if (digits > length - at)
		digits = length - at;
	memcpy(text, line, at);
	memcpy(text + at, number, put);
	memcpy(text + at + put, line + at + digits, length - at - digits);
	read_damaged(text, length - digits + put);
}

static void any_number_may_be_another(void **state)
{
	static const char *const numbers[] = {
		"",
		"-1",
		"0x",
		"4096",
		"4194305",
		"18446744073709551615",
		"18446744073709551616",
		"-9223372036854775809",
		"0xfffffffffffffffff",
		"{1,2}",
	};
	size_t i;
	size_t at;
	size_t k;

	(void)state;
	for (i = 0; i < line_count; i++)
		for (at = 0; at < lengths[i]; at++)
			for (k = 0; k < sizeof numbers / sizeof *numbers; k++)
				if (lines[i][at] >= '0' && lines[i][at] <= '9')
					with_number(lines[i], lengths[i], at,
						    numbers[k]);
}

static void the_end_of_any_line_may_be_that_of_another(void **state)
{
	char text[2 * LINE_BYTES];
	size_t i;
	size_t j;
	size_t cut;

	(void)state;
	for (i = 0; i < line_count; i++) {
		for (j = 0; j < line_count; j++) {
			cut = (i * 31 + j * 17) % (lengths[i] + 1);
			memcpy(text, lines[i], cut);
			memcpy(text + cut, lines[j], lengths[j]);
			read_damaged(text, cut + lengths[j]);
			cut = (i * 13 + j * 29) % (lengths[j] + 1);
			memcpy(text, lines[i], lengths[i]);
			memcpy(text + lengths[i], lines[j] + cut,
			       lengths[j] - cut);
			read_damaged(text, lengths[i] + lengths[j] - cut);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(undamaged_lines_of_every_kind_are_events),
		cmocka_unit_test(a_line_may_end_anywhere),
		cmocka_unit_test(any_byte_may_be_another),
		cmocka_unit_test(any_number_may_be_another),
		cmocka_unit_test(the_end_of_any_line_may_be_that_of_another),
	};

	return cmocka_run_group_tests(tests, read_lines, NULL);
}
