/*
 * look_why.c - why: each unit of both counts, or what a statement did
 */
#include <string.h>

#include "base/escape.h"
#include "base/mem.h"
#include "session/chain.h"
#include "session/keep.h"
#include "session/look.h"
#include "session/names.h"
#include "session/say.h"
#include "session/show.h"
#include "session/state.h"

/* --- one unit ------------------------------------------------------------- */

static const char *unit_kind(const struct held *h)
{
	bool user = h->unit == OWNS_USER;

	switch ((enum held_at)h->at) {
	case HELD_TASK_MM:
		return user ? "user" : "use";
	case HELD_TASK_ACTIVE:
	case HELD_PREV_MM:
		return "lazy";
	case HELD_LOCAL:
		return user ? "user" : "moving";
	case HELD_OUTSIDE:
		return user ? "user" : "grab";
	case HELD_BY_USERS:
		return "users";
	case HELD_BY_WORK:
		return "work";
	default:
		return "kept";
	}
}

static void add_holder(struct text *out, const struct world *w,
		       const struct held *h)
{
	bool is_task = h->at == HELD_TASK_MM || h->at == HELD_TASK_ACTIVE;

	if (!is_task) {
		if (h->at == HELD_BY_USERS)
			text_addf(out, "its %u user%s together",
				  world_mm(w, h->object)->mm_users,
				  world_mm(w, h->object)->mm_users == 1 ? ""
									: "s");
		else
			state_holder(out, w, h);
		return;
	}
	text_addf(out, "%u ", world_task_shown(w, h->object)->pid);
	show_comm(out, w, h->object);
	if (world_task(w, h->object)->flags & PF_EXITING)
		text_add(out, " (exiting)");
}

static cpu_id cpu_of_task(const struct world *w, task_id t)
{
	cpu_id c = world_task_shown(w, t)->cpu;

	return c < w->max.cpus && world_cpu(w, c)->current == t ? c : CPU_NONE;
}

static void add_cpu(struct text *out, const struct world *w,
		    const struct held *h)
{
	cpu_id c = CPU_NONE;

	if (h->at == HELD_TASK_MM || h->at == HELD_TASK_ACTIVE)
		c = cpu_of_task(w, h->object);
	else if (h->at == HELD_PREV_MM)
		c = h->object;
	if (c == CPU_NONE)
		text_add(out, "-");
	else
		text_addf(out, "cpu%u", c);
}

/* 2.2: a kernel thread takes its count of init_mm along when it ends. */
static const char *end_of_use(const struct world *w, const struct held *h)
{
	const struct task *t = world_task(w, h->object);

	if (has_one_count(w) && ref_mm(t->mm) == MM_INIT)
		return t->flags & PF_IDLE ? "never given back"
					  : "given back if it execs";
	return h->unit == OWNS_USER ? "given back when it exits or execs"
				    : "given back by kthread_unuse_mm";
}

/* What will give it back. */
static void add_end(struct text *out, const struct world *w,
		    const struct unit *unit)
{
	const struct held *h = &unit->where;
	cpu_id c = cpu_of_task(w, h->at <= HELD_TASK_ACTIVE ? h->object : 0);

	switch ((enum held_at)h->at) {
	case HELD_TASK_MM:
		text_add(out, end_of_use(w, h));
		break;
	case HELD_TASK_ACTIVE:
		if (c == CPU_NONE)
			text_add(out, "freed at its last switch");
		else
			text_addf(out, "freed when cpu%u runs a user task", c);
		break;
	case HELD_PREV_MM:
		text_add(out, "freed in finish_task_switch");
		break;
	case HELD_LOCAL:
		text_add(out, "the path in progress gives it back or on");
		break;
	case HELD_OUTSIDE:
		text_addf(out, "given back by %s --as=",
			  h->unit == OWNS_USER ? "mmput" : "mmdrop");
		show_label(out, w, h->object);
		break;
	case HELD_BY_USERS:
		text_add(out, "dropped after the last mmput");
		break;
	case HELD_BY_WORK:
		text_add(out, "dropped by run_work");
		break;
	case HELD_KEPT:
		text_add(out, "never given back");
		break;
	}
}

static void add_taken(struct amm *a, struct text *out, const struct unit *unit)
{
	const struct stamp *s = &unit->taken;

	if (s->number == NUMBER_NONE) {
		text_add(out, "at link time");
		return;
	}
	show_moment(out, look_when(a, s->number, s->time));
	text_add(out, " ");
	if (s->path == PATH_NONE)
		text_add(out, "set-up");
	else
		show_function(out, a->program, (enum path_id)s->path);
}

