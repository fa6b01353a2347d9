/*
 * luaname.c - commands in the words of Lua
 */
#include "session/luaname.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

static bool is_lua_word(const char *name)
{
	static const char *const words[] = {
		"and",   "break", "do",       "else", "elseif", "end",
		"false", "for",   "function", "goto", "if",     "in",
		"local", "nil",   "not",      "or",   "repeat", "return",
		"then",  "true",  "until",    "while"
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i], name) == 0)
			return true;
	return false;
}

/* Copies @length bytes of @from as a name of Lua. */
static void name_from(char *to, size_t size, const char *from, size_t length)
{
	size_t n = 0;

	while (length && *from == '-')
		from++, length--;
	for (; length && n + 2 < size; from++, length--)
		to[n++] = isalnum((unsigned char)*from) ? *from : '_';
	to[n] = '\0';
	if (is_lua_word(to))
		(void)snprintf(to + n, size - n, "_");
}

bool luaname_verb(enum cmd id, struct amm_verb *verb)
{
	verb->name = command_get(id)->name;
	name_from(verb->method, sizeof verb->method, verb->name,
		  strlen(verb->name));
	return true;
}

/* --- items --------------------------------------------------------------------- */

static void kind_name(char *to, size_t size, enum arg_kind kind)
{
	char name[24];

	(void)snprintf(name, sizeof name, "%s", arg_name(kind));
	for (char *c = name; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	name_from(to, size, name, strlen(name));
}

static void flag_item(struct amm_item *out, const struct spec_item *item)
{
	const char *join = " ";

	if (item->kinds == 0)
		join = "";
	else if (item->flag_length > 2 && item->flag[0] == '-')
		join = "=";
	(void)snprintf(out->flag, sizeof out->flag, "%.*s%s",
		       (int)item->flag_length, item->flag, join);
	if (item->flag_length == 2 && item->flag[1] == '-')
		kind_name(out->key, sizeof out->key,
			  spec_kind(item->value, item->value_length));
	else
		name_from(out->key, sizeof out->key, item->flag,
			  item->flag_length);
}

/* Alternative @nth of the value; false when there is none. */
static bool place_item(struct amm_item *out, const struct spec_item *item,
		       unsigned nth)
{
	const char *at = item->value, *end = at + item->value_length;
	size_t length;
	enum arg_kind kind;

	while (nth--) {
		at = memchr(at, '|', (size_t)(end - at));
		if (!at)
			return false;
		at++;
	}
	length = (size_t)(end - at);
	if (memchr(at, '|', length))
		length = (size_t)((const char *)memchr(at, '|', length) - at);
	kind = spec_kind(at, length);
	out->alone = kind == ARG_CHOICE;
	if (out->alone)
		name_from(out->key, sizeof out->key, at, length);
	else
		kind_name(out->key, sizeof out->key, kind);
	return true;
}

/* Walks over the items of a command and of all commands. */
struct walk {
	const char *spec[2];
	unsigned which;
	struct spec_item item;
	unsigned nth; /* alternative of a positional one */
	unsigned place;
};

static bool next_spec_item(struct walk *w)
{
	for (; w->which < 2; w->which++) {
		w->spec[w->which] = spec_next(w->spec[w->which], &w->item);
		if (w->spec[w->which])
			return true;
	}
	return false;
}

static bool next_item(struct walk *w, struct amm_item *out)
{
	memset(out, 0, sizeof *out);
	if (w->nth == 0 && !next_spec_item(w))
		return false;
	out->alone = w->item.kinds == 0;
	out->expression = (w->item.kinds &
			   (ARG_BIT(ARG_EXPR) | ARG_BIT(ARG_ANSWER))) != 0;
	out->repeated = w->item.repeated;
	if (w->item.flag) {
		flag_item(out, &w->item);
		return true;
	}
	out->place = w->place;
	if (place_item(out, &w->item, w->nth++))
		return true;
	w->nth = 0;
	w->place++;
	return next_item(w, out);
}

bool luaname_item(enum cmd id, unsigned n, struct amm_item *item)
{
	const struct command *c = command_get(id);
	struct walk w = { .spec = { c->spec, call_common_spec(c) } };
	struct amm_item before;
	unsigned same = 0;

	for (unsigned i = 0; i <= n; i++)
		if (!next_item(&w, item))
			return false;
	w = (struct walk){ .spec = { c->spec, call_common_spec(c) } };
	while (n-- && next_item(&w, &before))
		same += strcmp(before.key, item->key) == 0;
	if (same)
		(void)snprintf(item->key + strlen(item->key), 4, "%u",
			       (same + 1) % 100);
	return true;
}

/* --- a call in Lua ---------------------------------------------------------------- */

struct writer {
	struct text *out;
	unsigned members;
};

static void add_key(struct writer *w, const char *key)
{
	text_addf(w->out, "%s%s=", w->members++ ? ", " : "", key);
}

static void add_string(struct text *out, const char *s)
{
	text_addc(out, '"', 1);
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			text_addc(out, '\\', 1);
		text_addc(out, *s, 1);
	}
	text_addc(out, '"', 1);
}

