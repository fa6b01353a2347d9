/*
 * run-vectors - conformance vectors against mmu/
 *
 *	run-vectors FILE...	plain or gzip; "-v" tells each line that passes
 *
 * V lines are one access each, S blocks are sequences: tests/mmu/README.md
 * says what the fields are.  A failure is told with file, line, what was
 * expected and what was got; the last line is "N passed, M failed".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lines.h"
#include "base/mem.h"
#include "mmu/mmu.h"
#include "mmu/ram.h"

enum { WORDS_MAX = 16 };

struct run {
	const char *file;
	struct lines *lines;
	struct mmu mmu;
	struct mmu_limits limits;
	unsigned long passed, failed;
	bool in_sequence, broken; /* this sequence failed already */
};

static void failed(struct run *r, const char *expected, const char *got)
{
	printf("%s:%llu: expected %s, got %s\n", r->file,
	       (unsigned long long)lines_number(r->lines), expected, got);
	if (r->in_sequence)
		r->broken = true;
	else
		r->failed++;
}

/* --- fields: "name=value" with blanks between --------------------------------- */

/* The n-th field of that name; NULL when there is none. */
static const char *field_nth(const char *line, const char *name, unsigned n)
{
	size_t length = strlen(name);

	for (const char *at = line; (at = strchr(at, ' ')) != NULL;) {
		at++;
		if (strncmp(at, name, length) == 0 && at[length] == '=' &&
		    n-- == 0)
			return at + length + 1;
	}
	return NULL;
}

static const char *field(const char *line, const char *name)
{
	const char *value = field_nth(line, name, 0);

	return value ? value : "";
}

static uint64_t hex(const char *line, const char *name)
{
	return strtoull(field(line, name), NULL, 16);
}

static uint64_t decimal(const char *line, const char *name)
{
	return strtoull(field(line, name), NULL, 10);
}

static bool is(const char *line, const char *name, const char *value)
{
	const char *at = field(line, name);
	size_t length = strlen(value);

	return strncmp(at, value, length) == 0 &&
	       (at[length] == ' ' || at[length] == '\0');
}

/* --- the machine ---------------------------------------------------------------- */

static void start(struct run *r, const char *line)
{
	r->limits.maxphyaddr = (uint32_t)decimal(line, "mpa");
	mmu_init(&r->mmu, &r->limits);
}

static struct mmu_request request(const char *line)
{
	static const char kinds[] = "RWXM";
	const char *kind = strchr(kinds, *field(line, "acc"));

	return (struct mmu_request){
		.la = hex(line, "la"),
		.kind = (uint8_t)(kind ? kind - kinds : 0),
		.cpl = (uint8_t)decimal(line, "cpl"),
		.ac = decimal(line, "ac") != 0,
		.stack = is(line, "seg", "S"),
	};
}

/* --- one access -------------------------------------------------------------------- */

static void set_registers(struct run *r, const char *line)
{
	struct mmu_regs *regs = (struct mmu_regs *)mmu_cpu_words(&r->mmu, 0);

	regs->cr0 = hex(line, "cr0");
	regs->cr3 = hex(line, "cr3");
	regs->cr4 = hex(line, "cr4");
	regs->efer = hex(line, "efer");
	regs->pkru = hex(line, "pkru");
}

/* "L:PA:VAL" or "VAL:MAY": the numbers between colons. */
static uint64_t part(const char *value, unsigned n)
{
	while (n--)
		value = strchr(value, ':') + 1;
	return strtoull(value, NULL, 16);
}

static void result_text(const struct mmu_result *x, uint64_t cr2, char *out,
			size_t size)
{
	static const char *const names[] = { "ok", "pf", "gp", "ss", "ud" };

	if (x->end == MMU_OK)
		snprintf(out, size, "ok pa=%llx size=%llx",
			 (unsigned long long)x->pa,
			 1ull << page_shift(x->size));
	else if (x->end == MMU_PF)
		snprintf(out, size, "pf ec=%x cr2=%llx", x->error,
			 (unsigned long long)cr2);
	else
		snprintf(out, size, "%s ec=%x", names[x->end], x->error);
}

