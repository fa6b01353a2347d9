/*
 * check.c - the invariants F1..F26 that need no TLB contents
 *
 * Each is a function over the world that reports what is broken; windows are
 * those of the paths in progress (program.h), so "at every statement" is meant.
 */
#include "engine/check.h"

#include <assert.h>

struct check {
	const struct world *w;
	const struct program *p;
	uint32_t invariant;
	struct broken *out;
	size_t size, n;
};

static void report(struct check *k, uint32_t object, uint32_t expected,
		   uint32_t found)
{
	if (expected == found)
		return;
	if (k->n < k->size)
		k->out[k->n] = (struct broken){ k->invariant, object, expected,
						found };
	k->n++;
}

static void must(struct check *k, uint32_t object, bool holds)
{
	report(k, object, true, holds);
}

/* --- who owns what ------------------------------------------------------ */

/* Units of @mm that refs of tasks, CPUs and paths in progress own. */
static uint32_t owned_by_refs(const struct world *w, mm_id mm, uint32_t unit)
{
	uint32_t sum = 0;
	ref whole = ref_to(mm, 0);

	for (task_id t = 1; t < w->max.tasks; t++) {
		const struct task *task = world_task(w, t);

		sum += (task->mm & ~3u) == whole && task->mm & unit;
		sum += (task->active_mm & ~3u) == whole &&
		       task->active_mm & unit;
	}
	for (cpu_id c = 0; c < w->max.cpus; c++)
		sum += (world_cpu(w, c)->prev_mm & ~3u) == whole &&
		       world_cpu(w, c)->prev_mm & unit;
	for (uint32_t s = 1; s < w->max.stacks; s++)
		for (uint32_t i = 0; i < STACK_REFS; i++)
			sum += (world_stack(w, s)->mm[i] & ~3u) == whole &&
			       world_stack(w, s)->mm[i] & unit;
	return sum;
}

static uint32_t owned_outside(const struct world *w, mm_id mm, uint32_t unit)
{
	uint32_t sum = 0;

	for (uint32_t h = 1; h < w->max.holders; h++) {
		const struct holder *holder = world_holder(w, h);

		if (holder->slot && holder->mm == mm)
			sum += unit == OWNS_USER ? holder->users
						 : holder->counts;
	}
	return sum;
}

static uint32_t units_held(const struct world *w, mm_id mm, uint32_t unit)
{
	return owned_by_refs(w, mm, unit) + owned_outside(w, mm, unit);
}

static bool is_live(const struct world *w, mm_id mm)
{
	return world_mm(w, mm)->slot == SLOT_LIVE;
}

/* --- counting ----------------------------------------------------------- */

/* The users' one count, counts that nobody gives back, a queued mmput's. */
static uint32_t expected_count(const struct world *w, mm_id mm)
{
	const struct mm *m = world_mm(w, mm);

	return units_held(w, mm, OWNS_COUNT) + m->kept +
	       (mm != MM_INIT && m->mm_users > 0) + (m->work != WORK_NONE);
}

/* Whoever runs without an mm must own what it borrows, but in W-switch etc. */
static bool pays_for_its_borrow(const struct check *k, cpu_id c)
{
	const struct cpu *cpu = world_cpu(k->w, c);
	const struct task *t = world_task(k->w, cpu->current);

	if (cpu->online != CPU_ONLINE || ref_mm(t->mm) != MM_NONE ||
	    !k->p->profile.lazy_refcount ||
	    cpu_windows(k->w, k->p, c) & (W_SWITCH | W_EXIT | W_EXEC | W_USE))
		return true;
	return ref_owns(t->active_mm) == OWNS_COUNT;
}

static void check_f1(struct check *k)
{
	for (mm_id mm = MM_INIT + 1; mm < k->w->max.mms; mm++)
		if (is_live(k->w, mm))
			report(k, mm, expected_count(k->w, mm),
			       world_mm(k->w, mm)->mm_count);
	for (cpu_id c = 0; c < k->w->max.cpus; c++)
		if (!pays_for_its_borrow(k, c))
			report(k,
			       ref_mm(world_task(k->w,
						 world_cpu(k->w, c)->current)
					      ->active_mm),
			       1, 0);
}

static void check_f2(struct check *k)
{
	report(k, MM_INIT, expected_count(k->w, MM_INIT),
	       world_mm(k->w, MM_INIT)->mm_count);
}

