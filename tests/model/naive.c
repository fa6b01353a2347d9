/*
 * naive.c - see naive.h
 */
#include "naive.h"

#include <assert.h>
#include <string.h>

void naive_init(struct naive *n, uint32_t cpus, bool refcount)
{
	memset(n, 0, sizeof *n);
	n->refcount = refcount;
	assert(cpus <= NAIVE_CPUS);
	for (uint32_t c = 0; c < cpus; c++) {
		n->cpu[c].curr = n->cpu[c].idle = c + 1;
		n->cpu[c].loaded_mm = NAIVE_INIT_MM;
		n->task[c + 1].there = n->task[c + 1].kthread = true;
	}
}

static struct naive_task *curr(struct naive *n, uint32_t cpu)
{
	return &n->task[n->cpu[cpu].curr];
}

static const struct naive_task *runs(const struct naive *n, uint32_t cpu)
{
	return &n->task[n->cpu[cpu].curr];
}

/* --- what happens -------------------------------------------------------- */

void naive_cpu_up(struct naive *n, uint32_t cpu)
{
	n->cpu[cpu].online = true;
	n->cpu[cpu].loaded_mm = NAIVE_INIT_MM;
	curr(n, cpu)->active_mm = NAIVE_INIT_MM;
}

/* Old rule of CPU hotplug: its idle task points at init_mm, and owns nothing. */
void naive_cpu_dies(struct naive *n, uint32_t cpu)
{
	naive_cpu_up(n, cpu);
	n->cpu[cpu].online = false;
}

void naive_makes_mm(struct naive *n, uint32_t task, uint64_t mm)
{
	n->task[task].making = mm;
}

static void found(struct naive *n, uint64_t mm)
{
	for (uint32_t t = 0; t < NAIVE_TASKS; t++)
		if (n->task[t].making == mm)
			n->task[t].making = NAIVE_NO_MM;
}

void naive_new_task(struct naive *n, uint32_t task, bool kthread, uint64_t mm)
{
	assert(task < NAIVE_TASKS);
	found(n, mm);
	n->task[task] = (struct naive_task){
		.there = true, .kthread = kthread, .mm = mm, .active_mm = mm
	};
}

void naive_switch(struct naive *n, uint32_t cpu, uint32_t next)
{
	struct naive_task *from = curr(n, cpu), *to = &n->task[next];
	uint64_t borrowed = from->active_mm;

	if (from->mm == NAIVE_NO_MM)
		from->active_mm = NAIVE_NO_MM;
	n->cpu[cpu].curr = next;
	if (to->mm == NAIVE_NO_MM)
		to->active_mm = borrowed;
	else
		n->cpu[cpu].loaded_mm = to->mm;
}

void naive_exec(struct naive *n, uint32_t cpu, uint64_t mm)
{
	struct naive_task *t = curr(n, cpu);

	found(n, mm);
	t->leaving = t->mm;
	t->mm = t->active_mm = mm;
	n->cpu[cpu].loaded_mm = mm;
}

void naive_leaves_mm(struct naive *n, uint32_t cpu)
{
	struct naive_task *t = curr(n, cpu);

	if (!t->kthread)
		t->leaving = t->mm;
	t->mm = NAIVE_NO_MM;
}

void naive_uses_mm(struct naive *n, uint32_t cpu, uint64_t mm)
{
	struct naive_task *t = curr(n, cpu);

	t->mm = t->active_mm = mm;
	n->cpu[cpu].loaded_mm = mm;
}

void naive_put(struct naive *n, uint32_t task)
{
	n->task[task].leaving = NAIVE_NO_MM;
}

void naive_zombie(struct naive *n, uint32_t task)
{
	n->task[task].zombie = true;
}

void naive_reaped(struct naive *n, uint32_t task)
{
	n->task[task].there = false;
	n->task[task].mm = n->task[task].active_mm = NAIVE_NO_MM;
}

void naive_to_init_mm(struct naive *n, uint32_t cpu)
{
	n->cpu[cpu].loaded_mm = NAIVE_INIT_MM;
}

void naive_flushed(struct naive *n, uint32_t cpu, uint64_t mm)
{
	if (n->cpu[cpu].loaded_mm == mm && naive_lazy(n, cpu))
		naive_to_init_mm(n, cpu);
}

void naive_hold(struct naive *n, uint32_t who, enum naive_unit unit,
		uint64_t mm)
{
	struct naive_hold *h = n->hold;

	while (h->unit != NAIVE_NOTHING)
		h++;
	assert(h < n->hold + NAIVE_HOLDS);
	*h = (struct naive_hold){ unit, who, mm };
}

void naive_release(struct naive *n, uint32_t who, enum naive_unit unit)
{
	for (struct naive_hold *h = n->hold; h < n->hold + NAIVE_HOLDS; h++)
		if (h->unit == unit && h->who == who) {
			h->unit = NAIVE_NOTHING;
			return;
		}
}

void naive_shoot(struct naive *n)
{
	for (uint32_t c = 0; c < NAIVE_CPUS && !n->refcount; c++) {
		struct naive_task *t = curr(n, c);

		if (!n->cpu[c].online || t->mm != NAIVE_NO_MM ||
		    naive_count(n, t->active_mm) > 0)
			continue;
		t->active_mm = NAIVE_INIT_MM;
		naive_to_init_mm(n, c);
	}
}

/* --- what must be -------------------------------------------------------- */

static bool borrows(const struct naive *n, uint32_t cpu, uint64_t mm)
{
	return n->cpu[cpu].online && runs(n, cpu)->mm == NAIVE_NO_MM &&
	       runs(n, cpu)->active_mm == mm;
}

static uint64_t held(const struct naive *n, enum naive_unit unit, uint64_t mm)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < NAIVE_HOLDS; i++)
		sum += n->hold[i].unit == unit && n->hold[i].mm == mm;
	return sum;
}

uint64_t naive_users(const struct naive *n, uint64_t mm)
{
	uint64_t sum = mm == NAIVE_INIT_MM ? 2 : held(n, NAIVE_USER, mm);

	for (uint32_t t = 0; t < NAIVE_TASKS; t++) {
		sum += n->task[t].mm == mm && !n->task[t].kthread;
		sum += n->task[t].leaving == mm;
		sum += n->task[t].making == mm;
	}
	return sum;
}

/* One for all users, one for each borrower, each use, each explicit hold. */
uint64_t naive_count(const struct naive *n, uint64_t mm)
{
	uint64_t sum = held(n, NAIVE_COUNT, mm) + held(n, NAIVE_WORK, mm) +
		       (naive_users(n, mm) > 0);

	for (uint32_t t = 0; t < NAIVE_TASKS; t++)
		sum += n->task[t].mm == mm && n->task[t].kthread;
	for (uint32_t c = 0; c < NAIVE_CPUS && n->refcount; c++)
		sum += borrows(n, c, mm);
	return sum + (mm == NAIVE_INIT_MM && n->refcount); /* boot surplus */
}

bool naive_lazy(const struct naive *n, uint32_t cpu)
{
	return runs(n, cpu)->mm == NAIVE_NO_MM &&
	       n->cpu[cpu].loaded_mm != NAIVE_INIT_MM;
}

bool naive_in_mask(const struct naive *n, uint32_t cpu, uint64_t mm)
{
	return n->cpu[cpu].loaded_mm == mm ||
	       (!n->refcount && borrows(n, cpu, mm));
}
