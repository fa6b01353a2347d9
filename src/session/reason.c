/*
 * reason.c - the table of reasons
 */
#include "session/reason.h"

#include <string.h>

#include "base/escape.h"
#include "session/held.h"
#include "session/show.h"

enum direction { ANY, UP, DOWN, TO_ZERO, TO_NULL, TO_MM };

/*
 * The first row that fits is the reason.  In the texts stand, for what is
 * known of the moment:
 *
 *	%t current task	%p prev	%n next	%c CPU	%m the mm before
 *	%f innermost function	%h outside holder	%o who is left
 *	%s what the statement calls
 */
struct rule {
	enum fact fact;
	enum direction direction;
	enum path_id in; /* anywhere in the chain; PATH_NONE: always */
	bool (*when)(const struct happening *h);
	const char *human, *plain; /* plain NULL: as human */
};

/* --- what a row may ask --------------------------------------------------- */

task_id happening_prev(const struct happening *h)
{
	uint32_t s = h->actor < h->w->max.cpus
			     ? world_cpu(h->w, h->actor)->sched_stack
			     : STACK_NONE;

	return s ? world_stack(h->w, s)->task[0] : TASK_NONE;
}

task_id happening_next(const struct happening *h)
{
	uint32_t s = h->actor < h->w->max.cpus
			     ? world_cpu(h->w, h->actor)->sched_stack
			     : STACK_NONE;

	return s ? world_stack(h->w, s)->task[1] : TASK_NONE;
}

static bool has_mm(const struct happening *h, task_id t)
{
	return ref_mm(world_task(h->w, t)->mm) != MM_NONE;
}

static bool borrows_from_user(const struct happening *h)
{
	return h->object == happening_next(h) && has_mm(h, happening_prev(h));
}

static enum statement_id statement_of(const struct happening *h)
{
	const struct frame *f = &h->chain->frame[h->chain->depth - 1];

	return (enum statement_id)h->p->path[f->path]->ops[f->index].what;
}

/* Before 5.4 each borrower took a count of its own. */
static bool loan_moves(const struct happening *h)
{
	return h->object == happening_next(h) && statement_of(h) == ST_set;
}

static bool borrows_from_kernel(const struct happening *h)
{
	return h->object == happening_next(h);
}

static bool loan_moved(const struct happening *h)
{
	return !has_mm(h, happening_next(h)) && statement_of(h) == ST_clear &&
	       ref_mm(world_cpu(h->w, h->actor)->prev_mm) == MM_NONE;
}

static bool is_2_2(const struct happening *h)
{
	return has_one_count(h->w);
}

struct only {
	unsigned holders;
	struct held last;
};

static bool count_holder(void *context, const struct held *h)
{
	struct only *only = context;

	if (h->unit == OWNS_COUNT) {
		only->holders += h->number;
		only->last = *h;
	}
	return true;
}

/* One task is left that borrows @h->object, and nobody else holds it. */
static task_id only_borrower(const struct happening *h)
{
	struct only only = { 0 };

	held_each(h->w, h->object, count_holder, &only);
	return only.holders == 1 && only.last.at == HELD_TASK_ACTIVE
		       ? only.last.object
		       : TASK_NONE;
}

static bool one_is_left(const struct happening *h)
{
	return only_borrower(h) != TASK_NONE;
}

/* --- the table ------------------------------------------------------------ */

