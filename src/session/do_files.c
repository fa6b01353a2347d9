/*
 * do_files.c - save, load, source: a session is its list of commands
 *
 * A saved session is a script: comments, the boot, then one command a line
 * with the CPU it ran on, and --steps where it was stopped inside.
 */
#include "session/do_files.h"

#include <fcntl.h>
#include <string.h>

#include "base/lines.h"
#include "base/save.h"
#include "session/commands.h"
#include "session/keep.h"
#include "session/say.h"

static const char magic[] = "# activemm session 1";
enum { DEPTH_MAX = 8 };

static bool file_failed(struct error *e, struct text *why)
{
	error_set(e, STATUS_FILE, "%s", text_string(why));
	error_hint(e, "nothing was changed");
	text_free(why);
	return false;
}

static void add_settings(struct text *out, const struct amm *a)
{
	struct settings fresh;

	settings_init(&fresh);
	for (int s = 0; s < SET_COUNT; s++) {
		if (fresh.value[s] == a->settings.value[s])
			continue;
		text_addf(out, "set %s ", setting_name((enum setting)s));
		setting_print(out, &a->settings, (enum setting)s);
		text_add(out, "\n");
	}
}

static void add_entry(struct text *out, const struct entry *x, uint32_t n)
{
	if (n == 0)
		text_addf(out, "%s\n", x->line);
	else if (x->cut)
		text_addf(out, "@%u %s --steps=%u\n", x->cpu, x->line,
			  x->statements);
	else
		text_addf(out, "@%u %s\n", x->cpu, x->line);
}

void session_script(struct amm *a, struct text *out)
{
	struct moment now = history_now(a->history);

	text_addf(out, "%s, engine %s\n", magic, ENGINE_VERSION);
	for (uint32_t n = 0; n < history_entries(a->history); n++) {
		add_entry(out, history_entry(a->history, n), n);
		if (n == 0)
			add_settings(out, a);
	}
	if (now.command != history_end(a->history).command ||
	    now.statement != history_end(a->history).statement)
		text_addf(out, "goto t%u.%u\n", now.command, now.statement);
	text_addf(out, "cpu %u\n", a->selected);
}

bool do_save(struct amm *a, const struct call *c, struct error *e)
{
	struct text script = { 0 }, why = { 0 };
	bool ok;

	session_script(a, &script);
	ok = !script.failed &&
	     save_over(AT_FDCWD, c->arg[0].text, &script, &why);
	text_free(&script);
	if (!ok)
		return file_failed(e, &why);
	if (a->form == FORM_JSON)
		say_json(a, "");
	else
		text_addf(&a->out, "saved %u commands in %s\n",
			  history_entries(a->history) - 1, c->arg[0].text);
	return true;
}

static bool too_deep(struct error *e)
{
	error_set(e, STATUS_NO_ROOM, "files source each other %d deep",
		  DEPTH_MAX);
	return false;
}

/* One line of a script; what it says is marked with file and line when wrong. */
static bool script_line(struct amm *a, struct script *s, const char *line,
			size_t length)
{
	if (a->settings.value[SET_ECHO] || s->verbose)
		text_addf(&a->out, "%s%.*s\n", session_prompt(a), (int)length,
			  line);
	if (session_line(a, line, length))
		return true;
	text_addf(&a->out, "%s:%llu: stopped here\n", s->name,
		  (unsigned long long)lines_number(s->lines));
	return false;
}

static bool run_script(struct amm *a, struct script *s, struct error *e)
{
	struct text why = { 0 };
	enum lines_result got;
	char *line;
	size_t length;

	while ((got = lines_next(s->lines, &line, &length)) == LINES_OK)
		if (a->quit || a->interrupted ||
		    !script_line(a, s, line, length))
			return true;
	if (got == LINES_END)
		return true;
	lines_complain(s->lines, &why);
	return file_failed(e, &why);
}

static bool open_script(struct amm *a, struct script *s, const char *name,
			struct error *e)
{
	struct text why = { 0 };

	*s = (struct script){ .name = name };
	if (a->depth == DEPTH_MAX)
		return too_deep(e);
	s->lines = lines_open(name, &why);
	return s->lines || file_failed(e, &why);
}

bool session_source(struct amm *a, const char *name, bool verbose,
		    struct error *e)
{
	struct script s;
	bool ok;

	if (!open_script(a, &s, name, e))
		return false;
	s.verbose = verbose;
	a->depth++;
	ok = run_script(a, &s, e);
	a->depth--;
	lines_close(s.lines);
	return ok;
}

bool do_source(struct amm *a, const struct call *c, struct error *e)
{
	return session_source(a, c->arg[0].text, call_flag(c, "-v") != NULL, e);
}

static bool is_session(struct script *s, struct error *e)
{
	char *line;
	size_t length;

	if (lines_next(s->lines, &line, &length) == LINES_OK &&
	    length >= strlen(magic) && memcmp(line, magic, strlen(magic)) == 0)
		return true;
	error_set(e, STATUS_FILE, "%s is not a saved session", s->name);
	error_hint(e, "source runs any file of commands");
	return false;
}

/* The boot in the file makes a new machine; the old time line is a branch. */
bool do_load(struct amm *a, const struct call *c, struct error *e)
{
	struct script s;
	size_t said = a->out.length;
	bool ok;

	if (!open_script(a, &s, c->arg[0].text, e))
		return false;
	ok = is_session(&s, e);
	a->depth++;
	ok = ok && run_script(a, &s, e);
	a->depth--;
	lines_close(s.lines);
	if (!ok || a->outcome == OUTCOME_USAGE)
		return ok;
	text_cut(&a->out, said);
	if (a->form == FORM_JSON)
		say_json(a, "");
	else
		text_addf(&a->out, "loaded %u commands from %s\n",
			  history_entries(a->history) - 1, c->arg[0].text);
	return true;
}

bool do_export_transcript(struct amm *a, const struct call *c, struct error *e)
{
	struct text why = { 0 };

	if (!save_over(AT_FDCWD, c->arg[0].text, &a->transcript, &why))
		return file_failed(e, &why);
	if (a->form == FORM_JSON)
		say_json(a, "");
	else
		text_addf(&a->out, "wrote %s\n", c->arg[0].text);
	return true;
}
