/*
 * test_import_hostile.c - a recording is somebody else's file
 *
 * It may be cut, shuffled, made up.  What must hold: a sentence with the line,
 * or differences; never a crash, and never a raw byte of it in the text.
 */
#include "test.h"

#include "recordings.h"

enum { LINES_MOST = 4000 };

static char *kept[LINES_MOST];
static size_t kept_lines;

static void keep(const char *name)
{
	struct lines *l = lines_open(recording(name), &why);
	char *line;
	size_t length;

	assert_non_null(l);
	while (lines_next(l, &line, &length) == LINES_OK &&
	       kept_lines < LINES_MOST) {
		kept[kept_lines] = am_strdup(line);
		assert_non_null(kept[kept_lines++]);
	}
	lines_close(l);
}

static void forget(void)
{
	while (kept_lines)
		am_free(kept[--kept_lines]);
}

static void no_raw_bytes(const struct text *t)
{
	for (size_t i = 0; i < t->length; i++)
		assert_true(t->bytes[i] == '\n' ||
			    ((unsigned char)t->bytes[i] >= 0x20 &&
			     t->bytes[i] != 0x7f));
}

static enum verify_result verify(const char *path, const char *says)
{
	struct text out = { 0 };
	enum verify_result r = verify_recording(path, NULL, &out);

	no_raw_bytes(&out);
	if (says && !strstr(text_string(&out), says))
		fail_msg("no \"%s\" in\n%s", says, text_string(&out));
	text_free(&out);
	return r;
}

static void write_file(const char *name, const char *text)
{
	scratch_put(name, text, strlen(text));
}

/* --- names --------------------------------------------------------------- */

/* Each @from in a line becomes @to. */
static void put_replaced(FILE *f, const char *line, const char *from,
			 const char *to)
{
	const char *at;

	while ((at = strstr(line, from))) {
		fprintf(f, "%.*s%s", (int)(at - line), line, to);
		line = at + strlen(from);
	}
	fprintf(f, "%s\n", line);
}

static void a_task_may_be_called_anything(void **state)
{
	static const char *const names[] = {
		"\033[2J\033]0;x\a", "x next_pid=1", "a ==> b:1 [2]",
		"] . 1.0: f: ",      "\xff\xfe\x80", "u=9 c=9"
	};

	(void)state;
	keep("zombie.smp2.txt");
	for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
		char next[64], prev[64];
		FILE *f = fopen("named.txt", "w");

		snprintf(next, sizeof next, "next_comm=%s next_pid=168 ",
			 names[n]);
		snprintf(prev, sizeof prev, "prev_comm=%s prev_pid=168 ",
			 names[n]);
		for (size_t i = 0; i < kept_lines; i++) {
			char *line = kept[i];

			if (strstr(line, "next_pid=168 "))
				put_replaced(f, line,
					     "next_comm=zombie next_pid=168 ",
					     next);
			else
				put_replaced(f, line,
					     "prev_comm=zombie prev_pid=168 ",
					     prev);
		}
		assert_int_equal(fclose(f), 0);
		assert_int_equal(verify("named.txt", "divergences 0\n"),
				 VERIFY_AGREES);
	}
	forget();
}

static void the_file_may_be_called_anything(void **state)
{
	(void)state;
	write_file("\033[31mred", "nonsense\n");
	assert_int_equal(verify("\033[31mred", "^[[31mred:1:"), VERIFY_FAILED);
	put_edited("zombie.smp2.txt", "\033c.txt",
		   &(struct edit){ 239, "u=1", "u=7" });
	assert_int_equal(verify("\033c.txt", "^[c.txt:239: "), VERIFY_DIFFERS);
}

/* --- damaged files -------------------------------------------------------- */

static void a_cut_gzip_file_is_an_error_with_its_line(void **state)
{
	static char bytes[1 << 20];
	long length = scratch_get(recording("pcid-away.smp2.txt"), bytes,
				  sizeof bytes);

	(void)state;
	assert_true(length > 1000);
	scratch_put("cut.txt.gz", bytes, (size_t)length / 2);
	assert_int_equal(verify("cut.txt.gz", "cut.txt.gz:"), VERIFY_FAILED);
}

static void long_lines_are_an_error_with_their_number(void **state)
{
	static char line[(1 << 20) + 64];

	(void)state;
	memset(line, 'x', sizeof line - 2);
	line[sizeof line - 2] = '\n';
	write_file("long.txt", line);
	assert_int_equal(verify("long.txt", "long.txt:1"), VERIFY_FAILED);
	line[100000] = '\n';
	line[100001] = '\0';
	write_file("long.txt", line);
	assert_int_equal(verify("long.txt", "long.txt:1"), VERIFY_FAILED);
}

static void cpus_that_cannot_be_are_an_error(void **state)
{
	(void)state;
	write_file("cpu.txt", " a-1 [4096] d..2. 1.0: sched_switch: "
			      "prev_comm=a prev_pid=1 prev_prio=1 prev_state=S "
			      "==> next_comm=b next_pid=2 next_prio=1\n");
	assert_int_equal(verify("cpu.txt", "cpu.txt:1:"), VERIFY_FAILED);
	put_edited("zombie.smp2.txt", "cpu.txt",
		   &(struct edit){ 246, "from=0", "from=77" });
	assert_int_equal(verify("cpu.txt", NULL), VERIFY_DIFFERS);
	put_edited("hotplug.smp2.txt", "cpu.txt",
		   &(struct edit){ 399, "cpu=1", "cpu=4294967296" });
	assert_int_equal(verify("cpu.txt", "cpu.txt:399: divergence"),
			 VERIFY_DIFFERS);
}

