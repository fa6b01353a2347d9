/*
 * canon_words.c - the last step of the canonical model in words
 *
 * Tasks and mms have the numbers of the canonical model: user tasks from 0,
 * then kernel threads, then idle tasks; mm 1 is init_mm.
 */
#include "explore/canon.h"

#include "base/text.h"

static void add_task(const struct canon *c, struct text *out, task_id t)
{
	const struct scenario *s = &c->scenario;
	uint32_t first_user = s->cpus + s->kthreads + 1;

	if (t >= first_user)
		text_addf(out, "task %u (user)", t - first_user);
	else if (t > s->cpus)
		text_addf(out, "task %u (kthread)", s->users + t - s->cpus - 1);
	else
		text_addf(out, "task %u (idle)",
			  s->users + s->kthreads + t - 1);
}

static void add_mm(struct text *out, mm_id mm)
{
	if (mm == MM_INIT)
		text_add(out, "init_mm");
	else
		text_addf(out, "mm %u", mm);
}

static bool same_op(const struct event *a, const struct event *b)
{
	return a->path == b->path && a->statement == b->statement;
}

/* The statements that said or changed something, as the kernel's lines. */
static void add_statements(const struct canon *c, struct text *out)
{
	const struct event *last = NULL;

	for (size_t i = 0; i < c->log.count; i++) {
		const struct event *e = &c->log.events[i];
		char line[160];
		int after;

		if (e->path == PATH_NONE || (last && same_op(e, last)))
			continue;
		op_text(&c->program, (enum path_id)e->path, e->statement, line,
			sizeof line, &after);
		if (!last || e->path != last->path)
			text_addf(
				out, " %s():",
				path_name(&c->program, (enum path_id)e->path));
		text_addf(out, " %s", line);
		last = e;
	}
}

static void add_counters(const struct canon *c, struct text *out)
{
	for (size_t i = 0; i < c->log.count; i++) {
		const struct event *e = &c->log.events[i];
		bool users = e->field == FIELD_OF(mm, mm_users);

		if (e->kind != EV_MM ||
		    (!users && e->field != FIELD_OF(mm, mm_count)))
			continue;
		text_add(out, " [");
		add_mm(out, e->object);
		text_addf(out, " %s %d -> %d]", users ? "users" : "count",
			  (int)e->old, (int)e->new);
	}
}

void canon_tell(void *self, struct text *out)
{
	const struct canon *c = self;

	text_addf(out, "CPU %u, ", c->last->cpu);
	add_task(c, out, c->acting);
	text_add(out, ":");
	if (canon_is_pick(c->last)) {
		text_add(out, " __schedule() picks ");
		add_task(c, out, c->last->arg);
	} else {
		add_statements(c, out);
		add_counters(c, out);
	}
}

void canon_complain(void *self, struct text *out)
{
	const struct canon *c = self;

	text_add(out, c->broken ? c->broken : "nothing");
}
