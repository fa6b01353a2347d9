/*
 * state.c - tables of what is in a world
 */
#include "session/state.h"

#include "engine/world_alpha.h"
#include "session/chain.h"
#include "session/held.h"
#include "session/show.h"

#define COLUMNS(c) (sizeof(c) / sizeof *(c))

/* Kernel 2.2 has fewer columns, an Alpha has others. */
static void table_columns(struct table *t, const struct column *columns,
			  unsigned count)
{
	t->column = columns;
	t->columns = count;
}

/* --- tasks ---------------------------------------------------------------- */

static bool runs(const struct world *w, task_id t)
{
	cpu_id c = world_task_shown(w, t)->cpu;

	return c < w->max.cpus && world_cpu(w, c)->current == t &&
	       world_cpu(w, c)->online != CPU_OFFLINE;
}

static bool is_chosen(const struct world *w, task_id t,
		      const struct chosen_tasks *only)
{
	bool kernel = world_task(w, t)->flags & PF_KTHREAD;

	for (unsigned i = 0; i < only->tasks; i++)
		if (only->task[i] == t)
			return true;
	if (only->tasks || (only->running && !runs(w, t)))
		return false;
	if (only->kernel != only->user)
		return only->kernel == kernel;
	return true;
}

static void add_pcb(struct table *t, const struct world *w, task_id id)
{
	show_mm(table_open(t), w, world_pcb(w, id)->ptbr);
	table_close(t);
	table_cell(t, "%u", world_pcb(w, id)->asn);
}

static void add_task(struct table *t, const struct world *w, task_id id)
{
	const struct task *task = world_task(w, id);

	table_cell(t, "%s", runs(w, id) ? ">" : "");
	table_cell(t, "%u", world_task_shown(w, id)->pid);
	table_cell(t, "%u", world_task_shown(w, id)->cpu);
	table_cell(t, "%c", show_state(w, id));
	show_mm(table_open(t), w, ref_mm(task->mm));
	table_close(t);
	if (!has_one_count(w)) {
		show_mm(table_open(t), w, ref_mm(task->active_mm));
		table_close(t);
	}
	if (w->max.alpha)
		add_pcb(t, w, id);
	show_comm(table_open(t), w, id);
	table_close(t);
}

void state_tasks(struct table *t, const struct world *w,
		 const struct chosen_tasks *only)
{
	static const struct column columns[] = {
		{ "", "running", CELL_MARK },
		{ "PID", "pid", CELL_NUMBER },
		{ "CPU", "cpu", CELL_NUMBER },
		{ "ST", "state", CELL_WORD },
		{ "MM", "mm", CELL_WORD },
		{ "ACTIVE_MM", "active_mm", CELL_WORD },
		{ "NAME", "comm", CELL_WORD },
	};
	static const struct column alpha[] = {
		{ "", "running", CELL_MARK },
		{ "PID", "pid", CELL_NUMBER },
		{ "CPU", "cpu", CELL_NUMBER },
		{ "ST", "state", CELL_WORD },
		{ "MM", "mm", CELL_WORD },
		{ "ACTIVE_MM", "active_mm", CELL_WORD },
		{ "PTBR", "ptbr", CELL_WORD },
		{ "ASN", "asn", CELL_NUMBER },
		{ "NAME", "comm", CELL_WORD },
	};
	static const struct column one[] = {
		{ "", "running", CELL_MARK },  { "PID", "pid", CELL_NUMBER },
		{ "CPU", "cpu", CELL_NUMBER }, { "ST", "state", CELL_WORD },
		{ "MM", "mm", CELL_WORD },     { "NAME", "comm", CELL_WORD },
	};

	*t = (struct table){ columns, COLUMNS(columns), "task", "tasks", { 0 },
			     0 };
	if (w->max.alpha)
		table_columns(t, alpha, COLUMNS(alpha));
	if (has_one_count(w))
		table_columns(t, one, COLUMNS(one));
	for (task_id id = 1; id < w->max.tasks; id++)
		if (world_task(w, id)->slot == SLOT_LIVE &&
		    is_chosen(w, id, only))
			add_task(t, w, id);
}

/* --- mms ------------------------------------------------------------------ */

void state_mask(struct text *out, const struct world *w, mm_id mm)
{
	const uint32_t *mask = mm_cpumask(w, mm);
	uint32_t n = w->max.cpus, c = mask_next(mask, n, 0);

	if (c == n)
		text_add(out, "-");
	while (c < n) {
		text_addf(out, "%u", c);
		c = mask_next(mask, n, c + 1);
		text_add(out, c < n ? "," : "");
	}
}

