/*
 * import_switch.c - records of a context switch
 *
 * sched_switch starts the switch and stops before it decides anything; each
 * later record takes it further.  Other CPUs can see the old state for a while.
 */
#include "trace/import_compare.h"
#include "trace/import_known.h"
#include "trace/import_records.h"
#include "trace/import_walk.h"

#include <string.h>

static bool pending(const struct import *im, cpu_id c)
{
	return world_cpu(world_now(im), c)->sched_stack != STACK_NONE;
}

static task_id pending_task(const struct import *im, cpu_id c, int which)
{
	const struct world *w = world_now(im);

	return world_stack(w, world_cpu(w, c)->sched_stack)->task[which];
}

/* The task's last path ends without a record: do_exit after closing files. */
static void end_exit(struct import *im, cpu_id c, task_id t)
{
	const struct world *w = world_now(im);
	uint32_t stack = world_task(w, t)->stack;

	if (stack != STACK_NONE) {
		if (next_op(im, c)->tracepoint != TP_none)
			diverge(im, "pid %u is dead before its %s",
				pid_of(im, t),
				tracepoint_name(next_op(im, c)->tracepoint));
		run_out(im, c, stack);
	}
	FORCE(im, TASK, task, t, exit_state, EXIT_ZOMBIE);
	FORCE(im, TASK, task, t, state, TASK_DEAD);
}

uint32_t state_left_in(const struct trace_record *r)
{
	if (r->state == 'R' || r->preempted)
		return TASK_RUNNING;
	return r->state == 'S' ? TASK_INTERRUPTIBLE : TASK_UNINTERRUPTIBLE;
}

void rename_task(struct import *im, task_id t, const char *name)
{
	const struct world *w = world_now(im);
	uint32_t words[NAME_WORDS];

	if (name[0] == '\0' || world_task(w, t)->flags & PF_IDLE)
		return;
	name_pack(words, NAME_WORDS, name);
	if (memcmp(world_task_shown(w, t)->name, words, sizeof words) == 0)
		return;
	for (uint32_t i = 0; i < NAME_WORDS; i++)
		force(im, EV_TASK_SHOWN, t, FIELD_OF(task_shown, name) + i,
		      words[i]);
}

static task_id previous(struct import *im)
{
	const struct trace_record *r = im->r;
	task_id prev = task_known_as(im, (uint32_t)r->f.prev, r->cpu, r->comm);

	if (world_cpu(world_now(im), r->cpu)->current != prev) {
		diverge(im, "pid %u is not running on cpu%u",
			(uint32_t)r->f.prev, r->cpu);
		put_on_cpu(im, r->cpu, prev);
	}
	return prev;
}

void on_sched_switch(struct import *im)
{
	const struct trace_record *r = im->r;
	task_id prev, next;
	uint32_t state = state_left_in(r);

	if (pending(im, r->cpu)) {
		diverge(im, "the switch before has not finished on cpu%u",
			r->cpu);
		run_out(im, r->cpu,
			world_cpu(world_now(im), r->cpu)->sched_stack);
	}
	prev = previous(im);
	next = task_known_as(im, (uint32_t)r->f.next, r->cpu, r->name);
	if (im->failed)
		return;
	if (r->state == 'X' || r->state == 'Z') {
		end_exit(im, r->cpu, prev);
		state = TASK_DEAD;
	}
	rename_task(im, next, r->name);
	if (prev == next) {
		FORCE(im, TASK, task, prev, state, state);
		return;
	}
	start_switch(im, r->cpu, next, state);
	run_to(im, r->cpu, TP_sched_switch);
}

static void check_task(struct import *im, task_id t, uint64_t mm,
		       uint64_t active)
{
	mm_id now = ref_mm(world_task(world_now(im), t)->mm);

	if (!im->task[t].mm_known)
		learn_mm(im, t, mm_known_as(im, mm));
	else if (address_of(im, now) != mm)
		diverge(im, "pid %u has mm 0x%" PRIx64 ", not 0x%" PRIx64,
			pid_of(im, t), mm, address_of(im, now));
	else
		compare_active(im, im->r->cpu, t, active);
}

