/*
 * verb_check.c - may this be done now?
 *
 * Everything is checked before anything is written: a refused input leaves
 * the world as it was, and after the first write nothing can fail.
 */
#include "engine/fault.h"
#include "engine/verbs.h"

#include <assert.h>

enum path_id verb_path(enum verb v)
{
	static const uint8_t paths[] = {
#define VERB(id, path) [VERB_##id] = PATH_##path,
#include "engine/verb.def"
#undef VERB
	};

	return (enum path_id)paths[v];
}

/* --- who is asked ------------------------------------------------------- */

enum path_id path_inside(const struct world *w, const struct program *p,
			 uint32_t actor)
{
	const struct flat_op *op = actor_op(w, p, actor);

	return op ? (enum path_id)op->path : PATH_NONE;
}

static struct verdict need_online(const struct world *w, cpu_id c)
{
	if (world_cpu(w, c)->online != CPU_ONLINE)
		return REFUSE(.why = REFUSED_cpu_offline, .cpu = c);
	return ok;
}

/* The current task of an online CPU that is inside nothing. */
static struct verdict need_quiet(const struct world *w, const struct program *p,
				 cpu_id c)
{
	struct verdict v = need_online(w, c);
	task_id t = world_cpu(w, c)->current;

	if (v.why != REFUSED_NOT)
		return v;
	if (actor_stack(w, c))
		return REFUSE(.why = REFUSED_in_path, .cpu = c, .task = t,
			      .path = path_inside(w, p, c));
	if (world_task(w, t)->exit_state)
		return REFUSE(.why = REFUSED_task_dead, .task = t);
	return ok;
}

static struct verdict need_user(const struct world *w, const struct program *p,
				cpu_id c)
{
	struct verdict v = need_quiet(w, p, c);
	task_id t = world_cpu(w, c)->current;

	if (v.why == REFUSED_NOT && ref_mm(world_task(w, t)->mm) == MM_NONE)
		v = REFUSE(.why = REFUSED_no_mm, .task = t);
	if (v.why == REFUSED_NOT && ref_mm(world_task(w, t)->mm) == MM_INIT)
		v = REFUSE(.why = REFUSED_on_init_mm, .task = t);
	return v;
}

static struct verdict need_slots(const struct world *w, bool task, bool mm)
{
	if (task && !slot_lowest_free(w, MAP_TASK))
		return REFUSE(.why = REFUSED_tasks_full,
			      .number = w->max.tasks);
	if (mm && !slot_lowest_free(w, MAP_MM))
		return REFUSE(.why = REFUSED_mms_full, .number = w->max.mms);
	return ok;
}

/* The last count is gone a moment before the struct. */
static bool live_mm(const struct world *w, mm_id mm)
{
	return mm > MM_NONE && mm < w->max.mms && world_mm(w, mm)->slot &&
	       world_mm(w, mm)->mm_count > 0;
}

struct verdict need_real_mm(const struct world *w, const struct program *p,
			    mm_id mm)
{
	if (mm == MM_INIT)
		return REFUSE(.why = p->profile.one_count ? REFUSED_mm_kernel
							  : REFUSED_mm_init,
			      .mm = mm);
	if (!live_mm(w, mm))
		return REFUSE(.why = REFUSED_mm_dead, .mm = mm);
	return ok;
}

struct verdict need_used_mm(const struct world *w, const struct program *p,
			    mm_id mm)
{
	struct verdict v = need_real_mm(w, p, mm);

	if (v.why == REFUSED_NOT && world_mm(w, mm)->mm_users == 0)
		v = REFUSE(.why = REFUSED_mm_zombie, .mm = mm);
	return v;
}

bool live_task(const struct world *w, task_id t)
{
	return t > TASK_NONE && t < w->max.tasks &&
	       world_task(w, t)->slot == SLOT_LIVE;
}

/* A kernel thread between kthread_use_mm() and kthread_unuse_mm(). */
static bool uses_an_mm(const struct world *w, task_id t)
{
	mm_id mm = ref_mm(world_task(w, t)->mm);

	return world_task(w, t)->flags & PF_KTHREAD && mm != MM_NONE &&
	       mm != MM_INIT;
}

bool has_user_mode(const struct world *w, task_id t)
{
	mm_id mm = ref_mm(world_task(w, t)->mm);

	return mm != MM_NONE && mm != MM_INIT &&
	       !(world_task(w, t)->flags & PF_KTHREAD);
}

/* --- one check per family of verbs --------------------------------------- */