static void add_value(struct text *out, const struct arg *x)
{
	if (x->kind == ARG_NUMBER || x->kind == ARG_CPU)
		text_addf(out, "%llu", (unsigned long long)x->number);
	else if (x->kind == ARG_NONE)
		text_add(out, "true");
	else
		add_string(out, x->text);
}

static bool has_key(enum cmd id, const char *key)
{
	struct amm_item item;

	for (unsigned i = 0; luaname_item(id, i, &item); i++)
		if (strcmp(item.key, key) == 0)
			return true;
	return false;
}

/* The key of positional argument @n: of the alternative it was taken as. */
static void add_place_key(struct writer *w, const struct call *c, unsigned n)
{
	const struct arg *x = &c->arg[n];
	struct amm_item item, best = { .key = "" };
	char kind[24];

	kind_name(kind, sizeof kind, x->kind);
	for (unsigned i = 0; luaname_item(c->command->id, i, &item); i++) {
		if (item.flag[0] || item.place != n)
			continue;
		if (!best.key[0] ||
		    strcmp(item.key, item.alone ? x->text : kind) == 0)
			best = item;
	}
	add_key(w, best.key);
}

/* Several of one argument are a list. */
static void add_list(struct writer *w, const struct call *c, unsigned from)
{
	char kind[24];

	kind_name(kind, sizeof kind, c->arg[from].kind);
	add_key(w, kind);
	text_add(w->out, "{");
	for (unsigned i = from; i < c->args; i++) {
		text_add(w->out, i > from ? ", " : "");
		add_value(w->out, &c->arg[i]);
	}
	text_add(w->out, "}");
}

static unsigned places(enum cmd id)
{
	struct amm_item item;
	unsigned n = 0;

	for (unsigned i = 0; luaname_item(id, i, &item); i++)
		if (!item.flag[0] && item.place >= n)
			n = item.place + 1;
	return n;
}

static void add_places(struct writer *w, const struct call *c)
{
	unsigned n = places(c->command->id);

	for (unsigned i = 0; i < c->args; i++) {
		if (i + 1 == n && c->args > n) {
			add_list(w, c, i);
			return;
		}
		add_place_key(w, c, i);
		if (c->arg[i].kind == ARG_CHOICE)
			text_add(w->out, "true");
		else
			add_value(w->out, &c->arg[i]);
	}
}

static void add_flags(struct writer *w, const struct call *c)
{
	for (unsigned i = 0; i < c->flags; i++) {
		char key[24];

		if (c->flag[i].length == 2 && c->flag[i].name[1] == '-')
			kind_name(key, sizeof key, c->flag[i].value.kind);
		else
			name_from(key, sizeof key, c->flag[i].name,
				  c->flag[i].length);
		add_key(w, key);
		add_value(w->out, &c->flag[i].value);
	}
	if (c->dry_run) {
		add_key(w, "dry_run");
		text_add(w->out, "true");
	}
}

void luaname_call(struct text *out, const struct call *c)
{
	struct writer w = { .out = out };
	struct amm_verb verb;

	luaname_verb(c->command->id, &verb);
	text_addf(out, "m:%s{", verb.method);
	if (c->has_cpu) {
		add_key(&w, has_key(c->command->id, "cpu") ? "at" : "cpu");
		text_addf(out, "%u", c->cpu);
	}
	add_places(&w, c);
	add_flags(&w, c);
	text_add(out, "}");
}
