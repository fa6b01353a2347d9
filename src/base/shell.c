/*
 * shell.c - a command of the user's shell, fed with text
 */
#include "base/shell.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OUTPUT_BYTES = 16 << 20 };

struct pipes {
	int in[2], out[2];
};

static void close_both(const int fd[2])
{
	close(fd[0]);
	close(fd[1]);
}

static _Noreturn void child(const struct pipes *p, const char *command)
{
	dup2(p->in[0], STDIN_FILENO);
	dup2(p->out[1], STDOUT_FILENO);
	close_both(p->in);
	close_both(p->out);
	signal(SIGPIPE, SIG_DFL);
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

/* Feeds and reads at the same time, so that neither side waits for ever. */
static void exchange(int to, int from, const char *input, struct text *output)
{
	size_t left = strlen(input);
	char buffer[4096];

	for (;;) {
		struct pollfd fds[] = { { from, POLLIN, 0 },
					{ left ? to : -1, POLLOUT, 0 } };
		ssize_t n;

		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			break;
		if (fds[1].revents) {
			n = write(to, input, left < 4096 ? left : 4096);
			left = n > 0 ? left - (size_t)n : 0;
			input += n > 0 ? n : 0;
			if (left == 0)
				close(to);
		}
		if (!fds[0].revents)
			continue;
		n = read(from, buffer, sizeof buffer);
		if (n == 0 || (n < 0 && errno != EINTR))
			break;
		if (n > 0 && output->length < OUTPUT_BYTES)
			text_append(output, buffer, (size_t)n);
	}
	if (left)
		close(to);
	close(from);
}

static bool ended_well(pid_t pid, struct text *why)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	if (WIFEXITED(status))
		text_addf(why, "the command ended with status %d",
			  WEXITSTATUS(status));
	else
		text_add(why, "the command was ended by a signal");
	return false;
}

static bool failed(struct text *why)
{
	text_addf(why, "cannot run a command: %s", strerror(errno));
	return false;
}

bool shell_run(const char *command, const char *input, struct text *output,
	       struct text *why)
{
	struct pipes p;
	pid_t pid;

	if (pipe(p.in) < 0)
		return failed(why);
	if (pipe(p.out) < 0) {
		close_both(p.in);
		return failed(why);
	}
	pid = fork();
	if (pid == 0)
		child(&p, command);
	close(p.in[0]);
	close(p.out[1]);
	if (pid < 0) {
		close(p.in[1]);
		close(p.out[0]);
		return failed(why);
	}
	if (!*input)
		close(p.in[1]);
	exchange(p.in[1], p.out[0], input, output);
	return ended_well(pid, why);
}
