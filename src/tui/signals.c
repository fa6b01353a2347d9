/*
 * signals.c - signals while the full screen is up
 */
#include "tui/signals.h"

#include <poll.h>
#include <signal.h>
#include <string.h>

#include "base/sys.h"

/* Those that are noted. */
static const int noted[] = {
	SIGINT, SIGTSTP, SIGWINCH, SIGCONT, SIGTERM, SIGHUP
};
static const int crashes[] = { SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL };

enum {
	NOTED = sizeof noted / sizeof *noted,
	CRASHES = sizeof crashes / sizeof *crashes,
	STACK_BYTES = 64 << 10,
	RESTORE_BYTES = 256
};

static volatile sig_atomic_t has_resized, has_stopped, has_continued, ending;
static struct amm *listener;
static struct sigaction noted_before[NOTED], crash_before[CRASHES];
static sigset_t noted_set, mask_before;

/* For a crash. */
static struct {
	int in, out;
	struct termios tty;
	char restore[RESTORE_BYTES];
	size_t length;
} guard;
static char crash_stack[STACK_BYTES];

static void note(int signal_number)
{
	switch (signal_number) {
	case SIGWINCH:
		has_resized = 1;
		break;
	case SIGTSTP:
		has_stopped = 1;
		break;
	case SIGCONT:
		has_continued = 1;
		break;
	case SIGINT:
		amm_interrupt(listener);
		break;
	default:
		ending = signal_number;
		amm_interrupt(listener);
	}
}

/* Whoever would have had it before gets it next. */
static void crash(int signal_number)
{
	sys_write_all(guard.out, guard.restore, guard.length, SYS_PRINT);
	tcsetattr(guard.in, TCSANOW, &guard.tty);
	for (int i = 0; i < CRASHES; i++)
		sigaction(crashes[i], &crash_before[i], NULL);
	raise(signal_number);
}

void signals_guard(int in, int out, const struct termios *tty,
		   const char *restore)
{
	const stack_t stack = { .ss_sp = crash_stack, .ss_size = STACK_BYTES };
	struct sigaction sa = { .sa_handler = crash, .sa_flags = SA_ONSTACK };

	guard.in = in;
	guard.out = out;
	guard.tty = *tty;
	guard.length = strlen(restore);
	if (guard.length > RESTORE_BYTES)
		guard.length = RESTORE_BYTES;
	memcpy(guard.restore, restore, guard.length);
	sigemptyset(&sa.sa_mask);
	sigaltstack(&stack, NULL);
	for (int i = 0; i < CRASHES; i++)
		sigaction(crashes[i], &sa, &crash_before[i]);
}

static void unguard(void)
{
	if (guard.length == 0)
		return;
	guard.length = 0;
	for (int i = 0; i < CRASHES; i++)
		sigaction(crashes[i], &crash_before[i], NULL);
}

void signals_start(struct amm *a)
{
	struct sigaction sa = { .sa_handler = note };

	listener = a;
	has_resized = has_stopped = has_continued = ending = 0;
	sigemptyset(&noted_set);
	for (int i = 0; i < NOTED; i++)
		sigaddset(&noted_set, noted[i]);
	sigprocmask(SIG_BLOCK, &noted_set, &mask_before);
	sigemptyset(&sa.sa_mask);
	for (int i = 0; i < NOTED; i++) {
		sigaction(noted[i], &sa, &noted_before[i]);
		if (noted_before[i].sa_handler == SIG_IGN) /* as nohup wants */
			sigaction(noted[i], &noted_before[i], NULL);
	}
}

void signals_end(void)
{
	unguard();
	for (int i = 0; i < NOTED; i++)
		sigaction(noted[i], &noted_before[i], NULL);
	sigprocmask(SIG_SETMASK, &mask_before, NULL);
}

void signals_run(bool running)
{
	sigprocmask(running ? SIG_UNBLOCK : SIG_BLOCK, &noted_set, NULL);
}

bool signals_wait(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return ppoll(&p, 1, NULL, &mask_before) > 0;
}

static bool take(volatile sig_atomic_t *what)
{
	bool was = *what != 0;

	*what = 0;
	return was;
}

bool signals_resized(void)
{
	return take(&has_resized);
}

bool signals_stopped(void)
{
	return take(&has_stopped);
}

bool signals_continued(void)
{
	return take(&has_continued);
}

int signals_ending(void)
{
	return ending;
}

/* Sends ourselves @signal with what it does by default, right now. */
static void take_default(int signal_number)
{
	struct sigaction sa = { .sa_handler = SIG_DFL }, before;
	sigset_t one, mask;

	sigemptyset(&one);
	sigaddset(&one, signal_number);
	sigaction(signal_number, &sa, &before);
	raise(signal_number);
	sigprocmask(SIG_UNBLOCK, &one, &mask);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	sigaction(signal_number, &before, NULL);
}

void signals_suspend(void)
{
	take_default(SIGTSTP);
	has_resized = 1; /* the window may be another one now */
}

void signals_die(int signal_number)
{
	take_default(signal_number);
}
