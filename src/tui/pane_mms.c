/*
 * pane_mms.c - the address spaces, and who holds each count
 *
 *	mm1     users 1 count 2* cpus 0-1
 *	  [users][kworker/1:0] tables
 *	mm2     users 0* count 1* cpus -
 *	  [sh] zombie* no tables*
 *	init_mm users 2 count 3 cpus 0
 *	  [swapper/0][kept][kept]
 *
 * Each unit of mm_count is a box with its holder's name.  Where two rows for
 * each mm are too many, and the window is wide, an mm takes one row.
 */
#include <stdio.h>

#include "base/escape.h"
#include "tui/pane_parts.h"
#include "tui/pick.h"

static const struct grid_column columns[] = {
	{ NULL, false, 0 },  /* mm1 */
	{ NULL, false, 0 },  /* users 1 */
	{ NULL, false, 0 },  /* count 2 */
	{ NULL, false, 14 }, /* cpus 0-1 */
};
enum { COLUMNS = sizeof columns / sizeof *columns, WIDE = 66 };

static bool is_freed(const struct pane_view *p, mm_id mm)
{
	return !world_mm(p->world, mm)->slot;
}

/* An mm that is new has not changed. */
static struct view before(const struct pane_view *p, mm_id mm)
{
	bool is_new = VIEW(&p->was, EV_MM, mm, mm, slot) == SLOT_FREE;

	return is_new ? p->now : p->was;
}

/* --- numbers -------------------------------------------------------------- */

static void add_name(struct grid *g, const struct pane_view *p, mm_id mm)
{
	if (is_freed(p, mm))
		text_addf(grid_open(g), "mm%u",
			  VIEW(&p->was, EV_MM_SHOWN, mm, mm_shown, serial));
	else
		amm_say_mm(p->amm, grid_open(g), mm);
	grid_close(g, is_freed(p, mm) ? STYLE_DIM : pane_mm_style(p, mm),
		   false);
}

static void add_counter(struct grid *g, const char *name, uint32_t now,
			uint32_t was)
{
	text_addf(grid_open(g), "%s %d", name, (int32_t)now);
	grid_close(g, STYLE_PLAIN, now != was);
}

/* "0-3,7" */
static void add_ranges(struct text *out, const uint32_t *mask, uint32_t cpus)
{
	uint32_t from = mask_next(mask, cpus, 0), to;

	text_add(out, from == cpus ? "-" : "");
	while (from < cpus) {
		for (to = from; to + 1 < cpus && bit_in(mask, to + 1);)
			to++;
		text_addf(out, from == to ? "%u" : "%u-%u", from, to);
		from = mask_next(mask, cpus, to + 1);
		text_add(out, from < cpus ? "," : "");
	}
}

static void add_mask(struct grid *g, const struct pane_view *p, mm_id mm,
		     bool was_there)
{
	struct text *out = grid_open(g);

	if (p->model.cpumask) {
		text_add(out, "cpus ");
		add_ranges(out, mm_cpumask(p->world, mm), p->world->max.cpus);
	}
	grid_close(g, STYLE_PLAIN,
		   p->model.cpumask && was_there &&
			   changes_any(&p->changes, EV_MASK, mm));
}

static void add_row(struct grid *g, const struct pane_view *p, mm_id mm)
{
	struct view was = before(p, mm);
	const struct mm *m = world_mm(p->world, mm);

	add_name(g, p, mm);
	if (is_freed(p, mm)) {
		text_add(grid_open(g), "freed");
		grid_close(g, ROLE_ZOMBIE, true);
		pane_empty_cells(g, COLUMNS - 2);
		return;
	}
	add_counter(g, p->model.one_count ? "count" : "users", m->mm_users,
		    VIEW(&was, EV_MM, mm, mm, mm_users));
	if (p->model.one_count)
		pane_empty_cells(g, 1);
	else
		add_counter(g, "count", m->mm_count,
			    VIEW(&was, EV_MM, mm, mm, mm_count));
	add_mask(g, p, mm, was.undone != NULL);
}

/* --- boxes ---------------------------------------------------------------- */

