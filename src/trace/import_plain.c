/*
 * import_plain.c - recordings with nothing but sched_switch
 *
 * Nobody says which mm a task has, so each one that does not look like a
 * thread of the kernel is given one of its own, marked as assumed.  Each
 * record is a whole switch.
 */
#include "trace/import_compare.h"
#include "trace/import_known.h"
#include "trace/import_records.h"
#include "trace/import_walk.h"

static void run_all(struct import *im, cpu_id c)
{
	struct input in;

	run_ready(im, c);
	while (!im->failed && drive_next(world_now(im), im->p, c, true, &in))
		give(im, &in);
}

static void assume_mm(struct import *im, task_id t)
{
	const struct task *task = world_task(world_now(im), t);
	struct input in = { .kind = IN_MM, .actor = (uint16_t)im->r->cpu };
	mm_id mm;

	if (im->task[t].mm_known || task->flags & PF_KTHREAD) {
		im->task[t].mm_known = true;
		return;
	}
	ensure_room(im);
	mm = slot_lowest_free(world_now(im), MAP_MM);
	give(im, &in);
	if (im->failed)
		return;
	im->mm[mm] = (struct known_mm){ 0 };
	FORCE(im, MM_SHOWN, mm_shown, mm, assumed, 1);
	im->score.adoptions++;
	learn_mm(im, t, mm);
}

/* @c switches to @next, and leaves its task in @state. */
static void switch_to(struct import *im, cpu_id c, task_id next, uint32_t state)
{
	start_switch(im, c, next, state);
	run_all(im, c);
}

/* Switches nobody recorded: @t must be on @c, and nowhere else. */
static void bring(struct import *im, cpu_id c, task_id t, uint32_t state)
{
	const struct world *w = world_now(im);
	cpu_id other = world_task_shown(w, t)->cpu;

	if (other != c && world_cpu(w, other)->current == t) {
		diverge(im, "pid %u runs on cpu%u", pid_of(im, t), other);
		switch_to(im, other, world_cpu(w, other)->idle,
			  world_task(w, t)->state);
	}
	if (world_cpu(world_now(im), c)->current != t)
		switch_to(im, c, t, state);
}

static uint32_t state_of_current(const struct import *im, cpu_id c)
{
	const struct world *w = world_now(im);

	return world_task(w, world_cpu(w, c)->current)->state;
}

static void leave_for_good(struct import *im, cpu_id c)
{
	start_path(im, c, PATH_do_exit, NULL);
	run_all(im, c);
}

void on_plain_switch(struct import *im)
{
	const struct trace_record *r = im->r;
	cpu_id c = r->cpu;
	task_id prev = task_known_as(im, (uint32_t)r->f.prev, c, r->comm);
	task_id next = task_known_as(im, (uint32_t)r->f.next, c, r->name);
	uint32_t state = state_left_in(r);

	assume_mm(im, prev);
	assume_mm(im, next);
	if (im->failed)
		return;
	if (im->cpu[c].seen && world_cpu(world_now(im), c)->current != prev)
		diverge(im, "pid %u is not running on cpu%u",
			(uint32_t)r->f.prev, c);
	im->cpu[c].seen = true;
	bring(im, c, prev, state_of_current(im, c));
	if (r->state == 'X' || r->state == 'Z') {
		leave_for_good(im, c);
		state = state_of_current(im, c);
	}
	rename_task(im, next, r->name);
	bring(im, c, next, state);
}