static void add_local_holder(struct text *out, const struct world *w,
			     uint32_t stack)
{
	for (uint32_t actor = 0; actor < w->actors; actor++)
		for (uint32_t s = actor_stack(w, actor); s;
		     s = world_stack(w, s)->below)
			if (s == stack) {
				text_add(out, "in flight on ");
				show_actor(out, w, actor);
				return;
			}
	text_add(out, "in flight");
}

void state_holder(struct text *out, const struct world *w, const struct held *h)
{
	switch ((enum held_at)h->at) {
	case HELD_TASK_MM:
	case HELD_TASK_ACTIVE:
		show_task(out, w, h->object);
		break;
	case HELD_PREV_MM:
		text_addf(out, "cpu%u rq->prev_mm", h->object);
		break;
	case HELD_LOCAL:
		add_local_holder(out, w, h->object);
		break;
	case HELD_OUTSIDE:
		show_label(out, w, h->object);
		break;
	case HELD_BY_USERS:
		text_add(out, "users");
		break;
	case HELD_BY_WORK:
		text_add(out, "queued mmput");
		break;
	case HELD_KEPT:
		text_add(out, "kept");
		break;
	}
	if (h->number > 1)
		text_addf(out, " x%u", h->number);
}

struct listing {
	struct text *out;
	const struct world *w;
	uint32_t unit;
	unsigned count;
};

static bool add_listed(void *context, const struct held *h)
{
	struct listing *l = context;

	if (h->unit != l->unit)
		return true;
	text_add(l->out, l->count++ ? ", " : "");
	state_holder(l->out, l->w, h);
	return true;
}

void state_holders(struct text *out, const struct world *w, mm_id mm,
		   uint32_t unit)
{
	struct listing l = { .out = out, .w = w, .unit = unit };

	held_each(w, mm, add_listed, &l);
	if (!l.count)
		text_add(out, "-");
}

/* Its ASN word on each CPU; 0 is none. */
static void add_contexts(struct text *out, const struct world *w, mm_id mm)
{
	for (cpu_id c = 0; c < w->max.cpus; c++)
		text_addf(out, "%s%u", c ? "," : "", world_context(w, mm, c));
}

static void add_mm(struct table *t, const struct world *w, mm_id mm)
{
	const struct mm *m = world_mm(w, mm);

	show_mm(table_open(t), w, mm);
	table_close(t);
	table_cell(t, "%d", (int32_t)m->mm_users);
	if (has_one_count(w)) {
		state_holders(table_open(t), w, mm, OWNS_USER);
		table_close(t);
		return;
	}
	table_cell(t, "%d", (int32_t)m->mm_count);
	if (w->max.alpha) {
		add_contexts(table_open(t), w, mm);
		table_close(t);
	} else {
		state_mask(table_open(t), w, mm);
		table_close(t);
		table_cell(t, "%u", m->tlb_gen);
	}
	state_holders(table_open(t), w, mm, OWNS_USER);
	table_close(t);
	state_holders(table_open(t), w, mm, OWNS_COUNT);
	table_close(t);
}

void state_mms(struct table *t, const struct world *w)
{
	static const struct column columns[] = {
		{ "MM", "mm", CELL_WORD },
		{ "USERS", "mm_users", CELL_NUMBER },
		{ "COUNT", "mm_count", CELL_NUMBER },
		{ "CPUMASK", "mm_cpumask", CELL_WORD },
		{ "GEN", "tlb_gen", CELL_NUMBER },
		{ "USED BY", "users", CELL_WORD },
		{ "COUNTED BY", "holders", CELL_WORD },
	};
	static const struct column alpha[] = {
		{ "MM", "mm", CELL_WORD },
		{ "USERS", "mm_users", CELL_NUMBER },
		{ "COUNT", "mm_count", CELL_NUMBER },
		{ "CONTEXT", "context", CELL_WORD },
		{ "USED BY", "users", CELL_WORD },
		{ "COUNTED BY", "holders", CELL_WORD },
	};
	static const struct column one[] = {
		{ "MM", "mm", CELL_WORD },
		{ "COUNT", "count", CELL_NUMBER },
		{ "COUNTED BY", "holders", CELL_WORD },
	};

	*t = (struct table){ columns, COLUMNS(columns), "mm", "mms", { 0 }, 0 };
	if (w->max.alpha)
		table_columns(t, alpha, COLUMNS(alpha));
	if (has_one_count(w))
		table_columns(t, one, COLUMNS(one));
	for (mm_id mm = MM_INIT; mm < w->max.mms; mm++)
		if (world_mm(w, mm)->slot)
			add_mm(t, w, mm);
}

/* --- CPUs ----------------------------------------------------------------- */

static void add_place(struct text *out, const struct world *w,
		      const struct program *p, uint32_t actor)
{
	const struct flat_op *op = actor_op(w, p, actor);

	if (op)
		show_function(out, p, (enum path_id)op->path);
	else
		text_add(out, "-");
}