static const struct rule rules[] = {
	{ FACT_COUNT, UP, PATH___schedule, NULL, "%s",
	  "%n borrows it on CPU %c" },
	{ FACT_COUNT, UP, PATH_exit_mm, NULL,
	  "exit_mm: %t becomes a lazy user of its own mm",
	  "%t becomes a lazy user of its own mm, in exit_mm" },
	{ FACT_COUNT, UP, PATH_kthread_use_mm, NULL,
	  "mmgrab: a real use, not a lazy one", NULL },
	{ FACT_COUNT, UP, PATH_kthread_unuse_mm, NULL, "%s: now a borrower",
	  "%t is a borrower from now on" },
	{ FACT_COUNT, UP, PATH_sched_init, NULL,
	  "sched_init: a second time for one borrower", NULL },
	{ FACT_COUNT, UP, PATH_cpu_init, NULL,
	  "cpu_init: the idle task borrows it", NULL },
	{ FACT_COUNT, UP, PATH_start_lazy_tlb, NULL,
	  "start_lazy_tlb: %t borrows its own mm", NULL },
	{ FACT_COUNT, UP, PATH_sched_force_init_mm, NULL,
	  "sched_force_init_mm: a CPU that goes borrows it", NULL },
	{ FACT_COUNT, UP, PATH_NONE, NULL, "%f by %h", NULL },

	{ FACT_COUNT, DOWN, PATH___mmput, one_is_left,
	  "only %o holds it: zombie",
	  "the users' one reference is dropped, only %o is left: a zombie" },
	{ FACT_COUNT, DOWN, PATH___mmput, NULL,
	  "the users' one reference is dropped", NULL },
	{ FACT_COUNT, DOWN, PATH_mmput, one_is_left, "only %o holds it: zombie",
	  "the users' one reference is dropped, only %o is left: a zombie" },
	{ FACT_COUNT, DOWN, PATH_mmput, NULL,
	  "the users' one reference is dropped", NULL },
	{ FACT_COUNT, DOWN, PATH_finish_task_switch, NULL,
	  "%f in finish_task_switch",
	  "CPU %c gives back what was borrowed, after the switch" },
	{ FACT_COUNT, DOWN, PATH___schedule, NULL, "%f, before switch_to",
	  "CPU %c gives back what was borrowed, before the switch" },
	{ FACT_COUNT, DOWN, PATH_end_lazy_tlb, NULL, "%f(active_mm)",
	  "%t gives back what it borrowed" },
	{ FACT_COUNT, DOWN, PATH_idle_task_exit, NULL,
	  "idle_task_exit gives its own loan back", NULL },
	{ FACT_COUNT, DOWN, PATH_sched_force_init_mm, NULL,
	  "sched_force_init_mm: its loan is given back", NULL },
	{ FACT_COUNT, DOWN, PATH_exec_mmap, NULL, "%f(active_mm)",
	  "%t gives back what it borrowed" },
	{ FACT_COUNT, DOWN, PATH_kthread_use_mm, NULL, "%f(old active_mm)",
	  "%t gives back what it borrowed before" },
	{ FACT_COUNT, DOWN, PATH_kthread_unuse_mm, NULL,
	  "mmdrop: the real use ends", NULL },
	{ FACT_COUNT, DOWN, PATH_finish_cpu, NULL,
	  "finish_cpu: the dead CPU's borrow",
	  "the borrow of the dead CPU's idle task is given back" },
	{ FACT_COUNT, DOWN, PATH_NONE, NULL, "%f by %h", NULL },

	{ FACT_USERS, UP, PATH_kthread_create, is_2_2,
	  "CLONE_VM: a kernel thread has init_mm", NULL },
	{ FACT_USERS, UP, PATH_rest_init, is_2_2,
	  "CLONE_VM: init has init_mm until it execs", NULL },
	{ FACT_USERS, TO_ZERO, PATH_NONE, is_2_2, "mmput, last user",
	  "the last user is gone, and with it all of it" },
	{ FACT_USERS, UP, PATH_sys_clone, NULL, "mmget: a thread shares it",
	  NULL },
	{ FACT_USERS, UP, PATH_sys_vfork, NULL,
	  "mmget: the child shares it for now", NULL },
	{ FACT_USERS, UP, PATH_NONE, NULL, "%f by %h", NULL },
	{ FACT_USERS, TO_ZERO, PATH_exec_mmap, NULL, "mmput(old): exit_mmap",
	  "%t was its last user: its memory is torn down" },
	{ FACT_USERS, DOWN, PATH_exec_mmap, NULL, "mmput(old)",
	  "%t leaves it" },
	{ FACT_USERS, TO_ZERO, PATH_exit_mm, NULL,
	  "mmput, last user: exit_mmap",
	  "%t was its last user: its memory is torn down" },
	{ FACT_USERS, DOWN, PATH_exit_mm, NULL, "mmput", "%t leaves it" },
	{ FACT_USERS, TO_ZERO, PATH_holder_mmput_async, NULL,
	  "mmput_async by %h: __mmput is queued", NULL },
	{ FACT_USERS, TO_ZERO, PATH_NONE, NULL,
	  "mmput by %h, last user: exit_mmap", NULL },
	{ FACT_USERS, DOWN, PATH_NONE, NULL, "mmput by %h", NULL },

	{ FACT_ACTIVE, ANY, PATH_do_shoot_lazy_tlb, NULL,
	  "shot: its borrow ends", NULL },
	{ FACT_ACTIVE, TO_MM, PATH___schedule, borrows_from_user,
	  "borrowed from %p", NULL },
	{ FACT_ACTIVE, TO_MM, PATH___schedule, loan_moves,
	  "kernel to kernel: the loan is handed on", "%p hands its loan on" },
	{ FACT_ACTIVE, TO_MM, PATH___schedule, borrows_from_kernel,
	  "kernel to kernel: a loan of its own", "%n borrows it too" },
	{ FACT_ACTIVE, TO_NULL, PATH___schedule, loan_moved, "no count changes",
	  NULL },
	{ FACT_ACTIVE, TO_NULL, PATH___schedule, NULL,
	  "gives the borrowed mm back", NULL },
	{ FACT_ACTIVE, ANY, PATH_exec_mmap, NULL, "exec_mmap, IRQs off", NULL },
	{ FACT_ACTIVE, ANY, PATH_kthread_use_mm, NULL, "with IRQs off", NULL },
	{ FACT_ACTIVE, ANY, PATH_idle_task_exit, NULL,
	  "idle_task_exit: nobody reads it again", NULL },
	{ FACT_ACTIVE, ANY, PATH_sched_force_init_mm, NULL,
	  "sched_force_init_mm, IRQs off", NULL },
	{ FACT_ACTIVE, ANY, PATH_end_lazy_tlb, NULL, "end_lazy_tlb", NULL },
	{ FACT_ACTIVE, TO_NULL, PATH_finish_cpu, NULL,
	  "finish_cpu: until cpu_init", NULL },
	{ FACT_ACTIVE, ANY, PATH_finish_cpu, NULL,
	  "finish_cpu: without a reference", NULL },
	{ FACT_MM, ANY, PATH_exit_mm, is_2_2, "not counted", NULL },
	{ FACT_MM, ANY, PATH_exec_mmap, is_2_2, "exec_mmap", NULL },
	{ FACT_MM, ANY, PATH_exit_mm, NULL, "active_mm stays %m", NULL },
	{ FACT_MM, ANY, PATH_start_lazy_tlb, NULL,
	  "active_mm stays %m; the caller keeps its user", NULL },
	{ FACT_MM, ANY, PATH_end_lazy_tlb, NULL,
	  "end_lazy_tlb: what the caller kept", NULL },
	{ FACT_MM, ANY, PATH_kthread_unuse_mm, NULL, "active_mm stays %m",
	  NULL },
	{ FACT_MM, ANY, PATH_exec_mmap, NULL, "exec_mmap, IRQs off", NULL },
	{ FACT_MM, ANY, PATH_kthread_use_mm, NULL, "with IRQs off", NULL },

	{ FACT_LOADED, ANY, PATH_NONE, is_2_2, "%f: the whole TLB is flushed",
	  NULL },
	{ FACT_LOADED, ANY, PATH_sched_force_init_mm, NULL,
	  "sched_force_init_mm: a CPU that goes leaves it", NULL },
	{ FACT_LOADED, ANY, PATH_leave_lazy_mm, NULL,
	  "lazy: %f loads swapper_pg_dir", NULL },
	{ FACT_LOADED, ANY, PATH_idle_task_exit, NULL,
	  "idle_task_exit: a dying CPU leaves it", NULL },
	{ FACT_LOADED, ANY, PATH_do_shoot_lazy_tlb, NULL, "do_shoot_lazy_tlb",
	  NULL },
	{ FACT_LOADED, ANY, PATH_alpha_switch_to, NULL,
	  "swpctx, with all registers of %n", NULL },
	{ FACT_LOADED, ANY, PATH___reload_thread, NULL, "%f: swpctx to itself",
	  NULL },
	{ FACT_LOADED, ANY, PATH_flush_tlb_func, NULL,
	  "lazy: leaves for init_mm", NULL },
	{ FACT_LOADED, ANY, PATH_NONE, NULL, "%f", NULL },
	{ FACT_LAZY, UP, PATH_NONE, NULL, "enter_lazy_tlb; CR3 not touched",
	  NULL },
	{ FACT_LAZY, DOWN, PATH_NONE, NULL, "%f", NULL },
	{ FACT_GEN, ANY, PATH_NONE, NULL, "inc_mm_tlb_gen", NULL },

	{ FACT_PTBR, ANY, PATH_enter_lazy_tlb, NULL,
	  "enter_lazy_tlb: what it borrows",
	  "enter_lazy_tlb writes the page table that it borrows" },
	{ FACT_PTBR, ANY, PATH_init_new_context, NULL, "%f", NULL },
	{ FACT_PTBR, ANY, PATH_NONE, NULL, "%f", NULL },
	{ FACT_PCB_ASN, ANY, PATH_NONE, NULL, "%f", NULL },
	{ FACT_ASN, ANY, PATH_NONE, NULL, "swpctx", NULL },
	{ FACT_CONTEXT, TO_ZERO, PATH_NONE, NULL,
	  "a new ASN when it runs here again", NULL },
	{ FACT_CONTEXT, ANY, PATH_NONE, NULL, "%f: a new ASN", NULL },
};

