/*
 * wander.h - a machine that does seeded random things, also half-way
 */
#ifndef UNIT_WANDER_H
#define UNIT_WANDER_H

#include "machine.h"

struct wanderer {
	struct machine *m;
	uint32_t seed;
	uint32_t accepted;
};

static inline uint32_t wander_random(struct wanderer *k, uint32_t below)
{
	k->seed = k->seed * 1664525u + 1013904223u;
	return (k->seed >> 8) % below;
}

static inline struct input wander_verb(struct wanderer *k)
{
	static const enum verb verbs[] = { VERB_switch,
					   VERB_switch,
					   VERB_switch,
					   VERB_switch,
					   VERB_spawn,
					   VERB_fork,
					   VERB_clone,
					   VERB_vfork,
					   VERB_kthread,
					   VERB_user_mode_thread,
					   VERB_exec,
					   VERB_exit,
					   VERB_exit,
					   VERB_kthread_use_mm,
					   VERB_kthread_unuse_mm,
					   VERB_mmget,
					   VERB_mmput,
					   VERB_mmgrab,
					   VERB_mmdrop,
					   VERB_mmget_not_zero,
					   VERB_mmput_async,
					   VERB_run_work,
					   VERB_get_task_mm,
					   VERB_wait,
					   VERB_cpu_down,
					   VERB_cpu_up,
					   VERB_flush };
	static const char *const names[] = { "a", "b", "kvm" };
	const struct world *w = k->m->w;
	enum verb verb = verbs[wander_random(k, sizeof verbs / sizeof *verbs)];
	struct input in = { .kind = IN_VERB, .verb = (uint8_t)verb };
	bool about_task = verb == VERB_switch || verb == VERB_wait ||
			  verb == VERB_get_task_mm;

	in.actor = (uint16_t)wander_random(k, w->max.cpus);
	in.arg[0] = about_task ? 1 + wander_random(k, 24)
			       : 1 + wander_random(k, 10);
	if (verb == VERB_cpu_down || verb == VERB_cpu_up)
		in.arg[0] = wander_random(k, w->max.cpus);
	if (verb == VERB_kthread_use_mm)
		in.arg[1] = 1;
	name_pack(in.name, LABEL_WORDS, names[wander_random(k, 3)]);
	return in;
}

/* Who has no reference yet must be quick: else the mm may be gone. */
static inline bool wander_must_finish(enum verb v)
{
	return v == VERB_cpu_down || v == VERB_mmget || v == VERB_mmgrab ||
	       v == VERB_mmget_not_zero || v == VERB_get_task_mm;
}

/* A kernel thread that uses an mm must not make tasks that share it: nobody
 * says that it still has users. */
static inline bool wander_misuses(const struct wanderer *k,
				  const struct input *in)
{
	const struct world *w = k->m->w;
	const struct task *t = world_task(w, world_cpu(w, in->actor)->current);

	return t->flags & PF_KTHREAD && ref_mm(t->mm) != MM_NONE &&
	       in->verb != VERB_switch && in->verb != VERB_kthread_unuse_mm;
}

/* One verb or one statement, somewhere. */
static inline void wander(struct wanderer *k)
{
	struct input in = wander_verb(k);
	uint32_t actor = wander_random(k, k->m->w->actors);

	if (wander_random(k, 100) < 15) {
		if (wander_misuses(k, &in))
			return;
		k->accepted += machine_input(k->m, &in);
		if (wander_must_finish((enum verb)in.verb))
			machine_finish(k->m, k->m->last.actor);
		return;
	}
	if (actor >= k->m->w->max.cpus && wander_random(k, 2))
		actor %= k->m->w->max.cpus;
	if (drive_next(k->m->w, &k->m->program, actor, true, &in))
		k->accepted += machine_input(k->m, &in);
}

#endif