/* --- all units of an mm --------------------------------------------------- */

static void add_unit(struct amm *a, struct table *t, const struct unit *unit)
{
	const struct world *w = amm_live(a);

	table_cell(t, "%zu", t->count / t->columns + 1);
	table_cell(t, "%s", unit_kind(&unit->where));
	add_holder(table_open(t), w, &unit->where);
	table_close(t);
	add_cpu(table_open(t), w, &unit->where);
	table_close(t);
	add_taken(a, table_open(t), unit);
	table_close(t);
	add_end(table_open(t), w, unit);
	table_close(t);
}

/* Those of mm_users first. */
static void fill_units(struct amm *a, struct table *t, const struct units *u)
{
	static const struct column columns[] = {
		{ "#", "number", CELL_NUMBER },
		{ "KIND", "kind", CELL_WORD },
		{ "HOLDER", "holder", CELL_WORD },
		{ "CPU", "cpu", CELL_WORD },
		{ "TAKEN", "taken", CELL_WORD },
		{ "ENDS", "ends", CELL_WORD },
	};

	*t = (struct table){ columns, 6, "unit", "units", { 0 }, 0 };
	for (size_t i = 0; i < u->units; i++)
		if (u->unit[i].where.unit == OWNS_USER)
			add_unit(a, t, &u->unit[i]);
	for (size_t i = 0; i < u->units && !a->program->profile.one_count; i++)
		if (u->unit[i].where.unit == OWNS_COUNT)
			add_unit(a, t, &u->unit[i]);
}

enum { UNIT_COLUMNS = 6, UNIT_END = 5 };

static size_t columns_of(const char *s)
{
	return escape_columns(s, strlen(s));
}

static size_t widest(const struct table *t, unsigned column)
{
	const char *cell = text_string(&t->cells);
	size_t most = 0;

	for (size_t i = 0; i < t->count; i++, cell += strlen(cell) + 1)
		if (i % UNIT_COLUMNS == column && columns_of(cell) > most)
			most = columns_of(cell);
	return most;
}

/* One line for each unit, or two when what ends it does not fit behind. */
static void show_units(struct amm *a, const struct table *t)
{
	const char *cell = text_string(&t->cells);
	size_t width[UNIT_COLUMNS], sum = 0;
	bool two;

	a->out.failed |= t->cells.failed;
	for (unsigned c = 0; c < UNIT_COLUMNS; c++)
		sum += 2 + (width[c] = widest(t, c));
	two = sum + strlen("taken ") > look_width(a);
	for (size_t i = 0; i < t->count; i++, cell += strlen(cell) + 1) {
		unsigned c = (unsigned)(i % UNIT_COLUMNS);

		if (c == UNIT_END && two) {
			while (a->out.length &&
			       a->out.bytes[a->out.length - 1] == ' ')
				text_cut(&a->out, a->out.length - 1);
			text_add(&a->out, "\n   ");
			text_addc(&a->out, ' ', width[0]);
		}
		text_add(&a->out, c == 4 ? "  taken " : "  ");
		text_add(&a->out, cell);
		if (c == UNIT_END)
			text_add(&a->out, "\n");
		else
			text_addc(&a->out, ' ', width[c] - columns_of(cell));
	}
}

/* --- what the mm is ------------------------------------------------------- */

static void add_state(struct text *out, const struct world *w, mm_id mm)
{
	const struct mm *m = world_mm(w, mm);
	const char *state = "alive";

	if (m->work)
		state = "without users, its memory waits for run_work";
	else if (!m->mm_users)
		state = m->tables      ? "being torn down"
			: !m->mm_count ? "about to be freed"
				       : "a zombie";
	show_mm(out, w, mm);
	if (has_one_count(w))
		text_addf(out, " is %s: count %d.", state,
			  (int32_t)m->mm_users);
	else
		text_addf(out, " is %s: mm_users %d, mm_count %d.", state,
			  (int32_t)m->mm_users, (int32_t)m->mm_count);
	if (!m->mm_users && !m->work && !m->tables)
		text_add(out, " Memory is gone, the struct is not.");
	if (mm == MM_INIT)
		text_add(out, " It is never freed.");
}

