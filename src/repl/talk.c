/*
 * talk.c - the conversation that line mode and full screen share
 */
#include "repl/talk.h"

#include <string.h>

bool talk_start(struct talk *t, struct amm *a)
{
	HistEventW ev;

	*t = (struct talk){ .amm = a, .history = history_winit() };
	if (!t->history)
		return false;
	history_w(t->history, &ev, H_SETSIZE, PAST_LINES);
	history_w(t->history, &ev, H_SETUNIQUE, 1);
	t->past = past_open(t->history, &t->notes);
	return true;
}

void talk_end(struct talk *t)
{
	past_close(t->past);
	history_wend(t->history);
	text_free(&t->entry);
	text_free(&t->line);
	text_free(&t->kept);
	text_free(&t->notes);
}

const char *talk_prompt(struct talk *t)
{
	return t->line.length ? "> " : amm_prompt(t->amm);
}

/* Lines that begin with a blank are not kept, as shells do. */
static void remember(struct talk *t)
{
	const char *line = text_string(&t->entry);

	if (*line != '\0' && *line != ' ' && *line != '\n') {
		past_enter(t->history, line);
		past_add(t->past, line);
	}
	text_clear(&t->entry);
}

static enum amm_status run(struct talk *t)
{
	enum amm_status s;

	if (t->begins)
		t->begins(t->context, text_string(&t->line));
	s = amm_do(t->amm, text_string(&t->line), t->line.length);
	if (s != AMM_OK && s != AMM_USAGE && t->status == AMM_OK)
		t->status = s;
	text_clear(&t->line);
	t->said(t->context, amm_text(t->amm));
	return s;
}

/* A part of the line, up to where it was broken.  False: no more of it. */
static bool take_part(struct talk *t, const char *part, size_t length)
{
	text_append(&t->line, part, length);
	if (amm_wants_more(part, length)) {
		text_add(&t->line, "\n");
		return true;
	}
	return run(t) != AMM_INTERRUPTED && !amm_quits(t->amm);
}

/* An empty line means something, but not as the end of what was pasted. */
static void take_parts(struct talk *t, const char *line)
{
	size_t length = strcspn(line, "\n");
	bool more = take_part(t, line, length);

	while (more && line[length]) {
		line += length + 1;
		length = strcspn(line, "\n");
		if (length || t->line.length)
			more = take_part(t, line, length);
	}
}

void talk_take(struct talk *t, const char *line)
{
	text_add(&t->entry, line);
	if (amm_wants_more(line, strlen(line)))
		text_add(&t->entry, "\n");
	else
		remember(t);
	take_parts(t, line);
}

void talk_give_up(struct talk *t)
{
	text_clear(&t->line);
	text_clear(&t->entry);
}