void on_switch(struct import *im)
{
	const struct trace_fields *f = &im->r->f;
	cpu_id c = im->r->cpu;

	if (!pending(im, c) || pid_of(im, pending_task(im, c, 0)) != f->prev ||
	    pid_of(im, pending_task(im, c, 1)) != f->next) {
		diverge(im, "no switch from pid %u to pid %u on cpu%u",
			(uint32_t)f->prev, (uint32_t)f->next, c);
		return;
	}
	check_task(im, pending_task(im, c, 0), f->pmm, f->pam);
	check_task(im, pending_task(im, c, 1), f->nmm, f->nam);
	read_counts(im, f->pam, f->pau, f->pac);
	read_counts(im, f->nmm, f->nu, f->nc);
}

static void switch_lazily(struct import *im, cpu_id c)
{
	task_id prev = pending_task(im, c, 0), next = pending_task(im, c, 1);
	uint64_t active = address_of(
		im, ref_mm(world_task(world_now(im), prev)->active_mm));

	learn_mm(im, next, MM_NONE);
	if (pid_of(im, next) != im->r->f.tsk || active != im->r->f.mm)
		diverge(im,
			"pid %u goes lazy with 0x%" PRIx64
			", not pid %u with 0x%" PRIx64,
			(uint32_t)im->r->f.tsk, im->r->f.mm, pid_of(im, next),
			active);
	if (reach(im, c, TP_enter_lazy))
		carry_on(im, c);
}

/* A task leaves its mm, in exit_mm or kthread_unuse_mm. */
static void leave_own(struct import *im, cpu_id c, task_id t)
{
	uint64_t active;

	if (!reach(im, c, TP_enter_lazy))
		return;
	active =
		address_of(im, ref_mm(world_task(world_now(im), t)->active_mm));
	if (active != im->r->f.mm)
		diverge(im,
			"pid %u goes lazy with 0x%" PRIx64 ", not 0x%" PRIx64,
			pid_of(im, t), im->r->f.mm, active);
	carry_on(im, c);
}

void on_enter_lazy(struct import *im)
{
	cpu_id c = im->r->cpu;
	task_id t = task_known_as(im, (uint32_t)im->r->f.tsk, c, "?");
	const struct cpu *cpu = world_cpu(world_now(im), c);

	if (pending(im, c)) {
		switch_lazily(im, c);
	} else if (cpu->online == CPU_OFFLINE && t == cpu->idle) {
		cpu_came_up(im, c);
	} else if (t == cpu->current) {
		leave_own(im, c, t);
	} else { /* a dying CPU traces no sched_switch */
		start_switch(im, c, t,
			     world_task(world_now(im), cpu->current)->state);
		run_to(im, c, TP_sched_switch);
		switch_lazily(im, c);
	}
}

static void loaded_is(struct import *im, cpu_id c)
{
	uint64_t loaded =
		address_of(im, ref_mm(world_cpu(world_now(im), c)->loaded_mm));

	if (loaded != im->r->f.next)
		diverge(im, "cpu%u loads 0x%" PRIx64 ", not 0x%" PRIx64, c,
			im->r->f.next, loaded);
}

/* To a user: loads its mm.  The rest of the switch is not due yet. */
static void switch_to_user(struct import *im, cpu_id c)
{
	task_id next = pending_task(im, c, 1);
	const struct task *t;

	learn_mm(im, next, mm_known_as(im, im->r->f.next));
	t = world_task(world_now(im), next);
	if (address_of(im, ref_mm(t->mm)) != im->r->f.next)
		return; /* a temporary mm */
	if (!reach(im, c, TP_switch_mm))
		return;
	while (next_op(im, c) &&
	       next_op(im, c)->path == PATH_switch_mm_irqs_off &&
	       step_once(im, c))
		;
	loaded_is(im, c);
}

