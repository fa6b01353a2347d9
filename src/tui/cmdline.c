/*
 * cmdline.c - the command line, drawn: prompt, what is typed, the cursor
 */
#include "tui/cmdline.h"

#include <string.h>

#include "base/escape.h"
#include "base/unicode.h"
#include "repl/wide.h"

enum { PICTURE_BYTES = ESCAPE_BYTES + 1 };

/* Goes over the rows; with a canvas it draws those from @first on. */
struct pen {
	struct canvas *out; /* or NULL */
	unsigned columns, first;
	struct place at;
};

static void new_row(struct pen *p)
{
	p->at.row++;
	p->at.column = 0;
}

static unsigned width_of(const char *picture)
{
	return (unsigned)escape_columns(picture, strlen(picture));
}

/* There has to be room for @width columns more. */
static void make_room(struct pen *p, unsigned width)
{
	if (p->at.column > 0 && p->at.column + width > p->columns)
		new_row(p);
}

static void put(struct pen *p, const char *picture, unsigned style)
{
	make_room(p, width_of(picture));
	if (p->out && p->at.row >= p->first)
		canvas_put(p->out, p->at.row - p->first, p->at.column, style,
			   picture);
	p->at.column += width_of(picture);
}

/* ^A, \u{202e}: such a picture may be broken anywhere. */
static bool is_escaped(const char *picture)
{
	size_t length = strlen(picture);

	return length > 1 && width_of(picture) == length;
}

static void put_picture(struct pen *p, const char *picture)
{
	char one[2] = { 0 };

	if (!is_escaped(picture)) {
		put(p, picture, STYLE_PLAIN);
		return;
	}
	for (; *picture; picture++) {
		one[0] = *picture;
		put(p, one, STYLE_PLAIN);
	}
}

/* The picture of the character at @i with its marks; returns how many. */
static size_t picture_at(const struct cmdline *c, size_t i, struct text *out)
{
	struct escaper e = { .newlines = false };
	struct text bytes = { 0 };
	char step[ESCAPE_BYTES];
	size_t n = 0, length;

	text_clear(out);
	do {
		text_clear(&bytes);
		wide_add(&bytes, c->typed + i + n, 1);
		escape_step(&e, bytes.bytes, bytes.length, step, &length);
		if (n > 0 && escape_columns(step, length) > 0)
			break;
		text_append(out, step, length);
		n++;
	} while (i + n < c->length);
	text_free(&bytes);
	return n;
}

static void put_prompt(struct pen *p, const char *prompt)
{
	char one[5];
	size_t used, left = strlen(prompt);

	for (; left > 0; prompt += used, left -= used) {
		unicode_decode(prompt, left, &used);
		memcpy(one, prompt, used);
		one[used] = '\0';
		put(p, one, STYLE_BOLD);
	}
}

/* Draws the character at @i with its marks; returns how many they are. */
static size_t put_character(const struct cmdline *c, size_t i, struct pen *p,
			    struct place *cursor)
{
	struct text picture = { 0 };
	bool newline = c->typed[i] == L'\n';
	size_t n = newline ? 1 : picture_at(c, i, &picture);
	const char *shown = text_string(&picture);

	make_room(p, newline || is_escaped(shown) ? 1 : width_of(shown));
	if (c->cursor >= i && c->cursor < i + n)
		*cursor = p->at;
	if (newline)
		new_row(p);
	else
		put_picture(p, shown);
	text_free(&picture);
	return n;
}

/* Returns where the cursor stands, in rows of the whole. */
static struct place walk(const struct cmdline *c, struct pen *p)
{
	struct place cursor = { 0, 0 };

	put_prompt(p, c->prompt);
	for (size_t i = 0; i < c->length;)
		i += put_character(c, i, p, &cursor);
	make_room(p, 1);
	return c->cursor < c->length ? cursor : p->at;
}

unsigned cmdline_rows(const struct cmdline *c, unsigned columns)
{
	struct pen p = { .columns = columns };

	walk(c, &p);
	return p.at.row + 1;
}

struct place cmdline_draw(const struct cmdline *c, struct canvas *out)
{
	struct pen p = { .columns = out->columns };
	struct place cursor = walk(c, &p);

	if (p.at.row >= out->rows)
		p.first = p.at.row + 1 - out->rows;
	if (p.first > cursor.row)
		p.first = cursor.row;
	p.at = (struct place){ 0, 0 };
	p.out = out;
	walk(c, &p);
	cursor.row -= p.first;
	return cursor;
}
