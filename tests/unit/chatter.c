/*
 * chatter.c - random lines
 */
#include "chatter.h"

#include <stdio.h>

uint32_t chatter_number(struct chatter *c, uint32_t n)
{
	c->state ^= c->state << 13;
	c->state ^= c->state >> 7;
	c->state ^= c->state << 17;
	return (uint32_t)((c->state * 0x2545f4914f6cdd1dU) >> 33) % n;
}

/*
 * %t a task, %m an mm, %c a CPU, %n a small number, %l a label, %w a name,
 * %x a time, %e an expression.  Often done things stand here more than once.
 */
static const char *const acting[] = { "spawn %w",
				      "spawn %w --cpu=%c",
				      "kthread %w",
				      "kthread %w --cpu=%c",
				      "user_mode_thread %w",
				      "fork",
				      "fork %w",
				      "vfork %w",
				      "clone %w",
				      "exec %w",
				      "exit",
				      "exit --group",
				      "switch %t",
				      "switch %t",
				      "switch %t",
				      "switch %t",
				      "switch %t",
				      "schedule",
				      "schedule",
				      "preempt",
				      "idle",
				      "idle",
				      "wake %t",
				      "block %t",
				      "migrate %t %c",
				      "wait %t",
				      "kthread_use_mm %m",
				      "kthread_unuse_mm",
				      "mmget %m --as=%l",
				      "mmput %m --as=%l",
				      "mmgrab %m --as=%l",
				      "mmdrop %m --as=%l",
				      "get_task_mm %t --as=%l",
				      "mmget_not_zero %m --as=%l",
				      "mmput_async %m --as=%l",
				      "run_work %m",
				      "flush --mm=%m",
				      "flush --mm=%m --freed-tables",
				      "ipi",
				      "ipi all",
				      "cpu_down %c",
				      "cpu_up %c",
				      "begin exit",
				      "begin switch %t",
				      "begin exec %w",
				      "begin fork",
				      "begin kthread_use_mm %m",
				      "step",
				      "step %n",
				      "step %n",
				      "next",
				      "next %n",
				      "finish",
				      "finish",
				      "continue",
				      "continue --order=%c,%c",
				      "until %e",
				      "exit --steps=%n",
				      "switch %t --steps=%n",
				      "continue --steps=%n",
				      "exec %w --steps=%n",
				      "undo",
				      "undo %n",
				      "redo",
				      "redo %n",
				      "goto %x",
				      "goto %x",
				      "goto @end",
				      "reverse-step",
				      "reverse-step %n",
				      "reverse-next",
				      "reverse-finish",
				      "bookmark %l",
				      "bookmark %l %x",
				      "goto %l",
				      "set ipi manual",
				      "set ipi auto",
				      "set strict off",
				      "set strict on",
				      "cpu %c",
				      "reset",
				      "undo" };

static const char *const looking[] = { "ps",
				       "ps -k",
				       "ps -r",
				       "task %t",
				       "mm",
				       "mm %m",
				       "why %m",
				       "ledger",
				       "ledger %m",
				       "runq",
				       "list",
				       "list exit_mm",
				       "bt",
				       "log",
				       "print %e",
				       "print $",
				       "info cpus",
				       "info breakpoints",
				       "info watchpoints",
				       "info display",
				       "info bookmarks",
				       "info invariants",
				       "info model",
				       "diff",
				       "diff %x %x",
				       "timeline",
				       "timeline @start,@end",
				       "context",
				       "history",
				       "history %n",
				       "help switch",
				       "apropos mm",
				       "show",
				       "show ipi",
				       "invariant list",
				       "alias",
				       "exit --source",
				       "exit --help",
				       "exit -n",
				       "spawn %w -n",
				       "switch %t -n",
				       "fork --dry-run",
				       "assert %e",
				       "cpu",
				       "swich",
				       "switch nobody",
				       "config",
				       "set",
				       "display",
				       "ipi all -n",
				       "exit --group -n",
				       "begin exit -n",
				       "exec %w -n" };

static size_t word(struct chatter *c, char *to, size_t size, char what)
{
	static const char *const tasks[] = { "100", "101", "102", "103", "20",
					     "21",  "%0",  "%1",  "%",   "idle",
					     "1",   "104", "105", "22",  "sh" };
	static const char *const names[] = { "sh", "vi", "kw/1:0", "'a b'" };
	static const char *const labels[] = { "me", "proc", "vhost" };
	static const char *const exprs[] = {
		"mm1.mm_users == 0", "cpu(1)->is_lazy", "mm2.mm_count > 1",
		"current(0)->mm == NULL", "init_mm.mm_count"
	};
	int n;

#define ONE_OF(list) list[chatter_number(c, sizeof(list) / sizeof *(list))]
	switch (what) {
	case 't':
		n = snprintf(to, size, "%s", ONE_OF(tasks));
		break;
	case 'm':
		n = snprintf(to, size, "mm%u", 1 + chatter_number(c, 8));
		break;
	case 'c':
		n = snprintf(to, size, "%u", chatter_number(c, c->cpus));
		break;
	case 'n':
		n = snprintf(to, size, "%u", 1 + chatter_number(c, 9));
		break;
	case 'l':
		n = snprintf(to, size, "%s", ONE_OF(labels));
		break;
	case 'w':
		n = snprintf(to, size, "%s", ONE_OF(names));
		break;
	case 'x':
		n = snprintf(to, size, "t%u.%u", chatter_number(c, 40),
			     chatter_number(c, 5));
		break;
	default:
		n = snprintf(to, size, "%s", ONE_OF(exprs));
	}
#undef ONE_OF
	return (size_t)n;
}

static void fill(struct chatter *c, const char *form, char *line, size_t size)
{
	size_t n = 0;

	if (chatter_number(c, 2))
		n = (size_t)snprintf(line, size, "@%u ",
				     chatter_number(c, c->cpus));
	for (; *form; form++)
		if (*form == '%')
			n += word(c, line + n, size - n, *++form);
		else
			line[n++] = *form;
	line[n] = '\0';
}

void chatter_line(struct chatter *c, char *line, size_t size)
{
	uint32_t n = sizeof acting / sizeof *acting;

	fill(c, acting[chatter_number(c, n)], line, size);
}

void chatter_look(struct chatter *c, char *line, size_t size)
{
	uint32_t n = sizeof looking / sizeof *looking;

	fill(c, looking[chatter_number(c, n)], line, size);
}
