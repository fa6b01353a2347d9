/*
 * test_crash.c - kill -9 at any moment loses at most the command in flight
 *
 * The program runs with commands queued on its input and is killed after a
 * random number of bytes of its answers.  What it had answered by then must
 * be there after --resume, and at most one command more.
 */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#include "base/mem.h"
#include "chatter.h"
#include "conversation.h"

enum { LINES = 50, LINE_BYTES = 128, KILLS = 200, ANSWER_BYTES = 1 << 20 };

static char program[PATH_MAX]; /* found before the tests go elsewhere */
static char lines[LINES][LINE_BYTES];
static char answers[ANSWER_BYTES], seen[3][ANSWER_BYTES];

/* What a session is asked, to be compared with another. */
static const char *const questions[] = { "save seen.amm", "info breakpoints",
					 "info display", "alias", "show" };
enum { QUESTIONS = sizeof questions / sizeof *questions };

struct child {
	pid_t pid;
	int in, out;
};

static void start(struct child *c, char *const argv[])
{
	int in[2], out[2];

	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(out), 0);
	/* A small pipe: it cannot run far ahead of who reads. */
	assert_true(fcntl(out[1], F_SETPIPE_SZ, 4096) >= 0);
	c->pid = fork();
	assert_true(c->pid >= 0);
	if (c->pid == 0) {
		int null = open("/dev/null", O_WRONLY);

		dup2(in[0], 0);
		dup2(out[1], 1);
		dup2(null, 2);
		close(in[1]);
		close(out[0]);
		execv(program, argv);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	c->in = in[1];
	c->out = out[0];
}

static void put(const struct child *c, const char *line)
{
	size_t n = strlen(line);

	assert_int_equal(write(c->in, line, n), n);
	assert_int_equal(write(c->in, "\n", 1), 1);
}

/* Reads until there are @bytes of answers, or @lines of them, or no more. */
static size_t listen_to(const struct child *c, size_t had, size_t bytes,
			unsigned count)
{
	while (had < bytes && had < ANSWER_BYTES - 1) {
		ssize_t n = read(c->out, answers + had, ANSWER_BYTES - 1 - had);
		unsigned heard = 0;

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		had += (size_t)n;
		answers[had] = '\0';
		for (size_t i = 0; i < had; i++)
			heard += answers[i] == '\n';
		if (heard >= count)
			break;
	}
	answers[had] = '\0';
	return had;
}

/* A damaged journal is told of first, so lines are not counted. */
static void hear(const struct child *c, const char *wanted)
{
	size_t had = 0, before;

	answers[0] = '\0';
	do {
		before = had;
		had = listen_to(c, had, had + 1, UINT_MAX);
	} while (had > before && !strstr(answers, wanted));
	assert_non_null(strstr(answers, wanted));
}

static int end(struct child *c, int signal_number)
{
	int how;

	if (signal_number)
		kill(c->pid, signal_number);
	close(c->in);
	listen_to(c, strlen(answers), ANSWER_BYTES, UINT_MAX);
	close(c->out);
	assert_int_equal(waitpid(c->pid, &how, 0), c->pid);
	return how;
}

/* How many of the queued lines were answered before it was killed. */
static unsigned run_and_kill(size_t bytes)
{
	char *const argv[] = { "activemm", "--json", NULL };
	struct child c;
	unsigned heard = 0;
	int how;

	start(&c, argv);
	for (unsigned i = 0; i < LINES; i++)
		put(&c, lines[i]);
	answers[0] = '\0';
	listen_to(&c, 0, bytes, LINES);
	how = end(&c, SIGKILL);
	if (!WIFSIGNALED(how))
		fail_msg("it ended by itself: %d", how);
	for (const char *at = answers; *at; at++)
		heard += *at == '\n';
	return heard;
}

static void resume_and_ask(char *to)
{
	char *const argv[] = { "activemm", "--resume", "--json", NULL };
	struct child c;
	const char *at;
	long n;

	start(&c, argv);
	for (unsigned i = 0; i < QUESTIONS; i++)
		put(&c, questions[i]);
	answers[0] = '\0';
	assert_int_equal(end(&c, 0), 0);
	/* The answer of "save" names its time; all else must be equal. */
	at = strstr(answers, "\"cmd\":\"save seen.amm\"");
	assert_non_null(at);
	n = scratch_get("seen.amm", to, ANSWER_BYTES - 1);
	assert_true(n > 0);
	snprintf(to + n, ANSWER_BYTES - (size_t)n, "%s", at);
}

static void ask_here(char *to)
{
	char rest[65536] = "";
	size_t used = 0;
	const char *at;
	long n;

	for (unsigned i = 0; i < QUESTIONS; i++)
		used += (size_t)snprintf(rest + used, sizeof rest - used, "%s",
					 ask(questions[i]));
	at = strstr(rest, "\"cmd\":\"save seen.amm\"");
	assert_non_null(at);
	n = scratch_get("seen.amm", to, ANSWER_BYTES - 1);
	assert_true(n > 0);
	snprintf(to + n, ANSWER_BYTES - (size_t)n, "%s", at);
}