/* From "out=" on, as many bytes as @got has: what the vector says. */
static bool result_is(const char *line, const char *got)
{
	const char *wanted = field(line, "out");
	size_t n = strlen(got);

	return strncmp(wanted, got, n) == 0 && wanted[n] == ' ';
}

static bool memory_is(struct run *r, const char *line)
{
	unsigned n = (unsigned)decimal(line, "n");
	char wanted[64], found[64];

	for (unsigned i = 0; i < n; i++) {
		const char *after = field_nth(line, "a", i);
		uint64_t pa = part(field_nth(line, "m", i), 1);
		uint64_t got = ram_read64(&r->mmu, pa);

		if (((got ^ part(after, 0)) & ~part(after, 1)) == 0)
			continue;
		snprintf(wanted, sizeof wanted, "%llx: %llx",
			 (unsigned long long)pa,
			 (unsigned long long)part(after, 0));
		snprintf(found, sizeof found, "%llx", (unsigned long long)got);
		failed(r, wanted, found);
		return false;
	}
	return true;
}

static void one_access(struct run *r, const char *line)
{
	struct mmu_request q = request(line);
	struct mmu_result x, peeked;
	char got[64], seen[64], wanted[64];
	unsigned n = (unsigned)decimal(line, "n");

	start(r, line);
	set_registers(r, line);
	for (unsigned i = 0; i < n; i++) {
		const char *word = field_nth(line, "m", i);

		ram_write64(&r->mmu, part(word, 1), part(word, 2));
	}
	peeked = mmu_peek(&r->mmu, 0, &q, NULL);
	x = mmu_access(&r->mmu, 0, &q);
	result_text(&x, mmu_regs(&r->mmu, 0)->cr2, got, sizeof got);
	result_text(&peeked, q.la, seen, sizeof seen);
	snprintf(wanted, sizeof wanted, "%.60s", field(line, "out"));
	if (!result_is(line, got))
		failed(r, wanted, got);
	else if (strcmp(seen, got) != 0)
		failed(r, got, seen);
	else if (memory_is(r, line))
		r->passed++;
}

/* --- sequences -------------------------------------------------------------------- */

/* Is @got one of the values with commas between? */
static bool one_of(const char *line, const char *got)
{
	size_t n = strlen(got);

	for (const char *at = field(line, "exp"); *at && *at != ' ';) {
		size_t length = strcspn(at, ", ");

		if (length == n && strncmp(at, got, n) == 0)
			return true;
		at += length + (at[length] == ',');
	}
	return false;
}

static void expect(struct run *r, const char *line, const char *got)
{
	char wanted[128];

	if (one_of(line, got))
		return;
	snprintf(wanted, sizeof wanted, "%.120s", field(line, "exp"));
	failed(r, wanted, got);
}

static void expect_end(struct run *r, const char *line, enum mmu_end end)
{
	static const char *const names[] = { "ok", "pf", "gp", "ss", "ud" };

	expect(r, line, names[end]);
}

static void move_to_register(struct run *r, const char *line)
{
	static const char *const names[] = { "cr0", "cr3", "cr4", "efer" };
	uint64_t value = hex(line, "val");
	enum mmu_end end = MMU_UD;

	if (is(line, "reg", "pkru"))
		end = mmu_wrpkru(&r->mmu, 0, (uint32_t)decimal(line, "ecx"),
				 value);
	for (unsigned i = 0; i < 4; i++)
		if (is(line, "reg", names[i]))
			end = mmu_write_register(
				&r->mmu, 0, (enum mmu_register)i, value,
				(unsigned)decimal(line, "cpl"));
	expect_end(r, line, end);
}