struct borrowing {
	unsigned cpus; /* that run a borrower and have something else loaded */
	bool loaded;   /* somebody has it loaded */
	struct text names;
};

static void find_borrowing(const struct world *w, mm_id mm, struct borrowing *b)
{
	for (cpu_id c = 0; c < w->max.cpus; c++) {
		const struct cpu *cpu = world_cpu(w, c);
		const struct task *t = world_task(w, cpu->current);

		b->loaded |= ref_mm(cpu->loaded_mm) == mm;
		if (ref_mm(t->active_mm) != mm || ref_mm(t->mm) ||
		    ref_mm(cpu->loaded_mm) == mm)
			continue;
		text_addf(&b->names, "%scpu%u.loaded_mm",
			  b->cpus++ ? " and " : "", c);
	}
}

/* With lazy shootdown nobody counts borrowers; they are shot in the end. */
static void add_uncounted(struct amm *a, struct text *out, mm_id mm)
{
	const struct world *w = amm_live(a);
	unsigned n = 0;

	if (a->program->profile.lazy_refcount || mm == MM_INIT)
		return;
	for (cpu_id c = 0; c < w->max.cpus; c++) {
		const struct task *t = world_task(w, world_cpu(w, c)->current);

		if (ref_mm(t->mm) != MM_NONE || ref_mm(t->active_mm) != mm)
			continue;
		text_add(out, n++ ? ", " : "");
		show_task(out, w, world_cpu(w, c)->current);
		text_addf(out, " on cpu%u", c);
	}
	if (n)
		text_add(out, n > 1 ? " borrow it without a count: "
				    : " borrows it without a count: ");
	if (n)
		text_add(out, "cleanup_lazy_tlbs ends that. ");
}

static void add_note(struct amm *a, struct text *out, mm_id mm)
{
	const struct world *w = amm_live(a);
	struct borrowing b = { 0 };
	struct text note = { 0 };

	if (mm != MM_INIT)
		find_borrowing(w, mm, &b);
	add_uncounted(a, &note, mm);
	if (b.cpus) {
		text_addf(&note, "%s %s init_mm: ", text_string(&b.names),
			  b.cpus > 1 ? "are" : "is");
		if (!b.loaded) {
			text_add(&note, "nobody's CR3 points at ");
			show_mm(&note, w, mm);
			text_add(&note, " any more; ");
		}
		text_add(&note, "active_mm is a reference, loaded_mm is the "
				"hardware.");
	}
	while (note.length && note.bytes[note.length - 1] == ' ')
		text_cut(&note, note.length - 1);
	show_wrapped(out, text_string(&note), 6, look_width(a));
	text_free(&note);
	text_free(&b.names);
}

static void say_units(struct amm *a, const struct units *u, mm_id mm,
		      bool units)
{
	struct text state = { 0 }, note = { 0 }, members = { 0 };
	struct table t;

	fill_units(a, &t, u);
	add_state(&state, amm_live(a), mm);
	add_note(a, &note, mm);
	if (a->form == FORM_JSON) {
		text_add(&members, ",\"state\":");
		show_quoted(&members, text_string(&state));
		text_add(&members, ",");
		table_show(&members, &t, FORM_JSON, 0);
		say_json(a, text_string(&members));
	} else {
		text_addf(&a->out, "%s\n", text_string(&state));
		if (units && a->form == FORM_PLAIN)
			table_show(&a->out, &t, FORM_PLAIN, 0);
		else if (units)
			show_units(a, &t);
		if (units && note.length)
			text_addf(&a->out, "note: %s\n", text_string(&note));
	}
	text_free(&t.cells);
	text_free(&state);
	text_free(&note);
	text_free(&members);
}

/* --- how it ended --------------------------------------------------------- */

static const struct posting *last_posting(const struct units *u, bool users)
{
	for (size_t i = u->postings; i-- > 0;) {
		const struct posting *p = &u->posting[i];

		if (!p->freed && (users ? p->users < 0 && !p->users_after
					: p->count < 0 && !p->count_after))
			return p;
	}
	return NULL;
}

static void add_end_of(struct amm *a, struct text *out, const struct units *u,
		       bool users)
{
	const struct posting *p = last_posting(u, users);

	if (!p)
		return;
	text_add(out, users ? "  last user: " : "  last count: ");
	text_addf(out, "%s, ", units_word(u, p->who));
	show_moment(out, look_when(a, p->at.number, p->at.time));
	text_addf(out, " %s\n", units_word(u, p->why));
}

