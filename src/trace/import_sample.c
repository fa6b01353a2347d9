/*
 * import_sample.c - what a record says of each CPU, against what it is
 *
 * A CPU reads the others one after the other, and they run on.  So where a
 * reading of another CPU shows a task that is not there, it is set aside until
 * the next record of the CPU that read it: if the whole sample was so at some
 * moment until then, or each field that differs was so very soon, the sample
 * is late or mixes moments (it is torn) and is not counted.  Readings of the
 * own CPU are never set aside, and neither are those that differ in the loaded
 * mm or laziness alone.
 */
#include "trace/import_compare.h"
#include "trace/import_known.h"
#include "trace/import_records.h"

enum { MIXED_US = 500, LATE_US = 10000 };
enum { F_PID = 1, F_MM = 2, F_ACTIVE = 4, F_LOADED = 8, F_LAZY = 16 };

static struct trace_cpu cpu_now(const struct import *im, cpu_id c)
{
	const struct world *w = world_now(im);
	const struct cpu *cpu = world_cpu(w, c);
	const struct task *t = world_task(w, cpu->current);

	return (struct trace_cpu){
		.mm = address_of(im, ref_mm(t->mm)),
		.active_mm = address_of(im, ref_mm(t->active_mm)),
		.loaded_mm = address_of(im, ref_mm(cpu->loaded_mm)),
		.prev_mm = address_of(im, ref_mm(cpu->prev_mm)),
		.pid = pid_of(im, cpu->current),
		.is_lazy = cpu->is_lazy,
	};
}

/* The fields that differ, as bits. */
static uint32_t differing(const struct trace_cpu *a, const struct trace_cpu *b)
{
	return (a->pid != b->pid ? F_PID : 0u) | (a->mm != b->mm ? F_MM : 0u) |
	       (a->active_mm != b->active_mm ? F_ACTIVE : 0u) |
	       (a->loaded_mm != b->loaded_mm ? F_LOADED : 0u) |
	       (a->is_lazy != b->is_lazy ? F_LAZY : 0u);
}

static void score_sample(struct import *im, const struct aside *a)
{
	cpu_id c = a->cpu;
	const struct trace_cpu *e = &a->expected, *s = &a->seen;

	if (e->pid != s->pid) {
		diverge(im, "line %" PRIu64 " has pid %u on cpu%u, not %u",
			a->line, s->pid, c, e->pid);
		return;
	}
	if (e->mm != s->mm)
		diverge(im,
			"line %" PRIu64 " has mm 0x%" PRIx64
			" for pid %u, not 0x%" PRIx64,
			a->line, s->mm, s->pid, e->mm);
	compare_of_cpu(im, MEASURE_active_mm, a->line, c,
		       (uint64_t[]){ e->active_mm, s->active_mm });
	compare_of_cpu(im, MEASURE_loaded_mm, a->line, c,
		       (uint64_t[]){ e->loaded_mm, s->loaded_mm });
	compare_of_cpu(im, MEASURE_is_lazy, a->line, c,
		       (uint64_t[]){ e->is_lazy, s->is_lazy });
}

void explain_asides(struct import *im)
{
	for (uint32_t i = 0; i < im->asides; i++) {
		struct aside *a = &im->aside[i];
		struct trace_cpu now = cpu_now(im, a->cpu);
		uint32_t differs = differing(&a->seen, &now);
		uint64_t after = im->r->time_us - a->time_us;

		if (after <= MIXED_US || (after <= LATE_US && !differs))
			a->unexplained &= differs;
	}
}

static void judge(struct import *im, const struct aside *a)
{
	if (a->unexplained)
		score_sample(im, a);
	else
		im->score.torn++;
}

void judge_asides(struct import *im, cpu_id reader, bool all)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < im->asides; i++)
		if (all || im->aside[i].reader == reader)
			judge(im, &im->aside[i]);
		else
			im->aside[kept++] = im->aside[i];
	im->asides = kept;
}

static void read_sample(struct import *im, cpu_id c, const struct trace_cpu *s)
{
	task_id t = world_cpu(world_now(im), c)->current;
	struct aside a = { .line = im->r->line,
			   .time_us = im->r->time_us,
			   .cpu = c,
			   .reader = im->r->cpu,
			   .seen = *s };

	if (!im->task[t].mm_known && s->pid == pid_of(im, t))
		learn_mm(im, t, mm_known_as(im, s->mm));
	a.expected = cpu_now(im, c);
	a.unexplained = differing(&a.expected, s);
	if (c == im->r->cpu || im->asides == ASIDES_MAX ||
	    !(a.unexplained & (F_PID | F_MM | F_ACTIVE)))
		score_sample(im, &a);
	else
		im->aside[im->asides++] = a;
}

void read_samples(struct import *im)
{
	const struct trace_record *r = im->r;

	if (im->fresh)
		return;
	for (cpu_id c = 0; c < r->cpus; c++) {
		catch_up(im, c, r->cpu_state[c].pid);
		read_sample(im, c, &r->cpu_state[c]);
	}
}
