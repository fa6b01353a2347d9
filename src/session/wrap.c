/* wrap.c - breaks paragraphs into lines */
#include "session/wrap.h"

#include <string.h>

#include "base/escape.h"
#include "base/text.h"

/* The bytes of @from that fit into @room columns, at least one word. */
static size_t line_length(const char *from, size_t length, size_t room)
{
	size_t fits = 0, at = 0;

	while (at < length) {
		size_t end = at;

		while (end < length && from[end] != ' ')
			end++;
		if (fits > 0 && escape_columns(from, end) > room)
			break;
		fits = end;
		while (end < length && from[end] == ' ')
			end++;
		at = end;
	}
	return fits;
}

/* One paragraph; the first line is already indented when @started. */
static void wrap_paragraph(struct text *out, const char *from, size_t length,
			   size_t indent, bool started)
{
	size_t room = WRAP_COLUMNS - indent;

	do {
		bool verbatim = length > 1 && from[0] == ' ' && from[1] == ' ';
		size_t line =
			verbatim ? length : line_length(from, length, room);

		if (!started)
			text_addc(out, ' ', indent);
		started = false;
		text_append(out, from, line);
		text_addc(out, '\n', 1);
		while (line < length && from[line] == ' ')
			line++;
		from += line;
		length -= line;
	} while (length > 0);
}

static void wrap_from(struct text *out, const char *paragraphs, size_t indent,
		      bool started)
{
	while (*paragraphs != '\0') {
		size_t length = strcspn(paragraphs, "\n");

		wrap_paragraph(out, paragraphs, length, indent, started);
		started = false;
		paragraphs += length + (paragraphs[length] == '\n');
	}
}

void wrap_text(struct text *out, const char *paragraphs, size_t indent)
{
	wrap_from(out, paragraphs, indent, false);
}

void wrap_entry(struct text *out, const char *term, size_t column,
		const char *meaning)
{
	size_t used = 2 + escape_columns(term, strlen(term));

	text_add(out, "  ");
	text_add(out, term);
	if (used + 2 > column) {
		text_addc(out, '\n', 1);
		used = 0;
	}
	text_addc(out, ' ', column - used);
	wrap_from(out, meaning, column, true);
}