struct boxes {
	struct canvas *out; /* one row */
	unsigned column;
	uint32_t left;  /* counts that have no box yet */
	unsigned style; /* of a task's name */
};

/* The columns that "+123" for what is left would take. */
static unsigned more_columns(uint32_t left)
{
	unsigned n = 2;

	while (left >= 10) {
		left /= 10;
		n++;
	}
	return n;
}

static void put_more(struct boxes *b)
{
	char more[16];

	snprintf(more, sizeof more, "+%u", b->left);
	if (b->left)
		b->column = canvas_put(b->out, 0, b->column, STYLE_BOLD, more);
}

static unsigned box_style(const struct boxes *b, const char *name)
{
	if (strcmp(name, "users") == 0)
		return ROLE_USER;
	return strcmp(name, "kept") == 0 ? STYLE_DIM : b->style;
}

static bool put_box(struct boxes *b, const char *name)
{
	unsigned width = (unsigned)escape_columns(name, strlen(name)) + 2;
	unsigned after = b->left > 1 ? more_columns(b->left - 1) : 0;

	if (b->column + width + after > b->out->columns)
		return false;
	b->column = canvas_put(b->out, 0, b->column, STYLE_BOLD, "[");
	b->column = canvas_put(b->out, 0, b->column, box_style(b, name), name);
	b->column = canvas_put(b->out, 0, b->column, STYLE_BOLD, "]");
	b->left--;
	return true;
}

static bool see_holder(void *context, const char *name, uint32_t counts)
{
	struct boxes *b = context;

	if (!name)
		return false;
	while (counts > 0 && b->left > 0) {
		if (!put_box(b, name))
			return false;
		counts--;
	}
	return true;
}

/* --- words ---------------------------------------------------------------- */

static const char *tables_word(uint32_t tables)
{
	static const char *const words[] = { "no tables", "tables",
					     "tables unlinked" };

	return words[tables < 3 ? tables : 0];
}

/* A word behind the boxes, unless it is too long for what is left. */
static void put_word(struct boxes *b, unsigned style, const char *word,
		     bool changed)
{
	unsigned at = b->column + (b->column > 0);

	if (at + strlen(word) + changed > b->out->columns)
		return;
	b->column = canvas_put(b->out, 0, at, style, word);
	if (changed)
		b->column = canvas_put(b->out, 0, b->column,
				       ROLE_CHANGED | STYLE_BOLD, "*");
}

static void put_life(struct boxes *b, const struct pane_view *p, mm_id mm)
{
	struct view was = before(p, mm);
	const struct mm *m = world_mm(p->world, mm);

	if (!m->mm_users)
		put_word(b, ROLE_ZOMBIE | STYLE_BOLD, "zombie",
			 VIEW(&was, EV_MM, mm, mm, mm_users) != 0);
	put_word(b, m->tables ? STYLE_PLAIN : ROLE_ZOMBIE,
		 tables_word(m->tables),
		 m->tables != VIEW(&was, EV_MM, mm, mm, tables));
}

static void draw_holders(const struct pane_view *p, mm_id mm,
			 struct canvas *out)
{
	const struct mm *m = world_mm(p->world, mm);
	struct canvas room = *out;
	bool one = p->model.one_count;
	struct boxes b = { .out = &room,
			   .left = one ? m->mm_users : m->mm_count,
			   .style = one ? ROLE_USER : ROLE_BORROW };
	unsigned kept = sizeof " zombie*" - 1; /* that word is always there */

	if (is_freed(p, mm)) {
		put_word(&b, STYLE_DIM, "struct and pgd are gone", false);
		return;
	}
	if (!m->mm_users && room.columns > kept)
		room.columns -= kept;
	amm_holders(p->amm, mm, see_holder, &b);
	put_more(&b);
	b.out = out;
	if (mm != MM_INIT)
		put_life(&b, p, mm);
}

/* --- which rows ----------------------------------------------------------- */

/* A slot that was in use and is not any more. */
static bool was_freed(const struct pane_view *p, mm_id mm)
{
	return is_freed(p, mm) && VIEW(&p->was, EV_MM, mm, mm, slot);
}