static struct verdict check_boot(const struct world *w)
{
	if (world_cpu(w, 0)->online)
		return REFUSE(.why = REFUSED_cpu_online, .cpu = 0);
	return ok;
}

static struct verdict check_clone(const struct world *w,
				  const struct program *p,
				  const struct input *in)
{
	struct verdict v = need_user(w, p, in->actor);
	task_id t = world_cpu(w, in->actor)->current;

	if (v.why != REFUSED_NOT)
		return v;
	if (uses_an_mm(w, t))
		return REFUSE(.why = REFUSED_is_kthread, .task = t);
	return need_slots(w, true, in->verb == VERB_fork);
}

static struct verdict check_thread(const struct world *w,
				   const struct program *p,
				   const struct input *in)
{
	struct verdict v = need_quiet(w, p, in->actor);
	task_id t = world_cpu(w, in->actor)->current;

	if (v.why != REFUSED_NOT)
		return v;
	if (in->verb == VERB_user_mode_thread &&
	    ref_mm(world_task(w, t)->mm) != MM_NONE)
		return REFUSE(.why = REFUSED_has_mm, .task = t);
	return need_slots(w, true, false);
}

static struct verdict check_exec(const struct world *w, const struct program *p,
				 const struct input *in)
{
	struct verdict v = need_quiet(w, p, in->actor);
	task_id t = world_cpu(w, in->actor)->current;

	if (v.why != REFUSED_NOT)
		return v;
	if (world_task(w, t)->flags & PF_IDLE)
		return REFUSE(.why = REFUSED_is_idle, .task = t,
			      .cpu = in->actor);
	if (world_task(w, t)->flags & PF_KTHREAD &&
	    (!p->profile.kthread_exec || uses_an_mm(w, t)))
		return REFUSE(.why = REFUSED_is_kthread, .task = t);
	return need_slots(w, false, true);
}

static struct verdict check_exit(const struct world *w, const struct program *p,
				 const struct input *in)
{
	struct verdict v = need_quiet(w, p, in->actor);
	task_id t = world_cpu(w, in->actor)->current;

	if (v.why == REFUSED_NOT && world_task(w, t)->flags & PF_IDLE)
		v = REFUSE(.why = REFUSED_is_idle, .task = t, .cpu = in->actor);
	else if (v.why == REFUSED_NOT && uses_an_mm(w, t))
		v = REFUSE(.why = REFUSED_has_mm, .task = t);
	return v;
}

static struct verdict check_next(const struct world *w, cpu_id c, task_id next)
{
	const struct task *t = world_task(w, next);
	cpu_id where = world_task_shown(w, next)->cpu;

	if (!live_task(w, next))
		return REFUSE(.why = REFUSED_no_task);
	if (next == world_cpu(w, c)->curr)
		return REFUSE(.why = REFUSED_already_current, .task = next,
			      .cpu = c);
	if (t->flags & PF_IDLE && next != world_cpu(w, c)->idle)
		return REFUSE(.why = REFUSED_is_idle, .task = next,
			      .cpu = where);
	if (t->exit_state)
		return REFUSE(.why = REFUSED_task_dead, .task = next);
	if (t->on_cpu)
		return REFUSE(.why = REFUSED_running_elsewhere, .task = next,
			      .cpu = where);
	if (!t->on_rq || t->state != TASK_RUNNING)
		return REFUSE(.why = REFUSED_not_runnable, .task = next);
	return ok;
}

/* Without preemption kernel code is left only where it sleeps. */
static bool must_go_on(const struct world *w, const struct program *p, cpu_id c)
{
	const struct flat_op *op = actor_op(w, p, c);

	return p->profile.cooperative && op && !(op->windows & W_SLEEP) &&
	       (actor_state(w, p, c) != ACTOR_WAITS ||
		op->what == CO_task_unlocked);
}

static struct verdict check_anon(const struct world *w, const struct program *p,
				 const struct input *in)
{
	const struct flat_op *op = actor_op(w, p, in->actor);
	struct verdict v;

	if (in->verb == VERB_anon_on) {
		v = need_user(w, p, in->actor);
		if (v.why == REFUSED_NOT &&
		    uses_an_mm(w, world_cpu(w, in->actor)->current))
			v.why = REFUSED_is_kthread;
		return v;
	}
	if (!p->path[PATH_sys_bdflush])
		return REFUSE(.why = REFUSED_no_such_path,
			      .path = PATH_end_lazy_tlb);
	v = need_online(w, in->actor);
	if (v.why == REFUSED_NOT &&
	    (!op || op->code != FLAT_WAIT || op->what != CO_synced))
		v = REFUSE(.why = REFUSED_not_anon,
			   .task = world_cpu(w, in->actor)->current);
	return v;
}