static void access_in_sequence(struct run *r, const char *line)
{
	struct mmu_request q = request(line);
	struct mmu_result x = mmu_access(&r->mmu, 0, &q);
	char got[64];

	if (x.end == MMU_PF)
		snprintf(got, sizeof got, "pf:%x", x.error);
	else if (x.end == MMU_OK && q.kind == ACCESS_READ)
		snprintf(got, sizeof got, "ok:%llx", (unsigned long long)x.pa);
	else
		snprintf(got, sizeof got, "%s", x.end == MMU_OK ? "ok" : "gp");
	expect(r, line, got);
	if (x.end == MMU_PF && mmu_regs(&r->mmu, 0)->cr2 != q.la)
		failed(r, "CR2 = la", "another CR2");
}

static void word_in_sequence(struct run *r, const char *line)
{
	char got[32];

	snprintf(got, sizeof got, "%llx",
		 (unsigned long long)ram_read64(&r->mmu, hex(line, "pa")));
	expect(r, line, got);
}

static void begin_sequence(struct run *r, const char *line)
{
	struct mmu_regs *regs;

	start(r, line);
	regs = (struct mmu_regs *)mmu_cpu_words(&r->mmu, 0);
	regs->cr0 = 0x80010013;
	regs->efer = 0xd00;
	regs->cr4 = 0x620 | (decimal(line, "lv") == 5 ? CR4_LA57 : 0);
	r->in_sequence = true;
	r->broken = false;
}

static void end_sequence(struct run *r)
{
	r->in_sequence = false;
	if (r->broken)
		r->failed++;
	else
		r->passed++;
}

static void one_line(struct run *r, const char *line)
{
	unsigned cpl = (unsigned)decimal(line, "cpl");
	uint64_t la = hex(line, "la");

	switch (line[0]) {
	case 'V':
		one_access(r, line);
		break;
	case 'S':
		begin_sequence(r, line);
		break;
	case 'M':
		ram_write64(&r->mmu, hex(line, "pa"), hex(line, "val"));
		break;
	case 'C':
		move_to_register(r, line);
		break;
	case 'I':
		expect_end(r, line, mmu_invlpg(&r->mmu, 0, la, cpl));
		break;
	case 'P':
		expect_end(r, line,
			   mmu_invpcid(&r->mmu, 0, decimal(line, "type"),
				       hex(line, "pcid"), la, cpl));
		break;
	case 'A':
		access_in_sequence(r, line);
		break;
	case 'D':
		word_in_sequence(r, line);
		break;
	case 'E':
		end_sequence(r);
		break;
	default:
		failed(r, "V, S, M, C, I, P, A, D or E", line);
	}
}

/* --- files ------------------------------------------------------------------------ */

static bool run_file(struct run *r, const char *name)
{
	struct text why = { 0 };
	enum lines_result got;
	char *line;
	size_t length;

	r->file = name;
	r->lines = lines_open(name, &why);
	if (!r->lines) {
		fprintf(stderr, "run-vectors: %s\n", text_string(&why));
		text_free(&why);
		return false;
	}
	while ((got = lines_next(r->lines, &line, &length)) == LINES_OK)
		if (length && line[0] != '#')
			one_line(r, line);
	if (got != LINES_END) {
		lines_complain(r->lines, &why);
		fprintf(stderr, "run-vectors: %s\n", text_string(&why));
		text_free(&why);
	}
	lines_close(r->lines);
	return got == LINES_END;
}

int main(int argc, char **argv)
{
	struct run r = { .limits = mmu_limits_class(1) };
	bool ok = argc > 1;

	r.mmu.words = am_alloc(mmu_words(&r.limits) * 8);
	for (int i = 1; i < argc && r.mmu.words; i++)
		ok = run_file(&r, argv[i]) && ok;
	am_free(r.mmu.words);
	printf("%lu passed, %lu failed\n", r.passed, r.failed);
	return ok && r.failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
