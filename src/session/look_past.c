/*
 * look_past.c - timeline and log: what happened, in order
 */
#include <string.h>

#include "base/escape.h"
#include "session/keep.h"
#include "session/look.h"
#include "session/say.h"
#include "session/show.h"
#include "session/trouble.h"

/* --- timeline ------------------------------------------------------------- */

enum { LANES_MAX = 5, LANES_AT = 1 };

struct lanes {
	struct amm *a;
	struct table t;
	struct column column[LANES_AT + LANES_MAX + 1];
	char head[LANES_MAX][8];
	struct moment from, to;
	bool by_cpu; /* a lane for each CPU; else one for all */
};

static bool before(struct moment x, struct moment y)
{
	return x.command < y.command ||
	       (x.command == y.command && x.statement < y.statement);
}

static void add_about_mm(struct text *out, const struct world *w,
			 const struct event *e)
{
	text_addf(out, "%s ", event_kind_name((enum event_kind)e->kind));
	show_mm(out, w, e->object);
}

/* What a lane says of an event; false when it is not worth a line. */
static bool add_event(struct text *out, const struct world *w,
		      const struct event *e)
{
	switch ((enum event_kind)e->kind) {
	case EV_BORROW:
	case EV_HAND_ON:
	case EV_RELEASE:
	case EV_ZOMBIE:
	case EV_FREE:
		add_about_mm(out, w, e);
		return true;
	case EV_SWITCH:
		text_add(out, "switch ");
		show_task(out, w, e->object);
		return true;
	case EV_CR3:
		text_add(out, "load ");
		show_mm(out, w, e->new);
		return true;
	case EV_SWPCTX:
		text_add(out, "swpctx ");
		show_mm(out, w, e->new);
		return true;
	case EV_TBI:
		text_addf(out, "tbi cpu%u", e->object);
		return true;
	case EV_IPI_SENT:
		text_addf(out, "ipi cpu%u", e->object);
		return true;
	case EV_IPI_SKIPPED:
		text_addf(out, "skip cpu%u", e->object);
		return true;
	case EV_IPI_DONE:
		text_add(out, "ipi done");
		return true;
	case EV_FLUSH:
		text_add(out, "flush ");
		show_mm(out, w, e->object);
		return true;
	case EV_SLEEP:
	case EV_WAKE:
		text_add(out, e->kind == EV_SLEEP ? "sleep " : "wake ");
		show_task(out, w, e->object);
		return true;
	case EV_FAULT:
		text_add(out, "fault ");
		show_task(out, w, e->object);
		return true;
	case EV_WARN:
	case EV_OOPS:
		text_addf(out, "%s %s", e->kind == EV_WARN ? "warn" : "oops",
			  trouble_code(e));
		return true;
	default:
		return false;
	}
}

static void add_row(struct lanes *l, const struct world *w, struct moment at,
		    const struct event *e, const char *what)
{
	bool outside = e->actor >= w->max.cpus;

	show_moment(table_open(&l->t), at);
	table_close(&l->t);
	if (!l->by_cpu) {
		show_actor(table_open(&l->t), w, e->actor);
		table_close(&l->t);
		table_cell(&l->t, "%s", what);
		return;
	}
	for (uint32_t c = 0; c < w->max.cpus; c++)
		table_cell(&l->t, "%s", c == e->actor ? what : ".");
	if (outside) {
		show_actor(table_open(&l->t), w, e->actor);
		text_addf(table_open(&l->t), ": %s", what);
	}
	table_close(&l->t);
}

static bool see_event(void *context, const struct world *w, uint64_t number,
		      const struct event *e)
{
	struct lanes *l = context;
	struct moment at = look_when(l->a, number, e->time);
	struct text what = { 0 };

	if (before(l->to, at))
		return false;
	if (!before(at, l->from) && add_event(&what, w, e))
		add_row(l, w, at, e, text_string(&what));
	text_free(&what);
	return true;
}

