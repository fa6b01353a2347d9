/* topic.c - help pages about the language */
#include "session/topic.h"

#include <string.h>

#include "base/text.h"
#include "session/error.h"
#include "session/fields.h"
#include "session/setting.h"
#include "session/wrap.h"

static void list_fields(struct text *out, const char *title,
			enum value_kind kind)
{
	struct text names = { 0 };
	const char *name;

	for (unsigned i = 0; (name = field_name(NULL, kind, i)); i++) {
		text_add(&names, i > 0 ? ", " : "");
		text_add(&names, name);
	}
	wrap_entry(out, title, 14, text_string(&names));
	text_free(&names);
}

static void more_expressions(struct text *out)
{
	text_add(out, "FIELDS\n");
	list_fields(out, "of a task", VALUE_TASK);
	list_fields(out, "of an mm", VALUE_MM);
	list_fields(out, "of a CPU", VALUE_CPU);
}

static void more_settings(struct text *out)
{
	struct text term = { 0 };

	for (enum setting s = 0; s < SET_COUNT; s++) {
		text_clear(&term);
		text_addf(&term, "%s ", setting_name(s));
		setting_values(&term, s);
		wrap_entry(out, text_string(&term), 36, setting_about(s));
	}
	text_free(&term);
}

static void more_errors(struct text *out)
{
	struct text term = { 0 };

	for (enum status s = 1; s < STATUS_COUNT; s++) {
		text_clear(&term);
		text_addf(&term, "E%u", status_info(s)->number);
		wrap_entry(out, text_string(&term), 8, status_info(s)->title);
	}
	text_free(&term);
}

