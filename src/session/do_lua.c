/*
 * do_lua.c - a script runs inside a line, and lines run inside a script
 */
#include "session/do_lua.h"

#include <stdio.h>
#include <string.h>

#include "activemm.h"
#include "base/escape.h"
#include "session/commands.h"
#include "session/keep.h"
#include "session/say.h"
#include "session/show.h"

/* --- lines that run a script ------------------------------------------------- */

static bool has_script(const struct amm *a, struct error *e)
{
	if (a->script)
		return true;
	error_set(e, STATUS_NO_LUA, "there is no Lua in this program");
	return false;
}

/* In JSON what the script said is one string. */
static bool ended(struct amm *a, enum amm_status status)
{
	keep_outcome(a, (enum outcome)status);
	if (a->form == FORM_JSON && a->out.length > a->answer) {
		text_add(&a->members, ",\"said\":");
		show_quoted(&a->members, text_string(&a->out) + a->answer);
		text_cut(&a->out, a->answer);
	}
	return status == AMM_OK;
}

static bool enter(struct amm *a)
{
	a->script_prompt = true;
	if (a->form != FORM_JSON)
		text_add(&a->out, "Lua: the machine is m; exit or ctrl-d "
				  "leaves\n");
	return true;
}

bool do_lua(struct amm *a, const struct call *c, struct error *e)
{
	const char *chunk = c->args ? c->arg[0].text : NULL;

	if (!has_script(a, e))
		return false;
	if (!chunk)
		return enter(a);
	return ended(
		a, a->script->chunk(a->script->context, chunk, strlen(chunk)));
}

bool script_names(const char *name)
{
	size_t n = strlen(name);

	return n > 4 && strcmp(name + n - 4, ".lua") == 0;
}

bool script_file(struct amm *a, const char *name, struct error *e)
{
	if (!has_script(a, e))
		return false;
	return ended(a, a->script->file(a->script->context, name));
}

/* At the prompt there is no command that answers for it. */
static void line_ended(struct amm *a, enum amm_status status)
{
	text_clear(&a->members);
	text_clear(&a->typed);
	a->answer = 0;
	ended(a, status);
	if (a->form == FORM_JSON && a->members.length)
		say_one(a, status == AMM_OK);
}

void script_prompt_line(struct amm *a, const char *line, size_t length)
{
	static const char *const leave[] = { "exit", "quit" };

	for (size_t i = 0; i < sizeof leave / sizeof *leave; i++)
		if (length == 4 && memcmp(line, leave[i], 4) == 0) {
			a->script_prompt = false;
			return;
		}
	line_ended(a, a->script->line(a->script->context, line, length));
}

bool script_leave(struct amm *a)
{
	if (!a->script_prompt)
		return false;
	text_clear(&a->out);
	a->outcome = OUTCOME_OK;
	a->script_prompt = false;
	line_ended(a, a->script->line(a->script->context, NULL, 0));
	return true;
}

void script_say(struct amm *a, const char *bytes, size_t length)
{
	for (;;) {
		const char *end = memchr(bytes, '\n', length);
		size_t n = end ? (size_t)(end - bytes) : length;

		escape_text(&a->out, bytes, n);
		if (!end)
			return;
		text_add(&a->out, "\n");
		bytes += n + 1;
		length -= n + 1;
	}
}

/* --- lines that a script runs ------------------------------------------------ */

/* Of the line in which the script runs: kept while another runs inside. */
struct outer {
	struct text out, typed, members;
	enum outcome outcome;
	enum form form;
	size_t answer;
	uint64_t steps;
	cpu_id cpu;
	bool json, dry;
};

static void set_aside(struct amm *a, struct outer *o)
{
	*o = (struct outer){ a->out,  a->typed,  a->members, a->outcome,
			     a->form, a->answer, a->steps,   a->cpu,
			     a->json, a->dry };
	a->out = a->typed = a->members = (struct text){ 0 };
	a->outcome = OUTCOME_OK;
	a->json = a->dry = false;
	a->code[0] = '\0';
	a->scripted++;
}

static void take_back(struct amm *a, struct outer *o)
{
	text_free(&a->said);
	a->said = a->out;
	text_free(&a->typed);
	text_free(&a->members);
	a->out = o->out;
	a->typed = o->typed;
	a->members = o->members;
	a->outcome = o->outcome;
	a->form = o->form;
	a->answer = o->answer;
	a->steps = o->steps;
	a->cpu = o->cpu;
	a->json = o->json;
	a->dry = o->dry;
	a->scripted--;
}

enum outcome script_run(struct amm *a, const char *line, size_t length)
{
	struct outer o;
	enum outcome outcome;

	set_aside(a, &o);
	session_line(a, line, length);
	outcome = a->outcome;
	if (a->out.failed)
		outcome = OUTCOME_INTERNAL;
	take_back(a, &o);
	return outcome;
}

bool script_refuses(const struct amm *a, const struct command *c,
		    struct error *e)
{
	if (!a->scripted || !(c->traits & TRAIT_TYPED))
		return false;
	error_set(e, STATUS_TYPED_ONLY, "a script may not run '%s'", c->name);
	error_hint(e, "type it yourself");
	return true;
}

void script_tell(struct amm *a)
{
	if (!a->committed)
		return;
	a->committed = false;
	if (a->script && !a->replaying)
		a->script->committed(a->script->context, a->committed_at);
}

bool script_stops(const struct amm *a)
{
	return a->interrupted ||
	       (a->scripted && a->script->spent(a->script->context));
}

struct lesson *script_lesson(const struct amm *a, const char *path,
			     uint32_t seed, struct text *why)
{
	char cause[240] = "";
	struct lesson *l = NULL;

	if (!a->script || !a->script->lesson)
		text_add(why, "there is no Lua in this program to read it");
	else
		l = a->script->lesson(a->script->context, path, seed, cause,
				      sizeof cause);
	text_add(why, cause);
	return l;
}
