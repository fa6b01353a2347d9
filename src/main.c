/*
 * main.c - the program: reads its options and picks a front end
 */
#include <getopt.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "activemm.h"
#include "base/mem.h"
#include "base/out.h"
#include "repl/pipe.h"
#include "repl/repl.h"
#include "script/script.h"
#include "tui/tui.h"

static const char usage[] =
	"usage: activemm [OPTIONS] [FILE]\n"
	"\n"
	"  -c COMMAND    run a command (may be repeated, with -x in order)\n"
	"  -x FILE       run a file of commands\n"
	"  -i            stay for more after -c and -x\n"
	"      --batch   ask nothing; stop at the first command that fails\n"
	"      --json    answer in JSON, one object a line\n"
	"      --plain   answer in sentences (also: ACCESSIBLE=1)\n"
	"      --prompts show prompts and commands when reading from a pipe\n"
	"      --resume  bring back the session that a crash left\n"
	"      --no-journal  do not keep the session\n"
	"      --no-shell    refuse !, |, > and >>\n"
	"      --no-tui  begin in line mode, not with the full screen\n"
	"  -s, --seed=N  seed of the machine\n"
	"      --color=WHEN  auto, always or never\n"
	"  -V, --version\n"
	"  -h, --help\n"
	"\n"
	"Exit status: 0 all well; 1 the answer is no; 2 usage; 3 Lua; 4 an\n"
	"invariant broke; 5 a file; 6 a limit; 70 our fault; 130 "
	"interrupted.\n";

/* -c and -x, in the order given. */
struct job {
	bool is_file;
	const char *what;
};
enum { JOBS_MAX = 256 };

/* A window with room for the panes: else line mode comes first. */
enum { FULL_ROWS = 24, FULL_COLUMNS = 80 };

struct options {
	struct amm_config config;
	struct job job[JOBS_MAX];
	unsigned jobs;
	bool stay, batch, prompts, resume, no_journal, no_tui;
	const char *color;
};

static struct out out, err;
static struct amm *running; /* for the signal handler */

static void interrupt(int signal_number)
{
	(void)signal_number;
	if (running)
		amm_interrupt(running);
}

