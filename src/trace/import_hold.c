/*
 * import_hold.c - records of those who hold an mm beside tasks and CPUs
 */
#include "trace/import_compare.h"
#include "trace/import_known.h"
#include "trace/import_records.h"
#include "trace/import_walk.h"

#include <string.h>

#define MEM_FILE "mem file"
#define KHUGEPAGED "khugepaged"

static task_id current(const struct import *im)
{
	return world_cpu(world_now(im), im->r->cpu)->current;
}

static void hold_by_pid(struct import *im, enum verb verb, mm_id mm)
{
	char label[LABEL_WORDS * 4];

	pid_label(label, im->r->pid);
	hold(im, verb, mm, label);
}

static void read_own_counts(struct import *im)
{
	read_counts(im, im->r->f.mm, im->r->f.u, im->r->f.c);
}

/* A holder gives its count back: the path runs where the record came from. */
static void give_back_count(struct import *im, mm_id mm, const char *label)
{
	if (mm == MM_NONE)
		return;
	if (!take_unit(im, mm, UNIT_COUNT, label)) {
		diverge(im, "%s holds no 0x%" PRIx64, label, im->r->f.mm);
		return;
	}
	start_path(im, im->r->cpu, PATH_mmdrop, ARGS(ref_to(mm, OWNS_COUNT)));
	settle(im, im->r->cpu);
}

/* Whoever is listed and not on a CPU is taken to sleep. */
static task_id listed(struct import *im)
{
	const struct trace_record *r = im->r;
	bool new = task_found(im, (uint32_t)r->f.pid, r->cpu) == TASK_NONE;
	task_id t = task_known_as(im, (uint32_t)r->f.pid, r->cpu, r->name);

	if (new && !im->failed) {
		FORCE(im, TASK, task, t, state, TASK_INTERRUPTIBLE);
		FORCE(im, TASK, task, t, on_rq, 0);
	}
	rename_task(im, t, r->name);
	return t;
}

void on_snap(struct import *im)
{
	const struct trace_record *r = im->r;
	mm_id mm = mm_known_as(im, r->f.mm);
	task_id t = listed(im);

	read_own_counts(im);
	if (mm != MM_NONE)
		FORCE(im, MM_SHOWN, mm_shown, mm, ctx_id, (uint32_t)r->f.id);
	if (!im->task[t].mm_known)
		learn_mm(im, t, mm);
	else if (ref_mm(world_task(world_now(im), t)->mm) != mm)
		diverge(im, "pid %u has mm 0x%" PRIx64 ", not 0x%" PRIx64,
			(uint32_t)r->f.pid, r->f.mm,
			address_of(im,
				   ref_mm(world_task(world_now(im), t)->mm)));
}

/* The unit is in the record already. */
static mm_id take_user(struct import *im)
{
	mm_id mm = mm_known_as(im, im->r->f.mm);

	if (mm == MM_NONE)
		return mm;
	if (im->mm[mm].counted)
		hold_by_pid(im, VERB_mmget, mm);
	if (im->started || !im->mm[mm].counted)
		read_own_counts(im);
	return mm;
}

void on_get_task_mm(struct import *im)
{
	take_user(im);
}

/* Called to open a mem file, it is followed by that file's own count. */
void on_mm_access(struct import *im)
{
	static const char opening[] = "proc_mem_open";
	mm_id mm = take_user(im);

	if (mm == MM_NONE ||
	    strncmp(im->r->text, opening, sizeof opening - 1) != 0)
		return;
	hold(im, VERB_mmgrab, mm, MEM_FILE);
	im->task[current(im)].opened = mm;
}

void on_proc_mem_open(struct import *im)
{
	mm_id mm = mm_known_as(im, im->r->f.mm);
	struct known_task *t = &im->task[current(im)];

	if (mm == MM_NONE)
		return;
	if (t->opened != mm)
		hold(im, VERB_mmgrab, mm, MEM_FILE);
	im->task[current(im)].opened = MM_NONE;
	read_own_counts(im);
}

void on_mem_rw(struct import *im)
{
	mm_id mm = mm_known_as(im, im->r->f.mm);

	read_own_counts(im);
	if (mm != MM_NONE && world_mm(world_now(im), mm)->mm_users > 0)
		hold_by_pid(im, VERB_mmget_not_zero, mm);
}

void on_mem_release(struct import *im)
{
	read_own_counts(im);
	give_back_count(im, mm_known_as(im, im->r->f.mm), MEM_FILE);
}

void on_khugepaged_enter(struct import *im)
{
	read_own_counts(im);
	im->task[current(im)].scanned = mm_known_as(im, im->r->f.mm);
}

void on_khugepaged_enter_ret(struct import *im)
{
	struct known_task *t = &im->task[current(im)];
	mm_id mm = t->scanned;

	t->scanned = MM_NONE;
	if (mm != MM_NONE)
		hold(im, VERB_mmgrab, mm, KHUGEPAGED);
}

void on_khugepaged_exit(struct import *im)
{
	read_own_counts(im);
	give_back_count(im, mm_known_as(im, im->r->f.mm), KHUGEPAGED);
}

/* --- kernel threads that use an mm -------------------------------------- */

static void enter_use(struct import *im, enum path_id path,
		      enum tracepoint_id tp)
{
	mm_id mm = mm_known_as(im, im->r->f.mm);

	read_samples(im);
	read_own_counts(im);
	start_path(im, im->r->cpu, path, ARGS(ref_to(mm, OWNS_NOTHING)));
	if (reach(im, im->r->cpu, tp))
		carry_on(im, im->r->cpu);
}

static void return_from(struct import *im, enum tracepoint_id tp)
{
	read_samples(im);
	if (reach(im, im->r->cpu, tp))
		carry_on(im, im->r->cpu);
}

void on_use_mm(struct import *im)
{
	enter_use(im, PATH_kthread_use_mm, TP_use_mm);
}

void on_use_mm_ret(struct import *im)
{
	return_from(im, TP_use_mm_ret);
}

void on_unuse_mm(struct import *im)
{
	enter_use(im, PATH_kthread_unuse_mm, TP_unuse_mm);
}

void on_unuse_mm_ret(struct import *im)
{
	return_from(im, TP_unuse_mm_ret);
}
