/*
 * look_ledger.c - ledger: every take and give of both counts, and the balance
 */
#include <string.h>

#include "session/look.h"
#include "session/names.h"
#include "session/say.h"
#include "session/show.h"

/* What is asked for. */
struct asked {
	uint32_t serial; /* or UINT32_MAX */
	uint32_t actor;  /* or CPU_NONE */
	const char *holder;
};

static const struct column columns[] = {
	{ "TIME", "t", CELL_WORD },        { "MM", "mm", CELL_WORD },
	{ "USERS", "users", CELL_NUMBER }, { "COUNT", "count", CELL_NUMBER },
	{ "WHO", "who", CELL_WORD },       { "WHAT", "what", CELL_WORD },
};
static const struct column one_count[] = {
	{ "TIME", "t", CELL_WORD },        { "MM", "mm", CELL_WORD },
	{ "COUNT", "count", CELL_NUMBER }, { "WHO", "who", CELL_WORD },
	{ "WHAT", "what", CELL_WORD },
};

static void add_serial(struct text *out, uint32_t serial)
{
	if (serial)
		text_addf(out, "mm%u", serial);
	else
		text_add(out, "init_mm");
}

static void add_delta(struct table *t, int32_t by)
{
	if (by)
		table_cell(t, "%+d", by);
	else
		table_cell(t, "-");
}

/* JSON wants +1 as 1. */
static void add_number(struct table *t, int32_t by, enum form form)
{
	if (form == FORM_JSON)
		table_cell(t, "%d", by);
	else
		add_delta(t, by);
}

static bool is_asked(const struct asked *q, const struct units *u,
		     const struct posting *p)
{
	if (p->freed || (u->p->profile.one_count && !p->users))
		return false;
	return (q->serial == UINT32_MAX || q->serial == p->serial) &&
	       (q->actor == CPU_NONE || q->actor == p->actor) &&
	       (!q->holder || strcmp(q->holder, units_word(u, p->who)) == 0);
}

static void add_posting(struct amm *a, struct table *t, const struct units *u,
			const struct posting *p)
{
	show_moment(table_open(t), look_when(a, p->at.number, p->at.time));
	table_close(t);
	add_serial(table_open(t), p->serial);
	table_close(t);
	add_number(t, p->users, a->form);
	if (!u->p->profile.one_count)
		add_number(t, p->count, a->form);
	table_cell(t, "%s", units_word(u, p->who));
	table_cell(t, "%s", units_word(u, p->why));
}

/* The counters of the live world, which the book must equal. */
static void add_balance(struct amm *a, struct text *out, uint32_t serial,
			bool freed)
{
	mm_id mm = serial ? mm_with_serial(amm_live(a), serial) : MM_INIT;
	const struct mm *m = world_mm(amm_live(a), mm);
	bool gone = freed || mm == MM_NONE;
	int32_t users = gone ? 0 : (int32_t)m->mm_users;
	int32_t count = gone ? 0 : (int32_t)m->mm_count;

	if (a->program->profile.one_count)
		text_addf(out,
			  a->form == FORM_JSON
				  ? ",\"balance\":{\"count\":%d,\"freed\":%s}"
				  : "balance: count %d%s\n",
			  users,
			  a->form == FORM_JSON ? gone ? "true" : "false"
			  : gone               ? ", freed"
					       : "");
	else if (a->form == FORM_JSON)
		text_addf(out,
			  ",\"balance\":{\"users\":%d,\"count\":%d,"
			  "\"freed\":%s}",
			  users, count, gone ? "true" : "false");
	else
		text_addf(out, "balance: users %d, count %d%s\n", users, count,
			  gone ? ", freed" : "");
}

static bool was_freed(const struct units *u, uint32_t serial)
{
	for (size_t i = 0; i < u->postings; i++)
		if (u->posting[i].freed && u->posting[i].serial == serial)
			return true;
	return false;
}

static void say_book(struct amm *a, const struct units *u,
		     const struct asked *q)
{
	bool one = u->p->profile.one_count;
	struct table t = { one ? one_count : columns,
			   one ? 5 : 6,
			   "entry",
			   "entries",
			   { 0 },
			   0 };
	struct text rest = { 0 }, members = { 0 };

	for (size_t i = 0; i < u->postings; i++)
		if (is_asked(q, u, &u->posting[i]))
			add_posting(a, &t, u, &u->posting[i]);
	if (q->serial != UINT32_MAX)
		add_balance(a, &rest, q->serial, was_freed(u, q->serial));
	if (a->form == FORM_JSON) {
		text_add(&members, ",");
		table_show(&members, &t, FORM_JSON, 0);
		text_add(&members, text_string(&rest));
		say_json(a, text_string(&members));
	} else {
		table_show(&a->out, &t, a->form, look_width(a));
		text_add(&a->out, text_string(&rest));
	}
	text_free(&members);
	text_free(&rest);
}

static bool say_ledger(struct amm *a, const struct asked *q, struct error *e)
{
	struct units u;

	if (!look_units(a, q->serial, &u, e))
		return false;
	say_book(a, &u, q);
	units_end(&u);
	return true;
}

bool look_ledger_of(struct amm *a, uint32_t serial, struct error *e)
{
	struct asked q = { .serial = serial, .actor = CPU_NONE };

	return say_ledger(a, &q, e);
}

bool look_ledger(struct amm *a, const struct call *c, struct error *e)
{
	const struct arg *cpu = call_flag(c, "--cpu");
	const struct arg *holder = call_flag(c, "--holder");
	struct asked q = { .serial = UINT32_MAX,
			   .actor = CPU_NONE,
			   .holder = holder ? holder->text : NULL };

	if (c->args && !names_mm_serial(a, &c->arg[0], &q.serial, e))
		return false;
	if (cpu && !names_cpu(a, cpu, &q.actor, e))
		return false;
	return say_ledger(a, &q, e);
}
