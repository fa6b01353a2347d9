/*
 * pane_tasks.c - the tasks as `ps` lists them
 *
 *	    PID CPU ST MM   ACTIVE_MM NAME
 *	>   100   1 R  mm1  mm1       sh
 *	>    20   0 R  NULL mm1* lent kworker/1:0
 *
 * In a machine of any size only those are looked at that can be shown: what
 * the events name, what runs, and the lowest slots in use.
 */
#include "tui/pane_parts.h"
#include "tui/pick.h"

static const struct grid_column columns[] = {
	{ "", false, 0 },   { "PID", true, 0 },   { "CPU", true, 0 },
	{ "ST", false, 0 }, { "MM", false, 0 },   { "ACTIVE_MM", false, 0 },
	{ NULL, false, 0 }, { "NAME", false, 0 },
};
enum { COLUMNS = sizeof columns / sizeof *columns };

/* Before there was an active_mm. */
static const struct grid_column columns_2_2[COLUMNS] = {
	{ "", false, 0 },   { "PID", true, 0 },   { "CPU", true, 0 },
	{ "ST", false, 0 }, { "MM", false, 0 },   { NULL, false, 0 },
	{ NULL, false, 0 }, { "NAME", false, 0 },
};

static bool runs(const struct view *v, task_id t)
{
	cpu_id c = VIEW(v, EV_TASK_SHOWN, t, task_shown, cpu);

	return c < v->world->max.cpus &&
	       VIEW(v, EV_CPU, c, cpu, current) == t &&
	       VIEW(v, EV_CPU, c, cpu, online) != CPU_OFFLINE;
}

/* A task that fork is still making has no state yet. */
static char state(const struct view *v, task_id t)
{
	if (VIEW(v, EV_TASK, t, task, slot) == SLOT_EMBRYO)
		return '-';
	return amm_state_letter(VIEW(v, EV_TASK, t, task, state),
				VIEW(v, EV_TASK, t, task, exit_state));
}

static mm_id own(const struct view *v, task_id t)
{
	return ref_mm(VIEW(v, EV_TASK, t, task, mm));
}

static mm_id active(const struct view *v, task_id t)
{
	return ref_mm(VIEW(v, EV_TASK, t, task, active_mm));
}

static bool borrows(const struct view *v, task_id t)
{
	return !own(v, t) && active(v, t);
}

static unsigned name_style(const struct view *v, task_id t)
{
	uint32_t flags = world_task(v->world, t)->flags;

	if (state(v, t) == 'Z' || state(v, t) == 'X')
		return ROLE_ZOMBIE;
	if (flags & PF_IDLE)
		return ROLE_KERNEL | STYLE_DIM;
	return flags & PF_KTHREAD ? ROLE_KERNEL : ROLE_USER;
}

/* The task as it was; a task that is new has not changed. */
static struct view before(const struct pane_view *p, task_id t)
{
	bool is_new = VIEW(&p->was, EV_TASK, t, task, slot) == SLOT_FREE;

	return is_new ? p->now : p->was;
}

static void add_place(struct grid *g, const struct pane_view *p, task_id t,
		      const struct view *was)
{
	const struct task_shown *shown = world_task_shown(p->world, t);

	text_add(grid_open(g), runs(&p->now, t) ? ">" : "");
	grid_close(g, STYLE_BOLD, runs(&p->now, t) && !runs(was, t));
	text_addf(grid_open(g), "%u", shown->pid);
	grid_close(g, STYLE_PLAIN, false);
	text_addf(grid_open(g), "%u", shown->cpu);
	grid_close(g, STYLE_PLAIN,
		   shown->cpu != VIEW(was, EV_TASK_SHOWN, t, task_shown, cpu));
	text_addc(grid_open(g), state(&p->now, t), 1);
	grid_close(g, state(&p->now, t) == 'Z' ? ROLE_ZOMBIE : STYLE_PLAIN,
		   state(&p->now, t) != state(was, t));
}

