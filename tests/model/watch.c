/*
 * watch.c - what a recording of the engine would show
 *
 * A statement is seen by its tracepoint or its name, with the values that its
 * operands had before it ran.
 */
#include "watch.h"

#include <string.h>

static uint64_t ctx(const struct world *w, mm_id mm)
{
	return mm ? world_mm_shown(w, mm)->ctx_id : NAIVE_NO_MM;
}

void watch_init(struct watch *o, const struct world *w, const struct program *p)
{
	memset(o, 0, sizeof *o);
	o->w = w;
	o->p = p;
	o->flusher = UINT32_MAX;
	naive_init(&o->naive, w->max.cpus, p->profile.name,
		   p->profile.arch == ARCH_ALPHA);
}

/* --- before --------------------------------------------------------------- */

static uint64_t mm_operand(const struct world *w, const struct stack *s,
			   uint8_t operand, task_id t)
{
	switch (OPERAND_KIND(operand)) {
	case M(0):
		return ctx(w, ref_mm(s->mm[OPERAND_INDEX(operand)]));
	default:
		return operand == CUR_MM ? ctx(w, ref_mm(world_task(w, t)->mm))
					 : NAIVE_NO_MM;
	}
}

static uint32_t number_operand(const struct world *w, const struct stack *s,
			       uint8_t operand, uint32_t actor)
{
	uint32_t i = OPERAND_INDEX(operand);

	if (operand == SELF)
		return actor;
	if (OPERAND_KIND(operand) == T(0))
		return s->task[i];
	return OPERAND_KIND(operand) == N(0) ? s->number[i] : w->max.cpus;
}

static const struct flat_op *next_statement(const struct watch *o,
					    uint32_t actor)
{
	const struct flat_op *op = actor_op(o->w, o->p, actor);

	return op && op->code == FLAT_WAIT ? op + 1 : op;
}

struct sight watch_look(const struct watch *o, const struct input *in)
{
	const struct world *w = o->w;
	struct sight seen = { .actor = in->actor };
	const struct stack *s;
	bool cpu = in->actor < w->max.cpus;

	if (in->kind != IN_STEP || in->actor >= w->actors)
		return seen;
	seen.op = next_statement(o, in->actor);
	if (!seen.op)
		return seen;
	s = world_stack(w, actor_stack(w, in->actor));
	if (cpu) {
		seen.task = world_cpu(w, in->actor)->current;
		seen.scheduler = world_cpu(w, in->actor)->sched_stack != 0;
		seen.interrupt = world_cpu(w, in->actor)->irq_stack != 0;
	}
	seen.mm = mm_operand(w, s, seen.op->arg[0], seen.task);
	seen.object = number_operand(w, s, seen.op->arg[0], in->actor);
	if (seen.op->what == ST_read_info) {
		seen.object = number_operand(w, s, seen.op->arg[1], in->actor);
		seen.mm = ctx(w, world_call(w, seen.object)->mm);
	}
	return seen;
}

/* --- after ---------------------------------------------------------------- */

static bool outside(const struct watch *o, const struct sight *seen)
{
	return seen->actor >= o->w->max.cpus;
}

static struct doing *doing(struct watch *o, const struct sight *seen)
{
	return outside(o, seen) ? &o->holder[seen->actor - o->w->max.cpus]
				: &o->task[seen->task];
}

static void saw_new_task(struct watch *o, const struct sight *seen)
{
	uint32_t path = seen->op->path;
	uint64_t mm = o->naive.task[seen->task].mm;

	if (path == PATH_sys_fork)
		mm = doing(o, seen)->mm;
	else if (path == PATH_kthread_create || path == PATH_user_mode_thread ||
		 path == PATH_rest_init)
		mm = NAIVE_NO_MM;
	naive_new_task(&o->naive, seen->object, path == PATH_kthread_create,
		       mm);
	memset(&o->task[seen->object], 0, sizeof o->task[0]);
}

