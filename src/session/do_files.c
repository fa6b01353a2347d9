/*
 * do_files.c - save, load, source: a session is its list of commands
 *
 * A saved session is a script: comments, the boot, then one command a line
 * with the CPU it ran on, and --steps where it was stopped inside.
 */
#include "session/do_files.h"
#include "session/do_lua.h"
#include "session/do_machine.h"

#include <fcntl.h>
#include <limits.h>
#include <string.h>

#include "base/datadir.h"
#include "base/escape.h"
#include "base/lines.h"
#include "base/save.h"
#include "session/commands.h"
#include "session/keep.h"
#include "session/say.h"
#include "session/show.h"

static const char magic[] = "# activemm session 1";
enum { DEPTH_MAX = 8 };

bool file_failed(struct error *e, struct text *why)
{
	error_set(e, STATUS_FILE, "%s", text_string(why));
	error_hint(e, "nothing was changed");
	text_free(why);
	return false;
}

/* Those that do not change what a command does: see add_mode(). */
static void add_settings(struct text *out, const struct amm *a)
{
	struct settings fresh;

	settings_init(&fresh);
	for (int s = 0; s < SET_COUNT; s++) {
		if (fresh.value[s] == a->settings.value[s] || s == SET_IPI ||
		    s == SET_STRICT)
			continue;
		text_addf(out, "set %s ", setting_name((enum setting)s));
		setting_print(out, &a->settings, (enum setting)s);
		text_add(out, "\n");
	}
}

static void add_marks(struct text *out, const struct shelf *s)
{
	for (uint32_t i = 0; i < s->marks; i++)
		text_addf(out, "bookmark %s t%u.%u\n", s->mark[i].name,
			  s->mark[i].at.command, s->mark[i].at.statement);
}

/* A recording is followed whole, and then gone back in. */
static void add_recording(struct text *out, const struct entry *x, uint32_t n)
{
	struct entry whole = *x;

	whole.cut = false;
	keep_entry(out, &whole);
	if (x->cut)
		text_addf(out, "goto t%u.%u\n", n, x->statements);
}

static bool is_recording(const struct entry *x)
{
	return strncmp(x->line, "im", 2) == 0; /* import trace, shortened */
}

/* Each command runs again under the settings that it ran under. */
static uint8_t add_commands(struct text *out, const struct history *h,
			    uint8_t mode)
{
	for (uint32_t n = 1; n < history_entries(h); n++) {
		const struct entry *x = history_entry(h, n);

		keep_mode_lines(out, mode, x->mode);
		mode = x->mode;
		if (is_recording(x))
			add_recording(out, x, n);
		else
			keep_entry(out, x);
	}
	return mode;
}