static struct verdict check_switch(const struct world *w,
				   const struct program *p,
				   const struct input *in)
{
	cpu_id c = in->actor;
	const struct cpu *cpu = world_cpu(w, c);
	struct verdict v = need_online(w, c);

	if (v.why != REFUSED_NOT)
		return v;
	if (in->arg[0] >= w->max.tasks)
		return REFUSE(.why = REFUSED_no_task);
	if (cpu->sched_stack || cpu->irq_stack || cpu->irqs_off ||
	    cpu->preempt_count || must_go_on(w, p, c))
		return REFUSE(.why = REFUSED_no_preempt, .cpu = c,
			      .path = path_inside(w, p, c));
	return check_next(w, c, in->arg[0]);
}

static struct verdict check_queue(const struct world *w,
				  const struct program *p,
				  const struct input *in)
{
	task_id t = in->arg[0];
	const struct task *task = world_task(w, t < w->max.tasks ? t : 0);

	if (t >= w->max.tasks || !live_task(w, t))
		return REFUSE(.why = REFUSED_no_task);
	if (task->flags & PF_IDLE)
		return REFUSE(.why = REFUSED_is_idle, .task = t,
			      .cpu = world_task_shown(w, t)->cpu);
	if (task->exit_state)
		return REFUSE(.why = REFUSED_task_dead, .task = t);
	if (task->stack)
		return REFUSE(.why = REFUSED_cpu_pinned, .task = t,
			      .cpu = world_task_shown(w, t)->cpu,
			      .path = p->flat[world_stack(w, task->stack)->pc]
					      .path);
	if (in->verb == VERB_migrate && in->arg[1] >= w->max.cpus)
		return REFUSE(.why = REFUSED_no_cpu, .number = in->arg[1]);
	if (in->verb == VERB_migrate && task->on_cpu)
		return REFUSE(.why = REFUSED_running_elsewhere, .task = t,
			      .cpu = world_task_shown(w, t)->cpu);
	return ok;
}

static struct verdict check_use_mm(const struct world *w,
				   const struct program *p,
				   const struct input *in)
{
	struct verdict v = need_quiet(w, p, in->actor);
	task_id t = world_cpu(w, in->actor)->current;
	const struct task *task = world_task(w, t);

	if (v.why != REFUSED_NOT)
		return v;
	if (task->flags & PF_IDLE)
		return REFUSE(.why = REFUSED_is_idle, .task = t,
			      .cpu = in->actor);
	if (in->arg[1] && !(task->flags & PF_KTHREAD))
		return REFUSE(.why = REFUSED_not_kthread, .task = t);
	if (in->arg[1] && ref_mm(task->mm) != MM_NONE)
		return REFUSE(.why = REFUSED_has_mm, .task = t);
	return need_used_mm(w, p, in->arg[0]);
}

static struct verdict check_unuse_mm(const struct world *w,
				     const struct program *p,
				     const struct input *in)
{
	struct verdict v = need_quiet(w, p, in->actor);
	task_id t = world_cpu(w, in->actor)->current;
	const struct task *task = world_task(w, t);

	if (v.why != REFUSED_NOT)
		return v;
	if (!(task->flags & PF_KTHREAD) || ref_mm(task->mm) == MM_NONE)
		return REFUSE(.why = REFUSED_not_in_use, .task = t);
	return ok;
}

static struct verdict check_flush(const struct world *w,
				  const struct program *p,
				  const struct input *in)
{
	struct verdict v = need_quiet(w, p, in->actor);

	return v.why != REFUSED_NOT ? v : need_real_mm(w, p, in->arg[0]);
}

static struct verdict check_ipi(const struct world *w, const struct input *in)
{
	const struct cpu *cpu = world_cpu(w, in->actor);

	if (in->arg[0] >= w->actors ||
	    !bit_in(cpu_pending(w, in->actor), in->arg[0]))
		return REFUSE(.why = REFUSED_no_pending, .cpu = in->actor);
	if (cpu->irqs_off || cpu->irq_stack)
		return REFUSE(.why = REFUSED_irqs_off, .cpu = in->actor);
	return ok;
}

static struct verdict check_leave_mm(const struct world *w,
				     const struct program *p,
				     const struct input *in)
{
	struct verdict v = need_quiet(w, p, in->actor);
	task_id t = world_cpu(w, in->actor)->current;

	if (v.why == REFUSED_NOT && ref_mm(world_task(w, t)->mm) != MM_NONE)
		v = REFUSE(.why = REFUSED_has_mm, .task = t);
	return v;
}