/* The task lets go of its mm and becomes a borrower of it. */
static void saw_null_into(struct watch *o, const struct sight *seen)
{
	if (seen->op->arg[0] == CUR_MM)
		naive_leaves_mm(&o->naive, seen->actor);
}

/* The task takes back what start_lazy_tlb() gave to its caller. */
static void saw_end_lazy(struct watch *o, const struct sight *seen)
{
	if (seen->op->path == PATH_end_lazy_tlb &&
	    (seen->op->arg[0] == CUR_MM || seen->op->arg[0] == CUR_ACTIVE))
		naive_back(&o->naive, seen->actor);
}

static void saw_switch_mm(struct watch *o, const struct sight *seen)
{
	struct doing *d = doing(o, seen);

	if (seen->scheduler && o->naive.rules.marks)
		naive_loads(&o->naive, seen->actor);
	if (seen->scheduler || seen->interrupt || d->done ||
	    (d->verb != VERB_kthread_use_mm && d->verb != VERB_exec &&
	     d->verb != VERB_anon_on && d->verb != VERB_cpu_down))
		return;
	d->done = true;
	if (d->verb == VERB_cpu_down)
		naive_to_init_mm(&o->naive, seen->actor);
	else if (d->verb != VERB_kthread_use_mm)
		naive_loads(&o->naive, seen->actor);
	else
		naive_uses_mm(&o->naive, seen->actor, d->mm);
}

/* 2.2: everybody, or nobody when it is the caller's alone. */
static uint32_t all_but_a_sole_user(const struct watch *o, uint32_t from,
				    uint64_t mm)
{
	uint32_t bits = 0;

	if (o->naive.task[o->naive.cpu[from].curr].mm == mm &&
	    naive_users(&o->naive, mm) == 1)
		return 0;
	for (uint32_t c = 0; c < o->w->max.cpus; c++)
		if (c != from && o->naive.cpu[c].online)
			bits |= 1u << c;
	return bits;
}

static uint32_t bits_to_call(const struct watch *o, uint32_t from, uint64_t mm)
{
	bool freed = world_call(o->w, from)->freed_tables != 0;
	uint32_t bits = 0;

	if (o->naive.rules.one_count)
		return all_but_a_sole_user(o, from, mm);
	for (uint32_t c = 0; c < o->w->max.cpus; c++)
		if (c != from && o->naive.cpu[c].online &&
		    naive_in_mask(&o->naive, c, mm) &&
		    (freed || o->naive.rules.calls_all ||
		     (o->naive.cpu[c].loaded_mm == mm &&
		      !naive_lazy(&o->naive, c))))
			bits |= 1u << c;
	return bits;
}

static void saw_flush_begin(struct watch *o, const struct sight *seen)
{
	o->alone = true;
	for (uint32_t a = 0; a < o->w->actors; a++)
		o->alone =
			o->alone && (a == seen->actor || !actor_stack(o->w, a));
	o->flusher = seen->actor;
	o->called = 0;
	o->must_call = bits_to_call(o, seen->actor, seen->mm);
}

/* With shootdown more may be called: a bit may stay too long. */
static void saw_flush_end(struct watch *o, const struct sight *seen)
{
	uint32_t called =
		!o->naive.rules.shot ? o->called : o->called & o->must_call;

	if (seen->actor == o->flusher && o->alone && called != o->must_call &&
	    !o->differs) {
		o->differs = "CPUs that a flush calls";
		o->expected = o->must_call;
		o->found = o->called;
	}
}