static void a_recording_may_be_of_4096_cpus(void **state)
{
	(void)state;
	write_file("many.txt",
		   " a-5 [4095] d..2. 1.0: sched_switch: "
		   "prev_comm=a prev_pid=5 prev_prio=1 prev_state=S "
		   "==> next_comm=b next_pid=6 next_prio=1\n");
	assert_int_equal(verify("many.txt", "adoptions 2\n"), VERIFY_AGREES);
}

static void nothing_to_follow_is_an_error(void **state)
{
	(void)state;
	write_file("empty.txt", "# tracer: nop\n#\n");
	assert_int_equal(verify("empty.txt", "empty.txt: no events"),
			 VERIFY_FAILED);
	assert_int_equal(verify("absent.txt", "absent.txt"), VERIFY_FAILED);
	assert_int_equal(verify(".", "."), VERIFY_FAILED);
}

/* --- lives that do not balance --------------------------------------------- */

static uint32_t seed;

static uint32_t any(uint32_t below)
{
	seed = seed * 1664525 + 1013904223;
	return (uint32_t)((uint64_t)(seed >> 4) * below >> 28);
}

/* Digits somewhere in the line become others. */
static void put_spoiled(FILE *f, const char *line)
{
	size_t length = strlen(line), at = any((uint32_t)length);

	while (at < length && (line[at] < '0' || line[at] > '9'))
		at++;
	if (at == length)
		fprintf(f, "%s\n", line);
	else
		fprintf(f, "%.*s%u%s\n", (int)at, line, any(3) ? any(10) : 0,
			line + at + 1);
}

static void put_shuffled(const char *name)
{
	FILE *f = fopen(name, "w");

	for (size_t i = 0; i < kept_lines; i++) {
		switch (any(60)) {
		case 0:
			break; /* lost */
		case 1:        /* twice */
			fprintf(f, "%s\n%s\n", kept[i], kept[i]);
			break;
		case 2: /* too early */
			fprintf(f, "%s\n",
				kept[i + any((uint32_t)(kept_lines - i))]);
			fprintf(f, "%s\n", kept[i]);
			break;
		case 3:
			put_spoiled(f, kept[i]);
			break;
		default:
			fprintf(f, "%s\n", kept[i]);
			break;
		}
	}
	assert_int_equal(fclose(f), 0);
}

static void shuffled_lives_differ_and_nothing_breaks(void **state)
{
	static const char *const names[] = {
		"zombie.smp2.txt",  "usemm.smp2.txt",   "holders.smp2.txt",
		"hotplug.smp2.txt", "threads.smp4.txt", "vfork.smp2.txt",
		"exec-6.1.smp2.txt"
	};
	unsigned rounds = getenv("AMM_LONG") ? 400 : 12;

	(void)state;
	for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
		keep(names[n]);
		for (unsigned i = 0; i < rounds; i++) {
			seed = (uint32_t)n * 1000 + i;
			put_shuffled("shuffled.txt");
			assert_int_not_equal(verify("shuffled.txt", NULL),
					     VERIFY_AGREES);
		}
		forget();
	}
}

static void a_recording_of_nothing_but_faults_is_given_up(void **state)
{
	FILE *f = fopen("faults.txt", "w");

	(void)state;
	fprintf(f, " a-1 [000] d..2. 1.0: sched_switch: prev_comm=a prev_pid=1 "
		   "prev_prio=1 prev_state=S ==> next_comm=b next_pid=2 "
		   "next_prio=1\n");
	for (int i = 0; i < 1100; i++)
		fprintf(f,
			" a-%d [000] d..2. 1.0: sched_switch: prev_comm=a "
			"prev_pid=%d prev_prio=1 prev_state=S ==> next_comm=b "
			"next_pid=%d next_prio=1\n",
			3 + i * 2, 3 + i * 2, 4 + i * 2);
	fclose(f);
	assert_int_equal(
		verify("faults.txt", "not a recording that can be followed"),
		VERIFY_FAILED);
}

static void memory_may_run_out_at_any_time(void **state)
{
	struct text out = { 0 };

	(void)state;
	for (uint64_t n = 1; n < 400; n++) {
		mem_fail_at(n, true);
		text_free(&out);
		verify_recording(recording("vfork.smp2.txt"), NULL, &out);
		mem_fail_at(0, false);
	}
	text_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(a_task_may_be_called_anything),
		SCRATCH_TEST(the_file_may_be_called_anything),
		SCRATCH_TEST(a_cut_gzip_file_is_an_error_with_its_line),
		SCRATCH_TEST(long_lines_are_an_error_with_their_number),
		SCRATCH_TEST(cpus_that_cannot_be_are_an_error),
		SCRATCH_TEST(a_recording_may_be_of_4096_cpus),
		SCRATCH_TEST(nothing_to_follow_is_an_error),
		SCRATCH_TEST(shuffled_lives_differ_and_nothing_breaks),
		SCRATCH_TEST(a_recording_of_nothing_but_faults_is_given_up),
		SCRATCH_TEST(memory_may_run_out_at_any_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
