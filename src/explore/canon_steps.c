/*
 * canon_steps.c - who may do what: the canonical step table as rules
 *
 * A rule adds to what the engine itself refuses (engine_check), where the
 * canonical model is stricter: one thing at a time, user tasks do one kind of
 * thing and kernel threads another.
 */
#include "explore/canon.h"

#include <assert.h>

enum arg { ARG_NONE, ARG_TASK, ARG_MM, ARG_CPU };

struct canon_rule {
	uint32_t op; /* of the scenario; 0: always there */
	enum input_kind kind;
	uint8_t verb; /* enum verb or path_id */
	bool enters;  /* its first statement belongs to the step */
	enum arg arg;
	bool (*allows)(const struct world *w, cpu_id cpu);
};

static const struct task *current_of(const struct world *w, cpu_id cpu)
{
	return world_task(w, world_cpu(w, cpu)->current);
}

static bool always(const struct world *w, cpu_id cpu)
{
	(void)w;
	(void)cpu;
	return true;
}

static bool not_in_switch(const struct world *w, cpu_id cpu)
{
	return !world_cpu(w, cpu)->sched_stack;
}

static bool quiet(const struct world *w, cpu_id cpu)
{
	return not_in_switch(w, cpu) && !current_of(w, cpu)->stack;
}

static bool user(const struct world *w, cpu_id cpu)
{
	const struct task *t = current_of(w, cpu);

	return quiet(w, cpu) && !(t->flags & PF_KTHREAD) &&
	       ref_mm(t->mm) != MM_NONE;
}

static bool has_tables(const struct world *w, cpu_id cpu, uint32_t tables)
{
	return user(w, cpu) &&
	       world_mm(w, ref_mm(current_of(w, cpu)->mm))->tables == tables;
}

static bool mapped(const struct world *w, cpu_id cpu)
{
	return has_tables(w, cpu, 1);
}

static bool unmapped(const struct world *w, cpu_id cpu)
{
	return has_tables(w, cpu, 0);
}

static bool kthread(const struct world *w, cpu_id cpu, bool uses)
{
	const struct task *t = current_of(w, cpu);

	return quiet(w, cpu) && t->flags & PF_KTHREAD &&
	       !(t->flags & PF_IDLE) && (ref_mm(t->mm) != MM_NONE) == uses;
}

static bool free_kthread(const struct world *w, cpu_id cpu)
{
	return kthread(w, cpu, false);
}

static bool using_kthread(const struct world *w, cpu_id cpu)
{
	return kthread(w, cpu, true);
}

static bool can_walk(const struct world *w, cpu_id cpu)
{
	mm_id loaded = ref_mm(world_cpu(w, cpu)->loaded_mm);

	return not_in_switch(w, cpu) && !world_cpu(w, cpu)->walk &&
	       loaded != MM_INIT && world_mm(w, loaded)->tables == 1;
}

#define VERB_RULE(op, verb, ...) \
	{ \
		op, IN_VERB, VERB_##verb, __VA_ARGS__ \
	}
#define PATH_RULE(op, path, ...) \
	{ \
		op, IN_PATH, PATH_##path, __VA_ARGS__ \
	}

static const struct canon_rule rules[] = {
	{ 0, IN_STEP, 0, false, ARG_NONE, always },
	VERB_RULE(0, switch, false, ARG_TASK, not_in_switch),
	VERB_RULE(OP_EXIT, exit, true, ARG_NONE, user),
	VERB_RULE(OP_CLONE, clone, true, ARG_NONE, user),
	VERB_RULE(OP_FORK, fork, true, ARG_NONE, user),
	VERB_RULE(OP_EXEC, exec, true, ARG_NONE, user),
	VERB_RULE(OP_USEMM, kthread_use_mm, true, ARG_MM, free_kthread),
	VERB_RULE(OP_USEMM, kthread_unuse_mm, true, ARG_NONE, using_kthread),
	PATH_RULE(OP_PT, canon_map, true, ARG_NONE, unmapped),
	PATH_RULE(OP_PT, canon_unmap, true, ARG_NONE, mapped),
	PATH_RULE(OP_PT, canon_walk, true, ARG_NONE, can_walk),
	VERB_RULE(OP_PT, ipi, true, ARG_CPU, not_in_switch),
};
_Static_assert(sizeof rules / sizeof *rules <= CANON_RULES_MAX, "room");

/* Values of a rule's argument: from @first, below @end. */
static void arg_range(const struct canon *c, enum arg arg, uint32_t *first,
		      uint32_t *end)
{
	static const uint32_t firsts[] = { 0, 1, MM_INIT + 1, 0 };
	const uint32_t ends[] = { 1, c->limits.tasks, c->limits.mms,
				  c->limits.cpus };

	*first = firsts[arg];
	*end = ends[arg];
}

static void list_rule(struct canon *c, cpu_id cpu,
		      const struct canon_rule *rule)
{
	uint32_t arg, end;

	for (arg_range(c, rule->arg, &arg, &end); arg < end; arg++) {
		assert(c->steps < CANON_STEPS_MAX);
		c->step[c->steps++] = (struct canon_step){ rule, cpu, arg };
	}
}

void canon_list_steps(struct canon *c)
{
	for (cpu_id cpu = 0; cpu < c->scenario.cpus; cpu++)
		for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
			if (!rules[i].op || rules[i].op & c->scenario.ops)
				list_rule(c, cpu, &rules[i]);
}

bool canon_allows(const struct canon *c, const struct world *w,
		  const struct canon_step *step, struct input *in)
{
	const struct canon_rule *rule = step->rule;

	if (!rule->allows(w, step->cpu))
		return false;
	*in = (struct input){ .kind = (uint8_t)rule->kind,
			      .verb = rule->verb,
			      .actor = (uint16_t)step->cpu,
			      .count = 1,
			      .arg = { step->arg } };
	return engine_check(w, &c->program, in).why == REFUSED_NOT;
}

bool canon_is_pick(const struct canon_step *step)
{
	return step->rule->arg == ARG_TASK;
}

bool canon_enters(const struct canon_step *step)
{
	return step->rule->enters;
}