static void saw_tracepoint(struct watch *o, const struct sight *seen)
{
	switch (seen->op->tracepoint) {
	case TP_sched_switch:
		naive_switch(&o->naive, seen->actor, o->switch_to[seen->actor]);
		break;
	case TP_switch_mm:
		if (!o->naive.rules.marks)
			saw_switch_mm(o, seen);
		break;
	case TP_enter_lazy:
		naive_marked(&o->naive, seen->actor);
		break;
	case TP_exec_mmap:
		naive_exec(&o->naive, seen->actor, doing(o, seen)->mm);
		break;
	case TP_flush_range:
		saw_flush_begin(o, seen);
		break;
	case TP_flush_func:
		naive_flushed(&o->naive, seen->actor, seen->mm);
		break;
	case TP_leave_mm:
	case TP_idle_exit:
		naive_to_init_mm(&o->naive, seen->actor);
		break;
	default:
		break;
	}
}

static uint32_t holder_number(const struct watch *o, const struct sight *seen)
{
	return seen->actor - o->w->max.cpus;
}

static void saw_put(struct watch *o, const struct sight *seen)
{
	if (outside(o, seen))
		naive_release(&o->naive, holder_number(o, seen), NAIVE_USER);
	else
		naive_put(&o->naive, seen->task);
}

static void saw_get(struct watch *o, const struct sight *seen)
{
	const struct naive_task *t = &o->naive.task[seen->object];
	uint32_t h = holder_number(o, seen);
	uint64_t mm = seen->mm;

	if (!outside(o, seen))
		return;
	if (seen->op->what == ST_get_mm_of)
		mm = t->flagged ? NAIVE_NO_MM : t->mm;
	if (mm != NAIVE_NO_MM && naive_users(&o->naive, mm) > 0)
		naive_hold(&o->naive, h, NAIVE_USER, mm);
}

/* mmgrab and mmdrop by the outside; the work item of mmput_async. */
static void saw_outside(struct watch *o, const struct sight *seen)
{
	uint32_t h = holder_number(o, seen);
	uint8_t verb = doing(o, seen)->verb;

	if (seen->op->what == ST_mmgrab)
		naive_hold(&o->naive, h, NAIVE_COUNT, seen->mm);
	else if (seen->op->what == ST_dec_count && verb == VERB_mmdrop)
		naive_release(&o->naive, h, NAIVE_COUNT);
	else if (seen->op->what == ST_queue_mmput)
		naive_hold(&o->naive, (uint32_t)seen->mm, NAIVE_WORK, seen->mm);
	else if (seen->op->what == ST_take_work)
		naive_release(&o->naive, (uint32_t)seen->mm, NAIVE_WORK);
}

/* No mm when no slot was left. */
static void saw_new_mm(struct watch *o, const struct sight *seen)
{
	const struct stack *s =
		world_stack(o->w, actor_stack(o->w, seen->actor));
	mm_id mm = s ? ref_mm(s->mm[OPERAND_INDEX(seen->op->arg[0])]) : 0;

	if (mm == MM_NONE)
		return;
	doing(o, seen)->mm = ctx(o->w, mm);
	naive_makes_mm(&o->naive, seen->task, ctx(o->w, mm));
}

/* 2.2: a task gets another mm, or none of its own. */
static void saw_trade(struct watch *o, const struct sight *seen)
{
	if (seen->op->path == PATH_exec_mmap)
		naive_exec(&o->naive, seen->actor, doing(o, seen)->mm);
	else
		naive_exits_to_init(&o->naive, seen->actor);
}

