/*
 * keep.c - branches, predictions, rules and the journal around a command
 */
#include "session/keep.h"

#include <string.h>

#include "base/mem.h"
#include "session/explain.h"
#include "session/journal.h"
#include "session/resolve.h"
#include "session/commands.h"
#include "session/say.h"
#include "session/show.h"

struct shelf *shelf_new(void)
{
	return am_calloc(1, sizeof(struct shelf));
}

void shelf_free(struct shelf *s)
{
	if (!s)
		return;
	for (uint32_t i = 0; i < s->branches; i++)
		text_free(&s->branch[i].lines);
	am_free(s);
}

const char *keep_line(struct amm *a)
{
	return text_string(&a->typed);
}

void keep_outcome(struct amm *a, enum outcome o)
{
	if (a->outcome == OUTCOME_OK || o > a->outcome)
		a->outcome = o;
}

/* --steps stands behind the verb: an expression would swallow it. */
void keep_entry(struct text *out, const struct entry *x)
{
	size_t verb = strcspn(x->line, " \t");

	text_addf(out, "@%u %.*s", x->cpu, (int)verb, x->line);
	if (x->cut)
		text_addf(out, " --steps=%u", x->statements);
	text_addf(out, "%s\n", x->line + verb);
}

enum { MODE_IPI_SHIFT = 1 };

uint8_t keep_mode(const struct settings *s)
{
	return (uint8_t)(s->value[SET_STRICT] | s->value[SET_IPI]
							<< MODE_IPI_SHIFT);
}

static void mode_line(struct text *out, const struct settings *s,
		      enum setting which)
{
	text_addf(out, "set %s ", setting_name(which));
	setting_print(out, s, which);
	text_add(out, "\n");
}

void keep_mode_lines(struct text *out, uint8_t before, uint8_t mode)
{
	struct settings s;

	settings_init(&s);
	s.value[SET_STRICT] = mode & 1;
	s.value[SET_IPI] = mode >> MODE_IPI_SHIFT;
	if ((before ^ mode) & 1)
		mode_line(out, &s, SET_STRICT);
	if ((before ^ mode) >> MODE_IPI_SHIFT)
		mode_line(out, &s, SET_IPI);
}

static void add_lines(struct text *out, const struct amm *a, struct moment from)
{
	const struct history *h = a->history;

	for (uint32_t n = from.command + 1; n < history_entries(h); n++)
		keep_entry(out, history_entry(h, n));
}

static bool is_later(struct moment a, struct moment b)
{
	return a.command != b.command ? a.command > b.command
				      : a.statement > b.statement;
}

/* Bookmarks in the tail go with it. */
static void move_marks(struct shelf *s, struct text *lines, struct moment now)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < s->marks; i++) {
		if (is_later(s->mark[i].at, now))
			text_addf(lines, "bookmark %s t%u.%u\n",
				  s->mark[i].name, s->mark[i].at.command,
				  s->mark[i].at.statement);
		else
			s->mark[kept++] = s->mark[i];
	}
	s->marks = kept;
}

/* The oldest branch makes room; its name alt-N goes with it. */
static struct branch *new_branch(struct shelf *s)
{
	if (s->branches == BRANCHES_MAX) {
		text_free(&s->branch[0].lines);
		memmove(s->branch, s->branch + 1,
			(BRANCHES_MAX - 1) * sizeof *s->branch);
		s->branches--;
	}
	return &s->branch[s->branches++];
}

/* From inside a command the branch begins with all of it. */
static struct moment parent(const struct amm *a, struct moment now)
{
	const struct entry *x = history_entry(a->history, now.command);

	if (now.command == 0 || now.statement >= x->statements)
		return now;
	x = history_entry(a->history, now.command - 1);
	return (struct moment){ now.command - 1, x->statements };
}

void keep_branch(struct amm *a)
{
	struct moment now = history_now(a->history);
	struct moment end = history_last(a->history);
	struct moment from = parent(a, now);
	struct branch *b;

	if (now.command == end.command && now.statement == end.statement)
		return;
	b = new_branch(a->shelf);
	*b = (struct branch){ .from = from,
			      .count = end.command - from.command };
	add_lines(&b->lines, a, from);
	move_marks(a->shelf, &b->lines, now);
	if (a->form == FORM_JSON) {
		text_addf(&a->members, ",\"kept\":\"alt-%u\"",
			  a->shelf->branches);
		return;
	}
	text_addf(&a->out,
		  "note: what was undone is kept as alt-%u "
		  "(%u command%s; info bookmarks)\n",
		  a->shelf->branches, b->count, b->count == 1 ? "" : "s");
}

void keep_time_line(struct amm *a)
{
	struct moment start = { 0, 0 };
	uint32_t n = history_entries(a->history) - 1;
	struct branch *b;

	if (n == 0)
		return;
	b = new_branch(a->shelf);
	*b = (struct branch){ .from = start, .count = n };
	text_addf(&b->lines, "%s\n", history_entry(a->history, 0)->line);
	add_lines(&b->lines, a, start);
}

void keep_record(struct amm *a, const char *line)
{
	struct text notes = { 0 };

	a->upper->teaching->record(a, line);
	if (!a->journal || a->replaying || a->unfinished)
		return;
	journal_add(a->journal, JOURNAL_COMMAND, line, &notes);
	text_add(&a->out, text_string(&notes));
	text_free(&notes);
}

