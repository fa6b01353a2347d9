/* apropos.c - searches every page of the manual */
#include <string.h>

#include "base/text.h"
#include "session/command.h"
#include "session/error.h"
#include "session/help.h"
#include "session/setting.h"
#include "session/topic.h"
#include "session/wrap.h"

#define MEANING_COLUMN 26

static unsigned search_commands(struct text *out, const char *word)
{
	unsigned found = 0;

	for (enum cmd i = 0; i < CMD_COUNT; i++) {
		const struct command *c = command_get(i);

		if (strcasestr(c->name, word) == NULL &&
		    strcasestr(c->aliases, word) == NULL &&
		    strcasestr(c->summary, word) == NULL &&
		    strcasestr(c->body, word) == NULL)
			continue;
		wrap_entry(out, c->name, MEANING_COLUMN, c->summary);
		found++;
	}
	return found;
}

/* One line, when the word is in any of three texts. */
static unsigned search_page(struct text *out, const char *word,
			    const char *const texts[3], const char *term)
{
	for (unsigned i = 0; i < 3; i++) {
		if (strcasestr(texts[i], word) == NULL)
			continue;
		wrap_entry(out, term, MEANING_COLUMN, texts[1]);
		return 1;
	}
	return 0;
}

static unsigned search_topics(struct text *out, const char *word)
{
	const struct topic *t;
	struct text term = { 0 };
	unsigned found = 0;

	for (size_t i = 0; (t = topic_get(i)) != NULL; i++) {
		const char *const texts[3] = { t->name, t->summary, t->body };

		text_clear(&term);
		text_addf(&term, "help %s", t->name);
		found += search_page(out, word, texts, text_string(&term));
	}
	text_free(&term);
	return found;
}

static unsigned search_settings(struct text *out, const char *word)
{
	struct text term = { 0 };
	unsigned found = 0;

	for (enum setting s = 0; s < SET_COUNT; s++) {
		const char *const texts[3] = { setting_name(s),
					       setting_about(s), "" };

		text_clear(&term);
		text_addf(&term, "set %s", setting_name(s));
		found += search_page(out, word, texts, text_string(&term));
	}
	text_free(&term);
	return found;
}

static unsigned search_errors(struct text *out, const char *word)
{
	struct text term = { 0 };
	unsigned found = 0;

	for (enum status s = 1; s < STATUS_COUNT; s++) {
		const struct status_info *info = status_info(s);
		const char *const texts[3] = { "", info->title, info->page };

		text_clear(&term);
		text_addf(&term, "help E%u", info->number);
		found += search_page(out, word, texts, text_string(&term));
	}
	text_free(&term);
	return found;
}

void help_apropos(struct text *out, const char *word)
{
	unsigned found = search_commands(out, word);

	found += search_topics(out, word);
	found += search_settings(out, word);
	found += search_errors(out, word);
	if (found == 0)
		text_addf(out, "no page has '%s' in it\n", word);
}