static void set_up_lanes(struct lanes *l)
{
	uint32_t cpus = amm_live(l->a)->max.cpus;

	l->by_cpu = l->a->form == FORM_HUMAN && cpus <= LANES_MAX;
	l->column[0] = (struct column){ "TIME", "t", CELL_WORD };
	l->column[1] = (struct column){ "WHO", "who", CELL_WORD };
	l->column[2] = (struct column){ "EVENT", "event", CELL_WORD };
	l->t = (struct table){ l->column, 3, "event", "events", { 0 }, 0 };
	if (!l->by_cpu)
		return;
	for (uint32_t c = 0; c < cpus; c++) {
		l->head[c][0] = 'c';
		l->head[c][1] = 'p';
		l->head[c][2] = 'u';
		l->head[c][3] = (char)('0' + c);
		l->column[LANES_AT + c] =
			(struct column){ l->head[c], l->head[c], CELL_WORD };
	}
	l->column[LANES_AT + cpus] =
		(struct column){ "", "outside", CELL_WORD };
	l->t.columns = LANES_AT + cpus + 1;
}

bool look_timeline(struct amm *a, const struct call *c, struct error *e)
{
	struct lanes l = { .a = a,
			   .from = { 0, 0 },
			   .to = history_now(a->history) };

	if (c->args && (!keep_moment(a, &c->arg[0].time, &l.from, e) ||
			!keep_moment(a, &c->arg[0].until, &l.to, e))) {
		error_at(e, c->arg[0].column, c->arg[0].length);
		return false;
	}
	/* "t3" as a beginning is the whole of command 3. */
	if (c->args && c->arg[0].time.kind == TIMEPOS_COMMAND)
		l.from.statement = 0;
	set_up_lanes(&l);
	if (!look_replay(a, l.from.command, see_event, &l, e)) {
		text_free(&l.t.cells);
		return false;
	}
	look_table(a, &l.t);
	return true;
}

/* --- log ------------------------------------------------------------------ */

struct messages {
	struct amm *a;
	struct text said; /* each ends with a NUL */
	size_t count;
};

static bool see_trouble(void *context, const struct world *w, uint64_t number,
			const struct event *e)
{
	struct messages *m = context;

	if (e->kind != EV_WARN && e->kind != EV_OOPS)
		return true;
	text_addf(&m->said, "[");
	show_moment(&m->said, look_when(m->a, number, e->time));
	text_add(&m->said, "] ");
	show_actor(&m->said, w, e->actor);
	text_addf(&m->said, " %s: ", trouble_code(e));
	trouble_message(&m->said, w, e);
	text_append(&m->said, "", 1);
	if (m->said.failed)
		return false;
	m->count++;
	return true;
}

static void say_messages(struct amm *a, const struct messages *m, size_t skip)
{
	const char *line = text_string(&m->said);
	struct text members = { 0 };

	if (!m->count && a->form != FORM_JSON)
		text_add(&a->out, "the kernel has not complained\n");
	text_add(&members, ",\"log\":[");
	for (size_t i = 0; i < m->count; i++, line += strlen(line) + 1) {
		if (i < skip)
			continue;
		text_add(&members, i > skip ? "," : "");
		show_quoted(&members, line);
		if (a->form != FORM_JSON)
			text_addf(&a->out, "%s\n", line);
	}
	text_add(&members, "]");
	if (a->form == FORM_JSON)
		say_json(a, text_string(&members));
	text_free(&members);
}

bool look_log(struct amm *a, const struct call *c, struct error *e)
{
	const struct arg *last = call_flag(c, "-n");
	struct messages m = { .a = a };
	bool ok = look_replay(a, 0, see_trouble, &m, e);

	a->out.failed |= m.said.failed;
	if (ok)
		say_messages(a, &m,
			     last && last->number < m.count
				     ? m.count - (size_t)last->number
				     : 0);
	text_free(&m.said);
	return ok;
}
