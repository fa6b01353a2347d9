/* complete.c - finds out what is being typed at the cursor */
#include "session/complete.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "activemm.h"
#include "session/fields.h"
#include "session/resolve.h"
#include "session/session.h"
#include "session/take.h"

#define EXPRESSIONS (ARG_BIT(ARG_EXPR) | ARG_BIT(ARG_ANSWER))
/* Kinds of more than one word. */
#define LONG \
	(EXPRESSIONS | ARG_BIT(ARG_COMMAND) | ARG_BIT(ARG_TEXT) | \
	 ARG_BIT(ARG_CHUNK))

/* The statement at the cursor: its words before the one being typed. */
struct cursor {
	struct line line;
	const struct word *word;
	unsigned words; /* complete ones */
	struct word typed;
	size_t at;
	struct partial partial;
};

/* --- expressions ------------------------------------------------------------ */

static bool is_name_letter(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '%' || c == '$' ||
	       c == '/' || c == ':' || (unsigned char)c >= 0x80;
}

/* Where the name that ends before @at begins. */
static size_t name_start(const char *text, size_t at)
{
	while (at > 0 && is_name_letter(text[at - 1]))
		at--;
	return at;
}

/* Passes a bracketed part backwards; @at is behind its closing bracket. */
static size_t pass_brackets(const char *text, size_t at)
{
	unsigned depth = 0;

	while (at > 0) {
		char c = text[--at];

		if (c == ')' || c == ']')
			depth++;
		else if ((c == '(' || c == '[') && --depth == 0)
			return at;
	}
	return at;
}

/* Is the letter before @start a dot, or the dash of vhost-100? */
static bool at_joint(const char *text, size_t start, size_t at)
{
	if (start == 0)
		return false;
	if (text[start - 1] == '.')
		return true;
	return text[start - 1] == '-' && start < at &&
	       isalnum((unsigned char)text[start]);
}

/* Where the object begins that ends before @at: task(1)->mm, sh.mm */
static size_t object_start(const char *text, size_t at)
{
	size_t start = at;

	for (;;) {
		if (start > 0 && strchr(")]", text[start - 1]) != NULL)
			start = pass_brackets(text, start);
		start = name_start(text, start);
		if (start > 1 && text[start - 1] == '>' &&
		    text[start - 2] == '-')
			start -= 2;
		else if (at_joint(text, start, at))
			start--;
		else
			return start;
	}
}

/* Offers the fields of the object that ends before byte @end of the line. */
static void offer_fields(const struct cursor *c, size_t end)
{
	const struct scene *s = c->partial.scene;
	size_t start = object_start(c->line.bytes, end), stop;
	struct expr x;
	struct value value;
	struct error ignored;
	const char *name;

	if (!expr_read(c->line.bytes + start, end - start, &x, &stop,
		       &ignored) ||
	    stop != end - start ||
	    !resolve_eval(&x, &s->view, &value, &ignored))
		return;
	if (value.kind == VALUE_NUMBER) /* a PID */
		value.kind = VALUE_TASK;
	for (unsigned i = 0; (name = field_name(s->view.world, value.kind, i));
	     i++)
		candidate_offer(&c->partial, name, "a field");
}

static size_t complete_expression(struct cursor *c)
{
	size_t start = name_start(c->line.bytes, c->at);
	const char *text = c->line.bytes;

	c->partial.word = text + start;
	if (start > 0 && text[start - 1] == '.')
		offer_fields(c, start - 1);
	else if (start > 1 && text[start - 1] == '>' && text[start - 2] == '-')
		offer_fields(c, start - 2);
	else
		candidates_expression(&c->partial);
	return start;
}

/* --- arguments -------------------------------------------------------------- */

static bool is_flag(const struct cursor *c, const struct word *word)
{
	const char *raw = c->line.bytes + word->column;

	return raw[0] == '-' &&
	       (raw[1] == '-' || isalpha((unsigned char)raw[1]));
}

/* A lead such as -c or if, whose value is the next word. */
static bool is_lead(const struct cursor *c, const struct word *word,
		    struct spec_item *item)
{
	if (strncmp(word->text, "--", 2) == 0 && word->text[2] != '\0')
		return false;
	return flag_find(c->partial.command->spec, word->text,
			 strlen(word->text), item) &&
	       item->kinds != 0;
}

/* The item for the word being typed, by the words before it. */
static bool find_item(const struct cursor *c, unsigned from,
		      struct spec_item *item)
{
	const char *spec = c->partial.command->spec;
	struct spec_item lead;
	bool found = false;

	item->repeated = false;
	for (unsigned i = from; i <= c->words; i++) {
		if (i < c->words && is_lead(c, &c->word[i], &lead)) {
			if (i + 1 == c->words ||
			    (lead.kinds & EXPRESSIONS) != 0) {
				*item = lead;
				return true;
			}
			i++;
			continue;
		}
		if (i < c->words && is_flag(c, &c->word[i]))
			continue;
		if (found && (item->repeated || item->kinds & LONG))
			continue;
		do {
			spec = spec_next(spec, item);
			if (spec == NULL)
				return false;
		} while (item->flag != NULL);
		found = true;
	}
	return true;
}