static bool goes(const struct happening *h, enum direction d)
{
	switch (d) {
	case UP:
		return h->new > h->old;
	case DOWN:
		return h->new < h->old;
	case TO_ZERO:
		return h->new == 0;
	case TO_NULL:
		return h->new == MM_NONE;
	case TO_MM:
		return h->new != MM_NONE;
	default:
		return true;
	}
}

static const struct rule *find_rule(const struct happening *h)
{
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		const struct rule *r = &rules[i];

		if (r->fact == h->fact && goes(h, r->direction) &&
		    (r->in == PATH_NONE || chain_has(h->chain, r->in)) &&
		    (!r->when || r->when(h)))
			return r;
	}
	return NULL;
}

/* --- the letters ---------------------------------------------------------- */

static void add_current(struct text *out, const struct happening *h)
{
	if (h->actor < h->w->max.cpus)
		show_task(out, h->w, world_cpu(h->w, h->actor)->current);
	else
		escape_name(out, h->label, NAME_COLUMNS);
}

/* "mmgrab" of "mmgrab(%a)", as this kernel says it. */
static void add_callee(struct text *out, const struct happening *h)
{
	const struct frame *f = &h->chain->frame[h->chain->depth - 1];
	const struct op *op = &h->p->path[f->path]->ops[f->index];
	const char *said =
		statement_template(h->p, (enum statement_id)op->what);

	text_append(out, said, strcspn(said, "("));
}

/* Outside holders act for themselves; else it is the current task. */
static void add_letter(struct text *out, const struct happening *h, char letter)
{
	const struct chain *c = h->chain;

	switch (letter) {
	case 'p':
		show_task(out, h->w, happening_prev(h));
		break;
	case 'n':
		show_task(out, h->w, happening_next(h));
		break;
	case 'c':
		text_addf(out, "%u", h->actor);
		break;
	case 'm':
		show_mm(out, h->w, h->old);
		break;
	case 'f':
		show_function(out, h->p,
			      (enum path_id)c->frame[c->depth - 1].path);
		break;
	case 's':
		add_callee(out, h);
		break;
	case 'o':
		show_task(out, h->w, only_borrower(h));
		break;
	default:
		add_current(out, h);
		break;
	}
}

void reason_write(struct text *out, const struct happening *h, enum form form)
{
	const struct rule *r = h->chain->depth ? find_rule(h) : NULL;
	const char *text;

	if (!r)
		return;
	text = form == FORM_PLAIN && r->plain ? r->plain : r->human;
	for (; *text; text++)
		if (*text == '%' && text[1])
			add_letter(out, h, *++text);
		else
			text_addc(out, *text, 1);
}
