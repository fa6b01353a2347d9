/*
 * session.c - a line in, its commands done, what they say out
 */
#include <stdio.h>
#include <string.h>

#include "session/conversation.h"
#include "activemm.h"
#include "base/escape.h"
#include "base/mem.h"
#include "session/commands.h"
#include "session/do_files.h"
#include "session/do_lua.h"
#include "session/do_machine.h"
#include "session/keep.h"
#include "session/outlet.h"
#include "session/say.h"
#include "session/stops.h"

enum { TRANSCRIPT_BYTES = 16 << 20, FILE_COLUMNS = 200 };

static void show_error(struct amm *a, const struct line *line,
		       const struct error *e)
{
	error_show(&a->out, e, line ? line->bytes : "", a->form);
	keep_outcome(a, (enum outcome)status_info(e->status)->exit);
	(void)snprintf(a->code, sizeof a->code, "E%u",
		       status_info(e->status)->number);
}

/* --- one command ------------------------------------------------------------ */

static enum form form_of_session(const struct amm *a)
{
	if (a->json)
		return FORM_JSON;
	return a->settings.value[SET_PLAIN] ? FORM_PLAIN : FORM_HUMAN;
}

/* Flags about how it is shown or how far it goes: not what it does. */
static bool is_about_showing(const struct word *w)
{
	return !w->quoted && w->text[0] == '-' &&
	       (strcmp(w->text, "--json") == 0 ||
		strcmp(w->text, "--plain") == 0 ||
		strncmp(w->text, "--steps=", 8) == 0);
}

/* What the command itself asks for; it counts in an error too. */
static enum form form_asked(const struct amm *a, const struct statement *s)
{
	enum form form = form_of_session(a);

	for (unsigned i = 0; i < s->words && form != FORM_JSON; i++) {
		if (s->word[i].quoted || s->word[i].text[0] != '-')
			continue;
		if (strcmp(s->word[i].text, "--json") == 0)
			form = FORM_JSON;
		else if (strcmp(s->word[i].text, "--plain") == 0)
			form = FORM_PLAIN;
	}
	return form;
}

/* The command as typed, without its @N and such flags: what history keeps. */
static void set_typed(struct amm *a, const struct line *line, unsigned n)
{
	const struct statement *s = &line->command[n];
	uint32_t at = s->column;

	text_clear(&a->typed);
	for (unsigned i = 0; i < s->words; i++) {
		const struct word *w = &s->word[i];

		if (!is_about_showing(w))
			continue;
		text_append(&a->typed, line->bytes + at, w->column - at);
		at = w->column + w->span;
		at += line->bytes[at] == ' ';
	}
	text_append(&a->typed, line->bytes + at, s->end > at ? s->end - at : 0);
	while (a->typed.length && a->typed.bytes[a->typed.length - 1] == ' ')
		text_cut(&a->typed, a->typed.length - 1);
}

static bool choose_cpu(struct amm *a, const struct call *c, struct error *e)
{
	a->cpu = a->selected;
	if (!c->has_cpu)
		return true;
	if (c->cpu >= amm_live(a)->max.cpus) {
		error_set(e, STATUS_NO_SUCH_CPU, "there is no CPU %u", c->cpu);
		error_hint(e, "this machine has %u: 0 to %u",
			   amm_live(a)->max.cpus, amm_live(a)->max.cpus - 1);
		return false;
	}
	a->cpu = c->cpu;
	return true;
}

static bool do_call(struct amm *a, const struct call *c, struct error *e)
{
	command_fn *f = command_function(a, c->command->id);
	bool ok;

	a->steps = c->has_steps ? c->steps : UINT64_MAX;
	if (c->help)
		return session_help(a, c->command);
	if (c->source)
		return session_source_of(a, c->command);
	if (c->lua)
		return script_show(a, c);
	if (!f) {
		error_set(e, STATUS_NO_HELP, "not in this build");
		return false;
	}
	if (script_refuses(a, c->command, e) || !choose_cpu(a, c, e) ||
	    !a->upper->teaching->allows(a, c, e))
		return false;
	a->dry = c->dry_run;
	ok = f(a, c, e);
	a->dry = false;
	if (ok && c->command->traits & TRAIT_KEPT)
		keep_typed(a);
	a->cpu = a->selected;
	return ok;
}

/* What an empty line does again: on the same CPU. */
static void remember(struct amm *a, const struct call *c)
{
	text_clear(&a->repeat);
	if (!(c->command->traits & TRAIT_REPEATS))
		return;
	if (c->has_cpu)
		text_addf(&a->repeat, "@%u ", c->cpu);
	text_add(&a->repeat, text_string(&a->typed));
}

