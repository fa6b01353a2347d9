/* call.c - matches the words of a statement with what its command takes */
#include "session/call.h"

#include <assert.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "session/error.h"
#include "session/expr.h"
#include "session/suggest.h"
#include "session/take.h"

/* Flags that every command takes, and those of actions. */
#define COMMON_FLAGS "[--json] [--plain] [--source] [--help]"
/* Every command that runs statements can be stopped inside. */
#define STEPS_FLAG "--steps="
#define ACTION_FLAGS COMMON_FLAGS " [--dry-run] [-n]"

const char *call_common_spec(const struct command *c)
{
	return c->traits & TRAIT_ACTS ? ACTION_FLAGS : COMMON_FLAGS;
}

static bool named(const struct spec_item *item, const char *flag, size_t length)
{
	return item->flag != NULL && item->flag_length == length &&
	       memcmp(item->flag, flag, length) == 0;
}

static bool find_flag(const char *spec, const char *flag, size_t length,
		      struct spec_item *item)
{
	while ((spec = spec_next(spec, item)) != NULL)
		if (named(item, flag, length))
			return true;
	return false;
}

/* A word that was typed with a dash and a letter, or two dashes, in front. */
static bool is_flag(const struct taker *t, const struct word *word)
{
	const char *raw = t->line->bytes + word->column;

	if (raw[0] != '-' || word->span < 2)
		return false;
	return raw[1] == '-' || isalpha((unsigned char)raw[1]);
}

static void offer_flags(struct suggest *s, const char *spec)
{
	struct spec_item item;
	char flag[SUGGEST_BYTES];

	while ((spec = spec_next(spec, &item)) != NULL) {
		if (item.flag == NULL || item.flag_length < 3)
			continue;
		snprintf(flag, sizeof flag, "%.*s", (int)item.flag_length,
			 item.flag);
		suggest_offer(s, flag);
	}
}

static bool unknown_flag(struct taker *t, const struct word *word,
			 size_t length)
{
	const struct command *c = t->call->command;
	struct suggest s;
	char phrase[SUGGEST_PHRASE];

	suggest_init(&s, word->text, length);
	offer_flags(&s, c->spec);
	offer_flags(&s, call_common_spec(c));
	suggest_phrase(&s, phrase);
	error_set(t->error, STATUS_UNKNOWN_FLAG, "'%s' has no flag %.*s",
		  c->name, (int)length, word->text);
	if (phrase[0] != '\0')
		error_hint(t->error, "%s", phrase);
	else
		error_hint(t->error, "usage: %s %s", c->name, c->spec);
	error_at(t->error, word->column, length);
	return false;
}

static bool flag_value_error(struct taker *t, const struct word *word,
			     const struct spec_item *item, const char *what)
{
	error_set(t->error, STATUS_FLAG_VALUE, "%.*s %s",
		  (int)item->flag_length, item->flag, what);
	error_hint(t->error, "it is written %.*s", (int)item->length,
		   item->written);
	error_at(t->error, word->column, word->span);
	return false;
}

static struct call_flag *add_flag(struct taker *t, const struct word *word,
				  const struct spec_item *item)
{
	struct call *call = t->call;
	struct call_flag *flag;

	for (unsigned i = 0; i < call->flags; i++) {
		if (item->repeated ||
		    !named(item, call->flag[i].name, call->flag[i].length))
			continue;
		flag_value_error(t, word, item, "is given twice");
		return NULL;
	}
	if (call->flags == CALL_FLAGS_MAX) {
		flag_value_error(t, word, item, "is one flag too many");
		return NULL;
	}
	flag = &call->flag[call->flags++];
	*flag = (struct call_flag){ .name = item->flag,
				    .length = item->flag_length };
	return flag;
}

/* `-c CPU`, `if EXPR`, `-- TEXT`: the value is what follows. */
static bool take_next_value(struct taker *t, const struct word *word,
			    const struct spec_item *item)
{
	struct call_flag *flag = add_flag(t, word, item);

	if (flag == NULL)
		return false;
	if (t->at == t->statement->words)
		return flag_value_error(t, word, item, "needs a value");
	return take_value(t, item, &flag->value);
}

