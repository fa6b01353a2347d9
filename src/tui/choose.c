/*
 * choose.c - the lists that pop up: completions, and earlier lines
 */
#include <curses.h>
#include <string.h>

#include "repl/offer.h"
#include "repl/wide.h"
#include "tui/tui_parts.h"

/* --- completion --------------------------------------------------------------- */

struct found {
	struct tui *t;
	struct offer offer;
};

static void gather(void *context, const char *word, const char *about)
{
	struct found *f = context;

	offer_add(&f->offer, word);
	popup_add(&f->t->popup, word, about);
}

static size_t characters(const char *bytes)
{
	size_t n = 0;

	for (; *bytes; bytes++)
		n += ((unsigned char)*bytes & 0xc0) != 0x80;
	return n;
}

/* What all share is put in; when that is nothing, one may choose. */
void choose_word(struct tui *t)
{
	const struct edit_view view = edit_view(t->edit);
	struct found f = { .t = t };
	struct text line = { 0 };
	const char *word, *rest;

	wide_add(&line, view.buffer, view.cursor);
	popup_clear(&t->popup);
	word = text_string(&line) + amm_complete(t->talk->amm,
						 text_string(&line),
						 line.length, gather, &f);
	rest = offer_rest(&f.offer, word, strlen(word));
	if (*rest) {
		edit_replace(t->edit, 0, rest);
	} else if (f.offer.count > 1) {
		t->popup.open = true;
		t->choice = CHOICE_WORD;
		t->typed = characters(word);
	} else {
		term_beep();
	}
	text_free(&line);
	offer_free(&f.offer);
}

/* --- earlier lines ------------------------------------------------------------ */

/* The newest first, and each once. */
static void search(struct tui *t)
{
	const char *filter = text_string(&t->filter);
	struct text line = { 0 };
	HistEventW ev;

	popup_clear(&t->popup);
	for (int r = history_w(t->talk->history, &ev, H_FIRST); r >= 0;
	     r = history_w(t->talk->history, &ev, H_NEXT)) {
		text_clear(&line);
		wide_add(&line, ev.str, wcslen(ev.str));
		if (strstr(text_string(&line), filter) &&
		    !popup_has(&t->popup, text_string(&line)))
			popup_add(&t->popup, text_string(&line), NULL);
	}
	text_free(&line);
	t->popup.open = true;
}

void choose_earlier(struct tui *t)
{
	text_clear(&t->filter);
	t->choice = CHOICE_EARLIER;
	search(t);
}

static void shorten(struct text *filter)
{
	size_t n = filter->length;

	while (n > 0 && ((unsigned char)filter->bytes[n - 1] & 0xc0) == 0x80)
		n--;
	text_cut(filter, n > 0 ? n - 1 : 0);
}

/* Typing narrows the list.  False: the key is not for it. */
static bool narrow(struct tui *t, const struct press *p)
{
	wchar_t c = (wchar_t)p->value;

	if (p->code ? p->value == KEY_BACKSPACE
		    : p->value == 0x7f || p->value == '\b')
		shorten(&t->filter);
	else if (!p->code && c >= ' ')
		wide_add(&t->filter, &c, 1);
	else
		return false;
	search(t);
	return true;
}

/* --- keys --------------------------------------------------------------------- */

static enum chosen accept(struct tui *t)
{
	const char *word = popup_word(&t->popup);

	t->popup.open = false;
	if (!word)
		return CHOSEN_MORE;
	if (t->choice == CHOICE_EARLIER) {
		edit_set(t->edit, word);
	} else {
		struct offer only = { .count = 0 };

		offer_add(&only, word);
		edit_replace(t->edit, t->typed, offer_rest(&only, "", 0));
		offer_free(&only);
	}
	return CHOSEN;
}

/* How the key moves in the list; 0: not at all. */
static int step(const struct tui *t, const struct press *p)
{
	if (p->code)
		return p->value == KEY_DOWN                         ? 1
		       : p->value == KEY_UP || p->value == KEY_BTAB ? -1
								    : 0;
	if (p->value == '\t' || p->value == ('N' & 31))
		return 1;
	if (p->value == ('P' & 31))
		return -1;
	return p->value == ('R' & 31) && t->choice == CHOICE_EARLIER;
}

static bool closes(const struct press *p)
{
	return !p->code && (p->value == '\033' || p->value == ('G' & 31) ||
			    p->value == term_interrupt_key());
}

static bool accepts(const struct press *p)
{
	return p->code ? p->value == KEY_ENTER
		       : p->value == '\r' || p->value == '\n';
}

enum chosen choose_press(struct tui *t, const struct press *p)
{
	int by = step(t, p);

	if (by) {
		popup_move(&t->popup, by);
		return CHOSEN_MORE;
	}
	if (accepts(p))
		return accept(t);
	if (t->choice == CHOICE_EARLIER && narrow(t, p))
		return CHOSEN_MORE;
	t->popup.open = false;
	return closes(p) ? CHOSEN_MORE : CHOSEN_NOT;
}
