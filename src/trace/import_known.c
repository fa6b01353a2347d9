/*
 * import_known.c - what the recording's addresses and pids stand for
 *
 * Values are taken over from a record only at the first sight of an mm.  Until
 * then its counters hold what is accounted for: users that are known, CPUs
 * that borrow it.
 */
#include "trace/import_compare.h"
#include "trace/import_known.h"
#include "trace/import_walk.h"

#include <string.h>

#include "base/mem.h"

static bool fit(void **array, size_t size, uint32_t old, uint32_t new)
{
	void *more = am_realloc(*array, new, size);

	if (!more)
		return false;
	*array = more;
	memset((char *)more + old * size, 0, (new - old) * size);
	return true;
}

bool known_fit(struct import *im)
{
	struct limits now = world_now(im)->max;

	if (!fit((void **)&im->mm, sizeof *im->mm, im->fitted.mms, now.mms))
		return false;
	im->fitted.mms = now.mms;
	if (!fit((void **)&im->task, sizeof *im->task, im->fitted.tasks,
		 now.tasks))
		return false;
	im->fitted.tasks = now.tasks;
	return true;
}

/* --- mms ---------------------------------------------------------------- */

void bind_mm(struct import *im, uint64_t address, mm_id mm)
{
	mm_id old = bindings_get(&im->addresses, address);

	if (old != MM_NONE && old != mm) {
		diverge(im, "0x%" PRIx64 " is made while it is still in use",
			address);
		unbind_mm(im, old);
	}
	im->mm[mm] = (struct known_mm){ .address = address };
	if (!bindings_set(&im->addresses, address, mm))
		im->failed = true;
}

void unbind_mm(struct import *im, mm_id mm)
{
	if (im->mm[mm].address)
		bindings_drop(&im->addresses, im->mm[mm].address);
	im->mm[mm] = (struct known_mm){ 0 };
}

mm_id mm_found(const struct import *im, uint64_t address)
{
	return no_mm(address) ? MM_NONE : bindings_get(&im->addresses, address);
}

uint64_t address_of(const struct import *im, mm_id mm)
{
	return mm == MM_SWITCHING    ? 1
	       : mm < im->fitted.mms ? im->mm[mm].address
				     : 0;
}

mm_id mm_known_as(struct import *im, uint64_t address)
{
	struct input in = { .kind = IN_MM, .actor = (uint16_t)im->r->cpu };
	mm_id mm = mm_found(im, address);

	if (mm != MM_NONE || no_mm(address) || im->failed)
		return mm;
	ensure_room(im);
	mm = slot_lowest_free(world_now(im), MAP_MM);
	give(im, &in);
	if (im->failed)
		return MM_NONE;
	bind_mm(im, address, mm);
	return mm;
}

/* init_mm belongs to nobody: what is not borrowed of it is kept for ever. */
static void adopt_init(struct import *im, uint32_t users, uint32_t count)
{
	const struct mm *mm = world_mm(world_now(im), MM_INIT);
	uint32_t kept = mm->kept + count - mm->mm_count;

	FORCE(im, MM, mm, MM_INIT, mm_users, users);
	FORCE(im, MM, mm, MM_INIT, kept, kept);
	FORCE(im, MM, mm, MM_INIT, mm_count, count);
}

void adopt(struct import *im, mm_id mm, uint32_t users, uint32_t count)
{
	const struct mm *m = world_mm(world_now(im), mm);

	if (!im->mm[mm].adopted)
		im->score.adoptions++;
	im->mm[mm].adopted = im->mm[mm].counted = true;
	if (mm == MM_INIT) {
		adopt_init(im, users, count);
		return;
	}
	if (users > m->mm_users)
		leave_unexplained(im, mm, UNIT_USER, users - m->mm_users);
	m = world_mm(world_now(im), mm);
	if (count > m->mm_count)
		leave_unexplained(im, mm, UNIT_COUNT, count - m->mm_count);
	m = world_mm(world_now(im), mm);
	if (users != m->mm_users || count != m->mm_count)
		diverge(im,
			"mm %" PRIx64
			": users %u and count %u are less than the %u and %u "
			"that are accounted for",
			im->mm[mm].address, users, count, m->mm_users,
			m->mm_count);
	FORCE(im, MM, mm, mm, mm_users, users);
	FORCE(im, MM, mm, mm, mm_count, count);
	FORCE(im, MM, mm, mm, tables, users > 0);
}

/* --- tasks -------------------------------------------------------------- */

uint32_t pid_of(const struct import *im, task_id t)
{
	const struct world *w = world_now(im);

	return world_task(w, t)->flags & PF_IDLE ? 0
						 : world_task_shown(w, t)->pid;
}

void bind_pid(struct import *im, uint32_t pid, task_id t)
{
	im->task[t] = (struct known_task){ 0 };
	if (pid && !bindings_set(&im->pids, pid, t))
		im->failed = true;
}

task_id task_found(const struct import *im, uint32_t pid, cpu_id c)
{
	return pid ? bindings_get(&im->pids, pid)
		   : world_cpu(world_now(im), c)->idle;
}

/* Recordings call kernel threads by these names, ps in brackets. */
static uint32_t flags_of(const char *name)
{
	static const char *const kernel[] = {
		"kworker/",  "kthreadd", "ksoftirqd/", "migration/",
		"rcu_",      "cpuhp/",   "kswapd",     "khugepaged",
		"kcompactd", "watchdog", "vhost-"
	};

	for (size_t i = 0; i < sizeof kernel / sizeof *kernel; i++)
		if (strncmp(name, kernel[i], strlen(kernel[i])) == 0)
			return PF_KTHREAD;
	return 0;
}