/* `--cpu=N`, `-c1`: the value is the rest of the word, from @from on. */
static bool take_joined_value(struct taker *t, const struct word *word,
			      const struct spec_item *item, size_t from)
{
	struct call_flag *flag = add_flag(t, word, item);
	struct word value = *word;

	if (flag == NULL)
		return false;
	if (word->text[from] == '\0')
		return flag_value_error(t, word, item, "needs a value");
	value.text += from;
	value.column += (uint32_t)from;
	value.span -= (uint32_t)from;
	return take_word(t, item, &value, &flag->value);
}

static void note_common(struct call *call, const struct spec_item *item)
{
	switch (item->flag[2]) {
	case 'j':
		call->json = true;
		break;
	case 'p':
		call->plain = true;
		break;
	case 's':
		call->source = true;
		break;
	case 'h':
		call->help = true;
		break;
	default:
		call->dry_run = true; /* --dry-run and -n */
	}
}

static bool take_steps(struct taker *t, const struct word *word)
{
	uint64_t steps;

	if (!lex_number(word->text + strlen(STEPS_FLAG), &steps)) {
		error_set(t->error, STATUS_FLAG_VALUE,
			  "--steps takes a number of statements");
		error_at(t->error, word->column, word->span);
		return false;
	}
	t->call->has_steps = true;
	t->call->steps = steps;
	return true;
}

static bool can_stop_inside(const struct command *c)
{
	return c->traits & (TRAIT_ACTS | TRAIT_CHANGES);
}

/* --name, --name=value */
static bool take_long(struct taker *t, const struct word *word)
{
	const struct command *c = t->call->command;
	size_t length = strcspn(word->text, "=");
	bool joined = word->text[length] == '=';
	struct spec_item item;

	if (can_stop_inside(c) &&
	    strncmp(word->text, STEPS_FLAG, strlen(STEPS_FLAG)) == 0)
		return take_steps(t, word);
	if (find_flag(c->spec, word->text, length, &item)) {
		if (joined && item.kinds != 0)
			return take_joined_value(t, word, &item, length + 1);
		if (item.kinds != 0)
			return flag_value_error(t, word, &item,
						"needs a value");
		if (!joined)
			return add_flag(t, word, &item) != NULL;
	} else if (!find_flag(call_common_spec(c), word->text, length, &item)) {
		return unknown_flag(t, word, length);
	}
	if (joined)
		return flag_value_error(t, word, &item, "takes no value");
	note_common(t->call, &item);
	return true;
}

/* -k, -c 1, -c1 */
static bool take_short(struct taker *t, const struct word *word)
{
	const struct command *c = t->call->command;
	bool joined = strlen(word->text) > 2;
	struct spec_item item;

	if (find_flag(c->spec, word->text, 2, &item)) {
		if (item.kinds != 0)
			return joined ? take_joined_value(t, word, &item, 2)
				      : take_next_value(t, word, &item);
		if (!joined)
			return add_flag(t, word, &item) != NULL;
	} else if (!joined &&
		   find_flag(call_common_spec(c), word->text, 2, &item)) {
		t->call->dry_run = true;
		return true;
	}
	return unknown_flag(t, word, strlen(word->text));
}

static bool take_flag(struct taker *t)
{
	const struct word *word = &t->statement->word[t->at++];
	struct spec_item item;

	if (strcmp(word->text, "--") == 0) {
		if (find_flag(t->call->command->spec, "--", 2, &item))
			return take_next_value(t, word, &item);
		t->flags_ended = true;
		return true;
	}
	return word->text[1] == '-' ? take_long(t, word) : take_short(t, word);
}

/* A keyword such as `if`: a flag that is spelled without a dash. */
static bool at_keyword(const struct taker *t, struct spec_item *item)
{
	const struct word *word = &t->statement->word[t->at];

	return !word->quoted && word->text[0] != '-' && t->call->args > 0 &&
	       find_flag(t->call->command->spec, word->text, strlen(word->text),
			 item);
}

/* Moves to the next positional item of the spec; false at its end. */
static bool next_item(struct taker *t)
{
	if (t->item.repeated && t->item.flag == NULL)
		return true;
	do {
		t->spec = spec_next(t->spec, &t->item);
		if (t->spec == NULL) {
			t->spec = "";
			t->item = (struct spec_item){ 0 };
			return false;
		}
	} while (t->item.flag != NULL);
	return true;
}

