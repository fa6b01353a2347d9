/*
 * popup.c - a list to choose from, over the rest of the screen
 */
#include "tui/popup.h"

#include <stdio.h>
#include <string.h>

#include "base/escape.h"

enum { ROWS_MAX = 10, FRAME = 2, GAP = 2, TITLE_BYTES = 256 };

void popup_clear(struct popup *p)
{
	text_clear(&p->words);
	p->count = p->chosen = p->more = 0;
	p->open = false;
}

void popup_free(struct popup *p)
{
	text_free(&p->words);
}

void popup_add(struct popup *p, const char *word, const char *about)
{
	if (p->count == POPUP_ITEMS) {
		p->more++;
		return;
	}
	p->at[p->count] = (uint32_t)p->words.length;
	text_append(&p->words, word, strlen(word) + 1);
	text_append(&p->words, about ? about : "",
		    about ? strlen(about) + 1 : 1);
	if (!p->words.failed)
		p->count++;
}

static const char *word_of(const struct popup *p, unsigned item)
{
	return p->words.bytes + p->at[item];
}

static const char *about_of(const struct popup *p, unsigned item)
{
	const char *word = word_of(p, item);

	return word + strlen(word) + 1;
}

bool popup_has(const struct popup *p, const char *word)
{
	for (unsigned i = 0; i < p->count; i++)
		if (strcmp(word_of(p, i), word) == 0)
			return true;
	return false;
}

const char *popup_word(const struct popup *p)
{
	return p->count ? word_of(p, p->chosen) : NULL;
}

void popup_move(struct popup *p, int by)
{
	if (p->count)
		p->chosen = (unsigned)((int)p->chosen + by + (int)p->count) %
			    p->count;
}

/* --- drawing ------------------------------------------------------------------ */

static unsigned columns_of(const char *text)
{
	struct text t = { 0 };
	unsigned n;

	escape_text(&t, text, strlen(text));
	n = (unsigned)escape_columns(text_string(&t), t.length);
	text_free(&t);
	return n;
}

static unsigned widest(const struct popup *p,
		       const char *(*part)(const struct popup *p,
					   unsigned item))
{
	unsigned most = 0;

	for (unsigned i = 0; i < p->count; i++) {
		unsigned n = columns_of(part(p, i));

		most = n > most ? n : most;
	}
	return most;
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

static void draw_items(const struct popup *p, unsigned word_columns,
		       struct canvas *in)
{
	unsigned first = p->chosen >= in->rows ? p->chosen + 1 - in->rows : 0;

	for (unsigned row = 0; row < in->rows && first + row < p->count;
	     row++) {
		unsigned item = first + row;
		unsigned style = item == p->chosen ? STYLE_REVERSE : 0;

		/* Also by a sign, for who does not see the other. */
		canvas_put(in, row, 0, style, item == p->chosen ? ">" : " ");
		canvas_put(in, row, 1, style, word_of(p, item));
		canvas_put(in, row, 1 + word_columns + GAP, style,
			   about_of(p, item));
		canvas_style(in, row, 0, in->columns, style);
	}
}

void popup_draw(const struct popup *p, const char *title, unsigned above,
		unsigned column, struct canvas *screen)
{
	unsigned word = widest(p, word_of), about = widest(p, about_of);
	unsigned columns = 1 + word + (about ? GAP + about : 0) + FRAME;
	unsigned rows = least(least(p->count, ROWS_MAX) + FRAME, above);
	struct canvas box, inside;
	char named[TITLE_BYTES];

	if (p->more)
		snprintf(named, sizeof named, "%s, %u more", title, p->more);
	else
		snprintf(named, sizeof named, "%s", title);
	columns = columns < columns_of(named) + 6 ? columns_of(named) + 6
						  : columns;
	columns = least(columns, screen->columns);
	column = least(column, screen->columns - columns);
	box = canvas_part(screen, above - rows, column,
			  (struct extent){ rows, columns });
	canvas_clear(&box, STYLE_PLAIN);
	if (rows <= FRAME) {
		draw_items(p, word, &box);
		return;
	}
	canvas_box(&box, ROLE_FRAME, named);
	inside = canvas_part(&box, 1, 1,
			     (struct extent){ rows - FRAME, columns - FRAME });
	draw_items(p, word, &inside);
}
