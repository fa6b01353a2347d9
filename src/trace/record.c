/*
 * record.c - one line of a recording of a real kernel, as plain numbers
 *
 * The head of a line is `%16s-%d [%03d]`: a name has at most 15 bytes, so the
 * dash stands in column 17 and no name can move it.  Where it does not (text
 * that somebody pasted, without its leading blanks) the first place that looks
 * like `-PID [CPU]` is taken.
 */
#include "trace/record.h"

#include <string.h>

#include "trace/fields.h"
#include "trace/named.h"
#include "trace/scan.h"

#define DASH_COLUMN 16 /* of the dash before the pid, from 0 */

typedef const char *record_body(struct scan *s, struct trace_record *r);

struct event_form {
	const char *name;
	size_t length;
	record_body *body;
	uint64_t needs;
};

#define named_fields fields_read
static const struct event_form forms[REC_KINDS] = {
	[REC_other] = { "other", 5, named_text, 0 },
	[REC_lost] = { "lost", 4, named_text, 0 },
#define TRACE_EVENT(name, body, needs) \
	[REC_##name] = { #name, sizeof #name - 1, named_##body, needs },
#include "trace/record.def"
};
#undef named_fields

const char *record_event_name(enum record_kind kind)
{
	return forms[kind].name;
}

void record_keep(char *to, size_t max, const char *from, size_t length)
{
	size_t kept = length < max ? length : max;

	memcpy(to, from, kept);
	to[kept] = '\0';
}

/* ---- the head of a line ------------------------------------------------ */

/* Some reports print the thread group between: `(  167)`, `(-----)`. */
static bool thread_group(struct scan *s)
{
	if (!scan_is(s, "("))
		return true;
	while (s->at < s->end && *s->at != '(' && *s->at != ')')
		s->at++;
	return scan_is(s, ")");
}

/* `-PID [CPU]` at the front */
static bool pid_and_cpu(struct scan *s, uint64_t *pid, uint64_t *cpu)
{
	struct scan rest = scan_copy(s);

	if (!scan_is(&rest, "-") || !scan_decimal(&rest, pid))
		return false;
	scan_blanks(&rest);
	if (!thread_group(&rest))
		return false;
	scan_blanks(&rest);
	if (!scan_is(&rest, "[") || !scan_decimal(&rest, cpu) ||
	    !scan_is(&rest, "]"))
		return false;
	s->at = rest.at;
	return true;
}

/* Leaves the scan behind `[CPU]`, and the name in @comm. */
static bool find_task(struct scan *s, struct scan *comm, uint64_t *pid,
		      uint64_t *cpu)
{
	struct scan from = scan_copy(s);

	*comm = scan_copy(s);
	if (scan_left(s) > DASH_COLUMN) {
		from.at = comm->end = s->at + DASH_COLUMN;
		if (pid_and_cpu(&from, pid, cpu)) {
			s->at = from.at;
			return true;
		}
	}
	for (from.at = s->at; from.at < from.end; from.at++) {
		comm->end = from.at;
		if (*from.at == '-' && pid_and_cpu(&from, pid, cpu)) {
			s->at = from.at;
			return true;
		}
	}
	return false;
}

static const char *task_and_cpu(struct scan *s, struct trace_record *r)
{
	struct scan comm;
	uint64_t pid;
	uint64_t cpu;

	if (!find_task(s, &comm, &pid, &cpu))
		return "COMM-PID [CPU]";
	if (pid > RECORD_PID_MAX)
		return "a pid of at most 4194304";
	if (cpu > RECORD_CPU_MAX)
		return "a CPU number of at most 4095";
	scan_blanks(&comm);
	record_keep(r->comm, RECORD_COMM_MAX, comm.at, scan_left(&comm));
	r->pid = (uint32_t)pid;
	r->cpu = (uint32_t)cpu;
	return NULL;
}

/* `SECONDS.FRACTION:`, the fraction of any length; a bare count is kept. */
static bool time_stamp(struct scan *s, uint64_t *us)
{
	static const uint32_t units[] = { 1000000, 100000, 10000, 1000,
					  100,     10,     1 };
	struct scan rest = scan_copy(s);
	uint64_t seconds, fraction = 0;
	size_t n = 0;

	if (!scan_decimal(&rest, &seconds))
		return false;
	if (scan_is(&rest, ".")) {
		if (seconds > UINT64_MAX / 1000000 - 1)
			return false;
		for (; rest.at < rest.end && scan_digit(*rest.at); rest.at++)
			if (n < 6) {
				fraction = fraction * 10 +
					   (unsigned)(*rest.at - '0');
				n++;
			}
		seconds = seconds * 1000000 + fraction * units[n];
	}
	if (!scan_is(&rest, ":"))
		return false;
	*us = seconds;
	s->at = rest.at;
	return true;
}

static const char *time_of(struct scan *s, struct trace_record *r)
{
	scan_blanks(s);
	if (time_stamp(s, &r->time_us))
		return NULL;
	while (s->at < s->end && *s->at != ' ')
		s->at++;
	scan_blanks(s);
	return time_stamp(s, &r->time_us) ? NULL : "flags and a time with :";
}

/* ---- events ------------------------------------------------------------ */

static bool is_event(struct scan *s, enum record_kind kind)
{
	size_t length = forms[kind].length;

	if (scan_left(s) <= length || s->at[length] != ':' ||
	    memcmp(s->at, forms[kind].name, length) != 0)
		return false;
	s->at += length + 1;
	return true;
}

/*
 * The word before the colon; anything else is an event unknown to us.  @guess
 * is the event of the line before: many lines tell of the same.
 */
static enum record_kind event_kind(struct scan *s, enum record_kind guess)
{
	const char *p = s->at;
	size_t length;
	int kind;

	if (guess > REC_lost && is_event(s, guess))
		return guess;
	while (p < s->end && *p != ':' && *p != ' ')
		p++;
	if (p == s->end || *p != ':')
		return REC_other;
	length = (size_t)(p - s->at);
	for (kind = REC_lost + 1; kind < REC_KINDS; kind++)
		if (forms[kind].length == length &&
		    memcmp(forms[kind].name, s->at, length) == 0)
			break;
	if (kind == REC_KINDS)
		return REC_other;
	s->at = p + 1;
	return (enum record_kind)kind;
}

static const char *event_body(struct scan *s, struct trace_record *r,
			      enum record_kind guess, bool glance)
{
	const char *expected;

	scan_blanks(s);
	r->kind = event_kind(s, guess);
	if (glance && r->kind == REC_sched_switch)
		return NULL;
	scan_blanks(s);
	expected = forms[r->kind].body(s, r);
	if (expected)
		return expected;
	if (forms[r->kind].needs & ~r->have)
		return "more fields in this event";
	return NULL;
}

/* `CPU:1 [LOST 5 EVENTS]` stands where a ring buffer overran. */
static bool lost_events(struct scan s, struct trace_record *r)
{
	uint64_t cpu;

	if (!scan_is(&s, "CPU:") || !scan_decimal(&s, &cpu) ||
	    cpu > RECORD_CPU_MAX || !scan_is(&s, " [LOST "))
		return false;
	r->kind = REC_lost;
	r->cpu = (uint32_t)cpu;
	return true;
}

/* `# ...` in the trace file; `cpus=2`, `CPU 1 is empty` in a report. */
static bool is_header(struct scan s)
{
	uint64_t n;

	if (s.at == s.end || *s.at == '#')
		return true;
	if (scan_is(&s, "cpus="))
		return scan_decimal(&s, &n) && s.at == s.end;
	return scan_is(&s, "CPU ") && scan_decimal(&s, &n) &&
	       scan_is(&s, " is empty") && s.at == s.end;
}

static void clear(struct trace_record *r, uint64_t line)
{
	size_t numbers = offsetof(struct trace_record, comm);

	/* A size that is not known gets the library's memset(), a fast one. */
	__asm__("" : "+r"(numbers));
	memset(r, 0, numbers);
	r->comm[0] = r->name[0] = r->text[0] = '\0';
	r->line = line;
	r->expected = NULL;
	r->column = 0;
}

static enum record_result read_line(struct trace_record *r, uint64_t line,
				    const char *text, size_t length,
				    bool glance)
{
	struct scan s = { text, text + length };
	enum record_kind guess = r->kind;

	clear(r, line);
	if (length > RECORD_LINE_MAX) {
		r->expected = "a line of at most 65536 bytes";
	} else if (is_header(s)) {
		return RECORD_NONE;
	} else if (lost_events(s, r)) {
		return RECORD_EVENT;
	} else {
		r->expected = task_and_cpu(&s, r);
		if (!r->expected)
			r->expected = time_of(&s, r);
		if (!r->expected)
			r->expected = event_body(&s, r, guess, glance);
	}
	r->column = (size_t)(s.at - text) + 1;
	return r->expected ? RECORD_BAD : RECORD_EVENT;
}

enum record_result record_parse(struct trace_record *r, uint64_t line,
				const char *text, size_t length)
{
	return read_line(r, line, text, length, false);
}

enum record_result record_glance(struct trace_record *r, uint64_t line,
				 const char *text, size_t length)
{
	return read_line(r, line, text, length, true);
}
