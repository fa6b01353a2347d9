/*
 * compare.c - what the kernel said against what the machine says
 *
 * Values in a record are those before its effect, so they are compared first.
 * Two allowances are made, by rule.  A sample of another CPU that already shows
 * its next task just before its switch was read while that CPU ran: it mixes
 * two moments and is not counted.  And where the kernel may do a step without
 * a record (the last drop of a final mmput), a reading that has it done is
 * taken as the sign that it is done.
 */
#include "trace/import_parts.h"

#include <stdarg.h>
#include <string.h>

#include "base/escape.h"

enum { TORN_US = 1000, COUNTER_MAX = 1 << 22 };

/* --- saying it ---------------------------------------------------------- */

static struct text *begin_line(struct import *im, uint64_t line)
{
	struct text *t = &im->score.differences;

	escape_text(t, im->path, strlen(im->path));
	text_addf(t, ":%" PRIu64 ": ", line);
	return t;
}

void diverge(struct import *im, const char *format, ...)
{
	va_list args;
	struct text *t;

	im->score.divergences++;
	if (im->score.shown >= DIFFERENCES_SHOWN)
		return;
	im->score.shown++;
	t = begin_line(im, im->r->line);
	text_add(t, "divergence: ");
	va_start(args, format);
	text_addv(t, format, args);
	va_end(args);
	text_addc(t, '\n', 1);
}

/* "mm7 (0xff11...)", "init_mm", "NULL" */
static void put_address(const struct import *im, struct text *t,
			uint64_t address)
{
	mm_id mm = mm_found(im, address);

	if (address == 0)
		text_add(t, "NULL");
	else if (address == 1)
		text_add(t, "LOADED_MM_SWITCHING");
	else if (mm == MM_INIT)
		text_add(t, "init_mm");
	else if (mm != MM_NONE)
		text_addf(t, "mm%u (0x%" PRIx64 ")",
			  world_mm_shown(world_now(im), mm)->serial, address);
	else
		text_addf(t, "0x%" PRIx64, address);
}

static void put_numbers(struct text *t, const char *format, uint64_t expected,
			uint64_t recorded)
{
	text_add(t, ": expected ");
	text_addf(t, format, expected);
	text_add(t, ", recorded ");
	text_addf(t, format, recorded);
	text_addc(t, '\n', 1);
}

static void add_of_mm(struct import *im, enum measure m, uint64_t line,
		      uint64_t address, const uint64_t pair[2])
{
	struct text *t;

	if (score_add(&im->score, m, pair[0] == pair[1]))
		return;
	t = begin_line(im, line);
	put_address(im, t, address);
	text_addf(t, " %s", measure_name(m));
	put_numbers(t,
		    m == MEASURE_users || m == MEASURE_count ?
			    "%" PRId64 :
			    "0x%" PRIx64,
		    pair[0], pair[1]);
}

static void add_of_cpu(struct import *im, enum measure m, uint64_t line,
		       cpu_id c, const uint64_t pair[2])
{
	struct text *t;

	if (score_add(&im->score, m, pair[0] == pair[1]))
		return;
	t = begin_line(im, line);
	text_addf(t, "cpu%u %s", c, measure_name(m));
	if (m == MEASURE_is_lazy) {
		put_numbers(t, "%" PRIu64, pair[0], pair[1]);
		return;
	}
	text_add(t, ": expected ");
	put_address(im, t, pair[0]);
	text_add(t, ", recorded ");
	put_address(im, t, pair[1]);
	text_addc(t, '\n', 1);
}

/* --- counters ----------------------------------------------------------- */

/* khugepaged_enter takes its count before it returns, at a time of its own. */
static bool in_khugepaged(const struct import *im, mm_id mm)
{
	const struct world *w = world_now(im);

	for (task_id t = 1; t < w->max.tasks; t++)
		if (im->task[t].scanned == mm && world_task(w, t)->slot)
			return true;
	return false;
}

/* A final mmput drops its count after exit_mmap, at a time of its own. */
static void drop_owed(struct import *im, mm_id mm)
{
	uint32_t cpus = world_now(im)->max.cpus;

	for (cpu_id c = 0; c < cpus; c++) {
		const struct flat_op *op = next_op(im, c);

		if (!op || op->code != FLAT_DO || op->what != ST_dec_count ||
		    !(op->windows & W_SLEEP) || mm_at(im, c) != mm)
			continue;
		carry_on(im, c);
		return;
	}
}

static void compare_counts(struct import *im, mm_id mm, uint64_t users,
			   uint64_t count)
{
	uint64_t address = im->mm[mm].address;
	const struct mm *m = world_mm(world_now(im), mm);

	add_of_mm(im, MEASURE_users, im->r->line, address,
		  (uint64_t[]){ m->mm_users, users });
	if (count + 1 == m->mm_count)
		drop_owed(im, mm);
	m = world_mm(world_now(im), mm);
	add_of_mm(im, MEASURE_count, im->r->line, address,
		  (uint64_t[]){ count == m->mm_count + 1u &&
						in_khugepaged(im, mm) ?
					count :
					m->mm_count,
				count });
}

