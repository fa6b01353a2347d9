/*
 * life.c - slots of tasks, mms and holders come and go
 *
 * The lowest free slot is taken, so that equal histories give equal worlds; the
 * numbers that people see (PIDs, mm serials) are never used twice.
 */
#include "engine/run.h"

enum { FIRST_USER_PID = 100, FIRST_KTHREAD_PID = 20, SPARE_PIDS = 2000000 };

void change_words(struct run *r, struct place at, const uint32_t *from,
		  uint32_t words)
{
	for (uint32_t i = 0; i < words; i++) {
		struct place word = { at.word + i, at.object, at.kind,
				      (uint8_t)(at.field + i) };

		change(r, word, from[i], 0);
	}
}

static const uint32_t *child_name(const struct run *r, task_id parent,
				  const uint32_t *name)
{
	return name && name[0] ? name : world_task_shown(r->w, parent)->name;
}

/* dup_task_struct() copies thread_info, and so what swpctx would load. */
static void copy_pcb(struct run *r, task_id t, task_id from)
{
	if (!r->w->max.alpha)
		return;
	SET_PCB(r, t, ptbr, world_pcb(r->w, from)->ptbr);
	SET_PCB(r, t, asn, world_pcb(r->w, from)->asn);
}

/* An EMBRYO: nobody can run it before wake_up_new_task. */
task_id make_task(struct run *r, task_id parent, uint32_t flags,
		  const uint32_t *name)
{
	task_id t = slot_lowest_free(r->w, MAP_TASK);

	if (t == TASK_NONE)
		return t;
	SET_TASK(r, t, slot, SLOT_EMBRYO);
	SET_TASK(r, t, flags, flags);
	SET_TASK(r, t, real_parent, parent);
	copy_pcb(r, t, parent);
	change(r, PLACE(r, TASK_SHOWN, task_shown, t, serial),
	       r->w->next_task_serial, 0);
	SET_WORLD(r, next_task_serial, r->w->next_task_serial + 1);
	change(r, PLACE(r, TASK_SHOWN, task_shown, t, cpu),
	       is_cpu(r) ? r->actor : 0, 0);
	change_words(r,
		     (struct place){ task_shown_of(r->w, t)->name, t,
				     EV_TASK_SHOWN,
				     FIELD_OF(task_shown, name) },
		     child_name(r, parent, name), NAME_WORDS);
	return t;
}

static uint32_t next_kernel_pid(uint32_t pid)
{
	if (pid == 2)
		return FIRST_KTHREAD_PID;
	return pid + 1 == FIRST_USER_PID ? SPARE_PIDS : pid + 1;
}

static bool makes_first(const struct run *r)
{
	return r->op && (r->op->path == PATH_user_mode_thread ||
			 r->op->path == PATH_rest_init ||
			 r->op->path == PATH_kthread_create);
}

/* The two that rest_init() makes name themselves; canon does without them. */
static void name_first(struct run *r, task_id t, const char *name)
{
	uint32_t words[NAME_WORDS];

	name_pack(words, NAME_WORDS, name);
	change_words(r,
		     (struct place){ task_shown_of(r->w, t)->name, t,
				     EV_TASK_SHOWN,
				     FIELD_OF(task_shown, name) },
		     words, NAME_WORDS);
}

/* The canonical model has neither init nor kthreadd. */
static uint32_t first_free_pid(const struct run *r, bool kernel)
{
	uint32_t pid = kernel ? r->w->next_kernel_pid : r->w->next_pid;

	if (pid > 2 || !r->p->profile.canon)
		return pid;
	return kernel ? FIRST_KTHREAD_PID : FIRST_USER_PID;
}

/* kthreadd came with 2.6.22. */
static const char *second_task(const struct run *r)
{
	return r->p->profile.pid2 ? r->p->profile.pid2 : "kthreadd";
}

void give_pid(struct run *r, task_id t)
{
	bool kernel = task_of(r->w, t)->flags & PF_KTHREAD;
	uint32_t pid = first_free_pid(r, kernel);

	change(r, PLACE(r, TASK_SHOWN, task_shown, t, pid), pid, 0);
	change(r, PLACE(r, TASK_SHOWN, task_shown, t, tgid), pid, 0);
	if (kernel)
		SET_WORLD(r, next_kernel_pid, next_kernel_pid(pid));
	else
		SET_WORLD(r, next_pid, pid == 1 ? FIRST_USER_PID : pid + 1);
	if (pid <= 2 && makes_first(r))
		name_first(r, t, pid == 1 ? "init" : second_task(r));
}

mm_id make_mm(struct run *r, uint32_t users)
{
	mm_id mm = slot_lowest_free(r->w, MAP_MM);
	uint32_t who = holder_word(HOLDER_USERS, mm);

	if (mm == MM_NONE)
		return mm;
	SET_MM(r, mm, slot, SLOT_LIVE);
	change(r, PLACE(r, MM, mm, mm, mm_users), users,
	       holder_word(HOLDER_TASK, current_task(r)));
	change(r, PLACE(r, MM, mm, mm, mm_count), 1, who);
	change(r, PLACE(r, MM_SHOWN, mm_shown, mm, serial),
	       r->w->next_mm_serial, 0);
	change(r, PLACE(r, MM_SHOWN, mm_shown, mm, ctx_id),
	       r->w->last_mm_ctx_id + 1, 0);
	SET_WORLD(r, next_mm_serial, r->w->next_mm_serial + 1);
	SET_WORLD(r, last_mm_ctx_id, r->w->last_mm_ctx_id + 1);
	return mm;
}

static void forget_contexts(struct run *r, mm_id mm)
{
	for (cpu_id c = 0; r->w->max.alpha && c < r->w->max.cpus; c++)
		change(r,
		       PLACE(r, CONTEXT, context, context_index(r->w, mm, c),
			     asn),
		       0, 0);
}

void free_mm_slot(struct run *r, mm_id mm)
{
	static const struct mm nothing;
	static const struct mm_shown unseen;
	const uint32_t *mask = mm_cpumask(r->w, mm);
	uint32_t n = r->w->max.cpus;

	for (uint32_t c = mask_next(mask, n, 0); c < n;
	     c = mask_next(mask, n, c))
		change_bit(r, EV_MASK, mm, c, false);
	forget_contexts(r, mm);
	change_words(r, PLACE(r, MM, mm, mm, slot), (const uint32_t *)&nothing,
		     sizeof nothing / 4);
	change_words(r, PLACE(r, MM_SHOWN, mm_shown, mm, serial),
		     (const uint32_t *)&unseen, sizeof unseen / 4);
}

/* Children of a task that goes are nobody's: init reaps them. */
void free_task_slot(struct run *r, task_id t)
{
	static const struct task nothing;
	static const struct task_shown unseen;

	copy_pcb(r, t, TASK_NONE);
	change_words(r, PLACE(r, TASK, task, t, slot),
		     (const uint32_t *)&nothing, sizeof nothing / 4);
	change_words(r, PLACE(r, TASK_SHOWN, task_shown, t, pid),
		     (const uint32_t *)&unseen, sizeof unseen / 4);
}
