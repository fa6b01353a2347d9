/*
 * import_compare.c - what the kernel said against what the machine says
 *
 * Values in a record are those before its effect, so they are compared first.
 * One allowance is made, by rule: where the kernel does a step at a time of its
 * own, without a record (the last drop of a final mmput, khugepaged's grab), a
 * reading that has it done is the sign that it is done.
 */
#include "trace/import_compare.h"
#include "trace/import_known.h"
#include "trace/import_walk.h"

#include <stdarg.h>
#include <string.h>

#include "base/escape.h"

enum { COUNTER_MAX = 1 << 22 };

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
		    m == MEASURE_users || m == MEASURE_count ? "%" PRId64
							     : "0x%" PRIx64,
		    pair[0], pair[1]);
}

void compare_of_cpu(struct import *im, enum measure m, uint64_t line, cpu_id c,
		    const uint64_t pair[2])
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
	add_of_mm(
		im, MEASURE_count, im->r->line, address,
		(uint64_t[]){ count == m->mm_count + 1u && in_khugepaged(im, mm)
				      ? count
				      : m->mm_count,
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

uint64_t mask_of(const struct import *im, mm_id mm)
{
	const struct world *w = world_now(im);
	uint64_t mask = mm_cpumask(w, mm)[0];

	if (w->mask_words > 1)
		mask |= (uint64_t)mm_cpumask(w, mm)[1] << 32;
	return mask;
}

void compare_mask(struct import *im, mm_id mm, uint64_t recorded)
{
	add_of_mm(im, MEASURE_mm_cpumask, im->r->line, im->mm[mm].address,
		  (uint64_t[]){ mask_of(im, mm), recorded });
}

void report_flush(struct import *im, cpu_id c, const struct open_flush *f)
{
	uint64_t self = c < 64 ? UINT64_C(1) << c : 0;

	if ((f->want | f->ran) & ~self)
		im->score.remote++;
	add_of_mm(im, MEASURE_flush, f->line, f->address,
		  (uint64_t[]){ f->want, f->ran });
}

void compare_active(struct import *im, cpu_id c, task_id t, uint64_t recorded)
{
	mm_id active = ref_mm(world_task(world_now(im), t)->active_mm);

	compare_of_cpu(im, MEASURE_active_mm, im->r->line, c,
		       (uint64_t[]){ address_of(im, active), recorded });
}
