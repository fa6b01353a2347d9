/*
 * named.c - event texts that hold names, and the few other odd ones
 *
 * sched_switch holds two names.  Behind the second come only numbers, so its
 * end is counted from the end of the line.  The arrow between the two halves
 * could stand in either name; the right one is the one before which a whole
 * first half stands, with the pid of the line's own head, because the task
 * that is switched from is always the one that prints the event.
 */
#include "trace/named.h"

#include <string.h>

static void keep(char *to, size_t max, struct scan s)
{
	record_keep(to, max, s.at, scan_left(&s));
}

static bool back_pid(struct scan *s, uint64_t *pid)
{
	return scan_back_number(s, pid) && *pid <= RECORD_PID_MAX;
}

/* Task states look like `S`, `R+`, `D|K`. */
static bool back_state(struct scan *s, struct trace_record *r)
{
	const char *p = s->end;
	bool preempted = false;

	while (p > s->at && p[-1] != ' ' && p[-1] != '=') {
		p--;
		if (*p == '+')
			preempted = true;
		else if (*p != '|' && (*p < 'A' || *p > 'Z') &&
			 (*p < 'a' || *p > 'z'))
			return false;
	}
	if (p == s->end)
		return false;
	r->state = *p;
	r->preempted = preempted;
	s->end = p;
	return true;
}

/* The half before the arrow: tracefs' own words, or those of a report. */
static bool first_half(struct scan s, struct trace_record *r)
{
	uint64_t prio;
	uint64_t pid;

	if (!back_state(&s, r))
		return false;
	if (scan_back_is(&s, " prev_state=")) {
		if (!scan_back_number(&s, &prio) ||
		    !scan_back_is(&s, " prev_prio=") || !back_pid(&s, &pid) ||
		    !scan_back_is(&s, " prev_pid=") ||
		    !scan_is(&s, "prev_comm="))
			return false;
	} else {
		if (!scan_back_is(&s, "] ") || !scan_back_number(&s, &prio) ||
		    !scan_back_is(&s, " [") || !back_pid(&s, &pid) ||
		    !scan_back_is(&s, ":"))
			return false;
	}
	if (pid != r->pid)
		return false;
	r->f.prev = pid;
	keep(r->comm, RECORD_COMM_MAX, s);
	return true;
}

/* Everything behind the second name, which is numbers alone. */
static bool second_tail(struct scan *s, uint64_t *pid)
{
	uint64_t prio;

	if (scan_back_is(s, "]"))
		return scan_back_number(s, &prio) && scan_back_is(s, " [") &&
		       back_pid(s, pid) && scan_back_is(s, ":");
	return scan_back_number(s, &prio) && scan_back_is(s, " next_prio=") &&
	       back_pid(s, pid) && scan_back_is(s, " next_pid=");
}

const char *named_sched_switch(struct scan *s, struct trace_record *r)
{
	bool report = s->at < s->end && s->end[-1] == ']';
	const char *arrow = report ? " ==> " : " ==> next_comm=";
	ptrdiff_t width = (ptrdiff_t)strlen(arrow);
	struct scan rest = scan_copy(s);
	const char *p;

	if (!second_tail(&rest, &r->f.next))
		return "the pid and priority of the next task at the end";
	for (p = rest.end - width; p >= s->at; p--) {
		if (*p != ' ' || memcmp(p, arrow, (size_t)width) != 0 ||
		    !first_half((struct scan){ s->at, p }, r))
			continue;
		keep(r->name, RECORD_COMM_MAX,
		     (struct scan){ p + width, rest.end });
		r->have = RF_BIT(prev) | RF_BIT(next);
		return NULL;
	}
	return "the task of this line, its state, and ==> the next task";
}

/* comm=NAME pid=N child_comm=NAME child_pid=N */
const char *named_sched_process_fork(struct scan *s, struct trace_record *r)
{
	static const char middle[] = " child_comm=";
	struct scan rest = scan_copy(s);
	const char *p;

	if (!back_pid(&rest, &r->f.child) ||
	    !scan_back_is(&rest, " child_pid="))
		return "child_pid=N at the end";
	for (p = rest.end - (sizeof middle - 1); p >= s->at; p--) {
		struct scan first = { s->at, p };

		if (memcmp(p, middle, sizeof middle - 1) != 0 ||
		    !back_pid(&first, &r->f.pid) || r->f.pid != r->pid ||
		    !scan_back_is(&first, " pid=") || !scan_is(&first, "comm="))
			continue;
		keep(r->name, RECORD_COMM_MAX,
		     (struct scan){ p + sizeof middle - 1, rest.end });
		r->have = RF_BIT(pid) | RF_BIT(child);
		return NULL;
	}
	return "comm=NAME pid=N child_comm=NAME";
}

