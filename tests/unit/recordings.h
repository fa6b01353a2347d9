/*
 * recordings.h - the recordings of tests/data/traces, as they are or changed
 */
#ifndef UNIT_RECORDINGS_H
#define UNIT_RECORDINGS_H

#include "scratch.h"

#include "base/lines.h"
#include "trace/verify.h"

/* The distinct ones of a machine that ran one CPU at a time, without PCID. */
static const char *const exact[] = {
	"borrow.smp2.txt",     "churn-seed1.smp4.txt", "exec-6.1.smp2.txt",
	"exec.smp2.txt",       "holders.smp2.txt",     "hotplug.smp2.txt",
	"threads.smp2.txt",    "threads.smp4.txt",     "tlb-6.1.smp2.txt",
	"tlb.smp2.txt",        "usemm.smp2.txt",       "vfork.smp2.txt",
	"zombie-6.1.smp2.txt", "zombie-b.smp2.txt",    "zombie.smp2.txt",
};
enum { EXACT = sizeof exact / sizeof *exact };

static inline const char *test_data(const char *name)
{
	static struct text path;
	static char shown[PATH_MAX];
	const char *top = getenv("top_srcdir");

	text_addf(&path, "%s/tests/data/%s", top ? top : scratch_before, name);
	assert_true(path.length < sizeof shown);
	memcpy(shown, text_string(&path), path.length + 1);
	text_free(&path);
	return shown;
}

/* A recording by its name without .gz. */
static inline const char *recording(const char *name)
{
	char packed[256];

	snprintf(packed, sizeof packed, "traces/%s", name);
	if (access(test_data(packed), R_OK) == 0)
		return test_data(packed);
	snprintf(packed, sizeof packed, "traces/%s.gz", name);
	return test_data(packed);
}

/* One change: in line @line the first @from becomes @to; @to NULL: no line. */
struct edit {
	unsigned line;
	const char *from, *to;
};

/* The lines of a recording, plain, with a change, in file @name. */
static inline void put_edited(const char *from, const char *name,
			      const struct edit *e)
{
	struct lines *l = lines_open(recording(from), &why);
	FILE *out = fopen(name, "w");
	char *line, *at;
	size_t length;

	assert_non_null(l);
	assert_non_null(out);
	while (lines_next(l, &line, &length) == LINES_OK) {
		if (lines_number(l) != e->line) {
			fprintf(out, "%s\n", line);
			continue;
		}
		at = strstr(line, e->from);
		if (!at)
			fail_msg("line %u has no %s", e->line, e->from);
		if (e->to)
			fprintf(out, "%.*s%s%s\n", (int)(at - line), line,
				e->to, at + strlen(e->from));
	}
	lines_close(l);
	assert_int_equal(fclose(out), 0);
}

/* Adds what verifying @path gives; fails the test when it cannot be followed. */
static inline void add_score(struct score *sum, const char *path,
			     const struct program *program)
{
	struct score s;

	if (!verify_score(path, program, &s, &why))
		fail_msg("%s: %s", path, text_string(&why));
	for (int m = 0; m < MEASURES; m++) {
		sum->read[m] += s.read[m];
		sum->right[m] += s.right[m];
	}
	sum->adoptions += s.adoptions;
	sum->divergences += s.divergences;
	sum->torn += s.torn;
	sum->remote += s.remote;
	text_free(&s.differences);
}

#endif
