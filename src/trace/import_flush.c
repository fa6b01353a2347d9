/*
 * import_flush.c - records of TLB flushes: who is asked, and who runs them
 *
 * The targets are predicted where the kernel picks them, at flush_ipi.  They
 * are scored when the flush is over: at the first other record of its CPU.
 */
#include "trace/import_compare.h"
#include "trace/import_known.h"
#include "trace/import_records.h"
#include "trace/import_walk.h"

static uint64_t bit_of(cpu_id c)
{
	return c < 64 ? UINT64_C(1) << c : 0;
}

/* CPUs that the flush of @c asks: its calls, and itself if it is next. */
static uint64_t asked(const struct import *im, cpu_id c)
{
	const struct world *w = world_now(im);
	const struct flat_op *op = next_op(im, c);
	uint64_t want = 0;

	for (cpu_id k = 0; k < w->max.cpus; k++)
		if (bit_in(cpu_pending(w, k), c))
			want |= bit_of(k);
	if (op && op->tracepoint == TP_flush_func)
		want |= bit_of(c);
	return want;
}

static bool begins_here(const struct import *im, mm_id mm)
{
	const struct flat_op *op = next_op(im, im->r->cpu);

	return op && op->tracepoint == TP_flush_range &&
	       mm_at(im, im->r->cpu) == mm;
}

static uint32_t pages_of(const struct trace_fields *f)
{
	uint64_t pages = (f->end - f->start) >> 12;

	return f->end == UINT64_MAX || pages >= UINT32_MAX ? 0
							   : (uint32_t)pages;
}

/* Flushes of @mm that other CPUs are inside of: some may not have begun it. */
static uint32_t others_inside(const struct import *im, mm_id mm)
{
	uint32_t cpus = world_now(im)->max.cpus, n = 0;

	for (cpu_id c = 0; c < cpus; c++)
		n += c != im->r->cpu && im->cpu[c].flush.open &&
		     im->cpu[c].flush.mm == mm;
	return n;
}

/*
 * tlb_gen as it is before this flush raises it.  It may be behind by a flush
 * that another CPU has just entered, and ahead by pages that were put off.
 */
static void read_gen(struct import *im, mm_id mm)
{
	struct known_mm *known = &im->mm[mm];
	uint64_t ours = world_mm(world_now(im), mm)->tlb_gen;
	uint64_t gen = im->r->f.gen;

	if (known->gen_known && gen <= ours &&
	    ours - gen <= others_inside(im, mm))
		return;
	if (known->gen_known && (gen < ours || gen - ours > known->put_off))
		diverge(im,
			"0x%" PRIx64 " has tlb_gen %" PRIu64 ", not %" PRIu64,
			im->r->f.mm, gen, ours);
	known->gen_known = true;
	known->put_off = 0;
	FORCE(im, MM, mm, mm, tlb_gen, (uint32_t)gen);
}

/* A page of a batched unmap: raises tlb_gen if it was mapped. */
void on_batch_add(struct import *im)
{
	mm_id mm = mm_found(im, im->r->f.mm);

	if (mm != MM_NONE)
		im->mm[mm].put_off++;
}

void on_flush_range(struct import *im)
{
	const struct trace_fields *f = &im->r->f;
	cpu_id c = im->r->cpu;
	mm_id mm = mm_known_as(im, f->mm);

	read_samples(im);
	if (mm == MM_NONE)
		return;
	compare_mask(im, mm, f->cpus);
	read_gen(im, mm);
	if (!begins_here(im, mm))
		start_path(im, c, PATH_flush_tlb_mm_range,
			   ARGS(ref_to(mm, OWNS_NOTHING), f->freed != 0,
				pages_of(f)));
	if (!reach(im, c, TP_flush_range))
		return;
	carry_on(im, c);
	im->cpu[c].flush = (struct open_flush){ .open = true,
						.line = im->r->line,
						.mm = mm,
						.address = f->mm,
						.want = asked(im, c) };
}

