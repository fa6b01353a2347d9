/*
 * pane_cpus.c - what each CPU runs, and in whose address space
 *
 *	>cpu0 sh           ──▶ mm1*          loaded mm1*
 *	 cpu1 kworker/1:0* ──▶ mm1* borrowed loaded mm1  lazy*
 */
#include "tui/changes.h"
#include "tui/grid.h"
#include "tui/pane_parts.h"
#include "tui/pick.h"

static const struct grid_column columns[] = {
	{ NULL, false, 0 },  /* >cpu0 */
	{ NULL, false, 24 }, /* current */
	{ NULL, false, 0 },  /* an arrow to ... */
	{ NULL, false, 0 },  /* the address space it runs in */
	{ NULL, false, 0 },  /* borrowed */
	{ NULL, false, 0 },  /* loaded, CR3, ptbr: */
	{ NULL, false, 0 },  /* whose page tables */
	{ NULL, false, 0 },  /* all else */
};
enum { COLUMNS = sizeof columns / sizeof *columns };

/* What a row says. */
struct facts {
	task_id current;
	mm_id mm, active, loaded;
	uint32_t lazy, irqs_off, online, pc, asn;
};

static uint32_t stack_of_cpu(const struct view *v, cpu_id c, task_id current)
{
	uint32_t stack = VIEW(v, EV_CPU, c, cpu, irq_stack);

	if (!stack)
		stack = VIEW(v, EV_CPU, c, cpu, sched_stack);
	return stack ? stack : VIEW(v, EV_TASK, current, task, stack);
}

static struct facts facts_of(const struct pane_view *p, const struct view *v,
			     cpu_id c)
{
	struct facts f = { .pc = UINT32_MAX };
	uint32_t stack;

	f.current = VIEW(v, EV_CPU, c, cpu, current);
	f.mm = ref_mm(VIEW(v, EV_TASK, f.current, task, mm));
	f.active = ref_mm(VIEW(v, EV_TASK, f.current, task, active_mm));
	f.loaded = ref_mm(VIEW(v, EV_CPU, c, cpu, loaded_mm));
	f.lazy = VIEW(v, EV_CPU, c, cpu, is_lazy);
	f.irqs_off = VIEW(v, EV_CPU, c, cpu, irqs_off);
	f.online = VIEW(v, EV_CPU, c, cpu, online);
	if (p->model.asn)
		f.asn = VIEW(v, EV_CPU_DATA, c, cpu_data, asn);
	stack = stack_of_cpu(v, c, f.current);
	if (stack)
		f.pc = VIEW(v, EV_STACK, stack, stack, pc);
	return f;
}

/* --- the last cell: what only now and then is so -------------------------- */

static void add_remark(struct text *out, const char *remark, bool changed)
{
	size_t length = out->length;

	text_add(out, length && out->bytes[length - 1] ? ", " : "");
	text_add(out, remark);
	text_add(out, changed ? "*" : "");
}

static void add_number(struct text *out, const char *name, uint32_t now,
		       uint32_t was)
{
	struct text said = { 0 };

	text_addf(&said, "%s %u", name, now);
	add_remark(out, text_string(&said), now != was);
	text_free(&said);
}

static void add_place(const struct pane_view *p, struct text *out,
		      const struct facts *now, const struct facts *was)
{
	struct text place = { 0 }, before = { 0 };

	if (now->pc == UINT32_MAX)
		return;
	text_add(&place, "in ");
	amm_say_function(p->amm, &place, now->pc);
	if (was->pc != UINT32_MAX) {
		text_add(&before, "in ");
		amm_say_function(p->amm, &before, was->pc);
	}
	add_remark(out, text_string(&place),
		   strcmp(text_string(&place), text_string(&before)) != 0);
	text_free(&place);
	text_free(&before);
}

static void add_calls(const struct pane_view *p, struct text *out, cpu_id c)
{
	const struct world *w = p->world;
	uint32_t first = mask_next(cpu_pending(w, c), w->actors, 0), n = 0;
	struct text calls = { 0 };

	for (uint32_t i = first; i < w->actors;
	     i = mask_next(cpu_pending(w, c), w->actors, i + 1))
		n++;
	if (n == 1 && first < w->max.cpus)
		text_addf(&calls, "IPI from cpu%u", first);
	else if (n > 0)
		text_addf(&calls, "%u IPI%s pending", n, n > 1 ? "s" : "");
	if (n > 0)
		add_remark(out, text_string(&calls),
			   changes_any(&p->changes, EV_PENDING, c));
	text_free(&calls);
}

