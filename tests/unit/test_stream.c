/*
 * test_stream.c - a recording is read whole, in either form, or not at all
 */
#include "test.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/lines.h"
#include "base/mem.h"
#include "trace/stream.h"

static struct trace_record record;
static struct trace_record other;

static const char *data(const char *name)
{
	static char path[2][4096];
	static int turn;
	const char *top = getenv("top_srcdir");

	turn = !turn;
	snprintf(path[turn], sizeof path[turn], "%s/tests/data/traces/%s",
		 top ? top : ".", name);
	return path[turn];
}

static struct stream *open_stream(const char *path)
{
	struct text why = { 0 };
	struct stream *s = stream_open(path, &why);

	if (!s)
		fail_msg("%s", text_string(&why));
	text_free(&why);
	return s;
}

static enum stream_result next(struct stream *s, struct trace_record *r)
{
	struct text why = { 0 };
	enum stream_result result = stream_next(s, r, &why);

	if (result == STREAM_FAILED)
		fail_msg("%s", text_string(&why));
	text_free(&why);
	return result;
}

/* What the header of a trace file says it holds, 0 without a header. */
static uint64_t announced(const char *path)
{
	static const char words[] = "# entries-in-buffer/entries-written: ";
	struct text why = { 0 };
	struct lines *l = lines_open(path, &why);
	uint64_t entries = 0;
	char *line;
	size_t length;

	assert_non_null(l);
	while (lines_number(l) < 5 && lines_next(l, &line, &length) == LINES_OK)
		if (strncmp(line, words, sizeof words - 1) == 0)
			entries = strtoull(line + sizeof words - 1, NULL, 10);
	lines_close(l);
	return entries;
}

static void check_whole(const char *name)
{
	const char *path = data(name);
	uint64_t entries = announced(path);
	struct stream *s = open_stream(path);
	uint64_t count = 0;

	while (next(s, &record) == STREAM_RECORD) {
		count++;
		if (record.kind == REC_other)
			fail_msg("%s:%" PRIu64 ": unknown event", name,
				 record.line);
	}
	stream_close(s);
	assert_true(count > 0);
	if (entries)
		assert_int_equal(count, entries);
}

static void each_recording_holds_what_its_header_says(void **state)
{
	DIR *dir = opendir(data(""));
	struct dirent *entry;
	int files = 0;

	(void)state;
	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		check_whole(entry->d_name);
		files++;
	}
	closedir(dir);
	assert_int_equal(files, 39);
}

static void assert_same_event(void)
{
	assert_int_equal(record.kind, other.kind);
	assert_int_equal(record.time_us, other.time_us);
	assert_int_equal(record.pid, other.pid);
	assert_int_equal(record.cpu, other.cpu);
	assert_string_equal(record.comm, other.comm);
	assert_string_equal(record.name, other.name);
	assert_true(record.have == other.have);
	assert_memory_equal(&record.f, &other.f, sizeof record.f);
	assert_int_equal(record.cpus, other.cpus);
	assert_memory_equal(record.cpu_state, other.cpu_state,
			    record.cpus * sizeof *record.cpu_state);
}

static void a_report_says_the_same_as_the_trace_file(void **state)
{
	struct stream *a = open_stream(data("zombie-b.smp2.txt"));
	struct stream *b = open_stream(data("zombie-b.smp2.report.txt"));

	(void)state;
	while (next(a, &record) == STREAM_RECORD) {
		assert_int_equal(next(b, &other), STREAM_RECORD);
		assert_same_event();
	}
	assert_int_equal(next(b, &other), STREAM_END);
	stream_close(a);
	stream_close(b);
}

/* Writes @bytes to a file of its own and reads it to its end. */
static enum stream_result read_file(const char *bytes, size_t length,
				    struct text *why)
{
	char path[] = "stream-XXXXXX";
	int fd = mkstemp(path);
	enum stream_result result;
	struct stream *s;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, length), length);
	close(fd);
	s = open_stream(path);
	do {
		result = stream_next(s, &record, why);
	} while (result == STREAM_RECORD);
	stream_close(s);
	unlink(path);
	return result;
}

static void assert_refused(const char *bytes, size_t length, const char *end)
{
	struct text why = { 0 };
	const char *said;

	assert_int_equal(read_file(bytes, length, &why), STREAM_FAILED);
	said = strchr(text_string(&why), ':');
	assert_non_null(said);
	assert_string_equal(said, end);
	text_free(&why);
}

#define HEAD "             amm-167     [000] .....     7.864225: "

static void a_line_that_makes_no_sense_is_shown_with_its_place(void **state)
{
	static const char bad[] = "# tracer: nop\n" HEAD "mmput_ret: (f)\n" HEAD
				  "flush_one: (f) addr=\033[2Jx\n";
	static const char shorter[] = HEAD "flush_one: (f) addr=\n";

	(void)state;
	assert_refused(bad, sizeof bad - 1,
		       ":3:72: expected a number, not '^[[2Jx'");
	assert_refused(shorter, sizeof shorter - 1,
		       ":1:72: expected a number, not the end of the line");
}

static void a_recording_that_is_cut_short_is_not_taken_for_whole(void **state)
{
	static char bytes[4000];
	FILE *file = fopen(data("borrow.smp2.txt.gz"), "r");
	struct text why = { 0 };

	(void)state;
	assert_non_null(file);
	assert_int_equal(fread(bytes, 1, sizeof bytes, file), sizeof bytes);
	fclose(file);
	assert_int_equal(read_file(bytes, sizeof bytes, &why), STREAM_FAILED);
	assert_non_null(strchr(text_string(&why), ':'));
	text_free(&why);
}

static void a_line_of_a_mebibyte_is_refused(void **state)
{
	size_t length = (size_t)1 << 20;
	char *bytes = malloc(length + 1);
	struct text why = { 0 };

	(void)state;
	assert_non_null(bytes);
	memset(bytes, '\033', length);
	bytes[length] = '\n';
	assert_int_equal(read_file(bytes, length + 1, &why), STREAM_FAILED);
	assert_non_null(strstr(text_string(&why), ":1:"));
	assert_null(strchr(text_string(&why), '\033'));
	text_free(&why);
	free(bytes);
}

static void a_missing_file_is_named(void **state)
{
	struct text why = { 0 };

	(void)state;
	assert_null(stream_open("no\033such.txt", &why));
	assert_non_null(strstr(text_string(&why), "no^[such.txt"));
	text_free(&why);
}

static void running_out_of_memory_leaves_nothing_behind(void **state)
{
	const char *path = data("zombie.smp2.txt");
	size_t before = mem_stats().live_blocks;
	struct stream *s = NULL;
	uint64_t nth;

	(void)state;
	for (nth = 1; !s; nth++) {
		struct text why = { 0 };

		mem_fail_at(nth, true);
		s = stream_open(path, &why);
		mem_fail_at(0, false);
		text_free(&why);
		if (!s)
			assert_int_equal(mem_stats().live_blocks, before);
	}
	assert_true(nth > 3);
	stream_close(s);
	assert_int_equal(mem_stats().live_blocks, before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_recording_holds_what_its_header_says),
		cmocka_unit_test(a_report_says_the_same_as_the_trace_file),
		cmocka_unit_test(
			a_line_that_makes_no_sense_is_shown_with_its_place),
		cmocka_unit_test(
			a_recording_that_is_cut_short_is_not_taken_for_whole),
		cmocka_unit_test(a_line_of_a_mebibyte_is_refused),
		cmocka_unit_test(a_missing_file_is_named),
		cmocka_unit_test(running_out_of_memory_leaves_nothing_behind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