static bool take_positional(struct taker *t)
{
	const struct word *word = &t->statement->word[t->at];
	const struct command *c = t->call->command;

	if (!next_item(t) || t->call->args == CALL_ARGS_MAX) {
		error_set(t->error, STATUS_EXTRA_ARGUMENT,
			  "'%s' does not take this word", c->name);
		error_hint(t->error, "usage: %s%s%s", c->name,
			   c->spec[0] != '\0' ? " " : "", c->spec);
		error_at(t->error, word->column, word->span);
		return false;
	}
	return take_value(t, &t->item, &t->call->arg[t->call->args++]);
}

static bool missing(struct taker *t, const struct spec_item *item)
{
	const struct command *c = t->call->command;

	error_set(t->error, STATUS_MISSING_ARGUMENT, "'%s' needs %.*s", c->name,
		  (int)item->length, item->written);
	error_hint(t->error, "usage: %s %s", c->name, c->spec);
	error_at(t->error, t->statement->end, 1);
	return false;
}

/* Is everything there that is not in brackets? */
static bool check_complete(struct taker *t)
{
	const char *spec = t->call->command->spec;
	struct spec_item item;
	unsigned positional = 0;

	while ((spec = spec_next(spec, &item)) != NULL) {
		char flag[SUGGEST_BYTES];

		if (item.flag == NULL && positional++ < t->call->args)
			continue;
		if (item.optional)
			continue;
		snprintf(flag, sizeof flag, "%.*s", (int)item.flag_length,
			 item.flag != NULL ? item.flag : "");
		if (item.flag == NULL || call_flag(t->call, flag) == NULL)
			return missing(t, &item);
	}
	return true;
}

static bool take_all(struct taker *t)
{
	struct spec_item keyword;
	bool ok = true;

	while (ok && t->at < t->statement->words) {
		const struct word *word = &t->statement->word[t->at];

		if (!t->flags_ended && is_flag(t, word)) {
			ok = take_flag(t);
		} else if (at_keyword(t, &keyword)) {
			t->at++;
			ok = take_next_value(t, word, &keyword);
		} else {
			ok = take_positional(t);
		}
	}
	return ok && (t->call->help || t->call->source || check_complete(t));
}

static bool read_prefix(struct call *call, const struct word *prefix,
			struct error *e)
{
	uint64_t cpu;

	if (prefix == NULL)
		return true;
	call->has_cpu = true;
	if (call_read_cpu(prefix->text, &cpu)) {
		call->cpu = (uint32_t)cpu;
		return true;
	}
	error_set(e, STATUS_BAD_CPU, "'@%s' names no CPU", prefix->text);
	error_hint(e, "'@1 exit' runs exit on CPU 1");
	error_at(e, prefix->column, prefix->span);
	return false;
}

enum call_result call_read(const struct line *line, unsigned index,
			   struct call *call, struct error *e)
{
	const struct statement *s = &line->command[index];
	struct taker t = {
		.line = line, .statement = s, .call = call, .error = e
	};

	assert(index < line->commands);
	memset(call, 0, sizeof *call);
	if (!read_prefix(call, s->cpu, e))
		return CALL_WRONG;
	if (s->words == 0) {
		error_set(e, STATUS_MISSING_ARGUMENT,
			  "'@%s' needs a command after it", s->cpu->text);
		error_hint(e, "'cpu %s' selects a CPU until changed",
			   s->cpu->text);
		error_at(e, s->cpu->column, s->cpu->span);
		return CALL_WRONG;
	}
	call->answer = habit_answer(s->word, s->words);
	if (call->answer != NULL)
		return CALL_ANSWER;
	call->command = command_find(s->word, s->words, &t.at, &call->full, e);
	if (call->command == NULL)
		return CALL_WRONG;
	t.spec = call->command->spec;
	return take_all(&t) ? CALL_READY : CALL_WRONG;
}

const struct arg *call_flag_nth(const struct call *call, const char *name,
				unsigned nth)
{
	for (unsigned i = 0; i < call->flags; i++)
		if (call->flag[i].length == strlen(name) &&
		    memcmp(call->flag[i].name, name, strlen(name)) == 0 &&
		    nth-- == 0)
			return &call->flag[i].value;
	return NULL;
}

const struct arg *call_flag(const struct call *call, const char *name)
{
	return call_flag_nth(call, name, 0);
}
