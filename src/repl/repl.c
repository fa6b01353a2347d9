/*
 * repl.c - the conversation on a terminal: libedit in line mode
 *
 * libedit draws the line and keeps the history; everything it shows besides
 * comes from activemm.h.  Ctrl-c gives the line up, or stops the command that
 * runs; ctrl-d on an empty line quits; ctrl-z suspends, libedit puts the
 * terminal back and redraws.  ~/.editrc is obeyed, and may turn editing off.
 */
#include "repl/repl.h"

#include <errno.h>
#include <histedit.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "repl/past.h"
#include "repl/pipe.h"
#include "repl/tab.h"

struct repl {
	struct amm *amm;
	struct out *out;
	EditLine *edit;
	History *history;
	struct past *past;
	struct text line; /* joined from lines that end in a backslash */
	enum amm_status status;
};

/* libedit's prompt callback knows no context but the line editor itself. */
static char *prompt(EditLine *edit)
{
	static char shown[64];
	void *data = NULL;
	const char *text;
	struct repl *r;

	el_get(edit, EL_CLIENTDATA, &data);
	r = data;
	text = r->line.length ? "> " : amm_prompt(r->amm);
	snprintf(shown, sizeof shown, "%s", text);
	return shown;
}

static unsigned char complete(EditLine *edit, int ch)
{
	void *data = NULL;
	struct repl *r;

	(void)ch;
	el_get(edit, EL_CLIENTDATA, &data);
	r = data;
	return tab_complete(edit, r->amm, r->out);
}

static bool start_editing(struct repl *r)
{
	HistEvent ev;

	r->history = history_init();
	r->edit = el_init("activemm", stdin, stdout, stderr);
	if (!r->history || !r->edit)
		return false;
	history(r->history, &ev, H_SETSIZE, PAST_LINES);
	history(r->history, &ev, H_SETUNIQUE, 1);
	el_set(r->edit, EL_CLIENTDATA, r);
	el_set(r->edit, EL_HIST, history, r->history);
	el_set(r->edit, EL_PROMPT, prompt);
	el_set(r->edit, EL_SIGNAL, 1);
	el_set(r->edit, EL_EDITOR, "emacs");
	el_set(r->edit, EL_ADDFN, "amm-complete", "complete a word", complete);
	el_set(r->edit, EL_BIND, "^I", "amm-complete", NULL);
	el_set(r->edit, EL_BIND, "^R", "em-inc-search-prev", NULL);
	el_source(r->edit, NULL);
	return true;
}

static void say(struct repl *r, const char *text)
{
	out_puts(r->out, text);
	out_flush(r->out);
}

/* Lines that begin with a blank are not kept, as shells do. */
static void remember(struct repl *r, const char *line)
{
	HistEvent ev;

	if (*line == '\0' || *line == ' ' || *line == '\n')
		return;
	history(r->history, &ev, H_ENTER, line);
	past_add(r->past, line);
}

static void run_line(struct repl *r)
{
	enum amm_status s;

	remember(r, text_string(&r->line));
	s = pipe_line(r->amm, text_string(&r->line), r->line.length, r->out);
	if (s != AMM_OK && s != AMM_USAGE && r->status == AMM_OK)
		r->status = s;
	text_clear(&r->line);
}

static void take(struct repl *r, const char *line, size_t length)
{
	if (length && line[length - 1] == '\n')
		length--;
	text_append(&r->line, line, length);
	if (amm_wants_more(line, length))
		text_add(&r->line, "\n");
	else
		run_line(r);
}

/* Nothing was read: ctrl-c gives the line up, all else is the end. */
static bool given_up(struct repl *r, int count)
{
	if (count >= 0 || errno != EINTR)
		return false;
	text_clear(&r->line);
	el_reset(r->edit);
	say(r, "^C\n");
	return true;
}

static void read_lines(struct repl *r)
{
	while (!amm_quits(r->amm)) {
		int count = 0;
		const char *line;

		errno = 0;
		line = el_gets(r->edit, &count);
		if (line && count > 0) {
			take(r, line, (size_t)count);
			continue;
		}
		if (!given_up(r, line ? 0 : count))
			break;
	}
	if (!amm_quits(r->amm))
		say(r, "\n");
}

/* A session that a crash left is offered; silence means yes. */
static void offer(struct repl *r)
{
	const char *left = amm_unfinished(r->amm);
	char answer[16];
	ssize_t n;

	if (!left)
		return;
	out_printf(r->out, "%s.\nBring them back? [Y/n] ", left);
	out_flush(r->out);
	n = read(STDIN_FILENO, answer, sizeof answer);
	if (n > 0 && (answer[0] == 'n' || answer[0] == 'N')) {
		amm_discard(r->amm);
		say(r, "kept aside\n");
		return;
	}
	amm_resume(r->amm);
	say(r, amm_text(r->amm));
}

enum amm_status repl_run(struct amm *a, struct out *out)
{
	struct repl r = { .amm = a, .out = out };
	struct text notes = { 0 };

	offer(&r);
	if (!start_editing(&r)) {
		say(&r, "activemm: cannot start the line editor\n");
		return AMM_INTERNAL;
	}
	r.past = past_open(r.history, &notes);
	say(&r, text_string(&notes));
	read_lines(&r);
	past_close(r.past);
	el_end(r.edit);
	history_end(r.history);
	text_free(&notes);
	text_free(&r.line);
	return r.status;
}
