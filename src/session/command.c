/* command.c - the table of commands and the ways to name one */
#include "session/command.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "session/error.h"
#include "session/lex.h"
#include "session/spec.h"
#include "session/suggest.h"

#define ACTS TRAIT_ACTS
#define CHANGES TRAIT_CHANGES
#define REPEATS TRAIT_REPEATS
#define KEPT TRAIT_KEPT
#define TYPED TRAIT_TYPED

static const struct command commands[CMD_COUNT] = {
#define COMMAND(id, name, aliases, spec, summary, body, one, two, see) \
	{ CMD_##id, GROUP_ACTIONS, ACTS | CHANGES, name,         aliases, \
	  spec,     summary,       body,           { one, two }, see },
#include "session/command.def"
#undef COMMAND
#define META(id, group, traits, name, aliases, spec, summary, body, one, two, \
	     see) \
	{ CMD_##id, GROUP_##group, traits, name,         aliases, \
	  spec,     summary,       body,   { one, two }, see },
#include "session/meta.def"
#undef META
};

static const struct {
	const char *name, *heading;
} groups[GROUP_COUNT] = {
#define X(id, name, heading) { name, heading },
	COMMAND_GROUPS(X)
#undef X
};

const struct command *command_get(enum cmd id)
{
	return &commands[id];
}

const char *group_name(enum command_group group)
{
	return groups[group].name;
}

const char *group_heading(enum command_group group)
{
	return groups[group].heading;
}