static void check_f3(struct check *k)
{
	if (k->p->profile.lazy_refcount)
		return;
	for (task_id t = 1; t < k->w->max.tasks; t++)
		must(k, ref_mm(world_task(k->w, t)->active_mm),
		     ref_owns(world_task(k->w, t)->active_mm) == 0);
	for (cpu_id c = 0; c < k->w->max.cpus; c++)
		must(k, ref_mm(world_cpu(k->w, c)->prev_mm),
		     ref_owns(world_cpu(k->w, c)->prev_mm) == 0);
}

static void check_f4(struct check *k)
{
	for (mm_id mm = MM_INIT + 1; mm < k->w->max.mms; mm++)
		if (is_live(k->w, mm))
			report(k, mm, units_held(k->w, mm, OWNS_USER),
			       world_mm(k->w, mm)->mm_users);
	for (task_id t = 1; t < k->w->max.tasks; t++) {
		const struct task *task = world_task(k->w, t);

		if (ref_mm(task->mm) != MM_NONE && !(task->flags & PF_KTHREAD))
			must(k, ref_mm(task->mm),
			     ref_owns(task->mm) & OWNS_USER);
	}
}

static void check_f5(struct check *k)
{
	for (mm_id mm = MM_INIT; mm < k->w->max.mms; mm++)
		must(k, mm,
		     world_mm(k->w, mm)->mm_users == 0 ||
			     world_mm(k->w, mm)->mm_count > 0);
}

static void check_f6(struct check *k)
{
	for (mm_id mm = MM_INIT; mm < k->w->max.mms; mm++)
		must(k, mm,
		     (int32_t)world_mm(k->w, mm)->mm_users >= 0 &&
			     (int32_t)world_mm(k->w, mm)->mm_count >= 0);
}

static void check_f7(struct check *k)
{
	report(k, MM_INIT, 2, world_mm(k->w, MM_INIT)->mm_users);
	must(k, MM_INIT, world_mm(k->w, MM_INIT)->mm_count >= 1);
}

/* --- task pointers ------------------------------------------------------ */

static void check_f8(struct check *k)
{
	for (task_id t = 1; t < k->w->max.tasks; t++) {
		const struct task *task = world_task(k->w, t);

		if (ref_mm(task->mm) != MM_NONE)
			report(k, t, ref_mm(task->mm), ref_mm(task->active_mm));
	}
}

static bool runs_somewhere(const struct world *w, task_id t)
{
	cpu_id c = world_task_shown(w, t)->cpu;

	return c < w->max.cpus && world_cpu(w, c)->current == t;
}

static void check_f9(struct check *k)
{
	for (cpu_id c = 0; c < k->w->max.cpus; c++) {
		const struct cpu *cpu = world_cpu(k->w, c);
		const struct task *t = world_task(k->w, cpu->current);

		if (cpu->online == CPU_ONLINE && ref_mm(t->mm) == MM_NONE &&
		    !(cpu_windows(k->w, k->p, c) & W_SWITCH))
			must(k, cpu->current, ref_mm(t->active_mm) != MM_NONE);
	}
}

/* Off a CPU, and not on the way to or from one. */
static void check_f10(struct check *k)
{
	for (task_id t = 1; t < k->w->max.tasks; t++) {
		const struct task *task = world_task(k->w, t);

		if (task->slot && ref_mm(task->mm) == MM_NONE &&
		    !task->on_cpu && !runs_somewhere(k->w, t))
			report(k, t, MM_NONE, ref_mm(task->active_mm));
	}
}

static void check_f11(struct check *k)
{
	for (task_id t = 1; t < k->w->max.tasks; t++)
		must(k, t, ref_mm(world_task(k->w, t)->mm) != MM_INIT);
}

static void check_f12(struct check *k)
{
	for (task_id t = 1; t < k->w->max.tasks; t++)
		must(k, t,
		     !world_task(k->w, t)->exit_state ||
			     ref_mm(world_task(k->w, t)->mm) == MM_NONE);
}

/* --- lifetime ----------------------------------------------------------- */

