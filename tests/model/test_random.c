/*
 * test_random.c - 10^5 random commands over all profiles and 1 to 8 CPUs
 *
 * usage: test_random [SEED [COMMANDS]]
 *
 * A failure prints its seed and the inputs that lead there.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"

enum { EPISODE_COMMANDS = 250, SHOWN_INPUTS = 60 };

static const struct {
	const char *name;
	enum arch arch;
} profiles[] = {
	{ "6.12", ARCH_X86_64 },       { "6.1", ARCH_X86_64 },
	{ "6.12-shoot", ARCH_X86_64 }, { "6.18", ARCH_X86_64 },
	{ "6.18-shoot", ARCH_X86_64 }, { "4.14", ARCH_X86_64 },
	{ "2.6", ARCH_X86_64 },        { "2.4", ARCH_X86_64 },
	{ "2.2", ARCH_X86_64 },        { "6.12", ARCH_ALPHA },
	{ "2.4", ARCH_ALPHA },         { "2.2", ARCH_ALPHA },
};
enum { PROFILES = sizeof profiles / sizeof *profiles };

struct totals {
	uint64_t commands, accepted, in_between, compared, statements;
	uint64_t refused[REFUSALS];
	struct coverage coverage[PROFILES];
};

static const char *verb_name(uint8_t v)
{
	static const char *const names[] = {
#define VERB(id, path) #id,
#include "engine/verb.def"
#undef VERB
	};

	return names[v];
}

static void show_input(const struct episode *e, size_t i)
{
	const struct input *in = &e->input[i];
	char label[LABEL_WORDS * 4];

	name_unpack(label, in->name, LABEL_WORDS);
	if (in->kind == IN_STEP)
		printf("%zu: step actor %u\n", i, in->actor);
	else
		printf("%zu: cpu %u %s %u %u %s\n", i, in->actor,
		       verb_name(in->verb), in->arg[0], in->arg[1], label);
}

static void show_failure(const struct episode *e, uint32_t k, uint64_t seed)
{
	size_t from = e->inputs > SHOWN_INPUTS ? e->inputs - SHOWN_INPUTS : 0;

	printf("FAILED: kernel %s on %s, %u CPUs, seed %" PRIu64
	       ", input %zu: %s\n",
	       profiles[k].name, arch_name(profiles[k].arch), e->limits.cpus,
	       seed, e->inputs, e->fault);
	for (size_t i = from; i < e->inputs; i++)
		show_input(e, i);
}

static void add(struct totals *t, const struct episode *e)
{
	t->commands += e->commands;
	t->accepted += e->accepted;
	t->in_between += e->in_between;
	t->statements += e->statements;
	t->compared += e->watch.compared;
	for (int i = 0; i < REFUSALS; i++)
		t->refused[i] += e->refused_seen[i];
}

static const struct program *linked(uint32_t k)
{
	static struct program programs[PROFILES];

	if (!programs[k].flats)
		program_link(
			&programs[k],
			profile_find_for(profiles[k].name, profiles[k].arch),
			NULL, 0);
	return &programs[k];
}

/* An episode: profile, CPUs and dice all follow from @seed. */
static bool run_episode(struct totals *t, uint64_t seed)
{
	struct episode e = { 0 };
	uint32_t k = (uint32_t)(seed % PROFILES);
	uint32_t cpus = 1 + (uint32_t)(seed / PROFILES % 8);
	bool ok;

	e.coverage = &t->coverage[k];
	ok = episode_run(&e, linked(k), cpus, seed, EPISODE_COMMANDS);
	if (!ok)
		show_failure(&e, k, seed);
	add(t, &e);
	episode_free(&e);
	return ok;
}

/* How many ops of profile @k never ran (each inlined copy counts); says which. */
static uint32_t missed(const struct totals *t, uint32_t k, bool say)
{
	const struct program *p = linked(k);
	uint32_t n = 0;
	char text[128];
	int after;

	for (uint32_t i = 0; i < p->flats; i++) {
		const struct flat_op *op = &p->flat[i];
		enum path_id path = (enum path_id)op->path;

		if (op->code != FLAT_DO ||
		    t->coverage[k].ran[op->path][op->index])
			continue;
		n++;
		op_text(p, path, op->index, text, sizeof text, &after);
		if (say)
			printf("never ran in %s on %s: %s: %s\n",
			       profiles[k].name, arch_name(profiles[k].arch),
			       path_name(p, path), text);
	}
	return n;
}

static uint32_t missed_by_all(const struct totals *t, bool say)
{
	uint32_t n = 0;

	for (uint32_t k = 0; k < PROFILES; k++)
		n += missed(t, k, say);
	return n;
}

static bool enough(const struct totals *t)
{
	uint32_t n = missed_by_all(t, true);

	printf("commands %" PRIu64 ", accepted %" PRIu64
	       ", begun while another CPU is mid-path %" PRIu64
	       ", compared with the model at rest %" PRIu64
	       ", statements %" PRIu64 ", never run %u\n",
	       t->commands, t->accepted, t->in_between, t->compared,
	       t->statements, n);
	return t->accepted * 2 >= t->commands &&
	       t->in_between * 10 >= t->commands * 3 &&
	       t->compared * 10 >= t->commands && n == 0;
}

int main(int argc, char **argv)
{
	uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
	uint64_t commands = argc > 2 ? strtoull(argv[2], NULL, 10) : 100000;
	static struct totals t;

	if (getenv("AMM_LONG"))
		commands *= 20;
	printf("seed %" PRIu64 "\n", seed);
	/* The rarest statement may need some more. */
	for (; t.commands < commands ||
	       (t.commands < 8 * commands && missed_by_all(&t, false));
	     seed++)
		if (!run_episode(&t, seed))
			return 1;
	return enough(&t) ? 0 : 1;
}