void on_switch_mm(struct import *im)
{
	cpu_id c = im->r->cpu;
	const struct flat_op *op = next_op(im, c);

	if (im->r->f.next == im->scout.init_mm)
		return; /* leave_mm and flushes do that by themselves */
	if (pending(im, c)) {
		switch_to_user(im, c);
	} else if (op && op->tracepoint == TP_switch_mm) {
		carry_on(im, c);
		loaded_is(im, c);
	}
}

void catch_up(struct import *im, cpu_id c, uint32_t pid)
{
	const struct cpu *cpu = world_cpu(world_now(im), c);
	const struct flat_op *op;
	task_id next;

	if (!pending(im, c))
		return;
	next = pending_task(im, c, 1);
	op = next_op(im, c);
	if (cpu->current != next && pid_of(im, next) == pid &&
	    op->tracepoint == TP_none)
		run_to(im, c, TP_finish);
}

/* A switch of which this record is the first that is seen. */
static void finish_only(struct import *im, cpu_id c)
{
	task_id prev = task_known_as(im, (uint32_t)im->r->f.prev, c, "?");
	task_id cur = task_known_as(im, (uint32_t)im->r->f.cur, c, im->r->comm);

	if (world_cpu(world_now(im), c)->current != cur) {
		diverge(im, "pid %u did not switch to pid %u on cpu%u",
			(uint32_t)im->r->f.prev, (uint32_t)im->r->f.cur, c);
		put_on_cpu(im, c, cur);
	}
	start_path(im, c, PATH_finish_task_switch, ARGS(prev));
}

/* The record names both tasks and what they have. */
static void check_finish(struct import *im, task_id prev)
{
	const struct trace_fields *f = &im->r->f;
	cpu_id c = im->r->cpu;
	const struct cpu *cpu = world_cpu(world_now(im), c);
	uint64_t parked = address_of(im, ref_mm(cpu->prev_mm));

	if (pid_of(im, cpu->current) != f->cur || pid_of(im, prev) != f->prev)
		diverge(im,
			"cpu%u goes from pid %u to pid %u, not from %u to %u",
			c, (uint32_t)f->prev, (uint32_t)f->cur,
			pid_of(im, prev), pid_of(im, cpu->current));
	check_task(im, prev, f->pmm, f->pam);
	check_task(im, world_cpu(world_now(im), c)->current, f->cmm, f->amm);
	if (parked != f->drop)
		diverge(im, "cpu%u drops 0x%" PRIx64 ", not 0x%" PRIx64, c,
			f->drop, parked);
}

/* Both may be one mm: then it is one reading, if the two agree. */
static void read_finish_counts(struct import *im)
{
	const struct trace_fields *f = &im->r->f;

	read_counts(im, f->amm, f->au, f->ac);
	if (f->drop != f->amm)
		read_counts(im, f->drop, f->du, f->dc);
	else if (!no_mm(f->drop) && (f->du != f->au || f->dc != f->ac))
		diverge(im,
			"one mm has users %" PRId64 " and %" PRId64
			", count %" PRId64 " and %" PRId64,
			(int64_t)f->au, (int64_t)f->du, (int64_t)f->ac,
			(int64_t)f->dc);
}

void on_finish(struct import *im)
{
	const struct trace_fields *f = &im->r->f;
	cpu_id c = im->r->cpu;
	task_id prev;

	if (!pending(im, c))
		finish_only(im, c);
	else
		learn_mm(im, pending_task(im, c, 1), mm_known_as(im, f->cmm));
	if (!reach(im, c, TP_finish))
		return;
	prev = world_stack(world_now(im), actor_stack(world_now(im), c))
		       ->task[0];
	read_samples(im);
	if (!im->fresh)
		check_finish(im, prev);
	read_finish_counts(im);
	carry_on(im, c);
}