static void saw_statement(struct watch *o, const struct sight *seen)
{
	switch ((enum statement_id)seen->op->what) {
	case ST_alloc_pid:
		saw_new_task(o, seen);
		break;
	case ST_mm_init:
		saw_new_mm(o, seen);
		break;
	case ST_trade:
		saw_trade(o, seen);
		break;
	case ST_load_pgd:
		naive_loads(&o->naive, seen->actor);
		break;
	case ST_dec_users:
		saw_put(o, seen);
		break;
	case ST_mmget:
	case ST_mmget_not_zero:
	case ST_get_mm_of:
		saw_get(o, seen);
		break;
	case ST_unset_kthread:
	case ST_set_task_comm:
		naive_through_exec(&o->naive, seen->actor);
		break;
	case ST_exit_notify:
		naive_zombie(&o->naive, seen->task);
		break;
	case ST_release_task:
		naive_reaped(&o->naive, seen->object);
		break;
	case ST_set_cpu_online:
		naive_cpu_up(&o->naive, seen->actor);
		break;
	case ST_wait_empty:
		*doing(o, seen) = (struct doing){ .verb = VERB_cpu_down };
		break;
	case ST_tlb_ok: /* until here a flush may find it lazy */
		saw_switch_mm(o, seen);
		break;
	case ST_copy:
	case ST_set:
		saw_end_lazy(o, seen);
		break;
	case ST_null_into:
		saw_null_into(o, seen);
		break;
	case ST_cpu_gone:
	case ST_clear_idle_mm:
	case ST_take_idle_mm:
		naive_cpu_dies(&o->naive, doing(o, seen)->verb);
		break;
	case ST_put_flush_tlb_info:
		saw_flush_end(o, seen);
		break;
	default:
		if (outside(o, seen))
			saw_outside(o, seen);
		break;
	}
}

static void began(struct watch *o, const struct input *in,
		  const struct verdict *v)
{
	struct doing now = { .verb = in->verb };

	if (in->verb == VERB_switch)
		o->switch_to[in->actor] = in->arg[0];
	if (in->verb == VERB_switch || in->verb == VERB_ipi ||
	    in->verb == VERB_anon_off ||
	    (in->verb >= VERB_wake && in->verb <= VERB_migrate))
		return;
	if (in->verb == VERB_spawn) {
		task_id t = o->w->max.tasks;

		while (world_task_shown(o->w, --t)->serial !=
		       o->w->next_task_serial - 1)
			;
		naive_new_task(&o->naive, t, false, o->w->last_mm_ctx_id);
		memset(&o->task[t], 0, sizeof o->task[t]);
		return;
	}
	if (in->verb == VERB_kthread_use_mm)
		now.mm = ctx(o->w, in->arg[0]);
	if (in->verb == VERB_cpu_down)
		now.verb = (uint8_t)in->arg[0];
	if (v->actor >= o->w->max.cpus)
		o->holder[v->actor - o->w->max.cpus] = now;
	else
		o->task[world_cpu(o->w, v->actor)->current] = now;
}

void watch_done(struct watch *o, const struct input *in,
		const struct verdict *v, const struct sight *seen,
		const struct event *events, size_t count)
{
	if (in->kind == IN_VERB) {
		o->alone = o->alone && in->verb == VERB_ipi;
		began(o, in, v);
		return;
	}
	if (!seen->op)
		return;
	for (size_t i = 0; i < count; i++)
		if (events[i].kind == EV_IPI_SENT &&
		    events[i].actor == o->flusher)
			o->called |= 1u << events[i].object;
	saw_tracepoint(o, seen);
	saw_statement(o, seen);
}

/* --- comparing ------------------------------------------------------------ */

static void differ(struct watch *o, const char *what, uint64_t expected,
		   uint64_t found)
{
	if (expected == found || o->differs)
		return;
	o->differs = what;
	o->expected = expected;
	o->found = found;
}

/* In vfork, or lazy of its own will: at rest for long. */
static bool sleeps(const struct world *w, const struct program *p, task_id t)
{
	const struct stack *s = world_stack(w, world_task(w, t)->stack);
	const struct flat_op *op = &p->flat[s->pc];

	return op->code == FLAT_WAIT &&
	       (op->what == CO_vfork_done || op->what == CO_synced);
}

bool world_quiet(const struct world *w, const struct program *p)
{
	for (uint32_t a = 0; a < w->max.cpus; a++)
		if (world_cpu(w, a)->irq_stack || world_cpu(w, a)->sched_stack)
			return false;
	for (uint32_t h = 1; h < w->max.holders; h++)
		if (world_holder(w, h)->stack)
			return false;
	for (task_id t = 1; t < w->max.tasks; t++)
		if (world_task(w, t)->stack && !sleeps(w, p, t))
			return false;
	return true;
}

