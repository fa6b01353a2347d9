/*
 * do_settings.c - set, show, alias, history, tui, quit
 */
#include <string.h>

#include "base/escape.h"
#include "session/commands.h"
#include "session/keep.h"
#include "session/say.h"
#include "session/show.h"

static void show_setting(struct amm *a, enum setting s, bool first)
{
	struct text value = { 0 };

	setting_print(&value, &a->settings, s);
	if (a->form == FORM_JSON) {
		text_add(&a->out, first ? "" : ",");
		show_quoted(&a->out, setting_name(s));
		text_add(&a->out, ":");
		show_quoted(&a->out, text_string(&value));
	} else if (a->form == FORM_PLAIN) {
		text_addf(&a->out, "%s: %s. %s.\n", setting_name(s),
			  text_string(&value), setting_about(s));
	} else {
		text_addf(&a->out, "%-12s %-9s %s\n", setting_name(s),
			  text_string(&value), setting_about(s));
	}
	text_free(&value);
}

static bool show_settings(struct amm *a, const struct call *c, struct error *e)
{
	enum setting which = SET_COUNT;

	if (c->args && !setting_find(c->arg[0].text, &which, e)) {
		error_at(e, c->arg[0].column, c->arg[0].length);
		return false;
	}
	if (a->form == FORM_JSON)
		text_add(&a->out, "{\"schema\":\"activemm/1\",\"ok\":true,"
				  "\"settings\":{");
	for (int s = 0; s < SET_COUNT; s++)
		if (which == SET_COUNT || which == (enum setting)s)
			show_setting(a, (enum setting)s,
				     s == 0 || which != SET_COUNT);
	if (a->form == FORM_JSON)
		text_add(&a->out, "}}\n");
	return true;
}

bool do_show(struct amm *a, const struct call *c, struct error *e)
{
	return show_settings(a, c, e);
}

bool do_set(struct amm *a, const struct call *c, struct error *e)
{
	enum setting which;

	if (c->args < 2)
		return show_settings(a, c, e);
	if (!setting_find(c->arg[0].text, &which, e)) {
		error_at(e, c->arg[0].column, c->arg[0].length);
		return false;
	}
	if (!setting_change(&a->settings, which, c->arg[1].text, e)) {
		error_at(e, c->arg[1].column, c->arg[1].length);
		return false;
	}
	return true;
}

/* --- alias ---------------------------------------------------------------- */

static struct alias *find_alias(struct amm *a, const char *name, size_t length)
{
	for (uint32_t i = 0; i < a->shelf->aliases; i++)
		if (strlen(a->shelf->alias[i].name) == length &&
		    memcmp(a->shelf->alias[i].name, name, length) == 0)
			return &a->shelf->alias[i];
	return NULL;
}

const char *alias_text(struct amm *a, const char *name, size_t length)
{
	const struct alias *x = find_alias(a, name, length);

	return x ? x->text : NULL;
}

static bool list_aliases(struct amm *a)
{
	if (a->form == FORM_JSON)
		text_add(&a->out, "{\"schema\":\"activemm/1\",\"ok\":true,"
				  "\"aliases\":{");
	for (uint32_t i = 0; i < a->shelf->aliases; i++) {
		const struct alias *x = &a->shelf->alias[i];

		if (a->form != FORM_JSON) {
			text_addf(&a->out, "%s=%s\n", x->name, x->text);
			continue;
		}
		text_add(&a->out, i ? "," : "");
		show_quoted(&a->out, x->name);
		text_add(&a->out, ":");
		show_quoted(&a->out, x->text);
	}
	if (a->form == FORM_JSON)
		text_add(&a->out, "}}\n");
	else if (a->shelf->aliases == 0)
		text_add(&a->out, "no aliases\n");
	return true;
}

static bool alias_name_ok(struct amm *a, const char *text, size_t n,
			  struct error *e)
{
	char name[LABEL_BYTES];