/* filename=PATH pid=N old_pid=N */
const char *named_sched_process_exec(struct scan *s, struct trace_record *r)
{
	struct scan rest = scan_copy(s);
	uint64_t old;

	if (!scan_back_number(&rest, &old) ||
	    !scan_back_is(&rest, " old_pid=") || !back_pid(&rest, &r->f.pid) ||
	    !scan_back_is(&rest, " pid="))
		return "pid=N old_pid=N at the end";
	if (!scan_is(&rest, "filename="))
		return "filename=";
	keep(r->text, RECORD_TEXT_MAX, rest);
	r->have = RF_BIT(pid);
	return NULL;
}

/* comm=NAME pid=N prio=N, and since 6.16 group_dead=WORD */
const char *named_sched_process_exit(struct scan *s, struct trace_record *r)
{
	struct scan rest = scan_copy(s);
	uint64_t prio;

	if (!scan_back_is(&rest, " group_dead=true"))
		(void)scan_back_is(&rest, " group_dead=false");
	if (!scan_back_number(&rest, &prio) || !scan_back_is(&rest, " prio=") ||
	    !back_pid(&rest, &r->f.pid) || !scan_back_is(&rest, " pid="))
		return "pid=N prio=N at the end";
	if (!scan_is(&rest, "comm="))
		return "comm=";
	r->have = RF_BIT(pid);
	return NULL;
}

/* pid=N comm=NAME clone_flags=HEX oom_score_adj=N */
const char *named_task_newtask(struct scan *s, struct trace_record *r)
{
	static const char flags[] = " clone_flags=";
	struct scan rest = scan_copy(s);
	struct scan hex;
	uint64_t adj;

	if (!scan_is(&rest, "pid=") || !scan_decimal(&rest, &r->f.pid) ||
	    r->f.pid > RECORD_PID_MAX || !scan_is(&rest, " comm="))
		return "pid=N comm=NAME";
	if (!scan_back_number(&rest, &adj) ||
	    !scan_back_is(&rest, " oom_score_adj="))
		return "oom_score_adj=N at the end";
	hex = (struct scan){ rest.end, rest.end };
	while (hex.at > rest.at && hex.at[-1] != '=')
		hex.at--;
	rest.end = hex.at;
	if (!scan_hex(&hex, &r->f.clone_flags) || hex.at != hex.end ||
	    !scan_back_is(&rest, flags))
		return "clone_flags=HEX before oom_score_adj";
	keep(r->name, RECORD_COMM_MAX, rest);
	r->have = RF_BIT(pid) | RF_BIT(clone_flags);
	return NULL;
}

/* pages:N reason:WORDS (N), in a report with = for the colons */
const char *named_tlb_flush(struct scan *s, struct trace_record *r)
{
	struct scan words;

	if (!scan_is(s, "pages:") && !scan_is(s, "pages="))
		return "pages:";
	if (!scan_number(s, &r->f.pages))
		return "the number of pages";
	if (!scan_is(s, " reason:") && !scan_is(s, " reason="))
		return "reason:";
	words = scan_copy(s);
	if (!scan_back_is(&words, ")") ||
	    !scan_back_number(&words, &r->f.reason) ||
	    !scan_back_is(&words, " ("))
		return "the number of the reason, in parentheses";
	keep(r->text, RECORD_TEXT_MAX, words);
	r->have = RF_BIT(pages) | RF_BIT(reason);
	return NULL;
}

const char *named_print(struct scan *s, struct trace_record *r)
{
	if (scan_is(s, "tracing_mark_write: "))
		r->kind = REC_tracing_mark_write;
	else
		r->kind = REC_other;
	return named_text(s, r);
}

const char *named_text(struct scan *s, struct trace_record *r)
{
	keep(r->text, RECORD_TEXT_MAX, *s);
	s->at = s->end;
	return NULL;
}
