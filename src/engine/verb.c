/*
 * verb.c - an accepted input: who runs it, and what is set up
 */
#include "engine/run.h"

#include <string.h>

static void set_next_name(struct run *r, const uint32_t *name)
{
	task_id t = current_task(r);

	change_words(r,
		     (struct place){ task_shown_of(r->w, t)->next_name, t,
				     EV_TASK_SHOWN,
				     FIELD_OF(task_shown, next_name) },
		     name, NAME_WORDS);
}

static void ready(struct run *r, task_id t)
{
	SET_TASK(r, t, slot, SLOT_LIVE);
	SET_TASK(r, t, on_rq, 1);
}

static void do_spawn(struct run *r, const struct input *in)
{
	task_id t = make_task(r, TASK_NONE, 0, in->name);
	mm_id mm = make_mm(r, 1);

	change(r, PLACE(r, TASK, task, t, mm), ref_to(mm, OWNS_USER),
	       holder_word(HOLDER_TASK, t));
	if (!r->p->profile.one_count)
		SET_TASK(r, t, active_mm, ref_to(mm, OWNS_NOTHING));
	SET_MM(r, mm, tables, 1);
	if (r->w->max.alpha) /* as init_new_context() does */
		SET_PCB(r, t, ptbr, mm);
	give_pid(r, t);
	change(r, PLACE(r, MM_SHOWN, mm_shown, mm, owner), t, 0);
	ready(r, t);
}

static void do_queue(struct run *r, const struct input *in)
{
	task_id t = in->arg[0];
	bool on_cpu = task_of(r->w, t)->on_cpu;

	if (in->verb == VERB_wake) {
		SET_TASK(r, t, state, TASK_RUNNING);
		SET_TASK(r, t, on_rq, 1);
	} else if (in->verb == VERB_block) {
		SET_TASK(r, t, state, TASK_INTERRUPTIBLE);
		if (!on_cpu)
			SET_TASK(r, t, on_rq, 0);
	} else {
		change(r, PLACE(r, TASK_SHOWN, task_shown, t, cpu), in->arg[1],
		       0);
	}
}

static void do_switch(struct run *r, const struct input *in)
{
	const uint32_t args[] = { cpu_of(r->w, r->actor)->current, in->arg[0],
				  0 };

	push_path(r, r->actor, PATH___schedule, args);
}

static uint32_t make_holder(struct run *r, mm_id mm, const uint32_t *label)
{
	uint32_t h = slot_lowest_free(r->w, MAP_HOLDER);

	SET_HOLDER(r, h, slot, SLOT_LIVE);
	SET_HOLDER(r, h, mm, mm);
	change_words(r,
		     (struct place){ holder_shown_of(r->w, h)->label, h,
				     EV_HOLDER_SHOWN, 0 },
		     label, LABEL_WORDS);
	return h;
}

/* What a holder gives back goes with the path. */
static ref taken_unit(struct run *r, const struct input *in, uint32_t h)
{
	const struct holder *holder = world_holder(r->w, h);
	mm_id mm = in->arg[0];

	if (!gives_back((enum verb)in->verb))
		return ref_to(mm, OWNS_NOTHING);
	if (in->verb == VERB_mmdrop) {
		SET_HOLDER(r, h, counts, holder->counts - 1);
		return ref_to(mm, OWNS_COUNT);
	}
	SET_HOLDER(r, h, users, holder->users - 1);
	return ref_to(mm, OWNS_USER);
}

static void do_holder(struct run *r, const struct input *in)
{
	enum path_id path = verb_path((enum verb)in->verb);
	bool by_task = in->verb == VERB_get_task_mm;
	uint32_t h = by_task ? 0 : holder_for(r->w, in);
	uint32_t args[3] = { in->arg[0] };

	if (!h)
		h = make_holder(r, by_task ? MM_NONE : in->arg[0], in->name);
	if (!by_task)
		args[0] = taken_unit(r, in, h);
	args[1] = h;
	r->actor = holder_actor(r->w, h);
	push_path(r, r->actor, path, args);
}

static void do_cpu_down(struct run *r, const struct input *in)
{
	uint32_t label[LABEL_WORDS] = { 0 };
	const uint32_t args[3] = { in->arg[0], 0, 0 };
	uint32_t h;

	name_pack(label, LABEL_WORDS, HOTPLUG_LABEL);
	h = make_holder(r, MM_NONE, label);
	r->actor = holder_actor(r->w, h);
	push_path(r, r->actor, PATH_cpu_down, args);
}

