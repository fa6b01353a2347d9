/*
 * side.c - one machine of a comparison
 */
#include "session/side.h"

#include <string.h>

#include "base/mem.h"
#include "session/conversation.h"
#include "session/narrate.h"

bool side_start(struct side *s, const struct amm *model,
		const struct profile *kernel)
{
	const struct session_config config = {
		.cpus = amm_live(model)->max.cpus,
		.seed = model->seed,
		.held = kernel,
		.no_shell = true,
		.batch = true,
	};

	*s = (struct side){ .kernel = kernel };
	s->a = session_new(&config, model->upper, NULL);
	if (!s->a)
		return false;
	s->history = s->a->history;
	s->event = history_events(s->history);
	return true;
}

void side_end(struct side *s)
{
	session_free(s->a);
	text_free(&s->words);
}

/* --- the lines -------------------------------------------------------------- */

static void clear(struct side *s)
{
	text_clear(&s->words);
	s->lines = 0;
	s->line = (struct tally){ 0 };
}

/* Offsets until all words are there; then they become pointers. */
static void add_line(struct side *s, size_t *offset, const char *line,
		     size_t length)
{
	if (s->lines == SIDE_LINES_MAX)
		return;
	offset[s->lines++] = s->words.length;
	text_append(&s->words, line, length);
	text_append(&s->words, "", 1);
}

static void add_effects(struct side *s, size_t *offset,
			const struct event *events, size_t count)
{
	const struct telling t = {
		.after = amm_live(s->a),
		.program = s->a->program,
		.events = events,
		.count = count,
		.granularity = s->a->settings.value[SET_GRANULARITY],
	};
	struct effects effects;

	if (!narrate_effects(&effects, &t))
		s->words.failed = true;
	for (size_t i = 0; i < effects.count; i++) {
		const char *what = effects_what(&effects, i);

		add_line(s, offset, what, strlen(what));
	}
	effects_free(&effects);
}

static void add_said(struct side *s, size_t *offset)
{
	const char *said = text_string(&s->a->out);

	while (*said) {
		size_t n = strcspn(said, "\n");

		add_line(s, offset, said, n);
		said += n + (said[n] == '\n');
	}
}

static void add_costs(struct side *s, size_t *offset)
{
	struct text line = { 0 };

	for (unsigned c = 0; c < COST_COUNT; c++) {
		uint64_t n = s->line.cost[c];

		s->total.cost[c] += n;
		if (!n)
			continue;
		text_clear(&line);
		text_addf(&line, "%llu %s", (unsigned long long)n,
			  cost_name(c, n, s->kernel->arch));
		add_line(s, offset, text_string(&line), line.length);
	}
	text_free(&line);
}

/* --- one line of the script --------------------------------------------------- */

/* The first line of an error, without its code: "error[E311]: what". */
static void add_refusal(struct side *s, size_t *offset)
{
	const char *said = text_string(&s->a->out);
	const char *what = strstr(said, "]: ");
	struct text line = { 0 };

	what = what ? what + 3 : said;
	text_add(&line, "refused: ");
	text_append(&line, what, strcspn(what, "\n"));
	add_line(s, offset, text_string(&line), line.length);
	text_free(&line);
}

/* A boot starts anew, and an undo takes events away: nothing to tell. */
static bool went_back(struct side *s)
{
	bool anew = s->a->history != s->history ||
		    history_events(s->a->history) < s->event;

	if (s->a->history != s->history)
		s->total = (struct tally){ 0 };
	s->history = s->a->history;
	return anew;
}

static void add_done(struct side *s, size_t *offset)
{
	size_t count = (size_t)(history_events(s->history) - s->event);
	struct event *events = history_gather(s->history, s->event);

	if (!events) {
		s->words.failed = true;
		return;
	}
	for (size_t i = 0; i < count; i++)
		tally_event(&s->line, s->a->program, &events[i]);
	add_effects(s, offset, events, count);
	am_free(events);
}

void side_run(struct side *s, const char *line, size_t length)
{
	size_t offset[SIDE_LINES_MAX];

	clear(s);
	s->refused = session_do(s->a, line, length) == OUTCOME_USAGE;
	if (s->refused)
		add_refusal(s, offset);
	else if (went_back(s) || history_events(s->history) == s->event)
		add_said(s, offset);
	else
		add_done(s, offset);
	s->event = history_events(s->history);
	add_costs(s, offset);
	for (size_t i = 0; i < s->lines; i++)
		s->at[i] = text_string(&s->words) + offset[i];
}
