/*
 * naive.c - see naive.h
 */
#include "naive.h"

#include <assert.h>
#include <string.h>

static const struct naive_rules rules[] = {
	{ .kernel = "2.2", .one_count = true },
	{ .kernel = "2.4",
	  .marks = true,
	  .keeps_cr3 = true,
	  .calls_all = true },
	{ .kernel = "2.6",
	  .marks = true,
	  .calls_all = true,
	  .idle_null = true },
	{ .kernel = "4.14",
	  .loads_init = true,
	  .calls_all = true,
	  .idle_null = true },
	{ .kernel = "6.1" },
	{ .kernel = "6.12" },
	{ .kernel = "6.12-shoot", .shot = true },
	{ .kernel = "6.18", .stale = true, .idle_null = true },
	{ .kernel = "6.18-shoot", .shot = true, .idle_null = true },
	{ .kernel = "2.2", .alpha = true, .one_count = true },
	{ .kernel = "2.4", .alpha = true },
	{ .kernel = "6.12", .alpha = true },
};

static struct naive_rules rules_of(const char *kernel, bool alpha)
{
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (strcmp(rules[i].kernel, kernel) == 0 &&
		    rules[i].alpha == alpha)
			return rules[i];
	assert(0 && "a kernel that the model knows");
	return rules[0];
}

void naive_init(struct naive *n, uint32_t cpus, const char *kernel, bool alpha)
{
	memset(n, 0, sizeof *n);
	n->rules = rules_of(kernel, alpha);
	assert(cpus <= NAIVE_CPUS);
	for (uint32_t c = 0; c < cpus; c++) {
		n->cpu[c].curr = n->cpu[c].idle = c + 1;
		n->cpu[c].loaded_mm = NAIVE_INIT_MM;
		n->task[c + 1].there = n->task[c + 1].kthread = true;
	}
	if (n->rules.one_count)
		n->task[1].mm = NAIVE_INIT_MM;
}

static struct naive_task *curr(struct naive *n, uint32_t cpu)
{
	return &n->task[n->cpu[cpu].curr];
}

static const struct naive_task *runs(const struct naive *n, uint32_t cpu)
{
	return &n->task[n->cpu[cpu].curr];
}

static bool stale(const struct naive *n, uint32_t cpu, uint64_t mm)
{
	for (uint32_t i = 0; i < NAIVE_STALE; i++)
		if (n->cpu[cpu].stale[i] == mm)
			return true;
	return false;
}

static void change_stale(struct naive_cpu *c, uint64_t from, uint64_t to)
{
	uint32_t i = 0;

	while (i < NAIVE_STALE && c->stale[i] != from)
		i++;
	if (i < NAIVE_STALE)
		c->stale[i] = to;
	else
		assert(to == NAIVE_NO_MM);
}

/* An mm that is gone was in no mask any more. */
static void load(struct naive *n, uint32_t cpu, uint64_t mm)
{
	struct naive_cpu *c = &n->cpu[cpu];

	if (n->rules.stale && c->loaded_mm != mm &&
	    c->loaded_mm != NAIVE_INIT_MM && !stale(n, cpu, c->loaded_mm))
		change_stale(c, NAIVE_NO_MM, c->loaded_mm);
	c->loaded_mm = mm;
	c->left = c->marked = false;
}

static void goes_lazy(struct naive *n, uint32_t cpu)
{
	if (n->rules.loads_init)
		load(n, cpu, NAIVE_INIT_MM);
}

void naive_marked(struct naive *n, uint32_t cpu)
{
	n->cpu[cpu].marked =
		n->cpu[cpu].marked || n->cpu[cpu].loaded_mm != NAIVE_INIT_MM;
}

/* --- what happens -------------------------------------------------------- */

void naive_cpu_up(struct naive *n, uint32_t cpu)
{
	n->cpu[cpu].online = true;
	load(n, cpu, NAIVE_INIT_MM);
	if (n->rules.one_count)
		curr(n, cpu)->mm = NAIVE_INIT_MM;
	else
		curr(n, cpu)->active_mm = NAIVE_INIT_MM;
}

