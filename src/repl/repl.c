/*
 * repl.c - the conversation on a terminal: libedit in line mode
 *
 * libedit draws the line; everything it shows besides comes from activemm.h.
 * Ctrl-c gives the line up, or stops the command that runs; ctrl-d on an empty
 * line quits; ctrl-z suspends, libedit puts the terminal back and redraws.
 * ~/.editrc is obeyed, and may turn editing off.
 */
#include "repl/repl.h"

#include <errno.h>
#include <histedit.h>
#include <stdio.h>
#include <unistd.h>

#include "base/mem.h"
#include "repl/tab.h"
#include "repl/wide.h"

struct repl {
	struct talk *talk;
	struct out *out;
	EditLine *edit;
	bool change; /* ctrl-x a */
};

static struct repl *repl_of(EditLine *edit)
{
	void *data = NULL;

	el_wget(edit, EL_CLIENTDATA, &data);
	return data;
}

/* libedit's prompt callback knows no context but the line editor itself. */
static wchar_t *prompt(EditLine *edit)
{
	static wchar_t shown[64];
	wchar_t *wide = wide_from(talk_prompt(repl_of(edit)->talk));

	shown[0] = L'\0';
	if (wide)
		wcsncpy(shown, wide, sizeof shown / sizeof *shown - 1);
	am_free(wide);
	return shown;
}

static unsigned char complete(EditLine *edit, wint_t ch)
{
	struct repl *r = repl_of(edit);

	(void)ch;
	return tab_complete(edit, r->talk->amm, r->out);
}

/* What is typed goes on in the full screen. */
static unsigned char change(EditLine *edit, wint_t ch)
{
	struct repl *r = repl_of(edit);

	(void)ch;
	if (amm_tui(r->talk->amm) == AMM_TUI_NONE)
		return CC_ERROR;
	r->change = true;
	return CC_NEWLINE;
}

static bool start_editing(struct repl *r)
{
	r->edit = el_init("activemm", stdin, stdout, stderr);
	if (!r->edit)
		return false;
	el_wset(r->edit, EL_CLIENTDATA, r);
	el_wset(r->edit, EL_HIST, history_w, r->talk->history);
	el_wset(r->edit, EL_PROMPT, prompt);
	el_wset(r->edit, EL_SIGNAL, 1);
	el_wset(r->edit, EL_EDITOR, L"emacs");
	el_wset(r->edit, EL_ADDFN, L"amm-complete", L"complete a word",
		complete);
	el_wset(r->edit, EL_ADDFN, L"amm-panes", L"fill the screen", change);
	el_wset(r->edit, EL_BIND, L"^I", L"amm-complete", NULL);
	el_wset(r->edit, EL_BIND, L"^R", L"em-inc-search-prev", NULL);
	el_wset(r->edit, EL_BIND, L"^Xa", L"amm-panes", NULL);
	el_source(r->edit, NULL);
	return true;
}

static void say(void *context, const char *text)
{
	struct repl *r = context;

	out_puts(r->out, text);
	out_flush(r->out);
}

/* Nothing was read: ctrl-c gives the line up, all else is the end. */
static bool given_up(struct repl *r, int count)
{
	if (count >= 0 || errno != EINTR)
		return false;
	talk_give_up(r->talk);
	el_reset(r->edit);
	say(r, "^C\n");
	return true;
}

/* Ctrl-d at the prompt of a script leaves that. */
static bool left(struct repl *r)
{
	if (!amm_leave(r->talk->amm))
		return false;
	say(r, "\n");
	return true;
}

static void take(struct repl *r, const wchar_t *line, int count)
{
	struct text t = { 0 };

	if (count > 0 && line[count - 1] == L'\n')
		count--;
	wide_add(&t, line, count > 0 ? (size_t)count : 0);
	if (r->change) {
		text_add(&r->talk->kept, text_string(&t));
		say(r, "\n");
	} else {
		talk_take(r->talk, text_string(&t));
	}
	text_free(&t);
}

static bool wants_change(const struct repl *r)
{
	return r->change || amm_tui(r->talk->amm) == AMM_TUI_ON;
}

/* False: the input has ended. */
static bool read_line(struct repl *r)
{
	int count = 0;
	const wchar_t *line;

	errno = 0;
	line = el_wgets(r->edit, &count);
	if (!r->change && (!line || count <= 0))
		return given_up(r, line ? 0 : count) || left(r);
	take(r, line, count);
	return true;
}

/* What was typed in the full screen is typed here again. */
static void push_kept(struct repl *r)
{
	wchar_t *wide = wide_from(text_string(&r->talk->kept));

	if (wide && *wide)
		el_wpush(r->edit, wide);
	am_free(wide);
	text_clear(&r->talk->kept);
}

static enum talk_end read_lines(struct repl *r)
{
	push_kept(r);
	while (!amm_quits(r->talk->amm) && !wants_change(r))
		if (!read_line(r)) {
			say(r, "\n");
			return TALK_OVER;
		}
	if (amm_quits(r->talk->amm))
		return TALK_OVER;
	amm_set_tui(r->talk->amm, AMM_TUI_ON);
	return TALK_CHANGE;
}

enum talk_end repl_run(struct talk *t, struct out *out)
{
	struct repl r = { .talk = t, .out = out };
	enum talk_end end;

	say(&r, text_string(&t->notes));
	text_clear(&t->notes);
	if (!start_editing(&r)) {
		text_add(&t->notes, "cannot start the line editor\n");
		return TALK_FAILED;
	}
	t->begins = NULL;
	t->said = say;
	t->context = &r;
	end = read_lines(&r);
	el_end(r.edit);
	return end;
}

/* Silence means yes. */
void repl_offer(struct talk *t, struct out *out)
{
	const char *left = amm_unfinished(t->amm);
	char answer[16];
	ssize_t n;

	if (!left)
		return;
	out_printf(out, "%s.\nBring them back? [Y/n] ", left);
	out_flush(out);
	n = read(STDIN_FILENO, answer, sizeof answer);
	if (n > 0 && (answer[0] == 'n' || answer[0] == 'N')) {
		amm_discard(t->amm);
		text_add(&t->notes, "kept aside\n");
		return;
	}
	amm_resume(t->amm);
	text_add(&t->notes, amm_text(t->amm));
}
