/* error.c - the three forms of an error, and the list of codes */
#include "session/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/text.h"

static const struct status_info infos[STATUS_COUNT] = {
	[STATUS_OK] = { 0, 0, "no error", "" },
#define STATUS(id, number, exit, title, page) \
	[STATUS_##id] = { number, exit, title, page },
#include "session/status.def"
#undef STATUS
};

const struct status_info *status_info(enum status s)
{
	return &infos[s];
}

enum status status_find(const char *word)
{
	char *end;
	unsigned long number;

	if (word[0] != 'E' && word[0] != 'e')
		return STATUS_OK;
	number = strtoul(word + 1, &end, 10);
	if (end - word != 4 || *end != '\0')
		return STATUS_OK;
	for (enum status s = 1; s < STATUS_COUNT; s++)
		if (infos[s].number == number)
			return s;
	return STATUS_OK;
}

/* Fills @field; what does not fit ends with '~'. */
__attribute__((format(printf, 3, 0))) static void
fill(char *field, size_t size, const char *format, va_list args)
{
	int length = vsnprintf(field, size, format, args);

	if (length < 0)
		field[0] = '\0';
	else if ((size_t)length >= size)
		field[size - 2] = '~';
}

bool error_set(struct error *e, enum status s, const char *format, ...)
{
	va_list args;

	memset(e, 0, sizeof *e);
	e->status = s;
	va_start(args, format);
	fill(e->message, sizeof e->message, format, args);
	va_end(args);
	return false;
}

void error_at(struct error *e, size_t column, size_t length)
{
	e->column = (uint32_t)column;
	e->length = (uint32_t)length;
}

void error_hint(struct error *e, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fill(e->hint, sizeof e->hint, format, args);
	va_end(args);
}

/* The part of @line that @e is about, within the bounds of @line. */
static struct span {
	size_t start, length;
} error_span(const struct error *e, const char *line)
{
	size_t bytes = strlen(line);
	size_t start = e->column < bytes ? e->column : bytes;
	size_t left = bytes - start;

	return (struct span){ start, e->length < left ? e->length : left };
}

/*
 * A long line is shown from a little before the place, so that line and caret
 * stay on one screen row and nobody scrolls for a typing slip.
 */
#define LEAD_MAX 40
#define SHOWN_MAX 70

static bool continues_character(char byte)
{
	return ((unsigned char)byte & 0xc0) == 0x80;
}

/* Appends @length bytes of @line escaped; returns the columns they take. */
static size_t show_part(struct text *out, const char *line, size_t length)
{
	size_t at = out->length;

	escape_text(out, line, length);
	return out->failed ? 0
			   : escape_columns(out->bytes + at, out->length - at);
}

static void show_place(struct text *out, const struct error *e,
		       const char *line)
{
	struct span place = error_span(e, line);
	size_t from = place.start > LEAD_MAX ? place.start - LEAD_MAX : 0;
	size_t bytes = strlen(line), end = bytes, before, under;

	if (end - from > SHOWN_MAX)
		end = from + SHOWN_MAX;
	while (from > 0 && continues_character(line[from]))
		from--;
	while (end < bytes && continues_character(line[end]))
		end++;
	if (place.start + place.length > end)
		place.length = end - place.start;
	text_add(out, from > 0 ? "  ~" : "  ");
	before = (from > 0) + show_part(out, line + from, place.start - from);
	under = show_part(out, line + place.start, place.length);
	show_part(out, line + place.start + place.length,
		  end - place.start - place.length);
	text_add(out, end < bytes ? "~\n  " : "\n  ");
	text_addc(out, ' ', before);
	text_addc(out, '^', 1);
	text_addc(out, '~', under > 1 ? under - 1 : 0);
	text_addc(out, '\n', 1);
}

static void show_human(struct text *out, const struct error *e,
		       const char *line)
{
	text_addf(out, "error[E%u]: ", infos[e->status].number);
	escape_text(out, e->message, strlen(e->message));
	text_addc(out, '\n', 1);
	if (e->length > 0 && line[0] != '\0')
		show_place(out, e, line);
	if (e->hint[0] != '\0') {
		text_add(out, "help: ");
		escape_text(out, e->hint, strlen(e->hint));
		text_addc(out, '\n', 1);
	}
}

static void show_plain(struct text *out, const struct error *e,
		       const char *line)
{
	struct span place = error_span(e, line);

	text_addf(out, "error E%u", infos[e->status].number);
	if (place.length > 0) {
		text_addf(out, ", column %zu, \"", place.start + 1);
		escape_text(out, line + place.start, place.length);
		text_add(out, "\"");
	}
	text_add(out, ": ");
	escape_text(out, e->message, strlen(e->message));
	text_add(out, ".\n");
	if (e->hint[0] != '\0') {
		text_add(out, "help: ");
		escape_text(out, e->hint, strlen(e->hint));
		text_addc(out, '\n', 1);
	}
}

static void add_member(struct text *out, const char *key, const char *value)
{
	text_addf(out, ",\"%s\":\"", key);
	escape_json(out, value, strlen(value));
	text_addc(out, '"', 1);
}

static void show_json(struct text *out, const struct error *e, const char *line)
{
	struct span place = error_span(e, line);

	text_addf(out, "{\"ok\":false,\"error\":{\"code\":\"E%u\"",
		  infos[e->status].number);
	add_member(out, "msg", e->message);
	if (e->hint[0] != '\0')
		add_member(out, "hint", e->hint);
	if (place.length > 0)
		text_addf(out, ",\"column\":%zu,\"length\":%zu",
			  place.start + 1, place.length);
	text_add(out, "}}\n");
}

void error_show(struct text *out, const struct error *e, const char *line,
		enum form form)
{
	switch (form) {
	case FORM_HUMAN:
		show_human(out, e, line);
		break;
	case FORM_PLAIN:
		show_plain(out, e, line);
		break;
	case FORM_JSON:
		show_json(out, e, line);
		break;
	}
}

void complaint_show(struct text *out, const struct complaint *c, enum form form)
{
	const char *word = c->oops ? "oops" : "warn";

	if (form == FORM_JSON) {
		text_addf(out, "{\"%s\":{\"code\":\"K-", word);
		escape_json(out, c->code, strlen(c->code));
		text_addc(out, '"', 1);
		add_member(out, "msg", c->message);
		if (c->hint != NULL)
			add_member(out, "hint", c->hint);
		text_add(out, "}}\n");
		return;
	}
	text_addf(out, form == FORM_HUMAN ? "%s[K-%s]: " : "%s K-%s: ", word,
		  c->code);
	escape_text(out, c->message, strlen(c->message));
	text_addc(out, '\n', 1);
	if (c->hint != NULL) {
		text_add(out, "help: ");
		escape_text(out, c->hint, strlen(c->hint));
		text_addc(out, '\n', 1);
	}
}