const struct command *command_named(const char *name)
{
	for (enum cmd i = 0; i < CMD_COUNT; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

static const char *head_end(const char *name)
{
	while (*name != '\0' && *name != ' ')
		name++;
	return name;
}

size_t command_head(const struct command *c)
{
	return (size_t)(head_end(c->name) - c->name);
}

static bool is_family(const struct command *c)
{
	return c->name[command_head(c)] == ' ';
}

/* Does @c begin with the same first word as an entry before it? */
static bool head_is_repeated(const struct command *c)
{
	const char *name = c->name, *before = c > commands ? c[-1].name : "";

	while (*name == *before && *name != '\0' && *name != ' ') {
		name++;
		before++;
	}
	return head_end(name) == name && head_end(before) == before &&
	       name != c->name;
}

/* What a first word may mean. */
struct match {
	const struct command *command; /* the first of its family */
	unsigned count;                /* of names that begin like it */
	bool exact;
};

/*
 * All names and short forms by their hash, and what each command takes: made
 * from the table at the first question, and the same ever after.
 */
enum { SPELLINGS = 512 };
static struct spelling {
	const char *text;
	uint16_t length, command;
} spellings[SPELLINGS];
_Static_assert(3 * CMD_COUNT < SPELLINGS, "with their short forms they fit");
static uint64_t kinds_taken[CMD_COUNT]; /* in its spec, as ARG_BITs */
static bool needs_nothing[CMD_COUNT];
enum { INITIALS = 128 };
static uint64_t kinds_behind[INITIALS]; /* a word that begins like this */

/* Where @word stands, or would. */
static struct spelling *spelling_of(const char *word, size_t length)
{
	size_t at = length;

	for (size_t i = 0; i < length; i++)
		at = at * 31 + (unsigned char)word[i];
	at %= SPELLINGS;
	while (spellings[at].text && (spellings[at].length != length ||
				      memcmp(spellings[at].text, word, length)))
		at = (at + 1) % SPELLINGS;
	return &spellings[at];
}

static void spell(const char *text, const struct command *c)
{
	size_t length = (size_t)(head_end(text) - text);
	struct spelling *s = spelling_of(text, length);

	if (!s->text && length > 0)
		*s = (struct spelling){ text, (uint16_t)length,
					(uint16_t)(c - commands) };
}

static void read_spec(size_t i)
{
	const char *spec = commands[i].spec;
	struct spec_item item;

	needs_nothing[i] = true;
	while ((spec = spec_next(spec, &item)) != NULL) {
		kinds_taken[i] |= item.kinds;
		needs_nothing[i] &= item.optional;
	}
}

static void note_initial(const char *text, uint64_t kinds)
{
	kinds_behind[(unsigned char)*text % INITIALS] |= kinds;
}

/* Of a family the first stands for all. */
static void spell_all(void)
{
	for (const struct command *c = commands; c < commands + CMD_COUNT;
	     c++) {
		const char *alias = c->aliases;

		read_spec((size_t)(c - commands));
		note_initial(c->name, kinds_taken[c - commands]);
		if (head_is_repeated(c))
			continue;
		spell(c->name, c);
		for (; *alias != '\0'; alias += *alias == ' ') {
			note_initial(alias, kinds_taken[c - commands]);
			spell(alias, c);
			alias = head_end(alias);
		}
	}
}

static void know_the_table(void)
{
	static bool known;

	if (!known)
		spell_all();
	known = true;
}

bool command_needs_nothing(const struct command *c)
{
	know_the_table();
	return needs_nothing[c - commands];
}

/* The command that is called @word, or NULL. */
static const struct command *spelled(const char *word, size_t length)
{
	const struct spelling *s;

	know_the_table();
	s = spelling_of(word, length);
	return s->text ? &commands[s->command] : NULL;
}

static struct match match_head(const char *word, size_t length)
{
	struct match match = { spelled(word, length), 1, true };

	if (match.command)
		return match;
	match = (struct match){ 0 };
	for (const struct command *c = commands; c < commands + CMD_COUNT;
	     c++) {
		if (length == 0 || strncmp(c->name, word, length) != 0 ||
		    head_is_repeated(c))
			continue;
		if (match.count++ == 0)
			match.command = c;
	}
	return match;
}

#define CANDIDATES_SHOWN 5

/* Appends to a list of names in @out, which has room for @size bytes. */
static void list_name(char *out, size_t size, const char *name, size_t length)
{
	size_t used = strlen(out);

	(void)snprintf(out + used, size - used, "%s%.*s", used > 0 ? ", " : "",
		       (int)length, name);
}

/* "'rc' is reverse-continue; 'rs' is reverse-step": short forms like @word */
static void hint_aliases(const char *word, struct error *e)
{
	char hint[200] = "";

	for (enum cmd i = 0; i < CMD_COUNT; i++) {
		const char *alias = commands[i].aliases;
		size_t used = strlen(hint);

		if (strncmp(alias, word, strlen(word)) == 0)
			(void)snprintf(hint + used, sizeof hint - used,
				       "%s'%.*s' is %s", used > 0 ? "; " : "",
				       (int)strcspn(alias, " "), alias,
				       commands[i].name);
	}
	error_hint(e, "%s", hint[0] != '\0' ? hint : "type one more letter");
}

/* The alphabetically first name after @last that begins with @word. */
static const struct command *next_name(const char *word, const char *last)
{
	const struct command *next = NULL;

	for (const struct command *c = commands; c < commands + CMD_COUNT; c++)
		if (strncmp(c->name, word, strlen(word)) == 0 &&
		    !head_is_repeated(c) && strcmp(c->name, last) > 0 &&
		    (next == NULL || strcmp(c->name, next->name) < 0))
			next = c;
	return next;
}

static void ambiguous(const struct word *word, struct error *e)
{
	char names[160] = "";
	const struct command *c = next_name(word->text, "");
	unsigned shown = 0;

	for (; c != NULL && shown < CANDIDATES_SHOWN; shown++) {
		list_name(names, sizeof names, c->name, command_head(c));
		c = next_name(word->text, c->name);
	}
	error_set(e, STATUS_AMBIGUOUS_COMMAND, "'%s' is ambiguous: %s%s",
		  word->text, names, c != NULL ? ", ..." : "");
	error_at(e, word->column, word->span);
	hint_aliases(word->text, e);
}

void command_offer(struct suggest *s)
{
	char head[SUGGEST_BYTES];

	for (const struct command *c = commands; c < commands + CMD_COUNT;
	     c++) {
		(void)snprintf(head, sizeof head, "%.*s", (int)command_head(c),
			       c->name);
		suggest_offer(s, head);
	}
}

static void unknown(const struct word *word, struct error *e)
{
	struct suggest s;
	char phrase[SUGGEST_PHRASE];

	suggest_init(&s, word->text, strlen(word->text));
	command_offer(&s);
	suggest_phrase(&s, phrase);
	error_set(e, STATUS_UNKNOWN_COMMAND, "unknown command '%s'",
		  word->text);
	error_at(e, word->column, word->span);
	if (phrase[0] != '\0')
		error_hint(e, "%s  ('help' lists commands)", phrase);
	else
		error_hint(e, "'help' lists commands");
}

static bool same_family(const struct command *c, const struct command *first)
{
	size_t head = command_head(first);

	return c < commands + CMD_COUNT && command_head(c) == head &&
	       memcmp(c->name, first->name, head) == 0;
}

/* The second word of a command of two. */
static const char *member(const struct command *c)
{
	return c->name + command_head(c) + 1;
}

/* @word is NULL when there was no second word. */
static void wrong_member(const struct command *first, const struct word *word,
			 const char *what, struct error *e)
{
	char names[200] = "";
	struct suggest s;
	char phrase[SUGGEST_PHRASE];

	suggest_init(&s, word != NULL ? word->text : "",
		     word != NULL ? strlen(word->text) : 0);
	for (const struct command *c = first; same_family(c, first); c++) {
		list_name(names, sizeof names, member(c), strlen(member(c)));
		suggest_offer(&s, member(c));
	}
	error_set(e, STATUS_UNKNOWN_SUBCOMMAND, "'%.*s' %s%s%s",
		  (int)command_head(first), first->name, what,
		  word != NULL ? " " : "", word != NULL ? word->text : "");
	suggest_phrase(&s, phrase);
	if (phrase[0] != '\0')
		error_hint(e, "%s", phrase);
	else
		error_hint(e, "%.*s: %s", (int)command_head(first), first->name,
			   names);
	if (word != NULL)
		error_at(e, word->column, word->span);
}

static const struct command *find_member(const struct command *first,
					 const struct word *word, bool *full,
					 struct error *e)
{
	const struct command *found = NULL;
	size_t length = strlen(word->text);
	unsigned count = 0;

	for (const struct command *c = first; same_family(c, first); c++) {
		if (strcmp(member(c), word->text) == 0)
			return c;
		if (length > 0 && strncmp(member(c), word->text, length) == 0) {
			found = c;
			count++;
		}
	}
	*full = false;
	if (count == 1)
		return found;
	wrong_member(first, word, count == 0 ? "has no" : "has several", e);
	return NULL;
}

const struct command *command_find(const struct word *word, unsigned words,
				   unsigned *used, bool *full, struct error *e)
{
	struct match match = match_head(word->text, strlen(word->text));

	*used = 1;
	*full = match.exact;
	if (match.count == 0) {
		unknown(word, e);
		return NULL;
	}
	if (match.count > 1) {
		ambiguous(word, e);
		return NULL;
	}
	if (!is_family(match.command))
		return match.command;
	*used = 2;
	if (words > 1)
		return find_member(match.command, &word[1], full, e);
	wrong_member(match.command, NULL, "needs a second word", e);
	error_at(e, word->column, word->span);
	return NULL;
}

static bool verb_takes(const char *verb, size_t length, uint64_t kinds)
{
	struct match match;

	know_the_table();
	if (!(kinds_behind[(unsigned char)*verb % INITIALS] & kinds))
		return false;
	match = match_head(verb, length);
	if (match.count != 1)
		return false;
	for (const struct command *c = match.command;
	     same_family(c, match.command); c++)
		if (kinds_taken[c - commands] & kinds)
			return true;
	return false;
}

bool command_takes_expression(const char *verb, size_t length)
{
	return verb_takes(verb, length,
			  ARG_BIT(ARG_EXPR) | ARG_BIT(ARG_ANSWER));
}

bool command_takes_chunk(const char *verb, size_t length)
{
	return verb_takes(verb, length, ARG_BIT(ARG_CHUNK));
}
