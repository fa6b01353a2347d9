/*
 * bench_start.c - a whole process: start, one command, end
 *
 * usage: bench_start ACTIVEMM
 */
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

enum { ROUNDS = 400 };

extern char **environ;

static posix_spawn_file_actions_t quiet;

/* Nanoseconds from the start of the command @context to its end. */
static double process(void *context)
{
	char **argv = context;
	uint64_t start = bench_now();
	pid_t child;
	int status;

	bench_need(posix_spawnp(&child, argv[0], &quiet, NULL, argv, environ) ==
				   0 &&
			   waitpid(child, &status, 0) == child && status == 0,
		   argv[0]);
	return (double)(bench_now() - start);
}

int main(int argc, char **argv)
{
	char *ps[] = { argv[1], "--batch", "-c", "ps", NULL };
	char *lua[] = { "lua5.4", "-e", "", NULL };
	const struct side ours = { process, ps }, theirs = { process, lua };

	bench_need(argc == 2, "usage: bench_start ACTIVEMM");
	bench_pin();
	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null",
					 O_WRONLY, 0);
	bench_say("process, activemm --batch -c ps / lua5.4 -e ''",
		  bench_ratio(&ours, &theirs, ROUNDS), 1.5, 1.1);
	return bench_status();
}
