/*
 * do_compare.c - the same script under two kernels, side by side
 */
#include <string.h>

#include "base/escape.h"
#include "base/mem.h"
#include "session/align.h"
#include "session/commands.h"
#include "session/do_files.h"
#include "session/do_machine.h"
#include "session/say.h"
#include "session/show.h"
#include "session/side.h"

struct comparison {
	struct amm *a;
	struct side side[2];
	struct script script;
	struct row rows[2 * SIDE_LINES_MAX];
	size_t count; /* rows of the line that was run */
	unsigned differing, refused;
};

/* --- as columns --------------------------------------------------------------- */

static size_t column_width(const struct amm *a)
{
	size_t width = (size_t)a->settings.value[SET_WIDTH];

	return ((width ? width : 79) - 5) / 2;
}

/* Cut to its column and filled up to it. */
static void add_cell(struct text *out, const char *line, size_t width)
{
	struct text cut = { 0 };
	size_t used;

	escape_name(&cut, line ? line : "", width);
	used = escape_columns(text_string(&cut), cut.length);
	text_add(out, text_string(&cut));
	if (used < width)
		text_addc(out, ' ', width - used);
	text_free(&cut);
}

static const char *row_mark(const struct row *r)
{
	return !r->right ? " < " : !r->left ? " > " : "   ";
}

static void show_row(struct text *out, const struct row *r, size_t width)
{
	struct text line = { 0 };
	size_t end;

	text_add(&line, "  ");
	add_cell(&line, r->left, width);
	text_add(&line, row_mark(r));
	add_cell(&line, r->right, width);
	for (end = line.length; end && line.bytes[end - 1] == ' ';)
		end--;
	text_append(out, text_string(&line), end);
	text_add(out, "\n");
	text_free(&line);
}

static void show_title(struct comparison *c)
{
	const struct row names = { c->side[0].kernel->name,
				   c->side[1].kernel->name };

	show_row(&c->a->out, &names, column_width(c->a));
}

/* --- as sentences --------------------------------------------------------------- */

static void say_row(struct comparison *c, const struct row *r)
{
	struct text *out = &c->a->out;

	if (!r->left || !r->right)
		text_addf(out,
			  "Only %s: ", c->side[r->left == NULL].kernel->name);
	else
		text_add(out, "Both: ");
	text_add(out, r->left ? r->left : r->right);
	text_add(out, ".\n");
}

/* --- one line --------------------------------------------------------------------- */

static void add_script_line(struct text *out, const char *line)
{
	escape_text(out, line, strlen(line));
}

static void show_line(struct comparison *c, const char *line)
{
	struct text *out = &c->a->out;

	add_script_line(out, line);
	text_add(out, c->a->form == FORM_PLAIN ? ".\n" : "\n");
	for (size_t i = 0; i < c->count; i++) {
		if (c->a->form == FORM_PLAIN)
			say_row(c, &c->rows[i]);
		else
			show_row(out, &c->rows[i], column_width(c->a));
	}
}

static void json_line(struct comparison *c, const char *line, bool first)
{
	struct text *m = &c->a->members;
	struct text shown = { 0 };

	add_script_line(&shown, line);
	text_add(m, first ? "{\"line\":" : ",{\"line\":");
	show_quoted(m, text_string(&shown));
	text_free(&shown);
	text_add(m, ",\"rows\":[");
	for (size_t i = 0; i < c->count; i++) {
		const struct row *r = &c->rows[i];

		text_addf(m, "%s{\"in\":\"%s\",\"what\":", i ? "," : "",
			  !r->right  ? "first"
			  : !r->left ? "second"
				     : "both");
		show_quoted(m, r->left ? r->left : r->right);
		text_add(m, "}");
	}
	text_add(m, "]}");
}

static bool align_sides(struct comparison *c)
{
	const struct side *l = &c->side[0], *r = &c->side[1];

	return !l->words.failed && !r->words.failed &&
	       align(l->at, l->lines, r->at, r->lines, c->rows, &c->count);
}

/* A line that no kernel takes is the script's fault: it ends there. */
static bool both_refuse(struct comparison *c, const struct text *line,
			struct error *e)
{
	struct side *s = c->side;

	if (!s[0].refused || !s[1].refused)
		return false;
	error_set(e, STATUS_REFUSED_BY_BOTH, "%s:%llu: '%s' is %s",
		  c->script.name,
		  (unsigned long long)lines_number(c->script.lines),
		  text_string(line), s[0].lines ? s[0].at[0] : "refused");
	error_hint(e, "source %s shows where it stops", c->script.name);
	return true;
}

static bool run_line(struct comparison *c, const struct text *line,
		     struct error *e)
{
	static const char blank[] = " \t\n";
	const char *typed = text_string(line);
	bool first = c->a->members.length == 0 ||
		     c->a->members.bytes[c->a->members.length - 1] == '[';

	typed += strspn(typed, blank);
	if (!*typed || *typed == '#')
		return true;
	for (int i = 0; i < 2; i++)
		side_run(&c->side[i], typed, strlen(typed));
	if (both_refuse(c, line, e))
		return false;
	if (!align_sides(c)) {
		error_set(e, STATUS_OUT_OF_MEMORY, "out of memory");
		return false;
	}
	for (size_t i = 0; i < c->count; i++)
		c->differing += !c->rows[i].left || !c->rows[i].right;
	if (c->a->form == FORM_JSON)
		json_line(c, typed, first);
	else
		show_line(c, typed);
	return true;
}

