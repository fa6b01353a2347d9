/*
 * kernel.c - a kernel as it is, as something to search
 */
#include "explore/kernel.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "engine/drive.h"

/* --- the steps there are ---------------------------------------------------- */

static void list_input(struct kernel *k, struct input in)
{
	assert(k->steps < KERNEL_STEPS_MAX);
	k->step[k->steps++] = in;
}

static void list_verb(struct kernel *k, cpu_id cpu, enum verb verb,
		      uint32_t arg)
{
	list_input(k, (struct input){ .kind = IN_VERB,
				      .verb = (uint8_t)verb,
				      .actor = (uint16_t)cpu,
				      .arg = { arg } });
}

/* Idle tasks first, PID 1 and 2 never run, then ours. */
static void list_switches(struct kernel *k, cpu_id cpu)
{
	list_verb(k, cpu, VERB_switch, cpu + 1);
	for (task_id t = k->first_kthread; t < k->limits.tasks; t++) {
		list_verb(k, cpu, VERB_switch, t);
		if (k->scenario.ops & OP_EXIT)
			list_verb(k, cpu, VERB_wait, t);
	}
	for (uint32_t from = 0; from < k->limits.cpus; from++)
		list_verb(k, cpu, VERB_ipi, from);
}

static void list_actions(struct kernel *k, cpu_id cpu)
{
	static const struct {
		enum scenario_op op;
		enum verb verb;
	} plain[] = {
		{ OP_EXIT, VERB_exit },   { OP_CLONE, VERB_clone },
		{ OP_CLONE, VERB_vfork }, { OP_FORK, VERB_fork },
		{ OP_EXEC, VERB_exec },   { OP_USEMM, VERB_kthread_unuse_mm },
	};

	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		if (k->scenario.ops & plain[i].op)
			list_verb(k, cpu, plain[i].verb, 0);
	for (mm_id mm = MM_INIT + 1; mm < k->limits.mms; mm++) {
		if (k->scenario.ops & OP_USEMM)
			list_verb(k, cpu, VERB_kthread_use_mm, mm);
		if (k->scenario.ops & OP_PT)
			list_verb(k, cpu, VERB_flush, mm);
	}
}

static void list_steps(struct kernel *k)
{
	for (cpu_id cpu = 0; cpu < k->limits.cpus; cpu++) {
		list_input(k, (struct input){ .kind = IN_STEP,
					      .actor = (uint16_t)cpu,
					      .count = 1 });
		list_switches(k, cpu);
		list_actions(k, cpu);
	}
}

/* User tasks and kernel threads do what is theirs, idle tasks nothing. */
static bool suits(const struct kernel *k, const struct world *w,
		  const struct input *in)
{
	task_id t = world_cpu(w, in->actor)->current;

	if (in->kind == IN_STEP)
		return true;
	switch ((enum verb)in->verb) {
	case VERB_switch:
	case VERB_ipi:
		return true;
	case VERB_kthread_use_mm:
	case VERB_kthread_unuse_mm:
		return t >= k->first_kthread && t < k->first_user &&
		       (in->verb == VERB_kthread_unuse_mm ||
			ref_mm(world_task(w, t)->mm) == MM_NONE);
	case VERB_flush:
		return t >= k->first_user &&
		       ref_mm(world_task(w, t)->mm) == in->arg[0];
	default:
		return t >= k->first_user;
	}
}

/* --- the first state --------------------------------------------------------- */

static void put(struct kernel *k, struct world *w, struct input in)
{
	struct verdict v;

	k->log.count = 0;
	v = engine_input(w, &k->program, &in, &k->log, NULL);
	assert(v.why == REFUSED_NOT);
}

static void boot(struct kernel *k, struct world *w)
{
	struct input in;

	for (uint32_t i = 0; drive_boot(w, i, &in); i++) {
		put(k, w, in);
		while (drive_next(w, &k->program, i, true, &in))
			put(k, w, in);
	}
}

static void make_task(struct kernel *k, struct world *w, uint32_t flags,
		      mm_id mm)
{
	put(k, w,
	    (struct input){ .kind = IN_TASK,
			    .arg = { w->next_pid, flags, mm } });
}