static void add_cpu(struct table *t, const struct world *w,
		    const struct program *p, cpu_id c)
{
	static const char *const online[] = { "off", "on", "dying" };
	const struct cpu *cpu = world_cpu(w, c);

	table_cell(t, "%u", c);
	table_cell(t, "%s", online[cpu->online <= CPU_DYING ? cpu->online : 0]);
	show_task(table_open(t), w, cpu->current);
	table_close(t);
	if (!has_one_count(w)) {
		show_mm(table_open(t), w,
			ref_mm(world_task(w, cpu->current)->active_mm));
		table_close(t);
	}
	show_mm(table_open(t), w, ref_mm(cpu->loaded_mm));
	table_close(t);
	if (!has_one_count(w))
		table_cell(t, "%u",
			   w->max.alpha ? world_cpu_data(w, c)->asn
					: cpu->is_lazy);
	table_cell(t, "%s", cpu->irqs_off ? "off" : "on");
	add_place(table_open(t), w, p, c);
	table_close(t);
}

void state_cpus(struct table *t, const struct world *w, const struct program *p)
{
	static const struct column columns[] = {
		{ "CPU", "cpu", CELL_NUMBER },
		{ "LINE", "online", CELL_WORD },
		{ "CURRENT", "current", CELL_WORD },
		{ "ACTIVE_MM", "active_mm", CELL_WORD },
		{ "LOADED_MM", "loaded_mm", CELL_WORD },
		{ "LAZY", "is_lazy", CELL_NUMBER },
		{ "IRQS", "irqs", CELL_WORD },
		{ "INSIDE", "inside", CELL_WORD },
	};
	static const struct column alpha[] = {
		{ "CPU", "cpu", CELL_NUMBER },
		{ "LINE", "online", CELL_WORD },
		{ "CURRENT", "current", CELL_WORD },
		{ "ACTIVE_MM", "active_mm", CELL_WORD },
		{ "PTBR", "ptbr", CELL_WORD },
		{ "ASN", "asn", CELL_NUMBER },
		{ "IRQS", "irqs", CELL_WORD },
		{ "INSIDE", "inside", CELL_WORD },
	};
	static const struct column one[] = {
		{ "CPU", "cpu", CELL_NUMBER },
		{ "LINE", "online", CELL_WORD },
		{ "CURRENT", "current", CELL_WORD },
		{ "CR3", "cr3", CELL_WORD },
		{ "IRQS", "irqs", CELL_WORD },
		{ "INSIDE", "inside", CELL_WORD },
	};

	*t =
		(struct table){ columns, COLUMNS(columns), "CPU", "cpus", { 0 },
				0 };
	if (w->max.alpha)
		table_columns(t, alpha, COLUMNS(alpha));
	if (has_one_count(w))
		table_columns(t, one, COLUMNS(one));
	for (cpu_id c = 0; c < w->max.cpus; c++)
		add_cpu(t, w, p, c);
}

/* --- run queues ----------------------------------------------------------- */

static void add_waiting(struct text *out, const struct world *w, cpu_id c)
{
	unsigned n = 0;

	for (task_id t = w->max.cpus + 1; t < w->max.tasks; t++) {
		const struct task *task = world_task(w, t);

		if (task->slot != SLOT_LIVE || !task->on_rq || task->on_cpu ||
		    world_task_shown(w, t)->cpu != c)
			continue;
		text_add(out, n++ ? ", " : "");
		show_task(out, w, t);
	}
	text_add(out, n ? "" : "-");
}

void state_runq(struct table *t, const struct world *w, cpu_id cpu)
{
	static const struct column columns[] = {
		{ "CPU", "cpu", CELL_NUMBER },
		{ "CURRENT", "current", CELL_WORD },
		{ "PREV_MM", "prev_mm", CELL_WORD },
		{ "WAITING", "waiting", CELL_WORD },
	};
	static const struct column one[] = {
		{ "CPU", "cpu", CELL_NUMBER },
		{ "CURRENT", "current", CELL_WORD },
		{ "WAITING", "waiting", CELL_WORD },
	};

	*t = (struct table){ columns,     COLUMNS(columns),
			     "run queue", "runqs",
			     { 0 },       0 };
	if (has_one_count(w))
		table_columns(t, one, COLUMNS(one));
	for (cpu_id c = 0; c < w->max.cpus; c++) {
		if (cpu != CPU_NONE && cpu != c)
			continue;
		table_cell(t, "%u", c);
		show_task(table_open(t), w, world_cpu(w, c)->current);
		table_close(t);
		if (!has_one_count(w)) {
			show_mm(table_open(t), w,
				ref_mm(world_cpu(w, c)->prev_mm));
			table_close(t);
		}
		add_waiting(table_open(t), w, c);
		table_close(t);
	}
}