/* In 6.1 and 6.12 its idle task points at init_mm, and owns nothing. */
void naive_cpu_dies(struct naive *n, uint32_t cpu)
{
	naive_cpu_up(n, cpu);
	n->cpu[cpu].online = false;
	if (n->rules.idle_null)
		curr(n, cpu)->active_mm = NAIVE_NO_MM;
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

/* 2.2 has no active_mm. */
static uint64_t borrowable(const struct naive *n, uint64_t mm)
{
	return n->rules.one_count ? NAIVE_NO_MM : mm;
}

void naive_new_task(struct naive *n, uint32_t task, bool kthread, uint64_t mm)
{
	assert(task < NAIVE_TASKS);
	found(n, mm);
	if (n->rules.one_count && mm == NAIVE_NO_MM)
		mm = NAIVE_INIT_MM;
	n->task[task] = (struct naive_task){ .there = true,
					     .kthread = kthread,
					     .flagged = kthread,
					     .mm = mm,
					     .active_mm = borrowable(n, mm) };
}

void naive_switch(struct naive *n, uint32_t cpu, uint32_t next)
{
	struct naive_task *from = curr(n, cpu), *to = &n->task[next];
	uint64_t borrowed = from->active_mm;

	if (from->mm == NAIVE_NO_MM)
		from->active_mm = NAIVE_NO_MM;
	n->cpu[cpu].curr = next;
	if (to->mm == NAIVE_NO_MM) {
		to->active_mm = borrowed;
		goes_lazy(n, cpu);
	} else if (!n->rules.marks) {
		load(n, cpu, to->mm);
	} /* else when it is seen to */
}

void naive_exec(struct naive *n, uint32_t cpu, uint64_t mm)
{
	struct naive_task *t = curr(n, cpu);

	found(n, mm);
	t->leaving = t->mm;
	t->kthread = false;
	t->mm = mm;
	t->active_mm = borrowable(n, mm);
}

void naive_exits_to_init(struct naive *n, uint32_t cpu)
{
	struct naive_task *t = curr(n, cpu);

	t->leaving = t->mm;
	t->mm = NAIVE_INIT_MM;
	t->uncounted = true;
	load(n, cpu, NAIVE_INIT_MM);
}

void naive_through_exec(struct naive *n, uint32_t cpu)
{
	curr(n, cpu)->flagged = false;
}

void naive_loads(struct naive *n, uint32_t cpu)
{
	load(n, cpu, curr(n, cpu)->mm);
}

void naive_leaves_mm(struct naive *n, uint32_t cpu)
{
	struct naive_task *t = curr(n, cpu);

	if (!t->kthread)
		t->leaving = t->mm;
	t->mm = NAIVE_NO_MM;
	goes_lazy(n, cpu);
}

void naive_uses_mm(struct naive *n, uint32_t cpu, uint64_t mm)
{
	struct naive_task *t = curr(n, cpu);

	t->mm = t->active_mm = mm;
	load(n, cpu, mm);
}

void naive_back(struct naive *n, uint32_t cpu)
{
	struct naive_task *t = curr(n, cpu);

	t->mm = t->active_mm = t->leaving;
	t->leaving = NAIVE_NO_MM;
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
	n->lost +=
		n->task[task].mm == NAIVE_INIT_MM && !n->task[task].uncounted;
	n->task[task].there = false;
	n->task[task].mm = n->task[task].active_mm = NAIVE_NO_MM;
}

void naive_to_init_mm(struct naive *n, uint32_t cpu)
{
	bool marked = n->cpu[cpu].marked;

	if (n->rules.keeps_cr3) {
		n->cpu[cpu].left = true;
		return;
	}
	load(n, cpu, NAIVE_INIT_MM);
	n->cpu[cpu].marked = marked; /* 2.6 stays lazy */
}

void naive_flushed(struct naive *n, uint32_t cpu, uint64_t mm)
{
	if (n->cpu[cpu].loaded_mm == mm && naive_lazy(n, cpu))
		naive_to_init_mm(n, cpu);
	else if (n->cpu[cpu].loaded_mm != mm && stale(n, cpu, mm))
		change_stale(&n->cpu[cpu], mm, NAIVE_NO_MM);
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
	for (uint32_t c = 0; c < NAIVE_CPUS && n->rules.shot; c++) {
		struct naive_task *t = curr(n, c);

		if (!n->cpu[c].online || t->mm != NAIVE_NO_MM ||
		    naive_count(n, t->active_mm) > 0)
			continue;
		t->active_mm = NAIVE_INIT_MM;
		load(n, c, NAIVE_INIT_MM);
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

/* 2.2: the tasks that have it, whoever they are. */
static uint64_t one_count(const struct naive *n, uint64_t mm)
{
	uint64_t sum =
		held(n, NAIVE_USER, mm) + (mm == NAIVE_INIT_MM ? n->lost : 0);

	for (uint32_t t = 0; t < NAIVE_TASKS; t++) {
		sum += n->task[t].mm == mm && !n->task[t].uncounted;
		sum += n->task[t].leaving == mm;
		sum += n->task[t].making == mm;
	}
	return sum;
}

uint64_t naive_users(const struct naive *n, uint64_t mm)
{
	uint64_t sum = mm == NAIVE_INIT_MM ? 2 : held(n, NAIVE_USER, mm);

	if (n->rules.one_count)
		return one_count(n, mm);
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

	if (n->rules.one_count)
		return sum;
	for (uint32_t t = 0; t < NAIVE_TASKS; t++)
		sum += n->task[t].mm == mm && n->task[t].kthread;
	for (uint32_t c = 0; c < NAIVE_CPUS && !n->rules.shot; c++)
		sum += borrows(n, c, mm);
	return sum + (mm == NAIVE_INIT_MM && !n->rules.shot &&
		      !n->rules.alpha); /* boot surplus */
}

bool naive_lazy(const struct naive *n, uint32_t cpu)
{
	if (n->rules.alpha)
		return false;
	if (n->rules.marks)
		return n->cpu[cpu].marked;
	return runs(n, cpu)->mm == NAIVE_NO_MM &&
	       n->cpu[cpu].loaded_mm != NAIVE_INIT_MM;
}

bool naive_in_mask(const struct naive *n, uint32_t cpu, uint64_t mm)
{
	if (n->rules.one_count || n->rules.alpha)
		return false;
	return (n->cpu[cpu].loaded_mm == mm && !n->cpu[cpu].left) ||
	       stale(n, cpu, mm) || (n->rules.shot && borrows(n, cpu, mm));
}
