/*
 * import.c - one record after the other
 */
#include "trace/import_compare.h"
#include "trace/import_known.h"
#include "trace/import_records.h"
#include "trace/import_walk.h"

#include <string.h>

#include "base/escape.h"
#include "base/mem.h"

typedef void handler(struct import *im);

static handler *handler_of(enum record_kind kind)
{
	static handler *const handlers[REC_KINDS] = {
#define RECORD(name) [REC_##name] = on_##name
		RECORD(sched_switch),
		RECORD(switch),
		RECORD(enter_lazy),
		RECORD(switch_mm),
		RECORD(finish),
		RECORD(mm_new),
		RECORD(mm_attach),
		RECORD(new_task),
		RECORD(exec_release),
		RECORD(exec_mmap),
		RECORD(exit_release),
		RECORD(mmput),
		RECORD(mmput_ret),
		RECORD(exit_mmap),
		RECORD(free),
		RECORD(snap),
		RECORD(get_task_mm),
		RECORD(mm_access),
		RECORD(proc_mem_open),
		RECORD(mem_rw),
		RECORD(mem_release),
		RECORD(khugepaged_enter),
		RECORD(khugepaged_enter_ret),
		RECORD(khugepaged_exit),
		RECORD(use_mm),
		RECORD(use_mm_ret),
		RECORD(unuse_mm),
		RECORD(unuse_mm_ret),
		RECORD(flush_range),
		RECORD(batch_add),
		RECORD(flush_ipi),
		RECORD(flush_func),
		RECORD(leave_mm),
		RECORD(idle_exit),
		RECORD(finish_cpu),
#undef RECORD
	};

	return handlers[kind];
}

/* --- opening and closing ------------------------------------------------ */

static bool boot(struct import *im)
{
	struct input in;
	uint32_t cpus = world_now(im)->max.cpus;

	for (uint32_t i = 0; i < cpus && drive_boot(world_now(im), i, &in);
	     i++) {
		if (world_cpu(world_now(im), i)->online != CPU_OFFLINE)
			continue;
		give(im, &in);
		while (!im->failed &&
		       drive_next(world_now(im), im->p, i, true, &in))
			give(im, &in);
	}
	return !im->failed;
}

/* Tasks that boot has made are known by their pids. */
static void know_the_booted(struct import *im)
{
	const struct world *w = world_now(im);

	for (task_id t = w->max.cpus + 1; t < w->max.tasks; t++)
		if (world_task(w, t)->slot == SLOT_LIVE)
			bind_pid(im, world_task_shown(w, t)->pid, t);
	for (cpu_id c = 0; c < w->max.cpus; c++)
		im->task[world_cpu(w, c)->idle].mm_known = true;
	if (im->scout.init_mm)
		bind_mm(im, im->scout.init_mm, MM_INIT);
}

static bool prepare(struct import *im, const char *path, struct text *why)
{
	im->path = am_strdup(path);
	im->r = am_calloc(1, sizeof *im->r);
	im->cpu = am_calloc(world_now(im)->max.cpus, sizeof *im->cpu);
	if (im->path && im->r && im->cpu && known_fit(im) && boot(im))
		know_the_booted(im);
	else
		im->failed = true;
	if (im->failed) {
		text_add(why, "out of memory");
		return false;
	}
	im->stream = stream_open(path, why);
	return im->stream != NULL;
}

struct import *import_open(const char *path, const struct scout *scout,
			   const struct import_host *host, struct text *why)
{
	struct import *im = am_calloc(1, sizeof *im);

	if (!im) {
		text_add(why, "out of memory");
		return NULL;
	}
	im->host = *host;
	im->p = host->program;
	im->scout = *scout;
	if (prepare(im, path, why))
		return im;
	import_close(im);
	return NULL;
}

void import_close(struct import *im)
{
	if (!im)
		return;
	stream_close(im->stream);
	bindings_free(&im->addresses);
	bindings_free(&im->pids);
	text_free(&im->score.differences);
	am_free(im->mm);
	am_free(im->task);
	am_free(im->cpu);
	am_free(im->r);
	am_free(im->path);
	am_free(im);
}

