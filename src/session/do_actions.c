/*
 * do_actions.c - kernel actions: a call becomes an input, and is run
 */
#include <string.h>

#include "session/commands.h"
#include "session/keep.h"
#include "session/names.h"
#include "session/run.h"

static struct input input_of(const struct amm *a, enum verb verb)
{
	return (struct input){ .kind = IN_VERB,
			       .verb = (uint8_t)verb,
			       .actor = (uint16_t)a->cpu };
}

static bool on_cpu(struct amm *a, const struct arg *cpu, struct input *in,
		   struct error *e)
{
	cpu_id c;

	if (!names_cpu(a, cpu, &c, e))
		return false;
	in->actor = (uint16_t)c;
	return true;
}

static bool named(struct amm *a, const struct call *c, enum verb verb,
		  struct error *e)
{
	struct input in = input_of(a, verb);
	const struct arg *cpu = call_flag(c, "--cpu");

	name_pack(in.name, NAME_WORDS, c->args ? c->arg[0].text : "");
	if (cpu && !on_cpu(a, cpu, &in, e))
		return false;
	return run_verb(a, &in, e);
}

static bool plain(struct amm *a, enum verb verb, struct error *e)
{
	struct input in = input_of(a, verb);

	return run_verb(a, &in, e);
}

static bool with_task(struct amm *a, const struct call *c, enum verb verb,
		      uint32_t second, struct error *e)
{
	struct input in = input_of(a, verb);

	if (!names_task(a, &c->arg[0], &in.arg[0], e))
		return false;
	in.arg[1] = second;
	return run_verb(a, &in, e);
}

static bool with_holder(struct amm *a, const struct call *c, enum verb verb,
			struct error *e)
{
	struct input in = input_of(a, verb);
	const struct arg *label = call_flag(c, "--as");

	if (verb == VERB_get_task_mm ? !names_task(a, &c->arg[0], &in.arg[0], e)
				     : !names_mm(a, &c->arg[0], &in.arg[0], e))
		return false;
	name_pack(in.name, LABEL_WORDS, label ? label->text : "kworker");
	return run_verb(a, &in, e);
}

bool do_spawn(struct amm *a, const struct call *c, struct error *e)
{
	return named(a, c, VERB_spawn, e);
}

bool do_fork(struct amm *a, const struct call *c, struct error *e)
{
	return named(a, c, VERB_fork, e);
}

bool do_vfork(struct amm *a, const struct call *c, struct error *e)
{
	return named(a, c, VERB_vfork, e);
}

bool do_clone(struct amm *a, const struct call *c, struct error *e)
{
	return named(a, c, VERB_clone, e);
}

bool do_kthread(struct amm *a, const struct call *c, struct error *e)
{
	return named(a, c, VERB_kthread, e);
}

bool do_user_mode_thread(struct amm *a, const struct call *c, struct error *e)
{
	return named(a, c, VERB_user_mode_thread, e);
}

bool do_exec(struct amm *a, const struct call *c, struct error *e)
{
	return named(a, c, VERB_exec, e);
}

/* A thread of the same group that still lives, other than @but. */
static task_id other_thread(const struct amm *a, task_id but)
{
	const struct world *w = amm_live(a);
	uint32_t tgid = world_task_shown(w, but)->tgid;

	for (task_id t = 1; t < w->max.tasks; t++)
		if (t != but && world_task(w, t)->slot == SLOT_LIVE &&
		    !world_task(w, t)->exit_state &&
		    world_task_shown(w, t)->tgid == tgid)
			return t;
	return TASK_NONE;
}

/* One command of several that a word stands for, as if typed here. */
static bool as_typed(struct amm *a, cpu_id c, enum verb verb, task_id t,
		     struct error *e)
{
	struct input in = input_of(a, verb);
	cpu_id here = a->cpu;
	bool ok;

	in.actor = (uint16_t)c;
	in.arg[0] = t;
	a->cpu = c;
	text_clear(&a->typed);
	if (verb == VERB_exit)
		text_add(&a->typed, "exit");
	else
		text_addf(&a->typed, "switch %u",
			  world_task_shown(amm_live(a), t)->pid);
	ok = run_verb(a, &in, e);
	a->cpu = here;
	return ok;
}

/*
 * exit_group() sends the other threads a fatal signal: each exits when it
 * next runs.  Here it runs at once, on its CPU, or on this one when it had
 * none; then the caller goes the same way.
 */