static void catch_signals(void)
{
	struct sigaction sa = { .sa_handler = interrupt };

	sigemptyset(&sa.sa_mask);
	sigaction(SIGINT, &sa, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static int usage_error(const char *what, const char *value)
{
	out_printf(&err, "activemm: %s%s\nhelp: activemm --help\n", what,
		   value);
	out_flush(&err);
	return AMM_USAGE;
}

static bool add_job(struct options *o, bool is_file, const char *what)
{
	if (o->jobs == JOBS_MAX)
		return false;
	o->job[o->jobs++] = (struct job){ is_file, what };
	return true;
}

static bool read_seed(struct options *o, const char *text)
{
	char *end;
	unsigned long seed = strtoul(text, &end, 10);

	o->config.seed = (uint32_t)seed;
	return *text && !*end && seed > 0 && seed <= UINT32_MAX;
}

static bool color_ok(const char *when)
{
	return strcmp(when, "auto") == 0 || strcmp(when, "always") == 0 ||
	       strcmp(when, "never") == 0;
}

enum {
	OPT_BATCH = 256,
	OPT_JSON,
	OPT_PLAIN,
	OPT_PROMPTS,
	OPT_RESUME,
	OPT_NO_JOURNAL,
	OPT_NO_SHELL,
	OPT_NO_TUI,
	OPT_COLOR
};

static const struct option longs[] = {
	{ "batch", no_argument, NULL, OPT_BATCH },
	{ "json", no_argument, NULL, OPT_JSON },
	{ "plain", no_argument, NULL, OPT_PLAIN },
	{ "prompts", no_argument, NULL, OPT_PROMPTS },
	{ "resume", no_argument, NULL, OPT_RESUME },
	{ "no-journal", no_argument, NULL, OPT_NO_JOURNAL },
	{ "no-shell", no_argument, NULL, OPT_NO_SHELL },
	{ "no-tui", no_argument, NULL, OPT_NO_TUI },
	{ "color", required_argument, NULL, OPT_COLOR },
	{ "seed", required_argument, NULL, 's' },
	{ "version", no_argument, NULL, 'V' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

static bool take_switch(struct options *o, int c)
{
	switch (c) {
	case 'i':
		return o->stay = true;
	case OPT_BATCH:
		return o->batch = true;
	case OPT_JSON:
		return o->config.json = true;
	case OPT_PLAIN:
		return o->config.plain = true;
	case OPT_PROMPTS:
		return o->prompts = true;
	case OPT_RESUME:
		return o->resume = true;
	case OPT_NO_JOURNAL:
		return o->no_journal = true;
	case OPT_NO_SHELL:
		return o->config.no_shell = true;
	case OPT_NO_TUI:
		return o->no_tui = true;
	default:
		return false;
	}
}

/* -1: go on; else the exit status. */
static int take_option(struct options *o, int c)
{
	switch (c) {
	case 'c':
	case 'x':
		return add_job(o, c == 'x', optarg)
			       ? -1
			       : usage_error("too many -c and -x", "");
	case 's':
		return read_seed(o, optarg)
			       ? -1
			       : usage_error("not a seed: ", optarg);
	case OPT_COLOR:
		o->color = optarg;
		return color_ok(optarg) ? -1
					: usage_error("--color is auto, always "
						      "or never, not ",
						      optarg);
	case 'V':
		out_puts(&out, "activemm " VERSION "\n");
		return AMM_OK;
	case 'h':
		out_puts(&out, usage);
		return AMM_OK;
	default:
		return take_switch(o, c) ? -1
					 : usage_error("unknown or "
						       "incomplete option ",
						       "");
	}
}

static int read_options(struct options *o, int argc, char **argv)
{
	const char *accessible = getenv("ACCESSIBLE");
	int c;

	o->config.plain =
		accessible && *accessible && strcmp(accessible, "0") != 0;
	opterr = 0;
	while ((c = getopt_long(argc, argv, "c:x:is:Vh", longs, NULL)) != -1) {
		int status = c == '?' ? usage_error("unknown or incomplete "
						    "option: ",
						    argv[optind - 1])
				      : take_option(o, c);

		if (status >= 0)
			return status;
	}
	if (optind < argc - 1)
		return usage_error("one FILE at most, not ", argv[optind + 1]);
	if (optind < argc && !add_job(o, true, argv[optind]))
		return usage_error("too many -c and -x", "");
	return -1;
}

static enum amm_status run_job(const struct job *j)
{
	enum amm_status status;

	if (!j->is_file)
		return pipe_line(running, j->what, strlen(j->what), &out);
	status = amm_source(running, j->what);
	out_puts(&out, amm_text(running));
	out_flush(&out);
	return status;
}

static enum amm_status run_jobs(const struct options *o)
{
	enum amm_status status = AMM_OK;

	for (unsigned i = 0; i < o->jobs && !amm_quits(running); i++) {
		enum amm_status one = run_job(&o->job[i]);

		if (status == AMM_OK)
			status = one;
		if (one != AMM_OK && o->batch)
			break;
	}
	return status;
}

/* Where a full screen can be had, and is wanted from the start. */
static enum amm_tui full_screen(const struct options *o)
{
	const char *term = getenv("TERM");
	struct winsize size;

	if (o->config.plain || o->config.json || !term || !*term ||
	    strcmp(term, "dumb") == 0)
		return AMM_TUI_NONE;
	if (o->no_tui || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 ||
	    size.ws_row < FULL_ROWS || size.ws_col < FULL_COLUMNS)
		return AMM_TUI_OFF;
	return AMM_TUI_ON;
}

/* --color wins over $NO_COLOR. */
static bool wants_color(const struct options *o)
{
	const char *no = getenv("NO_COLOR");

	if (o->color && strcmp(o->color, "auto") != 0)
		return strcmp(o->color, "always") == 0;
	return !no || !*no;
}

/* One front end after the other, as `tui on|off` wants. */
static enum talk_end take_turns(struct talk *t, struct tui *tui)
{
	enum talk_end end;

	do {
		bool full = amm_tui(running) == AMM_TUI_ON;

		end = full ? tui_run(tui) : repl_run(t, &out);
		if (full && end == TALK_FAILED) {
			amm_set_tui(running, AMM_TUI_OFF);
			end = TALK_CHANGE;
		}
	} while (end == TALK_CHANGE);
	return end;
}

static enum amm_status talk_to(const struct options *o)
{
	struct talk t;
	struct tui *tui = NULL;
	enum amm_status status = AMM_INTERNAL;

	setlocale(LC_CTYPE, ""); /* for the terminal: nothing else asks it */
	if (talk_start(&t, running) && (tui = tui_new(&t, wants_color(o)))) {
		amm_set_tui(running, full_screen(o));
		repl_offer(&t, &out);
		if (take_turns(&t, tui) == TALK_OVER)
			status = t.status;
		out_puts(&out, text_string(&t.notes));
	}
	tui_free(tui);
	talk_end(&t);
	return status;
}

static enum amm_status converse(const struct options *o)
{
	struct pipe_options how = { o->batch, o->prompts };

	if (!o->batch && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
		return talk_to(o);
	return pipe_run(running, STDIN_FILENO, &how, &out, &err);
}

/* A session that a crash left: brought back when asked for, else it stays. */
static void offer(const struct options *o)
{
	const char *left = amm_unfinished(running);

	if (!left || (!o->resume && isatty(STDIN_FILENO) && !o->batch))
		return; /* the REPL asks */
	if (o->resume) {
		amm_resume(running);
		out_puts(&out, amm_text(running));
		return;
	}
	out_printf(&err,
		   "activemm: %s, and this one's are not; activemm --resume "
		   "brings them back\n",
		   left);
	out_flush(&err);
}

static enum amm_status run(const struct options *o)
{
	enum amm_status status, more;

	offer(o);
	status = run_jobs(o);
	if (amm_quits(running) || (o->jobs && !o->stay) ||
	    (status != AMM_OK && o->batch))
		return status;
	more = converse(o);
	return status == AMM_OK ? more : status;
}

int main(int argc, char **argv)
{
	static struct options o;
	struct script *script;
	const char *why;
	int status;

	out_init(&out, STDOUT_FILENO);
	out_init(&err, STDERR_FILENO);
	catch_signals();
	status = read_options(&o, argc, argv);
	if (status < 0) {
		o.config.batch = o.batch;
		o.config.journal =
			!o.batch && !o.no_journal && (o.jobs == 0 || o.stay);
		running = amm_new(&o.config, &why);
		script = running ? script_new(running) : NULL;
		status = running ? (int)run(&o) : AMM_INTERNAL;
		if (!running)
			out_printf(&err, "activemm: %s\n", why);
		else
			amm_finish(running);
		script_free(script);
		amm_free(running);
	}
	if (!out_flush(&out) || !out_flush(&err))
		return status ? status : AMM_FILE;
	return status;
}
