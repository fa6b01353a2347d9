/* help.c - help pages of commands, and how a page is found */
#include "session/help.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "session/call.h"
#include "session/error.h"
#include "session/suggest.h"
#include "session/topic.h"
#include "session/wrap.h"

#define SUMMARY_COLUMN 22

static void list_group(struct text *out, enum command_group group)
{
	text_addf(out, "%s\n", group_heading(group));
	for (enum cmd i = 0; i < CMD_COUNT; i++)
		if (command_get(i)->group == group)
			wrap_entry(out, command_get(i)->name, SUMMARY_COLUMN,
				   command_get(i)->summary);
}

void help_list(struct text *out)
{
	const struct topic *topic;

	for (enum command_group g = 0; g < GROUP_COUNT; g++) {
		list_group(out, g);
		text_add(out, "\n");
	}
	text_add(out, "Topics\n");
	for (size_t i = 0; (topic = topic_get(i)) != NULL; i++)
		wrap_entry(out, topic->name, SUMMARY_COLUMN, topic->summary);
	text_add(out, "\n'help COMMAND' or 'help TOPIC' explains one; "
		      "'apropos WORD' searches.\n");
}

static void add_name(struct text *out, const char *name, const char *summary)
{
	struct text line = { 0 };

	text_addf(&line, "%s - %s", name, summary);
	text_add(out, "NAME\n");
	wrap_text(out, text_string(&line), 2);
	text_free(&line);
}

static void add_synopsis(struct text *out, const struct command *c)
{
	struct text line = { 0 };

	text_addf(&line, "%s%s%s%s", c->traits & TRAIT_ACTS ? "[@CPU] " : "",
		  c->name, c->spec[0] != '\0' ? " " : "", c->spec);
	wrap_text(out, text_string(&line), 2);
	text_free(&line);
	if (c->aliases[0] != '\0')
		text_addf(out, "  short: %s\n", c->aliases);
}

/* What the kinds in the synopsis are, each once. */
static void add_arguments(struct text *out, const struct command *c)
{
	struct spec_item item;
	const char *spec = c->spec;
	uint64_t kinds = 0;

	while ((spec = spec_next(spec, &item)) != NULL)
		kinds |= item.kinds;
	kinds &= ~ARG_BIT(ARG_CHOICE);
	if (kinds == 0)
		return;
	text_add(out, "ARGUMENTS\n");
	for (enum arg_kind k = ARG_CHOICE + 1; k < ARG_KIND_COUNT; k++)
		if (kinds & ARG_BIT(k))
			wrap_entry(out, arg_written(k), 16, arg_meaning(k));
}

void help_page(struct text *out, const struct command *c)
{
	bool acts = c->traits & TRAIT_ACTS;

	add_name(out, c->name, c->summary);
	text_add(out, "SYNOPSIS\n");
	add_synopsis(out, c);
	add_arguments(out, c);
	if (c->body[0] != '\0') {
		text_add(out,
			 acts ? "WHAT THE KERNEL DOES\n" : "DESCRIPTION\n");
		wrap_text(out, c->body, 2);
	}
	text_add(out, "EXAMPLES\n");
	text_addf(out, "  %s\n  %s\n", c->example[0], c->example[1]);
	text_add(out, "SEE ALSO\n");
	wrap_text(out, c->see, 2);
}

static void topic_page(struct text *out, const struct topic *t)
{
	add_name(out, t->name, t->summary);
	if (t->body[0] != '\0') {
		text_add(out, "DESCRIPTION\n");
		wrap_text(out, t->body, 2);
	}
	if (t->more != NULL)
		t->more(out);
}

static void status_page(struct text *out, enum status s)
{
	const struct status_info *info = status_info(s);

	text_addf(out, "E%u\n  %s\nDESCRIPTION\n", info->number, info->title);
	wrap_text(out, info->page, 2);
	text_addf(out, "A script that stops at it ends with exit status %d.\n",
		  info->exit);
}

/* The members of a family such as info; false when there are none. */
static bool family_page(struct text *out, const char *word)
{
	size_t length = strlen(word);
	bool any = false;

	for (enum cmd i = 0; i < CMD_COUNT; i++) {
		const struct command *c = command_get(i);

		if (strncmp(c->name, word, length) != 0 ||
		    c->name[length] != ' ')
			continue;
		if (!any)
			text_addf(out, "%s is a family of commands\n", word);
		any = true;
		wrap_entry(out, c->name, SUMMARY_COLUMN, c->summary);
	}
	return any;
}

static bool group_page(struct text *out, const char *word)
{
	for (enum command_group g = 0; g < GROUP_COUNT; g++) {
		if (strcmp(group_name(g), word) == 0) {
			list_group(out, g);
			return true;
		}
	}
	return false;
}

static bool no_help(const char *word, struct error *e)
{
	struct suggest s;
	char phrase[SUGGEST_PHRASE];
	const struct topic *topic;

	suggest_init(&s, word, strlen(word));
	command_offer(&s);
	for (size_t i = 0; (topic = topic_get(i)) != NULL; i++)
		suggest_offer(&s, topic->name);
	for (enum command_group g = 0; g < GROUP_COUNT; g++)
		suggest_offer(&s, group_name(g));
	suggest_phrase(&s, phrase);
	error_set(e, STATUS_NO_HELP, "there is no help on '%s'", word);
	error_hint(e, "%s%s'apropos %s' searches all pages", phrase,
		   phrase[0] != '\0' ? "  " : "", word);
	return false;
}

/* Pages that are named by one word and are no command's. */
static bool other_page(struct text *out, const char *word)
{
	const struct topic *topic = topic_find(word);

	if (status_find(word) != STATUS_OK) {
		status_page(out, status_find(word));
		return true;
	}
	if (group_page(out, word) || family_page(out, word))
		return true;
	if (topic != NULL)
		topic_page(out, topic);
	return topic != NULL;
}

bool help_about(struct text *out, const struct arg *words, unsigned count,
		struct error *e)
{
	struct word name[2] = { { .text = words[0].text } };
	const struct command *c;
	const char *habit;
	unsigned used;
	bool full;
	struct error ignored;

	if (count > 1)
		name[1].text = words[1].text;
	habit = habit_answer(name, count);
	if (habit != NULL) {
		text_addf(out, "%s\n", habit);
		return true;
	}
	c = command_find(name, count > 2 ? 2 : count, &used, &full, &ignored);
	if (c == NULL || (!full && topic_find(words[0].text) != NULL)) {
		if (other_page(out, words[0].text))
			return true;
		no_help(words[0].text, e);
		error_at(e, words[0].column, words[0].length);
		return false;
	}
	help_page(out, c);
	return true;
}