static bool is_shown(const struct pane_view *p, mm_id mm)
{
	return mm < p->world->max.mms && mm != MM_NONE &&
	       (!is_freed(p, mm) || was_freed(p, mm));
}

static uint32_t freed(const struct pane_view *p)
{
	uint32_t n = 0;

	for (mm_id mm = changes_next(&p->changes, EV_MM, MM_INIT);
	     mm < p->world->max.mms;
	     mm = changes_next(&p->changes, EV_MM, mm + 1))
		n += was_freed(p, mm);
	return n;
}

static void pick_changed(struct pick *pick, const struct pane_view *p,
			 enum event_kind kind)
{
	for (mm_id mm = changes_next(&p->changes, kind, MM_INIT + 1);
	     mm < p->world->max.mms;
	     mm = changes_next(&p->changes, kind, mm + 1))
		if (is_shown(p, mm))
			pick_add(pick, mm);
}

static void pick_on_cpus(struct pick *pick, const struct pane_view *p)
{
	for (cpu_id c = 0; c < p->world->max.cpus; c++) {
		const struct cpu *cpu = world_cpu(p->world, c);
		const struct task *task = world_task(p->world, cpu->current);
		mm_id mm[] = { ref_mm(task->active_mm),
			       ref_mm(cpu->loaded_mm) };

		for (unsigned i = 0; i < 2; i++)
			if (is_shown(p, mm[i]))
				pick_add(pick, mm[i]);
	}
}

static uint32_t total(const struct pane_view *p)
{
	return slots_used(p->world, MAP_MM) + freed(p);
}

/* Rows for each mm: one, when it is wide enough and two are too many. */
static unsigned step_of(const struct pane_view *p, const struct canvas *out)
{
	return out->columns < WIDE || total(p) <= out->rows / 2 ? 2 : 1;
}

static void pick_mms(struct pick *pick, const struct pane_view *p,
		     const struct canvas *out)
{
	const struct world *w = p->world;

	pick_begin(pick, total(p), out->rows, step_of(p, out));
	pick_changed(pick, p, EV_MM);
	pick_changed(pick, p, EV_MASK);
	pick_on_cpus(pick, p);
	for (mm_id mm = slot_next_used(w, MAP_MM, MM_INIT + 1);
	     mm && pick_add(pick, mm);)
		mm = slot_next_used(w, MAP_MM, mm + 1);
	pick_add(pick, MM_INIT);
	pick_sort(pick);
}

/* Row @i of those picked: by number, but init_mm at the end. */
static mm_id row_mm(const struct pick *pick, unsigned i)
{
	bool init = pick->count > 0 && pick->id[0] == MM_INIT;

	return pick->id[init ? (i + 1) % pick->count : i];
}

static void draw_rows(const struct pane_view *p, const struct pick *pick,
		      struct canvas *out)
{
	unsigned step = step_of(p, out), end;
	struct grid g;

	grid_begin(&g, columns, COLUMNS);
	for (unsigned i = 0; i < pick->count; i++)
		add_row(&g, p, row_mm(pick, i));
	end = grid_draw(&g, out, 0, step);
	for (unsigned i = 0; i < pick->count; i++) {
		struct extent size = { 1, out->columns };
		struct canvas row = canvas_part(out, i * step + step - 1,
						step > 1 ? 2 : end, size);

		draw_holders(p, row_mm(pick, i), &row);
	}
	grid_end(&g);
}

static void draw(const struct amm *a, uint64_t since, struct canvas *out)
{
	struct pane_view p;
	struct pick pick;

	pane_look(&p, a, since);
	pick_mms(&pick, &p, out);
	draw_rows(&p, &pick, out);
	pane_more(out, pick.count * step_of(&p, out), total(&p) - pick.count,
		  "mm");
	pane_end(&p);
}

/* With room for one that is freed: then nothing moves. */
static struct need need(const struct amm *a)
{
	uint32_t mms = slots_used(amm_world(a), MAP_MM) + 1;
	struct need n = { { 5, 35 }, { mms < 100 ? 2 * mms : 200, 80 } };

	return n;
}

const struct pane pane_mms = { "mms", need, draw };
