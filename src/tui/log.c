/*
 * log.c - what was typed and answered, as lines that can be scrolled
 */
#include "tui/log.h"

#include <string.h>

#include "base/escape.h"
#include "base/unicode.h"

enum {
	KEPT_BYTES = 2 << 20,
	GROWING_BYTES = 32 << 10, /* of an answer in the making */
};

/* --- keeping ------------------------------------------------------------------ */

/* Forgets the older half when there is too much. */
static void shorten(struct log *l)
{
	struct text kept = { 0 };
	const char *from;

	if (l->lines.length <= KEPT_BYTES)
		return;
	from = strchr(l->lines.bytes + l->lines.length - KEPT_BYTES / 2, '\n');
	if (from)
		text_add(&kept, from + 1);
	text_free(&l->lines);
	l->lines = kept;
}

static void add_lines(struct text *out, enum log_kind kind, const char *text)
{
	while (*text) {
		size_t length = strcspn(text, "\n");

		text_addc(out, (char)kind, 1);
		escape_text(out, text, length);
		text_add(out, "\n");
		text += length + (text[length] == '\n');
	}
}

/* The end of a text that is too long to be kept, from a new line on. */
static const char *newest(const char *text, size_t bytes)
{
	size_t length = strlen(text);
	const char *from;

	if (length <= bytes)
		return text;
	from = strchr(text + length - bytes, '\n');
	return from ? from + 1 : text + length - bytes;
}

void log_add(struct log *l, enum log_kind kind, const char *text)
{
	l->scrolled = 0;
	add_lines(&l->lines, kind, newest(text, KEPT_BYTES / 2));
	shorten(l);
}

void log_free(struct log *l)
{
	text_free(&l->lines);
}

void log_scroll(struct log *l, int pages)
{
	unsigned step = l->page > 1 ? l->page - 1 : 1;

	if (pages > 0)
		l->scrolled += step;
	else
		l->scrolled -= step < l->scrolled ? step : l->scrolled;
}

/* --- drawing ------------------------------------------------------------------ */

/* Bytes of @line that fill a row, at least one character. */
static size_t row_bytes(const char *line, size_t length, unsigned columns)
{
	unsigned used = 0;
	size_t at = 0, step;

	while (at < length) {
		uint32_t c = unicode_decode(line + at, length - at, &step);
		unsigned width = (unsigned)unicode_width(c);

		if (used + width > columns && at > 0)
			break;
		used += width;
		at += step;
	}
	return at;
}

static unsigned rows_of(const char *line, size_t length, unsigned columns)
{
	unsigned rows = 1;

	for (;;) {
		size_t n = row_bytes(line, length, columns);

		if (n >= length)
			return rows;
		line += n;
		length -= n;
		rows++;
	}
}

/* Draws a line whose first row is @row, which may lie above the canvas. */
static void draw_line(struct canvas *out, long row, const char *line,
		      size_t length)
{
	unsigned style = line[0] == LOG_TYPED ? STYLE_BOLD : STYLE_PLAIN;
	struct text piece = { 0 };

	line++;
	length--;
	do {
		size_t n = row_bytes(line, length, out->columns);

		if (row >= 0 && row < (long)out->rows) {
			text_clear(&piece);
			text_append(&piece, line, n);
			canvas_put(out, (unsigned)row, 0, style,
				   text_string(&piece));
		}
		line += n;
		length -= n;
		row++;
	} while (length > 0);
	text_free(&piece);
}

/* Where the line begins that ends, with its newline, before @end. */
static size_t line_start(const char *bytes, size_t end)
{
	end--;
	while (end > 0 && bytes[end - 1] != '\n')
		end--;
	return end;
}

/* From the last line upwards.  Returns the row above the first one drawn. */
static long draw_up(struct canvas *out, const struct text *lines, long below)
{
	size_t end = lines->length;

	while (end > 0 && below > 0) {
		size_t start = line_start(lines->bytes, end);
		size_t length = end - start - 1;

		below -= rows_of(lines->bytes + start + 1, length - 1,
				 out->columns);
		draw_line(out, below, lines->bytes + start, length);
		end = start;
	}
	return below;
}

/* At least as much as fills the window: short logs stand at its top. */
static long total_rows(const struct text *lines, unsigned columns, long enough)
{
	size_t end = lines->length;
	long rows = 0;

	while (end > 0 && rows < enough) {
		size_t start = line_start(lines->bytes, end);

		rows += rows_of(lines->bytes + start + 1, end - start - 2,
				columns);
		end = start;
	}
	return rows;
}

static void draw_more(const struct log *l, struct canvas *out)
{
	if (l->scrolled > 0 && out->rows > 1)
		canvas_put(out, out->rows - 1, 0, STYLE_REVERSE,
			   "-- PgDn: newer --");
}

void log_draw(struct log *l, const char *growing, struct canvas *out)
{
	struct text tail = { 0 };
	long rows, below, wanted;

	if (out->rows == 0 || out->columns == 0)
		return;
	l->page = out->rows;
	add_lines(&tail, LOG_SAID, newest(growing, GROWING_BYTES));
	wanted = (long)out->rows + l->scrolled;
	rows = total_rows(&tail, out->columns, wanted);
	rows += total_rows(&l->lines, out->columns, wanted - rows);
	if (rows < wanted)
		l->scrolled = rows > (long)out->rows
				      ? (unsigned)(rows - (long)out->rows)
				      : 0;
	below = rows < (long)out->rows ? rows : (long)out->rows + l->scrolled;
	draw_up(out, &l->lines, draw_up(out, &tail, below));
	draw_more(l, out);
	text_free(&tail);
}