static const struct topic topics[] = {
	{ "lines", "what a typed line may hold",
	  "A line is one or more commands with ';' between them; an error ends "
	  "the line. Each command is [@CPU] COMMAND WORD... --FLAG[=VALUE]: "
	  "'@1 exit' runs exit on CPU 1, without selecting it.\n"
	  "Names that hold blanks or one of ; # | > are quoted, 'so' or "
	  "\"so\". "
	  "A '#' before a word begins a comment. A backslash at the end joins "
	  "the next line. Nothing is expanded: this is not a shell.\n"
	  "Last on the line, '| command' gives the output to a shell command, "
	  "'> file' writes it and '>> file' appends it. In a command that "
	  "takes an expression a single '>' compares. '! command' runs a shell "
	  "command. --no-shell turns all of these off.\n"
	  "Any beginning of a command that only one has will do, and so do the "
	  "fixed short forms that help shows; a file of commands had better "
	  "have full names. An empty line repeats the last step or list, never "
	  "an action.\n"
	  "Numbers are decimal, or hexadecimal after 0x; k, m and g multiply "
	  "by 1024, 1024^2 and 1024^3.",
	  NULL },
	{ "names", "how tasks, mms and CPUs are named",
	  "A task is named by its PID; by its name, or the beginning of one "
	  "that no other has; by %N, what runs on CPU N, or % on the selected "
	  "CPU; its idle tasks are swapper/N, or idle on the selected CPU. A "
	  "name that several tasks have is refused and the PIDs are listed.\n"
	  "An mm is named mm1, mm2 and so on, by its number; or init_mm; or "
	  "through who has it: sh.mm, sh.active_mm, cpu1.loaded_mm, "
	  "cpu1.prev_mm. Numbers are not used again, even when the kernel "
	  "would use the memory again.\n"
	  "A CPU is named 0 or cpu0. Who holds a reference from outside the "
	  "machine is named by any label: mmgrab mm1 --as=/proc/100/mem.",
	  NULL },
	{ "times", "how moments are named",
	  "Commands that change something are numbered; boot is t0. t12 is the "
	  "moment after command 12, t12.3 the moment after its statement 3.\n"
	  "  .             now\n"
	  "  ^  ^3         one command back, three\n"
	  "  @start @end   the first and the last moment there is\n"
	  "  line:240      where a line of an imported trace was replayed\n"
	  "  NAME          a bookmark\n"
	  "Used by goto, diff, timeline, bookmark and why. 'undo' and 'redo' "
	  "count the same commands.",
	  NULL },
	{ "expressions", "what print, watch, assert, predict and if take",
	  "An expression names something and asks for its fields, compares and "
	  "computes. It never changes anything.\n"
	  "  mm1.mm_users == 0 && cpu(1)->is_lazy\n"
	  "  task(100)->active_mm->mm_count\n"
	  "  current(0)->mm == NULL\n"
	  "  mm1.mm_cpumask[1]\n"
	  "Operators are those of C, with C's precedence: -> . [] ! ~ - * & "
	  "(unary) * + - < <= > >= == != & && || and brackets. '.' and '->' "
	  "mean the same. && and || look at their right side only when they "
	  "must.\n"
	  "Names are those of 'help names': sh.mm, 100.mm, kworker/1:0.mm, "
	  "%1.active_mm, mm1, init_mm, cpu1. Quote a name that holds other "
	  "letters: 'my task'.mm. A text to compare with is quoted like "
	  "\"this\": current(0).comm == \"sh\".\n"
	  "Functions: task(PID), mm(N), cpu(N), current(CPU), name(TASK); "
	  "mm(TASK) is the mm that a task has, or had last. What is freed can "
	  "still be asked: mm1.freed. The names of the "
	  "kernel's scripts for gdb work too: $lx_task_by_pid(PID), "
	  "$lx_current().\n"
	  "What happened since boot (in a lesson: since its step began): "
	  "happened(WHAT), never(WHAT), count(WHAT), and before(A, B), true "
	  "when A happened and no B was before it. WHAT is an event as for "
	  "'break', in quotes, or 'event', which is any command that changed "
	  "something. An mm behind it asks for that mm alone:\n"
	  "  happened('zombie', mm1) && never('oops')\n"
	  "  count('ipi') <= 2\n"
	  "Values printed before are $1, $2 and so on, the last "
	  "is $, the one before it $$.",
	  more_expressions },
	{ "output", "human, plain and JSON output",
	  "The same command has three outputs. --plain, 'set plain on' and the "
	  "environment variable ACCESSIBLE give sentences instead of tables "
	  "and signs. --json gives one JSON object in one line for each "
	  "command, errors included; keys have the kernel's names, and within "
	  "the schema activemm/1 keys are only ever added.\n"
	  "Colour adds to letters and words and never replaces them. NO_COLOR "
	  "turns it off.\n"
	  "--source shows the kernel statements a command would run, with "
	  "the kernel version they are from; --dry-run (-n) shows what an "
	  "action would change, and does not do it.",
	  NULL },
	{ "keys", "keys of the line and of the full screen",
	  "The line is edited as in a shell, and ~/.editrc is obeyed.\n"
	  "  Tab          complete; again: choose from what fits\n"
	  "  Up, Down     earlier lines\n"
	  "  ctrl-r       search in earlier lines\n"
	  "  ctrl-c       give the line up, or stop the command that runs\n"
	  "  ctrl-d       on an empty line: quit\n"
	  "  ctrl-z       suspend\n"
	  "  ctrl-x a     full screen on and off\n"
	  "In the full screen also:\n"
	  "  PgUp, PgDn   what was said before\n"
	  "  ctrl-l       draw everything again\n"
	  "  F1           this page\n"
	  "In a list that popped up: Up and Down (or Tab) choose, Enter takes, "
	  "Esc closes; while earlier lines are searched, what is typed narrows "
	  "the list.",
	  NULL },
	{ "scripts", "what Lua scripts can use",
	  "'lua CHUNK', a prompt of its own ('lua'), 'source x.lua' and the "
	  "program's -x x.lua run Lua 5.4. m is the machine.\n"
	  "  m:switch{cpu=1, task=\"sh\"}  any command; a name that Lua uses\n"
	  "  m:goto_\"t3\"                 itself gets a _ behind it\n"
	  "  m:cmd\"ps -k\"                any line\n"
	  "Arguments have their places or their names: 'switch sh --lua' shows "
	  "them. cpu, or at where cpu is an argument itself, is the CPU to run "
	  "on; as=\"A\" names a task that is made. The answer is a table: ok, "
	  "status, code, text, line, t and effects.\n"
	  "  m:task(x) m:mm(x) m:cpu(n)   one thing, as a table to read\n"
	  "  m:tasks() m:mms() m:cpus()   all of them\n"
	  "  m:holders(mm) m:ledger(mm)   who holds it; every take and give\n"
	  "  m:eval\"EXPR\" m:now()         a value; the time\n"
	  "  m:diff(a, b)                 what differs between two times\n"
	  "  m:events{from=, to=, kind=}  what happened; also m:happened(),\n"
	  "                               m:never(), m:before(), m:count()\n"
	  "  m:on(\"borrow\", f)            f(event, m) after each command in\n"
	  "                               which one happens; commands that f\n"
	  "                               runs come after it\n"
	  "Scripts have Lua's string (with split and words), table, math and "
	  "coroutine libraries, in which everything ends: 50 million steps or "
	  "one second at a time, 64 MiB in all, 1 MiB in one piece. There are "
	  "no "
	  "files, no clock, no chance but amm.rng(seed), and pairs goes in "
	  "order. What a script does is kept as the commands it ran.",
	  NULL },
	{ "settings", "what set and show know", "", more_settings },
	{ "errors", "the codes of errors",
	  "Two kinds of trouble are kept apart. 'error' means that you asked "
	  "wrongly and nothing happened. 'warn' and 'oops', with codes that "
	  "begin with K-, mean that you asked well and the simulated kernel "
	  "misbehaved: that is part of the history. 'help E101' explains a "
	  "code.",
	  more_errors },
	{ "status", "exit statuses of the program",
	  "  0    everything ran, and what was asserted held\n"
	  "  1    it ran, but the answer is no: an assert is false, a trace\n"
	  "       differs, a counterexample was found\n"
	  "  2    a command was not understood or was refused\n"
	  "  3    an error in a Lua script or lesson\n"
	  "  4    the simulated kernel failed where nobody expected it\n"
	  "  5    a file is missing, unreadable or of the wrong kind\n"
	  "  6    a limit was reached before there was an answer\n"
	  "  70   a fault of activemm itself: please report it\n"
	  "  130  interrupted",
	  NULL },
};

const struct topic *topic_get(size_t nth)
{
	return nth < sizeof topics / sizeof *topics ? &topics[nth] : NULL;
}

const struct topic *topic_find(const char *word)
{
	const struct topic *found = NULL, *t;
	unsigned count = 0;

	for (size_t i = 0; (t = topic_get(i)) != NULL; i++) {
		if (strncmp(t->name, word, strlen(word)) != 0)
			continue;
		if (t->name[strlen(word)] == '\0')
			return t;
		found = t;
		count++;
	}
	return count == 1 ? found : NULL;
}
