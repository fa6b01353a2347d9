/*
 * tui.c - the conversation in a full screen: panes, what was said, the line
 */
#include "tui/tui.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "tui/signals.h"
#include "tui/tui_parts.h"

/* A command that is quicker is drawn once, when it is over. */
enum { FRAME_MS = 40, QUICK_MS = 60, DRAWING_SHARE = 10 };

struct tui *tui_new(struct talk *talk, bool color)
{
	struct tui *t = am_calloc(1, sizeof *t);

	if (!t)
		return NULL;
	t->talk = talk;
	t->color = color;
	log_add(&t->log, LOG_SAID,
		"help: commands   F1: keys   ctrl-x a: line mode   ctrl-d: "
		"quit");
	return t;
}

void tui_free(struct tui *t)
{
	if (!t)
		return;
	log_free(&t->log);
	popup_free(&t->popup);
	text_free(&t->filter);
	text_free(&t->pasted);
	am_free(t);
}

/* --- while a line runs -------------------------------------------------------- */

static uint64_t milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* Drawing takes a small share of the time, however long it takes. */
static void watch(void *context)
{
	struct tui *t = context;
	uint64_t before = milliseconds(), after;

	if (before < t->next_draw)
		return;
	input_signals(t);
	t->stale = true;
	view_draw(t);
	after = milliseconds();
	t->next_draw = after + FRAME_MS + (after - before) * DRAWING_SHARE;
}

static void begins(void *context, const char *line)
{
	struct tui *t = context;
	struct text typed = { 0 };

	text_add(&typed, amm_prompt(t->talk->amm));
	text_add(&typed, line);
	log_add(&t->log, LOG_TYPED, text_string(&typed));
	text_free(&typed);
}

static void said(void *context, const char *answer)
{
	struct tui *t = context;

	log_add(&t->log, LOG_SAID, answer);
}

static void run(struct tui *t, const char *line)
{
	t->running = true;
	t->next_draw = milliseconds() + QUICK_MS;
	term_run(true);
	signals_run(true);
	amm_watch(t->talk->amm, watch, t);
	talk_take(t->talk, line);
	amm_watch(t->talk->amm, NULL, NULL);
	signals_run(false);
	term_run(false);
	t->running = false;
	t->stale = true;
}

/* --- lines ---------------------------------------------------------------------- */

static void give_up(struct tui *t)
{
	log_add(&t->log, LOG_TYPED, "^C");
	talk_give_up(t->talk);
}

static void act(void *context, enum edit_act what)
{
	struct tui *t = context;

	switch (what) {
	case EDIT_COMPLETE:
		choose_word(t);
		break;
	case EDIT_SEARCH:
		choose_earlier(t);
		break;
	case EDIT_PANES:
		edit_leave(t->edit);
		break;
	default:
		term_redraw();
	}
}

/* False: the input has ended. */
static bool read_line(struct tui *t)
{
	struct text line = { 0 };
	bool more = true;

	switch (edit_line(t->edit, &line)) {
	case EDIT_LINE:
		run(t, text_string(&line));
		break;
	case EDIT_GIVEN_UP:
		give_up(t);
		break;
	case EDIT_LEFT:
		text_add(&t->talk->kept, text_string(&line));
		amm_set_tui(t->talk->amm, AMM_TUI_OFF);
		break;
	case EDIT_OVER:
		more = !signals_ending() && !term_gone() &&
		       amm_leave(t->talk->amm);
	}
	text_free(&line);
	return more;
}

static enum talk_end read_lines(struct tui *t)
{
	struct amm *a = t->talk->amm;

	t->talk->begins = begins;
	t->talk->said = said;
	t->talk->context = t;
	said(t, text_string(&t->talk->notes));
	text_clear(&t->talk->notes);
	t->stale = true;
	while (!amm_quits(a) && amm_tui(a) == AMM_TUI_ON)
		if (!read_line(t) || signals_ending())
			return TALK_OVER;
	return amm_quits(a) ? TALK_OVER : TALK_CHANGE;
}

/* --- start and end ---------------------------------------------------------------- */

static bool start(struct tui *t)
{
	const struct edit_owner owner = { input_key, act, t };
	struct termios keys;
	bool has_keys = tcgetattr(STDIN_FILENO, &keys) == 0;

	t->edit = edit_new(t->talk->history, has_keys ? &keys : NULL, &owner,
			   &t->talk->notes);
	if (!t->edit)
		return false;
	if (term_start(stdin, stdout, t->color)) {
		if (term_before())
			signals_guard(STDIN_FILENO, STDOUT_FILENO,
				      term_before(), term_restore());
		return true;
	}
	text_addf(&t->talk->notes,
		  "no full screen: the terminal '%s' is unknown\n",
		  getenv("TERM"));
	edit_free(t->edit);
	return false;
}

enum talk_end tui_run(struct tui *t)
{
	enum talk_end end;
	int signal_number;

	signals_start(t->talk->amm);
	if (!start(t)) {
		signals_end();
		return TALK_FAILED;
	}
	end = read_lines(t);
	view_free(t);
	term_end();
	edit_free(t->edit);
	signal_number = signals_ending();
	signals_end();
	if (signal_number)
		signals_die(signal_number);
	return end;
}
