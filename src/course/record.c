/*
 * record.c - what the learner did in a lesson, as JSON
 */
#include "course/record.h"

#include <string.h>

#include "session/show.h"

static const char *const states[] = { [STEP_OPEN] = "open",
				      [STEP_PASSED] = "passed",
				      [STEP_SKIPPED] = "skipped",
				      [STEP_SHOWN] = "shown" };

static void add_string(struct text *out, const char *name, const char *value)
{
	text_addf(out, ",\"%s\":", name);
	if (value)
		show_quoted(out, value);
	else
		text_add(out, "null");
}

static void add_step(struct text *out, const struct course *c, uint32_t i)
{
	const struct step *s = &c->lesson->step[i];
	const struct marks *m = &c->mark[i];

	text_addf(out, "%s{\"step\":%u", i ? "," : "", i + 1);
	add_string(out, "id", s->id);
	add_string(out, "state", states[m->state]);
	text_addf(out,
		  ",\"score\":%u,\"commands\":%u,\"checks\":%u,\"hints\":%u,"
		  "\"rung\":%u}",
		  m->score, m->commands, m->checks, m->hints, m->rung);
}

static void add_predictions(struct text *out, const struct course *c)
{
	const char *between = "";

	for (uint32_t i = 0; i < c->lesson->steps; i++) {
		const struct marks *m = &c->mark[i];

		if (!m->said[0])
			continue;
		text_addf(out, "%s{\"step\":%u", between, i + 1);
		add_string(out, "q", c->lesson->step[i].id);
		add_string(out, "said", m->said);
		add_string(out, "was", m->was);
		add_string(out, "reason", m->reason);
		text_add(out, "}");
		between = ",";
	}
}

static void add_path(struct text *out, const struct text *path)
{
	const char *at = text_string(path), *between = "";

	while (*at) {
		struct text line = { 0 };
		size_t n = strcspn(at, "\n");

		text_append(&line, at, n);
		text_add(out, between);
		show_quoted(out, text_string(&line));
		text_free(&line);
		between = ",";
		at += n + (at[n] == '\n');
	}
}

void record_lesson(struct text *out, const struct course *c)
{
	const struct lesson *l = c->lesson;
	uint32_t commands = 0, checks = 0, hints = 0;

	for (uint32_t i = 0; i < l->steps; i++) {
		commands += c->mark[i].commands;
		checks += c->mark[i].checks;
		hints += c->mark[i].hints;
	}
	show_quoted(out, l->id);
	text_addf(out,
		  ":{\"version\":%u,\"state\":\"%s\",\"step\":%u,"
		  "\"steps\":%u,\"seed\":%u,\"commands\":%u,\"checks\":%u,"
		  "\"hints_given\":%u,\"score\":%u,\"max\":%u,",
		  l->version, c->done ? "done" : "open", c->step + 1, l->steps,
		  l->seed, commands, checks, hints, course_points(c),
		  course_points_max(l));
	text_add(out, "\n   \"did\":[");
	for (uint32_t i = 0; i < l->steps; i++)
		add_step(out, c, i);
	text_add(out, "],\n   \"predictions\":[");
	add_predictions(out, c);
	text_add(out, "],\n   \"path\":[");
	add_path(out, &c->path);
	text_add(out, "]}");
}
