/*
 * input.c - from keys and signals to what libedit is given
 */
#include <curses.h>
#include <string.h>

#include "tui/signals.h"
#include "tui/tui_parts.h"

static void suspend(struct tui *t)
{
	term_leave();
	signals_suspend();
	term_return();
	t->stale = true;
}

void input_signals(struct tui *t)
{
	if (signals_stopped())
		suspend(t);
	if (signals_continued())
		term_return();
	if (signals_resized()) {
		term_resize();
		t->stale = true;
	}
}

static void note(struct tui *t, const char *text)
{
	log_add(&t->log, LOG_SAID, text);
	term_beep();
}

/* libedit would cut a longer line when it looks into the history. */
static bool is_full(const struct tui *t, size_t more)
{
	return edit_view(t->edit).length + more > PAST_CHARACTERS;
}

enum done { DONE_MORE, DONE_GIVE_UP, DONE_ASKED };

static enum done paste(struct tui *t)
{
	struct text *p = &t->pasted;

	while (p->length && p->bytes[p->length - 1] == '\n')
		text_cut(p, p->length - 1);
	t->popup.open = false;
	if (is_full(t, p->length)) {
		note(t, "too much to paste: a line has 1000 characters at "
			"most; longer work belongs into a file: source FILE");
		text_clear(p);
		return DONE_MORE;
	}
	edit_replace(t->edit, 0, text_string(p));
	text_clear(p);
	return DONE_ASKED;
}

/* A page of its own: nothing is run that the line would feel. */
static void show_keys(struct tui *t)
{
	amm_do(t->talk->amm, "help keys", strlen("help keys"));
	log_add(&t->log, LOG_SAID, amm_text(t->talk->amm));
}

/* Keys that are ours, not the line's. */
static bool is_ours(struct tui *t, const struct press *p)
{
	if (!p->code) {
		if (p->value != term_suspend_key())
			return false;
		suspend(t);
		return true;
	}
	switch (p->value) {
	case KEY_F(1):
		show_keys(t);
		return true;
	case KEY_PPAGE:
		log_scroll(&t->log, 1);
		return true;
	case KEY_NPAGE:
		log_scroll(&t->log, -1);
		return true;
	default:
		return false;
	}
}

static enum done press(struct tui *t, const struct press *p)
{
	enum chosen c = t->popup.open ? choose_press(t, p) : CHOSEN_NOT;

	if (c != CHOSEN_NOT)
		return c == CHOSEN ? DONE_ASKED : DONE_MORE;
	if (!p->code && p->value == term_interrupt_key())
		return DONE_GIVE_UP;
	if (is_ours(t, p))
		return DONE_MORE;
	if (!p->code && p->value >= ' ' && p->value != 0x7f && is_full(t, 1)) {
		term_beep();
		return DONE_MORE;
	}
	t->queued = keys_characters(p, edit_is_vi(t->edit), t->queue);
	return DONE_MORE;
}

/* Waits; false when there will be nothing more. */
static bool wait_for_key(struct tui *t)
{
	view_draw(t);
	if (term_gone())
		return false;
	signals_wait(term_fd());
	return true;
}

static int next_queued(struct tui *t, wchar_t *c)
{
	*c = t->queue[0];
	t->queued--;
	memmove(t->queue, t->queue + 1, t->queued * sizeof *t->queue);
	return 1;
}

/* What was typed in line mode goes on here. */
static int type_kept(struct tui *t)
{
	edit_replace(t->edit, 0, text_string(&t->talk->kept));
	text_clear(&t->talk->kept);
	return 1;
}

int input_key(void *context, wchar_t *c)
{
	struct tui *t = context;
	enum done done = DONE_MORE;
	struct press p;

	if (t->talk->kept.length)
		return type_kept(t);
	while (t->queued == 0 && done == DONE_MORE) {
		if (signals_ending())
			return 0;
		input_signals(t);
		switch (term_press(&p, &t->pasted)) {
		case TERM_PRESS:
			done = press(t, &p);
			break;
		case TERM_PASTED:
			done = paste(t);
			break;
		case TERM_NOTHING:
			if (!wait_for_key(t))
				return 0;
		}
	}
	if (done == DONE_MORE)
		return next_queued(t, c);
	return done == DONE_GIVE_UP ? -1 : 1;
}
