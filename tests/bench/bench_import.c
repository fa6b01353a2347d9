/*
 * bench_import.c - `import trace` of 10^6 lines of sched_switch: time, memory
 *
 * usage: bench_import ACTIVEMM
 *
 * The file is made here: four CPUs, 200 processes and the idle tasks, as
 * `trace` of tracefs would show them.  Time is that of the processor (user and
 * system), so neighbours on the machine do not count; memory is the largest
 * resident size of the whole process.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

enum { LINES = 1000000, CPUS = 4, TASKS = 200, ROUNDS = 7 };
enum { EVENTS_KEPT = 1 << 20, EVENT_BYTES = 32 };

extern char **environ;

/* --- the recording ----------------------------------------------------------- */

static uint32_t drawn = 1;

static uint32_t draw(uint32_t below)
{
	drawn = drawn * 1664525 + 1013904223;
	return (drawn >> 8) % below;
}

/* Who runs where; 0 is the idle task. */
static uint32_t runs[CPUS];

static bool is_busy(uint32_t task)
{
	for (int c = 0; c < CPUS; c++)
		if (runs[c] == task)
			return true;
	return false;
}

static uint32_t pick(uint32_t prev)
{
	uint32_t next;

	if (prev && draw(5) < 2)
		return 0;
	do
		next = 1 + draw(TASKS);
	while (is_busy(next));
	return next;
}

enum { NAME = 24 };

static void name(char out[NAME], uint32_t task, uint32_t cpu)
{
	if (task)
		snprintf(out, NAME, "worker-%u", task);
	else
		snprintf(out, NAME, "swapper/%u", cpu);
}

static void line(FILE *f, uint32_t number)
{
	static const char *const states[] = { "S", "S", "S", "R+", "D" };
	uint32_t cpu = draw(CPUS), prev = runs[cpu], next = pick(prev);
	char from[NAME], to[NAME];

	name(from, prev, cpu);
	name(to, next, cpu);
	fprintf(f,
		"%16s-%-7u [%03u] d..2. %5u.%06u: sched_switch: prev_comm=%s "
		"prev_pid=%u prev_prio=120 prev_state=%s ==> next_comm=%s "
		"next_pid=%u next_prio=120\n",
		prev ? from : "<idle>", prev ? 1000 + prev : 0, cpu,
		number / 100000, number % 100000 * 10, from,
		prev ? 1000 + prev : 0, prev ? states[draw(5)] : "R", to,
		next ? 1000 + next : 0);
	runs[cpu] = next;
}

static void make(char *path)
{
	int fd = mkstemp(path);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "w");

	bench_need(f != NULL, path);
	fputs("# tracer: nop\n#\n", f);
	for (uint32_t i = 0; i < LINES; i++)
		line(f, i);
	bench_need(fclose(f) == 0, path);
}

/* --- who reads it -------------------------------------------------------------- */

struct command {
	char **argv;
	long kilobytes; /* the largest resident size of all runs */
};

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double run(void *context)
{
	struct command *c = context;
	posix_spawn_file_actions_t quiet;
	struct rusage used;
	pid_t child;
	int status;

	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null",
					 O_WRONLY, 0);
	bench_need(posix_spawnp(&child, c->argv[0], &quiet, NULL, c->argv,
				environ) == 0 &&
			   wait4(child, &status, 0, &used) == child &&
			   status == 0,
		   c->argv[0]);
	posix_spawn_file_actions_destroy(&quiet);
	if (used.ru_maxrss > c->kilobytes)
		c->kilobytes = used.ru_maxrss;
	return seconds(used.ru_utime) + seconds(used.ru_stime);
}

int main(int argc, char **argv)
{
	char path[] = "/tmp/bench-import-XXXXXX", words[64];
	char *import[] = { argv[1], "--batch", "-c", words, NULL };
	char *mawk[] = { "mawk", "{n+=NF} END {print n}", path, NULL };
	struct command ours = { import, 0 }, theirs = { mawk, 0 };
	const struct side a = { run, &ours }, b = { run, &theirs };

	bench_need(argc == 2, "usage: bench_import ACTIVEMM");
	bench_pin();
	make(path);
	snprintf(words, sizeof words, "import trace %s", path);
	bench_say("import trace of 10^6 lines / mawk counting their fields",
		  bench_ratio(&a, &b, ROUNDS), 2, 1);
	bench_say("memory while importing / bytes of events kept",
		  (double)ours.kilobytes * 1024 /
			  ((double)EVENTS_KEPT * EVENT_BYTES),
		  1.5, 1.2);
	unlink(path);
	return bench_status();
}