static struct verdict check_fault(const struct world *w,
				  const struct program *p,
				  const struct input *in)
{
	struct verdict v = need_quiet(w, p, in->actor);
	task_id t = world_cpu(w, in->actor)->current;

	if (v.why != REFUSED_NOT)
		return v;
	if (in->arg[0] & X86_PF_USER && !has_user_mode(w, t))
		return REFUSE(.why = REFUSED_no_user_mode, .task = t);
	if (in->arg[2] && p->profile.i386)
		return REFUSE(.why = REFUSED_address_size);
	return ok;
}

static struct verdict check_wait(const struct world *w, const struct program *p,
				 const struct input *in)
{
	struct verdict v = need_quiet(w, p, in->actor);
	task_id t = in->arg[0];

	if (v.why != REFUSED_NOT)
		return v;
	if (t >= w->max.tasks || !live_task(w, t))
		return REFUSE(.why = REFUSED_no_task);
	if (world_task(w, t)->state != TASK_DEAD ||
	    world_task(w, t)->exit_state != EXIT_ZOMBIE)
		return REFUSE(.why = REFUSED_not_zombie, .task = t);
	if (world_task(w, t)->on_cpu)
		return REFUSE(.why = REFUSED_still_running, .task = t,
			      .cpu = world_task_shown(w, t)->cpu);
	return ok;
}

/* Only one CPU comes or goes at a time (cpu_hotplug_lock). */
static struct verdict need_no_hotplug(const struct world *w)
{
	uint32_t label[LABEL_WORDS];

	name_pack(label, LABEL_WORDS, HOTPLUG_LABEL);
	if (holder_find(w, MM_NONE, label))
		return REFUSE(.why = REFUSED_hotplug);
	return ok;
}

static struct verdict check_cpu_down(const struct world *w,
				     const struct program *p,
				     const struct input *in)
{
	cpu_id c = in->arg[0];
	const struct cpu *cpu;

	if (c >= w->max.cpus)
		return REFUSE(.why = REFUSED_no_cpu, .number = c);
	cpu = world_cpu(w, c);
	if (c == 0)
		return REFUSE(.why = REFUSED_cpu_last, .cpu = c);
	if (cpu->online != CPU_ONLINE)
		return REFUSE(.why = REFUSED_cpu_offline, .cpu = c);
	if (actor_stack(w, c))
		return REFUSE(.why = REFUSED_in_path, .cpu = c,
			      .path = path_inside(w, p, c));
	if (cpu->current != cpu->idle)
		return REFUSE(.why = REFUSED_cpu_busy, .cpu = c);
	if (!slot_lowest_free(w, MAP_HOLDER))
		return REFUSE(.why = REFUSED_holders_full,
			      .number = w->max.holders);
	return need_no_hotplug(w);
}

static struct verdict check_cpu_up(const struct world *w,
				   const struct input *in)
{
	if (in->arg[0] >= w->max.cpus)
		return REFUSE(.why = REFUSED_no_cpu, .number = in->arg[0]);
	if (world_cpu(w, in->arg[0])->online || actor_stack(w, in->arg[0]))
		return REFUSE(.why = REFUSED_cpu_online, .cpu = in->arg[0]);
	return need_no_hotplug(w);
}

/* --- all verbs ---------------------------------------------------------- */

static struct verdict check_special(const struct world *w,
				    const struct program *p,
				    const struct input *in)
{
	switch ((enum verb)in->verb) {
	case VERB_boot:
		return check_boot(w);
	case VERB_spawn:
		return need_slots(w, true, true);
	case VERB_wake:
	case VERB_block:
	case VERB_migrate:
		return check_queue(w, p, in);
	case VERB_ipi:
		return check_ipi(w, in);
	case VERB_cpu_down:
		return check_cpu_down(w, p, in);
	case VERB_cpu_up:
		return check_cpu_up(w, in);
	case VERB_get_task_mm:
		return check_get_task_mm(w, in);
	default:
		return check_holder(w, p, in);
	}
}