	if (n == 0 || n >= sizeof name) {
		error_set(e, STATUS_BAD_NAME,
			  "an alias is NAME=COMMAND, the name 1 to %d bytes",
			  LABEL_BYTES - 1);
		return false;
	}
	text_cut_to(name, n + 1, text);
	if (!timepos_is_label(name)) {
		error_set(e, STATUS_BAD_NAME, "'%s' cannot be an alias", name);
		error_hint(e, "letters, digits, - and _");
		return false;
	}
	if (command_named(name)) {
		error_set(e, STATUS_BAD_NAME, "'%s' is a command", name);
		error_hint(e, "commands cannot be given another meaning");
		return false;
	}
	if (!find_alias(a, name, n) && a->shelf->aliases == ALIASES_MAX) {
		error_set(e, STATUS_NO_ROOM, "there are %d aliases already",
			  ALIASES_MAX);
		return false;
	}
	return true;
}

bool do_alias(struct amm *a, const struct call *c, struct error *e)
{
	const char *text = c->args ? c->arg[0].text : NULL;
	const char *eq = text ? strchr(text, '=') : NULL;
	size_t n = text ? eq ? (size_t)(eq - text) : 0 : 0;
	struct alias *x;

	if (!text)
		return list_aliases(a);
	if (!alias_name_ok(a, text, n, e))
		return false;
	x = find_alias(a, text, n);
	if (strlen(eq + 1) >= sizeof x->text) {
		error_set(e, STATUS_BAD_NAME,
			  "an alias stands for %zu bytes at most",
			  sizeof x->text - 1);
		error_hint(e, "longer work belongs into a file: source FILE");
		return false;
	}
	if (!eq[1]) {
		if (x)
			*x = a->shelf->alias[--a->shelf->aliases];
		return true;
	}
	if (!x)
		x = &a->shelf->alias[a->shelf->aliases++];
	text_cut_to(x->name, n + 1, text);
	text_cut_to(x->text, sizeof x->text, eq + 1);
	return true;
}

/* --- history ---------------------------------------------------------------- */

static void history_line(struct amm *a, uint32_t n, bool first)
{
	const struct entry *x = history_entry(a->history, n);
	struct moment now = history_now(a->history);

	if (a->form != FORM_JSON) {
		text_addf(&a->out, "%s t%-4u @%u ",
			  n == now.command ? ">" : " ", n, x->cpu);
		escape_text(&a->out, x->line, strlen(x->line));
		text_addf(&a->out, "%s\n", x->cut ? "  (stopped inside)" : "");
		return;
	}
	text_addf(&a->out,
		  "%s{\"t\":\"t%u\",\"cpu\":%u,\"cmd\":", first ? "" : ",", n,
		  x->cpu);
	show_quoted(&a->out, x->line);
	text_addf(&a->out, ",\"statements\":%u}", x->statements);
}

bool look_history(struct amm *a, const struct call *c, struct error *e)
{
	uint32_t entries = history_entries(a->history), n = entries;

	(void)e;
	if (c->args && c->arg[0].number < n)
		n = (uint32_t)c->arg[0].number;
	if (a->form == FORM_JSON)
		text_add(&a->out, "{\"schema\":\"activemm/1\",\"ok\":true,"
				  "\"history\":[");
	for (uint32_t i = entries - n; i < entries; i++)
		history_line(a, i, i == entries - n);
	if (a->form == FORM_JSON)
		text_add(&a->out, "]}\n");
	return true;
}

/* The front end does it, after this line; here it is only wished for. */
bool do_tui(struct amm *a, const struct call *c, struct error *e)
{
	const char *wish = c->args ? c->arg[0].text : NULL;
	bool on;

	(void)e;
	if (wish && a->tui != AMM_TUI_NONE)
		a->tui = strcmp(wish, "on") == 0 ? AMM_TUI_ON : AMM_TUI_OFF;
	on = a->tui == AMM_TUI_ON;
	if (wish && on != (strcmp(wish, "on") == 0)) {
		keep_outcome(a, OUTCOME_NO);
		if (a->form == FORM_JSON)
			say_json_failed(a, ",\"tui\":\"none\"");
		else
			text_add(&a->out, "there is no terminal here that "
					  "could be filled\n");
		return true;
	}
	if (a->form == FORM_JSON)
		say_json(a, on ? ",\"tui\":\"on\"" : ",\"tui\":\"off\"");
	else if (!wish)
		text_addf(&a->out, "the full screen is %s\n",
			  on ? "on" : "off");
	return true;
}

bool do_quit(struct amm *a, const struct call *c, struct error *e)
{
	(void)c;
	(void)e;
	a->quit = true;
	return true;
}