static bool do_read(struct amm *a, const struct line *line, unsigned n,
		    struct call *c, struct error *e)
{
	bool ok = false;

	switch (call_read(line, n, c, e)) {
	case CALL_READY:
		ok = do_call(a, c, e);
		if (ok)
			remember(a, c);
		if (ok && e->status == STATUS_OK)
			a->upper->teaching->after(a, c);
		break;
	case CALL_ANSWER:
		say_answer(a, c->answer);
		ok = true;
		break;
	case CALL_WRONG:
		break;
	}
	return ok && e->status == STATUS_OK;
}

static bool do_statement(struct amm *a, const struct line *line, unsigned n)
{
	struct call c;
	struct error e;
	bool ok;

	e.status = STATUS_OK;
	a->form = form_asked(a, &line->command[n]);
	a->answer = a->out.length;
	text_clear(&a->repeat);
	text_clear(&a->members);
	set_typed(a, line, n);
	ok = do_read(a, line, n, &c, &e);
	if (e.status != STATUS_OK)
		show_error(a, line, &e);
	if (a->form == FORM_JSON)
		say_one(a, ok);
	script_tell(a);
	session_tick(a);
	return ok;
}

/* --- one line --------------------------------------------------------------- */

/* An alias stands for its text, once: aliases do not nest. */
static bool expand(struct amm *a, const char *line, size_t length,
		   struct text *out)
{
	size_t start, n = 0;
	const char *body;

	if (a->shelf->aliases == 0)
		return false;
	start = strspn(line, " \t");
	while (start + n < length && !strchr(" \t;|>#", line[start + n]))
		n++;
	body = alias_text(a, line + start, n);
	if (!body)
		return false;
	text_append(out, line, start);
	text_add(out, body);
	text_append(out, line + start + n, length - start - n);
	return true;
}

static bool do_commands(struct amm *a, const struct line *line)
{
	for (unsigned n = 0; n < line->commands; n++)
		if (!do_statement(a, line, n) || a->outcome != OUTCOME_OK ||
		    a->quit)
			return a->outcome == OUTCOME_OK;
	return a->outcome == OUTCOME_OK;
}

static const char *why_no_shell(const struct amm *a)
{
	if (a->scripted)
		return "a script runs this line";
	return a->no_shell ? "this session runs with --no-shell" : NULL;
}

static bool run_line(struct amm *a, const char *bytes, size_t length)
{
	const struct lex_rules rules = {
		.no_shell = why_no_shell(a),
		.takes_expression = command_takes_expression,
		.takes_chunk = command_takes_chunk,
	};
	struct line line;
	struct error e;
	size_t before = a->out.length;
	bool ok;

	e.status = STATUS_OK;
	ok = lex_line(&line, bytes, length, &rules, &e);
	if (!ok)
		show_error(a, &line, &e);
	else if (line.shell)
		ok = outlet_shell(a, line.shell);
	else
		ok = do_commands(a, &line) && outlet_send(a, &line, before, &e);
	if (ok == false && e.status != STATUS_OK && a->outcome == OUTCOME_OK)
		show_error(a, &line, &e);
	return ok;
}

bool session_line(struct amm *a, const char *bytes, size_t length)
{
	struct text expanded = { 0 };
	bool ok;

	if (expand(a, bytes, length, &expanded))
		ok = run_line(a, text_string(&expanded), expanded.length);
	else
		ok = run_line(a, bytes, length);
	text_free(&expanded);
	return ok;
}

static bool is_blank(const char *line, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (line[i] != ' ' && line[i] != '\t' && line[i] != '\n')
			return false;
	return true;
}

uint64_t session_since(const struct amm *a)
{
	uint64_t events = history_events(a->history);

	if (events == a->line_event)
		return a->changed_event;
	return events > a->line_event ? a->line_event : events;
}

static void put_prompt(struct amm *a, struct text *out);

/* @typed gets the line as a terminal would show it, for the transcript. */
static void start_line(struct amm *a, const char *line, size_t length,
		       struct text *typed)
{
	a->changed_event = session_since(a);
	a->line_event = history_events(a->history);
	text_clear(&a->out);
	a->outcome = OUTCOME_OK;
	a->interrupted = 0;
	a->code[0] = '\0';
	a->form = form_of_session(a);
	text_clear(typed);
	put_prompt(a, typed);
	escape_text(typed, line, length);
	text_addc(typed, '\n', 1);
}

static enum outcome end_line(struct amm *a, struct text *typed)
{
	if (a->out.failed)
		keep_outcome(a, OUTCOME_INTERNAL);
	if (a->transcript.length < TRANSCRIPT_BYTES) {
		text_append(&a->transcript, typed->bytes, typed->length);
		text_append(&a->transcript, a->out.bytes, a->out.length);
	}
	text_free(&a->spare);
	a->spare = *typed;
	return a->outcome;
}