/* The long work is through: sys_bdflush() goes on. */
static void do_anon_off(struct run *r)
{
	const struct flat_op *op = actor_op(r->w, r->p, r->actor);

	run_on(r, actor_stack(r->w, r->actor));
	change(r, place_of(r, op->arg[0]), 1, 0);
}

static void do_on_current(struct run *r, const struct input *in)
{
	enum path_id path = verb_path((enum verb)in->verb);
	uint32_t args[3] = { in->arg[0], in->arg[1], in->arg[2] };

	if (in->verb == VERB_kthread_use_mm || in->verb == VERB_flush)
		args[0] = ref_to(in->arg[0], OWNS_NOTHING);
	if (in->verb == VERB_fork || in->verb == VERB_vfork ||
	    in->verb == VERB_clone || in->verb == VERB_kthread ||
	    in->verb == VERB_user_mode_thread || in->verb == VERB_exec)
		set_next_name(r, in->name);
	if (in->verb == VERB_ipi &&
	    cross_call_of(r->w, in->arg[0])->func == CALL_SHOOT)
		path = PATH_ipi_shoot;
	if (in->verb == VERB_cpu_up)
		r->actor = in->arg[0];
	push_path(r, r->actor, path, args);
}

static void do_task(struct run *r, const struct input *in)
{
	task_id t = make_task(r, TASK_NONE, in->arg[1], in->name);
	mm_id mm = in->arg[2];

	if (r->p->profile.one_count && mm == MM_NONE) {
		mm = MM_INIT;
		SET_MM(r, mm, mm_users, mm_of(r->w, mm)->mm_users + 1);
	}
	SET_TASK(r, t, mm, ref_to(mm, mm ? OWNS_USER : OWNS_NOTHING));
	if (!r->p->profile.one_count)
		SET_TASK(r, t, active_mm, ref_to(mm, OWNS_NOTHING));
	change(r, PLACE(r, TASK_SHOWN, task_shown, t, pid), in->arg[0], 0);
	change(r, PLACE(r, TASK_SHOWN, task_shown, t, tgid), in->arg[0], 0);
	ready(r, t);
}

static void do_mm(struct run *r, const struct input *in)
{
	mm_id mm = make_mm(r, in->arg[0]);

	SET_MM(r, mm, mm_count, in->arg[1]);
}

/* 2.2: INIT_MM has one count, and it is the first task's (path_2_2.c). */
static void set_up_init_mm(struct run *r)
{
	SET_MM(r, MM_INIT, mm_users, 1);
	SET_MM(r, MM_INIT, kept, 0);
	SET_TASK(r, 1, mm, ref_to(MM_INIT, OWNS_USER));
	SET_TASK(r, 1, active_mm, MM_NONE);
}

static void do_recorded_switch(struct run *r, const struct input *in)
{
	SET_TASK(r, cpu_of(r->w, r->actor)->current, state, in->arg[1]);
	SET_TASK(r, in->arg[0], state, TASK_RUNNING);
	SET_TASK(r, in->arg[0], on_rq, 1);
	do_switch(r, in);
}

void do_verb(struct run *r, const struct input *in)
{
	if (in->kind == IN_VERB && in->verb == VERB_boot &&
	    r->p->profile.one_count)
		set_up_init_mm(r);
	if (in->kind == IN_TASK)
		do_task(r, in);
	else if (in->kind == IN_MM)
		do_mm(r, in);
	else if (in->kind == IN_SWITCH)
		do_recorded_switch(r, in);
	else if (in->verb == VERB_spawn)
		do_spawn(r, in);
	else if (in->verb == VERB_wake || in->verb == VERB_block ||
		 in->verb == VERB_migrate)
		do_queue(r, in);
	else if (in->verb == VERB_anon_off)
		do_anon_off(r);
	else if (in->verb == VERB_switch)
		do_switch(r, in);
	else if (in->verb == VERB_cpu_down)
		do_cpu_down(r, in);
	else if (in->verb >= VERB_mmget && in->verb <= VERB_run_work)
		do_holder(r, in);
	else
		do_on_current(r, in);
}

/* --- names -------------------------------------------------------------- */

void name_pack(uint32_t *to, uint32_t words, const char *name)
{
	size_t room = (size_t)words * 4 - 1, n = 0;

	while (n < room && name[n])
		n++;
	memset(to, 0, (size_t)words * 4);
	memcpy(to, name, n);
}

void name_unpack(char *out, const uint32_t *from, uint32_t words)
{
	memcpy(out, from, (size_t)words * 4);
	out[(size_t)words * 4 - 1] = '\0';
}