static void say_right(struct amm *a, const struct value *found, bool same)
{
	struct shelf *s = a->shelf;

	if (a->form == FORM_JSON) {
		text_addf(&a->members, ",\"prediction\":%s",
			  same ? "true" : "false");
		return;
	}
	if (same)
		text_addf(&a->out, "prediction: right, %s is ", s->what_text);
	else
		text_addf(&a->out, "prediction: you said %s, it is ",
			  s->answer_text);
	say_value(&a->out, amm_live(a), found);
	text_add(&a->out, ".\n");
	if (!same)
		explain_count(a, &s->what);
}

void keep_reveal(struct amm *a)
{
	struct shelf *s = a->shelf;
	struct value found, said;
	struct error e;
	bool same = false;

	if (!s->predicted || !a->settings.value[SET_PREDICT])
		return;
	s->predicted = false;
	if (resolve_here(a, &s->what, &found, &e) &&
	    resolve_here(a, &s->answer, &said, &e) &&
	    value_same(&found, &said, &same, &e))
		say_right(a, &found, same);
	else if (a->form == FORM_JSON)
		text_add(&a->members, ",\"prediction\":null");
	else
		text_addf(&a->out, "prediction: %s cannot be asked now: %s\n",
			  s->what_text, e.message);
}

void keep_commit(struct amm *a)
{
	uint32_t now = history_now(a->history).command;
	struct text line = { 0 };

	keep_entry(&line, history_entry(a->history, now));
	text_cut(&line, line.length - (line.length > 0));
	keep_record(a, text_string(&line));
	text_free(&line);
}

void keep_typed(struct amm *a)
{
	if (!a->journal && !a->course)
		return;
	text_clear(&a->kept);
	text_addc(&a->kept, '@', 1);
	text_addu(&a->kept, a->cpu);
	text_addc(&a->kept, ' ', 1);
	text_add(&a->kept, keep_line(a));
	keep_record(a, text_string(&a->kept));
}

bool keep_rules_broken(struct amm *a)
{
	bool stop = false;

	for (uint32_t i = 0; i < a->shelf->rules; i++) {
		struct rule *r = &a->shelf->rule[i];
		struct value v;
		struct error e;
		bool bad = r->on && resolve_here(a, &r->expr, &v, &e) &&
			   !value_truth(&v);

		if (bad && !r->broken) {
			text_addf(&a->stop_text, "invariant %s is broken: %s\n",
				  r->name, r->text);
			keep_outcome(a, OUTCOME_BROKEN);
			stop = true;
		}
		r->broken = bad;
	}
	return stop;
}

/* --- times -------------------------------------------------------------- */

static bool no_such_time(struct error *e, const struct timepos *t)
{
	struct text name = { 0 };

	timepos_print(&name, t);
	error_set(e, STATUS_NO_SUCH_TIME, "there is no time %s",
		  text_string(&name));
	error_hint(e, "history lists the commands; info bookmarks the marks");
	text_free(&name);
	return false;
}

static bool of_mark(struct amm *a, const struct timepos *t, struct moment *out)
{
	for (uint32_t i = 0; i < a->shelf->marks; i++)
		if (strcmp(a->shelf->mark[i].name, t->label) == 0) {
			*out = a->shelf->mark[i].at;
			return true;
		}
	return false;
}

static struct moment end_of(const struct amm *a, uint32_t command)
{
	const struct entry *x = history_entry(a->history, command);

	return (struct moment){ command, x ? x->statements : UINT32_MAX };
}

/* From inside a command, one back is its start: the end of the one before. */
static bool back(const struct amm *a, uint32_t n, struct moment *out)
{
	uint32_t now = history_now(a->history).command;

	if (n > now)
		return false;
	*out = n == 0 ? history_now(a->history) : end_of(a, now - n);
	return true;
}

/* t5.0 is t4: nothing of command 5 has run. */
static void plain_name(const struct amm *a, struct moment *at)
{
	const struct entry *x = history_entry(a->history, at->command);

	if (at->command > 0 && at->statement == 0 && x && x->statements > 0)
		*at = end_of(a, at->command - 1);
}

bool keep_moment(struct amm *a, const struct timepos *t, struct moment *out,
		 struct error *e)
{
	bool found = true;

	*out = history_now(a->history);
	switch (t->kind) {
	case TIMEPOS_NOW:
		break;
	case TIMEPOS_START:
		*out = end_of(a, 0);
		break;
	case TIMEPOS_END:
		*out = history_last(a->history);
		break;
	case TIMEPOS_COMMAND:
		*out = end_of(a, t->number);
		break;
	case TIMEPOS_STATEMENT:
		*out = (struct moment){ t->number, t->statement };
		break;
	case TIMEPOS_BACK:
		found = back(a, t->number, out);
		break;
	case TIMEPOS_LINE:
		found = a->recording &&
			a->upper->import_position(a, t->number, out);
		break;
	case TIMEPOS_MARK:
		found = of_mark(a, t, out);
		break;
	}
	if (found && history_time(a->history, *out) != UINT32_MAX) {
		plain_name(a, out);
		return true;
	}
	return no_such_time(e, t);
}

/* --- printed values ----------------------------------------------------- */

bool keep_value(const struct amm *a, uint64_t n, struct value *v)
{
	uint64_t last = a->shelf->values;

	if (n == 0)
		n = last;
	if (n == 0 || n > last || n + VALUES_MAX <= last)
		return false;
	*v = a->shelf->value[(n - 1) % VALUES_MAX];
	return true;
}

void keep_new_value(struct amm *a, const struct value *v)
{
	a->shelf->value[a->shelf->values++ % VALUES_MAX] = *v;
}