/* The same @count lines, and one more, in a session that nobody kills. */
static void expect_one_of(unsigned count, unsigned kill_number)
{
	talk(FORM_JSON);
	for (unsigned i = 0; i < count; i++)
		ask(lines[i]);
	ask_here(seen[0]);
	if (count < LINES)
		ask(lines[count]);
	ask_here(seen[1]);
	hush();
	if (strcmp(seen[2], seen[0]) != 0 && strcmp(seen[2], seen[1]) != 0)
		fail_msg(
			"kill %u, after %u answers: resumed as\n%s\nnot as\n%s",
			kill_number, count, seen[2], seen[0]);
}

/* As a session in which nothing but the load was done. */
static void expect_loaded(const char *saved)
{
	scratch_put("a.amm", saved, strlen(saved));
	talk(FORM_JSON);
	ask("load a.amm");
	ask_here(seen[0]);
	hush();
	assert_string_equal(seen[2], seen[0]);
}

/* Beside the machine's commands those that change the session. */
static void make_lines(struct chatter *c)
{
	static const char *const others[] = { "break exit_mm",
					      "tbreak switch_mm_irqs_off",
					      "delete 1",
					      "watch mm1.mm_count",
					      "display init_mm.mm_count",
					      "disable 1",
					      "alias e='exit; idle'",
					      "set width 60",
					      "history",
					      "swich",
					      "reset --all",
					      "enable 1" };
	uint32_t n = sizeof others / sizeof *others;

	snprintf(lines[0], LINE_BYTES, "boot --cpus=3 --kernel=6.1");
	for (unsigned i = 1; i < LINES; i++)
		if (chatter_number(c, 5) == 0)
			snprintf(lines[i], LINE_BYTES, "%s",
				 others[chatter_number(c, n)]);
		else
			chatter_line(c, lines[i], LINE_BYTES);
}

static void a_kill_loses_at_most_the_command_in_flight(void **state)
{
	unsigned in_the_middle = 0;

	(void)state;
	for (unsigned n = 1; n <= KILLS; n++) {
		struct chatter c = { .state = n * 15485863, .cpus = 3 };
		unsigned heard;

		scratch_remove("activemm");
		make_lines(&c);
		heard = run_and_kill(chatter_number(&c, 8000));
		in_the_middle += heard > 0 && heard < LINES;
		resume_and_ask(seen[2]);
		expect_one_of(heard, n);
	}
	assert_true(in_the_middle > KILLS / 2);
}

static void what_was_resumed_can_be_killed_again(void **state)
{
	char *const argv[] = { "activemm", "--resume", "--json", NULL };
	struct child c;
	unsigned n;

	(void)state;
	for (n = 0; n < LINES; n++)
		snprintf(lines[n], LINE_BYTES, "spawn sh%u", n);
	n = run_and_kill(3000);
	for (unsigned again = 0; again < 3; again++) {
		start(&c, argv);
		put(&c, "spawn again");
		hear(&c, "spawn again");
		end(&c, SIGKILL);
	}
	resume_and_ask(seen[2]);
	assert_non_null(strstr(seen[2], "spawn sh1\n"));
	assert_non_null(strstr(seen[2], "again\n@0 spawn again\n@0 spawn again"
					"\ncpu 0\n"));
}

static void a_loaded_session_is_brought_back(void **state)
{
	static const char saved[] = "# activemm session 1, engine 0.1.0\n"
				    "boot --cpus=2\n@0 spawn sh\n"
				    "@0 switch sh\n@0 exit\n";

	(void)state;
	scratch_put("a.amm", saved, strlen(saved));
	for (unsigned n = 0; n < LINES; n++)
		snprintf(lines[n], LINE_BYTES, "history");
	/* What would stop it is gone with the session before. */
	snprintf(lines[0], LINE_BYTES, "break exit_mm");
	snprintf(lines[1], LINE_BYTES, "set ipi manual");
	snprintf(lines[2], LINE_BYTES, "invariant add mine 1 == 1");
	snprintf(lines[3], LINE_BYTES, "load a.amm");
	assert_true(run_and_kill(ANSWER_BYTES) > 4);
	assert_int_equal(unlink("a.amm"), 0);
	resume_and_ask(seen[2]);
	expect_loaded(saved);
}

static void a_clean_end_leaves_nothing_to_resume(void **state)
{
	char *const argv[] = { "activemm", "--json", NULL };
	struct child c;

	(void)state;
	start(&c, argv);
	put(&c, "spawn sh");
	answers[0] = '\0';
	assert_int_equal(end(&c, 0), 0);
	resume_and_ask(seen[2]);
	assert_null(strstr(seen[2], "spawn"));
}

static void another_start_does_not_lose_it(void **state)
{
	char *const argv[] = { "activemm", "--json", NULL };
	struct child c;

	(void)state;
	for (unsigned n = 0; n < LINES; n++)
		snprintf(lines[n], LINE_BYTES, "spawn sh%u", n);
	run_and_kill(3000);
	start(&c, argv);
	put(&c, "kthread kw");
	answers[0] = '\0';
	assert_int_equal(end(&c, 0), 0);
	resume_and_ask(seen[2]);
	assert_non_null(strstr(seen[2], "spawn sh1\n"));
	assert_null(strstr(seen[2], "kthread kw"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(a_kill_loses_at_most_the_command_in_flight),
		TALK_TEST(what_was_resumed_can_be_killed_again),
		TALK_TEST(a_loaded_session_is_brought_back),
		TALK_TEST(a_clean_end_leaves_nothing_to_resume),
		TALK_TEST(another_start_does_not_lose_it),
	};

	const char *amm_path = getenv("AMM");

	if (!realpath(amm_path ? amm_path : "activemm", program))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
