/* setting.c - the table of settings */
#include "session/setting.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "session/error.h"
#include "session/lex.h"
#include "session/suggest.h"

static const struct {
	const char *name;
	const char *words; /* NULL: a number */
	int least, most, initial;
	const char *about;
} settings[SET_COUNT] = {
#define CHOICE(id, name, words, initial, about) \
	{ #name, words, 0, 0, initial, about },
#define NUMBER(id, name, least, most, initial, about) \
	{ #name, NULL, least, most, initial, about },
#include "session/setting.def"
#undef CHOICE
#undef NUMBER
};

void settings_init(struct settings *s)
{
	for (enum setting i = 0; i < SET_COUNT; i++)
		s->value[i] = settings[i].initial;
}

const char *setting_name(enum setting which)
{
	return settings[which].name;
}

const char *setting_about(enum setting which)
{
	return settings[which].about;
}

void setting_offer(struct suggest *s)
{
	for (enum setting i = 0; i < SET_COUNT; i++)
		suggest_offer(s, settings[i].name);
}

static bool unknown(const char *word, struct error *e)
{
	struct suggest s;
	char phrase[SUGGEST_PHRASE];

	suggest_init(&s, word, strlen(word));
	setting_offer(&s);
	suggest_phrase(&s, phrase);
	error_set(e, STATUS_UNKNOWN_SETTING, "there is no setting '%s'", word);
	error_hint(e, "%s%s'show' lists the settings", phrase,
		   phrase[0] != '\0' ? "  " : "");
	return false;
}

bool setting_find(const char *word, enum setting *which, struct error *e)
{
	unsigned count = 0;

	for (enum setting i = 0; i < SET_COUNT; i++) {
		if (strncmp(settings[i].name, word, strlen(word)) != 0)
			continue;
		*which = i;
		if (settings[i].name[strlen(word)] == '\0')
			return true;
		count++;
	}
	return count == 1 || unknown(word, e);
}

const char *setting_word(enum setting which, unsigned nth, int *length)
{
	const char *at = settings[which].words;

	while (at != NULL) {
		*length = (int)strcspn(at, "|");
		if (nth-- == 0)
			return at;
		at = at[*length] == '|' ? at + *length + 1 : NULL;
	}
	return NULL;
}

void setting_values(struct text *out, enum setting which)
{
	if (settings[which].words != NULL)
		text_add(out, settings[which].words);
	else
		text_addf(out, "%d to %d", settings[which].least,
			  settings[which].most);
}

static bool read_choice(enum setting which, const char *word, int *value)
{
	const char *choice;
	int length;

	for (unsigned i = 0; (choice = setting_word(which, i, &length)); i++) {
		if ((size_t)length == strlen(word) &&
		    memcmp(choice, word, strlen(word)) == 0) {
			*value = (int)i;
			return true;
		}
	}
	return false;
}

static bool read_value(enum setting which, const char *word, int *value)
{
	uint64_t number;

	if (settings[which].words != NULL)
		return read_choice(which, word, value);
	if (!lex_number(word, &number) ||
	    number < (uint64_t)settings[which].least ||
	    number > (uint64_t)settings[which].most)
		return false;
	*value = (int)number;
	return true;
}

bool setting_change(struct settings *s, enum setting which, const char *word,
		    struct error *e)
{
	if (read_value(which, word, &s->value[which]))
		return true;
	error_set(e, STATUS_BAD_SETTING, "'%s' is no value for %s", word,
		  settings[which].name);
	if (settings[which].words != NULL)
		error_hint(e, "one of: %s", settings[which].words);
	else
		error_hint(e, "a number from %d to %d", settings[which].least,
			   settings[which].most);
	return false;
}

void setting_print(struct text *out, const struct settings *s,
		   enum setting which)
{
	const char *word;
	int length;

	word = setting_word(which, (unsigned)s->value[which], &length);
	if (word != NULL)
		text_append(out, word, (size_t)length);
	else
		text_addf(out, "%d", s->value[which]);
}
