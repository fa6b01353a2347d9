/*
 * mutants.c - would the tests notice?
 *
 * usage: mutants SURVIVORS-FILE
 *
 * Each DO, CALL and RET of the 6.12 program is dropped and each IF turned
 * round, one at a time.  Over each of these wrong kernels run, in a process of
 * its own, the golden scenarios and random commands beside the naive model.
 * Those that nobody notices must be in the file, each with its reason.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../model/random.h"
#include "../unit/golden.h"

enum { EPISODES = 60, COMMANDS = 250, HANG_SECONDS = 60 };
enum { MUTANTS_MAX = 1000, REASON = 160 };

struct mutant {
	struct patch patch;
	bool noticed;
	char reason[REASON]; /* from the file */
	char text[100];
	const char *path;
};

static struct mutant mutants[MUTANTS_MAX];
static uint32_t count;

/* --- which ---------------------------------------------------------------- */

static void add_mutant(const struct program *p, enum path_id path, uint32_t i,
		       enum patch_kind kind)
{
	struct mutant *m = &mutants[count++];
	int after;

	m->patch = (struct patch){ (uint8_t)kind, (uint8_t)path, (uint8_t)i };
	m->path = path_name(p, path);
	op_text(p, path, i, m->text, sizeof m->text, &after);
}

static void list_mutants(const struct program *p)
{
	for (int path = 1; path < PATHS; path++) {
		const struct op *op = p->path[path] ? p->path[path]->ops : NULL;

		for (uint32_t i = 0; op && op[i].code != OP_END_OF_TABLE; i++)
			if (op[i].code == OP_IF)
				add_mutant(p, (enum path_id)path, i,
					   PATCH_NEGATE);
			else if (op[i].code == OP_DO || op[i].code == OP_CALL ||
				 op[i].code == OP_RET)
				add_mutant(p, (enum path_id)path, i,
					   PATCH_DROP);
	}
}

static const char *kind_name(const struct mutant *m)
{
	return m->patch.kind == PATCH_DROP ? "drop" : "negate";
}

/* "drop PATH NUMBER REASON": each line must name a mutant. */
static bool read_line(const char *line)
{
	char kind[8], path[40], reason[REASON];
	unsigned index;

	if (line[0] == '#' || line[0] == '\n')
		return true;
	if (sscanf(line, "%7s %39s %u %159[^\n]", kind, path, &index, reason) !=
	    4)
		return false;
	for (uint32_t i = 0; i < count; i++) {
		struct mutant *m = &mutants[i];

		if (m->patch.index == index && !strcmp(kind, kind_name(m)) &&
		    !strcmp(path, m->path)) {
			memcpy(m->reason, reason, sizeof reason);
			return true;
		}
	}
	return false;
}

static bool read_survivors(const char *name)
{
	FILE *f = fopen(name, "r");
	char line[256];
	bool ok = f != NULL;

	while (ok && fgets(line, sizeof line, f)) {
		ok = read_line(line);
		if (!ok)
			printf("%s: no such mutant, or no reason: %s", name,
			       line);
	}
	if (f)
		fclose(f);
	else
		perror(name);
	return ok;
}

/* --- noticed? ------------------------------------------------------------- */

static bool golden_notices(void)
{
	static const struct golden *const lists[] = { GOLDEN_LISTS };

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (_cmocka_run_group_tests(lists[i]->name, lists[i]->tests,
					    lists[i]->count, NULL, NULL))
			return true;
	return false;
}

static bool random_notices(const struct patch *patch)
{
	static struct program p;

	if (!program_link(&p, profile_find("6.12"), patch, patch != NULL))
		return true;
	for (uint32_t i = 0; i < EPISODES; i++) {
		struct episode e = { 0 };

		if (!episode_run(&e, &p, 1 + i % 6, i, COMMANDS))
			return true;
		episode_free(&e);
	}
	return false;
}

static bool notices(const struct patch *patch)
{
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		if (!freopen("/dev/null", "w", stdout) ||
		    !freopen("/dev/null", "w", stderr))
			_exit(1);
		alarm(HANG_SECONDS); /* a wrong kernel may hang */
		if (patch)
			machine_mutate(patch);
		_exit(golden_notices() || random_notices(patch));
	}
	if (child < 0 || waitpid(child, &status, 0) < 0) {
		perror("fork");
		exit(2);
	}
	return status != 0;
}

/* --- report --------------------------------------------------------------- */

static uint32_t report(void)
{
	uint32_t wrong = 0;

	for (uint32_t i = 0; i < count; i++) {
		const struct mutant *m = &mutants[i];
		bool listed = m->reason[0] != '\0';

		if (m->noticed && !listed)
			continue;
		printf("%-6s %s %u  %s\n         %s\n", kind_name(m), m->path,
		       m->patch.index, m->text,
		       m->noticed ? "WRONG: is noticed, but listed"
		       : listed   ? m->reason
				  : "WRONG: survives, and is not listed");
		wrong += m->noticed == listed;
	}
	return wrong;
}

int main(int argc, char **argv)
{
	static struct program p;
	uint32_t noticed = 0, wrong;

	setvbuf(stdout, NULL, _IOLBF, 0);
	program_link(&p, profile_find("6.12"), NULL, 0);
	list_mutants(&p);
	if (argc != 2 || !read_survivors(argv[1]))
		return 2;
	if (notices(NULL)) {
		printf("the tests fail without any mutant\n");
		return 2;
	}
	for (uint32_t i = 0; i < count; i++) {
		mutants[i].noticed = notices(&mutants[i].patch);
		noticed += mutants[i].noticed;
	}
	wrong = report();
	printf("%u of %u mutants noticed (%.1f %%)\n", noticed, count,
	       100.0 * noticed / count);
	return wrong || noticed * 100 < count * 95;
}