/* canon tears nothing down and remembers the tables of an mm that is gone. */
static void check_f23(struct check *k)
{
	if (k->p->profile.canon)
		return;
	for (mm_id mm = MM_INIT + 1; mm < k->w->max.mms; mm++) {
		const struct mm *m = world_mm(k->w, mm);
		bool tearing_down = units_held(k->w, mm, OWNS_COUNT) > 0;

		must(k, mm,
		     !m->tables || m->mm_users > 0 || m->work != WORK_NONE ||
			     (m->mm_count > 0 && tearing_down));
	}
}

/* A freed mm: nobody has it loaded, as mm, as active_mm, or on the way out. */
static void check_f24(struct check *k)
{
	const struct world *w = k->w;

	for (cpu_id c = 0; c < w->max.cpus; c++) {
		mm_id loaded = ref_mm(world_cpu(w, c)->loaded_mm);
		mm_id prev = ref_mm(world_cpu(w, c)->prev_mm);

		if (loaded != MM_SWITCHING)
			must(k, loaded, is_live(w, loaded));
		must(k, prev, prev == MM_NONE || is_live(w, prev));
	}
	for (task_id t = 1; t < w->max.tasks; t++) {
		mm_id mm = ref_mm(world_task(w, t)->mm);
		mm_id active = ref_mm(world_task(w, t)->active_mm);

		must(k, mm, mm == MM_NONE || is_live(w, mm));
		must(k, active, active == MM_NONE || is_live(w, active));
	}
}

static void check_f25(struct check *k)
{
	for (cpu_id c = 0; c < k->w->max.cpus; c++)
		must(k, c,
		     ref_mm(world_cpu(k->w, c)->prev_mm) == MM_NONE ||
			     cpu_windows(k->w, k->p, c) & W_SWITCH);
}

/* One task on a CPU; prev and next while the switch is under way. */
static void check_f26(struct check *k)
{
	uint32_t on_cpu = 0, curr = 0, switching = 0;

	for (task_id t = 1; t < k->w->max.tasks; t++)
		on_cpu += world_task(k->w, t)->on_cpu != 0;
	for (cpu_id c = 0; c < k->w->max.cpus; c++) {
		const struct cpu *cpu = world_cpu(k->w, c);

		curr += world_task(k->w, cpu->current)->on_cpu &&
			world_task(k->w, cpu->curr)->on_cpu;
		switching += cpu->sched_stack != STACK_NONE;
	}
	report(k, 0, k->w->max.cpus, curr);
	must(k, 0,
	     on_cpu >= k->w->max.cpus && on_cpu <= k->w->max.cpus + switching);
}

/* --- CPU state: the switches of loaded_mm ------------------------------- */

static bool outside_of(const struct check *k, cpu_id c, uint32_t windows)
{
	return world_cpu(k->w, c)->online == CPU_ONLINE &&
	       !k->p->profile.canon && !(cpu_windows(k->w, k->p, c) & windows);
}

static bool resting(const struct check *k, cpu_id c)
{
	return outside_of(k, c, W_SWITCH | W_EXEC | W_USE | W_LOAD);
}

static void check_f13(struct check *k)
{
	for (cpu_id c = 0; c < k->w->max.cpus; c++) {
		const struct cpu *cpu = world_cpu(k->w, c);
		mm_id loaded = ref_mm(cpu->loaded_mm);

		if (resting(k, c) && loaded != MM_INIT)
			report(k, c,
			       ref_mm(world_task(k->w, cpu->current)
					      ->active_mm),
			       loaded);
	}
}

static void check_f14(struct check *k)
{
	for (cpu_id c = 0; c < k->w->max.cpus; c++) {
		const struct cpu *cpu = world_cpu(k->w, c);
		mm_id mm = ref_mm(world_task(k->w, cpu->current)->mm);

		if (!resting(k, c) || mm == MM_NONE)
			continue;
		report(k, c, mm, ref_mm(cpu->loaded_mm));
		report(k, c, 0, cpu->is_lazy);
	}
}

static void check_f15(struct check *k)
{
	for (cpu_id c = 0; c < k->w->max.cpus; c++)
		if (resting(k, c) && world_cpu(k->w, c)->is_lazy)
			must(k, c,
			     ref_mm(world_cpu(k->w, c)->loaded_mm) != MM_INIT);
}

static void check_f16(struct check *k)
{
	for (cpu_id c = 0; c < k->w->max.cpus; c++) {
		const struct cpu *cpu = world_cpu(k->w, c);

		if (resting(k, c) && outside_of(k, c, W_EXIT) &&
		    ref_mm(world_task(k->w, cpu->current)->mm) == MM_NONE &&
		    ref_mm(cpu->loaded_mm) != MM_INIT)
			report(k, c, 1, cpu->is_lazy);
	}
}

