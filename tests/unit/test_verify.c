/*
 * test_verify.c - the machine says what real kernels said
 *
 * tests/data/verified.txt says how much of each recording there is to agree
 * on; its numbers are those of other programs.
 */
#include "test.h"

#include "recordings.h"

#include <inttypes.h>

struct bar {
	char name[64], host[16];
	unsigned users, count, alive, counters, cpus, flushes;
};

static uint64_t missed(const struct score *s, enum measure m)
{
	return s->read[m] - s->right[m];
}

/* Nine in ten of the readings that there are. */
static void most_of(const struct score *s, enum measure m, uint64_t readings)
{
	assert_true(s->read[m] * 10 >= readings * 9);
}

static void meets_bar(const struct bar *b, const struct score *s)
{
	bool alone = strcmp(b->host, "one") == 0;

	assert_true(missed(s, MEASURE_users) <= b->users);
	assert_true(missed(s, MEASURE_count) <= b->count);
	assert_true(s->adoptions <= b->alive);
	most_of(s, MEASURE_users, b->counters);
	most_of(s, MEASURE_count, b->counters);
	most_of(s, MEASURE_active_mm, b->cpus);
	most_of(s, MEASURE_loaded_mm, b->cpus);
	most_of(s, MEASURE_is_lazy, b->cpus);
	most_of(s, MEASURE_mm_cpumask, b->flushes);
	most_of(s, MEASURE_flush, b->flushes);
	for (int m = 0; alone && m < MEASURES; m++)
		assert_int_equal(missed(s, (enum measure)m), 0);
	if (alone)
		assert_int_equal(s->divergences, 0);
}

static void verify_one(const struct bar *b)
{
	char file[128];
	struct score s = { 0 };

	snprintf(file, sizeof file, "traces/%s", b->name);
	print_message("%s\n", b->name);
	add_score(&s, test_data(file), NULL);
	meets_bar(b, &s);
}

static void every_recording_agrees_as_far_as_it_can(void **state)
{
	FILE *f = fopen(test_data("verified.txt"), "r");
	char line[256];
	unsigned recordings = 0;
	struct bar b;

	(void)state;
	assert_non_null(f);
	while (fgets(line, sizeof line, f)) {
		if (line[0] == '#')
			continue;
		assert_int_equal(sscanf(line, "%63s %15s %u %u %u %u %u %u",
					b.name, b.host, &b.users, &b.count,
					&b.alive, &b.counters, &b.cpus,
					&b.flushes),
				 8);
		verify_one(&b);
		recordings++;
	}
	fclose(f);
	assert_int_equal(recordings, 39);
}

/* 5030 counters, 8824 CPUs and 570 flushes: what another model has read. */
static void exact_recordings_have_all_their_readings(void **state)
{
	struct score s = { 0 };

	(void)state;
	for (int i = 0; i < EXACT; i++)
		add_score(&s, recording(exact[i]), NULL);
	most_of(&s, MEASURE_users, 5030);
	most_of(&s, MEASURE_count, 5030);
	most_of(&s, MEASURE_loaded_mm, 8824);
	most_of(&s, MEASURE_is_lazy, 8824);
	assert_int_equal(s.read[MEASURE_mm_cpumask], 570);
	assert_int_equal(s.read[MEASURE_flush], 570);
	assert_true(s.torn <= 6);
}

static void a_report_ends_with_totals(void **state)
{
	struct text out = { 0 };

	(void)state;
	assert_int_equal(
		verify_recording(recording("zombie.smp2.txt"), NULL, &out),
		VERIFY_AGREES);
	assert_string_equal(text_string(&out), "users 344/344\n"
					       "count 344/344\n"
					       "active_mm 974/974\n"
					       "loaded_mm 490/490\n"
					       "is_lazy 490/490\n"
					       "mm_cpumask 43/43\n"
					       "flush 43/43\n"
					       "adoptions 2\n"
					       "divergences 0\n");
	text_free(&out);
}

/* --- one changed number ------------------------------------------------- */

static void differs(const char *from, struct edit e, const char *difference)
{
	struct text out = { 0 };

	put_edited(from, "changed.txt", &e);
	assert_int_equal(verify_recording("changed.txt", NULL, &out),
			 VERIFY_DIFFERS);
	if (!strstr(text_string(&out), difference))
		fail_msg("no \"%s\" in\n%s", difference, text_string(&out));
	text_free(&out);
}

#define ZOMBIE "zombie.smp2.txt"

static void a_changed_counter_shows(void **state)
{
	(void)state;
	differs(ZOMBIE, (struct edit){ 239, "u=1", "u=2" },
		"changed.txt:239: mm3 (0xff1100000405a680) users: "
		"expected 1, recorded 2\n");
	differs(ZOMBIE, (struct edit){ 241, "c=3", "c=2" },
		"changed.txt:241: mm3 (0xff1100000405a680) count: "
		"expected 3, recorded 2\n");
	differs(ZOMBIE, (struct edit){ 226, "ac=3", "ac=2" },
		"changed.txt:226: mm3 (0xff1100000405a680) count: "
		"expected 3, recorded 2\n");
	differs(ZOMBIE, (struct edit){ 237, "au=1", "au=0" },
		"changed.txt:237: mm3 (0xff1100000405a680) users: ");
	differs(ZOMBIE, (struct edit){ 231, "dc=3", "dc=4" },
		"changed.txt:231: mm3 (0xff1100000405a680) count: "
		"expected 3, recorded 4\n");
	differs(ZOMBIE, (struct edit){ 160, "c=1", "c=2" },
		"changed.txt:160: ");
	differs("threads.smp4.txt", (struct edit){ 1049, "ac=4", "ac=3" },
		"changed.txt:1049: ");
	differs("threads.smp4.txt", (struct edit){ 1030, "c=5", "c=4" },
		"changed.txt:1030: ");
}

