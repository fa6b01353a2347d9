/*
 * bench_switch.c - one context switch of the machine, with its events
 *
 * It goes through the one door of engine/step.h, as every program does: the
 * verb, then the statements to the end of the path.  The log is the caller's;
 * it is emptied when it is full.
 */
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "engine/drive.h"

enum {
	SWITCHES = 2000,
	PIPE_SWITCHES = 200,
	ROUNDS = 200,
	STATEMENTS_MAX = 64, /* of one switch */
	LOG_EVENTS = 16 * STEP_EVENTS_MAX,
	MANY_TASKS = 1000000,
	RUNNING = 64, /* tasks that take turns */
	MANY_CPUS = 4096,
};

struct machine {
	struct world *world;
	struct program *program;
	struct event_log log;
	task_id task[RUNNING]; /* in the order in which they run */
	uint32_t tasks;
	uint32_t next;
};

static void door(struct machine *m, const struct input *in)
{
	struct verdict v;

	if (m->log.capacity - m->log.count < 4 * STEP_EVENTS_MAX)
		m->log.count = 0;
	v = engine_input(m->world, m->program, in, &m->log, NULL);
	bench_need(v.why == REFUSED_NOT, "refused");
}

static void run_all(struct machine *m, uint32_t actor)
{
	struct input next;

	while (drive_next(m->world, m->program, actor, true, &next))
		door(m, &next);
}

static void boot(struct machine *m)
{
	struct input in;

	for (uint32_t i = 0; drive_boot(m->world, i, &in); i++) {
		door(m, &in);
		run_all(m, i);
	}
}

/* As many as run are spread evenly over all that there are. */
static void spawn(struct machine *m, uint32_t tasks)
{
	struct input in = { .kind = IN_VERB, .verb = VERB_spawn };
	uint32_t each = tasks < RUNNING ? 1 : tasks / RUNNING;

	name_pack(in.name, NAME_WORDS, "worker");
	for (uint32_t i = 0; i < tasks; i++) {
		if (i % each == 0 && m->tasks < RUNNING)
			m->task[m->tasks++] =
				slot_lowest_free(m->world, MAP_TASK);
		door(m, &in);
	}
}

static struct machine *machine_of(uint32_t cpus, uint32_t tasks)
{
	struct limits max = limits_class(cpus);
	struct machine *m = calloc(1, sizeof *m);

	max.tasks += tasks;
	max.mms += tasks;
	bench_need(m != NULL, "memory");
	m->program = malloc(sizeof *m->program);
	m->world = malloc(world_size(&max));
	m->log.capacity = LOG_EVENTS;
	m->log.events = malloc(LOG_EVENTS * sizeof *m->log.events);
	bench_need(m->program && m->world && m->log.events, "memory");
	program_link(m->program, profile_find("6.12"), NULL, 0);
	world_init(m->world, &max);
	boot(m);
	spawn(m, tasks);
	return m;
}

static void one_switch(struct machine *m)
{
	struct input in = { .kind = IN_VERB,
			    .verb = VERB_switch,
			    .arg = { m->task[m->next] } };

	door(m, &in);
	in = (struct input){ .kind = IN_STEP, .count = STATEMENTS_MAX };
	door(m, &in);
	m->next = m->next + 1 == m->tasks ? 0 : m->next + 1;
}

/* Nanoseconds of one switch from process to process. */
static double modelled(void *context)
{
	struct machine *m = context;
	uint64_t start = bench_now();

	for (int i = 0; i < SWITCHES; i++)
		one_switch(m);
	return (double)(bench_now() - start) / SWITCHES;
}

/* --- a real one ------------------------------------------------------------ */

struct pair {
	int to[2], from[2];
};

static void answer(const struct pair *p)
{
	char c;

	while (read(p->to[0], &c, 1) == 1)
		if (write(p->from[1], &c, 1) != 1)
			break;
	_exit(0);
}

/* Two processes on one CPU: each byte there and back is two switches. */
static double real(void *context)
{
	const struct pair *p = context;
	uint64_t start = bench_now();
	char c = 0;

	for (int i = 0; i < PIPE_SWITCHES / 2; i++)
		bench_need(write(p->to[1], &c, 1) == 1 &&
				   read(p->from[0], &c, 1) == 1,
			   "pipe");
	return (double)(bench_now() - start) / PIPE_SWITCHES;
}

static pid_t begin(struct pair *p)
{
	pid_t child;

	bench_need(pipe(p->to) == 0 && pipe(p->from) == 0, "pipe");
	child = fork();
	bench_need(child >= 0, "fork");
	if (child > 0)
		return child;
	close(p->to[1]);
	answer(p);
	return 0;
}

static void against_a_real_one(struct machine *m)
{
	struct pair p;
	pid_t child = begin(&p);
	const struct side ours = { modelled, m }, theirs = { real, &p };

	bench_say("switch with its events, modelled / real over a pipe",
		  bench_ratio(&ours, &theirs, ROUNDS), 1. / 30, 1. / 150);
	close(p.to[1]);
	waitpid(child, NULL, 0);
}

static double between(struct machine *big, struct machine *small)
{
	const struct side a = { modelled, big }, b = { modelled, small };

	return bench_ratio(&a, &b, ROUNDS);
}

int main(void)
{
	struct machine *few;

	bench_pin();
	few = machine_of(1, RUNNING);
	against_a_real_one(machine_of(1, 2));
	bench_say("switch among 64 tasks, of 10^6 / of 64",
		  between(machine_of(1, MANY_TASKS), few), 3, 1.5);
	bench_say("switch among 64 tasks, of 4096 CPUs / of 1",
		  between(machine_of(MANY_CPUS, RUNNING), few), 2, 1.2);
	return bench_status();
}
