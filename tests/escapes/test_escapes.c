/*
 * test_escapes.c - every known way out of the sandbox is tried, three ways
 *
 * tests/escapes/L01.lua to L44.lua, with variants behind a dash, are the
 * list.  Each ends in an error when it is refused; if it gets through, it says
 * ESCAPED or ends well.  Each is typed at the Lua prompt, run as a file, and
 * run as a lesson is, in a sandbox of its own.  It must end in an error of one
 * line, within 2 seconds and 128 MiB, no byte that a terminal obeys may come
 * out, and a good script must then run in the same session.
 *
 * All of it is done where the decimal point is a comma: the locale in
 * tests/escapes/comma, which localedef made of POSIX and `decimal_point ","`.
 *
 * With the sanitizers freed blocks are not held back here, and what an idle
 * session takes there is not counted: neither is the script's.
 */
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "activemm.h"
#include "base/file.h"
#include "script/machine.h"
#include "script/sandbox.h"

enum { SECONDS_MAX = 2, MEGABYTES_MAX = 128, LIST = 44, GIVE_UP = 30 };

#if defined(__SANITIZE_ADDRESS__)
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

/* For this program; main() says it to those that it starts. */
#define HOLD_NOTHING_BACK \
	"quarantine_size_mb=0:thread_local_quarantine_size_kb=0"
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return HOLD_NOTHING_BACK;
}

static const char good[] =
	"m:boot{} m:spawn{name='good'} "
	"print('fine: ' .. m:task('good').comm:rep(2) .. #('%5d'):format(1))";
static const char said_good[] = "fine: goodgood5";

static const char *amm, *scratch;
static unsigned faults;

struct outcome {
	int status;
	double seconds;
	long kilobytes;
	struct text out;
};

enum way { TYPED, SOURCED, LESSON, WAYS };
static const char *const way_names[WAYS] = { "typed", "as a file",
					     "in a lesson" };

/* --- the three ways, each in a process of its own -------------------------------- */

static void read_whole(const char *name, struct text *t)
{
	int fd = file_open(AT_FDCWD, name, FILE_ANY, 1 << 24, NULL);

	if (fd < 0 || !file_read(fd, name, t, NULL))
		exit(99);
	file_close(fd);
}

static void put(int fd, const char *bytes, size_t length)
{
	if (write(fd, bytes, length) != (ssize_t)length)
		exit(99);
}

/* The lines that a learner would type. */
static void type_into(const char *file, const char *script)
{
	struct text t = { 0 };
	int fd = open(file, O_CREAT | O_TRUNC | O_WRONLY, 0600);

	read_whole(script, &t);
	put(fd, "lua\ndo\n", 7);
	put(fd, t.bytes, t.length);
	put(fd, "\nend\nexit\nlua ", 14);
	put(fd, good, strlen(good));
	put(fd, "\n", 1);
	close(fd);
	text_free(&t);
}

static void run_typed(const char *script)
{
	char typed[4096];
	int fd;

	snprintf(typed, sizeof typed, "%s/typed", scratch);
	type_into(typed, script);
	fd = open(typed, O_RDONLY);
	dup2(fd, STDIN_FILENO);
	execl(amm, amm, "--no-journal", (char *)NULL);
	_exit(99);
}

static void run_sourced(const char *script)
{
	char line[1024];

	snprintf(line, sizeof line, "lua %s", good);
	execl(amm, amm, "-x", script, "-c", line, (char *)NULL);
	_exit(99);
}

static int add_machine(lua_State *L)
{
	machine_open(L);
	machine_push(L);
	sandbox_set_builtin(L, "m");
	return 0;
}

/* As lessons are: in a fresh state.  3 when it ended in an error. */
static int one_lesson(struct amm *a, const char *script)
{
	struct sandbox *s = sandbox_new(a);
	struct text why = { 0 };
	bool ok = sandbox_do(s, add_machine, NULL, 0, &why) &&
		  (script ? sandbox_load_file(s, script, &why)
			  : sandbox_load(s, good, strlen(good), "=good", NULL,
					 &why)) &&
		  sandbox_call(s, 0, 1, &why);

	sandbox_free(s);
	amm_say(a, text_string(&why), why.length);
	text_free(&why);
	return ok ? 0 : 3;
}

static void run_lesson(const char *script)
{
	struct amm *a = amm_new(&(struct amm_config){ .batch = true }, NULL);
	int status = one_lesson(a, script);
	const char *text;

	if (one_lesson(a, NULL) != 0)
		status = 98;
	text = amm_text(a);
	if (status == 3)
		put(STDOUT_FILENO, "error[E170]", 11);
	put(STDOUT_FILENO, text, strlen(text));
	amm_free(a);
	_exit(status);
}

static void (*const run[WAYS])(const char *script) = { run_typed, run_sourced,
						       run_lesson };

/* --- measured ------------------------------------------------------------------- */

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void child(enum way way, const char *script, const char *out)
{
	int fd = open(out, O_CREAT | O_TRUNC | O_WRONLY, 0600);

	alarm(GIVE_UP);
	dup2(fd, STDOUT_FILENO);
	dup2(fd, STDERR_FILENO);
	run[way](script);
}

static struct outcome measure(enum way way, const char *script)
{
	struct outcome o = { 0 };
	struct rusage usage;
	char out[4096];
	double start = now();
	pid_t pid;
	int status;