static void say_end(struct amm *a, const struct units *u, uint32_t serial,
		    mm_id mm)
{
	struct text said = { 0 }, members = { 0 };

	if (mm == MM_NONE)
		text_addf(&said,
			  "mm%u is freed: memory, struct and pgd are gone.\n",
			  serial);
	else if (a->form != FORM_JSON)
		say_units(a, u, mm, false);
	add_end_of(a, &said, u, true);
	if (!a->program->profile.one_count)
		add_end_of(a, &said, u, false);
	if (a->form == FORM_JSON) {
		text_add(&members, ",\"end\":");
		show_quoted(&members, text_string(&said));
		say_json(a, text_string(&members));
	} else {
		text_add(&a->out, text_string(&said));
	}
	text_free(&said);
	text_free(&members);
}

static bool why_mm(struct amm *a, const struct call *c, struct error *e)
{
	bool dead = c->args > 1 && strcmp(c->arg[1].text, "dead") == 0;
	uint32_t serial;
	struct units u;
	mm_id mm;

	if (!names_mm_serial(a, &c->arg[0], &serial, e) ||
	    !look_units(a, serial, &u, e))
		return false;
	mm = serial ? mm_with_serial(amm_live(a), serial) : MM_INIT;
	if (mm == MM_NONE || dead)
		say_end(a, &u, serial, mm);
	else
		say_units(a, &u, mm, true);
	units_end(&u);
	return true;
}

/* --- what a statement did ------------------------------------------------- */

struct gathering {
	struct amm *a;
	struct moment at;
	bool whole; /* the command, not one statement */
	struct event *events;
	size_t count, room;
};

static bool gather(void *context, uint64_t number, const struct event *ev)
{
	struct gathering *k = context;
	struct moment at = look_when(k->a, number, ev->time);

	if (at.command > k->at.command)
		return false;
	if (!k->whole && at.statement != k->at.statement)
		return at.statement < k->at.statement;
	if (k->count == k->room) {
		size_t room = k->room ? k->room * 2 : 64;
		struct event *more = am_realloc(k->events, room, sizeof *more);

		if (!more)
			return false;
		k->events = more;
		k->room = room;
	}
	k->events[k->count++] = *ev;
	return true;
}

static const struct event *step_of(const struct gathering *k)
{
	for (size_t i = 0; i < k->count; i++)
		if (k->events[i].kind == EV_STEP)
			return &k->events[i];
	return NULL;
}

static void add_statement(struct amm *a, struct text *out,
			  const struct event *step, const struct world *w)
{
	char text[160];
	int after;

	op_text(a->program, (enum path_id)step->path, step->statement, text,
		sizeof text, &after);
	show_actor(out, w, step->actor);
	text_addf(out, ", in %s: %s",
		  path_name(a->program, (enum path_id)step->path), text);
}

static void say_instant(struct amm *a, const struct gathering *k,
			const struct world *w)
{
	const struct entry *entry = history_entry(a->history, k->at.command);
	const struct event *step = step_of(k);

	if (a->form != FORM_JSON) {
		look_moment(a, &a->out, k->at);
		text_add(&a->out, " ");
		if (!k->whole && step)
			add_statement(a, &a->out, step, w);
		text_addf(&a->out, "%sfrom: @%u ",
			  !k->whole && step ? "\n  " : "", entry->cpu);
		escape_text(&a->out, entry->line, strlen(entry->line));
		text_add(&a->out, "\n");
	}
	narrate_events(a, w, k->events, k->count);
}

static bool why_time(struct amm *a, const struct arg *arg, struct error *e)
{
	struct gathering k = { .a = a,
			       .whole = arg->time.kind != TIMEPOS_STATEMENT };
	const struct entry *entry;
	struct world *w;

	if (!keep_moment(a, &arg->time, &k.at, e)) {
		error_at(e, arg->column, arg->length);
		return false;
	}
	entry = history_entry(a->history, k.at.command);
	history_scan(a->history, entry->first_event, history_events(a->history),
		     gather, &k);
	w = history_peek(a->history, k.at);
	if (w)
		say_instant(a, &k, w);
	history_drop(w);
	am_free(k.events);
	return w || look_no_memory(e);
}

bool look_why(struct amm *a, const struct call *c, struct error *e)
{
	if (c->arg[0].kind == ARG_TIME)
		return why_time(a, &c->arg[0], e);
	return why_mm(a, c, e);
}