static void add_remarks(struct grid *g, const struct pane_view *p, cpu_id c,
			const struct facts *now, const struct facts *was)
{
	struct text *out = grid_open(g);
	size_t begin = out->length;

	if (p->model.asn)
		add_number(out, "asn", now->asn, was->asn);
	add_place(p, out, now, was);
	if (now->lazy || was->lazy)
		add_remark(out, now->lazy ? "lazy" : "not lazy",
			   !now->lazy != !was->lazy);
	if (now->irqs_off || was->irqs_off)
		add_remark(out, now->irqs_off ? "irqs off" : "irqs on",
			   !now->irqs_off != !was->irqs_off);
	add_calls(p, out, c);
	grid_close(g,
		   strchr(text_string(out) + begin, '*') ? STYLE_BOLD
							 : STYLE_PLAIN,
		   false);
}

/* --- a row ---------------------------------------------------------------- */

static bool is_online(const struct facts *f)
{
	return f->online != CPU_OFFLINE;
}

static mm_id target(const struct facts *f)
{
	return f->active ? f->active : f->mm;
}

static bool borrows(const struct facts *f)
{
	return is_online(f) && !f->mm && f->active;
}

static unsigned task_style(const struct world *w, task_id t)
{
	uint32_t flags = world_task(w, t)->flags;

	if (flags & PF_IDLE)
		return ROLE_KERNEL | STYLE_DIM;
	return flags & PF_KTHREAD ? ROLE_KERNEL : ROLE_USER;
}

static void add_cpu(struct grid *g, const struct pane_view *p, cpu_id c)
{
	bool selected = amm_selected(p->amm) == c;

	text_addf(grid_open(g), "%ccpu%u", selected ? '>' : ' ', c);
	grid_close(g, selected ? STYLE_BOLD : STYLE_PLAIN, false);
}

static void add_space(struct grid *g, const struct pane_view *p,
		      const struct facts *now, const struct facts *was)
{
	unsigned style = borrows(now) ? ROLE_BORROW | STYLE_UNDERLINE
				      : pane_mm_style(p, target(now));

	text_add(grid_open(g), "──▶");
	grid_close(g, style & ROLES, false);
	amm_say_mm(p->amm, grid_open(g), target(now));
	grid_close(g, style, target(now) != target(was));
	text_add(grid_open(g), borrows(now) ? "borrowed" : "");
	grid_close(g, ROLE_BORROW, borrows(now) && !borrows(was));
}

static void add_row(struct grid *g, const struct pane_view *p, cpu_id c)
{
	struct facts now = facts_of(p, &p->now, c);
	struct facts was = facts_of(p, &p->was, c);

	add_cpu(g, p, c);
	if (!is_online(&now)) {
		text_add(grid_open(g), "offline");
		grid_close(g, STYLE_DIM, is_online(&was));
		pane_empty_cells(g, COLUMNS - 2);
		return;
	}
	amm_say_task(p->amm, grid_open(g), now.current);
	grid_close(g, task_style(p->world, now.current),
		   now.current != was.current);
	add_space(g, p, &now, &was);
	text_add(grid_open(g), p->model.base);
	grid_close(g, STYLE_PLAIN, false);
	amm_say_mm(p->amm, grid_open(g), now.loaded);
	grid_close(g, pane_mm_style(p, now.loaded), now.loaded != was.loaded);
	add_remarks(g, p, c, &now, &was);
}

/* --- which rows ----------------------------------------------------------- */

static void pick_changed(struct pick *pick, const struct pane_view *p)
{
	static const uint8_t kinds[] = { EV_CPU, EV_PENDING };

	for (unsigned i = 0; i < 2; i++)
		for (uint32_t c = changes_next(&p->changes, kinds[i], 0);
		     c < p->world->max.cpus;
		     c = changes_next(&p->changes, kinds[i], c + 1))
			pick_add(pick, c);
}

static void pick_cpus(struct pick *pick, const struct pane_view *p,
		      unsigned rows)
{
	const struct world *w = p->world;

	pick_begin(pick, w->max.cpus, rows, 1);
	pick_add(pick, amm_selected(p->amm));
	pick_changed(pick, p);
	for (cpu_id c = 0; c < w->max.cpus; c++)
		if (world_cpu(w, c)->current != world_cpu(w, c)->idle)
			pick_add(pick, c);
	for (cpu_id c = 0; c < w->max.cpus && pick_add(pick, c);)
		c++;
	pick_sort(pick);
}

static void draw(const struct amm *a, uint64_t since, struct canvas *out)
{
	struct pane_view p;
	struct pick pick;
	struct grid g;

	pane_look(&p, a, since);
	pick_cpus(&pick, &p, out->rows);
	grid_begin(&g, columns, COLUMNS);
	for (unsigned i = 0; i < pick.count; i++)
		add_row(&g, &p, pick.id[i]);
	grid_draw(&g, out, 0, 1);
	pane_more(out, pick.count, p.world->max.cpus - pick.count, "CPU");
	grid_end(&g);
	pane_end(&p);
}

static struct need need(const struct amm *a)
{
	uint32_t cpus = amm_world(a)->max.cpus;
	struct need n = { { 2, 60 }, { cpus < 2 ? 2 : cpus, 78 } };

	return n;
}

const struct pane pane_cpus = { "cpus", need, draw };