	snprintf(out, sizeof out, "%s/out", scratch);
	pid = fork();
	if (pid == 0)
		child(way, script, out);
	if (pid < 0 || wait4(pid, &status, 0, &usage) != pid)
		exit(99);
	o.seconds = now() - start;
	o.kilobytes = usage.ru_maxrss;
	o.status = WIFEXITED(status) ? WEXITSTATUS(status)
				     : 1000 + WTERMSIG(status);
	read_whole(out, &o.out);
	return o;
}

/* --- judged ---------------------------------------------------------------------- */

static void fault(enum way way, const char *script, const char *what,
		  const struct outcome *o)
{
	printf("%s %s: %s (status %d, %.2f s, %ld KiB)\n%.600s\n", script,
	       way_names[way], what, o->status, o->seconds, o->kilobytes,
	       text_string(&o->out));
	faults++;
}

static bool obeyed(const struct text *t)
{
	for (size_t i = 0; i < t->length; i++) {
		unsigned char c = (unsigned char)t->bytes[i];

		if ((c < ' ' && c != '\n') || c == 0x7f || c == 0xff ||
		    (c == 0xc2 && (t->bytes[i + 1] & 0xe0) == 0x80))
			return true;
	}
	return false;
}

static void judge(enum way way, const char *script, const struct outcome *o,
		  long idle)
{
	/* A line with a NUL byte is no line: bytecode cannot even be typed. */
	bool bytecode = way == TYPED && strstr(script, "/L02") != NULL;

	if (o->status != 3 && !(bytecode && o->status == 2))
		fault(way, script, "does not end in an error", o);
	if (strstr(text_string(&o->out), "ESCAPED"))
		fault(way, script, "gets through", o);
	if (!strstr(text_string(&o->out), "error[E170]"))
		fault(way, script, "has no clean error", o);
	if (!strstr(text_string(&o->out), said_good))
		fault(way, script, "spoils what comes after", o);
	if (obeyed(&o->out))
		fault(way, script, "reaches the terminal", o);
	if (o->seconds > SECONDS_MAX)
		fault(way, script, "takes too long", o);
	if (o->kilobytes - (SANITIZED ? idle : 0) > MEGABYTES_MAX * 1024)
		fault(way, script, "takes too much memory", o);
}

/* --- all of them -------------------------------------------------------------------- */

static void all_there(const glob_t *files)
{
	for (int n = 1; n <= LIST; n++) {
		char name[16];
		bool found = false;

		snprintf(name, sizeof name, "/L%02d.lua", n);
		for (size_t i = 0; i < files->gl_pathc; i++)
			found |= strstr(files->gl_pathv[i], name) != NULL;
		if (!found) {
			printf("%s is missing\n", name + 1);
			faults++;
		}
	}
}

static void try_all(const glob_t *files, long idle)
{
	struct outcome worst_time = { 0 }, worst_memory = { 0 };
	const char *slow = "", *big = "";

	for (size_t i = 0; i < files->gl_pathc; i++)
		for (enum way way = TYPED; way < WAYS; way++) {
			const char *script = files->gl_pathv[i];
			struct outcome o = measure(way, script);

			judge(way, script, &o, idle);
			text_free(&o.out);
			if (o.seconds > worst_time.seconds)
				worst_time = o, slow = script;
			if (o.kilobytes > worst_memory.kilobytes)
				worst_memory = o, big = script;
		}
	printf("%zu files, %d ways each; slowest %.2f s (%s), biggest %.1f MiB "
	       "(%s), idle %.1f MiB\n",
	       files->gl_pathc, WAYS, worst_time.seconds, slow,
	       (double)worst_memory.kilobytes / 1024, big, (double)idle / 1024);
}

/* Here and in what is started.  The other categories stay as they are. */
static void live_with_a_comma(const char *top)
{
	char path[4096];

	snprintf(path, sizeof path, "%s/tests/escapes", top);
	unsetenv("LC_ALL");
	setenv("LC_CTYPE", "C.UTF-8", 1);
	setenv("LC_NUMERIC", "comma", 1);
	setenv("LOCPATH", path, 1);
	if (!setlocale(LC_NUMERIC, "") ||
	    strcmp(localeconv()->decimal_point, ",") != 0) {
		printf("there is no locale with a comma in %s\n", path);
		faults++;
	}
	setlocale(LC_NUMERIC, "C");
	setlocale(LC_CTYPE, "");
}

int main(int argc, char **argv)
{
	const char *top = getenv("top_srcdir");
	char pattern[4096], made[] = "/tmp/amm-escapes-XXXXXX";
	struct outcome idle;
	glob_t files;

	live_with_a_comma(top ? top : ".");
	setvbuf(stdout, NULL, _IOLBF, 0);
	setenv("ASAN_OPTIONS", HOLD_NOTHING_BACK, 1);
	amm = getenv("AMM");
	scratch = mkdtemp(made);
	snprintf(pattern, sizeof pattern, "%s/tests/escapes/%s.lua",
		 top ? top : ".", argc > 1 ? argv[1] : "L*");
	if (!amm || !scratch || glob(pattern, 0, NULL, &files) != 0)
		return 99;
	idle = measure(SOURCED, "/dev/null");
	text_free(&idle.out);
	if (argc == 1)
		all_there(&files);
	try_all(&files, idle.kilobytes);
	globfree(&files);
	snprintf(pattern, sizeof pattern, "%s/typed", scratch);
	unlink(pattern);
	snprintf(pattern, sizeof pattern, "%s/out", scratch);
	unlink(pattern);
	rmdir(scratch);
	return faults > 0;
}
