/*
 * show.c - names for people
 */
#include "session/show.h"

#include <string.h>

#include "base/escape.h"
#include "session/history.h"

static void comm_of(const struct world *w, task_id t,
		    char out[static NAME_WORDS * 4])
{
	name_unpack(out, world_task_shown(w, t)->name, NAME_WORDS);
}

void show_comm(struct text *out, const struct world *w, task_id t)
{
	char comm[NAME_WORDS * 4];

	comm_of(w, t, comm);
	escape_name(out, comm, NAME_COLUMNS);
}

void show_task_key(struct text *out, const struct world *w, task_id t)
{
	text_add(out, "task:");
	if (world_task(w, t)->flags & PF_IDLE)
		show_comm(out, w, t);
	else
		text_addf(out, "%u", world_task_shown(w, t)->pid);
}

static bool shares_its_name(const struct world *w, task_id t)
{
	const uint32_t *name = world_task_shown(w, t)->name;

	for (task_id other = 1; other < w->max.tasks; other++)
		if (other != t && world_task(w, other)->slot &&
		    memcmp(world_task_shown(w, other)->name, name,
			   (size_t)NAME_WORDS * 4) == 0)
			return true;
	return false;
}

void show_task(struct text *out, const struct world *w, task_id t)
{
	if (t == TASK_NONE || t >= w->max.tasks) {
		text_add(out, "NULL");
		return;
	}
	show_comm(out, w, t);
	if (!(world_task(w, t)->flags & PF_IDLE) && shares_its_name(w, t))
		text_addf(out, "(%u)", world_task_shown(w, t)->pid);
}

void show_mm(struct text *out, const struct world *w, mm_id mm)
{
	if (mm == MM_NONE)
		text_add(out, "NULL");
	else if (mm == MM_INIT)
		text_add(out, "init_mm");
	else if (mm == MM_SWITCHING)
		text_add(out, "LOADED_MM_SWITCHING");
	else if (mm >= w->max.mms || !world_mm(w, mm)->slot)
		text_add(out, "(freed)");
	else
		text_addf(out, "mm%u", world_mm_shown(w, mm)->serial);
}

void show_label(struct text *out, const struct world *w, uint32_t holder)
{
	char label[LABEL_WORDS * 4];

	name_unpack(label, world_holder_shown(w, holder)->label, LABEL_WORDS);
	escape_name(out, label[0] ? label : "(gone)", NAME_COLUMNS);
}

void show_actor(struct text *out, const struct world *w, uint32_t actor)
{
	if (actor < w->max.cpus)
		text_addf(out, "cpu%u", actor);
	else
		show_label(out, w, actor - w->max.cpus);
}

void show_function(struct text *out, const struct program *p, enum path_id path)
{
	static const char ours[] = "holder_";
	const char *name = path_name(p, path);

	if (strncmp(name, ours, sizeof ours - 1) == 0)
		name += sizeof ours - 1;
	text_add(out, name);
}

void show_moment(struct text *out, struct moment at)
{
	text_addf(out, "t%u", at.command);
	if (at.statement)
		text_addf(out, ".%u", at.statement);
}

char show_state_letter(uint32_t state, uint32_t exit_state)
{
	if (exit_state & EXIT_ZOMBIE)
		return 'Z';
	if (state & TASK_DEAD || exit_state)
		return 'X';
	if (state & TASK_UNINTERRUPTIBLE)
		return 'D';
	return state & TASK_INTERRUPTIBLE ? 'S' : 'R';
}

char show_state(const struct world *w, task_id t)
{
	const struct task *task = world_task(w, t);

	return show_state_letter(task->state, task->exit_state);
}

void show_quoted(struct text *out, const char *value)
{
	text_addc(out, '"', 1);
	escape_json(out, value, strlen(value));
	text_addc(out, '"', 1);
}

static size_t columns(const char *s)
{
	return escape_columns(s, strlen(s));
}

/* The last blank of @s that still lies within @room columns, or 0. */
static size_t last_break(const char *s, size_t room)
{
	size_t last = 0;

	for (size_t i = 1; s[i] && escape_columns(s, i) <= room; i++)
		if (s[i] == ' ')
			last = i;
	return last;
}

void show_wrapped(struct text *out, const char *s, size_t at, size_t width)
{
	size_t room = width > at ? width - at : 1, cut;

	while (columns(s) > room && (cut = last_break(s, room)) > 0) {
		text_append(out, s, cut);
		text_addc(out, '\n', 1);
		text_addc(out, ' ', at);
		s += cut + 1;
	}
	text_add(out, s);
}