static void init(void *self, uint32_t *state)
{
	struct kernel *k = self;
	struct world *w = (struct world *)state;
	const struct scenario *s = &k->scenario;

	world_init(w, &k->limits);
	boot(k, w);
	for (uint32_t i = 0; i < s->kthreads; i++)
		make_task(k, w, PF_KTHREAD, MM_NONE);
	for (uint32_t i = 0; i < (s->share ? s->live > 0 : s->live); i++) {
		mm_id mm = MM_INIT + 1 + i;

		put(k, w,
		    (struct input){ .kind = IN_MM,
				    .arg = { s->share ? s->live : 1, 1 } });
		put(k, w,
		    (struct input){ .kind = IN_FORCE,
				    .verb = EV_MM,
				    .arg = { mm, 1, FIELD_OF(mm, tables) } });
	}
	for (uint32_t i = 0; i < s->live; i++)
		make_task(k, w, 0, MM_INIT + 1 + (s->share ? 0 : i));
}

/* --- the model ---------------------------------------------------------------- */

static enum taken next(void *self, const uint32_t *from, uint32_t step,
		       uint32_t *to)
{
	struct kernel *k = self;
	const struct input *in = &k->step[step];
	struct world *w = (struct world *)to;

	if (!suits(k, (const struct world *)from, in) ||
	    engine_check((const struct world *)from, &k->program, in).why !=
		    REFUSED_NOT)
		return STEP_OFF;
	memcpy(to, from, world_size(&k->limits));
	put(k, w, *in);
	k->last = step;
	return check_world(w, &k->program, ~(uint64_t)0, &k->broken, 1)
		       ? STEP_WRONG
		       : STEP_TAKEN;
}

static size_t key(void *self, const uint32_t *state, uint32_t *out)
{
	(void)self;
	return world_canonical((const struct world *)state, out);
}

static void add_statement(const struct kernel *k, struct text *out)
{
	const struct event *e = k->log.events;
	char line[160];
	int after;

	while (e->kind != EV_STEP)
		e++;
	op_text(&k->program, (enum path_id)e->path, e->statement, line,
		sizeof line, &after);
	text_addf(out, "%s(): %s",
		  path_name(&k->program, (enum path_id)e->path), line);
}

static const char *verb_name(enum verb verb)
{
	static const char *const names[] = {
#define VERB(id, path) #id,
#include "engine/verb.def"
#undef VERB
	};

	return names[verb];
}

static void tell(void *self, struct text *out)
{
	const struct kernel *k = self;
	const struct input *in = &k->step[k->last];

	text_addf(out, "CPU %u: ", in->actor);
	if (in->kind == IN_STEP)
		add_statement(k, out);
	else
		text_addf(out, "%s %u", verb_name((enum verb)in->verb),
			  in->arg[0]);
}

static void complain(void *self, struct text *out)
{
	const struct kernel *k = self;
	const struct broken *b = &k->broken;

	text_addf(out, "%s: %s (%s %u: expected %u, found %u)",
		  invariant_name(b->invariant), invariant_text(b->invariant),
		  event_kind_name(invariant_about(b->invariant)), b->object,
		  b->expected, b->found);
}

struct model kernel_model(struct kernel *k)
{
	size_t words = world_size(&k->limits) / 4;

	return (struct model){ .self = k,
			       .words = words,
			       .key_words = words,
			       .steps = k->steps,
			       .init = init,
			       .next = next,
			       .key = key,
			       .tell = tell,
			       .complain = complain };
}

static void lay_out(struct kernel *k, const struct scenario *s)
{
	enum { INIT_AND_KTHREADD = 2 };

	k->scenario = *s;
	k->first_kthread = 1 + s->cpus + INIT_AND_KTHREADD;
	k->first_user = k->first_kthread + s->kthreads;
	k->limits = limits_tiny(s->cpus);
	k->limits.tasks = k->first_user + s->users;
	k->limits.mms = 2 + s->mms;
	k->limits.stacks = 1 + 2 * s->cpus + k->limits.tasks;
	k->limits.holders = 1;
}

struct kernel *kernel_new(const struct scenario *s,
			  const struct profile *profile,
			  const struct patch *patches, uint32_t count)
{
	struct kernel *k = am_calloc(1, sizeof *k);

	if (!k || !program_link(&k->program, profile, patches, count)) {
		am_free(k);
		return NULL;
	}
	lay_out(k, s);
	k->log = (struct event_log){ .events = k->events,
				     .capacity = KERNEL_EVENTS };
	list_steps(k);
	return k;
}

void kernel_free(struct kernel *k)
{
	am_free(k);
}
