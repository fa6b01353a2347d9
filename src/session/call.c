/* call.c - matches the words of a statement with what its command takes */
#include "session/call.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "session/error.h"
#include "session/suggest.h"
#include "session/take.h"

/* More than any command has that may be left out. */
enum { ARGS_CLEARED = 4 };

/* A keyword such as `if`: a flag that is spelled without a dash. */
static bool at_keyword(const struct taker *t, struct spec_item *item)
{
	const struct word *word = &t->statement->word[t->at];

	return !word->quoted && word->text[0] != '-' && t->call->args > 0 &&
	       flag_find(t->call->command->spec, word->text, strlen(word->text),
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

	if (command_needs_nothing(t->call->command))
		return true;
	while ((spec = spec_next(spec, &item)) != NULL) {
		char flag[SUGGEST_BYTES];

		if (item.flag == NULL && positional++ < t->call->args)
			continue;
		if (item.optional)
			continue;
		(void)snprintf(flag, sizeof flag, "%.*s", (int)item.flag_length,
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

		if (!t->flags_ended && flag_is(t, word)) {
			ok = flag_take(t);
		} else if (at_keyword(t, &keyword)) {
			t->at++;
			ok = flag_take_next(t, word, &keyword);
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
	memset(call, 0, offsetof(struct call, arg[ARGS_CLEARED]));
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