static void compare_mask(struct watch *o, cpu_id c, mm_id mm)
{
	bool must = naive_in_mask(&o->naive, c, ctx(o->w, mm));
	bool has = bit_in(mm_cpumask(o->w, mm), c);

	/* With shootdown a bit may stay too long, but never be missing. */
	if (must || !o->naive.rules.shot)
		differ(o, "mm_cpumask", must, has);
}

static void compare_cpu(struct watch *o, cpu_id c)
{
	const struct cpu *cpu = world_cpu(o->w, c);
	const struct task *t = world_task(o->w, cpu->current);
	const struct naive_cpu *n = &o->naive.cpu[c];

	differ(o, "CPU online", n->online, cpu->online == CPU_ONLINE);
	differ(o, "current", n->curr, cpu->current);
	differ(o, "rq->curr", n->curr, cpu->curr);
	differ(o, "mm of current", o->naive.task[n->curr].mm,
	       ctx(o->w, ref_mm(t->mm)));
	differ(o, "active_mm of current", o->naive.task[n->curr].active_mm,
	       ctx(o->w, ref_mm(t->active_mm)));
	differ(o, "loaded_mm", n->loaded_mm, ctx(o->w, ref_mm(cpu->loaded_mm)));
	differ(o, "is_lazy", naive_lazy(&o->naive, c), cpu->is_lazy);
	for (mm_id mm = MM_INIT + 1; mm < o->w->max.mms; mm++)
		if (world_mm(o->w, mm)->slot)
			compare_mask(o, c, mm);
}

static void compare_mms(struct watch *o)
{
	for (mm_id mm = MM_INIT; mm < o->w->max.mms; mm++) {
		uint64_t name = ctx(o->w, mm);

		if (!world_mm(o->w, mm)->slot)
			continue;
		differ(o, "mm_users", naive_users(&o->naive, name),
		       world_mm(o->w, mm)->mm_users);
		differ(o, "mm_count", naive_count(&o->naive, name),
		       world_mm(o->w, mm)->mm_count);
		differ(o, "a live mm that nobody has", true,
		       naive_count(&o->naive, name) > 0);
	}
}

static bool lives(const struct world *w, uint64_t name)
{
	for (mm_id mm = MM_INIT; mm < w->max.mms; mm++)
		if (world_mm(w, mm)->slot && ctx(w, mm) == name)
			return true;
	return name == NAIVE_NO_MM;
}

static void compare_tasks(struct watch *o)
{
	for (task_id t = 1; t < o->w->max.tasks; t++) {
		const struct naive_task *n = &o->naive.task[t];
		const struct task *e = world_task(o->w, t);

		differ(o, "a task is there", n->there, e->slot != SLOT_FREE);
		differ(o, "mm", n->mm, ctx(o->w, ref_mm(e->mm)));
		differ(o, "active_mm", n->active_mm,
		       ctx(o->w, ref_mm(e->active_mm)));
		differ(o, "mm of a task lives", true,
		       lives(o->w, n->active_mm));
		differ(o, "zombie", n->there && n->zombie, e->exit_state != 0);
	}
}

void watch_compare(struct watch *o)
{
	bool quiet = world_quiet(o->w, o->p);

	if (quiet)
		naive_shoot(&o->naive);
	for (cpu_id c = 0; c < o->w->max.cpus; c++)
		if (quiet || (!o->naive.rules.shot && !actor_stack(o->w, c) &&
			      world_cpu(o->w, c)->online == CPU_ONLINE))
			compare_cpu(o, c);
	if (!quiet)
		return;
	o->compared++;
	compare_mms(o);
	compare_tasks(o);
}