/* With shootdown a bit may also stand for a borrow of what is not loaded. */
static bool may_have_bit(const struct check *k, cpu_id c, mm_id mm)
{
	return ref_mm(world_cpu(k->w, c)->loaded_mm) == mm ||
	       k->p->profile.lazy_shootdown;
}

static void check_f17(struct check *k)
{
	for (cpu_id c = 0; c < k->w->max.cpus; c++) {
		mm_id loaded = ref_mm(world_cpu(k->w, c)->loaded_mm);

		if (!resting(k, c))
			continue;
		for (mm_id mm = MM_INIT + 1; mm < k->w->max.mms; mm++)
			must(k, c,
			     loaded == mm ? bit_in(mm_cpumask(k->w, mm), c)
					  : !bit_in(mm_cpumask(k->w, mm), c) ||
						    may_have_bit(k, c, mm));
	}
}

/* --- the table ---------------------------------------------------------- */

static const struct invariant {
	const char *name, *text;
	enum event_kind about;
	void (*check)(struct check *k);
} invariants[] = {
	{ "F1",
	  "mm_count is one for all users together, one for each borrower "
	  "and each explicit holder",
	  EV_MM, check_f1 },
	{ "F2",
	  "init_mm's mm_count is its static one, the boot surplus and one "
	  "for each borrower",
	  EV_MM, check_f2 },
	{ "F3", "without MMU_LAZY_TLB_REFCOUNT no borrower owns a count", EV_MM,
	  check_f3 },
	{ "F4",
	  "mm_users is the number of tasks with this mm and of those that "
	  "called mmget",
	  EV_MM, check_f4 },
	{ "F5", "an mm with users has a count", EV_MM, check_f5 },
	{ "F6", "counters are never negative", EV_MM, check_f6 },
	{ "F7", "init_mm has 2 users always and never loses its last count",
	  EV_MM, check_f7 },
	{ "F8", "a task with an mm has it as active_mm", EV_TASK, check_f8 },
	{ "F9", "a running task without an mm borrows one", EV_TASK, check_f9 },
	{ "F10", "a task without an mm that is off the CPU borrows nothing",
	  EV_TASK, check_f10 },
	{ "F11", "nobody has init_mm as its real mm", EV_TASK, check_f11 },
	{ "F12", "a task that has exited has no mm", EV_TASK, check_f12 },
	{ "F13", "a CPU has loaded what its task runs on, or init_mm", EV_CPU,
	  check_f13 },
	{ "F14", "a task with an mm runs with it loaded, and is not lazy",
	  EV_CPU, check_f14 },
	{ "F15", "a lazy CPU has a user mm loaded", EV_CPU, check_f15 },
	{ "F16", "a borrower on a loaded user mm is lazy", EV_CPU, check_f16 },
	{ "F17", "mm_cpumask names the CPUs that have it loaded", EV_CPU,
	  check_f17 },
	{ "F23", "user page tables exist only while somebody uses them", EV_MM,
	  check_f23 },
	{ "F24", "nobody has a freed mm loaded, as mm or as active_mm", EV_MM,
	  check_f24 },
	{ "F25", "rq->prev_mm is set only inside a switch", EV_CPU, check_f25 },
	{ "F26", "one task is on each CPU, two while it switches", EV_CPU,
	  check_f26 },
};

uint32_t invariant_count(void)
{
	return sizeof invariants / sizeof *invariants;
}

const char *invariant_name(uint32_t i)
{
	assert(i < invariant_count());
	return invariants[i].name;
}

const char *invariant_text(uint32_t i)
{
	assert(i < invariant_count());
	return invariants[i].text;
}

enum event_kind invariant_about(uint32_t i)
{
	assert(i < invariant_count());
	return invariants[i].about;
}

size_t check_world(const struct world *w, const struct program *p,
		   uint64_t mask, struct broken *out, size_t size)
{
	struct check k = { .w = w, .p = p, .out = out, .size = size };

	for (k.invariant = 0; k.invariant < invariant_count(); k.invariant++)
		if (mask >> k.invariant & 1)
			invariants[k.invariant].check(&k);
	return k.n;
}