/* --- totals ------------------------------------------------------------------------- */

static void show_totals(struct comparison *c)
{
	struct text *out = &c->a->out;

	text_addf(out, "%s\n  %-18s%12s%12s\n", "in all", "",
		  c->side[0].kernel->name, c->side[1].kernel->name);
	for (unsigned i = 0; i < COST_COUNT; i++) {
		unsigned long long l = c->side[0].total.cost[i];
		unsigned long long r = c->side[1].total.cost[i];

		text_addf(out, "  %-18s%12llu%12llu%s\n",
			  cost_name(i, 2, c->side[0].kernel->arch), l, r,
			  l == r ? "" : "  *");
	}
}

static void say_totals(struct comparison *c)
{
	for (unsigned i = 0; i < COST_COUNT; i++)
		text_addf(&c->a->out, "In all, %s: %llu in %s, %llu in %s.\n",
			  cost_name(i, 2, c->side[0].kernel->arch),
			  (unsigned long long)c->side[0].total.cost[i],
			  c->side[0].kernel->name,
			  (unsigned long long)c->side[1].total.cost[i],
			  c->side[1].kernel->name);
}

static void json_totals(struct comparison *c)
{
	struct text *m = &c->a->members;

	text_add(m, "],\"totals\":[");
	for (int s = 0; s < 2; s++) {
		text_addf(m, "%s{\"kernel\":\"%s\"", s ? "," : "",
			  c->side[s].kernel->name);
		for (unsigned i = 0; i < COST_COUNT; i++)
			text_addf(m, ",\"%s\":%llu",
				  cost_key(i, c->side[s].kernel->arch),
				  (unsigned long long)c->side[s].total.cost[i]);
		text_add(m, "}");
	}
	text_addf(m, "],\"differing\":%u", c->differing);
	say_json(c->a, "");
}

static void end_comparison(struct comparison *c)
{
	if (c->a->form == FORM_JSON)
		json_totals(c);
	else if (c->a->form == FORM_PLAIN)
		say_totals(c);
	else
		show_totals(c);
}

/* --- the command -------------------------------------------------------------------- */

static bool run_all(struct comparison *c, struct error *e)
{
	struct text line = { 0 }, why = { 0 };
	enum lines_result got = LINES_END;
	bool ok = true;

	if (c->a->form == FORM_HUMAN)
		show_title(c);
	if (c->a->form == FORM_JSON)
		text_add(&c->a->members, ",\"lines\":[");
	while (ok && !c->a->interrupted &&
	       (got = script_next(&c->script, &line)) == LINES_OK)
		ok = run_line(c, &line, e);
	text_free(&line);
	if (ok && got != LINES_OK && got != LINES_END) {
		lines_complain(c->script.lines, &why);
		return file_failed(e, &why);
	}
	if (ok && c->a->interrupted)
		c->a->outcome = OUTCOME_INTERRUPTED;
	return ok;
}

static bool compare(struct comparison *c, const struct profile *kernel[2],
		    struct error *e)
{
	bool ok = side_start(&c->side[0], c->a, kernel[0]) &&
		  side_start(&c->side[1], c->a, kernel[1]);

	if (!ok)
		error_set(e, STATUS_OUT_OF_MEMORY, "out of memory");
	ok = ok && run_all(c, e);
	if (ok)
		end_comparison(c);
	side_end(&c->side[0]);
	side_end(&c->side[1]);
	return ok;
}

/* "A,B" */
/* Both are of the machine that is booted now. */
static bool read_kernels(const struct amm *a, const struct arg *x,
			 const struct profile *kernel[2], struct error *e)
{
	const char *comma = strchr(x->text, ',');
	struct text first = { 0 };
	struct boot b = { .arch = a->program->profile.arch };
	bool ok;

	if (!comma || strchr(comma + 1, ',')) {
		error_set(e, STATUS_FLAG_VALUE,
			  "--kernel takes two kernels with a comma between "
			  "them");
		error_hint(e, "--kernel=2.2,2.4");
		return false;
	}
	text_append(&first, x->text, (size_t)(comma - x->text));
	ok = machine_profile(text_string(&first), &b, e);
	kernel[0] = b.profile;
	text_free(&first);
	ok = ok && machine_profile(comma + 1, &b, e);
	kernel[1] = b.profile;
	return ok;
}

bool do_compare(struct amm *a, const struct call *call, struct error *e)
{
	const struct arg *kernels = call_flag(call, "--kernel");
	const struct profile *kernel[2];
	struct comparison *c;
	bool ok;

	if (!read_kernels(a, kernels, kernel, e)) {
		error_at(e, kernels->column, kernels->length);
		return false;
	}
	c = am_calloc(1, sizeof *c);
	if (!c) {
		error_set(e, STATUS_OUT_OF_MEMORY, "out of memory");
		return false;
	}
	c->a = a;
	ok = script_open(a, &c->script, call->arg[0].text, e);
	if (ok) {
		ok = compare(c, kernel, e);
		lines_close(c->script.lines);
	}
	am_free(c);
	return ok;
}