void read_counts(struct import *im, uint64_t address, uint64_t users,
		 uint64_t count)
{
	mm_id mm = mm_known_as(im, address);

	if (mm == MM_NONE)
		return;
	if (im->mm[mm].counted && im->started) {
		compare_counts(im, mm, users, count);
		return;
	}
	if (users > COUNTER_MAX || count > COUNTER_MAX)
		diverge(im,
			"0x%" PRIx64 " cannot have users %" PRId64
			" and count %" PRId64,
			address, (int64_t)users, (int64_t)count);
	else
		adopt(im, mm, (uint32_t)users, (uint32_t)count);
}

void compare_mask(struct import *im, mm_id mm, uint64_t recorded)
{
	const struct world *w = world_now(im);
	uint64_t mask = mm_cpumask(w, mm)[0];

	if (w->mask_words > 1)
		mask |= (uint64_t)mm_cpumask(w, mm)[1] << 32;
	add_of_mm(im, MEASURE_mm_cpumask, im->r->line, im->mm[mm].address,
		  (uint64_t[]){ mask, recorded });
}

void report_flush(struct import *im, cpu_id c, const struct open_flush *f)
{
	uint64_t self = c < 64 ? UINT64_C(1) << c : 0;

	if ((f->want | f->ran) & ~self)
		im->score.remote++;
	add_of_mm(im, MEASURE_flush, f->line, f->address,
		  (uint64_t[]){ f->want, f->ran });
}

/* --- CPUs --------------------------------------------------------------- */

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

static bool agree(const struct trace_cpu *a, const struct trace_cpu *b)
{
	return a->pid == b->pid && a->mm == b->mm &&
	       a->active_mm == b->active_mm && a->loaded_mm == b->loaded_mm &&
	       a->is_lazy == b->is_lazy;
}

static void score_sample(struct import *im, cpu_id c, const struct aside *a)
{
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
	add_of_cpu(im, MEASURE_active_mm, a->line, c,
		   (uint64_t[]){ e->active_mm, s->active_mm });
	add_of_cpu(im, MEASURE_loaded_mm, a->line, c,
		   (uint64_t[]){ e->loaded_mm, s->loaded_mm });
	add_of_cpu(im, MEASURE_is_lazy, a->line, c,
		   (uint64_t[]){ e->is_lazy, s->is_lazy });
}

/* Does the sample already show the task that @c now switches to? */
static bool shows_next(const struct import *im, const struct aside *a,
		       const struct trace_record *r)
{
	task_id next = r->kind == REC_sched_switch ?
			       task_found(im, (uint32_t)r->f.next, r->cpu) :
			       TASK_NONE;
	uint64_t mm;

	if (next == TASK_NONE || r->time_us - a->time_us > TORN_US)
		return false;
	mm = address_of(im, ref_mm(world_task(world_now(im), next)->mm));
	return (a->seen.pid != a->expected.pid &&
		a->seen.pid == r->f.next) ||
	       (a->seen.mm != a->expected.mm && a->seen.mm == mm) ||
	       (a->seen.active_mm != a->expected.active_mm &&
		a->seen.active_mm == mm);
}

void judge_asides(struct import *im, cpu_id c)
{
	struct known_cpu *cpu = &im->cpu[c];

	for (uint32_t i = 0; i < cpu->asides; i++)
		if (!im->ended && shows_next(im, &cpu->aside[i], im->r))
			im->score.torn++;
		else
			score_sample(im, c, &cpu->aside[i]);
	cpu->asides = 0;
}

static void read_sample(struct import *im, cpu_id c, const struct trace_cpu *s)
{
	struct known_cpu *cpu = &im->cpu[c];
	task_id t = world_cpu(world_now(im), c)->current;
	struct aside a = { im->r->line, im->r->time_us, *s, { 0 } };

	if (!im->task[t].mm_known && s->pid == pid_of(im, t))
		learn_mm(im, t, mm_known_as(im, s->mm));
	a.expected = cpu_now(im, c);
	if (c == im->r->cpu || agree(&a.expected, s) ||
	    cpu->asides == ASIDE_MAX)
		score_sample(im, c, &a);
	else
		cpu->aside[cpu->asides++] = a;
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

void compare_active(struct import *im, cpu_id c, task_id t, uint64_t recorded)
{
	mm_id active = ref_mm(world_task(world_now(im), t)->active_mm);

	add_of_cpu(im, MEASURE_active_mm, im->r->line, c,
		   (uint64_t[]){ address_of(im, active), recorded });
}