/* A pid comes back after the death of its task. */
static task_id living(const struct import *im, uint32_t pid, cpu_id c)
{
	task_id t = task_found(im, pid, c);
	const struct task *task = world_task(world_now(im), t);

	return t != TASK_NONE && task->exit_state && !task->on_cpu ? TASK_NONE
								   : t;
}

task_id task_known_as(struct import *im, uint32_t pid, cpu_id c,
		      const char *name)
{
	task_id t = living(im, pid, c);
	struct input in;

	if (t != TASK_NONE || im->failed)
		return t;
	in = (struct input){ .kind = IN_TASK,
			     .actor = (uint16_t)c,
			     .arg = { pid, flags_of(name) } };
	name_pack(in.name, NAME_WORDS, name);
	ensure_room(im);
	t = slot_lowest_free(world_now(im), MAP_TASK);
	give(im, &in);
	if (im->failed)
		return world_cpu(world_now(im), c)->idle;
	bind_pid(im, pid, t);
	return t;
}

void learn_mm(struct import *im, task_id t, mm_id mm)
{
	const struct world *w = world_now(im);
	bool runs = world_task(w, t)->on_cpu;

	if (im->task[t].mm_known)
		return;
	im->task[t].mm_known = true;
	if (mm == MM_NONE) {
		if (!(world_task(w, t)->flags & PF_IDLE))
			FORCE(im, TASK, task, t, flags,
			      world_task(w, t)->flags | PF_KTHREAD);
		return;
	}
	explain_unit(im, mm, UNIT_USER, holder_word(HOLDER_TASK, t));
	FORCE(im, MM, mm, mm, tables, 1);
	if (world_mm_shown(world_now(im), mm)->owner == TASK_NONE)
		FORCE(im, MM_SHOWN, mm_shown, mm, owner, t);
	FORCE(im, TASK, task, t, mm, ref_to(mm, OWNS_USER));
	if (!runs || ref_mm(world_task(w, t)->active_mm) == MM_NONE)
		FORCE(im, TASK, task, t, active_mm, ref_to(mm, OWNS_NOTHING));
}

/* --- the start ---------------------------------------------------------- */

void put_on_cpu(struct import *im, cpu_id c, task_id t)
{
	const struct cpu *cpu = world_cpu(world_now(im), c);

	if (cpu->current != t)
		FORCE(im, TASK, task, cpu->current, on_cpu, 0);
	if (cpu->curr != cpu->current && cpu->curr != t)
		FORCE(im, TASK, task, cpu->curr, on_cpu, 0);
	FORCE(im, CPU, cpu, c, curr, t);
	FORCE(im, CPU, cpu, c, current, t);
	FORCE(im, TASK, task, t, on_cpu, 1);
	FORCE(im, TASK, task, t, on_rq, 1);
	FORCE(im, TASK, task, t, state, TASK_RUNNING);
	FORCE(im, TASK_SHOWN, task_shown, t, cpu, c);
}

/* What boot let this task borrow goes back. */
static void forget_borrow(struct import *im, task_id t)
{
	ref r = world_task(world_now(im), t)->active_mm;

	if (ref_owns(r) == OWNS_COUNT)
		FORCE(im, MM, mm, ref_mm(r), mm_count,
		      world_mm(world_now(im), ref_mm(r))->mm_count - 1);
	FORCE(im, TASK, task, t, active_mm, 0);
}

static ref lent(struct import *im, mm_id mm, uint32_t who)
{
	if (mm == MM_NONE)
		return 0;
	explain_unit(im, mm, UNIT_COUNT, who);
	return ref_to(mm, OWNS_COUNT);
}

static void begin_cpu(struct import *im, cpu_id c, const struct trace_cpu *s)
{
	task_id t = task_known_as(im, s->pid, c,
				  im->r->pid == s->pid ? im->r->comm : "?");
	mm_id mm = mm_known_as(im, s->mm), loaded;
	mm_id active = mm_known_as(im, s->active_mm);

	forget_borrow(im, world_cpu(world_now(im), c)->idle);
	put_on_cpu(im, c, t);
	learn_mm(im, t, mm);
	FORCE(im, TASK, task, t, active_mm,
	      mm ? ref_to(active, OWNS_NOTHING)
		 : lent(im, active, holder_word(HOLDER_TASK, t)));
	loaded = s->loaded_mm == 1 ? MM_INIT : mm_known_as(im, s->loaded_mm);
	if (loaded == MM_NONE)
		loaded = MM_INIT;
	FORCE(im, CPU, cpu, c, loaded_mm, ref_to(loaded, OWNS_NOTHING));
	FORCE(im, CPU, cpu, c, is_lazy, s->is_lazy != 0);
	if (loaded != MM_INIT)
		force(im, EV_MASK, loaded, c, 1);
	FORCE(im, CPU, cpu, c, prev_mm,
	      lent(im, mm_known_as(im, s->prev_mm),
		   holder_word(HOLDER_CPU, c)));
}

void begin_with(struct import *im, const struct trace_record *r)
{
	im->started = im->fresh = true;
	for (cpu_id c = 0; c < r->cpus; c++)
		begin_cpu(im, c, &r->cpu_state[c]);
}
