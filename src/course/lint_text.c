/*
 * lint_text.c - rule 8: what is said fits a screen, a reader and a translator
 */
#include <ctype.h>
#include <string.h>

#include "base/escape.h"
#include "course/lint.h"
#include "course/page.h"
#include "session/show.h"

enum { LINES_MAX = 12, PROSE_MAX = 40 };

static const char *const colours[] = { "red",    "green",  "blue",
				       "yellow", "orange", "purple" };

/* What a screen of these texts takes, as page.c breaks it. */
static uint32_t lines_of(const struct lint *x, const char *raw)
{
	struct text named = { 0 }, shown = { 0 };
	uint32_t n = 0;

	if (!raw)
		return 0;
	label_text(x->l, raw, &named);
	for (const char *at = text_string(&named); *at; at += *at == '\n') {
		struct text line = { 0 };
		size_t length = strcspn(at, "\n");

		text_append(&line, at, length);
		show_wrapped(&shown, text_string(&line), 0, PAGE_COLUMNS);
		text_add(&shown, "\n");
		text_free(&line);
		at += length;
	}
	for (size_t i = 0; i < shown.length; i++)
		n += shown.bytes[i] == '\n';
	text_free(&named);
	text_free(&shown);
	return n;
}

static bool has_word(const char *text, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = text; (at = strstr(at, word)); at++)
		if ((at == text || !isalpha((unsigned char)at[-1])) &&
		    !isalpha((unsigned char)at[n]))
			return true;
	return false;
}

/* A word that cannot be broken must fit as well. */
static void check_words(struct lint *x, uint32_t step, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, " \n");

		if (escape_columns(text, n) > PAGE_COLUMNS)
			lint_error(x, 8, step, "a word of more than %d columns",
				   PAGE_COLUMNS);
		text += n + (text[n] != '\0');
	}
}

static void check_text(struct lint *x, uint32_t step, const char *text)
{
	if (!text)
		return;
	if (strchr(text, '\t'))
		lint_error(x, 8, step, "a tab in: %.40s", text);
	if (lines_of(x, text) > LINES_MAX)
		lint_error(x, 8, step, "a text of more than %d lines",
			   LINES_MAX);
	check_words(x, step, text);
	for (size_t i = 0; i < sizeof colours / sizeof *colours; i++)
		if (has_word(text, colours[i]))
			lint_error(x, 8, step,
				   "a colour has no meaning here: %s",
				   colours[i]);
}

/* The page of a step: its head, its text, and what stands under it. */
static void check_screen(struct lint *x, uint32_t i, const struct step *s)
{
	uint32_t n = 2 + lines_of(x, s->text) + s->suggest.count;

	for (uint32_t f = 0; f < s->facts; f++)
		n += lines_of(x, s->fact[f].text);
	n += s->see.count;
	if (n > LINES_MAX + 2)
		lint_error(x, 8, i, "its page has %u lines, %d are enough", n,
			   LINES_MAX + 2);
}

static void check_step(struct lint *x, uint32_t i, const struct step *s)
{
	check_text(x, i, s->text);
	check_text(x, i, s->because);
	for (uint32_t n = 0; n < s->misconceptions; n++)
		check_text(x, i, s->misconception[n].say);
	for (uint32_t n = 0; n < s->facts; n++)
		check_text(x, i, s->fact[n].text);
	for (uint32_t n = 0; n < s->hints; n++)
		check_text(x, i, s->hint[n].text);
	check_screen(x, i, s);
}

void lint_text(struct lint *x)
{
	uint32_t prose = 0;

	check_text(x, UINT32_MAX, x->l->title);
	for (uint32_t i = 0; i < x->l->steps; i++) {
		const struct step *s = &x->l->step[i];

		check_step(x, i, s);
		prose = s->kind == STEP_SAY ? prose + lines_of(x, s->text) : 0;
		if (prose > PROSE_MAX)
			lint_error(x, 0, i,
				   "more than %d lines to read with nothing "
				   "to do",
				   PROSE_MAX);
	}
	for (uint32_t i = 0; i < x->l->unmarked.count; i++)
		lint_error(x, 8, UINT32_MAX,
			   "not marked for translation: %.60s",
			   x->l->unmarked.line[i]);
}