/* Lines of records with the counters of an mm that is there, one digit each. */
static bool has_count(const char *line)
{
	const char *at = strstr(line, " mm=0xff");

	at = at ? strstr(at, " u=") : NULL;
	return at && at[4] == ' ' && at[5] == 'c' && at[8] == ' ';
}

static void any_changed_count_shows(void **state)
{
	struct lines *l = lines_open(recording(ZOMBIE), &why);
	static unsigned at[1000];
	unsigned found = 0;
	char *line;
	size_t length;

	(void)state;
	while (lines_next(l, &line, &length) == LINES_OK)
		if (lines_number(l) >= 160 && has_count(line))
			at[found++] = (unsigned)lines_number(l);
	lines_close(l);
	assert_true(found > 40);
	for (unsigned i = 0; i < found; i++) {
		char where[32];

		snprintf(where, sizeof where, "changed.txt:%u: ", at[i]);
		differs(ZOMBIE, (struct edit){ at[i], " c=", " c=1" }, where);
	}
}

static void a_changed_cpu_shows(void **state)
{
	(void)state;
	differs(ZOMBIE, (struct edit){ 239, "z0=0", "z0=1" },
		"changed.txt:239: cpu0 is_lazy: expected 0, recorded 1\n");
	differs(ZOMBIE, (struct edit){ 239, "z1=1", "z1=0" },
		"changed.txt:239: cpu1 is_lazy: expected 1, recorded 0\n");
	differs(ZOMBIE,
		(struct edit){ 239, "l1=0xff1100000405a680",
			       "l1=0xffffffff82d69140" },
		"changed.txt:239: cpu1 loaded_mm: expected mm3 "
		"(0xff1100000405a680), recorded init_mm\n");
	differs(ZOMBIE,
		(struct edit){ 239, "a1=0xff1100000405a680",
			       "a1=0xff11000004058000" },
		"cpu1 active_mm: expected mm3 (0xff1100000405a680), recorded "
		"mm2 (0xff11000004058000)\n");
	differs(ZOMBIE,
		(struct edit){ 239, "m0=0xff1100000405a680",
			       "m0=0xff11000004058000" },
		"changed.txt:239: divergence: ");
	differs(ZOMBIE, (struct edit){ 239, "p0=168", "p0=167" },
		"changed.txt:239: divergence: ");
	differs(ZOMBIE, (struct edit){ 239, "p1=0", "p1=18" }, "divergence: ");
}

static void a_changed_flush_shows(void **state)
{
	(void)state;
	differs(ZOMBIE, (struct edit){ 243, "cpus=0x3", "cpus=0x1" },
		"changed.txt:243: mm3 (0xff1100000405a680) mm_cpumask: "
		"expected 0x3, recorded 0x1\n");
	differs(ZOMBIE, (struct edit){ 243, "gen=3", "gen=2" },
		"changed.txt:243: divergence: 0xff1100000405a680 has tlb_gen "
		"2, not 3\n");
	differs(ZOMBIE, (struct edit){ 244, "cpus=0x3", "cpus=0x1" },
		"changed.txt:244: divergence: ");
	differs(ZOMBIE, (struct edit){ 249, "gen=4", "gen=5" },
		"changed.txt:249: divergence: ");
	differs(ZOMBIE, (struct edit){ 249, "flush_func", NULL },
		"changed.txt:243: mm3 (0xff1100000405a680) flush: "
		"expected 0x3, recorded 0x1\n");
}

static void a_missing_or_strange_record_shows(void **state)
{
	(void)state;
	differs(ZOMBIE, (struct edit){ 240, "enter_lazy", NULL },
		"changed.txt:241: ");
	differs(ZOMBIE, (struct edit){ 242, "exit_mmap", NULL },
		"changed.txt:251: divergence: cpu0 cannot be at mmput_ret");
	differs(ZOMBIE, (struct edit){ 359, "free", NULL }, "changed.txt:");
	differs(ZOMBIE,
		(struct edit){ 258, "drop=0xff1100000405a680",
			       "drop=0xff11000004058000" },
		"changed.txt:258: divergence: cpu0 drops ");
	differs(ZOMBIE, (struct edit){ 226, "prev=168", "prev=167" },
		"changed.txt:226: divergence: cpu1 goes from pid 167 ");
	differs(ZOMBIE,
		(struct edit){ 239, "mm=0xff1100000405a680",
			       "mm=0xff11000004058000" },
		"changed.txt:239: divergence: pid 168 has mm ");
	differs(ZOMBIE, (struct edit){ 241, "-168", "-169" },
		"changed.txt:241: divergence: pid 169 is not running ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(every_recording_agrees_as_far_as_it_can),
		SCRATCH_TEST(exact_recordings_have_all_their_readings),
		SCRATCH_TEST(a_report_ends_with_totals),
		SCRATCH_TEST(a_changed_counter_shows),
		SCRATCH_TEST(any_changed_count_shows),
		SCRATCH_TEST(a_changed_cpu_shows),
		SCRATCH_TEST(a_changed_flush_shows),
		SCRATCH_TEST(a_missing_or_strange_record_shows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