static bool exit_group(struct amm *a, struct error *e)
{
	const struct world *w = amm_live(a);
	task_id me = world_cpu(w, a->cpu)->current, t;

	while ((t = other_thread(a, me)) != TASK_NONE) {
		cpu_id c = world_task_shown(amm_live(a), t)->cpu;

		if (!world_task(amm_live(a), t)->on_cpu) {
			c = a->cpu;
			if (!as_typed(a, c, VERB_switch, t, e))
				return false;
		}
		if (!as_typed(a, c, VERB_exit, t, e))
			return false;
	}
	return (world_cpu(amm_live(a), a->cpu)->current == me ||
		as_typed(a, a->cpu, VERB_switch, me, e)) &&
	       as_typed(a, a->cpu, VERB_exit, me, e);
}

bool do_exit(struct amm *a, const struct call *c, struct error *e)
{
	if (call_flag(c, "--group") && (a->dry || a->begin)) {
		error_set(e, STATUS_FLAG_VALUE,
			  "exit --group is several commands: it can neither "
			  "be begun nor rehearsed as one");
		error_hint(e, "exit -n shows it for the current task");
		return false;
	}
	if (call_flag(c, "--group"))
		return exit_group(a, e);
	return plain(a, VERB_exit, e);
}

/* Tasks could give their mm up for a while in 2.4 only. */
static bool lazy_tlb(struct amm *a, enum verb verb, struct error *e)
{
	enum path_id path =
		verb == VERB_anon_on ? PATH_start_lazy_tlb : PATH_end_lazy_tlb;

	if (a->program->path[path])
		return plain(a, verb, e);
	error_set(e, STATUS_REFUSED_NO_SUCH_PATH, "kernel %s has no %s",
		  a->program->profile.name, path_name(a->program, path));
	error_hint(e, "it was in 2.4 only: boot --kernel=2.4");
	return false;
}

bool do_anon(struct amm *a, const struct call *c, struct error *e)
{
	bool on = strcmp(c->arg[0].text, "on") == 0;

	return lazy_tlb(a, on ? VERB_anon_on : VERB_anon_off, e);
}

bool do_start_lazy_tlb(struct amm *a, const struct call *c, struct error *e)
{
	(void)c;
	return lazy_tlb(a, VERB_anon_on, e);
}

bool do_end_lazy_tlb(struct amm *a, const struct call *c, struct error *e)
{
	(void)c;
	return lazy_tlb(a, VERB_anon_off, e);
}

bool do_switch(struct amm *a, const struct call *c, struct error *e)
{
	return with_task(a, c, VERB_switch, 0, e);
}

static bool switch_to_task(struct amm *a, task_id t, struct error *e)
{
	struct input in = input_of(a, VERB_switch);

	in.arg[0] = t;
	return run_verb(a, &in, e);
}

/*
 * The model's run queue: the next runnable task of this CPU after the current
 * one, in the order of their slots, and the idle task when there is none.
 */
static task_id next_task(const struct amm *a, task_id idle)
{
	const struct world *w = amm_live(a);
	task_id current = world_cpu(w, a->cpu)->curr, n = w->max.tasks;

	for (task_id i = 1; i < n; i++) {
		task_id t = (current + i) % n;
		const struct task *task = world_task(w, t);

		if (t != TASK_NONE && task->slot == SLOT_LIVE && task->on_rq &&
		    !task->on_cpu && task->state == TASK_RUNNING &&
		    !(task->flags & PF_IDLE) &&
		    world_task_shown(w, t)->cpu == a->cpu)
			return t;
	}
	return idle;
}

bool do_schedule(struct amm *a, const struct call *c, struct error *e)
{
	task_id idle = world_cpu(amm_live(a), a->cpu)->idle;

	(void)c;
	return switch_to_task(a, next_task(a, idle), e);
}

/* The tick: the current task stays runnable, wherever it is. */
bool do_preempt(struct amm *a, const struct call *c, struct error *e)
{
	return do_schedule(a, c, e);
}

bool do_idle(struct amm *a, const struct call *c, struct error *e)
{
	(void)c;
	return switch_to_task(a, world_cpu(amm_live(a), a->cpu)->idle, e);
}

bool do_wake(struct amm *a, const struct call *c, struct error *e)
{
	return with_task(a, c, VERB_wake, 0, e);
}

bool do_block(struct amm *a, const struct call *c, struct error *e)
{
	return with_task(a, c, VERB_block, 0, e);
}

