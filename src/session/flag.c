/* flag.c - takes the flags of a command */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "session/error.h"
#include "session/suggest.h"
#include "session/take.h"

/* Flags that every command takes, and those of actions. */
#define COMMON_FLAGS "[--json] [--plain] [--source] [--lua] [--help]"
/* Every command that runs statements can be stopped inside. */
#define RUNNING_FLAGS COMMON_FLAGS " [--steps=N]"
#define ACTION_FLAGS RUNNING_FLAGS " [--dry-run] [-n]"

const char *call_common_spec(const struct command *c)
{
	if (c->traits & TRAIT_ACTS)
		return ACTION_FLAGS;
	return c->traits & TRAIT_CHANGES ? RUNNING_FLAGS : COMMON_FLAGS;
}

static bool named(const struct spec_item *item, const char *flag, size_t length)
{
	return item->flag != NULL && item->flag_length == length &&
	       memcmp(item->flag, flag, length) == 0;
}

bool flag_find(const char *spec, const char *flag, size_t length,
	       struct spec_item *item)
{
	while ((spec = spec_next(spec, item)) != NULL)
		if (named(item, flag, length))
			return true;
	return false;
}

/* A word that was typed with a dash and a letter, or two dashes, in front. */
bool flag_is(const struct taker *t, const struct word *word)
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
		(void)snprintf(flag, sizeof flag, "%.*s", (int)item.flag_length,
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
bool flag_take_next(struct taker *t, const struct word *word,
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
	case 'l':
		call->lua = true;
		break;
	case 'h':
		call->help = true;
		break;
	default:
		call->dry_run = true; /* --dry-run and -n */
	}
}

/* --steps=N: the only common flag with a value */
static bool take_steps(struct taker *t, const struct word *word,
		       const struct spec_item *item, size_t from)
{
	const struct arg *steps;

	if (!take_joined_value(t, word, item, from))
		return false;
	steps = call_flag(t->call, "--steps");
	t->call->has_steps = true;
	t->call->steps = steps->number;
	return true;
}

/* --name, --name=value */
static bool take_long(struct taker *t, const struct word *word)
{
	const struct command *c = t->call->command;
	size_t length = strcspn(word->text, "=");
	bool joined = word->text[length] == '=';
	struct spec_item item;
	bool own = flag_find(c->spec, word->text, length, &item);

	if (!own && !flag_find(call_common_spec(c), word->text, length, &item))
		return unknown_flag(t, word, length);
	if (joined && item.kinds == 0)
		return flag_value_error(t, word, &item, "takes no value");
	if (!joined && item.kinds != 0)
		return flag_value_error(t, word, &item, "needs a value");
	if (joined)
		return own ? take_joined_value(t, word, &item, length + 1)
			   : take_steps(t, word, &item, length + 1);
	if (own)
		return add_flag(t, word, &item) != NULL;
	note_common(t->call, &item);
	return true;
}

/* -k, -c 1, -c1 */
static bool take_short(struct taker *t, const struct word *word)
{
	const struct command *c = t->call->command;
	bool joined = strlen(word->text) > 2;
	struct spec_item item;

	if (flag_find(c->spec, word->text, 2, &item)) {
		if (item.kinds != 0)
			return joined ? take_joined_value(t, word, &item, 2)
				      : flag_take_next(t, word, &item);
		if (!joined)
			return add_flag(t, word, &item) != NULL;
	} else if (!joined &&
		   flag_find(call_common_spec(c), word->text, 2, &item)) {
		t->call->dry_run = true;
		return true;
	}
	return unknown_flag(t, word, strlen(word->text));
}

bool flag_take(struct taker *t)
{
	const struct word *word = &t->statement->word[t->at++];
	struct spec_item item;

	if (strcmp(word->text, "--") == 0) {
		if (flag_find(t->call->command->spec, "--", 2, &item))
			return flag_take_next(t, word, &item);
		t->flags_ended = true;
		return true;
	}
	return word->text[1] == '-' ? take_long(t, word) : take_short(t, word);
}
