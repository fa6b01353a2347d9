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
#include "session/luaname.h"
#include "session/resolve.h"
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
static void as_member(struct amm *a)
{
	if (a->form != FORM_JSON || a->out.length == a->answer)
		return;
	text_add(&a->members, ",\"said\":");
	show_quoted(&a->members, text_string(&a->out) + a->answer);
	text_cut(&a->out, a->answer);
}

static bool ended(struct amm *a, enum amm_status status, struct error *e)
{
	as_member(a);
	if (status == AMM_LUA)
		return error_set(e, STATUS_LUA, "%s",
				 text_string(&a->complaint));
	keep_outcome(a, (enum outcome)status);
	return status == AMM_OK;
}

static bool enter(struct amm *a)
{
	a->script_prompt = true;
	if (a->form != FORM_JSON)
		text_add(&a->out, "Lua 5.4: the machine is m; exit or ctrl-d "
				  "leaves\n");
	return true;
}

bool do_lua(struct amm *a, const struct call *c, struct error *e)
{
	const char *chunk = c->args ? c->arg[0].text : NULL;
	enum amm_status status;

	if (!has_script(a, e))
		return false;
	if (!chunk)
		return enter(a);
	status = a->script->chunk(a->script->context, chunk, strlen(chunk));
	return ended(a, status, e);
}

bool script_show(struct amm *a, const struct call *c)
{
	static const char flag[] = " --lua";
	struct text lua = { 0 }, call = { 0 };
	const char *found;

	/* `begin exit --lua`: there it is a part of the action. */
	luaname_call(&call, c);
	found = strstr(text_string(&call), flag);
	if (found) {
		text_append(&lua, call.bytes, (size_t)(found - call.bytes));
		text_add(&lua, found + sizeof flag - 1);
	} else {
		text_add(&lua, text_string(&call));
	}
	text_free(&call);
	if (a->form == FORM_JSON) {
		text_add(&a->members, ",\"lua\":");
		show_quoted(&a->members, text_string(&lua));
	} else {
		text_addf(&a->out, "%s\n", text_string(&lua));
	}
	text_free(&lua);
	return true;
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
	return ended(a, a->script->file(a->script->context, name), e);
}

/* At the prompt there is no command that answers for it. */
static bool run_prompt_line(struct amm *a, const char *line, size_t length,
			    struct error *e)
{
	bool ok;

	text_clear(&a->members);
	text_clear(&a->typed);
	a->answer = a->out.length;
	ok = ended(a, a->script->line(a->script->context, line, length), e);
	if (ok && a->form == FORM_JSON && a->members.length)
		say_one(a, true);
	return ok;
}

bool script_prompt_line(struct amm *a, const char *line, size_t length,
			struct error *e)
{
	static const char *const leave[] = { "exit", "quit" };

	for (size_t i = 0; i < sizeof leave / sizeof *leave; i++)
		if (length == 4 && memcmp(line, leave[i], 4) == 0) {
			a->script_prompt = false;
			return true;
		}
	return run_prompt_line(a, line, length, e);
}

bool script_leave(struct amm *a, struct error *e)
{
	a->script_prompt = false;
	return run_prompt_line(a, NULL, 0, e);
}

/* Blanks up to the next multiple of eight columns. */
static void add_tab(struct text *out)
{
	const char *line =
		out->length ? memrchr(out->bytes, '\n', out->length) : NULL;
	size_t from = line ? (size_t)(line + 1 - out->bytes) : 0;
	size_t at = escape_columns(text_string(out) + from, out->length - from);

	text_addc(out, ' ', 8 - at % 8);
}

void script_say(struct amm *a, const char *bytes, size_t length)
{
	while (length) {
		size_t n = 0;

		while (n < length && bytes[n] != '\n' && bytes[n] != '\t')
			n++;
		escape_text(&a->out, bytes, n);
		if (n < length && bytes[n] == '\n')
			text_add(&a->out, "\n");
		else if (n < length)
			add_tab(&a->out);
		n += n < length;
		bytes += n;
		length -= n;
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

static void set_aside(struct amm *a, struct outer *o, bool json)
{
	*o = (struct outer){ a->out,  a->typed,  a->members, a->outcome,
			     a->form, a->answer, a->steps,   a->cpu,
			     a->json, a->dry };
	a->out = a->typed = a->members = (struct text){ 0 };
	a->outcome = OUTCOME_OK;
	a->dry = false;
	a->json = json;
	a->form = json ? FORM_JSON : FORM_HUMAN;
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

/* What the script does then is told as its own, not as the line's. */
static void tell(struct amm *a)
{
	struct text said = a->said;
	uint64_t changed_at = a->changed_at;

	if (!a->committed)
		return;
	a->committed = false;
	if (!a->script || a->replaying)
		return;
	a->said = (struct text){ 0 };
	a->script->committed(a->script->context, a->committed_at);
	text_free(&a->said);
	a->said = said;
	a->changed_at = changed_at;
}

void script_tell(struct amm *a)
{
	if (!a->scripted)
		tell(a);
}

enum outcome script_run(struct amm *a, const struct amm_request *r)
{
	const struct amm_request *outer = a->request;
	uint64_t first = history_events(a->history);
	struct outer o;
	enum outcome outcome;

	set_aside(a, &o, r->json);
	a->request = r;
	session_line(a, r->line, r->length);
	a->request = outer;
	a->changed_at = first;
	outcome = a->outcome;
	if (a->out.failed)
		outcome = OUTCOME_INTERNAL;
	take_back(a, &o);
	tell(a);
	return outcome;
}

void script_effects(struct amm *a)
{
	uint64_t now = history_events(a->history);
	struct outer o;

	set_aside(a, &o, true);
	/* Going back leaves fewer events than there were. */
	say_effects(a, a->changed_at < now ? a->changed_at : now);
	take_back(a, &o);
}

static bool eval(struct amm *a, const char *text, struct error *e)
{
	struct expr x;
	struct value v;

	if (!expr_read_all(text, &x, e) || !resolve_here(a, &x, &v, e))
		return false;
	say_json_value(&a->out, amm_live(a), &v);
	return true;
}

enum outcome script_eval(struct amm *a, const char *text, size_t length)
{
	struct error e = { .status = STATUS_OK };
	struct text copy = { 0 };
	struct outer o;
	bool ok;

	set_aside(a, &o, true);
	text_append(&copy, text, length);
	ok = eval(a, text_string(&copy), &e);
	if (!ok)
		error_show(&a->out, &e, text_string(&copy), FORM_HUMAN);
	take_back(a, &o);
	text_free(&copy);
	return ok ? OUTCOME_OK : OUTCOME_USAGE;
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

bool script_stops(const struct amm *a)
{
	const struct amm_request *r = a->request;

	return a->interrupted || (r && r->spent && r->spent(r->context));
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