bool do_migrate(struct amm *a, const struct call *c, struct error *e)
{
	cpu_id to;

	return names_cpu(a, &c->arg[1], &to, e) &&
	       with_task(a, c, VERB_migrate, to, e);
}

bool do_wait(struct amm *a, const struct call *c, struct error *e)
{
	return with_task(a, c, VERB_wait, 0, e);
}

bool do_kthread_use_mm(struct amm *a, const struct call *c, struct error *e)
{
	struct input in = input_of(a, VERB_kthread_use_mm);

	if (!names_mm(a, &c->arg[0], &in.arg[0], e))
		return false;
	in.arg[1] = (uint32_t)a->settings.value[SET_STRICT];
	return run_verb(a, &in, e);
}

bool do_kthread_unuse_mm(struct amm *a, const struct call *c, struct error *e)
{
	(void)c;
	return plain(a, VERB_kthread_unuse_mm, e);
}

bool do_mmget(struct amm *a, const struct call *c, struct error *e)
{
	return with_holder(a, c, VERB_mmget, e);
}

bool do_mmput(struct amm *a, const struct call *c, struct error *e)
{
	return with_holder(a, c, VERB_mmput, e);
}

bool do_mmgrab(struct amm *a, const struct call *c, struct error *e)
{
	return with_holder(a, c, VERB_mmgrab, e);
}

bool do_mmdrop(struct amm *a, const struct call *c, struct error *e)
{
	return with_holder(a, c, VERB_mmdrop, e);
}

bool do_get_task_mm(struct amm *a, const struct call *c, struct error *e)
{
	return with_holder(a, c, VERB_get_task_mm, e);
}

bool do_mmget_not_zero(struct amm *a, const struct call *c, struct error *e)
{
	return with_holder(a, c, VERB_mmget_not_zero, e);
}

bool do_mmput_async(struct amm *a, const struct call *c, struct error *e)
{
	return with_holder(a, c, VERB_mmput_async, e);
}

bool do_run_work(struct amm *a, const struct call *c, struct error *e)
{
	return with_holder(a, c, VERB_run_work, e);
}

bool do_flush(struct amm *a, const struct call *c, struct error *e)
{
	struct input in = input_of(a, VERB_flush);
	const struct arg *mm = call_flag(c, "--mm");
	const struct arg *pages = call_flag(c, "--pages");
	const struct task *t = world_task(
		amm_live(a), world_cpu(amm_live(a), a->cpu)->current);

	in.arg[0] = ref_mm(t->mm);
	if (mm && !names_mm(a, mm, &in.arg[0], e))
		return false;
	in.arg[1] = call_flag(c, "--freed-tables") != NULL;
	in.arg[2] = pages ? (uint32_t)pages->number : 0;
	return run_verb(a, &in, e);
}

/* One pending interrupt of this CPU: of the lowest caller. */
static bool take_one(struct amm *a, struct error *e)
{
	struct input in = input_of(a, VERB_ipi);
	const struct world *w = amm_live(a);

	in.arg[0] = mask_next(cpu_pending(w, a->cpu), w->actors, 0);
	return run_verb(a, &in, e);
}

/* Each is an entry of its own, a plain `ipi`, so that it can be undone. */
bool do_ipi(struct amm *a, const struct call *c, struct error *e)
{
	uint64_t n = c->args == 0                   ? 1
		     : c->arg[0].kind == ARG_NUMBER ? c->arg[0].number
						    : UINT64_MAX;

	if (c->args && !a->dry) {
		text_clear(&a->typed);
		text_add(&a->typed, "ipi");
	}
	if (!take_one(a, e))
		return false;
	for (; n > 1 && !a->dry; n--) {
		const struct world *w = amm_live(a);

		if (mask_next(cpu_pending(w, a->cpu), w->actors, 0) ==
		    w->actors)
			break;
		if (!take_one(a, e))
			return false;
	}
	return true;
}

static bool hotplug(struct amm *a, const struct call *c, enum verb verb,
		    struct error *e)
{
	struct input in = input_of(a, verb);

	if (!names_cpu(a, &c->arg[0], &in.arg[0], e))
		return false;
	return run_verb(a, &in, e);
}

bool do_cpu_down(struct amm *a, const struct call *c, struct error *e)
{
	return hotplug(a, c, VERB_cpu_down, e);
}

bool do_cpu_up(struct amm *a, const struct call *c, struct error *e)
{
	return hotplug(a, c, VERB_cpu_up, e);
}