static struct verdict check_by_current(const struct world *w,
				       const struct program *p,
				       const struct input *in)
{
	switch ((enum verb)in->verb) {
	case VERB_fork:
	case VERB_vfork:
	case VERB_clone:
		return check_clone(w, p, in);
	case VERB_kthread:
	case VERB_user_mode_thread:
		return check_thread(w, p, in);
	case VERB_exec:
		return check_exec(w, p, in);
	case VERB_exit:
		return check_exit(w, p, in);
	case VERB_switch:
		return check_switch(w, p, in);
	case VERB_kthread_use_mm:
		return check_use_mm(w, p, in);
	case VERB_kthread_unuse_mm:
		return check_unuse_mm(w, p, in);
	case VERB_flush:
		return check_flush(w, p, in);
	case VERB_anon_on:
	case VERB_anon_off:
		return check_anon(w, p, in);
	case VERB_leave_mm:
		return check_leave_mm(w, p, in);
	case VERB_wait:
		return check_wait(w, p, in);
	case VERB_fault:
		return check_fault(w, p, in);
	default:
		return check_special(w, p, in);
	}
}

static bool needs_pool_stack(enum verb v)
{
	return verb_path(v) != PATH_NONE && v != VERB_switch && v != VERB_ipi;
}

static struct verdict check_verb(const struct world *w, const struct program *p,
				 const struct input *in)
{
	enum path_id path = verb_path((enum verb)in->verb);
	struct verdict v;

	if (path != PATH_NONE && !p->path[path])
		return REFUSE(.why = REFUSED_no_such_path, .path = path);
	if (in->actor >= w->max.cpus)
		return REFUSE(.why = REFUSED_no_cpu, .number = in->actor);
	v = check_by_current(w, p, in);
	if (v.why == REFUSED_NOT && needs_pool_stack((enum verb)in->verb) &&
	    !slot_lowest_free(w, MAP_STACK))
		v = REFUSE(.why = REFUSED_stacks_full, .number = w->max.stacks);
	return v;
}

static struct verdict check_step(const struct world *w, const struct program *p,
				 const struct input *in)
{
	if (in->actor >= w->actors)
		return REFUSE(.why = REFUSED_no_cpu, .number = in->actor);
	switch (actor_state(w, p, in->actor)) {
	case ACTOR_READY:
		return ok;
	case ACTOR_WAITS:
		return REFUSE(.why = REFUSED_waits, .cpu = in->actor,
			      .path = path_inside(w, p, in->actor));
	default:
		return REFUSE(.why = REFUSED_nothing_to_step, .cpu = in->actor);
	}
}

/* A CPU has one scheduler and one interrupt stack. */
static bool fixed_stack_taken(const struct world *w, const struct input *in)
{
	bool irq = in->verb == PATH_ipi_flush || in->verb == PATH_ipi_shoot;

	if (in->actor >= w->max.cpus)
		return irq || in->verb == PATH___schedule;
	return irq ? world_cpu(w, in->actor)->irq_stack != STACK_NONE
		   : in->verb == PATH___schedule &&
			       world_cpu(w, in->actor)->sched_stack !=
				       STACK_NONE;
}

static struct verdict check_path(const struct world *w, const struct program *p,
				 const struct input *in)
{
	if (in->verb >= PATHS || !p->path[in->verb])
		return REFUSE(.why = REFUSED_no_such_path,
			      .path = (enum path_id)in->verb);
	if (in->actor >= w->actors)
		return REFUSE(.why = REFUSED_no_cpu, .number = in->actor);
	if (fixed_stack_taken(w, in))
		return REFUSE(.why = REFUSED_in_path, .cpu = in->actor,
			      .path = path_inside(w, p, in->actor));
	if (!slot_lowest_free(w, MAP_STACK))
		return REFUSE(.why = REFUSED_stacks_full,
			      .number = w->max.stacks);
	return ok;
}

static struct verdict check_recorded_switch(const struct world *w,
					    const struct input *in)
{
	if (in->actor >= w->max.cpus)
		return REFUSE(.why = REFUSED_no_cpu, .number = in->actor);
	if (world_cpu(w, in->actor)->sched_stack != STACK_NONE)
		return REFUSE(.why = REFUSED_in_path, .cpu = in->actor,
			      .path = PATH___schedule);
	if (in->arg[0] >= w->max.tasks || !live_task(w, in->arg[0]))
		return REFUSE(.why = REFUSED_no_task);
	return ok;
}

struct verdict engine_check(const struct world *w, const struct program *p,
			    const struct input *in)
{
	switch ((enum input_kind)in->kind) {
	case IN_VERB:
		return check_verb(w, p, in);
	case IN_STEP:
		return check_step(w, p, in);
	case IN_PATH:
		return check_path(w, p, in);
	case IN_TASK:
		return need_slots(w, true, false);
	case IN_MM:
		return need_slots(w, false, true);
	case IN_SWITCH:
		return check_recorded_switch(w, in);
	default:
		return ok;
	}
}
