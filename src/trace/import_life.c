/*
 * import_life.c - records of tasks and mms that come and go
 */
#include "trace/import_compare.h"
#include "trace/import_known.h"
#include "trace/import_records.h"
#include "trace/import_walk.h"

static uint32_t stack_here(const struct import *im)
{
	return actor_stack(world_now(im), im->r->cpu);
}

static task_id current(const struct import *im)
{
	return world_cpu(world_now(im), im->r->cpu)->current;
}

/* The record's task has the record's mm, or a divergence. */
static void has_mm(struct import *im, task_id t)
{
	uint64_t mm = address_of(im, ref_mm(world_task(world_now(im), t)->mm));

	if (im->task[t].mm_known && mm != im->r->f.mm)
		diverge(im, "pid %u has mm 0x%" PRIx64 ", not 0x%" PRIx64,
			pid_of(im, t), im->r->f.mm, mm);
}

/* A record with samples and the counters of one mm, at its tracepoint. */
static void at_tracepoint(struct import *im, enum tracepoint_id tp)
{
	const struct trace_fields *f = &im->r->f;
	bool there = reach(im, im->r->cpu, tp);

	read_samples(im);
	read_counts(im, f->mm, f->u, f->c);
	if (there)
		carry_on(im, im->r->cpu);
}

void on_mm_new(struct import *im)
{
	const struct trace_record *r = im->r;
	bool exec = scout_caller(&im->scout, r->text) == CALLER_EXEC;
	mm_id mm;

	start_path(im, r->cpu, exec ? PATH_do_execve : PATH_sys_fork, NULL);
	if (!reach(im, r->cpu, TP_mm_new))
		return;
	mm = ref_mm(world_stack(world_now(im), stack_here(im))->mm[0]);
	if (mm == MM_NONE) {
		im->failed = true; /* there was room */
		return;
	}
	bind_mm(im, r->f.mm, mm);
	im->mm[mm].counted = im->mm[mm].gen_known = true;
	FORCE(im, MM_SHOWN, mm_shown, mm, ctx_id, (uint32_t)r->f.id);
	read_counts(im, r->f.mm, r->f.u, r->f.c);
	carry_on(im, r->cpu);
}

/* copy_thread: which kind of child is this? */
static void start_child(struct import *im, mm_id mm)
{
	task_id t = current(im);
	mm_id own = ref_mm(world_task(world_now(im), t)->mm);
	cpu_id c = im->r->cpu;

	if (mm == MM_NONE)
		start_path(im, c,
			   pid_of(im, t) == 2 ? PATH_kthread_create
					      : PATH_user_mode_thread,
			   NULL);
	else if (mm == own)
		start_path(im, c, PATH_sys_clone, NULL);
}

void on_mm_attach(struct import *im)
{
	const struct trace_fields *f = &im->r->f;
	task_id child;

	start_child(im, mm_known_as(im, f->mm));
	if (!reach(im, im->r->cpu, TP_mm_attach))
		return;
	child = world_stack(world_now(im), stack_here(im))->task[0];
	im->task[child] = (struct known_task){ .mm_known = true };
	has_mm(im, child);
	read_counts(im, f->mm, f->u, f->c);
	carry_on(im, im->r->cpu);
}

void on_new_task(struct import *im)
{
	const struct trace_record *r = im->r;
	uint32_t pid = (uint32_t)r->f.pid;
	task_id child;

	read_samples(im);
	read_counts(im, r->f.mm, r->f.u, r->f.c);
	if (!reach(im, r->cpu, TP_new_task))
		return;
	child = world_stack(world_now(im), stack_here(im))->task[0];
	FORCE(im, TASK_SHOWN, task_shown, child, pid, pid);
	FORCE(im, TASK_SHOWN, task_shown, child, tgid, (uint32_t)r->f.tgid);
	bind_pid(im, pid, child);
	im->task[child].mm_known = true;
	has_mm(im, child);
	carry_on(im, r->cpu);
}

void on_exec_release(struct import *im)
{
	has_mm(im, current(im));
	at_tracepoint(im, TP_exec_release);
}

/* The path that stands at this record is about the record's mm. */
static void is_about(struct import *im, mm_id mm)
{
	if (address_of(im, mm) != im->r->f.mm)
		diverge(im, "this is about 0x%" PRIx64 ", not 0x%" PRIx64,
			im->r->f.mm, address_of(im, mm));
}

void on_exec_mmap(struct import *im)
{
	uint32_t stack = stack_here(im);

	if (stack != STACK_NONE)
		is_about(im, ref_mm(world_stack(world_now(im), stack)->mm[0]));
	at_tracepoint(im, TP_exec_mmap);
}

void on_exit_release(struct import *im)
{
	if (im->r->f.pid != pid_of(im, current(im)))
		diverge(im, "pid %u exits, not pid %u", (uint32_t)im->r->f.pid,
			pid_of(im, current(im)));
	has_mm(im, current(im));
	start_path(im, im->r->cpu, PATH_do_exit, NULL);
	at_tracepoint(im, TP_exit_release);
}

/* A path that is not modelled puts an mm: whose unit was it? */
static bool start_put(struct import *im, mm_id mm)
{
	char label[LABEL_WORDS * 4];

	pid_label(label, im->r->pid);
	if (!take_unit(im, mm, UNIT_USER, label)) {
		diverge(im,
			"pid %u puts 0x%" PRIx64
			", of which nobody has a user left",
			im->r->pid, im->r->f.mm);
		return false;
	}
	start_path(im, im->r->cpu, PATH_mmput, ARGS(ref_to(mm, OWNS_USER)));
	return true;
}

static bool rests_at(const struct import *im, enum tracepoint_id tp, mm_id mm)
{
	const struct flat_op *op = next_op(im, im->r->cpu);

	return op && op->tracepoint == tp && mm_at(im, im->r->cpu) == mm;
}

void on_mmput(struct import *im)
{
	const struct trace_fields *f = &im->r->f;
	mm_id mm = mm_known_as(im, f->mm);

	read_samples(im);
	read_counts(im, f->mm, f->u, f->c);
	if (mm == MM_NONE ||
	    (!rests_at(im, TP_mmput, mm) && !start_put(im, mm)))
		return;
	if (reach(im, im->r->cpu, TP_mmput))
		carry_on(im, im->r->cpu);
}

/* An mmput that began before the recording returns from nothing we know. */
void on_mmput_ret(struct import *im)
{
	uint32_t stack = stack_here(im);

	read_samples(im);
	if (stack == STACK_NONE ||
	    !program_inside(im->p, world_stack(world_now(im), stack)->pc,
			    PATH_mmput))
		return;
	if (reach(im, im->r->cpu, TP_mmput_ret))
		carry_on(im, im->r->cpu);
}

void on_exit_mmap(struct import *im)
{
	is_about(im, mm_at(im, im->r->cpu));
	at_tracepoint(im, TP_exit_mmap);
}

void on_free(struct import *im)
{
	const struct trace_fields *f = &im->r->f;
	mm_id mm = mm_found(im, f->mm);
	bool there = reach(im, im->r->cpu, TP_free);

	read_samples(im);
	if (mm == MM_NONE)
		return;
	read_counts(im, f->mm, f->u, f->c);
	if (there && mm_at(im, im->r->cpu) != mm)
		diverge(im, "cpu%u frees 0x%" PRIx64 ", not 0x%" PRIx64,
			im->r->cpu, f->mm,
			address_of(im, mm_at(im, im->r->cpu)));
	unbind_mm(im, mm);
	if (there)
		carry_on(im, im->r->cpu);
}