/* In the middle of a switch a mask bit changes at a time of its own. */
static bool others_switch(const struct import *im, cpu_id c)
{
	const struct world *w = world_now(im);

	for (cpu_id k = 0; k < w->max.cpus; k++)
		if (k != c && world_cpu(w, k)->sched_stack != STACK_NONE)
			return true;
	return false;
}

/* The request is the one of flush_range, to the CPUs of the mask. */
static void check_ipi(struct import *im, const struct open_flush *f)
{
	const struct trace_fields *told = &im->r->f;
	cpu_id c = im->r->cpu;

	if (mask_of(im, f->mm) != told->cpus && !others_switch(im, c))
		diverge(im,
			"0x%" PRIx64 " may be on CPUs 0x%" PRIx64
			", not 0x%" PRIx64,
			f->address, told->cpus, mask_of(im, f->mm));
	if (im->r->have & RF_BIT(freed) &&
	    told->freed != world_call(world_now(im), c)->freed_tables)
		diverge(im, "freed is %" PRIu64 ", not as in flush_range",
			told->freed);
}

void on_flush_ipi(struct import *im)
{
	cpu_id c = im->r->cpu;
	struct open_flush *f = &im->cpu[c].flush;

	if (!f->open || f->address != im->r->f.mm)
		return; /* a batched flush: no mm, no path of its own */
	if (!reach(im, c, TP_flush_ipi))
		return;
	check_ipi(im, f);
	carry_on(im, c);
	f->want = asked(im, c);
}

/* flush_tlb_func, and the leave for init_mm in it. */
static void run_flush_func(struct import *im, cpu_id c)
{
	const struct flat_op *op = next_op(im, c);

	while (op &&
	       (op->path == PATH_flush_tlb_func ||
		op->path == PATH_switch_mm_irqs_off) &&
	       step_once(im, c))
		op = next_op(im, c);
	settle(im, c);
}

static void run_remote(struct import *im, cpu_id c, cpu_id from)
{
	const struct world *w = world_now(im);
	bool asked_here = bit_in(cpu_pending(w, c), from) &&
			  world_cpu(w, c)->irq_stack == STACK_NONE;

	start_path(im, c, asked_here ? PATH_ipi_flush : PATH_flush_tlb_func,
		   ARGS(from));
	run_out(im, c, actor_stack(world_now(im), c));
	if (asked_here)
		settle(im, from);
}

/* What is flushed is what was asked for. */
static void check_request(struct import *im, cpu_id from)
{
	uint32_t gen = world_call(world_now(im), from)->new_tlb_gen;

	if (gen && gen != im->r->f.gen)
		diverge(im, "cpu%u flushes up to tlb_gen %" PRIu64 ", not %u",
			im->r->cpu, im->r->f.gen, gen);
}

void on_flush_func(struct import *im)
{
	cpu_id c = im->r->cpu;
	cpu_id from = (cpu_id)im->r->f.from;
	const struct flat_op *op;
	struct open_flush *f;

	read_samples(im);
	if (im->r->f.from >= world_now(im)->max.cpus) {
		diverge(im, "there is no cpu%" PRIu64, im->r->f.from);
		return;
	}
	f = &im->cpu[from].flush;
	if (f->open && f->address == im->r->f.mm) {
		f->ran |= bit_of(c);
		check_request(im, from);
	}
	op = next_op(im, c);
	if (from == c && op && op->tracepoint == TP_flush_func)
		run_flush_func(im, c);
	else
		run_remote(im, c, from);
}

void close_flush(struct import *im, cpu_id c)
{
	struct open_flush *f = &im->cpu[c].flush;
	const struct world *w;
	uint32_t stack;

	if (!f->open)
		return;
	f->open = false;
	report_flush(im, c, f);
	w = world_now(im);
	stack = actor_stack(w, c);
	if (f->want == f->ran || stack == STACK_NONE)
		return;
	/* Whom the kernel did not ask will not answer, and the call is over. */
	for (int i = 0; i < 64; i++) {
		const struct flat_op *op = next_op(im, c);

		if (!op || !program_inside(
				   im->p, world_stack(world_now(im), stack)->pc,
				   PATH_flush_tlb_mm_range))
			break;
		if (!step_once(im, c))
			stop_waiting(im, c);
	}
	settle(im, c);
}