enum outcome session_do(struct amm *a, const char *line, size_t length)
{
	struct text typed = a->spare;
	struct error e;

	e.status = STATUS_OK;
	a->spare = (struct text){ 0 }; /* a line may be done within a line */
	start_line(a, line, length, &typed);
	if (a->script_prompt) {
		if (!script_prompt_line(a, line, length, &e) && e.status)
			show_error(a, NULL, &e);
	} else if (!is_blank(line, length)) {
		session_line(a, line, length);
	} else if (a->repeat.length && !a->batch) {
		struct text again = { 0 };

		text_copy(&again, &a->repeat);
		session_line(a, text_string(&again), again.length);
		text_free(&again);
	}
	return end_line(a, &typed);
}

bool session_leave(struct amm *a)
{
	struct text typed = { 0 };
	struct error e = { .status = STATUS_OK };

	if (!a->script_prompt)
		return false;
	start_line(a, "", 0, &typed);
	if (!script_leave(a, &e) && e.status)
		show_error(a, NULL, &e);
	end_line(a, &typed);
	return true;
}

/* A name that a shell gave may hold bytes that no line can. */
enum outcome session_do_file(struct amm *a, const char *name)
{
	struct text line = { 0 }, typed = { 0 };
	struct error e = { .status = STATUS_OK };
	bool ok;

	text_add(&line, "source ");
	escape_name(&line, name, FILE_COLUMNS);
	start_line(a, text_string(&line), line.length, &typed);
	ok = script_names(name) ? script_file(a, name, &e)
				: session_source(a, name, false, &e);
	text_copy(&a->typed, &line);
	text_free(&line);
	a->answer = a->out.length;
	if (e.status != STATUS_OK)
		show_error(a, NULL, &e);
	else if (a->form == FORM_JSON)
		say_one(a, ok);
	return end_line(a, &typed);
}

/* --- the conversation --------------------------------------------------------- */

struct amm *session_new(const struct session_config *config,
			const struct upper *upper, const char **why)
{
	struct boot b = { .cpus = config->cpus ? config->cpus : 2,
			  .seed = config->seed ? config->seed : 1,
			  .profile = profile_find(
				  config->kernel ? config->kernel : "6.12") };
	struct amm *a = am_calloc(1, sizeof *a);
	struct error e;

	if (config->held)
		b.profile = config->held;
	if (why)
		*why = b.profile ? "out of memory" : "there is no such kernel";
	if (!a)
		return NULL;
	a->upper = upper;
	a->held = config->held;
	settings_init(&a->settings);
	a->settings.value[SET_PLAIN] = config->plain;
	a->json = config->json;
	a->batch = config->batch;
	a->no_shell = config->no_shell;
	a->invariants = ~(uint64_t)0;
	a->steps = UINT64_MAX;
	a->stops = am_calloc(1, sizeof *a->stops);
	a->shelf = shelf_new();
	if (config->journal)
		keep_open_journal(a);
	if (a->stops && a->shelf && b.profile && machine_boot(a, &b, &e))
		return a;
	session_free(a);
	return NULL;
}

void session_forget_recording(struct amm *a)
{
	if (a->recording)
		a->upper->recording_free(a->recording);
	a->recording = NULL;
}

void session_free(struct amm *a)
{
	if (!a)
		return;
	keep_close_journal(a);
	a->upper->teaching->free(a);
	session_forget_recording(a);
	history_free(a->history);
	am_free(a->program);
	am_free(a->stops);
	shelf_free(a->shelf);
	text_free(&a->out);
	text_free(&a->typed);
	text_free(&a->stop_text);
	text_free(&a->said);
	text_free(&a->complaint);
	text_free(&a->members);
	text_free(&a->notes);
	text_free(&a->repeat);
	text_free(&a->transcript);
	text_free(&a->prompt);
	text_free(&a->spare);
	text_free(&a->kept);
	am_free(a);
}

static void human_prompt(struct amm *a, struct text *out)
{
	text_add(out, "(amm ");
	text_addu(out, a->selected);
	if (!keep_saving(a))
		text_add(out, ", not being saved");
	a->upper->teaching->prompt(a, out);
	text_add(out, ") ");
}

static void put_prompt(struct amm *a, struct text *out)
{
	if (a->script_prompt)
		text_add(out, a->script->prompt(a->script->context));
	else if (a->settings.value[SET_PLAIN])
		text_add(out, "amm> ");
	else
		human_prompt(a, out);
}

const char *session_prompt(struct amm *a)
{
	text_clear(&a->prompt);
	put_prompt(a, &a->prompt);
	return text_string(&a->prompt);
}