static void offer_flags(const struct cursor *c, const char *spec)
{
	struct spec_item item;
	char flag[64];

	while ((spec = spec_next(spec, &item)) != NULL) {
		bool joined = item.kinds != 0 && item.flag_length > 2;

		if (item.flag == NULL || item.flag[0] != '-')
			continue;
		(void)snprintf(flag, sizeof flag, "%.*s%s",
			       (int)item.flag_length, item.flag,
			       joined ? "=" : "");
		candidate_offer(&c->partial, flag, "a flag");
	}
}

/* --cpu=1: after the equals sign its value is completed */
static size_t complete_flag(struct cursor *c)
{
	size_t equals = strcspn(c->typed.text, "=");
	struct spec_item item;

	if (c->typed.text[equals] != '=') {
		offer_flags(c, c->partial.command->spec);
		offer_flags(c, call_common_spec(c->partial.command));
		return c->typed.column;
	}
	c->partial.word = c->typed.text + equals + 1;
	if (flag_find(c->partial.command->spec, c->typed.text, equals, &item))
		candidates_kind(&c->partial, &item);
	return c->typed.column + equals + 1;
}

static void offer_members(const struct cursor *c, const struct word *family)
{
	const struct command *found = NULL;

	for (enum cmd i = 0; i < CMD_COUNT; i++) {
		const struct command *command = command_get(i);
		size_t head = command_head(command);
		unsigned used;
		bool full;
		struct error ignored;
		struct word pair[2] = { *family,
					{ .text = command->name + head + 1 } };

		if (command->name[head] != ' ')
			continue;
		found = command_find(pair, 2, &used, &full, &ignored);
		if (found == command)
			candidate_offer(&c->partial, pair[1].text,
					command->summary);
	}
}

static size_t complete_statement(struct cursor *c, unsigned depth);

static size_t complete_argument(struct cursor *c, unsigned used, unsigned depth)
{
	struct spec_item item = { 0 };

	c->partial.before = c->words > used ? c->word[c->words - 1].text : "";
	if (c->typed.text[0] == '-' && is_flag(c, &c->typed))
		return complete_flag(c);
	if (strcmp(c->typed.text, "-") == 0)
		return complete_flag(c);
	if (!find_item(c, used, &item))
		return c->typed.column;
	if (item.kinds & EXPRESSIONS)
		return complete_expression(c);
	if (item.kinds & ARG_BIT(ARG_COMMAND) && depth == 0) {
		c->word += used;
		c->words -= used;
		return complete_statement(c, 1);
	}
	candidates_kind(&c->partial, &item);
	return c->typed.column;
}

/* depth 1: the action after `begin` */
static size_t complete_statement(struct cursor *c, unsigned depth)
{
	unsigned used;
	bool full;
	struct error ignored;

	c->partial.word = c->typed.text;
	if (c->words == 0) {
		candidates_command(&c->partial, depth > 0);
		return c->typed.column;
	}
	c->partial.command =
		command_find(c->word, c->words, &used, &full, &ignored);
	if (c->partial.command != NULL)
		return complete_argument(c, used, depth);
	if (c->words == 1)
		offer_members(c, c->word);
	return c->typed.column;
}

/* Finds the statement and the word that end at the cursor. */
static void find_cursor(struct cursor *c)
{
	struct line *line = &c->line;
	const struct statement *s = NULL;

	c->typed =
		(struct word){ .text = "", .column = (uint32_t)line->length };
	c->at = line->length;
	if (line->commands > 0)
		s = &line->command[line->commands - 1];
	/* After a `;` a new one begins, though nothing is there yet. */
	if (s == NULL || s->end < line->length) {
		size_t at = line->length;

		while (at > 0 && (line->bytes[at - 1] == ' ' ||
				  line->bytes[at - 1] == '\t'))
			at--;
		if (s == NULL || (at > 0 && line->bytes[at - 1] == ';'))
			return;
	}
	c->word = s->word;
	c->words = s->words;
	if (c->words == 0 || s->end < line->length)
		return;
	c->words--;
	c->typed = c->word[c->words];
}

size_t complete_line(const struct scene *s, const char *line, size_t at,
		     const struct offers *to)
{
	static const struct lex_rules rules = {
		.takes_expression = command_takes_expression
	};
	struct cursor c = { 0 };
	struct error ignored;
	struct spec_item file;

	if (!lex_line(&c.line, line, at, &rules, &ignored) ||
	    c.line.commented || c.line.shell != NULL ||
	    c.line.outlet == OUTLET_SHELL)
		return at;
	c.partial = (struct partial){
		.scene = s, .before = "", .word = "", .to = to
	};
	if (c.line.outlet != OUTLET_NONE) {
		spec_next("FILE", &file);
		c.partial.word = c.line.target;
		candidates_kind(&c.partial, &file);
		return at - strlen(c.line.target);
	}
	find_cursor(&c);
	return complete_statement(&c, 0);
}