/* --- records ------------------------------------------------------------ */

/* What comes while a flush of this CPU goes on. */
static bool part_of_flush(enum record_kind kind)
{
	switch (kind) {
	case REC_flush_ipi:
	case REC_flush_func:
	case REC_flush_func_ret:
	case REC_flush_one:
	case REC_flush_local:
	case REC_tlb_flush:
	case REC_switch_mm:
	case REC_switch_mm_ret:
	case REC_cr3_0:
	case REC_cr3_1:
		return true;
	default:
		return false;
	}
}

/* Before the CPUs are known only tasks and counters are learned. */
static void do_early(struct import *im)
{
	const struct trace_record *r = im->r;
	mm_id mm;

	if (r->kind == REC_snap) {
		on_snap(im);
	} else if (r->kind == REC_get_task_mm) {
		on_get_task_mm(im);
	} else if (r->kind == REC_mmput) {
		mm = mm_found(im, r->f.mm);
		if (mm == MM_NONE || !take_unit(im, mm, UNIT_USER, ""))
			return;
		FORCE(im, MM, mm, mm, mm_users,
		      world_mm(world_now(im), mm)->mm_users - 1);
	}
}

/* The task of a line is the one that its CPU runs. */
static void runs_here(struct import *im)
{
	const struct trace_record *r = im->r;
	const struct cpu *cpu = world_cpu(world_now(im), r->cpu);
	task_id t;

	if (cpu->sched_stack != STACK_NONE || r->kind == REC_sched_switch ||
	    pid_of(im, cpu->current) == r->pid)
		return;
	diverge(im, "pid %u is not running on cpu%u", r->pid, r->cpu);
	t = task_known_as(im, r->pid, r->cpu, r->comm);
	put_on_cpu(im, r->cpu, t);
}

static void do_record(struct import *im)
{
	const struct trace_record *r = im->r;
	handler *h = handler_of(r->kind);

	judge_asides(im, r->cpu, false);
	if (!part_of_flush(r->kind))
		close_flush(im, r->cpu);
	im->fresh = false;
	if (r->kind == REC_lost)
		diverge(im, "the recorder lost events on cpu%u", r->cpu);
	if (!im->scout.probes) {
		if (r->kind == REC_sched_switch)
			on_plain_switch(im);
		return;
	}
	if (!im->started && r->cpus)
		begin_with(im, r);
	if (!im->started)
		do_early(im);
	else if (h) {
		runs_here(im);
		h(im);
	}
}

static bool fits_machine(const struct import *im)
{
	uint32_t cpus = world_now(im)->max.cpus;

	return im->r->cpu < cpus && im->r->cpus <= cpus;
}

static void end(struct import *im)
{
	if (im->ended)
		return;
	im->ended = true;
	judge_asides(im, 0, true);
	for (cpu_id c = 0; c < world_now(im)->max.cpus; c++)
		close_flush(im, c);
}

static enum import_result fail(struct import *im, struct text *why,
			       const char *cause)
{
	escape_text(why, im->path, strlen(im->path));
	text_addf(why, ":%" PRIu64 ": %s", im->r->line, cause);
	return IMPORT_FAILED;
}

enum import_result import_next(struct import *im, struct text *why)
{
	switch (stream_next(im->stream, im->r, why)) {
	case STREAM_FAILED:
		return IMPORT_FAILED;
	case STREAM_END:
		end(im);
		return im->failed ? fail(im, why, "out of memory") : IMPORT_END;
	case STREAM_RECORD:
		break;
	}
	if (!fits_machine(im))
		return fail(im, why, "the machine has no such CPU");
	do_record(im);
	explain_asides(im);
	if (im->failed)
		return fail(im, why, "out of memory");
	if (im->score.divergences > DIVERGENCES_MAX)
		return fail(im, why, "not a recording that can be followed");
	return IMPORT_RECORD;
}

uint64_t import_line(const struct import *im)
{
	return im->r->line;
}

const char *import_event(const struct import *im)
{
	return record_event_name(im->r->kind);
}

const struct score *import_score(const struct import *im)
{
	return &im->score;
}
