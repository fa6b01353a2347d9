/*
 * import_plain.c - recordings with nothing but sched_switch
 *
 * Nobody says which mm a task has, so each one that does not look like a
 * thread of the kernel is given one of its own, marked as assumed.  Each
 * record is a whole switch.
 */
#include "trace/import_parts.h"

static void run_all(struct import *im, cpu_id c)
{
	struct input in;

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
	FORCE(im, MM, mm, mm, tables, 1);
	FORCE(im, MM_SHOWN, mm_shown, mm, assumed, 1);
	im->score.adoptions++;
	learn_mm(im, t, mm);
}

/* The first record of a CPU tells what was on it. */
static void first_seen(struct import *im, cpu_id c, task_id t)
{
	struct trace_cpu s = { .pid = pid_of(im, t) };

	if (world_task(world_now(im), t)->flags & PF_IDLE)
		return;
	put_on_cpu(im, c, t);
	assume_mm(im, t);
	(void)s;
}

void on_plain_switch(struct import *im)
{
	const struct trace_record *r = im->r;
	cpu_id c = r->cpu;
	task_id prev = task_known_as(im, (uint32_t)r->f.prev, c, r->comm);
	task_id next = task_known_as(im, (uint32_t)r->f.next, c, r->name);

	if (im->failed)
		return;
	(void)prev;
	(void)next;
	first_seen(im, c, prev);
	run_all(im, c);
}
