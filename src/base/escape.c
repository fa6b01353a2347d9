/*
 * escape.c - the one rule that makes text from outside safe to show
 */
#include "base/escape.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/unicode.h"

#define MARKS_MAX 4

/* Whether @c may pass as it is, given what came before it. */
static bool passes(struct escaper *e, uint32_t c)
{
	if (c == '\n' && e->newlines) {
		e->marks_left = 0;
		return true;
	}
	if (c == UNICODE_INVALID || !unicode_shown(c)) {
		e->marks_left = 0;
		return false;
	}
	if (unicode_width(c) > 0) {
		e->marks_left = MARKS_MAX;
		return true;
	}
	if (e->marks_left == 0)
		return false;
	e->marks_left--;
	return true;
}

static int print_visible(char *out, uint32_t c, unsigned char byte)
{
	if (c == UNICODE_INVALID)
		return snprintf(out, ESCAPE_BYTES, "\\x%02x", byte);
	if (c < 0x20 || c == 0x7f)
		return snprintf(out, ESCAPE_BYTES, "^%c", (char)(c ^ 0x40));
	return snprintf(out, ESCAPE_BYTES, "\\u{%x}", (unsigned)c);
}

size_t escape_step(struct escaper *e, const char *bytes, size_t length,
		   char out[static ESCAPE_BYTES], size_t *out_length)
{
	size_t used;
	uint32_t c = unicode_decode(bytes, length, &used);

	if (passes(e, c)) {
		memcpy(out, bytes, used);
		*out_length = used;
		return used;
	}
	*out_length = (size_t)print_visible(out, c, (unsigned char)bytes[0]);
	return used;
}

/* How many bytes at the front are printable ASCII: they pass as they are. */
static size_t escape_plain(struct escaper *e, const char *bytes, size_t length)
{
	size_t n = 0;

	while (n < length && bytes[n] >= ' ' && bytes[n] <= '~')
		n++;
	if (n > 0)
		e->marks_left = MARKS_MAX;
	return n;
}

void escape_text(struct text *out, const char *bytes, size_t length)
{
	struct escaper e = { .newlines = false };
	char step[ESCAPE_BYTES];
	size_t step_length;

	for (size_t i = 0; i < length;) {
		size_t plain = escape_plain(&e, bytes + i, length - i);

		text_append(out, bytes + i, plain);
		i += plain;
		if (i == length)
			break;
		i += escape_step(&e, bytes + i, length - i, step, &step_length);
		text_append(out, step, step_length);
	}
}

size_t escape_columns(const char *bytes, size_t length)
{
	size_t used, columns = 0;

	for (size_t i = 0; i < length; i += used) {
		uint32_t c = unicode_decode(bytes + i, length - i, &used);

		columns += (size_t)unicode_width(c);
	}
	return columns;
}

void escape_name(struct text *out, const char *name, size_t columns)
{
	struct escaper e = { .newlines = false };
	size_t length = strlen(name), width = 0, step_length;
	/* Where the text ends if the mark has to follow: one column less. */
	size_t cut = out->length;
	char step[ESCAPE_BYTES];

	for (size_t i = 0; i < length;) {
		i += escape_step(&e, name + i, length - i, step, &step_length);
		width += escape_columns(step, step_length);
		if (width > columns) {
			text_cut(out, cut);
			text_addc(out, '~', columns > 0);
			return;
		}
		text_append(out, step, step_length);
		if (width < columns)
			cut = out->length;
	}
}

/* A character above U+FFFF takes two \u escapes. */
static void add_json_u(struct text *out, uint32_t c)
{
	if (c > 0xffff) {
		text_addf(out, "\\u%04x", 0xd800 + ((c - 0x10000) >> 10));
		c = 0xdc00 + ((c - 0x10000) & 0x3ff);
	}
	text_addf(out, "\\u%04x", (unsigned)c);
}

void escape_json(struct text *out, const char *bytes, size_t length)
{
	struct escaper e = { .newlines = false };
	size_t used;

	for (size_t i = 0; i < length; i += used) {
		uint32_t c = unicode_decode(bytes + i, length - i, &used);

		if (c == UNICODE_INVALID)
			text_addf(out, "\\\\x%02x", (unsigned char)bytes[i]);
		else if (c == '"' || c == '\\')
			text_addf(out, "\\%c", (char)c);
		else if (passes(&e, c))
			text_append(out, bytes + i, used);
		else
			add_json_u(out, c);
	}
}