static void add_spaces(struct grid *g, const struct pane_view *p, task_id t,
		       const struct view *was, const char *borrowed)
{
	bool lent = borrows(&p->now, t);
	mm_id mm = own(&p->now, t), loan = active(&p->now, t);

	amm_say_mm(p->amm, grid_open(g), mm);
	grid_close(g, pane_mm_style(p, mm), mm != own(was, t));
	if (!p->model.one_count)
		amm_say_mm(p->amm, grid_open(g), loan);
	else
		grid_open(g);
	grid_close(g,
		   lent ? ROLE_BORROW | STYLE_UNDERLINE
			: pane_mm_style(p, loan),
		   loan != active(was, t));
	text_add(grid_open(g), lent ? borrowed : "");
	grid_close(g, ROLE_BORROW, false);
}

static void add_row(struct grid *g, const struct pane_view *p, task_id t,
		    const char *borrowed)
{
	struct view was = before(p, t);
	bool renamed = false;

	add_place(g, p, t, &was);
	add_spaces(g, p, t, &was, borrowed);
	for (uint32_t i = 0; i < NAME_WORDS; i++) {
		uint32_t field = FIELD_OF(task_shown, name) + i;

		renamed |= view_word(&p->now, EV_TASK_SHOWN, t, field) !=
			   view_word(&was, EV_TASK_SHOWN, t, field);
	}
	amm_say_comm(p->amm, grid_open(g), t);
	grid_close(g, name_style(&p->now, t), renamed);
}

/* --- which rows ----------------------------------------------------------- */

static bool is_there(const struct world *w, task_id t)
{
	return world_task(w, t)->slot != SLOT_FREE;
}

static void pick_changed(struct pick *pick, const struct pane_view *p)
{
	for (task_id t = changes_next(&p->changes, EV_TASK, 1);
	     t < p->world->max.tasks;
	     t = changes_next(&p->changes, EV_TASK, t + 1))
		if (is_there(p->world, t) && !pick_add(pick, t))
			return;
}

static void pick_running(struct pick *pick, const struct world *w)
{
	for (cpu_id c = 0; c < w->max.cpus; c++)
		if (world_cpu(w, c)->current != world_cpu(w, c)->idle &&
		    !pick_add(pick, world_cpu(w, c)->current))
			return;
}

/* Those in use from slot @first on. */
static void pick_slots(struct pick *pick, const struct world *w, task_id first)
{
	for (task_id t = slot_next_used(w, MAP_TASK, first); t;
	     t = slot_next_used(w, MAP_TASK, t + 1))
		if (is_there(w, t) && !pick_add(pick, t))
			return;
}

static void pick_tasks(struct pick *pick, const struct pane_view *p,
		       unsigned rows)
{
	const struct world *w = p->world;

	pick_begin(pick, slots_used(w, MAP_TASK), rows, 1);
	pick_changed(pick, p);
	pick_running(pick, w);
	pick_slots(pick, w, w->max.cpus + 1);
	pick_slots(pick, w, 1);
	pick_sort(pick);
}

static void draw(const struct amm *a, uint64_t since, struct canvas *out)
{
	struct pane_view p;
	struct pick pick;
	struct grid g;

	pane_look(&p, a, since);
	pick_tasks(&pick, &p, out->rows ? out->rows - 1 : 0);
	grid_begin(&g, p.model.one_count ? columns_2_2 : columns, COLUMNS);
	for (unsigned i = 0; i < pick.count; i++)
		add_row(&g, &p, pick.id[i],
			out->columns < 50 ? "lent" : "borrowed");
	grid_heads(&g, out, 0);
	grid_draw(&g, out, 1, 1);
	pane_more(out, pick.count + 1,
		  slots_used(p.world, MAP_TASK) - pick.count, "task");
	grid_end(&g);
	pane_end(&p);
}

static struct need need(const struct amm *a)
{
	uint32_t tasks = slots_used(amm_world(a), MAP_TASK);
	struct need n = { { 5, 44 }, { tasks < 200 ? tasks + 1 : 200, 50 } };

	return n;
}

const struct pane pane_tasks = { "tasks", need, draw };