void session_script(struct amm *a, struct text *out)
{
	struct moment now = history_now(a->history);
	struct moment end = history_last(a->history);
	struct settings fresh;
	uint8_t mode;

	settings_init(&fresh);
	text_addf(out, "%s, engine %s\n%s\n", magic, ENGINE_VERSION,
		  history_entry(a->history, 0)->line);
	mode = add_commands(out, a->history, keep_mode(&fresh));
	keep_mode_lines(out, mode, keep_mode(&a->settings));
	if (now.command != end.command || now.statement != end.statement)
		text_addf(out, "goto t%u.%u\n", now.command, now.statement);
	add_marks(out, a->shelf);
	text_addf(out, "cpu %u\n", a->selected);
	add_settings(out, a);
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

static void stopped_here(struct amm *a, const struct script *s)
{
	struct text where = { 0 };

	escape_name(&where, s->name, 200);
	text_addf(&where, ":%llu", (unsigned long long)lines_number(s->lines));
	if (a->form == FORM_JSON) {
		text_clear(&a->members);
		text_add(&a->members, ",\"stopped\":");
		show_quoted(&a->members, text_string(&where));
	} else {
		text_addf(&a->out, "%s: stopped here\n", text_string(&where));
	}
	text_free(&where);
}

static void echo(struct amm *a, const struct script *s, const char *line,
		 size_t length)
{
	if ((!a->settings.value[SET_ECHO] && !s->verbose) || s->quiet ||
	    a->form == FORM_JSON)
		return;
	text_add(&a->out, session_prompt(a));
	for (size_t n; length; line += n, length -= n) {
		n = strcspn(line, "\n");
		escape_text(&a->out, line, n);
		text_add(&a->out, "\n");
		n += n < length;
	}
}

/* What it says is marked with file and line when it failed. */
static bool script_line(struct amm *a, struct script *s, struct text *line)
{
	enum form form = a->form;
	size_t said = a->out.length;
	bool ok;

	echo(a, s, text_string(line), line->length);
	ok = session_line(a, text_string(line), line->length);
	text_clear(line);
	a->form = form;
	if (s->quiet &&
	    (a->outcome == OUTCOME_NO || a->outcome == OUTCOME_BROKEN)) {
		a->outcome = OUTCOME_OK; /* as when it was saved */
		ok = true;
	}
	if (ok && s->quiet)
		text_cut(&a->out, said);
	if (!ok)
		stopped_here(a, s);
	return ok;
}

/* A line that ends in a backslash goes on in the next. */
enum lines_result script_next(struct script *s, struct text *line)
{
	enum lines_result got;
	char *bytes;
	size_t length;

	text_clear(line);
	while ((got = lines_next(s->lines, &bytes, &length)) == LINES_OK) {
		text_append(line, bytes, length);
		if (!lex_wants_more(bytes, length))
			return LINES_OK;
		text_add(line, "\n");
	}
	return got == LINES_END && line->length ? LINES_OK : got;
}

static bool run_script(struct amm *a, struct script *s, struct error *e)
{
	struct text why = { 0 }, line = { 0 };
	enum lines_result got = LINES_END;
	bool ok = true;

	while (ok && !a->quit && !a->interrupted &&
	       (got = script_next(s, &line)) == LINES_OK)
		ok = script_line(a, s, &line);
	text_free(&line);
	if (ok && a->interrupted) {
		keep_outcome(a, OUTCOME_INTERRUPTED);
		stopped_here(a, s);
		return false;
	}
	if (!ok || a->quit || got == LINES_END)
		return ok;
	lines_complain(s->lines, &why);
	return file_failed(e, &why);
}

/* What comes with the program is found from anywhere, after what is here. */
static struct lines *open_here_or_data(const char *name, struct text *why)
{
	struct lines *lines = lines_open(name, why);
	char path[PATH_MAX];

	if (lines || name[0] == '/' || !datadir_find(name, path, sizeof path))
		return lines;
	text_free(why);
	return lines_open(path, why);
}

bool script_open(struct amm *a, struct script *s, const char *name,
		 struct error *e)
{
	struct text why = { 0 };

	*s = (struct script){ .name = name };
	if (a->depth == DEPTH_MAX)
		return too_deep(e);
	s->lines = open_here_or_data(name, &why);
	return s->lines || file_failed(e, &why);
}

bool session_source(struct amm *a, const char *name, bool verbose,
		    struct error *e)
{
	struct script s;
	bool ok;

	if (!script_open(a, &s, name, e))
		return false;
	s.verbose = verbose;
	a->depth++;
	ok = run_script(a, &s, e);
	a->depth--;
	lines_close(s.lines);
	return ok;
}

/* In JSON the commands of the file have objects of their own, before ours. */
bool do_source(struct amm *a, const struct call *c, struct error *e)
{
	struct text typed = { 0 };
	bool ok;

	if (script_names(c->arg[0].text))
		return script_file(a, c->arg[0].text, e);
	text_copy(&typed, &a->typed);
	ok = session_source(a, c->arg[0].text, call_flag(c, "-v") != NULL, e);
	text_copy(&a->typed, &typed);
	text_free(&typed);
	a->answer = a->out.length;
	return ok;
}

/* --- load ------------------------------------------------------------------- */

static bool is_session(struct script *s, struct error *e)
{
	static const char version[] = ", engine " ENGINE_VERSION;
	const size_t n = strlen(magic);
	char *line;
	size_t length;

	if (lines_next(s->lines, &line, &length) != LINES_OK || length < n ||
	    memcmp(line, magic, n) != 0) {
		error_set(e, STATUS_FILE, "%s is not a saved session", s->name);
		error_hint(e, "source runs any file of commands");
		return false;
	}
	if (length == n + strlen(version) &&
	    memcmp(line + n, version, strlen(version)) == 0)
		return true;
	error_set(e, STATUS_FILE,
		  "%s was saved by another engine than " ENGINE_VERSION,
		  s->name);
	error_hint(e, "source runs its commands all the same");
	return false;
}

/* A fresh machine, and nothing that could stop the commands to come. */
static bool start_anew(struct amm *a, struct error *e)
{
	struct boot b = { .cpus = 2, .seed = 1, .profile = profile_at(0) };
	struct settings fresh;

	/* For the journal: what the lines below come to. */
	keep_record(a, "reset --all");
	keep_record(a, "set ipi auto");
	keep_record(a, "set strict on");
	if (!machine_boot(a, &b, e))
		return false;
	a->stops->count = 0;
	a->shelf->rules = 0;
	settings_init(&fresh);
	a->settings.value[SET_IPI] = fresh.value[SET_IPI];
	a->settings.value[SET_STRICT] = fresh.value[SET_STRICT];
	return true;
}

static bool run_session(struct amm *a, struct script *s, struct error *e)
{
	bool ok;

	s->quiet = true;
	a->depth++;
	ok = is_session(s, e) && start_anew(a, e) && run_script(a, s, e);
	a->depth--;
	return ok;
}

/* The old time line becomes a branch. */
bool do_load(struct amm *a, const struct call *c, struct error *e)
{
	struct script s;
	struct text typed = { 0 };
	bool ok;

	if (!script_open(a, &s, c->arg[0].text, e))
		return false;
	text_copy(&typed, &a->typed);
	ok = run_session(a, &s, e);
	text_copy(&a->typed, &typed);
	text_free(&typed);
	lines_close(s.lines);
	a->answer = a->out.length;
	if (ok && a->form != FORM_JSON)
		text_addf(&a->out, "loaded %u commands from %s\n",
			  history_entries(a->history) - 1, c->arg[0].text);
	return ok;
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
